// SPDX-License-Identifier: Apache-2.0
// One-time codes, codes to be typed, and where links stand: no database.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

#include "services/access/domain/participant_link.h"
#include "services/access/domain/secret_code.h"
#include "services/access/domain/totp.h"
#include "services/platform/testing/matchers.h"

namespace reprise::access {
namespace {

using absl::StatusCode;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kRfcSecret[] = "12345678901234567890";

struct RfcCase {
  int64_t seconds;
  const char* code;
};
// RFC 6238, appendix B, mode SHA-1.
constexpr RfcCase kRfcCases[] = {
    {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
    {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
};

TEST(TotpTest, HasTheValuesOfTheRfc) {
  for (const RfcCase& c : kRfcCases) {
    const int64_t step = TotpStep(absl::FromUnixSeconds(c.seconds));
    EXPECT_EQ(TotpCode(kRfcSecret, step, 8), c.code) << c.seconds;
    EXPECT_EQ(TotpCode(kRfcSecret, step), std::string(c.code).substr(2)) << c.seconds;
  }
}

TEST(MatchTotpTest, TakesOneStepOfDriftEitherWay) {
  // 287082 is the code of 30 to 59 s.
  struct Case {
    const char* name;
    int64_t seconds;
    bool taken;
  };
  for (const Case& c : {Case{"TheStepBefore", 0, true}, Case{"ItsFirstSecond", 30, true},
                        Case{"ItsLastSecond", 59, true}, Case{"TheStepAfter", 89, true},
                        Case{"TwoStepsAfter", 90, false}}) {
    EXPECT_EQ(MatchTotp(kRfcSecret, "287082", absl::FromUnixSeconds(c.seconds), 0).has_value(), c.taken)
        << c.name;
  }
  EXPECT_FALSE(MatchTotp(kRfcSecret, "287082", absl::FromUnixSeconds(120), 0).has_value());
}

TEST(MatchTotpTest, TakesNoCodeOfAStepThatWasTakenOrOfOneBefore) {
  const absl::Time now = absl::FromUnixSeconds(59);  // step 1
  EXPECT_EQ(MatchTotp(kRfcSecret, "287082", now, 0), 1);
  EXPECT_FALSE(MatchTotp(kRfcSecret, "287082", now, 1).has_value());
  EXPECT_FALSE(MatchTotp(kRfcSecret, "287082", now, 2).has_value());
  EXPECT_EQ(MatchTotp(kRfcSecret, TotpCode(kRfcSecret, 2), now, 1), 2);
}

TEST(MatchTotpTest, TakesSixDigitsAndSpacesAndNothingElse) {
  const absl::Time now = absl::FromUnixSeconds(59);
  EXPECT_TRUE(MatchTotp(kRfcSecret, " 287 082 ", now, 0).has_value());
  for (const char* const typed : {"", "287081", "28708", "2870822", "94287082", "28708O", "-87082",
                                  "287082\n", "\xd9\xa2\xd9\xa8\xd9\xa7"}) {
    EXPECT_FALSE(MatchTotp(kRfcSecret, typed, now, 0).has_value()) << typed;
  }
  EXPECT_FALSE(MatchTotp(kRfcSecret, std::string("287082\0", 7), now, 0).has_value());
}

TEST(MatchTotpTest, TakesTheThreeCodesOfTheMomentAndNoOther) {
  const int64_t step = 1234567890 / 30;
  const std::set<std::string> right = {TotpCode(kRfcSecret, step - 1), "005924",
                                       TotpCode(kRfcSecret, step + 1)};
  for (int code = 0; code < 100000; ++code) {
    const std::string typed = absl::StrFormat("%06d", code);
    EXPECT_EQ(MatchTotp(kRfcSecret, typed, absl::FromUnixSeconds(1234567890), 0).has_value(),
              right.contains(typed))
        << typed;
  }
}

TEST(Base32Test, HasTheValuesOfTheRfc) {
  // RFC 4648, section 10, without padding.
  for (const auto& [bytes, text] : {std::pair{"", ""}, std::pair{"f", "MY"}, std::pair{"fo", "MZXQ"},
                                    std::pair{"foo", "MZXW6"}, std::pair{"foob", "MZXW6YQ"},
                                    std::pair{"fooba", "MZXW6YTB"}, std::pair{"foobar", "MZXW6YTBOI"}}) {
    EXPECT_EQ(Base32(bytes), text);
  }
}

TEST(OtpauthUriTest, IsWhatAuthenticatorsRead) {
  EXPECT_EQ(OtpauthUri("a.b@chu.fr", "foobar"),
            "otpauth://totp/Reprise:a.b%40chu.fr?secret=MZXW6YTBOI&issuer=Reprise&algorithm=SHA1&"
            "digits=6&period=30");
}

TEST(ReadCodeTest, ReadsWhatPeopleType) {
  struct Case {
    const char* typed;
    const char* read;  // "": nothing
  };
  for (const Case& c : {Case{"7KQ4D-9XMT2", "7KQ4D9XMT2"}, Case{"7kq4d9xmt2", "7KQ4D9XMT2"},
                        Case{" 7kq4d - 9xmt2 ", "7KQ4D9XMT2"}, Case{"7KQ4D-9XMTO", "7KQ4D9XMT0"},
                        Case{"iKQ4D-9XMTl", "1KQ4D9XMT1"}, Case{"", ""}, Case{"-", ""},
                        Case{"7KQ4D-9XMT", ""}, Case{"7KQ4D-9XMT22", ""}, Case{"7KQ4D_9XMT2", ""},
                        Case{"AKQ4D-9XMT2", ""}, Case{"7KQ4D-9XMTU", ""}, Case{"7KQ4D-9XMT\xc3\xa9", ""}}) {
    EXPECT_EQ(ReadCode(c.typed).value_or(""), c.read) << c.typed;
  }
}

TEST(ReadCodeTest, ReadsEveryGroupedCodeBackAndOnlyCodes) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string code;
    for (size_t i = 0; i < kCodeSymbols; ++i) code += kCodeAlphabet[random() % kCodeAlphabet.size()];
    EXPECT_EQ(ReadCode(Grouped(code)), code);
    EXPECT_EQ(ReadCode(absl::AsciiStrToLower(Grouped(code))), code);
    EXPECT_FALSE(LooksLikeTotp(Grouped(code)));
    std::string noise(random() % 14, '\0');
    for (char& byte : noise) byte = static_cast<char>(random());
    const auto read = ReadCode(noise);
    if (read.has_value()) {
      EXPECT_EQ(read->find_first_not_of(std::string(kCodeAlphabet)), std::string::npos);
    }
  }
}

TEST(ParticipantLinkTest, StandsWhereItsTimesSay) {
  const absl::Time made = absl::FromUnixSeconds(1000);
  const ParticipantLink live{.made_time = made, .until_time = made + absl::Hours(1)};
  ParticipantLink used = live, revoked = live, cut = live;
  used.redeem_time = made + absl::Minutes(1);
  revoked.revoke_time = made + absl::Minutes(1);
  cut.redeem_time = cut.revoke_time = made + absl::Minutes(1);
  const absl::Time before = live.until_time - absl::Microseconds(1);
  EXPECT_EQ(StateOf(live, before), LinkState::kLive);
  EXPECT_EQ(StateOf(live, live.until_time), LinkState::kExpired);
  EXPECT_EQ(StateOf(used, before), LinkState::kUsed);
  EXPECT_EQ(StateOf(used, live.until_time), LinkState::kUsed);
  EXPECT_EQ(StateOf(revoked, live.until_time), LinkState::kRevoked);
  EXPECT_EQ(StateOf(cut, before), LinkState::kRevoked);
  EXPECT_THAT(CheckRedeemable(live, before), IsOk());
  EXPECT_THAT(CheckRedeemable(used, before), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
  EXPECT_THAT(CheckRevocable(used, before), IsOk());
  EXPECT_THAT(CheckRevocable(live, live.until_time),
              StatusIs(StatusCode::kFailedPrecondition, "LINK_EXPIRED"));
}

TEST(CheckNewLinkTest, NamesEveryFaultyField) {
  const absl::Time now = absl::FromUnixSeconds(1000);
  const auto until = [&](absl::Time time) { return ParticipantLink{.made_time = now, .until_time = time}; };
  EXPECT_THAT(CheckNewLink(until(now + kLongestLinkLife), "fr"), IsOk());
  for (const absl::Time wrong : {now, now - absl::Seconds(1), now + kLongestLinkLife + absl::Seconds(1),
                                 absl::InfiniteFuture(), absl::InfinitePast()}) {
    EXPECT_THAT(CheckNewLink(until(wrong), "fr"), HasViolation("until_time", "PERIOD_INVALID"));
  }
  ParticipantLink link = until(now);
  link.instance_id = "x";
  const absl::Status refused = CheckNewLink(link, "de");
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "LINK_INVALID"));
  EXPECT_THAT(refused, HasViolation("until_time", "PERIOD_INVALID"));
  EXPECT_THAT(refused, HasViolation("language", "LANGUAGE_UNKNOWN"));
  EXPECT_THAT(refused, HasViolation("instance_id", "ID_MALFORMED"));
}

}  // namespace
}  // namespace reprise::access
