#!/usr/bin/env python3
"""How many of the words that other readers find kloe reads too, per format: python3 benches/recall.py KLOE FOLDER

References: pdftotext for PDF, LibreOffice for Word and OpenDocument text and RTF, python-pptx for presentations, openpyxl for
workbooks; a format whose reference is not installed is left out and named. Words are compared as multisets of
letters and digits, lower case. Prints files, share with text, mean and median recall, and the worst ten.
"""
import collections
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

KLOE, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
WORD = re.compile(r"[^\W_]+")


def words(text):
    return collections.Counter(WORD.findall(text.lower().replace("\u00ad", "")))


def run(*command):
    return subprocess.run(command, capture_output=True, timeout=180, check=False).stdout.decode("utf-8", "replace")


def kloe(path):
    lines = run(KLOE, "show", "--text", str(path)).splitlines()[1:]
    return "" if lines[:1] and lines[0].startswith("  not read") else "\n".join(line[26:] for line in lines if line[:1] == " ")


def office(path):
    with tempfile.TemporaryDirectory() as folder:
        run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "txt:Text (encoded):UTF8",
            "--outdir", folder, str(path))
        return "".join(out.read_text("utf-8", "replace") for out in pathlib.Path(folder).glob("*.txt"))


def slides(path):
    import pptx

    def of(shapes):
        for shape in shapes:
            if shape.shape_type == 6:
                yield from of(shape.shapes)
            if shape.has_text_frame:
                yield shape.text_frame.text
            if getattr(shape, "has_table", False):
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
    return "\n".join(text for slide in pptx.Presentation(path).slides for text in of(slide.shapes))


def sheets(path):
    import openpyxl
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
                     if isinstance(cell, str))


READERS = {"pdf": lambda path: run("pdftotext", "-layout", str(path), "-"), "docx": office, "doc": office, "odt": office,
           "rtf": office, "pptx": slides, "xlsx": sheets}
NEEDS = {"pdf": "pdftotext", "docx": "soffice", "doc": "soffice", "odt": "soffice", "rtf": "soffice"}

for ending, reader in READERS.items():
    files = sorted(FOLDER.rglob(f"*.{ending}"))
    if not files:
        continue
    if ending in NEEDS and not shutil.which(NEEDS[ending]):
        print(f"{ending}: {NEEDS[ending]} is not installed, left out")
        continue
    scores, silent = [], 0
    for path in files:
        try:
            reference = words(reader(path))
        except Exception as error:  # a reference that fails says nothing of kloe
            print(f"  {path.name}: no reference ({error})")
            continue
        read = words(kloe(path))
        silent += not read
        if reference:
            scores.append((sum((reference & read).values()) / sum(reference.values()), path.name))
    recalls = [score for score, _ in scores]
    if recalls:
        print(f"{ending}: {len(files)} files, {100 * (len(files) - silent) / len(files):.0f} % with text, recall mean "
              f"{statistics.mean(recalls):.3f}, median {statistics.median(recalls):.3f}")
        for score, name in sorted(scores)[:10]:
            if score < 0.97:
                print(f"  {score:.3f} {name}")
