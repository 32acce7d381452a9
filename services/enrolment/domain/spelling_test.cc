// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/spelling.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/enrolment/domain/identity.h"
#include "services/platform/error/error.h"

namespace reprise::enrolment {
namespace {

const absl::CivilDay kBorn(1975, 4, 9);

Identity Named(const std::string& birth, const std::string& given, absl::CivilDay born = kBorn,
               const std::string& used = "") {
  return {.birth_name = birth, .used_name = used, .given_name = given, .birth_date = born,
          .email = {}, .phone = {}, .employer = {}};
}

bool Meet(const Identity& known, const Identity& sought) {
  const auto keys = SpellingKeys(known);
  const auto wanted = SoughtKeys(sought);
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const std::string& key) { return std::binary_search(keys.begin(), keys.end(), key); });
}

struct Case {
  const char* name;
  Identity one, other;
  bool same;
};

std::vector<Case> Cases() {
  return {
      {"the very same", Named("Dupont", "Marie"), Named("Dupont", "Marie"), true},
      {"case", Named("DUPONT", "MARIE"), Named("dupont", "marie"), true},
      {"accents", Named("Lefèvre", "Hélène"), Named("LEFEVRE", "Helene"), true},
      {"accents as combining marks", Named("Lefèvre", "Marie"), Named("Lefe\u0300vre", "Marie"), true},
      {"cedilla and ligature", Named("François", "Cœur"), Named("FRANCOIS", "COEUR"), true},
      {"other alphabets' letters", Named("Øster", "Łucja"), Named("Oster", "Lucja"), true},
      {"sharp s", Named("Weiß", "Anna"), Named("WEISS", "Anna"), true},
      {"hyphen or space", Named("Martin-Durand", "Anne-Marie"), Named("Martin Durand", "Anne Marie"), true},
      {"hyphen or nothing", Named("Martin", "Anne-Marie"), Named("Martin", "Annemarie"), true},
      {"apostrophe", Named("N'Guyen", "Lan"), Named("N’Guyen", "Lan"), true},
      {"order of a double name", Named("Martin-Durand", "Anne"), Named("Durand Martin", "Anne"), true},
      {"names in each other's field", Named("Dupont", "Marie"), Named("Marie", "Dupont"), true},
      {"particle left out", Named("de la Tour", "Marie"), Named("Tour", "Marie"), true},
      {"particle written together", Named("de la Tour", "Marie"), Named("Delatour", "Marie"), true},
      {"elided particle", Named("d'Arcy", "Marie"), Named("Darcy", "Marie"), true},
      {"a particle that is the name", Named("Le", "Thi Mai"), Named("LE", "Thi-Mai"), true},
      {"married name for birth name", Named("Dupont", "Marie", kBorn, "Bernard"), Named("Bernard", "Marie"), true},
      {"birth name for married name", Named("Bernard", "Marie"), Named("Dupont", "Marie", kBorn, "Bernard"), true},
      {"a letter wrong", Named("Dupont", "Marie"), Named("Dupond", "Marie"), true},
      {"the first letter wrong", Named("Dupont", "Marie"), Named("Rupont", "Marie"), true},
      {"a letter missing", Named("Dupont", "Marie"), Named("Dupnt", "Marie"), true},
      {"a letter too many", Named("Dupont", "Marie"), Named("Duppont", "Marie"), true},
      {"two letters exchanged", Named("Dupont", "Marie"), Named("Dupotn", "Marie"), true},
      {"a letter of the given name wrong", Named("Dupont", "Sandrine"), Named("Dupont", "Sandrina"), true},
      {"day and month exchanged", Named("Dupont", "Marie"), Named("Dupont", "Marie", absl::CivilDay(1975, 9, 4)), true},

      {"another date", Named("Dupont", "Marie"), Named("Dupont", "Marie", absl::CivilDay(1975, 4, 10)), false},
      {"another year", Named("Dupont", "Marie"), Named("Dupont", "Marie", absl::CivilDay(1976, 4, 9)), false},
      {"sisters", Named("Dupont", "Marie"), Named("Dupont", "Claire", absl::CivilDay(1977, 8, 1)), false},
      {"twin sisters", Named("Dupont", "Marie"), Named("Dupont", "Claire"), false},
      {"twins with short names", Named("Dupont", "Eva"), Named("Dupont", "Ava"), false},
      {"twins with one name in common", Named("Dupont", "Marie-Anne"), Named("Dupont", "Marie-Claude"), false},
      {"two letters wrong", Named("Dupont", "Marie"), Named("Dubond", "Marie"), false},
      {"a wrong letter in both names", Named("Dupont", "Marie"), Named("Dupond", "Maria"), false},
      {"a wrong letter and an exchanged date", Named("Dupont", "Marie"), Named("Dupond", "Marie", absl::CivilDay(1975, 9, 4)),
       false},
      {"different names", Named("Dupont", "Marie"), Named("Bernard", "Marie"), false},
  };
}

TEST(SpellingTest, RecognisesWhoIsTheSameAndNobodyElse) {
  for (const Case& c : Cases()) {
    EXPECT_EQ(Meet(c.one, c.other), c.same) << c.name;
    EXPECT_EQ(Meet(c.other, c.one), c.same) << c.name << ", the other way round";
    // Those who could be the same wait for each other.
    if (c.same) {
      EXPECT_EQ(BirthKey(c.one), BirthKey(c.other)) << c.name;
    }
  }
}

TEST(SpellingTest, NamesItsKeys) {
  EXPECT_EQ(SpellingKeys(Named("Roy", "Éva")), std::vector<std::string>{"1975-04-09|eva|roy"});
  EXPECT_EQ(SpellingKeys(Named("Roy", "Lise")),
            (std::vector<std::string>{"1975-04-09|ise|roy", "1975-04-09|lie|roy", "1975-04-09|lise|roy",
                                      "1975-04-09|lis|roy", "1975-04-09|lse|roy"}));
}

TEST(SpellingTest, ExchangesNoDayThatIsNoMonth) {
  const Identity late = Named("Roy", "Eva", absl::CivilDay(1975, 4, 13));
  EXPECT_EQ(SoughtKeys(late), SpellingKeys(late));
}

TEST(IdentityTest, NamesEveryFieldThatCannotBeKept) {
  const absl::CivilDay today(2026, 1, 1);
  Identity good = Named("Dupont", "Marie");
  good.email = "marie@example.org";
  good.phone = "+33 6 12 34 56 78";
  good.employer = "Boulangerie 2000";
  EXPECT_TRUE(CheckIdentity(good, today).ok());
  struct Case {
    const char* path;
    const char* reason;
    void (*spoil)(Identity&);
  };
  const Case kCases[] = {
      {"identity.birth_name", "FIELD_REQUIRED", [](Identity& i) { i.birth_name = ""; }},
      {"identity.given_name", "FIELD_REQUIRED", [](Identity& i) { i.given_name = ""; }},
      {"identity.birth_name", "NAME_MALFORMED", [](Identity& i) { i.birth_name = "Dupont 2"; }},
      {"identity.used_name", "NAME_MALFORMED", [](Identity& i) { i.used_name = "-"; }},
      {"identity.given_name", "FIELD_TOO_LONG", [](Identity& i) { i.given_name = std::string(201, 'a'); }},
      {"identity.birth_name", "TEXT_HOLDS_IDENTITY", [](Identity& i) { i.birth_name = "2 75 04 69 123 456"; }},
      {"identity.phone", "TEXT_HOLDS_IDENTITY", [](Identity& i) { i.phone = "2750469123456"; }},
      {"identity.birth_date", "DATE_INVALID", [](Identity& i) { i.birth_date = absl::CivilDay(1899, 12, 31); }},
      {"identity.birth_date", "DATE_INVALID", [](Identity& i) { i.birth_date = absl::CivilDay(2026, 1, 2); }},
      {"identity.email", "EMAIL_MALFORMED", [](Identity& i) { i.email = "marie at home"; }},
      {"identity.phone", "PHONE_MALFORMED", [](Identity& i) { i.phone = "call me"; }}};
  for (const Case& c : kCases) {
    Identity spoilt = good;
    c.spoil(spoilt);
    const auto detail = error::DetailOf(CheckIdentity(spoilt, today));
    EXPECT_EQ(detail.reason, "IDENTITY_INVALID") << c.path;
    ASSERT_EQ(detail.violations.size(), 1u) << c.path << " " << c.reason;
    EXPECT_EQ(detail.violations[0].path, c.path);
    EXPECT_EQ(detail.violations[0].reason, c.reason);
  }
  EXPECT_EQ(error::DetailOf(CheckIdentity({}, today)).violations.size(), 2u);  // the default date is one
}

}  // namespace
}  // namespace reprise::enrolment
