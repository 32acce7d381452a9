#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command line as its users meet it: real daemon, throwaway cluster, one day at a study.

  tests/journeys/cli/journey.py FOLDER_OF_PROGRAMS

Leaves nothing running and no file.
"""
import base64
import hmac
import json
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from house import ROOT, House  # noqa: E402

STUDY = ROOT / "deploy/studies/minimal/study.yaml"
PHQ9 = ROOT / "deploy/instruments/phq-9.yaml"
INSTANCE = "LYO-0001/PHQ-9@1.0/baseline"
WHOLE = [f"i{n}=1" for n in range(1, 10)]


def people_and_places(house):
    house.expect(3, "admin", "login", "admin", stdin="wrong\n", err=["LOGIN_REFUSED"])
    house.expect(2, "admin", "login", "admin", err=["PASSWORD_MISSING"])
    house.expect(0, "admin", "login", "admin", "--password-file", house.password("admin"))
    house.expect(0, "admin", "study", "create", "FASTRACS", "--title-fr", "Retour après un cancer")
    house.expect(6, "admin", "study", "create", "FASTRACS", "--title-fr", "x", err=["STUDY_CODE_TAKEN"])
    house.expect(2, "admin", "study", "create", "fast racs", "--title-fr", "x", err=["CODE_MALFORMED"])
    house.expect(0, "admin", "study", "site", "FASTRACS", "LYO", "Hospices civils de Lyon")
    house.expect(0, "admin", "study", "site", "fastracs", "STE", "Saint-Étienne")
    house.expect(5, "admin", "study", "site", "NOPE", "STE", "x", err=["STUDY_NOT_FOUND"])
    for person, role, place in [("alice", "coordinator", ["--site", "LYO"]),
                                ("bob", "coordinator", ["--site", "STE"]),
                                ("dana", "data_manager", [])]:
        house.expect(0, "admin", "user", "create", person, "--name", f"Mme {person} É",
                     "--password-file", house.password(person))
        house.expect(0, "admin", "user", "delegate", person, role, *place, "--from", "2020-01-01",
                     out=[role, "2020-01-01 00:00:00 UTC"])
        house.expect(0, person, "login", person, "--password-file", house.password(person))
    house.expect(2, "admin", "user", "delegate", "alice", "nurse", err=["nurse"])
    house.expect(2, "admin", "user", "create", "eve", err=["--name is required"])
    house.expect(2, "admin", "user", "invent", err=["no verb `invent`"])
    house.expect(2, "admin", "user", "create", "eve", "--name", "E", stdin="short\n", err=["PASSWORD_TOO_WEAK"])
    house.expect(0, "alice", "user", "self", out=["alice", "coordinator", "FASTRACS", "LYO"])
    house.expect(4, "alice", "user", "list", err=["user.list"])
    assert [row["login_name"] for row in house.as_csv("admin", "user", "list")] == \
        ["admin", "alice", "bob", "dana"]
    house.expect(0, "admin", "user", "list", "--limit", "2", err=["there are more"])
    sites = house.as_csv("bob", "study", "list")
    assert ("STE", "Saint-Étienne") in [(row["site"], row["name"]) for row in sites], sites
    table = house.expect(0, "admin", "study", "list").splitlines()
    assert len({line.index("Europe/Paris") for line in table[1:]}) == 1, "accents shift columns"


def a_participant(house):
    document = pathlib.Path(house.folder, "study.yaml")
    document.write_text(STUDY.read_text().replace("study: MINIMAL", "study: FASTRACS") +
                        "regulation: {sponsor: HCL, category: RIPH2, ethics_opinion_on: 2025-01-01}\n"
                        "consent_forms: [{code: NOTE, version: '1', valid_from: 2025-01-01, "
                        "title: {fr: Note, en: Note}}]\n")
    house.expect(0, "admin", "study", "apply", str(document))
    marie = house.person_file("marie", birthName="Exemple", givenName="Marie", born=(1980, 5, 4))
    screen = ("screen", "add", "LYO", "--stage", "MAIN", "--on", "2025-03-03", "--identity", marie)
    house.expect(4, "bob", *screen, err=["OUT_OF_SCOPE"])
    screening = house.as_json("alice", *screen)["screening_id"]
    house.expect(0, "alice", "consent", "record", screening, "--form", "NOTE", "--form-version", "1",
                 "--mode", "paper", "--signed", "2025-03-04", out=["LYO-0001"])
    # Without a screening and a consent there is no way in.
    house.expect(2, "alice", "participant", "register", "LYO", err=["no verb `register`"])
    house.expect(5, "alice", "call", "enrolment/RegisterParticipant", "{}", err=["METHOD_UNKNOWN"])


def a_questionnaire(house):
    house.expect(4, "alice", "questionnaire", "publish", str(PHQ9))
    house.expect(0, "admin", "questionnaire", "publish", str(PHQ9), out=["PHQ-9"])
    house.expect(6, "admin", "questionnaire", "publish", str(PHQ9))
    house.expect(5, "admin", "questionnaire", "publish", "/nonexistent.yaml")
    house.expect(2, "admin", "questionnaire", "publish", "-", stdin="id: X\n", err=["FIELD_MISSING"])
    assert house.expect(0, "alice", "questionnaire", "document", "PHQ-9@1.0") == PHQ9.read_text()
    house.expect(0, "alice", "questionnaire", "open", "lyo-0001", "PHQ-9@1.0", "baseline", out=["open"])
    for code, instrument in ((6, "PHQ-9"), (5, "PHQ-8")):
        house.expect(code, "alice", "questionnaire", "open", "LYO-0001", instrument, "baseline")
    house.expect(5, "bob", "questionnaire", "open", "LYO-0001", "PHQ-9", "T0+4m", err=["PARTICIPANT_NOT_FOUND"])
    house.expect(0, "alice", "questionnaire", "instances", "LYO-0001", out=["PHQ-9", "1.0", "baseline"])


def answers(house):
    submit = ("questionnaire", "submit", INSTANCE)
    house.expect(2, "alice", *submit, *WHOLE[1:], "i1=4", err=["answers[i1]", "ANSWER_UNKNOWN_CODE"])
    house.expect(2, "alice", *submit, "i99=1", err=["answers[i99]"])
    house.expect(2, "alice", *submit, "i1", err=["answers[i1]"])
    house.expect(2, "alice", *submit, err=["ANSWERS_MISSING"])
    house.expect(0, "alice", *submit, *WHOLE[:-1], "i9:refused", out=["version        1"])
    house.expect(7, "alice", *submit, *WHOLE, err=["INSTANCE_SUBMITTED"])
    correct = ("questionnaire", "correct", INSTANCE)
    house.expect(2, "alice", *correct, "i1=2", err=["--reason is required"])
    house.expect(2, "alice", *correct, "i1=2", "--reason", "", err=["CHANGE_REASON_REQUIRED"])
    house.expect(2, "alice", *correct, "i1=1", "--reason", "x", err=["NOTHING_CHANGED"])
    house.expect(0, "alice", *correct, "i1=2", "--reason", "Erreur de saisie", out=["Erreur de saisie"])
    now = house.as_csv("alice", "questionnaire", "show", INSTANCE)
    assert [row["value"] for row in now] == ["2"] + ["1"] * 7 + [""] and now[8]["missing"] == "refused", now
    first = house.expect(0, "alice", "questionnaire", "show", INSTANCE, "--version", "1", "--output", "csv")
    house.expect(0, "alice", *correct, "--answers", "-", "--reason", "Back as it was", stdin=first)
    third = house.as_json("dana", "questionnaire", "show", INSTANCE)
    assert third["version"] == "3" and third["answers"]["i1"]["value"] == "1", third
    listed = house.as_csv("dana", "questionnaire", "responses", "PHQ-9@1.0")
    assert [row["item"] for row in listed] == [f"i{n}" for n in range(1, 10)], listed


def the_wrong_site(house):
    instance_id = house.as_csv("alice", "questionnaire", "instances", "LYO-0001")[0]["instance_id"]
    for instance in (INSTANCE, instance_id):
        house.expect(5, "bob", "questionnaire", "show", instance)
        house.expect(5, "bob", "questionnaire", "submit", instance, *WHOLE)
        house.expect(5, "bob", "questionnaire", "correct", instance, "i1=0", "--reason", "x")
    house.expect(0, "bob", "participant", "list", out=["(nothing)"])
    house.expect(4, "bob", "audit", "verify")


def code_of(secret, drift=0):
    """What an authenticator shows (RFC 6238), `drift` periods from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + drift), "sha1").digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


def a_second_factor(house):
    password = ("--password-file", house.password("bob"))
    house.expect(3, "bob", "user", "factor", "start", stdin="wrong\n", err=["LOGIN_REFUSED"])
    secret = house.as_json("bob", "user", "factor", "start", *password)["secret"]
    house.expect(3, "bob", "user", "factor", "confirm", "--code", "no", err=["SECOND_FACTOR_REFUSED"])
    codes = house.as_json("bob", "user", "factor", "confirm", "--code", code_of(secret))["recovery_codes"]
    assert len(set(codes)) == 10, codes
    house.expect(0, "bob", "user", "self", out=["second_factor.on", "yes"])
    house.expect(3, "bob", "login", "bob", *password, err=["SECOND_FACTOR_REQUIRED"])
    house.expect(0, "bob", "login", "bob", *password, stdin=code_of(secret, 1) + "\n")
    house.expect(3, "bob", "login", "bob", *password, "--code", code_of(secret), err=["SECOND_FACTOR_REFUSED"])
    house.expect(0, "bob", "login", "bob", *password, "--code", codes[0].lower())
    house.expect(3, "bob", "login", "bob", *password, "--code", codes[0], err=["SECOND_FACTOR_REFUSED"])
    renewed = house.as_json("bob", "user", "factor", "renew", "--code", codes[1])["recovery_codes"]
    house.expect(0, "bob", "user", "factor", "remove", *password, "--code", renewed[0])
    house.expect(0, "bob", "login", "bob", *password)
    house.expect(7, "admin", "user", "factor", "reset", "bob", "--reason", "badge", err=["SECOND_FACTOR_OFF"])
    house.expect(4, "alice", "user", "factor", "reset", "bob", "--reason", "badge")


def forgotten_passwords(house):
    first = pathlib.Path(house.folder, "first.password")
    first.write_text("for the first day\n")
    house.expect(0, "admin", "user", "reset-password", "bob", "--password-file", str(first))
    house.expect(0, "bob", "login", "bob", "--password-file", str(first))
    house.expect(7, "bob", "participant", "list", err=["PASSWORD_CHANGE_REQUIRED"])
    house.expect(0, "bob", "user", "password", "--old-password-file", str(first),
                 "--password-file", house.password("bob"))
    house.expect(0, "bob", "participant", "list")
    house.expect(0, "admin", "user", "disable", "bob")
    house.expect(0, "admin", "user", "enable", "bob")
    house.expect(0, "bob", "login", "bob", "--password-file", house.password("bob"))
    live = house.as_csv("admin", "user", "delegations", "--live")
    assert [row["login_name"] for row in live] == ["alice", "bob", "dana"], live


def a_link(house):
    link = house.as_json("alice", "participant", "link", "create", "LYO-0001")
    house.expect(2, "alice", "participant", "link", "create", "LYO-0001", "--until", "2020-01-01",
                 err=["PERIOD_INVALID"])
    house.expect(5, "bob", "participant", "link", "create", "LYO-0001", err=["PARTICIPANT_NOT_FOUND"])
    opened = house.as_json("nobody", "call", "access/RedeemParticipantLink",
                           json.dumps({"short_code": link["short_code"].lower()}))
    assert opened["user"]["display_name"] == "LYO-0001", opened
    house.expect(7, "nobody", "call", "access/RedeemParticipantLink", json.dumps({"token": link["token"]}),
                 err=["LINK_USED"])
    other = house.as_json("alice", "participant", "link", "create", "LYO-0001")
    house.expect(0, "alice", "participant", "link", "revoke", other["link"]["link_id"], out=["revoked"])
    states = [row["state"] for row in house.as_csv("alice", "participant", "link", "list", "LYO-0001")]
    assert states == ["LINK_STATE_REVOKED", "LINK_STATE_USED"], states


def the_log(house):
    house.until_sealed("dana")
    house.expect(0, "dana", "audit", "verify", out=["complete and unchanged"])
    house.expect(0, "dana", "audit", "verify", out=["still begins with"])
    corrected = house.as_csv("dana", "audit", "list", "--action", "response.correct")
    assert [row["reason"] for row in corrected] == ["Erreur de saisie", "Back as it was"], corrected
    event = corrected[0]["event_seq"]
    house.expect(0, "dana", "audit", "prove", event, out=[f"Event {event}", "Erreur de saisie"])
    house.expect(5, "dana", "audit", "prove", "999999")
    house.expect(0, "dana", "audit", "head")
    everything = house.as_csv("admin", "audit", "list")
    assert everything[0]["action"] == "user.create" and len(everything) > 20

    house.sql(f"UPDATE audit.event SET reason = 'Autre raison' WHERE event_seq = {event}")
    house.expect(7, "dana", "audit", "verify", out=[event], err=["AUDIT_LOG_CHANGED", f"event {event}."])
    findings = json.loads(house.expect(7, "dana", "audit", "verify", "--output", "json"))["findings"]
    assert [(f["kind"], f["event_seq"]) for f in findings] == [("KIND_EVENT_EDITED", event)], findings
    house.expect(7, "dana", "audit", "prove", event, err=["PROOF_BROKEN", f"Event {event}"])
    house.sql(f"UPDATE audit.event SET reason = 'Erreur de saisie' WHERE event_seq = {event}")
    house.expect(0, "dana", "audit", "verify")


def a_log_cut_short(house):
    seen = house.until_sealed("dana")
    house.expect(0, "dana", "audit", "verify")
    house.stop()
    size = house.sql(f"SELECT max(tree_size) FROM audit.seal WHERE tree_size < {seen}")
    house.sql(f"DELETE FROM audit.event WHERE event_seq NOT IN"
              f" (SELECT event_seq FROM audit.leaf WHERE leaf_index < {size});"
              f"DELETE FROM audit.leaf WHERE leaf_index >= {size};"
              f"DELETE FROM audit.seal WHERE tree_size > {size}")
    house.start()
    # Nothing within the log betrays the cut: whoever looks for the first time finds it clean.
    house.expect(0, "admin", "audit", "verify", out=["for the first time"])
    house.expect(7, "dana", "audit", "verify", out=["cut", str(seen)], err=["AUDIT_LOG_CHANGED"])
    house.expect(7, "dana", "audit", "verify")
    # Neither does it help to let the log grow past the size that was seen.
    for n in range(seen - int(size) + 1):
        house.expect(0, "alice", "questionnaire", "open", "LYO-0001", "PHQ-9", f"T{n}")
    assert house.until_sealed("admin") > seen
    house.expect(7, "dana", "audit", "verify", err=["AUDIT_LOG_CHANGED"])
    house.expect(0, "dana", "audit", "verify", "--forget-kept", out=["for the first time"])


def goodbye(house):
    new = pathlib.Path(house.folder, "new.password")
    new.write_text("another long password\n")
    house.expect(0, "alice", "user", "password", "--old-password-file", house.password("alice"),
                 "--password-file", str(new))
    house.expect(0, "alice", "login", "alice", "--password-file", str(new))
    house.expect(0, "admin", "user", "disable", "alice")
    house.expect(3, "alice", "participant", "list", err=["reprise login"])
    house.expect(0, "bob", "logout")
    house.expect(3, "bob", "participant", "list")
    house.expect(0, "dana", "call", "access/GetSelf", out=["dana"])
    house.expect(9, "dana", "user", "self", "--server", f"unix:{house.folder}/nobody", err=["SERVER_UNREACHABLE"])
    # A session's token goes only to the address that gave it, even where the same daemon answers.
    os.symlink(f"{house.folder}/daemon.socket", f"{house.folder}/other.socket")
    house.expect(3, "dana", "user", "self", "--server", f"unix:{house.folder}/other.socket")
    house.expect(5, "dana", "call", "access/NoSuchMethod", err=["METHOD_UNKNOWN"])


def completion(house):
    script = house.expect(0, "nobody", "completion", "bash")
    asked = "COMP_WORDS=(reprise questionnaire sub); COMP_CWORD=2; _reprise; echo ${COMPREPLY[*]};" \
            "COMP_WORDS=(reprise user list --output ''); COMP_CWORD=4; _reprise; echo ${COMPREPLY[*]}"
    done = subprocess.run(["bash", "-c", script + asked], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["submit", "table json csv"], done
    for shell in ("zsh", "fish"):
        script = house.expect(0, "nobody", "completion", shell)
        if shutil.which(shell):
            subprocess.run([shell, "-n", "/dev/stdin"], input=script, text=True, check=True)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    programs = pathlib.Path(sys.argv[1]).resolve()
    for program in ("reprise", "reprised"):
        if not (programs / program).exists():
            sys.exit(f"{programs / program} is missing; build it first")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    folder = tempfile.mkdtemp(prefix="reprise-cli-")
    os.chmod(folder, 0o711)  # the cluster's own user passes through it
    house = House(programs, folder)
    try:
        house.set_up()
        for scene in (people_and_places, a_participant, a_questionnaire, answers, the_wrong_site, a_second_factor,
                      forgotten_passwords, a_link, the_log, a_log_cut_short, goodbye, completion):
            print(f"{scene.__name__}: ", end="", flush=True)
            before = house.checks
            scene(house)
            print(f"{house.checks - before} commands")
    finally:
        house.tear_down()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
