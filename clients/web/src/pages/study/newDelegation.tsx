// SPDX-License-Identifier: Apache-2.0
// Giving a role: to whom, which, where, from when until when.
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clientOf } from "~/api/clients";
import { addDays, today } from "~/api/dates";
import { AccessService } from "~/gen/reprise/access/v1/access_service_pb";
import { Role } from "~/gen/reprise/access/v1/delegation_pb";
import type { Site } from "~/gen/reprise/study/v1/study_pb";
import { DayField, Form, SelectField, textOf } from "~/parts/form";
import { Notice } from "~/parts/layout";
import { Query } from "~/parts/query";
import { useCaller } from "~/shell/self";
import { useText } from "~/text/text";
import { usersOptions } from "./queries";
import { ROLE_HELP, ROLE_TEXT, STUDY_ROLES } from "./roles";
import { study } from "./text";

export function NewDelegation({ studyId, sites, userId, onDone }: {
  studyId: string;
  sites: readonly Site[];
  // Absent: somebody is chosen from the list of accounts.
  userId?: string;
  // With the name of the person.
  onDone: (name: string) => void;
}) {
  const query = useQuery(usersOptions());
  const { self } = useCaller();
  return (
    <Query query={query}>
      {(users) => (
        <Fields studyId={studyId} sites={sites} userId={userId} onDone={onDone}
          users={users.filter((each) => each.disabledTime === undefined && each.participantId === "" && each.userId !== self.user?.userId)} />
      )}
    </Query>
  );
}

interface Person { readonly userId: string; readonly displayName: string; readonly loginName: string }

function Fields({ studyId, sites, userId, users, onDone }: {
  studyId: string; sites: readonly Site[]; userId: string | undefined; users: readonly Person[]; onDone: (name: string) => void;
}) {
  const t = useText(study);
  const { may } = useCaller();
  const queries = useQueryClient();
  const [role, setRole] = useState("");
  const help = role === "" ? undefined : ROLE_HELP[Number(role) as Role];
  // Who may make accounts is an administrator, and she alone names study managers.
  const roles = STUDY_ROLES.filter((each) => each !== Role.STUDY_MANAGER || may("user.create"));
  const save = async (data: FormData, requestId: string) => {
    const from = textOf(data, "from_time");
    const until = textOf(data, "until_time");
    const whom = userId ?? textOf(data, "user_id");
    const site = textOf(data, "site_id");
    await clientOf(AccessService).createDelegation({
      requestId, userId: whom, role: Number(role), studyId, siteId: site === "" ? undefined : site,
      fromTime: from === "" || from === today() ? undefined : timestampFromDate(new Date(`${from}T00:00:00`)),
      // To the end of the last day.
      untilTime: until === "" ? undefined : timestampFromDate(new Date(`${addDays(until, 1)}T00:00:00`)),
    });
    await queries.invalidateQueries({ queryKey: ["ListDelegations"] });
    onDone(users.find((each) => each.userId === whom)?.displayName ?? "");
  };
  return (
    <Form onSubmit={save} submit={t("delegation_give")}>
      {userId === undefined && (
        <SelectField name="user_id" label={t("person")} help={t(may("user.create") ? "person_help_administrator" : "person_help")} empty={t("choose_person")}
          options={users.map((each) => ({ value: each.userId, label: `${each.displayName} (${each.loginName})` }))} />
      )}
      <SelectField name="role" label={t("role")} empty={t("choose_role")} value={role} onChange={(event) => setRole(event.target.value)}
        options={roles.map((each) => ({ value: String(each), label: t(ROLE_TEXT[each]) }))} />
      {help !== undefined && <Notice>{t(help)}</Notice>}
      <SelectField name="site_id" label={t("place")} help={t("place_help")} empty={t("whole_study")}
        options={sites.map((each) => ({ value: each.siteId, label: each.name }))} />
      <DayField name="from_time" label={t("from")} help={t("from_help")} optional />
      <DayField name="until_time" label={t("until")} help={t("until_help")} optional />
    </Form>
  );
}
