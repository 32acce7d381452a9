// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/wide_layout.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/platform/status.h"

namespace reprise::extract {

WideLayout::WideLayout(const std::vector<FormLayout>& forms, const std::vector<Occasion>& occasions) {
  const auto form_of = [&](const Occasion& occasion) {
    const auto at = std::find_if(forms.begin(), forms.end(), [&](const FormLayout& form) {
      return form.instrument_version_id == occasion.instrument_version_id;
    });
    REPRISE_CHECK(at != forms.end());
    return &*at;
  };
  std::map<std::pair<std::string, std::string>, int> versions;
  for (const Occasion& occasion : occasions) ++versions[{occasion.timepoint, form_of(occasion)->instrument_id}];
  columns_ = ParticipantColumns();
  for (const Occasion& occasion : occasions) {
    const FormLayout* const form = form_of(occasion);
    places_[{occasion.timepoint, form->instrument_version_id}] = static_cast<int>(forms_.size());
    forms_.push_back(form);
    std::string prefix = absl::StrCat(occasion.timepoint, ".", form->instrument_id);
    if (versions[{occasion.timepoint, form->instrument_id}] > 1) absl::StrAppend(&prefix, "@", form->version);
    const auto add = [&](Column column) {
      column.name = absl::StrCat(prefix, ".", column.name);
      columns_.push_back(std::move(column));
    };
    add(AnsweredDay());
    for (const FormLayout::Item& item : form->items) add(item.column);
  }
}

int WideLayout::BlockOf(const std::string& timepoint, const std::string& instrument_version_id) const {
  const auto at = places_.find({timepoint, instrument_version_id});
  return at == places_.end() ? -1 : at->second;
}

}  // namespace reprise::extract
