// SPDX-License-Identifier: Apache-2.0
// What every column of an extract means, in French and English: the columns that every extract has,
// and the lines of dictionary.csv. Pure.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_DICTIONARY_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_DICTIONARY_H_

#include <string>
#include <vector>

namespace reprise::extract {

struct Column {
  std::string name;
  std::string label_fr = {};
  std::string label_en = {};
  // text, integer, boolean, code, codes (several, separated by `|`), day (from consent), or the type of
  // an instrument's item.
  std::string type = {};
  std::string codes_fr = {};  // `0=Non|1=Oui`, or the codes alone
  std::string codes_en = {};
};

using Columns = std::vector<Column>;

// Of participants.csv, and the first of wide.csv.
const Columns& ParticipantColumns();
// Of one of the files about the course, such as `visits.csv`; the first is the pseudonym.
const Columns& CourseColumns(const std::string& file);
// The columns before the items in the files of forms, and before each form in wide.csv.
const Columns& FormColumns();
const Column& AnsweredDay();

std::vector<std::string> NamesOf(const Columns& columns);

// The columns of dictionary.csv itself, and a line of it.
std::vector<std::string> DictionaryHeader();
std::vector<std::string> DictionaryLine(const std::string& file, const Column& column);

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_DICTIONARY_H_
