#!/usr/bin/env python3
"""Commits to a real repository with real pre-commit and the hooks of kloe; by hand, some minutes.

    python3 tests/pre_commit.py [WHEEL] [--from-source]

Without WHEEL the wheel is built first (see wheel.py). The hooks come from pre-commit-mirror/, made a repository of its own, as people
without Rust use them; with --from-source from this repository, which builds kloe once more. Needs git, and pre-commit beside this
Python or on the path (pip install pre-commit). All is done in a temporary folder.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import wheel

HOME = Path(__file__).resolve().parent.parent
TAG = "v" + re.search(r'^version = "(.+)"', (HOME / "Cargo.toml").read_text("utf-8"), re.M)[1]

MINUTES = """# Minutes of the Board of Directors

Eskdale Community NHS Trust. Held on 24 September 2026, 10:00, Boardroom.

Present: A Marsh (Chair), B Holt (Chief Executive), C Dean (Director of Nursing). The meeting was quorate.
Apologies: D Poole.

1. Declarations of interest: none.
2. Minutes of the last meeting, 30 July 2026: approved.
3. Quality report: the Board noted that falls per 1,000 bed days fell from 6.1 to 4.8 since April.

| Action | Owner | Due | Status |
| --- | --- | --- | --- |
| Publish the quality strategy | C Dean | 18 December 2026 | open |
"""

DRAFT = """# Quality Improvement Strategy 2026 to 2029

DRAFT v0.3, not yet approved. Owner: Director of Nursing. 2 November 2026.

Our aim is to reduce falls by 20% by March 2028.
"""

SETTINGS = "as-of = 2026-11-01\n"

HOOKS = """repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: kloe
        args: [evidence, --baseline, kloe-baseline.json]
      - id: kloe-files
        files: ^evidence/
        args: [--fail-on, warning]
"""


def tool(name: str) -> str:
    """A program on the path, or beside this Python."""
    found = shutil.which(name) or shutil.which(name, path=os.path.dirname(sys.executable))
    if found is None:
        sys.exit(f"skipped: {name} is not installed here")
    return found


class Repository:
    """A Git repository of evidence, with its own home for pre-commit."""

    def __init__(self, folder: Path, variables: dict[str, str]):
        folder.mkdir(parents=True)
        self.folder = folder
        who = {"GIT_AUTHOR_NAME": "lead", "GIT_AUTHOR_EMAIL": "lead@example.org"}
        who |= {"GIT_COMMITTER_NAME": "lead", "GIT_COMMITTER_EMAIL": "lead@example.org"}
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KLOE_", "GIT_", "SKIP"))}
        self.variables = clean | who | variables
        self.run("git", "init", "--quiet", "--initial-branch=main")

    def run(self, *words: str, status: int | None = 0, more: dict[str, str] | None = None) -> str:
        done = subprocess.run(words, cwd=self.folder, env=self.variables | (more or {}), text=True, encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert status is None or done.returncode == status, f"{words}: {done.returncode}, not {status}\n{done.stdout}"
        return done.stdout

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def commit(self, what: str, status: int, **more: str) -> str:
        """Commits what is staged, shows what the hooks said, and gives it back."""
        shown = "".join(f"{name}={value} " for name, value in more.items())
        print(f"\n$ {shown}git commit -m {what!r}", flush=True)
        said = self.run("git", "commit", "--message", what, status=status, more=more)
        print(said.rstrip())
        return said


def hooks_repository(folder: Path, from_source: bool, variables: dict[str, str]) -> Path:
    """The repository that the hooks come from: the mirror, or this one as it is checked out; with the tag of the version."""
    repository = Repository(folder, variables)
    if from_source:
        names = subprocess.check_output(["git", "ls-files", "-z"], cwd=HOME, text=True).split("\0")
        names = [name for name in names if name and not name.startswith(("fixtures/", "fuzz/"))]
    else:
        names = [str(file.relative_to(HOME)) for file in (HOME / "pre-commit-mirror").iterdir() if file.is_file()]
    for name in names:
        target = folder / (name if from_source else Path(name).name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOME / name, target)
    repository.run("git", "add", "--all")
    repository.run("git", "commit", "--quiet", "--message", TAG)
    repository.run("git", "tag", TAG)
    return folder


def main(args: list[str]) -> None:
    from_source = "--from-source" in args
    wheels = [Path(arg).resolve() for arg in args if arg.endswith(".whl")]
    pre_commit, _ = tool("pre-commit"), tool("git")
    hooks = [(HOME / name / ".pre-commit-hooks.yaml").read_text("utf-8") for name in ("", "pre-commit-mirror")]
    bare = ["\n".join(line for line in text.splitlines() if not line.startswith("#")) for text in hooks]
    assert bare[0] == bare[1], "the hooks of pre-commit-mirror/ are not those of this repository"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        variables = {"PRE_COMMIT_HOME": str(folder / "pre-commit"), "PRE_COMMIT_COLOR": "never"}
        if from_source:
            # As pip would build it, but without optimisation, which takes most of the time.
            variables |= {"MATURIN_PEP517_ARGS": "--profile dev"}
        else:
            built = wheels[0] if wheels else wheel.build(folder / "wheels", release=False)
            variables |= {"PIP_FIND_LINKS": str(built.parent)}
        source = hooks_repository(folder / "hooks", from_source, variables)
        evidence = Repository(folder / "trust", variables)

        evidence.write("evidence/Board/Board minutes 2026-09-24.md", MINUTES)
        evidence.write("evidence/kloe.toml", SETTINGS)
        evidence.write(".pre-commit-config.yaml", HOOKS.format(repo=source.as_uri(), rev=TAG))
        print(f"$ {Path(pre_commit).name} install --install-hooks", flush=True)
        installed = evidence.run(pre_commit, "install", "--install-hooks", status=None)
        print(installed.rstrip())
        if "An unexpected error" in installed or "CalledProcessError" in installed:
            network = re.search(r"Name or service not known|Temporary failure|Connection|No matching distribution", installed)
            sys.exit("skipped: what pre-commit needs cannot be fetched from here" if network else "failed: see above")
        (kloe,) = (folder / "pre-commit").glob("*/py_env-*/*/kloe*")
        evidence.run(str(kloe), "check", "evidence", "--write-baseline", "kloe-baseline.json", status=None)

        evidence.run("git", "add", "--all")
        said = evidence.commit("the folder as it is", 0)
        assert said.count("Passed") == 2, said

        evidence.run("git", "rm", "--quiet", "evidence/Board/Board minutes 2026-09-24.md")
        evidence.write("evidence/Menu.md", "# Canteen menu\n\nMonday soup, Tuesday fish.\n")
        evidence.run("git", "add", "--all")
        said = evidence.commit("away with the only board minutes", 1)
        assert re.search(r"whole folder\).*Failed", said) and "minutes" in said.lower(), said
        assert re.search(r"staged\).*Passed", said), said
        evidence.run("git", "reset", "--hard", "--quiet")

        evidence.write("evidence/Strategy/Quality strategy.md", DRAFT)
        evidence.run("git", "add", "--all")
        said = evidence.commit("a draft", 1)
        assert re.search(r"whole folder\).*Passed", said), said
        assert re.search(r"staged\).*Failed", said) and "draft" in said, said
        said = evidence.commit("a draft, knowingly", 0, SKIP="kloe-files")
        assert re.search(r"staged\).*Skipped", said), said

        evidence.write("README.txt", "Not evidence, and out of the folder.\n")
        evidence.run("git", "add", "--all")
        said = evidence.commit("clean", 0)
        assert re.search(r"whole folder\).*Passed", said) and "no files to check" in said, said

        evidence.run("git", "rm", "--quiet", "evidence/Board/Board minutes 2026-09-24.md")
        said = evidence.commit("nothing but the deletion", 1)
        assert re.search(r"whole folder\).*Failed", said), said
    print("\nthe hooks work")


if __name__ == "__main__":
    main(sys.argv[1:])
