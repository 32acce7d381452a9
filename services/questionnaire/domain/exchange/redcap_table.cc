// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/redcap_table.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/utf8.h"

namespace reprise::exchange {
namespace {

struct ColumnNames {
  const char* api;
  const char* page;
};
constexpr ColumnNames kNames[kRedcapColumns] = {
    {"field_name", "Variable / Field Name"},
    {"form_name", "Form Name"},
    {"section_header", "Section Header"},
    {"field_type", "Field Type"},
    {"field_label", "Field Label"},
    {"select_choices_or_calculations", "Choices, Calculations, OR Slider Labels"},
    {"field_note", "Field Note"},
    {"text_validation_type_or_show_slider_number", "Text Validation Type OR Show Slider Number"},
    {"text_validation_min", "Text Validation Min"},
    {"text_validation_max", "Text Validation Max"},
    {"identifier", "Identifier?"},
    {"branching_logic", "Branching Logic (Show field only if...)"},
    {"required_field", "Required Field?"},
    {"custom_alignment", "Custom Alignment"},
    {"question_number", "Question Number (surveys only)"},
    {"matrix_group_name", "Matrix Group Name"},
    {"matrix_ranking", "Matrix Ranking?"},
    {"field_annotation", "Field Annotation"}};

constexpr const char* kFieldTypes[] = {"text",     "notes", "dropdown",  "radio",
                                       "checkbox", "calc",  "file",      "descriptive",
                                       "slider",   "yesno", "truefalse", "sql"};

// Letters and digits only: `Variable / Field Name` and `variable_/_field_name` are one.
std::string Normal(absl::string_view name) {
  std::string normal;
  for (const unsigned char c : name) {
    if (absl::ascii_isalnum(c)) normal += absl::ascii_tolower(c);
  }
  return normal;
}

std::optional<RedcapColumn> ColumnOf(absl::string_view name) {
  const std::string normal = Normal(name);
  if (normal == "variablefieldname" || normal == "variablename") return kFieldName;
  if (normal == "choicesorcalculations" || normal == "choicescalculationsorsliderlabels")
    return kChoices;
  if (normal == "branchinglogic") return kBranching;
  if (normal == "questionnumber") return kQuestionNumber;
  for (int c = 0; c < kRedcapColumns; ++c) {
    if (normal == Normal(kNames[c].api) || normal == Normal(kNames[c].page)) {
      return static_cast<RedcapColumn>(c);
    }
  }
  return std::nullopt;
}

// Spreadsheets and wrong encodings leave their traces in the first cell (marks, quotes inside). It
// ends at the first separator, since no name of this column holds one; what it was is told by the
// rest of the header. Returns the bytes with that cell made whole.
std::string MendFirstCell(absl::string_view bytes, char delimiter, Report& report) {
  const size_t line_end = std::min(bytes.find_first_of("\r\n"), bytes.size());
  const size_t cell_end = bytes.substr(0, line_end).find(delimiter);
  if (cell_end == absl::string_view::npos) return std::string(bytes);
  absl::string_view cell = bytes.substr(0, cell_end);
  if (cell.substr(0, 3) == "\xEF\xBB\xBF") cell.remove_prefix(3);  // an honest byte order mark
  const std::string normal = Normal(cell);
  const bool clean = cell == kNames[kFieldName].api || cell == kNames[kFieldName].page ||
                     cell == absl::StrCat("\"", kNames[kFieldName].page, "\"") ||
                     cell == absl::StrCat("\"", kNames[kFieldName].api, "\"");
  const bool known =
      absl::EndsWith(normal, "variablefieldname") || absl::EndsWith(normal, "fieldname");
  // The rest must be a header, or the first row of data would be taken for one.
  const absl::string_view second = bytes.substr(cell_end + 1, line_end - cell_end - 1);
  const bool header = ColumnOf(second.substr(0, second.find(delimiter))) == kFormName;
  if (clean || !(known || header)) return std::string(bytes);
  report.Change("row 1, column 1", "HEADER",
                "The first cell of the header is damaged; it was read as field_name.");
  return absl::StrCat("field_name", bytes.substr(cell_end));
}

char DelimiterOf(absl::string_view bytes) {
  const absl::string_view header = bytes.substr(0, bytes.find('\n'));
  const auto count = [&](char c) { return std::count(header.begin(), header.end(), c); };
  if (count(';') > count(',') && count(';') >= count('\t')) return ';';
  return count('\t') > count(',') ? '\t' : ',';
}

class TableReader {
 public:
  TableReader(absl::string_view name, Report& report) : name_(name), report_(report) {}

  absl::Status Take(size_t row, absl::Span<const absl::string_view> fields) {
    constexpr size_t kMostRows = 20000;
    if (columns_.empty()) {
      REPRISE_RETURN_IF_ERROR(TakeHeader(fields));
      if (has_header_) return absl::OkStatus();
    }
    if (row > kMostRows) return TooLarge(row, "The dictionary has more than 20,000 rows.");
    const bool blank = std::all_of(fields.begin(), fields.end(), [](absl::string_view f) {
      return absl::StripAsciiWhitespace(f).empty();
    });
    if (blank) return absl::OkStatus();
    RedcapRow taken;
    taken.row = row;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].size() > kMaxTextBytes) return TooLarge(row, "A field is longer than 32 KiB.");
      if (i < columns_.size() && columns_[i]) {
        taken.cells[*columns_[i]] = std::string(absl::StripAsciiWhitespace(fields[i]));
      } else if (!fields[i].empty()) {
        report_.Refuse(absl::StrCat("row ", row, ", column ", i + 1), "COLUMN",
                       "The column is none of the 18 of a dictionary.");
      }
    }
    if (fields.size() < columns_.size()) {
      report_.Change(absl::StrCat("row ", row), "ROW",
                     "The row is shorter than the header; the rest is empty.");
    }
    rows.push_back(std::move(taken));
    return absl::OkStatus();
  }

  std::vector<RedcapRow> rows;

 private:
  absl::Status TooLarge(size_t row, const char* message) const {
    return error::InvalidField(absl::StrCat(name_, ":", row), "DICTIONARY_TOO_LARGE", message);
  }

  absl::Status TakeHeader(absl::Span<const absl::string_view> fields) {
    size_t known = 0;
    for (const absl::string_view field : fields) {
      columns_.push_back(ColumnOf(field));
      if (columns_.back()) ++known;
    }
    const auto has = [&](RedcapColumn c) {
      return std::count(columns_.begin(), columns_.end(), c) > 0;
    };
    if (has(kFieldName) && has(kFieldType)) {
      has_header_ = true;
      return CheckHeader(fields);
    }
    return known >= 3 ? Missing() : TakeByPosition(fields);
  }

  absl::Status CheckHeader(absl::Span<const absl::string_view> fields) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      const std::string place = absl::StrCat("row 1, column ", i + 1);
      if (!columns_[i]) {
        report_.Refuse(place, "COLUMN",
                       absl::StrCat("'", fields[i].substr(0, 60), "' is none of the 18 columns."));
      } else if (std::count(columns_.begin(), columns_.begin() + static_cast<long>(i),
                            columns_[i]) > 0) {
        report_.Refuse(place, "COLUMN", "The column stands twice; the first one was read.");
        columns_[i].reset();
      }
    }
    return absl::OkStatus();
  }

  absl::Status TakeByPosition(absl::Span<const absl::string_view> fields) {
    const bool is_type =
        fields.size() > kFieldType &&
        std::count_if(std::begin(kFieldTypes), std::end(kFieldTypes),
                      [&](const char* type) { return fields[kFieldType] == type; }) > 0;
    const bool typed_header = fields.size() == kRedcapColumns;
    if (!is_type && !typed_header) return Missing();
    columns_.clear();
    for (int c = 0; c < kRedcapColumns; ++c) columns_.push_back(static_cast<RedcapColumn>(c));
    has_header_ = !is_type;
    report_.Change("row 1", "HEADER",
                   is_type ? "There is no header; the 18 columns were read by position."
                           : "The header is not known; the 18 columns were read by position.");
    return absl::OkStatus();
  }

  absl::Status Missing() const {
    return error::InvalidField(absl::StrCat(name_, ":1"), "DICTIONARY_HEADER_UNKNOWN",
                               "The header names no field_name and field_type column, and the file "
                               "does not have the 18 columns of a dictionary.");
  }

  absl::string_view name_;
  Report& report_;
  std::vector<std::optional<RedcapColumn>> columns_;
  bool has_header_ = false;
};

}  // namespace

const char* ApiName(RedcapColumn column) { return kNames[column].api; }
const char* PageName(RedcapColumn column) { return kNames[column].page; }

std::string RedcapRow::Place(RedcapColumn column) const {
  return absl::StrCat("row ", row, " ", cells[kFieldName].substr(0, 60), ", ", ApiName(column));
}

absl::StatusOr<std::vector<RedcapRow>> ReadRedcapTable(absl::string_view bytes,
                                                       absl::string_view name, Report& report) {
  const char delimiter = DelimiterOf(bytes);
  const std::string mended = MendFirstCell(bytes, delimiter, report);
  TableReader reader(name, report);
  REPRISE_RETURN_IF_ERROR(text::ForEachCsvRow(
      mended, delimiter, name, [&](size_t row, absl::Span<const absl::string_view> fields) {
        return reader.Take(row, fields);
      }));
  if (reader.rows.empty()) {
    return error::InvalidField(absl::StrCat(name, ":1"), "CSV_EMPTY",
                               "The dictionary has no field.");
  }
  return std::move(reader.rows);
}

}  // namespace reprise::exchange
