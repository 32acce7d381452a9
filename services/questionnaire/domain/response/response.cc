// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/response/response.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/platform/text/identifier.h"
#include "services/questionnaire/domain/response/errors.h"

namespace reprise::questionnaire {
namespace {

using instrument::ItemType;
using instrument::MissingKind;

constexpr size_t kMaxReasonBytes = 500;

char LetterOf(MissingKind kind) {
  switch (kind) {
    case MissingKind::kNone: return '.';
    case MissingKind::kRefused: return 'R';
    case MissingKind::kNotApplicable: return 'X';
    case MissingKind::kNotAsked: return 'B';
    case MissingKind::kNotAnswered: return 'N';
  }
  return 'N';
}

std::optional<error::Violation> CheckText(const std::string& text) {
  switch (text::FindIdentifier(text)) {
    case text::Identifier::kNone: return std::nullopt;
    case text::Identifier::kNir:
      return error::Violation{"", "TEXT_HOLDS_NIR", "A social-security number must not be entered."};
    case text::Identifier::kPhone:
      return error::Violation{"", "TEXT_HOLDS_PHONE", "A telephone number must not be entered."};
  }
  return std::nullopt;
}

// The code itself may be anything, so only its place in the request is told.
error::Violation UnknownItem(const std::string& code) {
  return {absl::StrCat("answers[", code.substr(0, 100), "]"), "ITEM_UNKNOWN",
          "The questionnaire has no such item."};
}

}  // namespace

std::string EtagOf(int64_t version) { return absl::StrCat("v", version); }

absl::StatusOr<std::shared_ptr<const Form>> Form::Make(const instrument::Instrument& instrument) {
  REPRISE_ASSIGN_OR_RETURN(scoring::Scorer scorer, scoring::Scorer::Compile(instrument));
  std::shared_ptr<Form> form(new Form(instrument, std::move(scorer)));
  for (const instrument::Field& field : instrument::FieldsOf(instrument)) {
    if (field.item->type == ItemType::kComputed) continue;
    form->places_.emplace(field.code(), form->types_.size());
    form->types_.push_back(field.item->type);
    form->required_.push_back(field.item->required || (field.row != nullptr && field.row->required));
  }
  REPRISE_CHECK(form->types_.size() == form->scorer_.items().size());
  return std::shared_ptr<const Form>(std::move(form));
}

std::optional<error::Violation> Form::ReadOne(size_t item, const RawAnswer& raw,
                                              scoring::Answer& answer) const {
  if (raw.missing != MissingKind::kNone) {
    answer = scoring::Answer{};
    answer.missing = raw.missing;
    if (raw.value.empty()) return std::nullopt;
    return error::Violation{"", "ANSWER_MALFORMED", "An answer and a reason for its absence exclude each other."};
  }
  if (types_[item] == ItemType::kText) {
    if (auto found = CheckText(raw.value); found.has_value()) return found;
  }
  return scorer_.Read(item, raw.value, answer);
}

absl::StatusOr<StoredAnswers> Form::Accept(const RawAnswers& raw) const {
  const size_t size = types_.size();
  std::vector<scoring::Answer> answers(size);
  std::vector<const RawAnswer*> given(size, nullptr);
  std::vector<error::Violation> violations;
  for (const auto& [code, answer] : raw) {
    const auto at = places_.find(code);
    if (at == places_.end()) {
      violations.push_back(UnknownItem(code));
      continue;
    }
    given[at->second] = &answer;
    if (auto fault = ReadOne(at->second, answer, answers[at->second]); fault.has_value()) {
      violations.push_back(error::Under(absl::StrCat("answers[", code, "]"), *std::move(fault)));
    }
  }
  // In an order that does not depend on the one in which the answers came.
  std::sort(violations.begin(), violations.end(),
            [](const error::Violation& a, const error::Violation& b) { return a.path < b.path; });
  const auto fault = [&](size_t item, const char* reason, const char* message) {
    violations.push_back({absl::StrCat("answers[", item_codes()[item], "]"), reason, message});
  };
  const std::vector<bool> shown = scorer_.Shown(answers);
  StoredAnswers stored;
  stored.answers.resize(size);
  stored.missing.resize(size, 'N');
  for (size_t i = 0; i < size; ++i) {
    const MissingKind missing = answers[i].missing;
    if (!shown[i]) {
      if (missing == MissingKind::kNone) {
        fault(i, "ANSWER_NOT_ASKED", "Branching does not show this question.");
      }
      stored.missing[i] = 'B';
    } else if (missing == MissingKind::kNone) {
      stored.missing[i] = '.';
      if (given[i] != nullptr) stored.answers[i] = given[i]->value;
    } else {
      // Only the server says what was not asked; a shown question was.
      stored.missing[i] = LetterOf(missing == MissingKind::kNotAsked ? MissingKind::kNotAnswered : missing);
      if (required_[i] && stored.missing[i] == 'N') {
        fault(i, "ANSWER_MISSING", "An answer is required.");
      }
    }
  }
  if (!violations.empty()) return AnswersInvalid(violations);
  return stored;
}

absl::StatusOr<DraftChange> Form::AcceptDraft(const RawAnswers& raw) const {
  DraftChange change;
  std::vector<error::Violation> violations;
  for (const auto& [code, given] : raw) {
    const auto at = places_.find(code);
    if (at == places_.end()) {
      violations.push_back(UnknownItem(code));
      continue;
    }
    if (given.value.empty() && given.missing == MissingKind::kNone) {
      change.removed.push_back(code);
      continue;
    }
    scoring::Answer answer;
    if (auto fault = ReadOne(at->second, given, answer); fault.has_value()) {
      violations.push_back(error::Under(absl::StrCat("answers[", code, "]"), *std::move(fault)));
      continue;
    }
    DraftAnswer saved{.item_code = code, .answer = std::nullopt};
    // Only the server says what was not asked.
    saved.missing = LetterOf(given.missing == MissingKind::kNotAsked ? MissingKind::kNotAnswered : given.missing);
    if (given.missing == MissingKind::kNone) saved.answer = given.value;
    change.saved.push_back(std::move(saved));
  }
  if (!violations.empty()) return AnswersInvalid(violations);
  return change;
}

absl::Status CheckCorrection(const Response& current, const StoredAnswers& accepted,
                             const std::string& etag, const std::string& change_reason) {
  if (etag.empty()) return EtagRequired();
  if (change_reason.empty() || change_reason.size() > kMaxReasonBytes) return ChangeReasonRequired();
  if (text::FindIdentifier(change_reason) != text::Identifier::kNone) {
    return ChangeReasonHoldsIdentity();
  }
  if (etag != EtagOf(current.version)) return EtagMismatch(EtagOf(current.version));
  if (accepted == current.stored) return NothingChanged();
  return absl::OkStatus();
}

}  // namespace reprise::questionnaire
