// SPDX-License-Identifier: Apache-2.0
// Somebody who sends too much, or never finishes, is shown the door; nobody else notices.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { call, enrolled } from "../people.mjs";
import { walk } from "../walk.mjs";

const house = await walk();
const { port } = new URL(house.url);

// Writes the pieces with pauses and answers what came until the other end closed, and after how long.
function raw(pieces, pauseMs = 0) {
  return new Promise((resolve, reject) => {
    const began = Date.now();
    const socket = connect(Number(port), "127.0.0.1");
    const timer = setTimeout(() => { socket.destroy(); reject(new Error("the gateway kept the connection")); }, 40_000);
    let answer = "";
    socket.on("data", (bytes) => { answer += bytes; });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve({ answer, milliseconds: Date.now() - began });
    });
    socket.on("connect", async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        if (pauseMs > 0) await new Promise((next) => setTimeout(next, pauseMs));
      }
    });
  });
}

const START = "POST /reprise.study.v1.StudyService/ListStudies HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

test("headers that never end are cut off, while somebody else goes on working", async () => {
  const person = await house.loggedIn("demo.coordinator.six");
  // Thirty of them, a letter each half second.
  const letters = ["GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", ...Array.from({ length: 70 }, () => "a")];
  const slow = Promise.all(Array.from({ length: 30 }, () => raw(letters, 500)));
  for (const name of ["Participantes", "Repérage et inclusion", "Aujourd’hui"]) {
    const began = Date.now();
    await person.page.getByRole("navigation", { name: /^Menu/ }).getByRole("link", { name, exact: true }).click();
    await person.page.getByRole("heading", { level: 1, name }).waitFor();
    assert.ok(Date.now() - began < 10_000, `${name} took ${Date.now() - began} ms`);
  }
  for (const { milliseconds } of await slow) assert.ok(milliseconds < 20_000, `cut off after ${milliseconds} ms only`);
  await person.close();
});

test("a body that is too large is refused before it is read, and the page says so", async () => {
  const announced = await raw([`${START}Content-Length: 50000000\r\n\r\n`, "{"]);
  assert.match(announced.answer, /^HTTP\/1\.1 413 /);
  assert.match(announced.answer, /BODY_TOO_LARGE/);
  const chunk = `${(1 << 20).toString(16)}\r\n${"x".repeat(1 << 20)}\r\n`;
  const streamed = await raw([`${START}Transfer-Encoding: chunked\r\n\r\n`, ...Array.from({ length: 6 }, () => chunk)], 20);
  assert.ok(streamed.answer === "" || /^HTTP\/1\.1 413 /.test(streamed.answer), streamed.answer.slice(0, 200));

  const person = await house.loggedIn("demo.coordinator.six");
  const { page } = person;
  const { participantId } = await enrolled(person, "SIX", { course: false });
  await page.goto(`/centre/participants/${participantId}/notes`);
  const note = page.getByLabel("Note pour l’équipe du centre");
  await note.waitFor();
  // As pasted: a field's own limit holds for typing alone.
  await note.evaluate((area) => {
    area.removeAttribute("maxlength");
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, "x".repeat(5 << 20));
  });
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await page.getByText("L’envoi est trop volumineux").waitFor();
  await note.evaluate((area) => { area.value = area.value.slice(0, 200); });
  await person.look("too-large");
  // Nothing typed is lost, and less of it is taken.
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await page.getByText("xxxxx").last().waitFor();
  const { notes } = await call(person, "enrolment.v1.EnrolmentService/ListParticipantNotes", { participantId });
  assert.equal(notes[0].text.length, 200);
  await person.close();
});
