// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhir_json.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"
#include "services/platform/text/utf8.h"
#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::exchange {
namespace {

constexpr size_t kMaxJsonBytes = size_t{4} << 20;
constexpr size_t kMaxJsonText = size_t{256} << 10;
constexpr int kMaxJsonDepth = 64;

// `file:line`, counted from byte `at`.
std::string LinePlace(absl::string_view bytes, absl::string_view name, size_t at) {
  const absl::string_view before = bytes.substr(0, std::min(at, bytes.size()));
  return absl::StrCat(name, ":", std::count(before.begin(), before.end(), '\n') + 1);
}

size_t ColumnAt(absl::string_view bytes, size_t at) {
  const size_t newline = bytes.substr(0, std::min(at, bytes.size())).rfind('\n');
  return newline == absl::string_view::npos ? at + 1 : at - newline;
}

// Nesting and the length of texts are measured before parsing, so that no parser has to survive them.
absl::Status CheckShape(absl::string_view bytes, absl::string_view name) {
  int depth = 0;
  bool in_text = false;
  size_t text_start = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_text) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_text = false;
      }
      if (i - text_start <= kMaxJsonText) continue;
      return error::InvalidField(LinePlace(bytes, name, text_start), "JSON_TEXT_TOO_LONG",
                                 absl::StrCat("The text from column ", ColumnAt(bytes, text_start),
                                              " on is longer than 256 KiB."));
    } else if (c == '"') {
      in_text = true;
      text_start = i;
    } else if (c == '[' || c == '{') {
      if (++depth <= kMaxJsonDepth) continue;
      return error::InvalidField(LinePlace(bytes, name, i), "JSON_TOO_DEEP",
                                 absl::StrCat("The document is nested deeper than ", kMaxJsonDepth,
                                              " levels, at column ", ColumnAt(bytes, i), "."));
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::string StringAt(const Json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

std::optional<double> NumberOf(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const auto number = text::ParseDouble(value.get<std::string>(), "number");
  if (!number.ok()) return std::nullopt;
  return *number;
}

const Json* ValueOf(const Json& extension) {
  if (!extension.is_object()) return nullptr;
  for (const auto& [key, value] : extension.items()) {
    if (absl::StartsWith(key, "value")) return &value;
  }
  return nullptr;
}

const Json* ExtensionAt(const Json& element, absl::string_view url) {
  if (!element.is_object()) return nullptr;
  const auto list = element.find("extension");
  if (list == element.end() || !list->is_array()) return nullptr;
  for (const Json& extension : *list) {
    if (StringAt(extension, "url") == url) return &extension;
  }
  return nullptr;
}

instrument::Text ReadText(const Json& element, const char* key, const std::string& language) {
  instrument::Text text;
  bool changed = false;
  const std::string main = PlainText(StringAt(element, key), changed);
  if (!main.empty()) text[language] = main;
  const auto beside = element.find(absl::StrCat("_", key));
  if (beside == element.end() || !beside->is_object()) return text;
  const auto list = beside->find("extension");
  if (list == beside->end() || !list->is_array()) return text;
  for (const Json& extension : *list) {
    if (StringAt(extension, "url") != url::kTranslation) continue;
    const Json* const lang = ExtensionAt(extension, "lang");
    const Json* const content = ExtensionAt(extension, "content");
    if (lang == nullptr || content == nullptr) continue;
    const Json* const tag = ValueOf(*lang);
    const Json* const words = ValueOf(*content);
    if (tag == nullptr || words == nullptr || !tag->is_string() || !words->is_string()) continue;
    const std::string plain = PlainText(words->get<std::string>(), changed);
    if (!plain.empty()) text[tag->get<std::string>()] = plain;
  }
  return text;
}

void WriteText(const instrument::Text& text, const char* key, const std::string& language,
               Json& element) {
  for (const auto& [tag, words] : text) {
    if (tag == language) element[key] = words;
  }
  for (const auto& [tag, words] : text) {
    if (tag == language) continue;
    Json translation = {{"url", url::kTranslation},
                        {"extension", Json::array({{{"url", "lang"}, {"valueCode", tag}},
                                                   {{"url", "content"}, {"valueString", words}}})}};
    element[absl::StrCat("_", key)]["extension"].push_back(std::move(translation));
  }
}

absl::StatusOr<Json> ParseJson(absl::string_view bytes, absl::string_view name) {
  REPRISE_RETURN_IF_ERROR(text::CheckUtf8(bytes, name));
  if (absl::StartsWith(bytes, "\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.size() > kMaxJsonBytes) {
    return error::InvalidField(absl::StrCat(name, ":1"), "JSON_TOO_LARGE",
                               "The document is larger than 4 MiB.");
  }
  REPRISE_RETURN_IF_ERROR(CheckShape(bytes, name));
  try {
    return Json::parse(bytes.begin(), bytes.end());
  } catch (const Json::parse_error& failure) {
    const size_t at = failure.byte > 0 ? failure.byte - 1 : 0;
    return error::InvalidField(
        LinePlace(bytes, name, at), "JSON_MALFORMED",
        absl::StrCat("This is not JSON, from column ", ColumnAt(bytes, at), " on."));
  } catch (const Json::exception&) {
    return error::InvalidField(absl::StrCat(name, ":1"), "JSON_MALFORMED",
                               "A number is too large.");
  }
}

}  // namespace reprise::exchange
