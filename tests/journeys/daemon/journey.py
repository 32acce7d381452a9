#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon as whoever runs it meets it: configuration, secrets, TLS, sessions that end, metrics, drain.

  tests/journeys/daemon/journey.py FOLDER_OF_PROGRAMS

Leaves nothing running and no file.
"""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from house import House  # noqa: E402


class Refused:
    """Starts a daemon that must not start."""

    def __init__(self, house):
        self.house = house

    def __call__(self, reason, *arguments, **environment):
        done = subprocess.run([f"{self.house.programs}/reprised", *arguments],
                              env=self.house.environment() | environment, capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == 1, f"{reason}: it started\n{done.stderr}"
        assert f"[{reason}]" in done.stderr, f"{reason} expected\n{done.stderr}"
        self.house.checks += 1
        return done.stderr


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def file(house, name, text, mode=0o600):
    path = pathlib.Path(house.folder, name)
    path.write_text(text)
    path.chmod(mode)
    return str(path)


def restart(house, *arguments, **environment):
    """Starts the daemon anew with other settings; `house.start` gives it the usual ones."""
    house.stop()
    log = open(f"{house.folder}/daemon.log", "ab")
    house.daemons = [subprocess.Popen([f"{house.programs}/reprised", *arguments],
                                      env=house.environment() | environment, stderr=log)]


def wait_until(house, condition, what):
    deadline = time.monotonic() + 60
    while not condition():
        assert all(daemon.poll() is None for daemon in house.daemons), house.log()
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.02)


def configuration(house):
    refused = Refused(house)
    refused("SERVICE_UNKNOWN", "--services=nonsense")
    assert "database.url" in refused("CONFIG_MALFORMED", REPRISE_DATABASE_URL="")
    assert "REPRISE_CALLS_WORKER_THREADS" in refused("CONFIG_MALFORMED", REPRISE_CALLS_WORKER_THREADS="many")
    assert "calls.worker_threads" in refused("CONFIG_MALFORMED", REPRISE_CALLS_WORKER_THREADS="-1")
    assert "calls.replay_days" in refused("CONFIG_MALFORMED", REPRISE_CALLS_REPLAY_DAYS="36501")
    told = refused("CONFIG_MALFORMED", "--config", file(house, "bad.config", "calls { worker_threads: 4 }\nnonsense: 1\n"))
    assert "bad.config" in told and "2" in told, told  # its line
    refused("FILE_UNREADABLE", "--config", f"{house.folder}/nowhere.config")
    refused("LISTEN_INSECURE", REPRISE_LISTEN_ADDRESS="0.0.0.0:0")
    refused("DATABASE_UNREACHABLE", REPRISE_DATABASE_URL=f"host={house.folder} dbname=nowhere")
    # The file counts, and the environment counts more.
    config = file(house, "good.config", 'listen { address: "unix:/nonexistent/folder" }\n'
                                        "calls { worker_threads: 3 }\n")
    restart(house, "--config", config)
    wait_until(house, lambda: house.answers("access"), "an answer")


def secrets(house):
    house.stop()
    refused = Refused(house)
    key = pathlib.Path(house.folder, "secrets/audit-key")
    kept = key.read_bytes()
    key.chmod(0o644)
    told = refused("SECRET_READABLE_BY_OTHERS")
    assert "audit-key" in told and kept.decode().strip() not in told, told
    key.chmod(0o600)
    key.write_text("short\n")
    refused("SECRET_MALFORMED")
    key.unlink()
    refused("SECRET_MISSING")
    key.write_bytes(kept)
    key.chmod(0o600)
    refused("SECRET_READABLE_BY_OTHERS", "--first-administrator", "root", "--password-file",
            file(house, "open.password", "correct horse of root\n", 0o644))


def schema(house):
    refused = Refused(house)
    name = house.sql("SELECT max(name) FROM migration.applied")
    house.sql(f"UPDATE migration.applied SET sha256 = 'x' WHERE name = '{name}'")
    told = refused("MIGRATION_CHANGED")
    assert name in told, told
    reset = subprocess.run([f"{house.programs}/reprised", "--migrate",
                            f"host={house.folder}/pg/socket dbname=reprise user=postgres"],
                           env=house.environment(), capture_output=True, text=True)
    assert reset.returncode == 1 and name in reset.stderr, "a changed migration was taken for the old one"
    house.sql(f"DELETE FROM migration.applied WHERE name = '{name}'")
    refused("SCHEMA_MISMATCH")


def authority(house):
    """A certificate authority, a server's certificate and a client's, for this run alone."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=house.folder)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test authority",
            "-keyout", "ca.key", "-out", "ca.pem")
    for who in ("server", "client"):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={who}", "-keyout", f"{who}.key",
                "-out", f"{who}.csr")
        file(house, f"{who}.ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        openssl("x509", "-req", "-in", f"{who}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "2", "-extfile", f"{who}.ext", "-out", f"{who}.pem")


def encryption(house):
    authority(house)
    pem = {name: f"{house.folder}/{name}" for name in ("ca.pem", "server.pem", "server.key", "client.pem", "client.key")}
    port = free_port()
    settings = {"REPRISE_LISTEN_ADDRESS": f"127.0.0.1:{port}", "REPRISE_LISTEN_TLS_CERTIFICATE_FILE": pem["server.pem"],
                "REPRISE_LISTEN_TLS_KEY_FILE": pem["server.key"]}
    os.chmod(pem["server.key"], 0o644)
    Refused(house)("SECRET_READABLE_BY_OTHERS", **settings)
    os.chmod(pem["server.key"], 0o600)
    Refused(house)("TLS_FILE_UNREADABLE", **(settings | {"REPRISE_LISTEN_TLS_CERTIFICATE_FILE": "/nowhere.pem"}))
    restart(house, **settings)
    server = ("--server", f"localhost:{port}")
    def self_of(*more):
        return house.reprise("nobody", "user", "self", *server, *more)
    wait_until(house, lambda: self_of("--ca-file", pem["ca.pem"]).returncode == 3, "TLS")
    house.expect(0, "tls", "login", "admin", "--password-file", house.password("admin"), *server,
                 "--ca-file", pem["ca.pem"])
    house.expect(0, "tls", "user", "self", *server, out=["admin"])  # the authority is kept with the session
    assert self_of().returncode == 9, "plain text reached a TLS server"
    other = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x",
                            "-keyout", "/dev/null", "-out", f"{house.folder}/other.pem"], capture_output=True)
    assert other.returncode == 0
    assert self_of("--ca-file", f"{house.folder}/other.pem").returncode == 9, "a stranger's authority was believed"
    # Mutual: without a certificate of the authority nobody gets in.
    restart(house, **settings, REPRISE_LISTEN_TLS_CLIENT_CA_FILE=pem["ca.pem"])
    own = ("--client-certificate", pem["client.pem"], "--client-key", pem["client.key"])
    wait_until(house, lambda: self_of("--ca-file", pem["ca.pem"], *own).returncode == 3, "mutual TLS")
    assert self_of("--ca-file", pem["ca.pem"]).returncode == 9, "a client without a certificate got in"
    house.checks += 5


def sessions(house):
    """Idle and absolute ends, and a revocation that is felt within the cache's time."""
    def login():
        house.expect(0, "idle", "login", "admin", "--password-file", house.password("admin"))
    restart(house, REPRISE_SESSIONS_IDLE_SECONDS="2", REPRISE_SESSIONS_CACHE_MILLISECONDS="100")
    wait_until(house, lambda: house.answers("access"), "an answer")
    login()
    for _ in range(6):  # longer than the idle time in all, but in use
        time.sleep(0.5)
        house.expect(0, "idle", "user", "self")
    time.sleep(2.5)
    house.expect(3, "idle", "user", "self", err=["SESSION_INVALID"])
    restart(house, REPRISE_SESSIONS_ABSOLUTE_SECONDS="3", REPRISE_SESSIONS_CACHE_MILLISECONDS="100")
    wait_until(house, lambda: house.answers("access"), "an answer")
    login()
    ended = time.monotonic() + 3.5
    while time.monotonic() < ended - 1.5:
        house.expect(0, "idle", "user", "self")
        time.sleep(0.2)
    time.sleep(max(0, ended - time.monotonic()))
    house.expect(3, "idle", "user", "self", err=["SESSION_INVALID"])


def numbers(house):
    port = free_port()
    restart(house, REPRISE_METRICS_ADDRESS=f"127.0.0.1:{port}")
    wait_until(house, lambda: house.answers("access"), "an answer")
    house.expect(0, "admin", "login", "admin", "--password-file", house.password("admin"))
    house.expect(0, "admin", "study", "list")
    house.expect(0, "admin", "user", "list")
    text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
    listed = [line for line in text.splitlines() if "ListStudies" in line and "count" in line]
    assert listed and float(listed[0].split()[-1]) >= 1, text[:2000]
    assert "admin" not in text, "a metric names a person"
    log = house.log()
    assert "correct horse" not in log, "a password is in the log"


def drain(house):
    """SIGTERM while a call waits for a lock: the call ends well, new ones are refused, the daemon goes."""
    restart(house, REPRISE_CALLS_DRAIN_MILLISECONDS="60000")
    wait_until(house, lambda: house.answers("access"), "an answer")
    house.expect(0, "admin", "login", "admin", "--password-file", house.password("admin"))
    holder = subprocess.Popen(["psql", "-XAtq", "-U", "postgres", "-h", f"{house.folder}/pg/socket", "-d", "reprise"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdin.write("BEGIN; LOCK TABLE study.study IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n")
    holder.stdin.flush()
    assert holder.stdout.readline().strip() == "held"
    call = subprocess.Popen([f"{house.programs}/reprise", "study", "create", "DRAINED", "--title-fr", "x"],
                            env=house.environment("admin"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(house, lambda: house.sql("SELECT count(*) FROM pg_locks WHERE NOT granted") != "0", "a call that waits")
    house.daemons[0].send_signal(signal.SIGTERM)
    wait_for_refusal = time.monotonic() + 30
    while house.reprise("nobody", "user", "self").returncode == 3:
        assert time.monotonic() < wait_for_refusal, "new calls are still taken"
    assert house.daemons[0].poll() is None, "the daemon did not wait for the call"
    holder.stdin.write("COMMIT;\n")
    holder.stdin.close()
    out, err = call.communicate(timeout=60)
    assert call.returncode == 0 and "DRAINED" in out, err
    assert house.daemons[0].wait(60) == 0
    holder.wait(60)
    house.daemons = []
    assert house.sql("SELECT count(*) FROM study.study WHERE code = 'DRAINED'") == "1"
    house.checks += 4


def stall(house):
    """SIGTERM while a call waits for a server process of PostgreSQL that never answers: other services
    answer, and the daemon goes in time."""
    restart(house, REPRISE_CALLS_DRAIN_MILLISECONDS="2000", REPRISE_DATABASE_CONNECTIONS_PER_SERVICE="1",
            REPRISE_CALLS_WORKER_THREADS="1")
    wait_until(house, lambda: house.answers("access"), "an answer")
    house.expect(0, "admin", "login", "admin", "--password-file", house.password("admin"))
    house.expect(0, "admin", "study", "list")
    stopped = [int(pid) for pid in house.sql("SELECT pid FROM pg_stat_activity WHERE usename = 'reprise_study'").split()]
    assert len(stopped) == 1, stopped
    os.kill(stopped[0], signal.SIGSTOP)
    try:
        call = subprocess.Popen([f"{house.programs}/reprise", "study", "list"],
                                env=house.environment("admin"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        assert call.poll() is None, "the call did not wait"
        house.expect(0, "admin", "user", "list")  # another service has threads of its own
        began = time.monotonic()
        house.daemons[0].send_signal(signal.SIGTERM)
        assert house.daemons[0].wait(60) == 0
        took = time.monotonic() - began
        assert 1.5 < took < 8, f"the daemon took {took:.1f} s to go, with a drain of 2 s"
        house.daemons = []
        assert call.wait(60) != 0, "a call that was broken off ended well"
        call.communicate()
    finally:
        os.kill(stopped[0], signal.SIGCONT)
    house.checks += 4


def replay_window(house):
    """Replay records past their time are deleted when the daemon starts, younger ones stay."""
    restart(house)
    wait_until(house, lambda: house.answers("access"), "an answer")
    house.expect(0, "admin", "login", "admin", "--password-file", house.password("admin"))
    house.expect(0, "admin", "study", "create", "AGED", "--title-fr", "x")
    house.sql("UPDATE platform.request SET made_time = now() - interval '31 days' WHERE service = 'reprise_study'")
    house.expect(0, "admin", "study", "create", "KEPT", "--title-fr", "x")
    house.sql("UPDATE platform.request SET made_time = now() - interval '29 days' "
              "WHERE service = 'reprise_study' AND made_time > now() - interval '1 day'")
    old = "SELECT count(*) FROM platform.request WHERE made_time < now() - interval '30 days'"
    assert house.sql(old) != "0"
    restart(house)
    wait_until(house, lambda: house.sql(old) == "0", "the deletion")
    assert house.sql("SELECT count(*) FROM platform.request WHERE service = 'reprise_study'") == "1"
    assert '"replay records deleted"' in house.log()
    house.checks += 3


def a_subset(house):
    restart(house, "--services=study,access")
    wait_until(house, lambda: house.answers("study"), "an answer")
    house.expect(0, "admin", "study", "list")
    done = house.reprise("admin", "participant", "list", "--study", "DRAINED")
    assert done.returncode not in (0, 3) and "UNIMPLEMENTED" in done.stderr.upper(), done
    house.checks += 1


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    programs = pathlib.Path(sys.argv[1]).resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    folder = tempfile.mkdtemp(prefix="reprise-daemon-")
    os.chmod(folder, 0o711)
    house = House(programs, folder)
    try:
        house.set_up()
        # `schema` breaks the database, so it comes last.
        for scene in (configuration, secrets, encryption, sessions, numbers, replay_window, drain, stall, a_subset,
                      schema):
            print(f"{scene.__name__}: ", end="", flush=True)
            before = house.checks
            scene(house)
            print(f"{house.checks - before} checks")
    finally:
        house.tear_down()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
