#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A pilot from its study document to its extract, as the people of the study meet it.

  tests/journeys/pilot/journey.py FOLDER_OF_PROGRAMS all|split

`all` runs one daemon, `split` one for each service. Leaves nothing running and no file.
"""
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from house import ROOT, House  # noqa: E402

STUDY = ROOT / "deploy/studies/fastracs/study.yaml"
INSTRUMENTS = ROOT / "deploy/instruments"
SCHEMAS = ["study", "enrolment", "enrolment_vault", "phase", "questionnaire", "cohort", "extract"]


def state(house):
    """A hash of every row of the services, so that a refusal can be seen to change nothing."""
    schemas = [part for schema in SCHEMAS for part in ("-n", schema)]
    dump = subprocess.run(["pg_dump", "-U", "postgres", "-h", f"{house.folder}/pg/socket", "-d", "reprise",
                           "--data-only", *schemas], check=True, capture_output=True).stdout
    # Newer versions put a fresh random word around the whole.
    rows = [line for line in dump.splitlines() if not line.startswith((b"\\restrict", b"\\unrestrict"))]
    return hashlib.sha256(b"\n".join(rows)).hexdigest()


def refused(house, code, person, *arguments, err, stdin=""):
    before = state(house)
    house.expect(code, person, *arguments, err=err, stdin=stdin)
    assert state(house) == before, f"a refusal changed something: {arguments}"


def the_demo(house):
    house.expect(0, "admin", "login", "admin", "--password-file", house.password("admin"))
    accounts = f"{house.folder}/accounts.json"
    told = house.expect(0, "admin", "demo", "--document", str(STUDY), "--instruments", str(INSTRUMENTS),
                        "--seed", "7", "--accounts", accounts, "--extract", f"{house.folder}/demo-extract",
                        out=["== Flow", "== Progression", "== Extract"])
    assert "refused" not in told, f"the demo's people were refused something:\n{told}"
    assert oct(os.stat(accounts).st_mode)[-3:] == "600"
    house.people = {account["login_name"]: account["password"] for account in json.loads(open(accounts).read())}
    for person, password in house.people.items():
        house.expect(0, person, "login", person, stdin=password + "\n")


MANAGER, DATA, RESEARCHER = "demo.manager", "demo.data", "demo.researcher"
LYS, CRX = "demo.coordinator.lys", "demo.coordinator.crx"
DOCTOR, OTHER_DOCTOR = "demo.physician.lys", "demo.physician.crx"


def flow(house):
    counts = house.as_json(MANAGER, "cohort", "count", "PILOT")
    total = counts["total"]
    assert total["screened"] == total["eligible"] + total["ineligible"], total
    assert total["eligible"] >= total["declined"] + total["consented"], total
    assert total["consented"] == 40 and total["randomised"] <= total["enrolled"] <= 40, total
    for column in ("screened", "consented", "enrolled", "randomised", "withdrawn"):
        assert sum(row[column] for row in counts["by_site"]) == total[column], column
        assert sum(row[column] for row in counts["by_month"]) == total[column], column
    assert sum(row["allocated"] for row in counts["by_arm"]) == total["randomised"], counts["by_arm"]
    # Scenario 19: nobody of the pilot is in a main count.
    main = house.as_json(MANAGER, "cohort", "count", "MAIN")["total"]
    assert main["screened"] == 0 and main["consented"] == 0, main
    house.expect(2, MANAGER, "cohort", "count", "NOPE", err=["STAGE_UNKNOWN"])
    board = house.as_json(MANAGER, "cohort", "board", "PILOT")
    assert len(board["results"]) == 9 and not any(r["post_hoc"] for r in board["results"]), board
    for result in board["results"]:
        if result.get("estimate") is not None and result["metric"] != "RECRUITMENT_RATE":
            assert result["lower"] <= result["estimate"] <= result["upper"], result
    lists = house.as_json(DATA, "cohort", "verify-list", "PILOT")
    assert lists["compared"] == total["randomised"] and not lists.get("faults"), lists
    house.expect(4, LYS, "cohort", "verify-list", "PILOT")
    # Before anything was recorded there is nothing.
    assert house.as_json(MANAGER, "cohort", "count", "PILOT", "--as-of", "2020-01-01")["total"]["screened"] == 0


def somebody(house, site_coordinator):
    """A participant of the site who is in follow-up."""
    rows = house.as_csv(site_coordinator, "participant", "list")
    return [row["code"] for row in rows if row["status"].endswith("IN_FOLLOW_UP")]


def refusals(house):
    hers = somebody(house, LYS)[0]
    others = somebody(house, CRX)[0]
    marie = house.person_file("marie", birthName="Exemple", givenName="Marie", born=(1980, 5, 4))
    screening = house.as_json(LYS, "screen", "add", "LYS", "--stage", "PILOT", "--on", "2026-09-10",
                              "--identity", marie)["screening_id"]
    consent = ("consent", "record", screening, "--form", "MAIN_CONSENT", "--mode", "paper")
    refused(house, 7, LYS, *consent, "--form-version", "1.0", "--signed", "2026-09-12", err=["CONSENT_FORM_EXPIRED"])
    refused(house, 2, LYS, *consent, "--form-version", "2.0", "--signed", "2026-09-01", err=["DATE_BEFORE_SCREENING"])
    refused(house, 2, LYS, *consent, "--form-version", "2.0", "--signed", "2999-01-01", err=["signed_date", "DATE_IN_FUTURE"])
    # An enrolment before consent: there is no participant yet, and not before the day of consent.
    refused(house, 5, LYS, "enrol", screening, "--on", "2026-09-12", err=["PARTICIPANT_NOT_FOUND"])
    code = house.as_json(LYS, *consent, "--form-version", "2.0", "--signed", "2026-09-12")["code"]
    refused(house, 2, LYS, "enrol", code, "--on", "2026-09-11", err=["enrolled_date", "DATE_BEFORE_CONSENT"])
    house.expect(0, LYS, "enrol", code, "--on", "2026-09-12")
    refused(house, 7, LYS, "enrol", code, "--on", "2026-09-12", err=["STATUS_TRANSITION_INVALID"])
    # Scenario 14: a visit in the future or before consent.
    visit = ("visit", "record", code, "BASELINE")
    refused(house, 2, LYS, *visit, "2999-01-01", "--mode", "VIDEO", err=["date", "DATE_IN_FUTURE"])
    refused(house, 2, LYS, *visit, "2026-09-01", "--mode", "VIDEO", err=["date", "DATE_BEFORE_CONSENT"])
    house.expect(0, LYS, "phase", "work", code, "sick_leave", "2026-06-01")
    refused(house, 2, LYS, "phase", "work", code, "full_time", "2026-05-01", "--percent", "100", err=["WORK_STATUS_OVERLAP"])
    refused(house, 2, LYS, "participant", "status", code, "lost", "--on", "2026-10-01", "--reason",
            "rappeler au 06 12 34 56 78", err=["TEXT_HOLDS"])
    # Scenario 43: a NIR in a text.
    refused(house, 2, LYS, "withdraw", code, "--kind", "contact", "--on", "2026-10-01", "--reason",
            "2 80 05 69 123 456 42", err=["TEXT_HOLDS"])
    questionnaires(house, code)
    # Another site, another physician.
    for verb in (("phase", "show", others), ("enrol", others, "--on", "2026-09-12")):
        refused(house, 5, LYS, *verb, err=["PARTICIPANT_NOT_FOUND"])
    refused(house, 4, LYS, "screen", "add", "CRX", "--stage", "PILOT", "--on", "2026-09-10", err=["OUT_OF_SCOPE"])
    house.expect(0, DOCTOR, "phase", "show", hers)
    french, english, unsaid = (
        [milestone["explanation"] for milestone in
         house.as_json(DOCTOR, "phase", "show", hers, *language)["legal_milestones"]]
        for language in (("--language", "fr"), ("--language", "en"), ()))
    # The journey's locale is C, which leaves it to the server.
    assert french and not set(french) & set(english) and unsaid == french, (french, english)
    refused(house, 2, DOCTOR, "phase", "show", hers, "--language", "de", err=["--language"])
    refused(house, 5, OTHER_DOCTOR, "phase", "show", hers, err=["PARTICIPANT_NOT_FOUND"])  # scenario 37
    refused(house, 5, DOCTOR, "phase", "show", code, err=["PARTICIPANT_NOT_FOUND"])  # not assigned
    refused(house, 4, RESEARCHER, "phase", "show", hers, err=["course.read"])
    doubles(house, marie)


def questionnaires(house, code):
    due = {(row["instrument_id"], row["timepoint"]): row for row in house.as_csv(LYS, "questionnaire", "instances", code)}
    assert due[("reprise-diary", "T0+4m")]["state"] == "STATE_SCHEDULED", due
    refused(house, 7, LYS, "questionnaire", "open", code, "reprise-diary", "T0+4m", err=["INSTANCE_NOT_DUE"])
    house.expect(0, LYS, "questionnaire", "open", code, "reprise-diary", "baseline")
    instance = f"{code}/reprise-diary@1.0/baseline"
    submit = ("questionnaire", "submit", instance)
    whole = ["period_start=2026-09-01", "period_end=2026-09-12", "work_status=1", "days_off_sick=12"]
    refused(house, 2, LYS, *submit, *whole[:2], "work_status=77", err=["answers[work_status]", "ANSWER_UNKNOWN_CODE"])
    refused(house, 2, LYS, *submit, *whole, "no_such_item=1", err=["answers[no_such_item]", "ITEM_UNKNOWN"])
    house.expect(0, LYS, *submit, *whole)
    refused(house, 7, LYS, *submit, *whole, err=["INSTANCE_SUBMITTED"])


def doubles(house, marie):
    """Scenarios 18 and 19: the same woman again, elsewhere, under her other name, with a typing error."""
    again = house.person_file("again", birthName="Exmple", givenName="Marie", born=(1980, 5, 4))
    for stage in ("PILOT", "MAIN"):
        for identity in (marie, again):
            before = state(house)
            told = house.reprise(CRX, "screen", "add", "CRX", "--stage", stage, "--on", "2026-09-20", "--identity", identity)
            assert told.returncode == 6 and "PERSON_IN_STUDY" in told.stderr, told
            assert "LYS" not in told.stderr and "Lyon Sud" not in told.stderr and "xemple" not in told.stderr, told.stderr
            assert state(house) == before
    sister = house.person_file("sister", birthName="Exemple", givenName="Claire", born=(1983, 2, 1))
    house.expect(0, CRX, "screen", "add", "CRX", "--stage", "PILOT", "--on", "2026-09-20", "--identity", sister)


def documents(house):
    text = STUDY.read_text()
    internal = text.replace("pilot_kind: EXTERNAL", "pilot_kind: INTERNAL").replace('label: "1.0"', 'label: "1.1"') \
        .replace("in_force_on: 2025-01-15", "in_force_on: 2026-10-01")
    # Scenario 20.
    refused(house, 7, MANAGER, "study", "apply", "-", "--study", "FASTRACS", "--reason", "x", stdin=internal,
            err=["PROTOCOL_CHANGE_FORBIDDEN", "pilot_kind"])
    dangling = text.replace("excludes: [MAIN]", "excludes: [MIAN]").replace("of: T0+12m", "of: T0+13m")
    refused(house, 2, MANAGER, "study", "plan", "-", "--study", "FASTRACS", stdin=dangling,
            err=["PROTOCOL_INVALID", "stages[PILOT].excludes[0]", "progression_rules[RETENTION_12].of"])
    # Scenario 39: an amendment; those who consented before keep their version. A closed site.
    closed = text.replace('label: "1.0"', 'label: "1.1"').replace("in_force_on: 2025-01-15", "in_force_on: 2026-10-01") \
        .replace("max_age: 55", "max_age: 60").replace("{code: CRX, name: \"Croix-Rousse\", opens_on: 2025-03-03}",
                                                      "{code: CRX, name: \"Croix-Rousse\", opens_on: 2025-03-03, closes_on: 2026-10-31}")
    house.expect(0, MANAGER, "study", "plan", "-", "--study", "FASTRACS", stdin=closed, out=["max_age", "closes_on"])
    house.expect(0, MANAGER, "study", "apply", "-", "--study", "FASTRACS", "--reason", "amendment 1", stdin=closed)
    refused(house, 7, CRX, "screen", "add", "CRX", "--stage", "PILOT", "--on", "2026-11-05", err=["SITE_NOT_OPEN"])
    before = house.as_json(CRX, "participant", "show", somebody(house, CRX)[0])
    assert before["protocol_version"] == 1, before


def extract(house):
    made = house.as_json(RESEARCHER, "extract", "request", "PILOT", "--purpose", "rapport du pilote")["extract_id"]
    house.expect(7, RESEARCHER, "extract", "download", made, "--into", f"{house.folder}/early", err=["EXTRACT_NOT_APPROVED"])
    refused(house, 4, RESEARCHER, "extract", "decide", made, "--approve", err=["extract.approve"])
    own = house.as_json(DATA, "extract", "request", "PILOT", "--purpose", "contrôle")["extract_id"]
    refused(house, 4, DATA, "extract", "decide", own, "--approve", err=["SELF_APPROVAL"])
    house.expect(0, MANAGER, "extract", "decide", made, "--approve")
    # Scenario 25: she withdraws her data between the cut and the download.
    leaver = somebody(house, LYS)[1]
    house.expect(0, LYS, "withdraw", leaver, "--kind", "all_with_erasure", "--on", "2026-11-01")
    for folder in ("first", "second"):
        house.expect(0, RESEARCHER, "extract", "download", made, "--into", f"{house.folder}/{folder}")
    first, second = (pathlib.Path(house.folder, folder) for folder in ("first", "second"))
    names = sorted(path.name for path in first.iterdir())
    assert {"wide.csv", "manifest.json", "dictionary.csv"} <= set(names), names
    assert [(first / n).read_bytes() for n in names] == [(second / n).read_bytes() for n in names]
    manifest = json.loads((first / "manifest.json").read_text())
    for file in manifest["files"]:
        assert hashlib.sha256((first / file["file"]).read_bytes()).hexdigest() == file["sha256"], file
    text = json.dumps(manifest)
    assert "seudonym" in text, manifest
    house.leaver = leaver


def no_identity_anywhere(house):
    """Every identity of the study, looked for in everything that was left behind."""
    needles = set()
    for coordinator in [name for name in house.people if "coordinator" in name]:
        for row in house.as_csv(coordinator, "participant", "list"):
            who = house.as_json(coordinator, "participant", "identity", row["code"])
            born = who["birth_date"]
            needles |= {who["birth_name"], who.get("used_name", ""), who.get("email", ""), who.get("phone", ""),
                        who.get("employer", ""), f"{born['year']:04}-{born['month']:02}-{born['day']:02}"}
    needles -= {""}
    assert len(needles) > 150, len(needles)
    dump = subprocess.run(["pg_dumpall", "-U", "postgres", "-h", f"{house.folder}/pg/socket"],
                          check=True, capture_output=True).stdout
    places = {"database": dump, "log": house.log().encode()}
    for folder in ("first", "second", "demo-extract"):
        for path in pathlib.Path(house.folder, folder).iterdir():
            places[path.name] = path.read_bytes()
    for place, content in places.items():
        found = [needle for needle in needles if needle.encode() in content]
        assert not found, f"{len(found)} identities in {place}, such as {found[0]}"
    # The search can find: a needle that is there is found.
    assert b"LYS-0001" in dump
    for needle in ("LYS-0001",):
        for path in pathlib.Path(house.folder, "first").iterdir():
            assert needle.encode() not in path.read_bytes(), f"a code in {path.name}"


def the_log(house):
    house.until_sealed(DATA)
    house.expect(0, DATA, "audit", "verify", out=["complete and unchanged"])


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in ("all", "split"):
        sys.exit(__doc__)
    programs = pathlib.Path(sys.argv[1]).resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    folder = tempfile.mkdtemp(prefix="reprise-pilot-")
    os.chmod(folder, 0o711)
    house = House(programs, folder, split=sys.argv[2] == "split")
    try:
        house.set_up()
        for scene in (the_demo, flow, refusals, documents, extract, no_identity_anywhere, the_log):
            print(f"{scene.__name__}: ", end="", flush=True)
            before = house.checks
            scene(house)
            print(f"{house.checks - before} commands")
    finally:
        house.tear_down()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
