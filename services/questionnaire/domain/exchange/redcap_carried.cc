// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/exchange/redcap.h"
#include "services/questionnaire/domain/exchange/redcap_logic.h"

namespace reprise::exchange {
namespace {

using instrument::Instrument;
using instrument::Item;
using instrument::ItemType;
using instrument::Text;

class Reducer {
 public:
  Reducer(const Instrument& whole, std::string language)
      : whole_(whole), language_(std::move(language)) {}

  Instrument Reduce() {
    Instrument carried;
    carried.id = whole_.id;
    carried.version = whole_.version;
    carried.title[language_] = whole_.id;
    carried.languages = {language_};
    std::map<std::string, int> sections_of_form;
    for (const instrument::Section& section : whole_.sections) {
      const std::string form =
          section.form.empty() ? absl::AsciiStrToLower(CodeOf(whole_.id)) : section.form;
      const std::string title = Words(section.title);
      // Without a header or another form REDCap cannot tell that a section begins.
      if (carried.sections.empty() || !title.empty() || carried.sections.back().form != form) {
        instrument::Section kept;
        const int count = ++sections_of_form[form];
        kept.code = count == 1 ? CodeOf(form) : absl::StrCat(CodeOf(form), "_", count);
        kept.form = form;
        if (!title.empty()) kept.title[language_] = title;
        carried.sections.push_back(std::move(kept));
      }
      for (const Item& item : section.items) {
        carried.sections.back().items.push_back(ReduceItem(item, section.shown_if));
      }
    }
    return carried;
  }

 private:
  std::string Words(const Text& text) const {
    const auto at = text.find(language_);
    return at == text.end() ? "" : at->second;
  }
  Text One(const Text& text, const std::string& otherwise) const {
    const std::string words = Words(text);
    if (words.empty() && otherwise.empty()) return {};
    return {{language_, words.empty() ? otherwise : words}};
  }
  static std::string Shown(const std::string& outer, const std::string& inner) {
    const std::string both = outer.empty() || inner.empty()
                                 ? absl::StrCat(outer, inner)
                                 : absl::StrCat("(", outer, ") and (", inner, ")");
    return both.empty() ? "" : ToRedcap(both).text;
  }

  Item ReduceItem(const Item& item, const std::string& section_shown) const {
    Item kept;
    kept.code = absl::AsciiStrToLower(item.code);
    kept.type = item.type == ItemType::kPartialDate ? ItemType::kText : item.type;
    kept.multiple = item.multiple;
    kept.multiline = item.multiline;
    kept.identifying = item.identifying;
    kept.max_length = item.max_length;
    for (const instrument::Choice& choice : instrument::ChoicesOf(whole_, item)) {
      instrument::Choice option;
      option.code = choice.code;
      option.label = One(choice.label, choice.code);
      option.exclusive = choice.exclusive;
      kept.choices.push_back(std::move(option));
    }
    if (item.type == ItemType::kMatrix) {
      kept.text = One(item.text, "");
      ReduceRows(item, section_shown, kept);
      return kept;
    }
    kept.text = One(item.text, item.type == ItemType::kComputed ? "" : item.code);
    kept.help = One(item.help, "");
    kept.number = item.number;
    kept.required = item.required;
    kept.annotation = item.annotation;
    kept.shown_if = Shown(section_shown, item.shown_if);
    kept.calculation = item.calculation.empty() ? "" : ToRedcap(item.calculation).text;
    if (item.type == ItemType::kDecimal && item.decimals >= 1 && item.decimals <= 4) {
      kept.decimals = item.decimals;
    }
    kept.soft = item.type == ItemType::kPartialDate ? instrument::Range{} : item.soft;
    kept.scale = item.scale;
    if (item.type == ItemType::kScale) {
      kept.scale.step = 1;
      kept.scale.low_label = One(item.scale.low_label, "0");
      kept.scale.middle_label = One(item.scale.middle_label, "");
      kept.scale.high_label = One(item.scale.high_label, "100");
    }
    return kept;
  }

  void ReduceRows(const Item& item, const std::string& section_shown, Item& kept) const {
    for (const instrument::Row& row : item.rows) {
      instrument::Row line;
      line.code = absl::AsciiStrToLower(row.code);
      line.text = One(row.text, row.code);
      line.number = row.number;
      line.required = row.required || item.required;
      line.annotation = row.annotation;
      std::string outer = item.shown_if;
      if (!section_shown.empty() && !outer.empty())
        outer = absl::StrCat("(", section_shown, ") and (", outer, ")");
      else if (outer.empty())
        outer = section_shown;
      line.shown_if = Shown(outer, row.shown_if);
      kept.rows.push_back(std::move(line));
    }
  }

  const Instrument& whole_;
  std::string language_;
};

}  // namespace

Instrument CarriedByRedcap(const Instrument& instrument, const std::string& language) {
  return Reducer(instrument, language).Reduce();
}

}  // namespace reprise::exchange
