// SPDX-License-Identifier: Apache-2.0
// Participants for journeys: a coordinator opens a questionnaire for one and makes her link. Each time
// the questionnaire is a new one, so that journeys do not meet.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

export class Participants {
  static async of(house, coordinator) {
    const call = await house.caller(coordinator);
    const { studies } = await call("study.v1.StudyService/ListStudies", {});
    const { studyId } = studies[0].study;
    const { participants = [] } = await call("enrolment.v1.EnrolmentService/ListParticipants", { studyId, pageSize: 1000 });
    const { instrumentVersions } = await call("questionnaire.v1.QuestionnaireService/ListInstrumentVersions", {});
    return new Participants(house, call, participants, instrumentVersions);
  }

  constructor(house, call, participants, versions) {
    Object.assign(this, { house, call, versions });
    // From anywhere in the list: a second run in the same house meets others first.
    this.waiting = participants.sort(() => Math.random() - 0.5);
  }

  // A participant who may still be asked, with an open questionnaire outside of the schedule.
  async next(instrument = "reprise-return") {
    const { instrumentVersionId } = this.versions.find((each) => each.instrumentId === instrument);
    for (let each = this.waiting.pop(); each !== undefined; each = this.waiting.pop()) {
      try {
        const instance = await this.call("questionnaire.v1.QuestionnaireService/OpenInstance", {
          requestId: randomUUID(), participantId: each.participantId, instrumentVersionId, timepoint: `walk-${randomUUID().slice(0, 8)}`,
        });
        // After everybody else, she may be asked again: each questionnaire is another.
        this.waiting.unshift(each);
        return new Asked(this, each, instance.instanceId);
      } catch (error) {
        if (!/INSTANCE_CANCELLED/.test(error.message)) throw error;
      }
    }
    throw new Error("no participant is left");
  }

  // A participant for whom something is scheduled that nobody has opened yet; her link leads to no
  // questionnaire.
  async due() {
    for (const participant of this.waiting) {
      const asked = new Asked(this, participant, "");
      const instances = await asked.instances();
      if (!instances.some((each) => DUE.includes(each.state) && each.instanceId === undefined)) continue;
      asked.opened = instances.filter((each) => each.instanceId !== undefined).length;
      return asked;
    }
    throw new Error("nothing is due");
  }
}

const DUE = ["STATE_OPEN", "STATE_MISSED"];

class Asked {
  constructor(all, participant, instanceId) {
    Object.assign(this, { all, participant, instanceId, call: all.call });
  }

  // { link: { linkId }, token, shortCode }
  async link({ language = "fr", ...rest } = {}) {
    return this.call("access.v1.AccessService/CreateParticipantLink", {
      requestId: randomUUID(), participantId: this.participant.participantId, instanceId: this.instanceId, language, ...rest,
    });
  }

  async instances() {
    const { instances = [] } = await this.call("questionnaire.v1.QuestionnaireService/ListInstances", { participantId: this.participant.participantId });
    return instances;
  }

  async revoke(linkId) {
    await this.call("access.v1.AccessService/RevokeParticipantLink", { requestId: randomUUID(), linkId });
  }

  // What the server has of her answers, by item: the raw text, or why there is none.
  async answers() {
    const { answers } = await this.call("questionnaire.v1.QuestionnaireService/GetResponse", { instanceId: this.instanceId });
    return Object.fromEntries(Object.entries(answers).map(([code, each]) => [code, each.value ?? each.missing]));
  }

  async draft() {
    const { answers = {} } = await this.call("questionnaire.v1.QuestionnaireService/GetDraft", { instanceId: this.instanceId });
    return Object.fromEntries(Object.entries(answers).map(([code, each]) => [code, each.value ?? each.missing]));
  }

  // Waits until the server has these answers.
  async drafted(wanted) {
    for (let tries = 0; ; tries++) {
      const draft = await this.draft();
      if (Object.entries(wanted).every(([code, value]) => draft[code] === value)) return;
      assert.ok(tries < 100, `the draft is ${JSON.stringify(draft)}, not ${JSON.stringify(wanted)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

// The words of the pages that journeys press and look for.
export const WORDS = {
  fr: {
    begin: "Commencer", next: "Suivant", previous: "Précédent", review: "Relire mes réponses", send: "Envoyer mes réponses", thanks: "Merci",
    reviewTitle: "Relire et envoyer", saved: "Enregistré", waiting: "En attente de réseau", effort: "Fatigue et concentration", timing: "Le moment et le rythme",
    people: "Vos collègues et votre poste", home: "Vos questionnaires", yes: "Oui", goOn: "Continuer", fillIn: "Remplir", returned: "repris à temps partiel",
    percent: "À quel pourcentage", comment: "ajouter quelque chose", commute: "trajet aller", refusal: "Je ne souhaite pas répondre", code: "Code court", language: "Français",
    logOut: "Se déconnecter", refused: "Cet accès ne s’ouvre pas", codeTitle: "Votre accès aux questionnaires", later: "Continuer plus tard", skip: "Passer cette question", change: "Modifier",
  },
  en: {
    begin: "Begin", next: "Next", previous: "Previous", review: "Review my answers", send: "Send my answers", thanks: "Thank you",
    reviewTitle: "Review and send", saved: "Saved", waiting: "Waiting for the network", effort: "Fatigue and concentration", timing: "Timing and pace",
    people: "Your colleagues and your post", home: "Your questionnaires", yes: "Yes", goOn: "Go on", fillIn: "Fill in", returned: "therapeutic part-time",
    percent: "At what percentage", comment: "add anything", commute: "journey to work", refusal: "I do not wish to answer", code: "Short code", language: "English",
    logOut: "Log out", refused: "This access does not open", codeTitle: "Your way to the questionnaires", later: "Continue later", skip: "Skip this question", change: "Change",
  },
};

// For a person who types or opens what is refused: an address of her own, so that nobody else is slowed
// down. The house believes X-Forwarded-For from this computer; 198.18.0.0/15 is nobody's (RFC 2544).
export function fromElsewhere() {
  const part = () => Math.floor(Math.random() * 256);
  return { extraHTTPHeaders: { "X-Forwarded-For": `198.18.${part()}.${part()}` } };
}

// What a participant does on the pages; `page` is Playwright's.
export class Answering {
  constructor(person) {
    Object.assign(this, { person, page: person.page, words: WORDS[person.language] });
  }

  async open(link) {
    await this.page.goto(`/p#${link.token}`);
    await this.page.getByRole("button", { name: this.words.begin, exact: true }).waitFor();
    assert.equal(new URL(this.page.url()).hash, "", "the token stays in the address");
  }

  async begin() {
    await this.page.getByRole("button", { name: this.words.begin, exact: true }).click();
  }

  async at(title) {
    await this.page.getByRole("heading", { level: 1, name: title }).waitFor();
  }

  // The block of a question, by words of it.
  question(words) {
    return this.page.getByRole("group", { name: words }).last();
  }

  // A whole date, by day, month and year in the language of the page.
  async date(code, day) {
    const [year, month, date] = day.split("-");
    const block = this.page.locator(`#q-${code}`);
    await block.locator("select").nth(0).selectOption(date);
    await block.locator("select").nth(1).selectOption(month);
    await block.locator(".input").nth(2).fill(year);
  }

  async press(name) {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async saved() {
    await this.page.locator(".ask-saving .sign").getByText(this.words.saved, { exact: true }).waitFor();
  }
}
