#!/usr/bin/env python3
"""Lints the files that other programs read: workflows, action, hooks, container, shell; by hand and in CI.

    python3 tests/lint_ci.py [FOLDER OF PROGRAMS]...

Runs what is installed beside this Python, on the path or in the folders, and names what is not: check-jsonschema, zizmor,
pre-commit, hadolint, actionlint, shellcheck. None of them needs the network here.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
WORKFLOWS = [f".github/workflows/{name}.yml" for name in ("ci", "release")]
HOOKS = [".pre-commit-hooks.yaml", "pre-commit-mirror/.pre-commit-hooks.yaml"]
SHELL = ["packaging/action.sh", "packaging/archive.sh"]

LINTS = [
    ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS],
    ["check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"],
    ["pre-commit", "validate-manifest", *HOOKS],
    ["zizmor", "--offline", "--persona", "pedantic", "action.yml", *WORKFLOWS],
    ["hadolint", "Dockerfile"],
    ["actionlint", *WORKFLOWS],
    ["shellcheck", *SHELL],
    ["bash", "-n", *SHELL[:1]],
    ["bash", "-n", *SHELL[1:]],
]


def main(folders: list[str]) -> int:
    places = os.pathsep.join([*folders, os.path.dirname(sys.executable), os.environ.get("PATH", "")])
    failed = 0
    for lint in LINTS:
        program = shutil.which(lint[0], path=places)
        if program is None:
            print(f"not run, {lint[0]} is not installed: {' '.join(lint)}")
            continue
        done = subprocess.run([program, *lint[1:]], cwd=HOME, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print(f"{'failed' if done.returncode else 'passed'}: {' '.join(lint)}")
        if done.returncode:
            print(done.stdout)
            failed += 1
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
