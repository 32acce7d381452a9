// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/settle.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/check.h"

namespace reprise::exchange {
namespace {

using instrument::Instrument;
using instrument::Item;

// The element `name[i]` of a path, or -1.
int IndexOf(const std::string& path, const std::string& name) {
  const size_t at = path.find(name + "[");
  return at == std::string::npos ? -1 : std::atoi(path.c_str() + at + name.size() + 1);
}

// The expression at fault: its text, and the item that it computes where it is a calculation.
struct Culprit {
  std::string* expression = nullptr;
  Item* computed = nullptr;
};

Culprit CulpritAt(Instrument& instrument, const std::string& path) {
  const int section = IndexOf(path, "sections"), item = IndexOf(path, "items"),
            row = IndexOf(path, "rows");
  if (section < 0) return {};
  instrument::Section& in = instrument.sections[static_cast<size_t>(section)];
  if (item < 0) return {&in.shown_if, nullptr};
  Item& at = in.items[static_cast<size_t>(item)];
  // A fault of the item as a whole, such as a circle, is laid on its calculation.
  if (!at.calculation.empty() && !absl::EndsWith(path, ".shown_if")) return {&at.calculation, &at};
  if (row >= 0 && !at.rows[static_cast<size_t>(row)].shown_if.empty()) {
    return {&at.rows[static_cast<size_t>(row)].shown_if, nullptr};
  }
  return {at.shown_if.empty() ? &in.shown_if : &at.shown_if, nullptr};
}

// Takes away the expression at fault (a circle, a result of the wrong type). False where nothing
// could be taken away.
bool Mend(const error::Violation& fault, Imported& made) {
  const Culprit culprit = CulpritAt(made.instrument, fault.path);
  if (culprit.expression == nullptr || culprit.expression->empty()) return false;
  culprit.expression->clear();
  if (culprit.computed != nullptr) {
    culprit.computed->type = instrument::ItemType::kDecimal;
    if (culprit.computed->text.empty()) {
      culprit.computed->text[made.instrument.languages[0]] = culprit.computed->code;
    }
  }
  made.report.Refuse(fault.path, culprit.computed != nullptr ? "CALCULATION" : "BRANCHING",
                     absl::StrCat("Left out, because within the form it fails: ", fault.message));
  return true;
}

}  // namespace

void Settle(absl::string_view file, Imported& made) {
  instrument::Licence& licence = made.instrument.licence;
  if (licence.tier == instrument::Tier::kUnspecified) {
    // The strictest tier, so that the licence gate stays closed until somebody has looked.
    licence.tier = instrument::Tier::kC;
    licence.owner = "Not stated in the imported file";
    licence.terms = "Not stated in the imported file; to be settled before use.";
    licence.evidence = absl::StrCat("Imported from ", file);
  }
  constexpr int kMostRounds = 50;
  for (int round = 0; round < kMostRounds; ++round) {
    bool mended = false, faulty = false;
    for (const instrument::Problem& problem : instrument::CheckInstrument(made.instrument)) {
      if (problem.severity != instrument::Severity::kError) continue;
      faulty = true;
      mended = Mend(problem.violation, made);
      if (mended) break;  // paths may have moved
    }
    if (!faulty || !mended) break;
  }
  for (const instrument::Problem& problem : instrument::CheckInstrument(made.instrument)) {
    if (problem.severity == instrument::Severity::kError) {
      made.report.Refuse(problem.violation.path, "CHECK", problem.violation.message);
    } else {
      made.report.Change(problem.violation.path, "CHECK", problem.violation.message);
    }
  }
}

}  // namespace reprise::exchange
