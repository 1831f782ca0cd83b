#!/usr/bin/env python3
"""Validates files against the schemas in docs/schema with programs that are not kloe's own; fetches nothing.

    pip install taplo jsonschema
    python3 tests/taplo.py [KLOE]        KLOE is the program, target/debug/kloe unless named

taplo lints the rule files of the repository and sample settings, good and bad. jsonschema validates the same rule files, the
reports of the fixture folders, a comparison and a baseline, and holds each schema to naming every member that is written.
"""

import copy
import datetime
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "docs/schema"

WAIVER = '[[waive]]\ncheck = "draft"\naccepted-by = "Trust Secretary"\nreason = "Board, 26 November"\nuntil = 2026-11-26\n'

GOOD = {
    "empty": "",
    "all": 'sector = "care-home"\nas-of = 2026-11-30\nframeworks = ["well-led"]\nrules = "ours"\nexclude = ["Archive/"]\n'
    'select = []\nignore = ["no-owner"]\nfail-on = "never"\njobs = 2\nrequire-readable = true\n'
    '[severity]\nstale = "error"\n[limits]\nseconds = 30\nmemory-bytes = 600_000_000\n' + WAIVER,
    "day in quotes": 'as-of = "2026-11-30"\n',
    "waiver of one finding": WAIVER.replace('check = "draft"', 'fingerprint = "0123456789abcdef"') + 'reference = "114"\n',
}

BAD = {
    "misspelt key": 'sectr = "care-home"\n',
    "no such sector": 'sector = "care home"\n',
    "no such check": 'ignore = ["stail"]\n',
    "no such check to set": '[severity]\nstail = "error"\n',
    "no such severity": '[severity]\nstale = "fatal"\n',
    "no day": 'as-of = "soon"\n',
    "no jobs": "jobs = 0\n",
    "text for a number": '[limits]\nseconds = "30"\n',
    "no such limit": "[limits]\nsecond = 30\n",
    "waiver of everything": WAIVER.replace('check = "draft"\n', ""),
    "waiver of nobody": WAIVER.replace('accepted-by = "Trust Secretary"\n', ""),
    "waiver without end": WAIVER.replace("until = 2026-11-26\n", ""),
}


def plain(value):
    """TOML as JSON has it: days as text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def strict(schema):
    """The schema with no member allowed that it does not name."""
    schema = copy.deepcopy(schema)

    def walk(node):
        if isinstance(node, dict):
            if "properties" in node and isinstance(node["properties"], dict):
                node.setdefault("additionalProperties", False)
            for one in node.values():
                walk(one)
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(schema)
    return schema


def validator(name, closed=False):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(strict(schema) if closed else schema, format_checker=jsonschema.FormatChecker())


def taplo(*args, home=ROOT):
    return subprocess.run(["taplo", "lint", *args], cwd=home, capture_output=True, text=True)


def lint():
    """What taplo says of the rule files and of sample settings."""
    linted = taplo()
    assert linted.returncode == 0, linted.stderr
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "kloe.toml"
        given = ["--no-auto-config", "--schema", (SCHEMAS / "settings.json").as_uri(), file.name]
        for name, text in GOOD.items():
            file.write_text(text, "utf-8")
            linted = taplo(*given, home=folder)
            assert linted.returncode == 0, f"{name}: {linted.stderr}"
        for name, text in BAD.items():
            file.write_text(text, "utf-8")
            assert taplo(*given, home=folder).returncode != 0, f"{name} is let through"
    return len(GOOD), len(BAD)


def rule_files():
    """Every rule file against its schema; how many there are."""
    files = 0
    for file in sorted((ROOT / "rules").glob("*/*.toml")):
        if file.parent.name == "words":
            continue
        name = "evidence" if file.parent.name == "evidence" else "framework" if file.stem == "framework" else "line"
        validator(name).validate(plain(tomllib.loads(file.read_text("utf-8"))))
        files += 1
    settings = validator("settings")
    for name, text in GOOD.items():
        settings.validate(plain(tomllib.loads(text)))
    for name, text in BAD.items():
        assert not settings.is_valid(plain(tomllib.loads(text))), f"{name} is let through"
    return files


def written(kloe):
    """What kloe writes against its schemas; how many reports there are."""
    folders = [ROOT / "fixtures/trust", *sorted(one for one in (ROOT / "fixtures/labelled/development").iterdir() if one.is_dir())]
    with tempfile.TemporaryDirectory() as home:
        home = Path(home)
        (home / "nothing").mkdir()
        reports = []
        for number, folder in enumerate([*folders, home / "nothing"]):
            report = home / f"{number}.json"
            args = ["check", str(folder), "--as-of", "2026-11-01", "--output", str(report)]
            if number == 0:
                args += ["--write-baseline", str(home / "baseline.json")]
            run(kloe, *args)
            validator("report", closed=True).validate(json.loads(report.read_text("utf-8")))
            reports.append(report)
        baseline = json.loads((home / "baseline.json").read_text("utf-8"))
        validator("baseline", closed=True).validate(baseline)
        assert baseline["findings"], "the baseline is empty"

        settings = home / "kloe.toml"
        settings.write_text(WAIVER.replace("2026-11-26", "2026-11-01"), "utf-8")
        report = home / "settled.json"
        run(kloe, "check", str(folders[0]), "--as-of", "2026-11-01", "--config", str(settings), "--baseline",
            str(home / "baseline.json"), "--output", str(report))
        settled = json.loads(report.read_text("utf-8"))
        assert settled["summary"]["known"] and settled["summary"]["waived"], settled["summary"]
        validator("report", closed=True).validate(settled)

        compared = run(kloe, "compare", str(reports[1]), str(reports[0]), "--format", "json")
        validator("comparison", closed=True).validate(json.loads(compared))
        assert not validator("report").is_valid({key: one for key, one in settled.items() if key != "summary"})
        return len(reports) + 1


def run(kloe, *args):
    done = subprocess.run([kloe, *args], capture_output=True, text=True)
    assert done.returncode in (0, 1, 3), done.stderr
    return done.stdout


if __name__ == "__main__":
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/kloe")
    good, bad = lint()
    print(f"taplo: the rule files and {good} settings hold, {bad} wrong ones are refused")
    print(f"jsonschema: {rule_files()} rule files hold")
    print(f"jsonschema: {written(program)} reports, a comparison and a baseline hold, and every member of them is named")
