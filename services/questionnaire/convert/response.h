// SPDX-License-Identifier: Apache-2.0
// Between questionnaire.v1 and the service's own types.
#ifndef REPRISE_QUESTIONNAIRE_CONVERT_RESPONSE_H_
#define REPRISE_QUESTIONNAIRE_CONVERT_RESPONSE_H_

#include <string>
#include <vector>

#include "google/protobuf/map.h"
#include "reprise/questionnaire/v1/response.pb.h"

#include "services/questionnaire/domain/response/response.h"

namespace reprise::questionnaire {

RawAnswers FromProto(const google::protobuf::Map<std::string, v1::Answer>& answers);
// Without the answers: what a writing call returns, see v1::Response.answers.
v1::Response ReceiptToProto(const Response& response);
// `item_codes` in the instrument's order.
v1::Response ToProto(const Response& response, const std::vector<std::string>& item_codes);
v1::Draft ToProto(const std::string& instance_id, const Draft& draft);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_CONVERT_RESPONSE_H_
