// SPDX-License-Identifier: Apache-2.0
// The visitor that writes a described value as YAML lines (write.h, wording.cc).
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WRITER_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WRITER_H_

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/questionnaire/domain/instrument/describe.h"
#include "services/questionnaire/domain/instrument/write.h"

namespace reprise::instrument {

class Writer {
 public:
  std::string out;

  template <typename T>
  void operator()(const char* key, T& field) {
    if constexpr (!IsOptional<T>::value) {
      if (field == T{}) return;  // says nothing
    } else {
      if (!field.has_value()) return;
    }
    StartLine();
    absl::StrAppend(&out, key, ":");
    Write(field);
  }

 private:
  template <typename T>
  struct IsOptional : std::false_type {};
  template <typename T>
  struct IsOptional<std::optional<T>> : std::true_type {};

  // The first field of a list's element stands behind its dash.
  void StartLine() {
    if (behind_dash_) behind_dash_ = false;
    else out.append(indent_, ' ');
  }
  void Write(const std::string& value) { absl::StrAppend(&out, " ", Quoted(value), "\n"); }
  void Write(bool value) { absl::StrAppend(&out, value ? " true\n" : " false\n"); }
  void Write(const std::optional<double>& value) {
    absl::StrAppend(&out, " ", text::FormatDouble(*value), "\n");
  }
  void Write(const std::optional<int>& value) { absl::StrAppend(&out, " ", *value, "\n"); }
  void Write(const std::optional<std::vector<std::string>>& value) { Write(*value); }
  void Write(const std::vector<std::string>& values) {
    out += " [";
    for (size_t i = 0; i < values.size(); ++i) {
      absl::StrAppend(&out, i == 0 ? "" : ", ", Quoted(values[i]));
    }
    out += "]\n";
  }
  void Write(const Text& text) {
    out += '\n';
    for (const auto& [language, words] : text) {
      out.append(indent_ + 2, ' ');
      absl::StrAppend(&out, Quoted(language), ": ", Quoted(words), "\n");
    }
  }
  template <typename T>
    requires std::is_enum_v<T>
  void Write(T value) {
    absl::StrAppend(&out, " ", NameOf(value), "\n");
  }
  template <typename T>
    requires Describes<Writer, T>
  void Write(std::vector<T>& values) {
    out += '\n';
    indent_ += 2;
    for (T& value : values) {
      out.append(indent_, ' ');
      out += "- ";
      behind_dash_ = true;
      indent_ += 2;
      Describe(*this, value);
      indent_ -= 2;
      if (behind_dash_) out += "{}\n";
      behind_dash_ = false;
    }
    indent_ -= 2;
  }
  template <typename T>
    requires Describes<Writer, T>
  void Write(T& value) {
    out += '\n';
    indent_ += 2;
    Describe(*this, value);
    indent_ -= 2;
  }

  size_t indent_ = 0;
  bool behind_dash_ = false;
};

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_WRITER_H_
