#!/usr/bin/env python3
"""Reads reports back with parsers that are not kloe's own; run by hand, fetches nothing.

    kloe check FOLDER --output DIR/k.json --output DIR/k.sarif --format gitlab --output DIR/k.gitlab \
        --output DIR/k.xml --output DIR/k.md --output DIR/k.csv --output DIR/k.xlsx
    python3 tests/read_back.py DIR sarif-schema-2.1.0.json

Needs jsonschema, openpyxl and the published schema of SARIF 2.1.0 (OASIS).
"""

import csv
import json
import sys
import xml.etree.ElementTree as tree
from pathlib import Path

import jsonschema
import openpyxl


def main(folder: Path, schema: Path) -> None:
    report = json.loads((folder / "k.json").read_text("utf-8"))
    findings = len(report["findings"])
    unread = report["summary"]["not_read"] + report["summary"]["skipped"]

    schema = json.loads(schema.read_text("utf-8"))
    sarif = json.loads((folder / "k.sarif").read_text("utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(sarif)
    run = sarif["runs"][0]
    assert len(run["results"]) == min(findings, 25_000)
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == unread + 1

    issues = json.loads((folder / "k.gitlab").read_text("utf-8"))
    assert len(issues) >= findings + 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)

    suites = tree.parse(folder / "k.xml").getroot()
    cases = list(suites.iter("testcase"))
    assert int(suites.get("tests")) == len(cases)
    assert int(suites.get("failures")) == sum(case.find("failure") is not None for case in cases)
    expectations = sum(len(line["expectations"]) + 1 for line in report["lines"])
    assert len(cases) == expectations + len(report["documents"]) + report["summary"]["skipped"] + 1

    with (folder / "k.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == findings + 2 and len({len(row) for row in rows}) == 1
    assert not any(cell.lstrip()[:1] in ("=", "+", "-", "@") for row in rows for cell in row if cell)

    assert len((folder / "k.md").read_text("utf-8")) <= 65_000

    book = openpyxl.load_workbook(folder / "k.xlsx")
    rows = {sheet.title: max(sheet.max_row - 1, 0) for sheet in book}
    assert rows["Findings"] == max(findings, 1), rows
    assert rows["Action plan"] == max(len(report["actions"]), 1), rows
    assert rows["Not read"] == max(unread, 1), rows
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, sheet.title
        assert not any(cell.data_type == "f" for row in sheet for cell in row), sheet.title
    print(f"{findings} findings, {len(cases)} cases, {unread} not examined: all read back")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
