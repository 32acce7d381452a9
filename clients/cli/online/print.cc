// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/print.h"

#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string JsonOf(const Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = pretty;
  options.add_whitespace = pretty;
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

std::string MessageText(const Message& message) {
  if (message.GetDescriptor()->full_name() == "google.protobuf.Timestamp") {
    google::protobuf::Timestamp time;
    time.CopyFrom(message);
    return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()),
                            absl::UTCTimeZone());
  }
  return JsonOf(message, false);
}

std::string FieldText(const Message& message, const FieldDescriptor* field) {
  const auto* const reflection = message.GetReflection();
  if (field->is_repeated()) {
    // The JSON mapping knows maps, enums and bytes; one field of it is enough here.
    const std::unique_ptr<Message> alone(message.New());
    alone->CopyFrom(message);
    const auto* const descriptor = message.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      if (descriptor->field(i) != field) alone->GetReflection()->ClearField(alone.get(), descriptor->field(i));
    }
    const std::string json = JsonOf(*alone, false);
    const size_t colon = json.find(':');
    return colon == std::string::npos ? "" : json.substr(colon + 1, json.size() - colon - 2);
  }
  if (field->has_presence() && !reflection->HasField(message, field)) return "";
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field->type() == FieldDescriptor::TYPE_BYTES
                 ? absl::BytesToHexString(reflection->GetString(message, field))
                 : reflection->GetString(message, field);
    case FieldDescriptor::CPPTYPE_INT64: return absl::StrCat(reflection->GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_INT32: return absl::StrCat(reflection->GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_UINT64: return absl::StrCat(reflection->GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT32: return absl::StrCat(reflection->GetUInt32(message, field));
    case FieldDescriptor::CPPTYPE_DOUBLE: return absl::StrCat(reflection->GetDouble(message, field));
    case FieldDescriptor::CPPTYPE_FLOAT: return absl::StrCat(reflection->GetFloat(message, field));
    case FieldDescriptor::CPPTYPE_BOOL: return reflection->GetBool(message, field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_ENUM: return reflection->GetEnum(message, field)->name();
    case FieldDescriptor::CPPTYPE_MESSAGE: return MessageText(reflection->GetMessage(message, field));
  }
  return "";
}

// The field that makes a message a list, or null.
const FieldDescriptor* ListField(const Message& message) {
  const FieldDescriptor* found = nullptr;
  const auto* const descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* const field = descriptor->field(i);
    if (!field->is_repeated()) {
      if (field->name() != "next_page_token") return nullptr;
      continue;
    }
    if (field->is_map() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || found != nullptr) {
      return nullptr;
    }
    found = field;
  }
  return found;
}

struct Rows {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> cells;
};

Rows RowsOf(const Message& message, const FieldDescriptor* list) {
  Rows rows;
  const auto* const type = list != nullptr ? list->message_type() : message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) rows.header.push_back(type->field(i)->name());
  const int count = list != nullptr ? message.GetReflection()->FieldSize(message, list) : 1;
  for (int r = 0; r < count; ++r) {
    const Message& row =
        list != nullptr ? message.GetReflection()->GetRepeatedMessage(message, list, r) : message;
    std::vector<std::string>& cells = rows.cells.emplace_back();
    for (int i = 0; i < type->field_count(); ++i) cells.push_back(FieldText(row, type->field(i)));
  }
  return rows;
}

// Characters, not bytes, so that accents do not shift columns.
size_t Width(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(),
                                           [](char c) { return (c & 0xC0) != 0x80; }));
}

void AppendPadded(std::string& out, const std::string& text, size_t width) {
  absl::StrAppend(&out, text, std::string(width - std::min(width, Width(text)), ' '));
}

std::string Table(const Rows& rows) {
  std::vector<size_t> widths;
  std::vector<bool> used;  // columns that hold nothing are left out
  for (size_t c = 0; c < rows.header.size(); ++c) {
    size_t width = Width(rows.header[c]);
    bool any = false;
    for (const auto& row : rows.cells) {
      width = std::max(width, Width(row[c]));
      any = any || !row[c].empty();
    }
    widths.push_back(width);
    used.push_back(any);
  }
  if (rows.cells.empty()) return "(nothing)\n";
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (size_t c = 0; c < cells.size(); ++c) {
      if (!used[c]) continue;
      if (!text.empty()) text += "  ";
      AppendPadded(text, cells[c], widths[c]);
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    absl::StrAppend(&out, text, "\n");
  };
  line(rows.header);
  for (const auto& row : rows.cells) line(row);
  return out;
}

std::string Upright(const Rows& rows) {
  std::string out;
  size_t width = 0;
  for (size_t c = 0; c < rows.header.size(); ++c) width = std::max(width, Width(rows.header[c]));
  for (size_t c = 0; c < rows.header.size(); ++c) {
    if (rows.cells[0][c].empty()) continue;
    AppendPadded(out, rows.header[c], width + 2);
    absl::StrAppend(&out, rows.cells[0][c], "\n");
  }
  return out.empty() ? "done\n" : out;
}

}  // namespace

std::string Print(const Message& message, const std::string& output) {
  if (output == "json") return JsonOf(message, true) + "\n";
  const FieldDescriptor* const list = ListField(message);
  const Rows rows = RowsOf(message, list);
  if (output == "csv") {
    std::string csv = text::FormatCsvRow(rows.header);
    for (const auto& row : rows.cells) csv += text::FormatCsvRow(row);
    return csv;
  }
  return list != nullptr ? Table(rows) : Upright(rows);
}

}  // namespace reprise::cli
