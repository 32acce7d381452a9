// SPDX-License-Identifier: Apache-2.0
// The areas of the client: whose they are, where they lie, and what stands in the menu. The pages of an
// area load when somebody first opens it.
import { type ComponentType, lazy } from "react";
import { Role } from "~/gen/reprise/access/v1/delegation_pb";
import { shell } from "./text";

export interface MenuEntry {
  readonly to: string;
  readonly label: keyof typeof shell.fr;
  // The entry is shown to whoever holds this permission; absent: to everybody of the area.
  readonly permission?: string;
}

export interface Area {
  // Begins the paths of its pages.
  readonly base: string;
  readonly label: keyof typeof shell.fr;
  readonly roles: readonly Role[];
  readonly menu: readonly MenuEntry[];
  readonly pages: ComponentType;
}

// The first area of which somebody has a role is her home.
export const AREAS: readonly Area[] = [
  {
    base: "/centre",
    label: "area_coordinator",
    roles: [Role.COORDINATOR],
    menu: [
      { to: "/centre", label: "menu_today" },
      { to: "/centre/participants", label: "menu_participants" },
      { to: "/centre/screenings", label: "menu_screenings" },
      { to: "/centre/matrix", label: "menu_matrix" },
      { to: "/centre/recruitment", label: "menu_recruitment" },
    ],
    pages: lazy(() => import("~/pages/coordinator")),
  },
  {
    base: "/physician",
    label: "area_physician",
    roles: [Role.OCCUPATIONAL_PHYSICIAN],
    menu: [{ to: "/physician", label: "menu_my_participants" }],
    pages: lazy(() => import("~/pages/physician")),
  },
  {
    base: "/study",
    label: "area_manager",
    roles: [Role.STUDY_MANAGER, Role.DATA_MANAGER],
    menu: [
      { to: "/study", label: "menu_overview" },
      { to: "/study/flow", label: "menu_flow" },
      { to: "/study/progression", label: "menu_progression" },
      { to: "/study/protocol", label: "menu_protocol" },
      { to: "/study/people", label: "menu_people", permission: "delegation.list" },
      { to: "/study/extracts", label: "menu_decisions", permission: "extract.approve" },
    ],
    pages: lazy(() => import("~/pages/manager")),
  },
  {
    base: "/data",
    label: "area_researcher",
    roles: [Role.RESEARCHER, Role.DATA_MANAGER],
    menu: [
      { to: "/data", label: "menu_counts" },
      { to: "/data/extracts", label: "menu_extracts" },
    ],
    pages: lazy(() => import("~/pages/researcher")),
  },
];

export const ADMINISTRATION: Area = {
  base: "/administration",
  label: "area_administrator",
  roles: [Role.ADMINISTRATOR],
  menu: [
    { to: "/administration", label: "menu_accounts" },
    { to: "/administration/delegations", label: "menu_delegations" },
  ],
  pages: lazy(() => import("~/pages/administrator")),
};
