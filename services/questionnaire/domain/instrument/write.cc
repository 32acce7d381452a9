// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/write.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/writer.h"

namespace reprise::instrument {

std::string WriteYaml(const Instrument& instrument) {
  Instrument copy = instrument;  // visitors take fields they may change
  Writer writer;
  Describe(writer, copy);
  return std::move(writer.out);
}

std::string Quoted(absl::string_view text) {
  constexpr size_t kMostInLine = 16384;
  std::string quoted = "\"";
  size_t line_start = 0;
  for (const char c : text) {
    const bool starts_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (quoted.size() - line_start > kMostInLine && starts_character) {
      // Folded: the break and the blanks after it do not count, except an escaped one.
      absl::StrAppend(&quoted, "\\\n", std::string(40, ' '));
      line_start = quoted.size();
      if (c == ' ') quoted += '\\';
    }
    switch (c) {
      case '"': quoted += "\\\""; break;
      case '\\': quoted += "\\\\"; break;
      case '\n': quoted += "\\n"; break;
      case '\r': quoted += "\\r"; break;
      case '\t': quoted += "\\t"; break;
      default: quoted += c;
    }
  }
  quoted += '"';
  return quoted;
}

}  // namespace reprise::instrument
