// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "clients/cli/demo/story.h"
#include "services/platform/convert/wire_time.h"

namespace reprise::cli::demo {

enrolment::v1::Identity Invent(Dice& dice, Day birth) {
  // Made of syllables, so that the demo's people are recognisably nobody; of many, so that no two of ten
  // thousand are taken for one, who would then be refused.
  static const std::vector<std::string> kFirst = {"Bel", "Cor", "Dar", "Fal", "Gar", "Lan", "Mar",
                                                  "Mon", "Per", "Ros", "Sal", "Tor", "Val", "Ver"};
  static const std::vector<std::string> kMiddle = {"a", "ane", "eli", "i", "o", "onde", "ou", "uri"};
  static const std::vector<std::string> kLink = {"b", "ch", "d", "g", "l", "m", "nt", "p", "rn", "s", "t", "v"};
  static const std::vector<std::string> kLast = {"bert", "court", "din",  "gnac", "lier", "mont",
                                                 "nard", "quet",  "reau", "sac",  "ville", "zac"};
  static const std::vector<std::string> kGiven = {
      "Adèle", "Agathe", "Brune", "Capucine", "Clarisse", "Delphine", "Élise", "Florine", "Hortense",
      "Isaure", "Joséphine", "Léonie", "Maëlle", "Ninon", "Ombeline", "Pauline", "Rosalie", "Solène",
      "Thaïs", "Violaine"};
  static const std::vector<std::string> kEmployer = {"Atelier", "Clinique", "École", "Mairie",
                                                     "Pharmacie", "Société", "Transports"};
  const auto surname = [&] {
    return absl::StrCat(dice.Pick(kFirst), dice.Pick(kMiddle), dice.Pick(kLink), dice.Pick(kMiddle), dice.Pick(kLast));
  };
  enrolment::v1::Identity identity;
  identity.set_birth_name(surname());
  if (dice.Chance(0.5)) identity.set_used_name(surname());
  identity.set_given_name(absl::StrCat(dice.Pick(kGiven), "-", dice.Pick(kGiven)));
  *identity.mutable_birth_date() = convert::ToProto(birth);
  identity.set_email(absl::StrCat(absl::AsciiStrToLower(identity.birth_name()), dice.Between(1000, 9999),
                                  "@example.org"));
  // Numbers set aside for fiction by the French regulator: 06 39 98 xx xx.
  identity.set_phone(absl::StrFormat("063998%04d", dice.Between(0, 9999)));
  identity.set_employer(absl::StrCat(dice.Pick(kEmployer), " ", surname()));
  return identity;
}

}  // namespace reprise::cli::demo
