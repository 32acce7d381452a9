# SPDX-License-Identifier: Apache-2.0
"""A cluster, a daemon and people with sessions, driven from outside through the programs alone."""
import csv
import io
import json
import os
import pathlib
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


SERVICES = ["access", "study", "enrolment", "phase", "questionnaire", "cohort", "extract", "quality"]


class House:
    """A cluster, a daemon on a unix socket, and people who each have a session of their own.

    `split` starts one daemon for each service, each on a socket of its own.
    """

    def __init__(self, programs, folder, split=False):
        self.programs = programs
        self.folder = folder
        self.sockets = ({service: f"unix:{folder}/{service}.socket" for service in SERVICES} if split
                        else {"all": f"unix:{folder}/daemon.socket"})
        self.address = (",".join(f"{service}={socket}" for service, socket in self.sockets.items()) if split
                        else self.sockets["all"])
        self.daemons = []
        self.checks = 0

    def environment(self, person="nobody", listen=None):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("REPRISE_")}
        return kept | {
            "REPRISE_SERVER": self.address,
            "REPRISE_SESSION_FILE": f"{self.folder}/people/{person}/session",
            "REPRISE_DATABASE_URL": f"host={self.folder}/pg/socket dbname=reprise",
            "REPRISE_SECRETS_DIRECTORY": f"{self.folder}/secrets",
            "REPRISE_LISTEN_ADDRESS": listen or self.sockets.get("all", ""),
            "REPRISE_AUDIT_SEAL_MILLISECONDS": "50",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }

    def run(self, *command):
        subprocess.run(command, check=True, env=self.environment(), stdout=subprocess.PIPE)

    def set_up(self):
        self.run(str(ROOT / "deploy/cluster"), "start", f"{self.folder}/pg", "--throwaway")
        reprised = f"{self.programs}/reprised"
        self.run(reprised, "--migrate", f"host={self.folder}/pg/socket dbname=reprise user=postgres")
        self.run(reprised, "--make-secrets", f"{self.folder}/secrets")
        self.run(reprised, "--first-administrator", "admin", "--password-file", self.password("admin"))
        self.start()

    def start(self):
        for services, socket in self.sockets.items():
            log = open(f"{self.folder}/daemon.log", "ab")
            self.daemons.append(subprocess.Popen([f"{self.programs}/reprised", f"--services={services}"],
                                                 env=self.environment(listen=socket),
                                                 stdout=subprocess.DEVNULL, stderr=log))
        deadline = time.monotonic() + PATIENCE_SECONDS
        for service in SERVICES:
            while not self.answers(service):
                assert all(daemon.poll() is None for daemon in self.daemons), self.log()
                assert time.monotonic() < deadline, f"{service} does not answer"

    def answers(self, service):
        # Refused for want of a session, so it is there.
        method = {"access": "GetSelf", "study": "ListStudies", "enrolment": "ListParticipants",
                  "phase": "GetCourse", "questionnaire": "ListInstances", "cohort": "CountFlow",
                  "extract": "ListExtracts", "quality": "ListAuditEvents"}[service]
        return self.reprise("nobody", "call", f"{service}/{method}").returncode == 3

    def log(self):
        return pathlib.Path(f"{self.folder}/daemon.log").read_text()

    def stop(self):
        for daemon in self.daemons:
            daemon.send_signal(signal.SIGTERM)
        for daemon in self.daemons:
            daemon.wait(PATIENCE_SECONDS)
        self.daemons = []

    def tear_down(self):
        try:
            self.stop()
        finally:
            for daemon in self.daemons:
                daemon.kill()
            subprocess.run([str(ROOT / "deploy/cluster"), "stop", f"{self.folder}/pg"], check=False)

    def password(self, person):
        path = pathlib.Path(self.folder, f"{person}.password")
        path.touch(mode=0o600)
        path.write_text(f"correct horse of {person}\n")
        return str(path)

    def person_file(self, name, born, **fields):
        """An identity for `--identity`; `born` is year, month, day."""
        path = pathlib.Path(self.folder, f"{name}.json")
        path.write_text(json.dumps(fields | {"birthDate": dict(zip(("year", "month", "day"), born))}))
        return str(path)

    def sql(self, statement):
        done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-U", "postgres",
                               "-h", f"{self.folder}/pg/socket", "-d", "reprise", "-c", statement],
                              check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def reprise(self, person, *arguments, stdin=""):
        # The demo is two thousand calls, which a busy machine needs minutes for.
        patience = PATIENCE_SECONDS * (10 if arguments[:1] == ("demo",) else 1)
        return subprocess.run([f"{self.programs}/reprise", *arguments], env=self.environment(person),
                              input=stdin, capture_output=True, text=True, timeout=patience)

    def expect(self, code, person, *arguments, out=(), err=(), stdin=""):
        """Runs a verb and checks its exit code and what it prints; returns standard output."""
        done = self.reprise(person, *arguments, stdin=stdin)
        told = (f"{person}: reprise {' '.join(arguments)}\nexit code {done.returncode}\n"
                f"--- stdout\n{done.stdout}--- stderr\n{done.stderr}")
        assert done.returncode == code, f"expected exit code {code}\n{told}"
        for text in out:
            assert text in done.stdout, f"expected {text!r} on stdout\n{told}"
        for text in err:
            assert text in done.stderr, f"expected {text!r} on stderr\n{told}"
        assert code == 0 or arguments[:2] == ("audit", "verify") or not done.stdout, \
            f"a failed verb prints nothing on stdout\n{told}"
        self.checks += 1
        return done.stdout

    def as_json(self, person, *arguments):
        return json.loads(self.expect(0, person, *arguments, "--output", "json"))

    def as_csv(self, person, *arguments):
        return list(csv.DictReader(io.StringIO(self.expect(0, person, *arguments, "--output", "csv"))))

    def until_sealed(self, person):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            counts = json.loads(self.reprise(person, "audit", "verify", "--output", "json").stdout)
            if counts["events"] == counts["sealed"]:
                return int(counts["sealed"])
            assert time.monotonic() < deadline, f"not sealed: {counts}"
