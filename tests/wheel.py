#!/usr/bin/env python3
"""Builds the wheel, installs it in an empty environment with no index, and runs it; by hand, some minutes.

    python3 tests/wheel.py [--release]

Needs cargo and maturin (pip install maturin). Without --release the program is built as for tests, which is quicker.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


def run(*command: object, status: int = 0, cwd: Path = HOME) -> str:
    """Runs a command, shows it, and gives back what it printed; its exit status must be the one expected."""
    words = [str(word) for word in command]
    print("$", " ".join(words), flush=True)
    done = subprocess.run(words, cwd=cwd, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == status, f"exit status {done.returncode}, not {status}\n{done.stdout}"
    return done.stdout


def build(folder: Path, release: bool) -> Path:
    """The wheel of this checkout, in a folder."""
    maturin = shutil.which("maturin") or shutil.which("maturin", path=os.path.dirname(sys.executable))
    if maturin is None or shutil.which("cargo") is None:
        sys.exit("skipped: cargo and maturin are needed (pip install maturin)")
    run(maturin, "build", "--locked", "--compatibility", "linux" if sys.platform == "linux" else "pypi",
        "--profile", "release" if release else "dev", "--out", folder)
    (wheel,) = folder.glob("kloe-*.whl")
    return wheel


def main(release: bool) -> None:
    version = re.search(r'^version = "(.+)"', (HOME / "Cargo.toml").read_text("utf-8"), re.M)[1]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        wheel = build(folder / "wheels", release)
        names = zipfile.ZipFile(wheel).namelist()
        print(wheel.name, wheel.stat().st_size // 1024, "KiB:", *names)
        assert not any(name.endswith(".py") or "fixtures" in name for name in names), names
        assert any(name.endswith("LICENSE-MIT") for name in names), names

        venv.create(folder / "clean", with_pip=True)
        scripts = folder / "clean" / ("Scripts" if os.name == "nt" else "bin")
        print(run(scripts / "python", "-m", "pip", "install", "--no-index", "--disable-pip-version-check", wheel))
        kloe = scripts / ("kloe.exe" if os.name == "nt" else "kloe")
        said = run(kloe, "--version")
        print(said)
        assert said.strip() == f"kloe {version}", said
        said = run(kloe, "check", "fixtures/trust", "--as-of", "2026-11-01", "-q", status=1)
        print("\n".join(said.splitlines()[:6]))
        assert "documents:" in said
        report = folder / "kloe.json"
        run(kloe, "check", "fixtures/trust", "--as-of", "2026-11-01", "--output", report, status=1)
        assert json.loads(report.read_text("utf-8"))["tool"]["version"] == version
    print("the wheel installs and runs")


if __name__ == "__main__":
    main("--release" in sys.argv)
