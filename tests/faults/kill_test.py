#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the daemon, or PostgreSQL, again and again under load, and proves that every acknowledged write
is there once and nothing is half there.

    kill_test.py BUILD_FOLDER daemon|postgresql [KILLS]

KILLS defaults to REPRISE_KILLS or 5. The cluster is a durable one. Ends by itself and leaves nothing.
"""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1]).resolve()
VICTIM = sys.argv[2]
KILLS = int(sys.argv[3] if len(sys.argv) > 3 else os.environ.get("REPRISE_KILLS", "5"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="rkill"))
CONCURRENCY = 16


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, text=True, capture_output=True, **options).stdout


def cluster(command):
    run(ROOT / "deploy/cluster", command, WORK / "pg")


DATABASE = f"host={WORK}/pg/socket dbname=reprise"


def sql(text):
    return run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", f"{DATABASE} user=postgres", "-c", text).strip()


class Daemon:
    def __init__(self):
        self.log = open(WORK / "log", "wb")
        self.process = subprocess.Popen([BUILD / "bin/reprised"], stderr=self.log, stdout=subprocess.DEVNULL)
        deadline = time.time() + 30
        while time.time() < deadline:
            for line in (WORK / "log").read_text().splitlines():
                if '"listening"' in line:
                    self.address = json.loads(line)["address"]
                    os.environ["REPRISE_SERVER"] = self.address
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        sys.exit("reprised did not start: " + (WORK / "log").read_text()[-2000:])

    def kill(self, how):
        self.process.send_signal(how)
        self.process.wait()
        self.log.close()


def reprise(*arguments):
    return run(BUILD / "bin/reprise", *arguments)


def call(method, request):
    (WORK / "request.json").write_text(json.dumps(request))
    return json.loads(reprise("call", method, f"@{WORK}/request.json", "--output", "json"))


def login(name):
    # PostgreSQL may still be recovering from the last kill; 9: unavailable.
    for _ in range(60):
        try:
            reprise("login", name, "--password-file", WORK / "password")
            break
        except subprocess.CalledProcessError as failed:
            if failed.returncode != 9:
                raise
            time.sleep(0.5)
    else:
        sys.exit("the services did not come back within half a minute")
    return json.loads((WORK / "session").read_text())["token"]


def instrument():
    items = "".join(f"      - {{code: q{i}, type: single_choice, choice_list: scale}}\n" for i in range(1, 61))
    codes = "".join(f"      - {{code: {c}}}\n" for c in range(5))
    return ('id: fault-60\nversion: "1"\ntitle: {}\nlanguages: []\nlicence: {tier: own, owner: Reprise, '
            'terms: Apache-2.0, electronic_use: Allowed, date_checked: "2026-11-21"}\nchoice_lists:\n'
            f"  - id: scale\n    choices:\n{codes}sections:\n  - code: all\n    items:\n{items}")


def prepare():
    """A study with one coordinator; returns what new instances need."""
    os.chmod(WORK, 0o755)
    cluster("start")
    run(BUILD / "bin/reprised", "--migrate", f"{DATABASE} user=postgres")
    run(BUILD / "bin/reprised", "--make-secrets", WORK / "secrets")
    os.environ.update(REPRISE_DATABASE_URL=DATABASE, REPRISE_SECRETS_DIRECTORY=str(WORK / "secrets"),
                      REPRISE_LISTEN_ADDRESS="127.0.0.1:0", REPRISE_SESSION_FILE=str(WORK / "session"))
    (WORK / "password").touch(mode=0o600)
    (WORK / "password").write_text("a password for this run only\n")
    run(BUILD / "bin/reprised", "--first-administrator", "admin", "--password-file", WORK / "password")
    daemon = Daemon()
    login("admin")
    study = call("study/CreateStudy", {"code": "FAULTS", "title": {"en": "Faults"}})["study_id"]
    site = call("study/CreateSite", {"study_id": study, "code": "FLT", "name": "Faults"})["site_id"]
    user = call("access/CreateUser", {"login_name": "coline", "display_name": "Coline",
                                      "password": "a password for this run only"})["user_id"]
    call("access/CreateDelegation", {"user_id": user, "role": "ROLE_COORDINATOR", "study_id": study, "site_id": site})
    version = call("questionnaire/PublishInstrumentVersion", {"document": instrument()})["instrument_version_id"]
    token = login("coline")
    participant = sql(f"""WITH s AS (
        INSERT INTO enrolment.screening VALUES
          (gen_random_uuid(), '{study}', '{site}', 'ALL', 1, now(), 1, 'ELIGIBLE', '{{}}', '{user}', now())
        RETURNING screening_id)
      INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage,
                                         consent_date, protocol_version, age_at_consent)
      SELECT gen_random_uuid(), '{study}', '{site}', 'FLT-0001', now(), screening_id, 'ALL', now(), 1, 45 FROM s
      RETURNING participant_id""")
    return daemon, token, participant, version


def new_instances(life, participant, version, count=6000):
    rows = sql(f"""INSERT INTO questionnaire.instance
                   SELECT gen_random_uuid(), '{participant}', '{version}', 'l{life}.' || n, now()
                     FROM generate_series(1, {count}) AS n RETURNING instance_id""")
    (WORK / "instances").write_text(rows + "\n")
    # Read before they are answered, so that they are written the short way; the others are not.
    (WORK / "read").write_text("\n".join(rows.split()[:300]) + "\n")


def processes_of_cluster():
    """All PostgreSQL processes stand in the data folder."""
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "cwd") == str(WORK / "pg/data"):
                yield int(entry.name)
        except OSError:
            pass  # it ended meanwhile


def kill_cluster():
    """As a power cut: until none is left. A backend that is forked meanwhile would survive its parent and wait
    for ever for a lock of the dead."""
    while pids := list(processes_of_cluster()):
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.01)


def one_life(daemon, token, rng):
    """Load until the kill; returns the daemon that serves afterwards."""
    run(BUILD / "tests/bench/submit_load", daemon.address, token, WORK / "read", CONCURRENCY, 5, "draft")
    driver = subprocess.Popen([BUILD / "tests/bench/submit_load", daemon.address, token, WORK / "instances",
                               str(CONCURRENCY), "30", "submit", WORK / "acknowledged"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.15, 0.7))
    if VICTIM == "daemon":
        daemon.kill(signal.SIGKILL)
        driver.wait(60)
        return Daemon()
    kill_cluster()
    driver.wait(60)
    for _ in range(100):  # the dead server's shared memory goes with its last process
        try:
            cluster("start")
            break
        except subprocess.CalledProcessError:
            time.sleep(0.1)
    return daemon


def check():
    acknowledged = (WORK / "acknowledged").read_text().split()
    if len(acknowledged) != len(set(acknowledged)):
        sys.exit("the driver was told twice that one instance was stored")
    sql("CREATE TABLE acknowledged (instance_id uuid PRIMARY KEY)")
    subprocess.run(["psql", "-Xq", f"{DATABASE} user=postgres", "-c", "COPY acknowledged FROM STDIN"],
                   input="\n".join(acknowledged) + "\n", text=True, check=True)
    faults = {
        "acknowledged and lost": "SELECT count(*) FROM acknowledged AS a WHERE NOT EXISTS "
            "(SELECT FROM questionnaire.response AS r WHERE r.instance_id = a.instance_id)",
        "stored twice": "SELECT count(*) FROM (SELECT FROM questionnaire.response GROUP BY instance_id HAVING count(*) > 1) AS t",
        "half written": "SELECT count(*) FROM questionnaire.response WHERE cardinality(answers) <> 60",
        "without exactly one audit event": "SELECT count(*) FROM questionnaire.response AS r WHERE 1 <> "
            "(SELECT count(*) FROM audit.event AS e WHERE e.subject_id = r.instance_id::text AND e.action = 'response.submit')",
        "audited and not stored": "SELECT count(*) FROM audit.event AS e WHERE e.action = 'response.submit' AND NOT EXISTS "
            "(SELECT FROM questionnaire.response AS r WHERE r.instance_id::text = e.subject_id)",
        "without exactly one replay record": "SELECT abs((SELECT count(*) FROM questionnaire.response) - "
            "(SELECT count(*) FROM platform.request WHERE method LIKE '%/SubmitResponse'))",
    }
    sql("CREATE INDEX event_subject ON audit.event (subject_id)")
    bad = {name: int(sql(query)) for name, query in faults.items()}
    stored = int(sql("SELECT count(*) FROM questionnaire.response"))
    print(f"{KILLS} kills of {VICTIM}: {len(acknowledged)} writes acknowledged, {stored} stored; "
          + ", ".join(f"{count} {name}" for name, count in bad.items()))
    if any(bad.values()) or len(acknowledged) < KILLS:
        sys.exit("writes were lost, doubled or halved (or there was no load)")


def verify():
    login("admin")
    time.sleep(2.5)  # the sealer's next passes
    proof = call("quality/VerifyAuditLog", {})
    if proof.get("findings"):
        sys.exit(f"the audit log does not verify: {proof['findings'][:3]}")
    print(f"audit log: {proof['events']} events, {proof['sealed']} sealed, nothing found")


def main():
    daemon = None
    try:
        daemon, token, participant, version = prepare()
        rng = random.Random(20261121)
        for life in range(KILLS):
            new_instances(life, participant, version)
            daemon = one_life(daemon, token, rng)
        check()
        verify()
    finally:
        if daemon is not None:
            daemon.kill(signal.SIGTERM)
        cluster("stop")
        shutil.rmtree(WORK, ignore_errors=True)


main()
