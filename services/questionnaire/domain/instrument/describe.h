// SPDX-License-Identifier: Apache-2.0
// The names of an instrument's fields, once: whatever reads, writes or walks a document calls
// Describe(visitor, value), and the visitor is called with each key and its field, in the order in
// which documents are written.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_DESCRIBE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_DESCRIBE_H_

#include <utility>

#include "absl/types/span.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::instrument {

template <typename Enum>
using Names = absl::Span<const std::pair<const char*, Enum>>;

// How documents spell each value; the proto's names are the same with their prefix, in capitals.
Names<MissingKind> NamesOf(MissingKind);
Names<ItemType> NamesOf(ItemType);
Names<Tier> NamesOf(Tier);
Names<ScoreRule> NamesOf(ScoreRule);

// "" for the value that documents leave out.
template <typename Enum>
const char* NameOf(Enum value) {
  for (const auto& [name, named] : NamesOf(value)) {
    if (named == value) return name;
  }
  return "";
}

template <typename Visitor, typename T>
concept Describes = requires(Visitor& v, T& t) { Describe(v, t); };

template <typename V>
void Describe(V& v, Choice& c) {
  v("code", c.code);
  v("value", c.value);
  v("label", c.label);
  v("missing", c.missing);
  v("exclusive", c.exclusive);
  v("concept_system", c.concept_system);
  v("concept_code", c.concept_code);
}

template <typename V>
void Describe(V& v, ChoiceList& l) {
  v("id", l.id);
  v("choices", l.choices);
}

template <typename V>
void Describe(V& v, Range& r) {
  v("min", r.min);
  v("max", r.max);
}

template <typename V>
void Describe(V& v, Unit& u) {
  v("code", u.code);
  v("label", u.label);
}

template <typename V>
void Describe(V& v, Scale& s) {
  v("min", s.min);
  v("max", s.max);
  v("step", s.step);
  v("low_label", s.low_label);
  v("middle_label", s.middle_label);
  v("high_label", s.high_label);
  v("show_value", s.show_value);
}

template <typename V>
void Describe(V& v, Row& r) {
  v("code", r.code);
  v("text", r.text);
  v("number", r.number);
  v("required", r.required);
  v("shown_if", r.shown_if);
  v("annotation", r.annotation);
  v("link_id", r.link_id);
}

template <typename V>
void Describe(V& v, Item& i) {
  v("code", i.code);
  v("type", i.type);
  v("text", i.text);
  v("help", i.help);
  v("number", i.number);
  v("required", i.required);
  v("shown_if", i.shown_if);
  v("choice_list", i.choice_list);
  v("choices", i.choices);
  v("rows", i.rows);
  v("multiple", i.multiple);
  v("unit", i.unit);
  v("decimals", i.decimals);
  v("max_length", i.max_length);
  v("multiline", i.multiline);
  v("hard", i.hard);
  v("soft", i.soft);
  v("scale", i.scale);
  v("calculation", i.calculation);
  v("identifying", i.identifying);
  v("annotation", i.annotation);
  v("link_id", i.link_id);
  v("concept_system", i.concept_system);
  v("concept_code", i.concept_code);
}

template <typename V>
void Describe(V& v, Section& s) {
  v("code", s.code);
  v("title", s.title);
  v("form", s.form);
  v("shown_if", s.shown_if);
  v("items", s.items);
}

template <typename V>
void Describe(V& v, MissingCode& m) {
  v("code", m.code);
  v("kind", m.kind);
  v("label", m.label);
}

template <typename V>
void Describe(V& v, Rescale& r) {
  v("from_low", r.from_low);
  v("from_high", r.from_high);
  v("to_low", r.to_low);
  v("to_high", r.to_high);
}

template <typename V>
void Describe(V& v, Score& s) {
  v("id", s.id);
  v("label", s.label);
  v("rule", s.rule);
  v("items", s.items);
  v("reverse", s.reverse);
  v("min_answered", s.min_answered);
  v("rescale", s.rescale);
  v("expression", s.expression);
  v("needs", s.needs);
  v("not_applicable_when", s.not_applicable_when);
  v("note", s.note);
}

template <typename V>
void Describe(V& v, Alert& a) {
  v("id", a.id);
  v("when", a.when);
  v("text", a.text);
}

template <typename V>
void Describe(V& v, Licence& l) {
  v("tier", l.tier);
  v("owner", l.owner);
  v("terms", l.terms);
  v("evidence", l.evidence);
  v("languages", l.languages);
  v("electronic_use", l.electronic_use);
  v("date_checked", l.date_checked);
}

template <typename V>
void Describe(V& v, Instrument& i) {
  v("id", i.id);
  v("version", i.version);
  v("title", i.title);
  v("description", i.description);
  v("languages", i.languages);
  v("licence", i.licence);
  v("missing_codes", i.missing_codes);
  v("choice_lists", i.choice_lists);
  v("sections", i.sections);
  v("scores", i.scores);
  v("alerts", i.alerts);
}

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_DESCRIBE_H_
