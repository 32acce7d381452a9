// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/platform/time/clock.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/values.h"

namespace reprise::instrument {
namespace {

bool IsChoiceType(ItemType type) {
  return type == ItemType::kSingleChoice || type == ItemType::kMultipleChoice ||
         type == ItemType::kMatrix;
}

bool IsNumberType(ItemType type) {
  return type == ItemType::kInteger || type == ItemType::kDecimal || type == ItemType::kScale ||
         type == ItemType::kComputed;
}

// Codes live in CSV cells that separate several by '|', and in references such as [box(code)].
bool IsChoiceCode(const std::string& code) {
  return !code.empty() && code.size() <= 100 &&
         std::all_of(code.begin(), code.end(), [](unsigned char c) {
           return absl::ascii_isgraph(c) && c != '|' && c != '(' && c != ')' && c != '[' &&
                  c != ']' && c != '\'' && c != '"' && c != ';' && c != ',';
         });
}

class ItemChecker {
 public:
  ItemChecker(const Instrument& instrument, std::vector<Problem>& problems)
      : instrument_(instrument), problems_(problems) {}

  void Run() {
    CheckLists();
    for (size_t s = 0; s < instrument_.sections.size(); ++s) {
      const Section& section = instrument_.sections[s];
      const std::string path = absl::StrCat("sections[", s, "]");
      CheckCode(section.code, path + ".code", sections_);
      if (section.items.empty()) {
        Report(problems_, path + ".items", "FIELD_MISSING", "A section needs at least one item.");
      }
      for (size_t i = 0; i < section.items.size(); ++i) {
        CheckItem(section.items[i], absl::StrCat(path, ".items[", i, "]"));
      }
    }
  }

 private:
  void CheckLists() {
    for (size_t l = 0; l < instrument_.choice_lists.size(); ++l) {
      const ChoiceList& list = instrument_.choice_lists[l];
      const std::string path = absl::StrCat("choice_lists[", l, "]");
      CheckCode(list.id, path + ".id", lists_);
      CheckChoices(list.choices, path, /*multiple=*/true);
    }
  }

  void CheckCode(const std::string& code, const std::string& path, std::set<std::string>& seen) {
    if (!IsCode(code)) {
      Report(problems_, path, code.empty() ? "FIELD_MISSING" : "CODE_MALFORMED",
             "A code of letters, digits and '_', a letter first, is required.");
    } else if (!seen.insert(code).second) {
      Report(problems_, path, "CODE_DUPLICATE",
             absl::StrCat("The code '", code, "' stands twice."));
    }
  }

  void CheckChoices(const std::vector<Choice>& choices, const std::string& parent, bool multiple) {
    if (choices.empty()) {
      Report(problems_, parent + ".choices", "FIELD_MISSING", "At least one choice is required.");
    }
    std::set<std::string> seen;
    for (size_t c = 0; c < choices.size(); ++c) {
      const std::string path = absl::StrCat(parent, ".choices[", c, "]");
      if (!IsChoiceCode(choices[c].code)) {
        Report(problems_, path + ".code",
               choices[c].code.empty() ? "FIELD_MISSING" : "CODE_MALFORMED",
               "A code without blanks, brackets, quotes or separators is required.");
      } else if (!seen.insert(choices[c].code).second) {
        Report(problems_, path + ".code", "CODE_DUPLICATE",
               absl::StrCat("The code '", choices[c].code, "' stands twice."));
      }
      Unexpected(choices[c].exclusive && !multiple, path + ".exclusive", "several choices");
    }
  }

  // `present` where `owner` is not what the item is.
  void Unexpected(bool present, const std::string& path, const char* owner) {
    if (!present) return;
    Report(problems_, path, "FIELD_UNEXPECTED",
           absl::StrCat("Only an item of ", owner, " has this."));
  }
  void Needed(bool absent, const std::string& path, const char* what) {
    if (absent) Report(problems_, path, "FIELD_MISSING", absl::StrCat(what, " required."));
  }

  void CheckItem(const Item& item, const std::string& path) {
    CheckCode(item.code, path + ".code", codes_);
    const ItemType type = item.type;
    Needed(type == ItemType::kUnspecified, path + ".type", "A type is");
    if (type == ItemType::kUnspecified) return;
    CheckItemChoices(item, path);
    Needed(type == ItemType::kMatrix && item.rows.empty(), path + ".rows", "Rows are");
    Needed(type == ItemType::kComputed && item.calculation.empty(), path + ".calculation",
           "A calculation is");
    Unexpected(type != ItemType::kMatrix && !item.rows.empty(), path + ".rows", "type matrix");
    Unexpected(type != ItemType::kMatrix && item.multiple, path + ".multiple", "type matrix");
    Unexpected(type != ItemType::kComputed && !item.calculation.empty(), path + ".calculation",
               "type computed");
    Unexpected(!IsNumberType(type) && item.unit != Unit{}, path + ".unit", "a numeric type");
    Unexpected(
        type != ItemType::kDecimal && type != ItemType::kComputed && item.decimals.has_value(),
        path + ".decimals", "type decimal");
    Unexpected(type != ItemType::kText && item.max_length.has_value(), path + ".max_length",
               "type text");
    Unexpected(type != ItemType::kText && item.multiline, path + ".multiline", "type text");
    Unexpected((type == ItemType::kInformation || type == ItemType::kComputed) && item.required,
               path + ".required", "a type that is answered");
    for (size_t r = 0; r < item.rows.size(); ++r) {
      CheckCode(item.rows[r].code, absl::StrCat(path, ".rows[", r, "].code"), codes_);
    }
    CheckScale(item, path);
    CheckRange(item, item.hard, path + ".hard");
    CheckRange(item, item.soft, path + ".soft");
  }

  void CheckItemChoices(const Item& item, const std::string& path) {
    if (!IsChoiceType(item.type)) {
      Unexpected(!item.choices.empty(), path + ".choices", "a choice type");
      Unexpected(!item.choice_list.empty(), path + ".choice_list", "a choice type");
      return;
    }
    if (item.choice_list.empty()) {
      CheckChoices(item.choices, path, item.multiple || item.type == ItemType::kMultipleChoice);
      return;
    }
    if (!item.choices.empty()) {
      Report(problems_, path + ".choices", "FIELD_UNEXPECTED",
             "An item has its own choices or a choice_list, not both.");
    }
    if (lists_.count(item.choice_list) == 0) {
      Report(problems_, path + ".choice_list", "CHOICE_LIST_UNKNOWN",
             absl::StrCat("There is no choice list '", item.choice_list, "'."));
    }
  }

  void CheckScale(const Item& item, const std::string& path) {
    if (item.type != ItemType::kScale) {
      Unexpected(item.scale != Scale{}, path + ".scale", "type scale");
      return;
    }
    const Scale& scale = item.scale;
    if (!scale.min || !scale.max || *scale.min >= *scale.max) {
      Report(problems_, path + ".scale", "RANGE_INVALID", "A scale needs min below max.");
    }
    if (scale.step && *scale.step <= 0) {
      Report(problems_, path + ".scale.step", "RANGE_INVALID", "A step is above 0.");
    }
  }

  void CheckRange(const Item& item, const Range& range, const std::string& path) {
    if (range == Range{}) return;
    if (item.type == ItemType::kScale || !IsOrdered(item.type)) {
      Unexpected(true, path, "type integer, decimal, date, partial_date, time or computed");
      return;
    }
    for (const auto& [bound, name] :
         {std::pair(&range.min, ".min"), std::pair(&range.max, ".max")}) {
      if (!bound->empty() && !OrdinalOf(item.type, *bound)) {
        Report(problems_, path + name, "RANGE_INVALID",
               absl::StrCat("A bound of this item is ", FormOf(item.type), "."));
      }
    }
    const auto low = OrdinalOf(item.type, range.min), high = OrdinalOf(item.type, range.max);
    if (low && high && *low > *high) {
      Report(problems_, path, "RANGE_INVALID", "The lower bound is above the upper one.");
    }
  }

  const Instrument& instrument_;
  std::vector<Problem>& problems_;
  std::set<std::string> codes_, lists_, sections_;
};

}  // namespace

void CheckItems(const Instrument& instrument, std::vector<Problem>& problems) {
  ItemChecker(instrument, problems).Run();
}

}  // namespace reprise::instrument
