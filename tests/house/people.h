// SPDX-License-Identifier: Apache-2.0
// The people and places of the tests, made over RPC on an empty house whose first administrator is
// alice, so that a test reads as a scene. Knows the protos only.
#ifndef REPRISE_TESTS_HOUSE_PEOPLE_H_
#define REPRISE_TESTS_HOUSE_PEOPLE_H_

#include <string>

#include "services/platform/testing/client.h"

namespace reprise::house {

inline constexpr char kPassword[] = "horse battery staple";

struct Person {
  std::string login_name = {};
  std::string user_id = {};
  std::string token = {};
};

// The study is FASTRACS, its protocol in version 1, `house`, in force from 2025-01-01: stage MAIN at both sites, form
// SHEET in version 1 until 2025-06-30 and 2 after it, decline reason BUSY. Who needs more puts a later version.
struct People {
  Person alice;    // administrator
  Person bob;      // study manager of the study
  Person dora;     // data manager of the study
  Person coline;   // coordinator at Lyon
  Person simone;   // coordinator at Saint-Etienne
  Person pascale;  // occupational physician at Lyon, paula assigned to her
  Person rachel;   // researcher of the study
  Person olga;     // study manager and coordinator of the other study
  Person chelsea;  // no delegation
  Person paula;    // the participant `paula_id`

  std::string study_id, lyon_id, saint_etienne_id;
  std::string other_study_id, other_site_id;
  std::string paula_id;   // participant at Lyon
  std::string second_id;  // another one at Lyon, of whom pascale knows nothing
  std::string third_id;   // at Saint-Etienne
};

// Ends the process where a step fails.
People Settle(const testing::Client& client);

// A fresh UUID.
std::string NewId();

// A birth name that nobody else has.
std::string NewName();

// Screens, identifies and consents somebody new in March 2025; returns her id. Ends the process where a step fails.
std::string Consented(const testing::Client& client, const Person& coordinator, const std::string& study_id,
                      const std::string& site_id);

}  // namespace reprise::house

#endif  // REPRISE_TESTS_HOUSE_PEOPLE_H_
