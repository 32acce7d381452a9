// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"

#include "services/platform/text/identifier.h"
#include "services/platform/text/number.h"
#include "services/platform/time/clock.h"
#include "services/study/domain/document/faults.h"
#include "services/study/domain/document/field_rules.h"
#include "services/study/domain/document/names.h"

namespace reprise::study {
namespace {

bool IsWrittenOf(const std::string& text, const FieldRule& rule, bool (*letter)(unsigned char),
                 const char* others) {
  return text.size() >= rule.least && text.size() <= rule.most &&
         std::all_of(text.begin(), text.end(), [&](unsigned char c) {
           return letter(c) || absl::ascii_isdigit(c) || absl::string_view(others).find(c) != absl::string_view::npos;
         });
}

// Why the text is not the code that the rule wants; empty where it is.
std::string CodeFault(const std::string& text, const FieldRule& rule) {
  switch (rule.kind) {
    case FieldKind::kSiteCode:
      if (text.size() >= 3 && text.size() <= 8 && IsWrittenOf(text, rule, absl::ascii_isupper, "")) return "";
      return "3 to 8 capitals or digits are required.";
    case FieldKind::kName:
      if (IsWrittenOf(text, rule, absl::ascii_islower, "_") && absl::ascii_islower(text[0])) return "";
      return absl::StrCat("At most ", rule.most, " small letters, digits and _ are required, a letter first.");
    case FieldKind::kToken:
      if (IsWrittenOf(text, rule, absl::ascii_isalpha, "._+-")) return "";
      return absl::StrCat("At most ", rule.most, " letters, digits, dots, +, _ and hyphens are required.");
    default:
      if (IsWrittenOf(text, rule, absl::ascii_isupper, "_-") && absl::ascii_isupper(text[0])) return "";
      return absl::StrCat(rule.least, " to ", rule.most,
                          " capitals, digits, _ and hyphens are required, a capital first.");
  }
}

class FieldCheck {
 public:
  FieldCheck(const YamlNode& root, const FieldRule& rule, Faults& faults)
      : root_(root), rule_(rule), faults_(faults) {}

  void Check(const YamlNode& node, const std::string& path) {
    const bool scalar = node.kind == YamlNode::Kind::kScalar;
    switch (rule_.kind) {
      case FieldKind::kTitle: return Title(node, path);
      case FieldKind::kReference: return References(node, path);
      case FieldKind::kPresent:
        if (node.kind != YamlNode::Kind::kScalar && node.children.empty()) {
          faults_.Add(node, path, "FIELD_REQUIRED", "At least one entry is required.");
        }
        return;
      default:
        if (scalar) Scalar(node, path);
    }
  }

 private:
  void Scalar(const YamlNode& node, const std::string& path) {
    switch (rule_.kind) {
      case FieldKind::kText: return Text(node, path);
      case FieldKind::kDate: return Date(node, path);
      case FieldKind::kWord: return Word(node, path);
      case FieldKind::kWhole:
      case FieldKind::kNumber: return Number(node, path);
      case FieldKind::kZone: return Zone(node, path);
      default: return Code(node, path);
    }
  }
  void Text(const YamlNode& node, const std::string& path) {
    if (node.scalar.size() > rule_.most) {
      faults_.Add(node, path, "FIELD_TOO_LONG", absl::StrCat("At most ", rule_.most, " bytes."));
    }
    if (text::FindIdentifier(node.scalar) != text::Identifier::kNone) {
      faults_.Add(node, path, "TEXT_HOLDS_IDENTITY",
                  "A social-security or telephone number must not be entered here.");
    }
  }
  void Title(const YamlNode& node, const std::string& path) {
    if (node.kind != YamlNode::Kind::kMap) return;
    for (const char* const language : {"fr", "en"}) {
      if (TextOf(node, language).empty()) {
        faults_.Add(node, Below(path, language), "LANGUAGE_MISSING", "A text in both languages, fr and en, is required.");
      }
    }
    for (size_t i = 0; i < node.keys.size(); ++i) {
      const std::string below = Below(path, node.keys[i].scalar);
      if (node.keys[i].scalar != "fr" && node.keys[i].scalar != "en") {
        faults_.Add(node.keys[i], below, "LANGUAGE_UNKNOWN", "The languages are fr and en.");
      } else if (node.children[i].kind == YamlNode::Kind::kScalar) {
        Text(node.children[i], below);
      }
    }
  }
  void Code(const YamlNode& node, const std::string& path) {
    const std::string fault = CodeFault(node.scalar, rule_);
    if (!fault.empty()) faults_.Add(node, path, "CODE_MALFORMED", fault);
  }
  void Date(const YamlNode& node, const std::string& path) {
    if (!ParseDate(node.scalar, path).ok()) {
      faults_.Add(node, path, "DATE_MALFORMED", "A day of the calendar is required, such as 2026-11-21.");
    }
  }
  void Word(const YamlNode& node, const std::string& path) {
    const std::vector<std::string> words = absl::StrSplit(rule_.words, ' ');
    if (std::find(words.begin(), words.end(), node.scalar) != words.end()) return;
    const std::string meant = Nearest(node.scalar, words);
    faults_.Add(node, path, "WORD_UNKNOWN",
                absl::StrCat("One of ", absl::StrJoin(words, ", "), " is required",
                             meant.empty() ? "." : absl::StrCat("; perhaps ", meant, " is meant.")));
  }
  void Number(const YamlNode& node, const std::string& path) {
    const auto number = text::ParseDouble(node.scalar, path);
    if (!number.ok() || (*number >= rule_.least && *number <= rule_.most)) return;
    faults_.Add(node, path, "NUMBER_OUT_OF_RANGE",
                absl::StrCat("A number from ", rule_.least, " to ", rule_.most, " is required."));
  }
  void Zone(const YamlNode& node, const std::string& path) {
    absl::TimeZone zone;
    if (node.scalar.empty() || absl::LoadTimeZone(node.scalar, &zone)) return;
    faults_.Add(node, path, "TIME_ZONE_UNKNOWN", "An IANA time zone such as Europe/Paris is required.");
  }
  void References(const YamlNode& node, const std::string& path) {
    if (node.kind == YamlNode::Kind::kScalar) return Refers(node, path);
    std::map<std::string, int> seen;
    for (size_t i = 0; i < node.children.size(); ++i) {
      const std::string below = absl::StrCat(path, "[", i, "]");
      Refers(node.children[i], below);
      if (!seen.emplace(node.children[i].scalar, 0).second) {
        faults_.Add(node.children[i], below, "REFERENCE_TWICE", "The code stands twice in the list.");
      }
    }
  }
  void Refers(const YamlNode& node, const std::string& path) {
    const absl::string_view list = rule_.words;
    const char* const key = list == "questionnaires" ? "timepoint" : "code";
    std::vector<std::string> codes;
    for (const YamlNode* const element : Elements(root_, list)) codes.push_back(TextOf(*element, key));
    if (node.kind != YamlNode::Kind::kScalar || node.scalar.empty() ||
        std::find(codes.begin(), codes.end(), node.scalar) != codes.end()) {
      return;
    }
    const std::string meant = Nearest(node.scalar, codes);
    faults_.Add(node, path, "REFERENCE_UNKNOWN",
                absl::StrCat("There is no such ", key, " in `", list, "`",
                             meant.empty() ? "." : absl::StrCat("; perhaps ", meant, " is meant.")));
  }

  const YamlNode& root_;
  const FieldRule& rule_;
  Faults& faults_;
};

}  // namespace

void CheckFields(const YamlNode& root, const Spot& spot, const std::string& place, Faults& faults) {
  for (const FieldRule& rule : FieldRules()) {
    if (place != rule.place) continue;
    const YamlNode* const node = Find(*spot.node, rule.field);
    const bool blank = node == nullptr || (node->kind == YamlNode::Kind::kScalar && node->scalar.empty());
    if (!blank) {
      FieldCheck(root, rule, faults).Check(*node, Below(spot.path, rule.field));
    } else if (rule.required) {
      faults.AddField(spot, rule.field, "FIELD_REQUIRED", "A value is required.");
    }
  }
}

}  // namespace reprise::study
