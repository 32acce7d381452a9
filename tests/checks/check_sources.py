#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What every file of ours keeps: licence line, guards, length, TODOs with an issue, commented protos.

Usage: check_sources.py [ROOT]. Prints each fault; exit code 1 where there is one. Files of 300 to 400
lines are only mentioned.
"""
import pathlib
import re
import subprocess
import sys

SPDX = "SPDX-License-Identifier: Apache-2.0"
LINES, TOO_LONG = 300, 400

# Longer than TOO_LONG lines, and why.
LONG = {
    "services/quality/audit_test.cc": "every way to tamper with the log, in one scene",
}
# Where `using namespace` may stand, and why.
USING = {
    "tests/fuzz/expression_fuzz.cc": "a C entry point stands outside every namespace",
}
# Where a proto file is another project's.
FOREIGN = ("proto/google/",)
# Where a lone file stands without the licence line, and why.
WITHOUT_SPDX = {
    "proto/google/rpc/error_details.proto": "names of another project's contract",
}
NEEDS_SPDX = {".h", ".cc", ".py", ".cmake", ".ts", ".tsx"}


def tracked(root):
    out = subprocess.run(["git", "-C", str(root), "ls-files"], capture_output=True, text=True)
    if out.returncode == 0 and out.stdout:
        return out.stdout.split("\n")[:-1]
    # An exported tree has no index.
    skipped = {"build", ".git", "node_modules"}
    return [p.relative_to(root).as_posix() for p in root.rglob("*")
            if p.is_file() and not skipped & set(p.relative_to(root).parts)]


def guard_of(path):
    stem = re.sub(r"^(services|clients)/", "", path)
    return "REPRISE_" + re.sub(r"[^A-Za-z0-9]", "_", stem).upper() + "_"


def check_file(path, text, faults):
    lines = text.splitlines()
    suffix = pathlib.PurePath(path).suffix
    if (suffix in NEEDS_SPDX or pathlib.PurePath(path).name == "CMakeLists.txt") \
            and path not in WITHOUT_SPDX and not any(SPDX in line for line in lines[:2]):
        faults.append(f"{path}:1: no SPDX line")
    if suffix == ".h":
        guard = guard_of(path)
        if f"#ifndef {guard}\n#define {guard}\n" not in text:
            faults.append(f"{path}: the guard must be {guard}")
    if suffix in (".h", ".cc", ".py", ".ts", ".tsx"):
        if len(lines) > TOO_LONG and path not in LONG:
            faults.append(f"{path}: {len(lines)} lines; {TOO_LONG} at most, or a named exception here")
        elif len(lines) > LINES and path not in LONG:
            print(f"note: {path} has {len(lines)} lines, more than {LINES}")
        for number, line in enumerate(lines, 1):
            if "using namespace" in line and suffix in (".h", ".cc") and path not in USING:
                faults.append(f"{path}:{number}: using namespace")
            if re.search(r"(//|#)\s*(TODO|FIXME|XXX)", line) and \
                    not re.search(r"TODO\((issue \d+|docs/decisions/[^)]+)\)", line):
                faults.append(f"{path}:{number}: a TODO names an issue or a decision")


STATEMENT = re.compile(r"^\s*(service|message|enum|rpc)\s+\w+")
FIELD = re.compile(r"^\s*(optional |repeated )?(map<[^>]+>|[\w.]+)\s+\w+\s*=\s*\d+")
VALUE = re.compile(r"^\s*[A-Z][A-Z0-9_]*\s*=\s*\d+")


def check_proto(path, text, faults):
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if not (STATEMENT.match(line) or FIELD.match(line) or VALUE.match(line)):
            continue
        if re.match(r"\s*(syntax|option|package|import)\b", line):
            continue
        before = lines[number - 2].strip() if number > 1 else ""
        if not before.startswith("//"):
            faults.append(f"{path}:{number}: no comment above it")
    for match in re.finditer(r"rpc (\w+)\([^)]*\) returns \([^)]*\)\s*(\{[^}]*\}|;)", text):
        if "(reprise.platform.v1.access)" not in match[2]:
            faults.append(f"{path}: {match[1]} has no access rule")
    for match in re.finditer(r"enum (\w+) \{(.*?)\}", text, re.S):
        values = VALUE.findall(match[2]) or re.findall(r"^\s*([A-Z][A-Z0-9_]*\s*=\s*\d+)", match[2], re.M)
        if not values or not re.search(r"_UNSPECIFIED\s*=\s*0$", values[0].strip()):
            faults.append(f"{path}: the enum {match[1]} does not begin with ..._UNSPECIFIED = 0")


def check_migration(path, text, faults):
    for word in ("-- Why:", "-- What:", "-- Rollback:"):
        if not re.search("^" + re.escape(word), text, re.M):
            faults.append(f"{path}: no `{word}`")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    faults = []
    for path in tracked(root):
        file = root / path
        if not file.is_file() or file.suffix not in NEEDS_SPDX | {".proto", ".sql", ".txt"}:
            continue
        text = file.read_text()
        check_file(path, text, faults)
        if file.suffix == ".proto" and not path.startswith(FOREIGN):
            check_proto(path, text, faults)
        if path.startswith("db/migrations/"):
            check_migration(path, text, faults)
    for path in LONG:
        if not (root / path).is_file() or len((root / path).read_text().splitlines()) <= LINES:
            faults.append(f"{path}: the exception for its length is no longer needed")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
