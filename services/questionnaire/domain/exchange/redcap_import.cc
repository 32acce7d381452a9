// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/questionnaire/domain/exchange/redcap.h"
#include "services/questionnaire/domain/exchange/redcap_field.h"
#include "services/questionnaire/domain/exchange/redcap_logic.h"
#include "services/questionnaire/domain/exchange/settle.h"
#include "services/questionnaire/domain/instrument/expressions.h"

namespace reprise::exchange {
namespace {

using instrument::Instrument;
using instrument::Item;
using instrument::ItemType;
using instrument::Section;

// A matrix header carries the section's title before its own words where both are there.
constexpr char kTitleEnd[] = "\n\n";

class Importer {
 public:
  Importer(const ImportOptions& options, Imported& made) : made_(made) {
    language_ = options.language.empty() ? "und" : options.language;
    made_.instrument.id = options.id;
    made_.instrument.version = options.version.empty() ? "1" : options.version;
    made_.instrument.languages = {language_};
  }

  void Run(const std::vector<RedcapRow>& rows) {
    for (const RedcapRow& row : rows) {
      if (!names_.insert(row.cells[kFieldName]).second) {
        Report().Refuse(row.Place(kFieldName), "FIELD",
                        "A field of this name stands above; the row was left out.");
        RefuseRest(row);
        continue;
      }
      auto field = ReadRedcapField(row, language_, Report());
      if (!field) {
        RefuseRest(row);
        continue;
      }
      Place(*std::move(field));
    }
    std::erase_if(made_.instrument.sections,
                  [](const Section& section) { return section.items.empty(); });
    TranslateLogic();
  }

 private:
  exchange::Report& Report() { return made_.report; }

  // Whatever a refused row also held went with it.
  void RefuseRest(const RedcapRow& row) {
    for (int c = kFieldName; c < kRedcapColumns; ++c) {
      const auto column = static_cast<RedcapColumn>(c);
      if (row.cells[column].empty()) continue;
      Report().Refuse(row.Place(column), "CELL", "Left out with its row.");
    }
  }

  void Place(RedcapField field) {
    const RedcapRow& row = *field.row;
    const bool starts_matrix =
        !row.cells[kMatrixGroup].empty() && !ContinuesMatrix(row, field.item);
    OpenSection(row, starts_matrix);
    if (row.cells[kMatrixGroup].empty()) {
      matrix_group_.clear();
      rows_.emplace(field.item.code, &row);
      made_.instrument.sections.back().items.push_back(std::move(field.item));
      return;
    }
    PlaceInMatrix(std::move(field), starts_matrix);
  }

  // A new form or a section header begins a section; a matrix keeps its header as its stem.
  void OpenSection(const RedcapRow& row, bool starts_matrix) {
    auto& sections = made_.instrument.sections;
    const std::string& form = row.cells[kFormName];
    if (!form.empty()) Report().Keep(row.Place(kFormName), "FORM");
    bool html = false;
    std::string header = PlainText(row.cells[kSectionHeader], html);
    stem_.clear();
    if (starts_matrix && !header.empty()) {
      const size_t end = header.find(kTitleEnd);
      stem_ = end == std::string::npos ? header : header.substr(end + 2);
      header = end == std::string::npos ? "" : header.substr(0, end);
    }
    if (!row.cells[kSectionHeader].empty()) {
      if (html)
        Report().Change(row.Place(kSectionHeader), "SECTION_HEADER", "HTML was taken out.");
      else
        Report().Keep(row.Place(kSectionHeader), "SECTION_HEADER");
    }
    const bool new_form = sections.empty() || form != form_;
    if (!new_form && header.empty()) return;
    form_ = form;
    Section section;
    section.code = SectionCode(form);
    if (!header.empty()) section.title[language_] = header;
    section.form = form;
    sections.push_back(std::move(section));
    matrix_group_.clear();
  }

  std::string SectionCode(const std::string& form) {
    const std::string base = form.empty() ? "form" : CodeOf(form);
    std::string code = base;
    for (int n = 2; !section_codes_.insert(code).second; ++n) code = absl::StrCat(base, "_", n);
    return code;
  }

  // Rows of one matrix stand together and have the same type and choices.
  bool ContinuesMatrix(const RedcapRow& row, const Item& item) const {
    if (row.cells[kMatrixGroup] != matrix_group_ || !row.cells[kSectionHeader].empty() ||
        row.cells[kFormName] != form_) {
      return false;
    }
    const Item& matrix = made_.instrument.sections.back().items.back();
    return matrix.choices == item.choices &&
           matrix.multiple == (item.type == ItemType::kMultipleChoice);
  }

  void PlaceInMatrix(RedcapField field, bool starts) {
    const RedcapRow& row = *field.row;
    Item& item = field.item;
    if (item.type != ItemType::kSingleChoice && item.type != ItemType::kMultipleChoice) {
      Report().Refuse(row.Place(kMatrixGroup), "MATRIX", "Only choices stand in a matrix.");
      matrix_group_.clear();
      rows_.emplace(item.code, &row);
      made_.instrument.sections.back().items.push_back(std::move(item));
      return;
    }
    if (starts)
      StartMatrix(row, item);
    else
      Report().Keep(row.Place(kMatrixGroup), "MATRIX");
    Item& matrix = made_.instrument.sections.back().items.back();
    instrument::Row line;
    line.code = item.code;
    line.text = std::move(item.text);
    line.number = std::move(item.number);
    line.required = item.required;
    line.annotation = std::move(item.annotation);
    if (!item.help.empty()) {
      Report().Change(row.Place(kFieldNote), "FIELD_NOTE",
                      "A matrix row has no note; it became an annotation.");
      absl::StrAppend(&line.annotation, line.annotation.empty() ? "" : " ", item.help[language_]);
    }
    if (item.identifying && !matrix.identifying) {
      Report().Change(row.Place(kIdentifier), "IDENTIFIER", "The whole matrix is identifying.");
      matrix.identifying = true;
    }
    matrix.rows.push_back(std::move(line));
    rows_.emplace(item.code, &row);
  }

  void StartMatrix(const RedcapRow& row, const Item& first) {
    matrix_group_ = row.cells[kMatrixGroup];
    Item matrix;
    matrix.code = CodeOf(matrix_group_);
    const std::string base = matrix.code;
    for (int n = 2; !matrix_codes_.insert(matrix.code).second; ++n)
      matrix.code = absl::StrCat(base, "_", n);
    matrix.type = ItemType::kMatrix;
    matrix.multiple = first.type == ItemType::kMultipleChoice;
    matrix.choices = first.choices;
    if (!stem_.empty()) matrix.text[language_] = stem_;
    if (matrix.code == matrix_group_)
      Report().Keep(row.Place(kMatrixGroup), "MATRIX");
    else
      Report().Change(row.Place(kMatrixGroup), "MATRIX",
                      absl::StrCat("The matrix is called ", matrix.code, "."));
    made_.instrument.sections.back().items.push_back(std::move(matrix));
  }

  void TranslateLogic() {
    RenameMatrices();
    const expression::Symbols symbols = instrument::ItemSymbols(made_.instrument);
    for (Section& section : made_.instrument.sections) {
      for (Item& item : section.items) {
        for (instrument::Row& line : item.rows) {
          Translate(*rows_.at(line.code), kBranching, symbols, line.shown_if, line.annotation);
        }
        const auto row = rows_.find(item.code);
        if (item.type == ItemType::kMatrix || row == rows_.end()) continue;
        Translate(*row->second, kBranching, symbols, item.shown_if, item.annotation);
        if (item.type == ItemType::kComputed) {
          Translate(*row->second, kChoices, symbols, item.calculation, item.annotation);
        }
      }
    }
    KeepUncomputed();
  }

  // A group named like a field would take the field's name.
  void RenameMatrices() {
    for (Section& section : made_.instrument.sections) {
      for (Item& item : section.items) {
        if (item.type != ItemType::kMatrix) continue;
        while (names_.count(item.code) > 0) item.code += "_matrix";
      }
    }
  }

  void Translate(const RedcapRow& row, RedcapColumn column, const expression::Symbols& symbols,
                 std::string& target, std::string& annotation) {
    const std::string& logic = row.cells[column];
    const char* const construct = column == kBranching ? "BRANCHING" : "CALCULATION";
    if (logic.empty()) return;
    const Translated done = FromRedcap(logic, symbols, column == kBranching);
    target = done.text;
    if (done.refused()) {
      Report().Refuse(row.Place(column), construct, absl::StrJoin(done.refusals, " "));
      // The team still finds it at the item.
      absl::StrAppend(&annotation, annotation.empty() ? "" : "\n", "REDCap ", ApiName(column),
                      ", not translated: ", logic);
    } else if (!done.changes.empty()) {
      Report().Change(row.Place(column), construct, absl::StrJoin(done.changes, " "));
    } else {
      Report().Keep(row.Place(column), construct);
    }
  }

  // A calculation that could not be translated leaves a number to fill in, not a wrong result.
  void KeepUncomputed() {
    for (Section& section : made_.instrument.sections) {
      for (Item& item : section.items) {
        if (item.type != ItemType::kComputed || !item.calculation.empty()) continue;
        item.type = ItemType::kDecimal;
        const RedcapRow& row = *rows_.at(item.code);
        if (item.text.empty()) item.text[language_] = item.code;
        Report().Change(row.Place(kFieldType), "FIELD_TYPE",
                        "Without its calculation the field is a number to fill in.");
      }
    }
  }

  Imported& made_;
  std::string language_;
  std::string form_, stem_, matrix_group_;
  std::set<std::string> names_, section_codes_, matrix_codes_;
  std::map<std::string, const RedcapRow*> rows_;
};

}  // namespace

absl::StatusOr<Imported> ImportRedcap(absl::string_view bytes, absl::string_view name,
                                      const ImportOptions& options) {
  Imported made;
  REPRISE_ASSIGN_OR_RETURN(const std::vector<RedcapRow> rows,
                           ReadRedcapTable(bytes, name, made.report));
  Importer(options, made).Run(rows);
  if (made.instrument.sections.empty()) {
    return error::InvalidField(absl::StrCat(name, ":1"), "DICTIONARY_EMPTY",
                               "No row of the dictionary could be taken.");
  }
  if (made.instrument.id.empty()) made.instrument.id = made.instrument.sections[0].code;
  const std::string& language = made.instrument.languages[0];
  made.instrument.title[language] = made.instrument.id;
  Settle(name, made);
  return made;
}

}  // namespace reprise::exchange
