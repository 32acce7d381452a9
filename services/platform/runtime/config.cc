// SPDX-License-Identifier: Apache-2.0
#include "services/platform/runtime/config.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::runtime {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Gathers all of the parser's complaints.
class Complaints : public google::protobuf::io::ErrorCollector {
 public:
  explicit Complaints(const std::string& file_name) : file_name_(file_name) {}
  void AddError(int line, int column, const std::string& message) override {
    violations.push_back({absl::StrCat(file_name_, ":", line + 1, ":", column + 1),
                          "CONFIG_MALFORMED", message});
  }
  std::vector<error::Violation> violations;

 private:
  const std::string& file_name_;
};

bool SetFromText(Message& message, const FieldDescriptor* field, const std::string& text) {
  const auto* const reflection = message.GetReflection();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    reflection->SetString(&message, field, text);
    return true;
  }
  int32_t number = 0;
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_INT32 || !absl::SimpleAtoi(text, &number)) {
    return false;
  }
  reflection->SetInt32(&message, field, number);
  return true;
}

void LayEnvironment(Message& message, const std::string& prefix,
                    const std::function<const char*(const char*)>& environment,
                    std::vector<error::Violation>& violations) {
  const auto* const descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* const field = descriptor->field(i);
    const std::string name = absl::StrCat(prefix, "_", absl::AsciiStrToUpper(field->name()));
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      LayEnvironment(*message.GetReflection()->MutableMessage(&message, field), name, environment,
                     violations);
    } else if (const char* const value = environment(name.c_str()); value != nullptr) {
      if (!SetFromText(message, field, value)) {
        violations.push_back({name, "CONFIG_VALUE_INVALID", "A whole number is required."});
      }
    }
  }
}

template <typename Message>
void Default(Message* message, int32_t (Message::*get)() const, void (Message::*set)(int32_t),
             int32_t value) {
  if ((message->*get)() == 0) (message->*set)(value);
}

void FillDefaults(platform::v1::Config& config) {
  using C = platform::v1::Config;
  if (config.listen().address().empty()) config.mutable_listen()->set_address("127.0.0.1:7443");
  C::Database* const database = config.mutable_database();
  Default(database, &C::Database::connections_per_service,
          &C::Database::set_connections_per_service, 32);
  Default(database, &C::Database::acquire_milliseconds, &C::Database::set_acquire_milliseconds, 5000);
  C::Calls* const calls = config.mutable_calls();
  Default(calls, &C::Calls::worker_threads, &C::Calls::set_worker_threads,
          std::max(8, 4 * static_cast<int>(std::thread::hardware_concurrency())));
  Default(calls, &C::Calls::stream_threads, &C::Calls::set_stream_threads, 16);
  Default(calls, &C::Calls::replay_days, &C::Calls::set_replay_days, 30);
  Default(calls, &C::Calls::queue_length, &C::Calls::set_queue_length, 1024);
  Default(calls, &C::Calls::deadline_milliseconds, &C::Calls::set_deadline_milliseconds, 30000);
  Default(calls, &C::Calls::stream_deadline_milliseconds, &C::Calls::set_stream_deadline_milliseconds, 600000);
  calls->set_stream_deadline_milliseconds(
      std::max(calls->stream_deadline_milliseconds(), calls->deadline_milliseconds()));
  Default(calls, &C::Calls::max_request_bytes, &C::Calls::set_max_request_bytes, 4 << 20);
  Default(calls, &C::Calls::drain_milliseconds, &C::Calls::set_drain_milliseconds, 10000);
  Default(config.mutable_audit(), &C::Audit::seal_milliseconds, &C::Audit::set_seal_milliseconds, 1000);
  C::Sessions* const sessions = config.mutable_sessions();
  Default(sessions, &C::Sessions::absolute_seconds, &C::Sessions::set_absolute_seconds, 12 * 3600);
  Default(sessions, &C::Sessions::idle_seconds, &C::Sessions::set_idle_seconds, 3600);
  Default(sessions, &C::Sessions::cache_milliseconds, &C::Sessions::set_cache_milliseconds, 1000);
  Default(sessions, &C::Sessions::participant_idle_seconds,
          &C::Sessions::set_participant_idle_seconds, 1800);
  C::Gateway* const gateway = config.mutable_gateway();
  Default(gateway, &C::Gateway::threads, &C::Gateway::set_threads, 2);
  Default(gateway, &C::Gateway::max_connections, &C::Gateway::set_max_connections, 1024);
  Default(gateway, &C::Gateway::max_connections_per_client,
          &C::Gateway::set_max_connections_per_client, 128);
  Default(gateway, &C::Gateway::max_header_bytes, &C::Gateway::set_max_header_bytes, 16 << 10);
  Default(gateway, &C::Gateway::max_body_bytes, &C::Gateway::set_max_body_bytes, 4 << 20);
  Default(gateway, &C::Gateway::header_milliseconds, &C::Gateway::set_header_milliseconds, 10000);
  Default(gateway, &C::Gateway::body_milliseconds, &C::Gateway::set_body_milliseconds, 60000);
  Default(gateway, &C::Gateway::idle_milliseconds, &C::Gateway::set_idle_milliseconds, 75000);
  Default(gateway, &C::Gateway::write_milliseconds, &C::Gateway::set_write_milliseconds, 30000);
}

// No number of the configuration may be negative.
void CheckNumbers(const Message& message, const std::string& path,
                  std::vector<error::Violation>& violations) {
  const auto* const descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* const field = descriptor->field(i);
    const std::string here = path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      CheckNumbers(message.GetReflection()->GetMessage(message, field), here, violations);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 &&
               message.GetReflection()->GetInt32(message, field) < 0) {
      violations.push_back({here, "CONFIG_VALUE_INVALID", "A number of zero or more is required."});
    }
  }
}

constexpr int kLongestReplayDays = 36500;  // far more would leave what the database takes for a time

}  // namespace

absl::StatusOr<platform::v1::Config> ReadConfig(
    const std::string& text, const std::string& file_name,
    const std::function<const char*(const char*)>& environment) {
  platform::v1::Config config;
  Complaints complaints(file_name);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&complaints);
  (void)parser.ParseFromString(text, &config);
  std::vector<error::Violation> violations = std::move(complaints.violations);
  LayEnvironment(config, "REPRISE", environment, violations);
  CheckNumbers(config, "", violations);
  if (config.calls().replay_days() > kLongestReplayDays) {
    violations.push_back({"calls.replay_days", "CONFIG_VALUE_INVALID", "A number of at most 36500 is required."});
  }
  if (!violations.empty()) {
    return error::Invalid("CONFIG_MALFORMED", "The configuration cannot be used.", violations);
  }
  FillDefaults(config);
  return config;
}

absl::Status RequireStores(const platform::v1::Config& config) {
  std::vector<error::Violation> violations;
  for (const auto& [path, value] : {std::pair{"database.url", config.database().url()},
                                    std::pair{"secrets_directory", config.secrets_directory()}}) {
    if (value.empty()) violations.push_back({path, "FIELD_REQUIRED", "A value is required."});
  }
  if (violations.empty()) return absl::OkStatus();
  return error::Invalid("CONFIG_MALFORMED", "The configuration cannot be used.", violations);
}

}  // namespace reprise::runtime
