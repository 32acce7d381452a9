// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/print.h"

#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "google/type/date.pb.h"

#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kMaxDepth = 3;  // of nested messages that become columns; recursive types exist

enum class Reader { kPerson, kProgram };

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

// One repeated field as JSON, which knows maps, enums and bytes.
std::string JsonOfField(const Message& message, const FieldDescriptor* field) {
  const std::unique_ptr<Message> alone(message.New());
  alone->CopyFrom(message);
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const other = message.GetDescriptor()->field(i);
    if (other != field) alone->GetReflection()->ClearField(alone.get(), other);
  }
  const std::string json = JsonOf(*alone, false);
  const size_t colon = json.find(':');
  return colon == std::string::npos ? "" : json.substr(colon + 1, json.size() - colon - 2);
}

bool IsTimestamp(const Descriptor* type) {
  return type->full_name() == "google.protobuf.Timestamp";
}

std::string DateText(const Message& message) {
  google::type::Date date;
  date.CopyFrom(message);
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string MessageText(const Message& message, Reader reader) {
  if (message.GetDescriptor()->full_name() == "google.type.Date") return DateText(message);
  if (!IsTimestamp(message.GetDescriptor())) return JsonOf(message, false);
  google::protobuf::Timestamp stamp;
  stamp.CopyFrom(message);
  const absl::Time time = absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
  return absl::FormatTime(
      reader == Reader::kPerson ? "%Y-%m-%d %H:%M:%S UTC" : "%Y-%m-%dT%H:%M:%E*SZ", time,
      absl::UTCTimeZone());
}

// ROLE_COORDINATOR is `coordinator` to a person.
std::string EnumText(const EnumValueDescriptor* value, Reader reader) {
  if (reader == Reader::kProgram) return value->name();
  if (value->number() == 0) return "";
  std::string prefix;
  for (const char c : value->type()->name()) {
    if (!prefix.empty() && absl::ascii_isupper(static_cast<unsigned char>(c))) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  prefix += '_';
  std::string name = value->name();
  if (absl::StartsWith(name, prefix)) name = name.substr(prefix.size());
  return absl::AsciiStrToLower(name);
}

bool IsPlainMap(const FieldDescriptor* field) {
  return field->is_map() &&
         field->message_type()->field(1)->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
}

std::string FieldText(const Message& message, const FieldDescriptor* field, Reader reader);

// `en: Return to work; fr: Retour au travail`
std::string PlainMapText(const Message& message, const FieldDescriptor* field) {
  std::vector<std::string> parts;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
    const Message& entry = message.GetReflection()->GetRepeatedMessage(message, field, i);
    parts.push_back(
        absl::StrCat(FieldText(entry, entry.GetDescriptor()->field(0), Reader::kPerson), ": ",
                     FieldText(entry, entry.GetDescriptor()->field(1), Reader::kPerson)));
  }
  std::sort(parts.begin(), parts.end());
  return absl::StrJoin(parts, "; ");
}

std::string RepeatedText(const Message& message, const FieldDescriptor* field, Reader reader) {
  const auto* const reflection = message.GetReflection();
  const int size = reflection->FieldSize(message, field);
  if (reader == Reader::kPerson && IsPlainMap(field)) return PlainMapText(message, field);
  if (reader == Reader::kPerson && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
      field->type() == FieldDescriptor::TYPE_STRING) {
    std::string text;
    for (int i = 0; i < size; ++i) {
      absl::StrAppend(&text, i == 0 ? "" : ", ", reflection->GetRepeatedString(message, field, i));
    }
    return text;
  }
  return size == 0 ? "" : JsonOfField(message, field);
}

std::string FieldText(const Message& message, const FieldDescriptor* field, Reader reader) {
  const auto* const reflection = message.GetReflection();
  if (field->is_repeated()) return RepeatedText(message, field, reader);
  if (field->has_presence() && !reflection->HasField(message, field)) return "";
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field->type() == FieldDescriptor::TYPE_BYTES
                 ? absl::BytesToHexString(reflection->GetString(message, field))
                 : reflection->GetString(message, field);
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(reflection->GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection->GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(reflection->GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(reflection->GetUInt32(message, field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return text::FormatDouble(reflection->GetDouble(message, field));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return absl::StrCat(reflection->GetFloat(message, field));
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool set = reflection->GetBool(message, field);
      return reader == Reader::kPerson ? (set ? "yes" : "no") : (set ? "true" : "false");
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(reflection->GetEnum(message, field), reader);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(reflection->GetMessage(message, field), reader);
  }
  return "";
}

bool Opens(const FieldDescriptor* field, size_t depth) {
  return !field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         depth < kMaxDepth && !absl::StartsWith(field->message_type()->full_name(), "google.");
}

void AppendHeader(const Descriptor* type, const std::string& prefix, size_t depth,
                  std::vector<std::string>& header) {
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* const field = type->field(i);
    const std::string name = absl::StrCat(prefix, field->name());
    if (Opens(field, depth)) {
      AppendHeader(field->message_type(), name + ".", depth + 1, header);
    } else {
      header.push_back(name);
    }
  }
}

void AppendCells(const Message& message, Reader reader, size_t depth,
                 std::vector<std::string>& cells) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = message.GetDescriptor()->field(i);
    if (!Opens(field, depth)) {
      cells.push_back(FieldText(message, field, reader));
    } else if (message.GetReflection()->HasField(message, field)) {
      AppendCells(message.GetReflection()->GetMessage(message, field), reader, depth + 1, cells);
    } else {  // not the zeros of a message that is not there
      std::vector<std::string> absent;
      AppendHeader(field->message_type(), "", depth + 1, absent);
      cells.insert(cells.end(), absent.size(), "");
    }
  }
}

bool IsListOfMessages(const FieldDescriptor* field) {
  return field->is_repeated() && !field->is_map() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// The field that makes a message a list, or null: its only one, or the first of what a List method
// answers, whose further fields only JSON shows.
const FieldDescriptor* ListField(const Message& message) {
  const FieldDescriptor* found = nullptr;
  const auto* const descriptor = message.GetDescriptor();
  if (absl::StartsWith(descriptor->name(), "List") && descriptor->field_count() > 0 &&
      IsListOfMessages(descriptor->field(0))) {
    return descriptor->field(0);
  }
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* const field = descriptor->field(i);
    if (!field->is_repeated()) {
      if (field->name() != "next_page_token") return nullptr;
      continue;
    }
    if (!IsListOfMessages(field) || found != nullptr) return nullptr;
    found = field;
  }
  return found;
}

Rows ListRows(const Message& message, const FieldDescriptor* list, Reader reader) {
  Rows rows;
  AppendHeader(list->message_type(), "", 0, rows.header);
  for (int r = 0; r < message.GetReflection()->FieldSize(message, list); ++r) {
    AppendCells(message.GetReflection()->GetRepeatedMessage(message, list, r), reader, 0,
                rows.cells.emplace_back());
  }
  // A map has no order of its own.
  if (list->is_map()) std::sort(rows.cells.begin(), rows.cells.end());
  return rows;
}

Rows Chosen(Rows rows, const std::vector<std::string>& columns) {
  if (columns.empty()) return rows;
  Rows chosen{.header = columns, .cells = std::vector<std::vector<std::string>>(rows.cells.size())};
  for (const std::string& column : columns) {
    const auto at = std::find(rows.header.begin(), rows.header.end(), column) - rows.header.begin();
    for (size_t r = 0; r < rows.cells.size(); ++r) {
      chosen.cells[r].push_back(at < static_cast<ptrdiff_t>(rows.header.size())
                                    ? std::move(rows.cells[r][static_cast<size_t>(at)])
                                    : std::string());
    }
  }
  return chosen;
}

bool StandsBelow(const FieldDescriptor* field) {
  return field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         !IsPlainMap(field);
}

// One field a line, then each list of messages as a table of its own.
std::string Upright(const Message& message) {
  std::vector<std::string> header;
  std::vector<std::string> cells;
  AppendHeader(message.GetDescriptor(), "", 0, header);
  AppendCells(message, Reader::kPerson, 0, cells);
  Rows rows{.header = {}, .cells = {}};
  std::string below;
  for (size_t c = 0; c < header.size(); ++c) {
    if (cells[c].empty()) continue;
    const FieldDescriptor* const field = message.GetDescriptor()->FindFieldByName(header[c]);
    if (field == nullptr || !StandsBelow(field)) {
      rows.cells.push_back({header[c], cells[c]});
      continue;
    }
    Rows list = ListRows(message, field, Reader::kPerson);
    for (std::string& column : list.header) {
      if (field->is_map() && absl::StartsWith(column, "value.")) column = column.substr(6);
    }
    absl::StrAppend(&below, "\n", header[c], "\n", PrintTable(list));
  }
  if (rows.cells.empty() && below.empty()) return "done\n";
  rows.header = {"", ""};
  const std::string upright =
      rows.cells.empty() ? "" : PrintTable(rows).substr(1);  // no header line
  return upright.empty() ? below.substr(1) : upright + below;
}

}  // namespace

std::string Print(const Message& message, const std::string& output,
                  const std::vector<std::string>& columns) {
  if (output == "json") return JsonOf(message, true) + "\n";
  const FieldDescriptor* const list = ListField(message);
  if (output == "csv") {
    if (list != nullptr) return PrintCsv(ListRows(message, list, Reader::kProgram));
    Rows rows{.header = {}, .cells = {{}}};
    AppendHeader(message.GetDescriptor(), "", 0, rows.header);
    AppendCells(message, Reader::kProgram, 0, rows.cells[0]);
    return PrintCsv(rows);
  }
  if (list == nullptr) return Upright(message);
  return PrintTable(Chosen(ListRows(message, list, Reader::kPerson), columns));
}

}  // namespace reprise::cli
