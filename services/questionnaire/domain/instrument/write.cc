// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/write.h"

#include "services/questionnaire/domain/instrument/writer.h"

namespace reprise::instrument {

std::string WriteYaml(const Instrument& instrument) {
  Instrument copy = instrument;  // visitors take fields they may change
  Writer writer;
  Describe(writer, copy);
  return std::move(writer.out);
}

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
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
