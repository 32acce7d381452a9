// SPDX-License-Identifier: Apache-2.0
// The columns of wide.csv: one line a participant, a block of columns an occasion, named
// `<timepoint>.<instrument>.<item>`. Pure.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_WIDE_LAYOUT_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_WIDE_LAYOUT_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/extract/domain/delivery/form_layout.h"

namespace reprise::extract {

// A timepoint and the form that was answered there.
struct Occasion {
  std::string timepoint;
  std::string instrument_version_id;
};

class WideLayout {
 public:
  // In the order of `occasions`; each has its form in `forms`. Two versions of one instrument at one
  // timepoint are told apart as `<timepoint>.<instrument>@<version>.<item>`.
  WideLayout(const std::vector<FormLayout>& forms, const std::vector<Occasion>& occasions);

  // The participant's columns, then those of the blocks.
  const Columns& columns() const { return columns_; }
  size_t blocks() const { return forms_.size(); }
  const FormLayout& form(size_t block) const { return *forms_[block]; }
  // Which block an answer belongs to, or -1.
  int BlockOf(const std::string& timepoint, const std::string& instrument_version_id) const;

 private:
  std::vector<const FormLayout*> forms_;
  std::map<std::pair<std::string, std::string>, int> places_;
  Columns columns_;
};

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_WIDE_LAYOUT_H_
