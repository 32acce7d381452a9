// SPDX-License-Identifier: Apache-2.0
// One version of a questionnaire as a value: sections, items, choices, scores, alerts and licence.
// proto/reprise/questionnaire/v1/instrument.proto has the same fields under the same names, and so
// have the YAML and JSON documents (describe.h). Nothing here is checked; see check.h.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_INSTRUMENT_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_INSTRUMENT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace reprise::instrument {

// Words a person reads, by language (`fr`, `en`, `pt-BR`). Empty in a definition without wording.
using Text = std::map<std::string, std::string>;

// Why there is no answer. The four are never merged: only kNotAsked comes from branching.
enum class MissingKind { kNone, kRefused, kNotApplicable, kNotAsked, kNotAnswered };

enum class ItemType {
  kUnspecified, kSingleChoice, kMultipleChoice, kInteger, kDecimal, kDate, kPartialDate, kTime,
  kText, kScale, kMatrix, kInformation, kComputed
};

// Whether the wording may travel with the definition (docs/instruments.md, "Licences").
enum class Tier { kUnspecified, kOwn, kA, kB, kC };

enum class ScoreRule { kUnspecified, kMean, kSum, kExpression };

struct Choice {
  std::string code;             // what is stored
  std::optional<double> value;  // what scores count where it is not the code itself
  Text label;
  MissingKind missing = MissingKind::kNone;  // an option such as "does not apply to me"
  bool exclusive = false;                    // multiple choice: excludes every other
  std::string concept_system;                // the code in a terminology, kept for exchange
  std::string concept_code;
  bool operator==(const Choice&) const = default;
};

struct ChoiceList {
  std::string id;
  std::vector<Choice> choices;
  bool operator==(const ChoiceList&) const = default;
};

// Bounds as written: a number, a date `YYYY-MM-DD` or a time `HH:MM`, after the item's type.
struct Range {
  std::string min;
  std::string max;
  bool operator==(const Range&) const = default;
};

struct Unit {
  std::string code;  // UCUM where it has one
  Text label;
  bool operator==(const Unit&) const = default;
};

// A visual analogue scale: a line from `min` to `max`.
struct Scale {
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> step;
  Text low_label;
  Text middle_label;
  Text high_label;
  bool show_value = false;
  bool operator==(const Scale&) const = default;
};

// One line of a matrix; its code is an item code like any other.
struct Row {
  std::string code;
  Text text;
  std::string number;
  bool required = false;
  std::string shown_if;
  std::string annotation;
  std::string link_id;
  bool operator==(const Row&) const = default;
};

struct Item {
  std::string code;
  ItemType type = ItemType::kUnspecified;
  Text text;
  Text help;
  std::string number;  // as printed before the question, `2a`
  bool required = false;
  std::string shown_if;     // expression; null hides
  std::string choice_list;  // id of a ChoiceList, instead of `choices`
  std::vector<Choice> choices;
  std::vector<Row> rows;  // matrix
  bool multiple = false;  // matrix: several choices a row
  Unit unit;
  std::optional<int> decimals;
  std::optional<int> max_length;  // characters
  bool multiline = false;
  Range hard;  // outside is refused
  Range soft;  // outside is asked about
  Scale scale;
  std::string calculation;   // expression; computed
  bool identifying = false;  // left out of every export that is not nominative
  std::string annotation;    // for the study team; participants never see it
  std::string link_id;       // its identifier in the file it was imported from
  std::string concept_system;
  std::string concept_code;
  bool operator==(const Item&) const = default;
};

struct Section {
  std::string code;
  Text title;
  std::string form;  // of the REDCap dictionary it came from, or shall go to
  std::string shown_if;
  std::vector<Item> items;
  bool operator==(const Section&) const = default;
};

struct MissingCode {
  std::string code;
  MissingKind kind = MissingKind::kNone;
  Text label;
  bool operator==(const MissingCode&) const = default;
};

// The straight line through (from_low, to_low) and (from_high, to_high), applied to a mean or sum.
struct Rescale {
  std::optional<double> from_low;
  std::optional<double> from_high;
  std::optional<double> to_low;
  std::optional<double> to_high;
  bool operator==(const Rescale&) const = default;
};

// See services/questionnaire/domain/scoring/scoring.h for what each rule computes.
struct Score {
  std::string id;
  Text label;
  ScoreRule rule = ScoreRule::kUnspecified;
  std::vector<std::string> items;
  std::vector<std::string> reverse;  // those of `items` that count as lowest + highest - value
  std::optional<int> min_answered;
  Rescale rescale;
  std::string expression;                          // items and earlier or later scores by name
  std::optional<std::vector<std::string>> needs;   // what must be there; default: all it names
  std::string not_applicable_when;                 // true: no score, whatever was answered
  std::string note;                                // where the rule comes from
  bool operator==(const Score&) const = default;
};

// What somebody must see at once, for example a thought of self-harm.
struct Alert {
  std::string id;
  std::string when;  // expression over items and scores; only true alerts
  Text text;         // to the study team
  bool operator==(const Alert&) const = default;
};

struct Licence {
  Tier tier = Tier::kUnspecified;
  std::string owner;
  std::string terms;
  std::string evidence;                // where the terms can be read
  std::vector<std::string> languages;  // in which the owner has a version
  std::string electronic_use;
  std::string date_checked;  // YYYY-MM-DD
  bool operator==(const Licence&) const = default;
};

struct Instrument {
  std::string id;
  std::string version;
  Text title;
  Text description;
  std::vector<std::string> languages;  // in which every text must be there; empty: no wording
  Licence licence;
  std::vector<MissingCode> missing_codes;
  std::vector<ChoiceList> choice_lists;
  std::vector<Section> sections;
  std::vector<Score> scores;
  std::vector<Alert> alerts;
  bool operator==(const Instrument&) const = default;
};

// One thing that takes an answer of its own: an item, or a row of a matrix.
struct Field {
  const Section* section;
  const Item* item;
  const Row* row;  // null unless the item is a matrix
  const std::string& code() const { return row != nullptr ? row->code : item->code; }
};

// In document order. A matrix gives its rows; information gives nothing. Points into `instrument`.
std::vector<Field> FieldsOf(const Instrument& instrument);

// The choices of an item, its own or those of its list; empty where the list is unknown.
const std::vector<Choice>& ChoicesOf(const Instrument& instrument, const Item& item);

// Letters, digits and underscores, a letter first, at most 100.
bool IsCode(const std::string& code);

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_INSTRUMENT_H_
