"""Gathers the seeds of the fuzz targets from the fixtures and the hostile set into fuzz/corpus.

    python3 fuzz/seeds.py
"""
import hashlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "fixtures", "make"))
sys.dont_write_bytecode = True

from hostile_parts import all_cases  # noqa: E402

# The largest seed, in bytes: mutations of long files are slow.
MOST = 60_000
OF = {"docx": ["package"], "xlsx": ["package"], "pptx": ["package"], "odt": ["package"], "ods": ["package"], "odp": ["package"], "zip": ["package"],
      "pdf": ["pdf"], "html": ["html"], "eml": ["mail"], "txt": ["text", "facts", "dates"], "md": ["text", "facts", "front_matter"], "csv": ["csv", "facts"],
      "xls": ["legacy"], "doc": ["legacy"], "rtf": ["legacy"], "msg": ["legacy"], "ppt": ["legacy"]}


def put(target, data):
    folder = os.path.join(HERE, "corpus", target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, hashlib.sha256(data).hexdigest()[:16]), "wb") as out:
        out.write(data)


def files(folder):
    for where, _, names in os.walk(os.path.join(ROOT, folder)):
        for name in names:
            with open(os.path.join(where, name), "rb") as file:
                yield name, file.read()


def main():
    for name, data in files("fixtures/trust"):
        if len(data) <= MOST:
            for target in OF.get(name.rsplit(".", 1)[-1].lower(), []):
                put(target, data)
    for name, data in files("rules"):
        if name.endswith(".toml"):
            put("rules", data)
    for case in all_cases():
        if case.heavy or getattr(case.data, "in_place", False):
            continue
        data = case.data() if callable(case.data) else case.data
        ending = (case.path if isinstance(case.path, str) else case.path.decode("utf-8", "replace")).rsplit(".", 1)[-1]
        if len(data) <= MOST:
            for target in OF.get(ending, []):
                put(target, data)
    for words in ["as-of = 2026-11-01\nsector = \"nhs-trust\"\nselect = [\"stale\"]\n", "[severity]\nstale = \"error\"\n", "exclude = [\"Archive/\"]\njobs = 2\nfail-on = \"never\"\n"]:
        put("settings", words.encode())
    for words in ["3rd May 2026", "03/05/2026 - 2025/26 Q3", "2026-05-03", "spring 2026 to March 2027", "May 26"]:
        put("dates", words.encode())
    for target in sorted(os.listdir(os.path.join(HERE, "corpus"))):
        print(target, len(os.listdir(os.path.join(HERE, "corpus", target))))


if __name__ == "__main__":
    main()
