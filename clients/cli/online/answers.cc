// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/answers.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::questionnaire::v1;
using nlohmann::json;

// Collects answers and every fault in them.
class Reading {
 public:
  void Fault(const std::string& item, const std::string& message) {
    faults_.push_back({absl::StrCat("answers[", item, "]"), "ANSWERS_MALFORMED", message});
  }
  void Add(const std::string& item, const std::string& value, const std::string& missing) {
    if (item.empty()) return Fault(item, "An item's code is required.");
    if (!seen_.insert(item).second) return Fault(item, "The item is named twice.");
    v1::Answer answer;
    answer.set_value(value);
    if (!missing.empty()) {
      v1::Missing kind = v1::MISSING_UNSPECIFIED;
      const std::string word = absl::AsciiStrToUpper(absl::StripPrefix(missing, "MISSING_"));
      if (!v1::Missing_Parse(absl::StrCat("MISSING_", word), &kind) ||
          kind == v1::MISSING_UNSPECIFIED) {
        return Fault(item, "One of refused, not_applicable, not_answered is required.");
      }
      if (kind == v1::MISSING_NOT_ASKED) return;
      answer.set_missing(kind);
    }
    answers_[item] = answer;
  }
  absl::StatusOr<Answers> Finish() {
    if (faults_.empty()) return std::move(answers_);
    return error::Invalid("ANSWERS_MALFORMED", "Answers cannot be read.", faults_);
  }

 private:
  Answers answers_;
  std::set<std::string> seen_;
  std::vector<error::Violation> faults_;
};

std::string MissingWord(v1::Missing missing) {
  if (missing == v1::MISSING_UNSPECIFIED) return "";
  return absl::AsciiStrToLower(absl::StripPrefix(v1::Missing_Name(missing), "MISSING_"));
}

std::optional<std::string> TextOf(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return value.dump();
  if (value.is_null()) return std::string();
  return std::nullopt;
}

void ReadJsonAnswer(const std::string& item, const json& value, Reading& reading) {
  if (value.is_object()) {
    const auto text = TextOf(value.value("value", json()));
    const json missing = value.value("missing", json());
    if (!text.has_value() || !(missing.is_string() || missing.is_null())) {
      return reading.Fault(item, "An object with `value` or `missing` is required.");
    }
    const std::string word = missing.is_string() ? missing.get<std::string>() : "";
    return reading.Add(item, *text, word == "MISSING_UNSPECIFIED" ? "" : word);
  }
  if (value.is_array()) {
    std::vector<std::string> codes;
    for (const json& code : value) {
      const auto text = TextOf(code);
      if (!text.has_value()) return reading.Fault(item, "A list of codes is required.");
      codes.push_back(*text);
    }
    return reading.Add(item, absl::StrJoin(codes, "|"), "");
  }
  const auto text = TextOf(value);
  if (!text.has_value())
    return reading.Fault(item, "A number, a text, a list of codes or null is required.");
  reading.Add(item, *text, "");
}

absl::StatusOr<Answers> FromJson(const std::string& bytes, const std::string& name) {
  Reading reading;
  // The parser would keep the last of two answers to one item, so keys are counted as they come.
  std::vector<std::set<std::string>> keys;
  const auto count = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key &&
        !keys.back().insert(parsed.get<std::string>()).second) {
      reading.Fault(parsed.get<std::string>(), "The item is named twice.");
    }
    return true;
  };
  const json document = json::parse(bytes, count, false);
  if (!document.is_object()) {
    return error::InvalidField(name, "JSON_MALFORMED", "A JSON object by item code is required.");
  }
  const bool whole = document.contains("answers") && document["answers"].is_object();
  for (const auto& [item, value] : (whole ? document["answers"] : document).items()) {
    ReadJsonAnswer(item, value, reading);
  }
  return reading.Finish();
}

// i2 before i10: runs of digits count as numbers.
struct AsPeopleCount {
  static size_t Digits(const std::string& text, size_t from) {
    size_t end = from;
    while (end < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[end]))) ++end;
    return end - from;
  }
  bool operator()(const std::string& a, const std::string& b) const {
    size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
      const size_t m = Digits(a, i), n = Digits(b, j);
      if (m > 0 && n > 0 && m != n) return m < n;
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
    }
    return a.size() - i < b.size() - j;
  }
};

void AppendAnswers(const v1::Response& response, const std::vector<std::string>& before,
                   Rows& rows) {
  const std::map<std::string, v1::Answer, AsPeopleCount> sorted(response.answers().begin(),
                                                                response.answers().end());
  for (const auto& [item, answer] : sorted) {
    std::vector<std::string>& cells = rows.cells.emplace_back(before);
    cells.insert(cells.end(), {item, answer.value(), MissingWord(answer.missing())});
  }
}

}  // namespace

absl::StatusOr<Answers> AnswersFromArguments(const std::vector<std::string>& arguments) {
  Reading reading;
  for (const std::string& argument : arguments) {
    if (const size_t equals = argument.find('='); equals != std::string::npos) {
      reading.Add(argument.substr(0, equals), argument.substr(equals + 1), "");
    } else if (const size_t colon = argument.rfind(':'); colon != std::string::npos) {
      const std::string word = argument.substr(colon + 1);
      reading.Add(argument.substr(0, colon), "", word.empty() ? "?" : word);
    } else {
      reading.Fault(argument, "ITEM=VALUE or ITEM:refused is required.");
    }
  }
  return reading.Finish();
}

absl::StatusOr<Answers> AnswersFromFile(const std::string& bytes, const std::string& name) {
  if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(bytes), "{")) return FromJson(bytes, name);
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, text::ParseCsv(bytes, name));
  const int item = table.Column("item");
  const int value = table.Column("value");
  const int missing = table.Column("missing");
  if (item < 0 || value < 0) {
    return error::InvalidField(name, "ANSWERS_MALFORMED",
                               "The columns item and value are required.");
  }
  Reading reading;
  for (const auto& row : table.rows) {
    reading.Add(row[static_cast<size_t>(item)], row[static_cast<size_t>(value)],
                missing < 0 ? "" : row[static_cast<size_t>(missing)]);
  }
  return reading.Finish();
}

Rows RowsOfAnswers(const v1::Response& response) {
  Rows rows{.header = {"item", "value", "missing"}, .cells = {}};
  AppendAnswers(response, {}, rows);
  return rows;
}

Rows RowsOfResponses(const google::protobuf::RepeatedPtrField<v1::Response>& responses) {
  Rows rows{.header = {"instance_id", "version", "submit_time", "item", "value", "missing"},
            .cells = {}};
  for (const v1::Response& response : responses) {
    const absl::Time time = absl::FromUnixSeconds(response.submit_time().seconds()) +
                            absl::Nanoseconds(response.submit_time().nanos());
    AppendAnswers(response,
                  {response.instance_id(), absl::StrCat(response.version()),
                   absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone())},
                  rows);
  }
  return rows;
}

}  // namespace reprise::cli
