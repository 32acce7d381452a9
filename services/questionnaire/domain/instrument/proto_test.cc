// SPDX-License-Identifier: Apache-2.0
// The documents and the proto have the same fields: what Describe names is walked beside the
// proto's descriptor, in both directions.
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/questionnaire/v1/instrument.pb.h"

#include "services/questionnaire/domain/instrument/describe.h"

namespace reprise::instrument {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
namespace v1 = questionnaire::v1;

// Compares each field that Describe names with the proto's of the same name.
class Comparer {
 public:
  explicit Comparer(const Descriptor* descriptor) : descriptor_(descriptor) {}

  template <typename T>
  void operator()(const char* key, T& field) {
    const FieldDescriptor* const proto = descriptor_->FindFieldByName(key);
    ASSERT_NE(proto, nullptr) << descriptor_->name() << "." << key;
    seen_.insert(key);
    Compare(proto, field);
  }

  void ExpectAllSeen() const {
    for (int i = 0; i < descriptor_->field_count(); ++i) {
      EXPECT_TRUE(seen_.count(descriptor_->field(i)->name()) > 0)
          << descriptor_->field(i)->full_name();
    }
  }

 private:
  static void Compare(const FieldDescriptor* proto, std::string&) {
    ExpectOne(proto, FieldDescriptor::TYPE_STRING);
  }
  static void Compare(const FieldDescriptor* proto, bool&) {
    ExpectOne(proto, FieldDescriptor::TYPE_BOOL);
  }
  static void Compare(const FieldDescriptor* proto, std::optional<double>&) {
    ExpectOne(proto, FieldDescriptor::TYPE_DOUBLE);
    EXPECT_TRUE(proto->has_presence()) << proto->full_name();
  }
  static void Compare(const FieldDescriptor* proto, std::optional<int>&) {
    ExpectOne(proto, FieldDescriptor::TYPE_INT32);
    EXPECT_TRUE(proto->has_presence()) << proto->full_name();
  }
  static void Compare(const FieldDescriptor* proto, Text&) {
    EXPECT_TRUE(proto->is_map()) << proto->full_name();
  }
  static void Compare(const FieldDescriptor* proto, std::vector<std::string>&) {
    EXPECT_TRUE(proto->is_repeated() && proto->type() == FieldDescriptor::TYPE_STRING)
        << proto->full_name();
  }
  static void Compare(const FieldDescriptor* proto, std::optional<std::vector<std::string>>&) {
    EXPECT_EQ(proto->message_type(), v1::Names::descriptor()) << proto->full_name();
  }
  template <typename T>
  requires Describes<Comparer, T>
  static void Compare(const FieldDescriptor* proto, std::vector<T>&) {
    EXPECT_TRUE(proto->is_repeated()) << proto->full_name();
    CompareMessage<T>(proto->message_type());
  }
  template <typename T>
  requires Describes<Comparer, T>
  static void Compare(const FieldDescriptor* proto, T&) {
    EXPECT_FALSE(proto->is_repeated()) << proto->full_name();
    CompareMessage<T>(proto->message_type());
  }
  // Values are the document's names with the enum's prefix, in capitals, in the same order.
  template <typename T>
  requires std::is_enum_v<T>
  static void Compare(const FieldDescriptor* proto, T&) {
    ASSERT_EQ(proto->type(), FieldDescriptor::TYPE_ENUM) << proto->full_name();
    std::string prefix;
    for (const char c : proto->enum_type()->name()) {
      if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
      prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
    }
    EXPECT_EQ(static_cast<size_t>(proto->enum_type()->value_count()), NamesOf(T{}).size() + 1);
    for (const auto& [name, value] : NamesOf(T{})) {
      const auto* const found = proto->enum_type()->FindValueByName(
          absl::StrCat(prefix, "_", absl::AsciiStrToUpper(name)));
      ASSERT_NE(found, nullptr) << prefix << "_" << name;
      EXPECT_EQ(found->number(), static_cast<int>(value));
    }
  }

  static void ExpectOne(const FieldDescriptor* proto, FieldDescriptor::Type type) {
    EXPECT_TRUE(!proto->is_repeated() && proto->type() == type) << proto->full_name();
  }
  template <typename T>
  static void CompareMessage(const Descriptor* descriptor) {
    ASSERT_NE(descriptor, nullptr);
    T value;
    Comparer inner(descriptor);
    Describe(inner, value);
    inner.ExpectAllSeen();
  }

  const Descriptor* descriptor_;
  std::set<std::string> seen_;
};

TEST(InstrumentProtoTest, DocumentsAndProtoHaveTheSameFields) {
  Instrument instrument;
  Comparer comparer(v1::Instrument::descriptor());
  Describe(comparer, instrument);
  comparer.ExpectAllSeen();
}

}  // namespace
}  // namespace reprise::instrument
