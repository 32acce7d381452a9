// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/wording.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/errors.h"
#include "services/questionnaire/domain/instrument/reader.h"
#include "services/questionnaire/domain/instrument/wording_fields.h"
#include "services/questionnaire/domain/instrument/writer.h"

namespace reprise::instrument {
namespace {

using Faults = std::vector<error::Violation>;

// Where a source keeps the words of one name.
struct Source {
  const Item* item;
  const Row* row;
};

class Taker {
 public:
  Taker(const Instrument& definition, const Instrument& source, const NameMap& names)
      : definition_(definition), source_(source), names_(names) {
    for (const Section& section : source.sections) {
      for (const Item& item : section.items) {
        Add(item.code, {.item = &item, .row = nullptr});
        for (const Row& row : item.rows) Add(row.code, {.item = &item, .row = &row});
      }
    }
  }

  absl::StatusOr<Wording> Take() {
    wording_.instrument = definition_.id;
    wording_.version = definition_.version;
    wording_.languages = source_.languages;
    if (wording_.languages.empty()) {
      Fault("languages", "LANGUAGE_INVALID", "The source declares no language.");
    }
    TakeSections();
    for (const Section& section : definition_.sections) {
      for (const Item& item : section.items) TakeItem(item);
    }
    CheckNames();
    if (!faults_.empty()) return WordingInvalid(faults_);
    return std::move(wording_);
  }

 private:
  void Add(const std::string& code, Source source) {
    sources_.emplace(absl::AsciiStrToLower(code), source);
  }
  void Fault(std::string path, const char* reason, std::string message) {
    faults_.push_back({.path = std::move(path), .reason = reason, .message = std::move(message)});
  }
  const Source* Find(const std::string& code) const {
    const auto named = names_.find(code);
    const auto at =
        sources_.find(absl::AsciiStrToLower(named == names_.end() ? code : named->second));
    return at == sources_.end() ? nullptr : &at->second;
  }

  void TakeSections() {
    for (const Section& section : definition_.sections) {
      for (const Section& other : source_.sections) {
        if (other.code == section.code && !other.title.empty()) {
          wording_.sections.push_back({.code = section.code, .title = other.title});
        }
      }
    }
  }

  void TakeItem(const Item& item) {
    if (item.type == ItemType::kMatrix) {
      for (const Row& row : item.rows) TakeWords(row.code, item);
      const Source* const stem = Find(item.code);
      if (stem != nullptr && !stem->item->text.empty()) {
        ItemWords words;
        words.code = item.code;
        words.text = stem->item->text;
        wording_.items.push_back(std::move(words));
      }
      return;
    }
    TakeWords(item.code, item);
  }

  void TakeWords(const std::string& code, const Item& item) {
    const std::string path = absl::StrCat("items[", code, "]");
    const Source* const source = Find(code);
    if (source == nullptr) {
      if (item.type != ItemType::kComputed) {
        Fault(path, "ITEM_WITHOUT_WORDS", "The source has no item of this name.");
      }
      return;
    }
    ItemWords words;
    words.code = code;
    words.text = source->row != nullptr ? source->row->text : source->item->text;
    words.help = source->row != nullptr ? Text{} : source->item->help;
    words.low_label = source->item->scale.low_label;
    words.middle_label = source->item->scale.middle_label;
    words.high_label = source->item->scale.high_label;
    CheckText(words.text, path);
    TakeChoices(item, *source->item, path, words);
    wording_.items.push_back(std::move(words));
  }

  void CheckText(const Text& text, const std::string& path) {
    for (const std::string& language : wording_.languages) {
      const auto at = text.find(language);
      if (at != text.end() && !at->second.empty()) continue;
      Fault(path, "LANGUAGE_INVALID", absl::StrCat("The text in '", language, "' is missing."));
    }
  }

  void TakeChoices(const Item& item, const Item& source, const std::string& path,
                   ItemWords& words) {
    const std::vector<Choice>& wanted = ChoicesOf(definition_, item);
    const std::vector<Choice>& given = ChoicesOf(source_, source);
    for (const Choice& choice : wanted) {
      const auto at = std::find_if(given.begin(), given.end(),
                                   [&](const Choice& other) { return other.code == choice.code; });
      const std::string choice_path = absl::StrCat(path, ".choices[", choice.code, "]");
      if (at == given.end()) {
        Fault(choice_path, "CHOICE_WITHOUT_WORDS", "The source has no choice of this code.");
        continue;
      }
      CheckText(at->label, choice_path);
      words.choices.push_back({.code = choice.code, .label = at->label});
    }
    for (const Choice& other : given) {
      const bool known = std::any_of(wanted.begin(), wanted.end(), [&](const Choice& choice) {
        return other.code == choice.code;
      });
      if (known || wanted.empty()) continue;
      Fault(absl::StrCat(path, ".choices[", other.code, "]"), "CHOICE_UNKNOWN",
            "The definition has no choice of this code.");
    }
  }

  void CheckNames() {
    for (const auto& [item, name] : names_) {
      if (sources_.count(absl::AsciiStrToLower(name)) == 0) {
        Fault(absl::StrCat("names[", item, "]"), "NAME_UNKNOWN",
              "The source has no item of this name.");
      }
    }
  }

  const Instrument& definition_;
  const Instrument& source_;
  const NameMap& names_;
  std::map<std::string, Source> sources_;
  Wording wording_;
  Faults faults_;
};

void Label(const std::vector<ChoiceWords>& words, std::vector<Choice>& choices) {
  for (Choice& choice : choices) {
    for (const ChoiceWords& word : words) {
      if (word.code == choice.code) choice.label = word.label;
    }
  }
}

void ApplyItem(const Instrument& definition, const std::map<std::string, const ItemWords*>& by_code,
               Item& item) {
  const auto give_choices = [&](const ItemWords& words) {
    if (words.choices.empty()) return;
    // Items of one list may have other labels, so each gets its own choices.
    item.choices = ChoicesOf(definition, item);
    item.choice_list.clear();
    Label(words.choices, item.choices);
  };
  for (Row& row : item.rows) {
    const auto words = by_code.find(row.code);
    if (words == by_code.end()) continue;
    row.text = words->second->text;
    give_choices(*words->second);
  }
  const auto words = by_code.find(item.code);
  if (words == by_code.end()) return;
  item.text = words->second->text;
  item.help = words->second->help;
  if (item.type == ItemType::kScale) {
    item.scale.low_label = words->second->low_label;
    item.scale.middle_label = words->second->middle_label;
    item.scale.high_label = words->second->high_label;
  }
  give_choices(*words->second);
}

// A list that no item uses any longer goes, its labels with it.
void DropUnusedLists(Instrument& instrument) {
  std::erase_if(instrument.choice_lists, [&](const ChoiceList& list) {
    for (const Section& section : instrument.sections) {
      for (const Item& item : section.items) {
        if (item.choice_list == list.id) return false;
      }
    }
    return true;
  });
}

}  // namespace

absl::StatusOr<Wording> TakeWording(const Instrument& definition, const Instrument& source,
                                    const NameMap& names) {
  return Taker(definition, source, names).Take();
}

absl::StatusOr<Instrument> ApplyWording(const Instrument& definition, const Wording& wording) {
  if (wording.instrument != definition.id || wording.version != definition.version) {
    return WordingInvalid({{.path = "instrument",
                            .reason = "WORDING_OTHER_INSTRUMENT",
                            .message = "The wording belongs to another instrument or version."}});
  }
  std::map<std::string, const ItemWords*> by_code;
  for (const ItemWords& words : wording.items) by_code.emplace(words.code, &words);
  Instrument worded = definition;
  worded.languages = wording.languages;
  for (Section& section : worded.sections) {
    for (const SectionWords& words : wording.sections) {
      if (words.code == section.code) section.title = words.title;
    }
    for (Item& item : section.items) ApplyItem(definition, by_code, item);
  }
  DropUnusedLists(worded);
  // Names of the instrument stay in their languages only where the wording has them too.
  std::vector<Problem> problems;
  CheckItems(worded, problems);
  if (problems.empty()) return worded;
  Faults faults;
  for (Problem& problem : problems) faults.push_back(std::move(problem.violation));
  return WordingInvalid(faults);
}

std::string WriteWording(const Wording& wording) {
  Wording copy = wording;  // visitors take fields they may change
  Writer writer;
  Describe(writer, copy);
  return std::move(writer.out);
}

absl::StatusOr<Wording> ReadWording(absl::string_view bytes, absl::string_view name) {
  REPRISE_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(bytes, name));
  Wording wording;
  Lines lines;
  Faults faults;
  Reader(lines, faults).ReadMap(root, "", wording);
  for (error::Violation& fault : faults) fault.path = Locate(lines, name, fault.path);
  if (!faults.empty()) return WordingInvalid(faults);
  return wording;
}

}  // namespace reprise::instrument
