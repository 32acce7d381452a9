// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/query.h"

#include <libpq-fe.h>

#include <charconv>
#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::db {
namespace {

void AppendQuoted(std::string& out, absl::string_view element) {
  out += '"';
  for (const char c : element) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

// One dimension, as PostgreSQL prints text[]: {a,"b c",NULL}.
std::vector<std::optional<std::string>> ParseArray(absl::string_view text) {
  REPRISE_CHECK(text.size() >= 2 && text.front() == '{' && text.back() == '}');
  std::vector<std::optional<std::string>> elements;
  size_t at = 1;
  const size_t end = text.size() - 1;
  while (at < end) {
    std::string element;
    const bool quoted = text[at] == '"';
    if (quoted) {
      for (++at; text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
        element += text[at];
      }
      ++at;
    } else {
      while (at < end && text[at] != ',') element += text[at++];
    }
    if (!quoted && element == "NULL") {
      elements.push_back(std::nullopt);
    } else {
      elements.push_back(std::move(element));
    }
    if (at < end) ++at;  // the comma
  }
  return elements;
}

template <typename T>
std::optional<T> Optional(const Row& row, int column) {
  if (row.IsNull(column)) return std::nullopt;
  return row.Get<T>(column);
}

}  // namespace

Param Bind(std::string value) { return {.value = std::move(value)}; }
Param Bind(const char* value) { return {.value = std::string(value)}; }
Param Bind(absl::string_view value) { return {.value = std::string(value)}; }
Param Bind(int value) { return {.value = absl::StrCat(value)}; }
Param Bind(int64_t value) { return {.value = absl::StrCat(value)}; }
Param Bind(bool value) { return {.value = value ? "t" : "f"}; }
Param Bind(double value) {
  // The shortest text that reads back as the same double; NaN and infinities never reach a table.
  REPRISE_CHECK(std::isfinite(value));
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {.value = std::string(buffer, end)};
}
Param Bind(absl::Time value) {
  // PostgreSQL's binary form, because the text is costly to write and to read: microseconds since 2000,
  // the highest byte first.
  constexpr int64_t kMicrosOf2000 = 946'684'800'000'000;
  const auto micros = static_cast<uint64_t>(absl::ToUnixMicros(value) - kMicrosOf2000);
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(micros >> shift);
  return {.value = std::move(bytes), .binary = true};
}
Param Bind(absl::CivilDay value) { return {.value = FormatDate(value)}; }
Param Bind(Bytes value) { return {.value = std::move(value.value), .binary = true}; }
Param Bind(std::nullopt_t) { return {}; }

Param Bind(const std::vector<std::string>& values) {
  std::string out = "{";
  for (const std::string& value : values) {
    if (out.size() > 1) out += ',';
    AppendQuoted(out, value);
  }
  return {.value = out + "}"};
}

Param Bind(const std::vector<std::optional<std::string>>& values) {
  std::string out = "{";
  for (const auto& value : values) {
    if (out.size() > 1) out += ',';
    if (value.has_value()) {
      AppendQuoted(out, *value);
    } else {
      out += "NULL";
    }
  }
  return {.value = out + "}"};
}

Param Bind(const std::vector<int64_t>& values) {
  std::string out = "{";
  for (const int64_t value : values) absl::StrAppend(&out, out.size() > 1 ? "," : "", value);
  return {.value = out + "}"};
}

bool Row::IsNull(int column) const { return PQgetisnull(result_, row_, column) != 0; }

absl::string_view Row::Text(int column) const {
  REPRISE_CHECK(column < PQnfields(result_));
  return absl::string_view(PQgetvalue(result_, row_, column),
                           static_cast<size_t>(PQgetlength(result_, row_, column)));
}

template <>
std::string Row::Get<std::string>(int column) const {
  REPRISE_CHECK(!IsNull(column));
  return std::string(Text(column));
}

template <>
int64_t Row::Get<int64_t>(int column) const {
  int64_t value = 0;
  REPRISE_CHECK(absl::SimpleAtoi(Text(column), &value));
  return value;
}

template <>
int Row::Get<int>(int column) const {
  int value = 0;
  REPRISE_CHECK(absl::SimpleAtoi(Text(column), &value));
  return value;
}

template <>
bool Row::Get<bool>(int column) const {
  REPRISE_CHECK(Text(column) == "t" || Text(column) == "f");
  return Text(column) == "t";
}

template <>
double Row::Get<double>(int column) const {
  double value = 0;
  REPRISE_CHECK(absl::SimpleAtod(Text(column), &value));
  return value;
}

template <>
absl::Time Row::Get<absl::Time>(int column) const {
  // Connections run in UTC, so the text ends in +00.
  absl::string_view text = Text(column);
  REPRISE_CHECK(text.size() > 3 && text.substr(text.size() - 3) == "+00");
  absl::Time time;
  std::string failure;
  REPRISE_CHECK(absl::ParseTime("%Y-%m-%d %H:%M:%E*S", text.substr(0, text.size() - 3), &time,
                                &failure));
  return time;
}

template <>
absl::CivilDay Row::Get<absl::CivilDay>(int column) const {
  const auto day = ParseDate(Text(column), "column");
  REPRISE_CHECK(day.ok());
  return *day;
}

template <>
Bytes Row::Get<Bytes>(int column) const {
  REPRISE_CHECK(!IsNull(column));
  size_t size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      PQunescapeBytea(reinterpret_cast<const unsigned char*>(Text(column).data()), &size), &PQfreemem);
  REPRISE_CHECK(bytes != nullptr);
  return {.value = std::string(reinterpret_cast<const char*>(bytes.get()), size)};
}

template <>
std::vector<std::optional<std::string>> Row::Get<std::vector<std::optional<std::string>>>(
    int column) const {
  return ParseArray(Text(column));
}

template <>
std::vector<std::string> Row::Get<std::vector<std::string>>(int column) const {
  std::vector<std::string> values;
  for (auto& element : ParseArray(Text(column))) {
    REPRISE_CHECK(element.has_value());
    values.push_back(*std::move(element));
  }
  return values;
}

template <>
std::optional<std::string> Row::Get<std::optional<std::string>>(int column) const {
  return Optional<std::string>(*this, column);
}
template <>
std::optional<int64_t> Row::Get<std::optional<int64_t>>(int column) const {
  return Optional<int64_t>(*this, column);
}
template <>
std::optional<double> Row::Get<std::optional<double>>(int column) const {
  return Optional<double>(*this, column);
}
template <>
std::optional<bool> Row::Get<std::optional<bool>>(int column) const {
  return Optional<bool>(*this, column);
}
template <>
std::optional<absl::Time> Row::Get<std::optional<absl::Time>>(int column) const {
  return Optional<absl::Time>(*this, column);
}
template <>
std::optional<absl::CivilDay> Row::Get<std::optional<absl::CivilDay>>(int column) const {
  return Optional<absl::CivilDay>(*this, column);
}

Rows::Rows(pg_result* result) : result_(result, &PQclear) {}
int Rows::size() const { return result_ == nullptr ? 0 : PQntuples(result_.get()); }

}  // namespace reprise::db
