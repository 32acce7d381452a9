// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "services/questionnaire/domain/instrument/check.h"
#include "services/questionnaire/domain/instrument/describe.h"

namespace reprise::instrument {
namespace {

// Walks every Text of an instrument with its path.
class TextWalker {
 public:
  TextWalker(const std::vector<std::string>& languages, std::vector<Problem>& problems)
      : languages_(languages), problems_(problems) {}

  void operator()(const char* key, Text& text) {
    const std::string path = path_.empty() ? key : absl::StrCat(path_, ".", key);
    if (languages_.empty()) {
      CheckTextFree(path, text);
      return;
    }
    const bool anywhere = std::any_of(text.begin(), text.end(),
                                      [](const auto& entry) { return !entry.second.empty(); });
    if (!anywhere && !IsRequired(path, key)) return;
    for (const std::string& language : languages_) {
      const auto at = text.find(language);
      if (at != text.end() && !at->second.empty()) continue;
      Report(problems_, path, "TRANSLATION_MISSING",
             absl::StrCat("The text in '", language, "' is missing."));
    }
    for (const auto& [language, words] : text) {
      if (std::count(languages_.begin(), languages_.end(), language) > 0) continue;
      Report(problems_, absl::StrCat(path, ".", language), "TRANSLATION_UNDECLARED",
             "The instrument does not declare this language.");
    }
  }
  template <typename T>
  requires Describes<TextWalker, T>
  void operator()(const char* key, T& value) {
    if (value == T{}) return;
    Walk(path_.empty() ? key : absl::StrCat(path_, ".", key), value);
  }
  template <typename T>
  requires Describes<TextWalker, T>
  void operator()(const char* key, std::vector<T>& values) {
    const std::string list = path_.empty() ? key : absl::StrCat(path_, ".", key);
    for (size_t i = 0; i < values.size(); ++i) Walk(absl::StrCat(list, "[", i, "]"), values[i]);
  }
  template <typename T>
  void operator()(const char*, T&) {}  // no words

 private:
  template <typename T>
  void Walk(std::string path, T& value) {
    bool text_optional = false;
    if constexpr (std::is_same_v<T, Item>) {
      text_optional = value.type == ItemType::kMatrix || value.type == ItemType::kComputed;
    }
    path.swap(path_);
    std::swap(text_optional, text_optional_);
    Describe(*this, value);
    std::swap(text_optional, text_optional_);
    path.swap(path_);
  }

  // Names of the instrument and of its scores are not its wording.
  static bool IsAbout(const std::string& path) {
    return path == "title" || path == "description" || absl::StartsWith(path, "scores[") ||
           absl::StartsWith(path, "alerts[") || absl::StartsWith(path, "missing_codes[");
  }
  void CheckTextFree(const std::string& path, const Text& text) {
    if (text.empty() || IsAbout(path)) return;
    Report(problems_, path, "TRANSLATION_UNDECLARED",
           "An instrument with wording declares its languages.");
  }
  bool IsRequired(const std::string& path, absl::string_view key) const {
    return path == "title" || (key == "text" && !text_optional_) || key == "low_label" ||
           key == "high_label" || (key == "label" && path.find("choices[") != std::string::npos);
  }

  const std::vector<std::string>& languages_;
  std::vector<Problem>& problems_;
  std::string path_;
  bool text_optional_ = false;  // a matrix may go without a stem, a computed item without words
};

}  // namespace

void CheckTranslations(const Instrument& instrument, std::vector<Problem>& problems) {
  Instrument copy = instrument;  // visitors take fields they may change
  TextWalker walker(instrument.languages, problems);
  Describe(walker, copy);
}

}  // namespace reprise::instrument
