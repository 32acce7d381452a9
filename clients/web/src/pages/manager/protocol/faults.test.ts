// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { faultOf, forbiddenOf } from "./faults";

describe("faultOf", () => {
  it.each([
    ["study.yaml:12:11 stages[PILOT].kind", "One of NEEDS, PILOT is required; perhaps PILOT is meant.", 12, "stages[PILOT].kind", "PILOT"],
    ["my study: v2.yaml:3:1 sites[A B].name", "A value is required.", 3, "sites[A B].name", undefined],
    ["document:1:1", "A map is required.", 1, "", undefined],
    ["change_reason", "", 0, "change_reason", undefined],
  ])("%s", (field, detail, line, path, suggestion) =>
    expect(faultOf({ field, reason: "R", detail })).toEqual({ line, path, reason: "R", suggestion }));
});

describe("forbiddenOf", () => {
  it("reads every change", () => expect(forbiddenOf("stages[PILOT].kind STAGE_HAS_CONSENTS; consent_forms[A 1.0] SITE_STAYS").map((each) => [each.path, each.reason]))
    .toEqual([["stages[PILOT].kind", "STAGE_HAS_CONSENTS"], ["consent_forms[A 1.0]", "SITE_STAYS"]]));
  it("is empty without any", () => expect(forbiddenOf("")).toEqual([]));
});
