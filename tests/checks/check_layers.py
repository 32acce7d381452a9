#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom: the table of the house style, on every #include of ours.

Usage: check_layers.py [ROOT]. Prints each line that breaks the table; exit code 1 where there is one.
"""
import pathlib
import re
import sys

# A file that may include what its folder may not, and why.
EXCEPTIONS = {
    ("services/access/handler/sign_in.cc", "services/platform/rpc/identity.h"):
        "the hash of a session token is one definition for whoever makes and whoever reads it",
    ("services/quality/domain/log_check.h", "services/platform/audit/event.h"):
        "pure: the canonical bytes of an event are what the check is about",
    ("services/quality/domain/log_check.h", "services/platform/audit/merkle.h"):
        "pure: the tree that the check rebuilds",
    ("services/quality/domain/seal.cc", "services/platform/audit/tree_head.h"):
        "pure: what is signed is one definition for whoever signs and whoever checks",
    ("services/extract/domain/delivery/form_layout.cc", "services/questionnaire/domain/instrument/describe.h"):
        "as above",
    ("services/extract/domain/delivery/form_layout.cc", "services/questionnaire/domain/instrument/instrument.h"):
        "the instrument's own reader; a second one would drift from it",
    ("services/extract/domain/delivery/form_layout.cc", "services/questionnaire/domain/instrument/read.h"):
        "as above",
    ("services/extract/extract_fixture.h", "tests/house/house.h"): "the fixture of two test files",
    ("services/questionnaire/schedule_fixture.h", "tests/house/house.h"): "the fixture of two test files",
    ("services/questionnaire/form_fixture.h", "tests/house/house.h"): "the fixture of two test files",
    ("services/questionnaire/convert/instance.h", "services/questionnaire/store/instrument_store.h"):
        "plain row types, which have no rule of their own and so no domain header yet",
}

INCLUDE = re.compile(r'^\s*#include\s+([<"])([^>"]+)[>"]')
DATABASE = re.compile(r"pqxx|libpq|postgres")
WIRE = re.compile(r"^(grpc|google/protobuf|google/rpc|google/type|reprise/)")
OURS = re.compile(r"^(services|clients|tests)/")

# What every layer of a service may use.
BASE = [r"services/platform/(status\.h|error/|id/|time/|text/)"]
LAYERS = {
    # layer: patterns of our own headers; {s} is the service
    "domain": BASE + [r"services/{s}/domain/"],
    "store": BASE + [r"services/{s}/(domain|store)/", r"services/platform/(db/|call\.h)"],
    "convert": BASE + [r"services/{s}/(domain|convert)", r"services/platform/convert/"],
    "handler": BASE + [r"services/{s}/(domain|store|convert|handler)",
                       r"services/platform/(call\.h|audit/|db/|convert/)",
                       r"services/platform/rpc/(page|stream)\.h"],
    "shell": [r"services/{s}/", r"services/platform/"],
    "platform": [r"services/platform/"],
    "testing": [r"services/platform/"],
    "gateway": [r"services/(platform|gateway)/"],
    "daemon": [r"services/daemon/", r"services/platform/", r"services/gateway/",
               r"services/[a-z]+/(module|bootstrap)\.h"],
    "cli": [r"clients/cli/"] + BASE + [r"services/platform/(testing/|convert/|audit/(event|merkle|tree_head)\.h|rpc/wire_status\.h)"],
    "offline": [r"clients/cli/"] + BASE + [r"services/[a-z]+/domain/", r"services/questionnaire/convert/", r"services/platform/convert/"],
    "conformance": [r"tests/(conformance|house/people)", r"services/platform/(testing/|status\.h|error/|id/|rpc/wire_status\.h)"],
    "anything": [r"services/", r"clients/", r"tests/"],
}


def layer_of(path):
    """The layer of a source file, and its service where it has one."""
    if path.startswith("services/platform/testing/"):
        return "testing", None
    # The demo fills questionnaires in by the rules that judge them.
    if path.startswith(("clients/cli/offline/", "clients/cli/demo/")):
        return "offline", None
    for folder, layer in (("services/platform/", "platform"), ("services/daemon/", "daemon"),
                          ("services/gateway/", "gateway"), ("clients/cli/", "cli"),
                          ("tests/conformance/", "conformance")):
        if path.startswith(folder):
            return layer, None
    parts = path.split("/")
    if parts[0] != "services" or len(parts) < 3:
        return "anything", None
    service = parts[1]
    if len(parts) > 3 and parts[2] in ("domain", "store", "convert", "handler"):
        return parts[2], service
    return ("convert" if parts[2].startswith("convert.") else "shell"), service


def fault(path, header, ours):
    """Why `path` may not include `header`, or None."""
    if (path, header) in EXCEPTIONS:
        return None
    layer, service = layer_of(path)
    if not ours:
        if DATABASE.search(header) and layer not in ("testing", "anything") \
                and not path.startswith("services/platform/db/"):
            return "only platform/db speaks to PostgreSQL"
        if layer in ("domain", "store") and WIRE.match(header):
            return f"{layer} knows no protobuf and no gRPC"
        if layer in ("convert", "handler") and re.match(r"grpc", header):
            return f"{layer} knows no gRPC"
        if layer == "platform" and re.match(r"reprise/(?!platform/)", header):
            return "platform knows no word of the trial"
        return None
    allowed = [pattern.replace("{s}", service or "-") for pattern in LAYERS[layer]]
    if any(re.match(pattern, header) for pattern in allowed):
        return None
    return f"{layer} may not include it"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    faults = 0
    used = set()
    for folder in ("services", "clients", "tests"):
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            # Tests may see what they test and more; the rule is for what ships.
            if file.suffix not in (".h", ".cc") or (path.endswith("_test.cc") and
                                                     not path.startswith("tests/conformance/")):
                continue
            for number, line in enumerate(file.read_text().splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                header = match[2]
                if (path, header) in EXCEPTIONS:
                    used.add((path, header))
                why = fault(path, header, bool(OURS.match(header)))
                if why:
                    print(f"{path}:{number}: {header}: {why}")
                    faults += 1
    for exception in EXCEPTIONS.keys() - used:
        print(f"{exception[0]}: the exception for {exception[1]} is no longer needed")
        faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
