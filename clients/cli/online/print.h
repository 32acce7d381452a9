// SPDX-License-Identifier: Apache-2.0
// Any message as a table, JSON or CSV, by its descriptor. A message whose one repeated field holds
// messages is a list of rows; any other is one row, shown upright in the table form.
#ifndef REPRISE_CLI_ONLINE_PRINT_H_
#define REPRISE_CLI_ONLINE_PRINT_H_

#include <google/protobuf/message.h>

#include <string>

namespace reprise::cli {

// `output` is table, json or csv. Ends in a newline.
std::string Print(const google::protobuf::Message& message, const std::string& output);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_PRINT_H_
