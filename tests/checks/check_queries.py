#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every db::Query of the house is prepared against the migrated schema, as the role that runs it.

Usage: check_queries.py ROOT BUILD, with the test cluster of BUILD. Also: names are unique, begin with
the service, and no SQL selects everything. What services publish about participants can be read of one of
them by an index: a view that reads everybody's rows for each makes a statement grow with the square of the
study. Exit code 1 where there is a fault.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

QUERY = re.compile(r'Query\s+(k\w+)\s*\{\s*"([^"]+)"\s*,\s*(R"sql\((.*?)\)sql"|((?:"(?:[^"\\]|\\.)*"\s*)+))', re.S)
MENTION = re.compile(r"constexpr\s+(?:db::)?Query\s+k\w+")
# What platform runs on behalf of every service, tried as one of them; and what only the gate runs.
ROLE_OF_PLATFORM = "reprise_study"
GATE_FILES = ("services/platform/rpc/",)
# Statements that PostgreSQL has no PREPARE for.
UNPREPARED = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK)\b")


def queries(root):
    for file in sorted((root / "services").rglob("*.cc")):
        path = file.relative_to(root).as_posix()
        if path.endswith("_test.cc"):
            continue
        text = file.read_text()
        found = [(match[2], match[4] if match[4] is not None
                  else "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[5]))) for match in QUERY.finditer(text)]
        yield path, len(MENTION.findall(text)), found


def role_of(path):
    if path.startswith(GATE_FILES):
        return "reprise_gate"
    service = path.split("/")[1]
    return ROLE_OF_PLATFORM if service == "platform" else f"reprise_{service}"


WITH_PARTICIPANTS = """SELECT table_schema || '.' || table_name FROM information_schema.columns
                        WHERE column_name = 'participant_id'"""
NOBODY = "00000000-0000-4000-8000-000000000000"


def scans(node):
    if "Scan" in node["Node Type"]:
        yield node
    for child in node.get("Plans", []):
        yield from scans(child)


def slow_views(psql, url):
    """Views of which one participant's rows cannot be found by an index, and the table that is read whole."""
    tables = psql(url, f"\\pset tuples_only on\n\\pset format unaligned\n{WITH_PARTICIPANTS}").stdout.split()
    views = sorted(table for table in tables if ".published_" in table)
    for view in views:
        plan = psql(url, "\\pset tuples_only on\n\\pset format unaligned\nSET enable_seqscan = off;\n"
                    f"EXPLAIN (VERBOSE, FORMAT JSON) SELECT * FROM {view} WHERE participant_id = '{NOBODY}';")
        if plan.returncode != 0:
            yield f"{view}: {plan.stderr.strip()}"
            continue
        for scan in scans(json.loads(plan.stdout)[0]["Plan"]):
            table = f"{scan.get('Schema')}.{scan.get('Relation Name')}"
            if table in tables and scan["Node Type"] != "Bitmap Heap Scan" and "Index Cond" not in scan:
                yield f"{view}: the rows of one participant are looked for in all of {table}"
    if len(views) < 10:
        yield f"only {len(views)} published views have participants; does the check still find them?"


def main():
    root, build = pathlib.Path(sys.argv[1]), sys.argv[2]
    cluster = subprocess.run([root / "services/platform/testing/cluster", "start", build],
                             capture_output=True, text=True, check=True).stdout.strip()
    database = f"queries_{os.getpid()}"

    def psql(url, sql):
        return subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", url], input=sql,
                              capture_output=True, text=True)

    admin = f"{cluster} user=postgres dbname=postgres"
    made = psql(admin, f"CREATE DATABASE {database} TEMPLATE reprise;")
    if made.returncode != 0:
        sys.exit(made.stderr)
    faults, names, count = [], {}, 0
    try:
        for path, mentioned, found in queries(root):
            if mentioned != len(found):
                faults.append(f"{path}: {mentioned} queries, of which {len(found)} are in a form that "
                              "this check reads")
            service = path.split("/")[1]
            for name, sql in found:
                count += 1
                if name in names:
                    faults.append(f"{path}: {name} is also in {names[name]}")
                names[name] = path
                owner = name.split(".")[0]
                if service != "platform" and owner != service:
                    faults.append(f"{path}: {name} must begin with `{service}.`")
                if re.search(r"SELECT\s+(\w+\.)?\*", sql):
                    faults.append(f"{path}: {name} selects everything")
                if UNPREPARED.match(sql):
                    continue
                url = f"{cluster} user={role_of(path)} dbname={database}"
                outcome = psql(url, f"PREPARE q AS {sql};\n")
                if outcome.returncode != 0:
                    faults.append(f"{path}: {name} as {role_of(path)}: {outcome.stderr.strip()}")
                # What the role may not touch fails only when it is planned.
                holes = len(set(re.findall(r"\$(\d+)", sql)))
                arguments = f"({', '.join(['NULL'] * holes)})" if holes else ""
                planned = psql(url, f"PREPARE q AS {sql};\nEXPLAIN EXECUTE q{arguments};\n")
                if planned.returncode != 0 and outcome.returncode == 0:
                    faults.append(f"{path}: {name} as {role_of(path)}: {planned.stderr.strip()}")
        faults += slow_views(psql, f"{cluster} user=postgres dbname={database}")
    finally:
        psql(admin, f"DROP DATABASE {database} WITH (FORCE);")
    if count < 20:
        faults.append(f"only {count} queries were found; does the check still read the sources?")
    print("\n".join(faults + [f"{count} queries"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
