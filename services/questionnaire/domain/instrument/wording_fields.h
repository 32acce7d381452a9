// SPDX-License-Identifier: Apache-2.0
// The names of a wording's fields (describe.h does the same for instruments). Include it before
// reader.h and writer.h are used with a Wording.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WORDING_FIELDS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WORDING_FIELDS_H_

#include "services/questionnaire/domain/instrument/wording.h"

namespace reprise::instrument {

template <typename V>
void Describe(V& v, LicenceRecord& l) {
  v("reference", l.reference);
  v("scope", l.scope);
  v("expiry", l.expiry);
}

template <typename V>
void Describe(V& v, ChoiceWords& c) {
  v("code", c.code);
  v("label", c.label);
}

template <typename V>
void Describe(V& v, ItemWords& i) {
  v("code", i.code);
  v("text", i.text);
  v("help", i.help);
  v("choices", i.choices);
  v("low_label", i.low_label);
  v("middle_label", i.middle_label);
  v("high_label", i.high_label);
}

template <typename V>
void Describe(V& v, SectionWords& s) {
  v("code", s.code);
  v("title", s.title);
}

template <typename V>
void Describe(V& v, Wording& w) {
  v("instrument", w.instrument);
  v("version", w.version);
  v("languages", w.languages);
  v("licence", w.licence);
  v("sections", w.sections);
  v("items", w.items);
}

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WORDING_FIELDS_H_
