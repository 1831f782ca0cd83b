//! The lines: a matrix of their grades by category of evidence, and what supports each expectation.

use std::collections::HashMap;

use super::{Page, capital, count, grade, quoted, text};
use crate::judge::Grade;
use crate::report::{EvidenceRow, ExpectationRow, LineRow, Location};
use crate::rules::Category;

/// How the reasons that weaken evidence begin.
const WEAK: &str = "weak: ";

impl<'r> Page<'r> {
    pub(super) fn grades(&mut self) {
        let report = self.report;
        if report.lines.is_empty() {
            return;
        }
        self.part("grades", "Grades by line and category of evidence", "lines");
        self.out.push_str(
            "<p><strong>●&nbsp;strong</strong>: all that is required is recognised, in date and complete. \
             <strong>◐&nbsp;weak</strong>: something is on file, and something of that lacks. \
             <strong>○&nbsp;missing</strong>: nothing in the folder counts. \
             A cell says how many documents of a category support the line, and how well.</p>\n",
        );
        for framework in &report.frameworks {
            let lines: Vec<(usize, &LineRow)> =
                report.lines.iter().enumerate().filter(|(_, line)| line.framework == framework.id).collect();
            if lines.is_empty() {
                continue;
            }
            self.out.push_str(&format!(
                "<table class=matrix>\n<caption>{}</caption>\n<thead><tr><th scope=col>Line</th><th scope=col>Grade</th>\
                 <th scope=col>Required on file</th><th scope=col>All on file</th>",
                text(&framework.title)
            ));
            for category in Category::ALL {
                self.out.push_str(&format!("<th scope=col>{}</th>", text(&capital(category.words()))));
            }
            self.out.push_str("</tr></thead>\n<tbody data-g>\n");
            for (number, line) in lines {
                let on_file = |required: bool| {
                    let of: Vec<&ExpectationRow> =
                        line.expectations.iter().filter(|one| one.required || !required).collect();
                    format!("{} of {}", of.iter().filter(|one| one.grade != Grade::Missing).count(), of.len())
                };
                self.out.push_str(&format!(
                    "<tr data-l=\"{number}\"><th scope=row><a href=\"#line-{number}\">{} {}</a></th><td>{}</td><td>{}</td><td>{}</td>",
                    text(&line.id),
                    text(&line.title),
                    grade(line.grade),
                    on_file(true),
                    on_file(false),
                ));
                self.out.push_str(&cells(line));
                self.out.push_str("</tr>\n");
            }
            self.out.push_str("</tbody>\n</table>\n");
        }
        self.end_part();
    }

    pub(super) fn evidence(&mut self) {
        let report = self.report;
        if report.lines.is_empty() {
            return;
        }
        self.part("evidence", "What supports each line", "pieces of evidence");
        for framework in &report.frameworks {
            let lines: Vec<(usize, &LineRow)> =
                report.lines.iter().enumerate().filter(|(_, line)| line.framework == framework.id).collect();
            if lines.is_empty() {
                continue;
            }
            self.out.push_str(&format!(
                "<div data-g>\n<h3>{}</h3>\n<p class=small>Source: {}</p>\n",
                text(&framework.title),
                text(&framework.source)
            ));
            for (number, line) in lines {
                self.line(number, line);
            }
            self.out.push_str("</div>\n");
        }
        self.end_part();
    }

    fn line(&mut self, number: usize, line: &'r LineRow) {
        self.out.push_str(&format!(
            "<details open data-g id=\"line-{number}\">\n<summary><h4>{} {}</h4> {}</summary>\n<ul class=asked>\n",
            text(&line.id),
            text(&line.title),
            grade(line.grade)
        ));
        for one in &line.expectations {
            let needed = if one.required { "required" } else { "recommended" };
            let head = format!(
                "{} <strong>{}</strong> <span class=small>{needed}, {}</span>",
                grade(one.grade),
                text(&capital(&one.title)),
                text(&one.id)
            );
            if one.evidence.is_empty() {
                self.out.push_str(&format!("<li data-l=\"{number}\">{head}</li>\n"));
                continue;
            }
            self.out.push_str(&format!("<li data-g>{head}\n<ul class=cards>\n"));
            for evidence in &one.evidence {
                let item = self.support(number, evidence);
                self.out.push_str(&item);
            }
            self.out.push_str("</ul></li>\n");
        }
        self.out.push_str("</ul>\n</details>\n");
    }

    fn support(&self, number: usize, evidence: &'r EvidenceRow) -> String {
        let mut facts = vec![text(evidence.category.words())];
        if let Some(document) = self.documents.get(evidence.path.as_str()) {
            facts.extend(document.date.map(|day| day.in_words()));
            facts.extend(document.status.as_deref().map(text));
        }
        let mut out = format!(
            "<li data-l=\"{number}\">{} {} <span class=small>{}</span>",
            grade(evidence.grade),
            self.document(&evidence.path),
            facts.join(", ")
        );
        let (weak, counts): (Vec<&str>, Vec<&str>) =
            evidence.because.iter().map(String::as_str).partition(|why| why.starts_with(WEAK));
        if !counts.is_empty() {
            out.push_str(&format!("<p>Counts because {}.</p>", text(&counts.join("; "))));
        }
        if !weak.is_empty() {
            let weak: Vec<&str> = weak.iter().map(|why| why.trim_start_matches(WEAK)).collect();
            out.push_str(&format!("<p class=why><strong>Weak because</strong> {}.</p>", text(&weak.join("; "))));
        }
        // A word of a sentence that is quoted anyway says nothing more.
        let within = |one: &Location, other: &Location| {
            let (words, more) = (one.quote.trim(), other.quote.trim());
            one.place == other.place && words.len() < more.len() && more.contains(words)
        };
        let told = evidence.locations.iter().filter(|one| !evidence.locations.iter().any(|other| within(one, other)));
        for location in told {
            out.push_str(&format!("<p>{}</p>", quoted(location)));
        }
        out.push_str("</li>\n");
        out
    }
}

/// A cell for each category: of each document the best grade with which it supports the line.
fn cells(line: &LineRow) -> String {
    let mut best: HashMap<(Category, &str), Grade> = HashMap::new();
    for evidence in line.expectations.iter().flat_map(|one| &one.evidence) {
        let of = best.entry((evidence.category, evidence.path.as_str())).or_insert(evidence.grade);
        if evidence.grade == Grade::Strong {
            *of = Grade::Strong;
        }
    }
    let mut out = String::new();
    for category in Category::ALL {
        let number = |grade: Grade| best.iter().filter(|((of, _), found)| of == category && **found == grade).count();
        let mut parts: Vec<String> = Vec::new();
        for (grade, mark) in [(Grade::Strong, "●"), (Grade::Weak, "◐")] {
            let number = number(grade);
            if number > 0 {
                parts.push(format!(
                    "<span class=\"g {grade}\" title=\"{}\">{mark} {number} {grade}</span>",
                    count(number, "document")
                ));
            }
        }
        if parts.is_empty() {
            parts.push("<span class=\"g none\">○ none</span>".to_string());
        }
        out.push_str(&format!("<td>{}</td>", parts.join(" ")));
    }
    out
}
