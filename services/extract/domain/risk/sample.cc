// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/sample.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/delimited.h"
#include "services/extract/domain/risk/errors.h"
#include "services/platform/status.h"

namespace reprise::extract::risk {
namespace {

// A column while it is read.
struct Reading {
  SampleColumn column;
  Dictionary dictionary;
  size_t position = 0;
};

absl::StatusOr<std::vector<Reading>> Locate(const RecordReader& reader,
                                            const std::vector<std::string>& names,
                                            const VerifierCase* trees_of) {
  std::vector<Reading> out;
  for (const std::string& name : names) {
    const int at = reader.Column(name);
    if (at < 0) {
      return DataInvalid("DATA_COLUMN_MISSING", reader.file(), 1,
                         absl::StrCat("The column '", name, "' is missing."));
    }
    Reading reading;
    reading.column.name = name;
    reading.column.tree = trees_of ? trees_of->Tree(name) : nullptr;
    reading.position = static_cast<size_t>(at);
    out.push_back(std::move(reading));
  }
  return out;
}

absl::StatusOr<uint32_t> CodeOf(Reading& reading, const RecordReader& reader) {
  const absl::string_view cell = reader.fields()[reading.position];
  if (reading.column.tree == nullptr) return reading.dictionary.Code(cell);
  const int64_t label = reading.column.tree->Find(cell);
  if (label >= 0) return static_cast<uint32_t>(label);
  return DataInvalid("DATA_VALUE_UNKNOWN", reader.file(), reader.row(),
                     absl::StrCat("Column '", reading.column.name,
                                  "' holds a text that is not in its hierarchy."));
}

// Appends the record's codes, or checks them against the person's first record.
absl::Status Take(std::vector<Reading>& columns, const RecordReader& reader, size_t person,
                  bool fresh) {
  for (Reading& reading : columns) {
    REPRISE_ASSIGN_OR_RETURN(const uint32_t code, CodeOf(reading, reader));
    if (fresh) {
      reading.column.codes.of.push_back(code);
    } else if (reading.column.codes.of[person] != code) {
      return DataInvalid("PERSON_VARIES", reader.file(), reader.row(),
                         absl::StrCat("Column '", reading.column.name,
                                      "' differs from the person's earlier row: reduce the file to "
                                      "one row a person."));
    }
  }
  return absl::OkStatus();
}

std::vector<SampleColumn> Finish(std::vector<Reading> readings) {
  std::vector<SampleColumn> columns;
  for (Reading& reading : readings) {
    SampleColumn& column = reading.column;
    if (column.tree == nullptr) column.texts = reading.dictionary.texts();
    column.codes.distinct =
        static_cast<uint32_t>(column.tree ? column.tree->labels() : column.texts.size());
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

uint32_t Dictionary::Code(absl::string_view text) {
  const auto found = code_of_.find(text);
  if (found != code_of_.end()) return found->second;
  const uint32_t code = static_cast<uint32_t>(texts_.size());
  texts_.emplace_back(text);
  code_of_.emplace(texts_.back(), code);
  return code;
}

void GroupSample(Sample& sample) {
  sample.suppressed.assign(sample.persons, true);
  sample.suppressed_persons = sample.persons;
  for (const SampleColumn& column : sample.qis) {
    std::vector<bool> star(column.codes.distinct);
    for (uint32_t code = 0; code < column.codes.distinct; ++code)
      star[code] = column.text(code) == kStar;
    for (size_t person = 0; person < sample.persons; ++person) {
      if (!star[column.codes.of[person]] && sample.suppressed[person]) {
        sample.suppressed[person] = false;
        --sample.suppressed_persons;
      }
    }
  }
  if (sample.suppressed_persons == sample.persons) {
    sample.suppressed.assign(sample.persons, false);
    sample.suppressed_persons = 0;
  }
  std::vector<const Codes*> columns;
  for (const SampleColumn& column : sample.qis) columns.push_back(&column.codes);
  sample.classes = GroupRows(sample.persons, columns, sample.suppressed);
}

absl::StatusOr<Sample> ReadSample(absl::string_view csv, const std::string& file,
                                  const VerifierCase& request) {
  RecordReader reader(csv, file, request.delimiter);
  REPRISE_RETURN_IF_ERROR(reader.CheckEncoding());
  REPRISE_RETURN_IF_ERROR(reader.ReadHeader());
  REPRISE_ASSIGN_OR_RETURN(std::vector<Reading> qis, Locate(reader, request.qis, &request));
  REPRISE_ASSIGN_OR_RETURN(std::vector<Reading> sensitive,
                           Locate(reader, request.sensitive, nullptr));
  const int person_column = request.person.empty() ? -1 : reader.Column(request.person);
  if (!request.person.empty() && person_column < 0) {  // counting rows instead would fake groups
    return DataInvalid("DATA_COLUMN_MISSING", file, 1,
                       absl::StrCat("The column '", request.person,
                                    "', which names the person, is missing: give the original as "
                                    "well, or a case without it if every row is a person."));
  }
  Sample sample;
  Dictionary persons;
  while (true) {
    REPRISE_ASSIGN_OR_RETURN(const bool more, reader.Next());
    if (!more) break;
    const size_t person = person_column < 0
                              ? sample.persons
                              : persons.Code(reader.fields()[static_cast<size_t>(person_column)]);
    const bool fresh = person == sample.persons;
    if (fresh) {
      ++sample.persons;
      sample.record_of_person.push_back(reader.row());
    }
    REPRISE_RETURN_IF_ERROR(Take(qis, reader, person, fresh));
    REPRISE_RETURN_IF_ERROR(Take(sensitive, reader, person, fresh));
  }
  sample.qis = Finish(std::move(qis));
  sample.sensitive = Finish(std::move(sensitive));
  GroupSample(sample);
  return sample;
}

}  // namespace reprise::extract::risk
