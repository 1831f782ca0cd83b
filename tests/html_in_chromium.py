#!/usr/bin/env python3
"""Opens HTML reports in Chromium: content, filters, keyboard, narrow screens, accessibility, printing, hostile names.

    python3 tests/html_in_chromium.py KLOE [--axe axe.min.js] [--large large.html] [--pictures DIR] [--chromium PATH]

Needs Chromium (on Debian `apt install chromium`) and playwright of PyPI. axe.min.js is that of the npm package axe-core; it is not
kept in this project, and without it the accessibility run is left out, which is said. --large takes a page of 2,000 documents,
as the test `a_large_folder` writes it to the file that KLOE_LARGE_PAGE names. Fetches nothing.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlparse

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
HOSTILE = "</script><script>document.title='taken'</script> \"x\" 'y' <img src=x onerror=alert(1)> & \u202egpj.#%41"
SEATS = [(1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light"), (390, 844, "dark"), (320, 640, "light")]


def main() -> None:
    args = arguments()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        scratch = Path(scratch)
        pages = reports(args.kloe, scratch)
        browser = play.chromium.launch(executable_path=args.chromium, args=["--no-sandbox"])
        for name, page in pages.items():
            # The small ones differ from the full one in what they hold, not in how it looks.
            for seat in SEATS if name == "full" else SEATS[1:3]:
                look(browser, name, page, seat, args)
        full = pages["full"]
        report = json.loads(full.with_suffix(".json").read_text("utf-8"))
        content(browser, full, report)
        filters(browser, full, report)
        keyboard(browser, full)
        hostile(browser, pages["hostile"])
        without_script(browser, full)
        printed(browser, full, scratch, args.axe)
        if args.large:
            large(browser, args.large.resolve())
        browser.close()
    print("all seen in Chromium" + ("" if args.axe else "; axe was not run, no --axe was given"))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kloe", type=Path)
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--large", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    return parser.parse_args()


def reports(kloe: Path, scratch: Path) -> dict[str, Path]:
    """A report full of findings, a clean one, an empty one and a hostile one, each with its JSON beside it."""
    minutes = "Date: 24 September 2026\nStatus: approved\nOwner: Company Secretary\n"
    folders = {"full": HERE.parent / "fixtures" / "trust"}
    for name in ("clean", "empty", "hostile"):
        folders[name] = scratch / name
        folders[name].mkdir()
    (folders["clean"] / "Lunch menu.md").write_text("# Lunch menu\n\nDate: 1 October 2026\n\nSoup, bread and fruit.\n")
    name = re.sub(r"[/]", "\u2215", HOSTILE)[:120] + ".md"
    action = f"| Action | Owner | Due |\n| --- | --- | --- |\n| Write to {HOSTILE} | {HOSTILE} | 1 October 2024 |\n"
    text = f"# Trust Board minutes {HOSTILE}\n\n{minutes}\n{action}\n[insert name] {HOSTILE}\n"
    (folders["hostile"] / name).write_text(text, "utf-8")
    pages = {}
    for name, folder in folders.items():
        pages[name] = scratch / f"{name}.html"
        line = [kloe, "check", folder, "--as-of", "2026-11-01", "--jobs", "1"]
        line += ["--output", pages[name], "--output", pages[name].with_suffix(".json")]
        said = subprocess.run(line, capture_output=True, text=True)
        assert said.returncode in (0, 1, 3) and pages[name].exists(), said.stderr
    return pages


def opened(browser, page: Path, **settings):
    """A tab with the page, and what it complained of or asked for."""
    context = browser.new_context(**settings)
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on("dialog", lambda dialog: (tab.complaints.append(dialog.message), dialog.dismiss()))
    tab.on("request", lambda request: request.url.startswith(page.as_uri()) or tab.complaints.append(request.url))
    tab.goto(page.as_uri())
    return tab


def shut(tab) -> None:
    assert tab.complaints == [], tab.complaints
    tab.context.close()


def look(browser, name: str, page: Path, seat: tuple[int, int, str], args) -> None:
    """No scrolling sideways, no violation that axe knows of, folded and unfolded."""
    width, height, scheme = seat
    tab = opened(browser, page, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=False)
    for state in ("folded", "open"):
        tab.evaluate(f"document.querySelectorAll('details').forEach(one => one.open = {str(state == 'open').lower()})")
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} at {width}: {wide} wide"
        if args.pictures:
            args.pictures.mkdir(parents=True, exist_ok=True)
            tab.screenshot(path=args.pictures / f"{name}-{width}-{scheme}-{state}.png", full_page=state == "folded")
        if args.axe and (name != "full" or state == "folded" or width in (1280, 390)):
            violations(tab, args.axe, f"{name} at {width}, {scheme}, {state}")
    shut(tab)


def violations(tab, axe: Path, where: str) -> None:
    # What stands off the screen is laid out too, so that its contrast is measured.
    tab.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('details > ul, details .cards > li { content-visibility: visible !important }');
        document.adoptedStyleSheets = [sheet];
    }""")
    tab.evaluate(axe.read_text("utf-8") + ";0")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tab.evaluate("tags => axe.run({runOnly: tags})", tags)
    told = [(one["id"], one["help"], [node["html"][:150] for node in one["nodes"]][:3]) for one in found["violations"]]
    assert not told, f"{where}: {json.dumps(told, indent=1)}"
    print(f"axe, {where}: no violation, {len(found['passes'])} rules passed, {len(found['incomplete'])} left to people")


def content(browser, page: Path, report: dict) -> None:
    tab = opened(browser, page)
    assert tab.title().startswith("Evidence in") and "1 November 2026" in tab.title()
    text = tab.evaluate("document.body.textContent").lower()
    squeezed = re.sub(r"\s+", " ", text)
    summary = report["summary"]
    assert f"{summary['documents']} documents: {summary['documents'] - summary['not_read']} read" in squeezed
    for finding in report["findings"]:
        for part in (finding["message"], finding["path"] or "", (finding["location"] or {}).get("quote", "")):
            assert re.sub(r"\s+", " ", part.lower()).strip() in squeezed, part
        assert all(one.lower() in squeezed for one in finding["expectations"])
    for row in report["actions"] + report["documents"] + report["skipped"]:
        assert row["path"].lower() in squeezed, row["path"]
    for line in report["lines"]:
        assert line["title"].lower() in squeezed
        assert all(one["id"].lower() in squeezed for one in line["expectations"])
    assert text.count("▲ overdue") == sum(action["overdue"] for action in report["actions"])
    for link in tab.eval_on_selector_all("main a[href]:not([href^='#'])", "all => all.map(one => one.href)"):
        assert Path(unquote(urlparse(link).path)).exists(), link
    for cell in tab.query_selector_all(".matrix tbody td:nth-child(2)"):
        assert re.fullmatch(r"[●◐○] (strong|weak|missing)", cell.text_content()), cell.text_content()
    shut(tab)


def shown(tab, selector: str) -> int:
    return tab.evaluate("s => [...document.querySelectorAll(s)].filter(one => !one.closest('[hidden]')).length", selector)


def filtered(tab) -> None:
    """Waits until the filter has drawn and said what it found, which it does when the typing rests."""
    tab.wait_for_timeout(220)
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def filters(browser, page: Path, report: dict) -> None:
    tab = opened(browser, page)
    every = shown(tab, "#findings li[data-l], #missing li")
    all_findings = len(report["findings"])
    line = next(one for one in report["lines"] if one["id"] == "W5")
    tab.select_option("#f-line", label=f"W5 {line['title']}")
    filtered(tab)
    assert shown(tab, ".matrix tbody tr") == 1 and shown(tab, "#evidence h4") == 1 and shown(tab, "#evidence h3") == 1
    assert 0 < shown(tab, "#findings li[data-l]") < every
    supporting = {one["path"] for one in report["documents"] if any(i.startswith("W5.") for i in one["supports"])}
    assert shown(tab, "#documents tbody tr") == len(supporting)
    tab.select_option("#f-line", label="Well-led framework: all lines")
    filtered(tab)
    assert shown(tab, ".matrix tbody tr") == 8
    tab.click("button[type=reset]")
    filtered(tab)
    assert shown(tab, "#findings li[data-l], #missing li") == every and tab.text_content("#f-said") == ""
    assert shown(tab, "p.left") == 0
    tab.select_option("#f-check", "draft")
    filtered(tab)
    drafts = sum(one["check"] == "draft" for one in report["findings"])
    assert shown(tab, "#findings li[data-l]") == drafts and shown(tab, "#findings details") == 1
    assert shown(tab, ".matrix tr[data-l], #documents tr[data-l]") == 0
    tab.click("#f-said a")
    assert tab.evaluate("location.hash") == "#findings"
    assert "Found: " in tab.text_content("#f-said") and f"{drafts} of {all_findings} findings" in tab.text_content("#f-said")
    tab.select_option("#f-check", "")
    tab.select_option("#f-severity", "error")
    filtered(tab)
    marks = tab.evaluate("[...document.querySelectorAll('#findings details:not([hidden])')].map(one => one.dataset.s)")
    assert set(marks) == {"error"} and shown(tab, "#missing li") > 0
    tab.click("button[type=reset]")
    path = next(one["path"] for one in report["findings"] if one["path"])
    tab.fill("#f-text", path.upper())
    filtered(tab)
    assert shown(tab, "#documents tbody tr") >= 1 and shown(tab, "#findings li[data-l]") >= 1
    hits = tab.evaluate("[...document.querySelectorAll('#findings li[data-l]')].filter(one => !one.closest('[hidden]')).map(one => one.textContent)")
    assert all(path in hit for hit in hits)
    tab.fill("#f-text", "no document has these words zqx")
    filtered(tab)
    assert shown(tab, "#findings li[data-l]") == 0 and "Nothing here fits the filter" in tab.inner_text("#findings")
    shut(tab)


def keyboard(browser, page: Path) -> None:
    tab = opened(browser, page)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.focus(".matrix a")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(100)
    assert tab.evaluate("document.querySelector(location.hash).open")
    tab.focus("#line-1 summary")
    before = tab.evaluate("document.querySelector('#line-1').open")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector('#line-1').open") != before
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "solid3px", outline
    tab.focus("#f-text")
    tab.keyboard.type("risk register")
    tab.keyboard.press("Enter")
    filtered(tab)
    assert "Found:" in tab.text_content("#f-said")
    shut(tab)


def hostile(browser, page: Path) -> None:
    tab = opened(browser, page)
    assert tab.title().startswith("Evidence in")
    assert shown(tab, "script") == 1 and shown(tab, "img, iframe, object, embed, link, base") == 0
    assert tab.evaluate("document.querySelectorAll('script').length") == 1
    handlers = "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes]).filter(one => /^on|style/.test(one.name)).length"
    assert tab.evaluate(handlers) == 0
    text = tab.evaluate("document.body.textContent")
    assert "<img src=x onerror=alert(1)>" in text and "\u202e" not in text
    links = tab.eval_on_selector_all("main a[href]", "all => all.map(one => one.protocol)")
    assert set(links) <= {"file:"}, links
    shut(tab)


def without_script(browser, page: Path) -> None:
    tab = opened(browser, page, java_script_enabled=False)
    assert not tab.is_visible("#filter") and tab.is_visible("#findings details li") and tab.is_visible("#evidence details li")
    assert tab.locator("details:not([open])").count() == 0
    tab.context.close()


def printed(browser, page: Path, scratch: Path, axe: Path | None) -> None:
    tab = opened(browser, page)
    file = scratch / "full.pdf"
    tab.pdf(path=file, prefer_css_page_size=True)
    assert file.stat().st_size > 20_000
    tab.emulate_media(media="print")
    assert not tab.is_visible("#filter") and not tab.is_visible("nav")
    if axe:
        violations(tab, axe, "full on paper")
    info = subprocess.run(["pdfinfo", file], capture_output=True, text=True)
    words = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    if info.returncode == 0:
        assert "A4" in info.stdout, info.stdout
        pages = re.search(r"Pages:\s+(\d+)", info.stdout)
        print(f"printed on {pages.group(1)} pages of A4")
        # Folded parts are printed as well.
        assert "Counts because" in words.stdout and "What documents cannot show" in words.stdout
    shut(tab)


# Milliseconds from an event until the frame that shows what came of it is painted.
PAINTED = """async act => {
    const began = performance.now();
    act();
    await new Promise(done => requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = done;
        after.port2.postMessage(0);
    }));
    return performance.now() - began;
}"""
TOLD = "field.dispatchEvent(new Event('input', {bubbles: true}))"


def large(browser, page: Path) -> None:
    tab = opened(browser, page)
    loaded = tab.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
    told = {"text": ("m", "minutes", "finding 777 ", "zqx", ""), "severity": ("error", ""), "line": ("0", "")}
    told["check"] = ("stale", "draft", "")
    acts = [(name, value) for name, values in told.items() for value in values]
    took = {}
    for name, value in acts:
        act = f"() => {{ const field = document.getElementById('f-{name}'); field.value = {json.dumps(value)}; {TOLD}; }}"
        took[f"{name} {value!r}"] = tab.evaluate(f"({PAINTED})({act})")
    for button in ("open", "close"):
        took[button] = tab.evaluate(f"({PAINTED})(() => document.getElementById('f-{button}').click())")
    tab.fill("#f-text", "777 september")
    filtered(tab)
    both = "[...document.querySelectorAll('#findings li[data-l]')].filter(one => /777/.test(one.textContent)).length"
    assert shown(tab, "#findings li[data-l]") == tab.evaluate(both) > 0
    assert f"{tab.evaluate(both)} of 10,001 findings" in tab.text_content("#f-said"), tab.text_content("#f-said")
    tab.fill("#f-text", "")
    filtered(tab)
    # Of a long list the beginning, then all of it, and the first that came has the focus.
    assert shown(tab, "#actions tr[data-l]") == 100
    whole = tab.get_by_role("button", name="Show all 3,000")
    took["all actions"] = tab.evaluate(f"one => ({PAINTED})(() => one.click())", whole.element_handle())
    tab.wait_for_selector("#actions tr[data-l][hidden]", state="detached")
    assert shown(tab, "#actions tr[data-l]") == 3_000 and not whole.is_visible()
    assert tab.evaluate("document.activeElement === document.querySelectorAll('#actions tr[data-l]')[100]")
    # Paper has all of it.
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    for things, number in (("#findings li", 10_000), ("#documents tr", 2_000), ("#evidence .cards > li", 6_000)):
        assert shown(tab, f"{things}[data-l]") == number, things
    assert tab.locator("details:not([open])").count() == 0
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown(tab, "#documents tr[data-l]") == 100
    size, slowest = page.stat().st_size, max(took, key=took.get)
    every = sorted(took.values())
    print(f"{size} bytes: loaded in {loaded:.0f} ms; an event is drawn in {every[len(every) // 2]:.0f} ms, at worst in {took[slowest]:.0f} ({slowest})")
    assert size < 10_000_000 and took[slowest] < 500
    shut(tab)


if __name__ == "__main__":
    sys.exit(main())
