//! HTML: one page that holds all it needs, for a browser without a network, from a file share or a mail.
//!
//! Without its script the page shows everything; the script only folds, filters and opens. The policy in the page's head allows
//! that one style sheet and that one script, by their hashes, and nothing else: no picture, no request, no other script.

mod findings;
mod lines;
mod lists;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::escape::html as text;
use super::standpoint::{Paths, Standpoint};
use super::{count, examined, nothing_read};
use crate::finding::{Check, Severity};
use crate::judge::Grade;
use crate::report::{DocumentRow, FindingRow, Location, Report};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// The page.
pub fn html(report: &Report, standpoint: &Standpoint) -> String {
    let mut page = Page::new(report, standpoint);
    // What stands below is written first, since the head lists it.
    page.grades();
    page.missing();
    page.findings();
    page.evidence();
    page.actions();
    page.accepted();
    page.not_examined();
    page.documents();
    page.limits();
    page.finish()
}

struct Page<'r> {
    report: &'r Report,
    paths: Paths<'r>,
    documents: HashMap<&'r str, &'r DocumentRow>,
    /// The numbers of the lines that an expectation, or a line itself, belongs to, by id.
    lines: HashMap<&'r str, Vec<usize>>,
    /// The parts of the page: anchor and heading.
    parts: Vec<(&'static str, String)>,
    out: String,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, standpoint: &'r Standpoint) -> Self {
        let mut lines: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, line) in report.lines.iter().enumerate() {
            let ids = line.expectations.iter().map(|one| one.id.as_str());
            ids.chain([line.id.as_str()]).for_each(|id| lines.entry(id).or_default().push(number));
        }
        Page {
            report,
            paths: Paths::new(report, standpoint),
            documents: report.documents.iter().map(|one| (one.path.as_str(), one)).collect(),
            lines,
            parts: Vec::new(),
            out: String::new(),
        }
    }

    /// Begins a part with its heading; `kind` is what the filter calls the things in it, in the plural.
    fn part(&mut self, anchor: &'static str, heading: &str, kind: &str) {
        self.parts.push((anchor, heading.to_string()));
        let kind = if kind.is_empty() { String::new() } else { format!(" data-k=\"{kind}\"") };
        self.out.push_str(&format!(
            "<section id=\"{anchor}\" aria-labelledby=\"h-{anchor}\"{kind}>\n<h2 id=\"h-{anchor}\">{}</h2>\n",
            text(heading)
        ));
    }

    fn end_part(&mut self) {
        self.out.push_str("</section>\n");
    }

    /// The lines that ids belong to, as the filter knows them: numbers with spaces between.
    fn numbers<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> String {
        let mut all: Vec<usize> = ids.into_iter().filter_map(|id| self.lines.get(id)).flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The lines that a document supports, as the filter knows them.
    fn numbers_of(&self, path: &str) -> String {
        self.documents.get(path).map_or_else(String::new, |one| self.numbers(one.supports.iter().map(String::as_str)))
    }

    /// A document's name, with a link where one would hold.
    fn document(&self, path: &'r str) -> String {
        match self.paths.page_link(path) {
            Some(link) => format!("<a href=\"{}\">{}</a>", text(&link), text(path)),
            None => format!("<span class=d>{}</span>", text(path)),
        }
    }

    fn finish(self) -> String {
        let style = STYLE.replace("\r\n", "\n");
        let script = SCRIPT.replace("\r\n", "\n");
        let report = self.report;
        let title = format!("Evidence in {}, judged as of {}", text(&report.root), report.as_of.in_words());
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"generator\" content=\"kloe {}\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; \
             base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n\
             <a class=skip href=\"#main\">Skip to the report</a>\n<header>\n<h1>{title}</h1>\n",
            report.tool.version,
            source(&style),
            source(&script),
        );
        self.head(&mut page);
        page.push_str("</header>\n");
        if self.parts.len() > 1 {
            page.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
            for (anchor, heading) in &self.parts {
                page.push_str(&format!("<li><a href=\"#{anchor}\">{}</a></li>\n", text(heading)));
            }
            page.push_str("</ul>\n</nav>\n");
        }
        self.filter(&mut page);
        page.push_str("<main id=\"main\" tabindex=\"-1\">\n");
        page.push_str(&self.out);
        page.push_str(&format!(
            "</main>\n<footer><p>Written by kloe {}. This page sends nothing anywhere and needs no network. \
             It quotes your documents: share it as you would share them.</p></footer>\n<script>{script}</script>\n\
             </body>\n</html>\n",
            report.tool.version
        ));
        page
    }

    /// How much was examined, and the counts.
    fn head(&self, out: &mut String) {
        let (report, sum) = (self.report, &self.report.summary);
        let sector = report.sector.filter(|_| !report.lines.is_empty());
        let sector = sector.map_or(String::new(), |sector| format!(" Judged as {}.", sector.in_words()));
        out.push_str(&format!("<p class=lead>{}.{sector}</p>\n", text(&examined(report))));
        if let Some(nothing) = nothing_read(report) {
            out.push_str(&format!(
                "<p class=\"note bad\"><strong>{}</strong>: this says nothing about the evidence.</p>\n",
                capital(nothing)
            ));
        } else if sum.not_read > 0 {
            out.push_str(&format!(
                "<p class=note><strong>{} could not be read</strong> and so cannot support any line: \
                 <a href=\"#not-examined\">see which and why</a>.</p>\n",
                count(sum.not_read, "document")
            ));
        }
        let mut tiles: Vec<(String, usize, &str)> = Vec::new();
        if !report.lines.is_empty() {
            let lines = &sum.lines;
            for (grade, number) in
                [(Grade::Strong, lines.strong), (Grade::Weak, lines.weak), (Grade::Missing, lines.missing)]
            {
                tiles.push((format!("{}\u{a0}{grade}", symbol(grade)), number, "lines"));
            }
        }
        for (severity, number) in
            [(Severity::Error, sum.errors), (Severity::Warning, sum.warnings), (Severity::Advice, sum.advice)]
        {
            tiles.push((severity_words(severity, 2), number, "findings"));
        }
        let overdue = report.actions.iter().filter(|one| one.overdue).count();
        if !report.actions.is_empty() {
            tiles.push(("▲\u{a0}overdue".to_string(), overdue, "actions"));
        }
        if sum.documents > 0 {
            out.push_str("<dl class=tiles>\n");
            for (name, number, of) in tiles {
                out.push_str(&format!("<div><dt>{name} <span>{of}</span></dt><dd>{}</dd></div>\n", thousands(number)));
            }
            out.push_str("</dl>\n");
        }
    }

    /// The filter; without a script it would do nothing, and so it is hidden until the script shows it.
    fn filter(&self, out: &mut String) {
        let report = self.report;
        if report.findings.is_empty() && report.lines.is_empty() && report.documents.len() < 2 {
            return;
        }
        out.push_str(
            "<form id=\"filter\" role=search aria-label=\"Filter this report\" hidden>\n<div class=fields>\n\
             <p><label for=\"f-text\">File name or words</label><input id=\"f-text\" type=search autocomplete=off></p>\n",
        );
        if !report.lines.is_empty() {
            out.push_str(
                "<p><label for=\"f-line\">Framework or line</label><select id=\"f-line\"><option value=\"\">All</option>",
            );
            for framework in &report.frameworks {
                let of: Vec<(usize, _)> =
                    report.lines.iter().enumerate().filter(|(_, line)| line.framework == framework.id).collect();
                if of.is_empty() {
                    continue;
                }
                let title = text(&framework.title);
                let all: Vec<String> = of.iter().map(|(number, _)| number.to_string()).collect();
                out.push_str(&format!(
                    "<optgroup label=\"{title}\"><option value=\"{}\">{title}: all lines</option>",
                    all.join(" ")
                ));
                for (number, line) in of {
                    let (id, title) = (text(&line.id), text(&line.title));
                    out.push_str(&format!("<option value=\"{number}\">{id} {title}</option>"));
                }
                out.push_str("</optgroup>");
            }
            out.push_str("</select></p>\n");
        }
        if !report.findings.is_empty() {
            let used: HashSet<Severity> = report.findings.iter().map(|one| one.severity).collect();
            out.push_str("<p><label for=\"f-severity\">Severity of findings</label><select id=\"f-severity\"><option value=\"\">All</option>");
            for severity in Severity::ALL.iter().rev().filter(|one| used.contains(one)) {
                out.push_str(&format!("<option value=\"{severity}\">{severity}</option>"));
            }
            out.push_str("</select></p>\n<p><label for=\"f-check\">Check</label><select id=\"f-check\"><option value=\"\">All</option>");
            let used: HashSet<&str> = report.findings.iter().map(|one| one.check).collect();
            for check in Check::ALL.iter().filter(|one| used.contains(one.name())) {
                out.push_str(&format!("<option value=\"{check}\">{check}</option>"));
            }
            out.push_str("</select></p>\n");
        }
        out.push_str(
            "</div>\n<p class=buttons><button type=reset>Clear the filter</button> <button type=button id=\"f-open\">Open all</button> \
             <button type=button id=\"f-close\">Close all</button></p>\n\
             <p id=\"f-said\" role=status></p>\n</form>\n",
        );
    }
}

/// A grade in words, with a mark that can be told without colour.
fn grade(grade: Grade) -> String {
    format!("<span class=\"g {grade}\">{} {grade}</span>", symbol(grade))
}

fn symbol(grade: Grade) -> &'static str {
    match grade {
        Grade::Strong => "●",
        Grade::Weak => "◐",
        Grade::Missing => "○",
    }
}

/// A severity in words, in the plural where there are more, with a mark that can be told without colour.
fn severity_words(severity: Severity, number: usize) -> String {
    let plural = if number == 1 { "" } else { "s" };
    match severity {
        Severity::Error => format!("×\u{a0}error{plural}"),
        Severity::Warning => format!("!\u{a0}warning{plural}"),
        Severity::Advice => "i\u{a0}advice".to_string(),
    }
}

/// A number as people read it: commas between thousands.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

/// The words that stand at a place, and the place.
fn quoted(location: &Location) -> String {
    let place = location.place.to_string();
    let place = if place.is_empty() { String::new() } else { format!("<i>{}</i> ", text(&place)) };
    let quote = location.quote.trim();
    let quote = if quote.is_empty() { String::new() } else { format!("<q>{}</q>", text(quote)) };
    format!("{place}{quote}")
}

/// What a finding is about when it names no document.
fn about(finding: &FindingRow) -> &str {
    finding.expectation.as_deref().unwrap_or("the folder")
}

/// The source expression of a content security policy that allows one text and no other.
fn source(of: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = "sha256-".to_string();
    for three in Sha256::digest(of.as_bytes()).chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = bits >> (18 - 6 * digit) & 63;
            let digit = if digit > three.len() { b'=' } else { DIGITS[index as usize] };
            out.push(char::from(digit));
        }
    }
    out
}
