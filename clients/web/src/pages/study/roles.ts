// SPDX-License-Identifier: Apache-2.0
// Roles in words.
import { Role } from "~/gen/reprise/access/v1/delegation_pb";
import type { study } from "./text";

type Key = keyof typeof study.fr;

export const ROLE_TEXT: Readonly<Record<Role, Key>> = {
  [Role.UNSPECIFIED]: "role_none",
  [Role.ADMINISTRATOR]: "role_administrator",
  [Role.STUDY_MANAGER]: "role_manager",
  [Role.DATA_MANAGER]: "role_data",
  [Role.COORDINATOR]: "role_coordinator",
  [Role.OCCUPATIONAL_PHYSICIAN]: "role_physician",
  [Role.RESEARCHER]: "role_researcher",
  [Role.PARTICIPANT]: "role_participant",
};

// What each may do, in one sentence.
export const ROLE_HELP: Readonly<Partial<Record<Role, Key>>> = {
  [Role.ADMINISTRATOR]: "help_administrator",
  [Role.STUDY_MANAGER]: "help_manager",
  [Role.DATA_MANAGER]: "help_data",
  [Role.COORDINATOR]: "help_coordinator",
  [Role.OCCUPATIONAL_PHYSICIAN]: "help_physician",
  [Role.RESEARCHER]: "help_researcher",
};

// Roles in a study; the first is for administrators of the platform alone to give.
export const STUDY_ROLES = [Role.STUDY_MANAGER, Role.DATA_MANAGER, Role.COORDINATOR, Role.OCCUPATIONAL_PHYSICIAN, Role.RESEARCHER] as const;
