//! Markdown for a pull-request comment, a step summary or a board paper: grades, what is missing, findings by check.

use super::escape::markdown as text;
use super::logs::inert_markup;
use super::{count, examined, nothing_read};
use crate::finding::{Check, Severity};
use crate::judge::Grade;
use crate::report::{ExpectationRow, FindingRow, Report};

/// Characters; GitHub refuses comments of more than 65,536.
const MOST: usize = 65_000;
/// Characters kept for the words that say what was cut.
const FOR_THE_CUT: usize = 600;
/// Findings shown of one check, so that a long list does not hide the checks after it.
const OF_A_CHECK: usize = 40;
/// Characters of one text: a name, a quote, a line of help.
const OF_A_TEXT: usize = 400;

/// The report as Markdown, never longer than a comment may be; what is cut off is named at the end.
pub fn markdown(report: &Report) -> String {
    let mut page = Page { out: String::new(), length: 0, cut: Vec::new() };
    head(&mut page, report);
    grades(&mut page, report);
    missing(&mut page, report);
    not_read(&mut page, report);
    findings(&mut page, report);
    accepted(&mut page, report);
    page.finish(report)
}

struct Page {
    out: String,
    length: usize,
    /// What did not fit: of what, and how many.
    cut: Vec<(String, usize)>,
}

impl Page {
    /// Adds text if it fits.
    fn add(&mut self, more: &str) -> bool {
        let length = more.chars().count();
        if self.length + length > MOST - FOR_THE_CUT {
            return false;
        }
        self.length += length;
        self.out.push_str(more);
        true
    }

    /// A heading with rows under it, as many as fit.
    fn section(&mut self, heading: &str, of: &str, rows: Vec<String>) {
        let all = rows.len();
        let shown = if self.add(heading) { rows.iter().take_while(|row| self.add(row)).count() } else { 0 };
        if shown < all {
            self.left_out(of, all - shown);
        }
    }

    fn left_out(&mut self, of: &str, number: usize) {
        match self.cut.iter_mut().find(|(name, _)| name == of) {
            Some((_, all)) => *all += number,
            None => self.cut.push((of.to_string(), number)),
        }
    }

    fn finish(mut self, report: &Report) -> String {
        if !self.cut.is_empty() {
            let mut named: Vec<String> =
                self.cut.iter().take(8).map(|(of, number)| format!("{number} of {of}")).collect();
            let others: usize = self.cut.iter().skip(8).map(|(_, number)| number).sum();
            if others > 0 {
                named.push(format!("{others} of other parts"));
            }
            let cut = format!(
                "\n**Cut here, this is not the whole report.** Left out: {}. The formats csv, xlsx and json have everything.\n",
                named.join(", ")
            );
            self.out.push_str(&cut);
        }
        if !report.lines.is_empty() {
            self.out.push_str(
                "\nThis says how complete and how well kept the documents are. It is no rating, and what people and staff \
                 experience is not in a folder.\n",
            );
        }
        inert_markup(&self.out).into_owned()
    }
}

/// A text of a document, escaped and not too long.
fn words(words: &str) -> String {
    let mut short: String = words.chars().take(OF_A_TEXT).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    text(&short)
}

fn head(page: &mut Page, report: &Report) {
    let sum = &report.summary;
    let sector = report.sector.filter(|_| !report.lines.is_empty());
    let sector = sector.map_or(String::new(), |sector| format!(", as {}", sector.in_words()));
    let day = report.as_of.in_words();
    let mut head = format!("# Evidence in {}, judged as of {day}{sector}\n\n", words(&report.root));
    if let Some(nothing) = nothing_read(report) {
        head.push_str(&format!("**{}: this says nothing about the evidence.**\n\n", capital(nothing)));
    }
    head.push_str(&format!("{}.\n\n", capital(&examined(report))));
    head.push_str(&format!(
        "{}, {}, {} of advice, counted for every line that asks.",
        count(sum.errors, "error"),
        count(sum.warnings, "warning"),
        count(sum.advice, "piece")
    ));
    if !report.lines.is_empty() {
        let lines = &sum.lines;
        let all = count(report.lines.len(), "line");
        head.push_str(&format!(" Of {all}: {} strong, {} weak, {} missing.", lines.strong, lines.weak, lines.missing));
    }
    page.add(&(head + "\n"));
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

fn grades(page: &mut Page, report: &Report) {
    for framework in &report.frameworks {
        let lines = report.lines.iter().filter(|line| line.framework == framework.id);
        let rows: Vec<String> = lines
            .map(|line| {
                let on_file = |required: bool| {
                    let of: Vec<&ExpectationRow> =
                        line.expectations.iter().filter(|one| one.required || !required).collect();
                    format!("{} of {}", of.iter().filter(|one| one.grade != Grade::Missing).count(), of.len())
                };
                let (title, grade) = (words(&line.title), mark(line.grade));
                format!("| {} | {title} | {grade} | {} | {} |\n", text(&line.id), on_file(true), on_file(false))
            })
            .collect();
        if !rows.is_empty() {
            let heading = format!(
                "\n## {}\n\n| Line | Title | Grade | Required on file | All on file |\n| --- | --- | --- | --- | --- |\n",
                words(&framework.title)
            );
            page.section(&heading, "the lines", rows);
        }
    }
}

/// A grade in words, with a mark that can be told without colour.
fn mark(grade: Grade) -> String {
    let mark = match grade {
        Grade::Strong => "●",
        Grade::Weak => "◐",
        Grade::Missing => "○",
    };
    format!("{mark} {grade}")
}

/// What is missing, once for all lines that ask for it.
fn missing(page: &mut Page, report: &Report) {
    let mut groups: Vec<(&FindingRow, Vec<&str>)> = Vec::new();
    for finding in super::open(report).filter(|one| one.check == Check::Missing.name()) {
        let ids = finding.expectations.iter().map(String::as_str);
        match groups.iter_mut().find(|(first, _)| first.message == finding.message) {
            Some((_, lines)) => lines.extend(ids),
            None => groups.push((finding, ids.collect())),
        }
    }
    if groups.is_empty() {
        return;
    }
    groups.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    let heading = format!("\n## Missing: {}\n\n", count(groups.len(), "thing"));
    let rows = groups.iter().map(|(finding, ids)| {
        let help: Vec<String> = finding.help.lines().map(|line| format!("  - {}\n", words(line))).collect();
        format!("- **{}** ({})\n{}", capital(&words(&finding.message)), text(&ids.join(", ")), help.concat())
    });
    page.section(&heading, "what is missing", rows.collect());
}

fn not_read(page: &mut Page, report: &Report) {
    let documents = report.documents.iter().filter(|document| !document.read);
    let mut rows: Vec<String> = documents
        .map(|one| {
            let reason = one.unread.as_deref().unwrap_or("it was not read");
            format!("| {} | not read: {} |\n", words(&one.path), words(reason))
        })
        .collect();
    rows.extend(
        report.skipped.iter().map(|one| format!("| {} | skipped: {} |\n", words(&one.path), words(&one.reason))),
    );
    if !rows.is_empty() {
        page.section("\n## Not examined\n\n| File | Why |\n| --- | --- |\n", "files that were not examined", rows);
    }
}

/// The findings by check, worst first; those about what is missing have their own part.
fn findings(page: &mut Page, report: &Report) {
    let mut groups: Vec<(Severity, &str, Vec<&FindingRow>)> = Vec::new();
    for finding in super::open(report).filter(|one| one.check != Check::Missing.name()) {
        match groups.iter_mut().find(|(severity, check, _)| *severity == finding.severity && *check == finding.check) {
            Some((_, _, of)) => of.push(finding),
            None => groups.push((finding.severity, finding.check, vec![finding])),
        }
    }
    for (severity, check, of) in groups {
        let about = Check::from_name(check).map_or_else(String::new, |check| {
            format!("{} What puts it right: {}.", check.summary(), text(check.remedy()))
        });
        let number = match severity {
            Severity::Advice => format!("{} of advice", count(of.len(), "piece")),
            severity => count(of.len(), severity.name()),
        };
        let heading = format!(
            "\n## {}: {number}\n\n{about}\n\n| Document | What | Where | Words |\n| --- | --- | --- | --- |\n",
            text(check)
        );
        let rows: Vec<String> = of.iter().take(OF_A_CHECK).map(|finding| row(finding)).collect();
        page.section(&heading, check, rows);
        let rest = of.len().saturating_sub(OF_A_CHECK);
        if rest > 0 && !page.add(&format!("\n{rest} more of {} in the formats csv, xlsx and json.\n", text(check))) {
            page.left_out(check, rest);
        }
    }
}

/// What a waiver or the baseline covers: not counted, and not hidden.
fn accepted(page: &mut Page, report: &Report) {
    let row = |finding: &FindingRow| {
        let accepted = words(&finding.accepted().unwrap_or_default());
        let about = finding.path.as_deref().or(finding.expectation.as_deref()).map_or(String::new(), words);
        format!("| {about} | {}: {} | {accepted} |\n", text(finding.check), words(&finding.message))
    };
    let all: Vec<&FindingRow> = report.findings.iter().filter(|one| !one.is_open()).collect();
    if all.is_empty() {
        return;
    }
    let rows: Vec<String> = all.iter().take(OF_A_CHECK).map(|one| row(one)).collect();
    let heading = format!(
        "\n## Accepted or known: {}, not counted\n\n| Document | What | Why it is not counted |\n| --- | --- | --- |\n",
        count(all.len(), "finding")
    );
    page.section(&heading, "accepted findings", rows);
    let rest = all.len().saturating_sub(OF_A_CHECK);
    if rest > 0 && !page.add(&format!("\n{rest} more in the formats csv, xlsx and json.\n")) {
        page.left_out("accepted findings", rest);
    }
}

fn row(finding: &FindingRow) -> String {
    let path = finding.path.as_deref().map_or(String::new(), words);
    let mut what = words(&finding.message);
    if !finding.expectations.is_empty() {
        what.push_str(&format!(" ({})", text(&finding.expectations.join(", "))));
    }
    let (place, quote) = finding.location.as_ref().map_or((String::new(), String::new()), |location| {
        (words(&location.place.to_string()), words(&location.quote))
    });
    format!("| {path} | {what} | {place} | {quote} |\n")
}
