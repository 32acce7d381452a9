// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/comparison.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/risk/delimited.h"
#include "services/extract/domain/risk/errors.h"
#include "services/platform/status.h"

namespace reprise::extract::risk {
namespace {

absl::Status Reject(absl::string_view rule, const RecordReader& reader,
                    const std::string& sentence) {
  return ReleaseRejected(rule, absl::StrCat(reader.file(), ":", reader.row()), sentence);
}

absl::StatusOr<size_t> Position(const RecordReader& original, const std::string& name) {
  const int at = original.Column(name);
  if (at >= 0) return static_cast<size_t>(at);
  return DataInvalid("DATA_COLUMN_MISSING", kOriginalFile, 1,
                     absl::StrCat("The column '", name, "' is missing."));
}

// Walks both files in step.
class Comparer {
 public:
  Comparer(absl::string_view original, absl::string_view released, const VerifierCase& request)
      : request_(request),
        original_(original, kOriginalFile, request.delimiter),
        released_(released, kReleasedFile, request.delimiter) {}

  absl::StatusOr<Comparison> Run();

 private:
  struct QuasiIdentifier {
    const LabelTree* tree;
    size_t original_at, released_at;
    Codes labels, values, everybody;  // released labels and values; values of the population
  };
  struct Kept {  // a column that must not change
    std::string name;
    size_t original_at, released_at;
  };
  struct Sensitive {
    size_t original_at;
    std::string name;
    Dictionary dictionary;
    Codes codes;
  };

  absl::Status ReadHeaders();
  absl::Status LocateQuasiIdentifiers();
  absl::Status LocateOthers();
  absl::Status ReadRecords();
  // Domain values of the current original record.
  absl::Status ReadValues();
  void TakePopulation(bool in_subset);
  absl::Status TakeReleased();
  absl::Status CheckCells();
  absl::Status TakePerson(size_t person, bool fresh);
  // Number of the current record's person, and whether it is new, in a dictionary of persons.
  std::pair<size_t, bool> PersonIn(Dictionary& persons, size_t known);

  const VerifierCase& request_;
  RecordReader original_, released_;
  std::vector<QuasiIdentifier> qis_;
  std::vector<Kept> kept_;
  std::vector<Sensitive> sensitive_;
  int person_at_ = -1;
  Dictionary released_persons_, population_persons_;
  std::vector<uint32_t> values_, labels_;  // of the current record
  std::vector<size_t> record_of_person_;
  std::vector<size_t> released_person_of_;  // by person of the population; SIZE_MAX if outside
};

absl::Status Comparer::ReadHeaders() {
  REPRISE_RETURN_IF_ERROR(original_.CheckEncoding());
  REPRISE_RETURN_IF_ERROR(released_.CheckEncoding());
  REPRISE_RETURN_IF_ERROR(original_.ReadHeader());
  REPRISE_RETURN_IF_ERROR(released_.ReadHeader());
  for (const std::string& name : released_.header()) {
    if (request_.withheld.contains(name)) {
      return Reject("COLUMN_WITHHELD", released_,
                    absl::StrCat("The column '", name, "' is a direct identifier or free text."));
    }
    if (original_.Column(name) < 0) {
      return Reject("COLUMN_UNKNOWN", released_,
                    absl::StrCat("The column '", name, "' is not one of the original."));
    }
  }
  return absl::OkStatus();
}

absl::Status Comparer::LocateQuasiIdentifiers() {
  for (const std::string& name : request_.qis) {
    const LabelTree* tree = request_.Tree(name);
    if (tree == nullptr) {
      return HierarchyInvalid("MISSING", name, 1, "A quasi-identifier needs its hierarchy.");
    }
    REPRISE_ASSIGN_OR_RETURN(const size_t original_at, Position(original_, name));
    const int released_at = released_.Column(name);
    if (released_at < 0) {
      return Reject("COLUMN_MISSING", released_,
                    absl::StrCat("The column '", name, "' is missing."));
    }
    const uint32_t labels = static_cast<uint32_t>(tree->labels());
    const uint32_t values = static_cast<uint32_t>(tree->values());
    qis_.push_back({.tree = tree,
                    .original_at = original_at,
                    .released_at = static_cast<size_t>(released_at),
                    .labels = {.of = {}, .distinct = labels},
                    .values = {.of = {}, .distinct = values},
                    .everybody = {.of = {}, .distinct = values}});
  }
  values_.resize(qis_.size());
  labels_.resize(qis_.size());
  return absl::OkStatus();
}

absl::Status Comparer::LocateOthers() {
  for (const std::string& name : request_.sensitive) {
    REPRISE_ASSIGN_OR_RETURN(const size_t at, Position(original_, name));
    sensitive_.push_back({.original_at = at, .name = name, .dictionary = {}, .codes = {}});
  }
  if (!request_.person.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const size_t at, Position(original_, request_.person));
    person_at_ = static_cast<int>(at);
  }
  for (size_t at = 0; at < original_.header().size(); ++at) {
    const std::string& name = original_.header()[at];
    if (request_.withheld.contains(name)) continue;
    if (std::find(request_.qis.begin(), request_.qis.end(), name) != request_.qis.end()) continue;
    const int released_at = released_.Column(name);
    if (released_at >= 0) {
      kept_.push_back(
          {.name = name, .original_at = at, .released_at = static_cast<size_t>(released_at)});
    } else if (name != request_.person) {
      return Reject("COLUMN_MISSING", released_,
                    absl::StrCat("The column '", name, "' is missing."));
    }
  }
  return absl::OkStatus();
}

absl::Status Comparer::ReadValues() {
  for (size_t q = 0; q < qis_.size(); ++q) {
    const int64_t value = qis_[q].tree->Find(original_.fields()[qis_[q].original_at]);
    if (value < 0 || static_cast<size_t>(value) >= qis_[q].tree->values()) {
      return DataInvalid("DATA_VALUE_UNKNOWN", kOriginalFile, original_.row(),
                         absl::StrCat("Column '", request_.qis[q],
                                      "' holds a value that is not in its hierarchy."));
    }
    values_[q] = static_cast<uint32_t>(value);
  }
  return absl::OkStatus();
}

std::pair<size_t, bool> Comparer::PersonIn(Dictionary& persons, size_t known) {
  if (person_at_ < 0) return {known, true};
  const size_t person = persons.Code(original_.fields()[static_cast<size_t>(person_at_)]);
  return {person, person == known};
}

void Comparer::TakePopulation(bool in_subset) {
  const auto [person, fresh] = PersonIn(population_persons_, released_person_of_.size());
  if (fresh) {
    released_person_of_.push_back(SIZE_MAX);
    for (size_t q = 0; q < qis_.size(); ++q) qis_[q].everybody.of.push_back(values_[q]);
  }
  // The released person that this record is about to add or repeat.
  if (in_subset) {
    released_person_of_[person] = PersonIn(released_persons_, record_of_person_.size()).first;
  }
}

absl::Status Comparer::CheckCells() {
  for (size_t q = 0; q < qis_.size(); ++q) {
    const int64_t label = qis_[q].tree->Find(released_.fields()[qis_[q].released_at]);
    if (label < 0 || !qis_[q].tree->Generalises(static_cast<uint32_t>(label), values_[q])) {
      return Reject("CELL_NOT_GENERAL", released_,
                    absl::StrCat("Column '", request_.qis[q],
                                 "' reads what does not generalise the original's row ",
                                 original_.row(), "."));
    }
    labels_[q] = static_cast<uint32_t>(label);
  }
  for (const Kept& kept : kept_) {
    if (original_.fields()[kept.original_at] != released_.fields()[kept.released_at]) {
      return Reject("CELL_CHANGED", released_,
                    absl::StrCat("Column '", kept.name, "' differs from the original's row ",
                                 original_.row(), "."));
    }
  }
  return absl::OkStatus();
}

absl::Status Comparer::TakePerson(size_t person, bool fresh) {
  for (size_t q = 0; q < qis_.size(); ++q) {
    if (fresh) {
      qis_[q].labels.of.push_back(labels_[q]);
      qis_[q].values.of.push_back(values_[q]);
    } else if (qis_[q].labels.of[person] != labels_[q]) {
      return Reject("PERSON_SPLIT", released_,
                    absl::StrCat("Column '", request_.qis[q],
                                 "' differs from the same person's earlier row."));
    }
  }
  for (Sensitive& column : sensitive_) {
    const uint32_t code = column.dictionary.Code(original_.fields()[column.original_at]);
    if (fresh) {
      column.codes.of.push_back(code);
    } else if (column.codes.of[person] != code) {
      return DataInvalid("PERSON_VARIES", kOriginalFile, original_.row(),
                         absl::StrCat("The sensitive column '", column.name,
                                      "' differs from the person's earlier row: reduce the file to "
                                      "one row a person."));
    }
  }
  return absl::OkStatus();
}

absl::Status Comparer::TakeReleased() {
  REPRISE_ASSIGN_OR_RETURN(const bool more, released_.Next());
  if (!more) {
    return Reject("ROWS_MISSING", released_,
                  absl::StrCat("The file ends before the original's row ", original_.row(), "."));
  }
  REPRISE_RETURN_IF_ERROR(CheckCells());
  const auto [person, fresh] = PersonIn(released_persons_, record_of_person_.size());
  if (fresh) record_of_person_.push_back(released_.row());
  return TakePerson(person, fresh);
}

absl::Status Comparer::ReadRecords() {
  size_t next_of_subset = 0;
  const std::vector<uint32_t> none;
  const std::vector<uint32_t>& subset = request_.subset ? *request_.subset : none;
  for (size_t index = 0;; ++index) {
    REPRISE_ASSIGN_OR_RETURN(const bool more, original_.Next());
    if (!more) break;
    REPRISE_RETURN_IF_ERROR(ReadValues());
    const bool wanted =
        !request_.subset || (next_of_subset < subset.size() && subset[next_of_subset] == index);
    if (request_.subset) {
      next_of_subset += wanted ? 1 : 0;
      TakePopulation(wanted);
    }
    if (wanted) REPRISE_RETURN_IF_ERROR(TakeReleased());
  }
  if (next_of_subset < subset.size()) {
    return SubsetInvalid(next_of_subset + 1, "The subset names a row that the data do not have.");
  }
  REPRISE_ASSIGN_OR_RETURN(const bool more, released_.Next());
  if (more) return Reject("ROWS_EXTRA", released_, "The file has more rows than may be released.");
  return absl::OkStatus();
}

absl::StatusOr<Comparison> Comparer::Run() {
  REPRISE_RETURN_IF_ERROR(ReadHeaders());
  REPRISE_RETURN_IF_ERROR(LocateQuasiIdentifiers());
  REPRISE_RETURN_IF_ERROR(LocateOthers());
  REPRISE_RETURN_IF_ERROR(ReadRecords());
  Comparison out;
  out.released.persons = record_of_person_.size();
  out.released.record_of_person = std::move(record_of_person_);
  for (size_t q = 0; q < qis_.size(); ++q) {
    out.released.qis.push_back({.name = request_.qis[q],
                                .tree = qis_[q].tree,
                                .texts = {},
                                .codes = std::move(qis_[q].labels)});
    out.originals.push_back(std::move(qis_[q].values));
    if (request_.subset) out.population.qis.push_back(std::move(qis_[q].everybody));
  }
  for (Sensitive& column : sensitive_) {
    column.codes.distinct = static_cast<uint32_t>(column.dictionary.texts().size());
    out.released.sensitive.push_back({.name = column.name,
                                      .tree = nullptr,
                                      .texts = column.dictionary.texts(),
                                      .codes = std::move(column.codes)});
  }
  GroupSample(out.released);
  out.population.persons = released_person_of_.size();
  for (const size_t person : released_person_of_) {
    out.population.suppressed.push_back(person != SIZE_MAX && out.released.suppressed[person]);
  }
  return out;
}

}  // namespace

absl::StatusOr<Comparison> CompareFiles(absl::string_view original_csv,
                                        absl::string_view released_csv,
                                        const VerifierCase& request) {
  return Comparer(original_csv, released_csv, request).Run();
}

}  // namespace reprise::extract::risk
