//! A document as its editor shows it: the findings of this document alone, what it supports and why, and the rules that ask.

use std::ops::Range;

use super::buffer::{Buffer, Encoding};
use super::locate::{Places, Source};
use super::project::Project;
use super::protocol::{Diagnostic, Location};
use super::say::{Say, harmless};
use super::uri;
use crate::commands::explanation;
use crate::day::Day;
use crate::dossier::Dossier;
use crate::finding::{RulePlace, Severity};
use crate::judge;
use crate::read::Unread;
use crate::recognise::Evidence;
use crate::render::Look;
use crate::report::{FindingRow, Judged, Report};
use crate::rules::EvidenceType;
use crate::settle::{Against, settle};

/// Findings shown of one document; editors become slow with more.
const MOST: usize = 1000;

/// Near misses named of a document that supports nothing.
const NEAR: usize = 3;

/// Pages of `kloe explain` are made into paragraphs, so their lines are not broken.
pub(super) const UNBROKEN: Look = Look { width: 100_000, ..Look::PLAIN };

/// Some words of a document about which something is to be said.
#[derive(Debug)]
pub(super) struct Mark {
    /// The words.
    pub(super) bytes: Range<usize>,
    /// What is said.
    pub(super) say: Say,
    /// The page of the check, shown where nothing else was found: where much was found it would only be long.
    pub(super) page: Option<Say>,
    /// The tables of rule files that ask for it, where they stand in files.
    pub(super) rules: Vec<Location>,
}

/// What there is to show of a document.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) marks: Vec<Mark>,
}

/// A document, and what it is judged by.
pub(super) struct Looking<'a> {
    pub(super) project: &'a Project,
    pub(super) buffer: &'a Buffer,
    pub(super) source: Source,
    pub(super) encoding: Encoding,
    pub(super) as_of: Day,
}

impl Looking<'_> {
    /// Judges what was examined: one dossier, since texts hold no other documents.
    pub(super) fn look(&self, dossiers: Vec<Dossier>) -> Looked {
        let Some(dossier) = dossiers.first().cloned() else { return Looked::default() };
        let mut places = Places::new(self.buffer.text(), self.source);
        let title = dossier.facts.title.as_ref().and_then(|title| title.excerpt.as_ref());
        let top = title.and_then(|title| places.of(title, "title")).unwrap_or_else(|| places.top());
        if dossier.unread == Some(Unread::Own) {
            return self.no_evidence(&top, &Unread::Own.to_string());
        }
        let rows = self.rows(dossiers);
        let (open, accepted): (Vec<_>, Vec<_>) = rows.into_iter().partition(FindingRow::is_open);
        let mut looked = Looked::default();
        for row in open.iter().take(MOST) {
            let bytes = row.excerpt.as_ref().and_then(|excerpt| places.of(excerpt, row.check));
            let bytes = bytes.unwrap_or_else(|| top.clone());
            let range = self.buffer.span(&bytes, self.encoding);
            let message = harmless(&format!("{}\n{}", row.message, row.help));
            looked.diagnostics.push(Diagnostic::new(range, row.severity, row.check, message));
            let page = Some(Say::page(&explanation(row.check, &self.project.rules, UNBROKEN)));
            looked.marks.push(Mark { bytes, say: self.finding(row), page, rules: self.asked_in(row, &dossier) });
        }
        if let Some(more @ 1..) = open.len().checked_sub(MOST) {
            let message = format!("{more} more findings are not shown here; `kloe check` shows all");
            let range = self.buffer.span(&top, self.encoding);
            looked.diagnostics.push(Diagnostic::new(range, Severity::Advice, "more", message));
        }
        for evidence in &dossier.evidence {
            let Some(rule) = self.project.rules.evidence_type(&evidence.evidence) else { continue };
            for reason in &evidence.because {
                let Some(bytes) = reason.excerpt.as_ref().and_then(|excerpt| places.of(excerpt, "reason")) else {
                    continue;
                };
                let say = Say::of(format!("counts for {}, because {}", rule.title, reason.why));
                looked.marks.push(Mark {
                    bytes,
                    say,
                    page: None,
                    rules: self.places(std::slice::from_ref(&rule.place)),
                });
            }
        }
        let mut say = self.document(&dossier);
        for row in &accepted {
            say.labelled(
                "Not shown",
                format!("{}: {}; {}", row.check, row.message, row.accepted().unwrap_or_default()),
            );
        }
        // It stands first where several things are said of the title.
        looked.marks.insert(0, Mark { bytes: top, say, page: None, rules: self.tables(&dossier) });
        looked
    }

    /// What is shown of a file that is no evidence.
    pub(super) fn no_evidence(&self, top: &Range<usize>, why: &str) -> Looked {
        let mut say = Say::of("kloe does not check this file");
        say.line(why);
        Looked { diagnostics: Vec::new(), marks: vec![Mark { bytes: top.clone(), say, page: None, rules: Vec::new() }] }
    }

    fn rows(&self, dossiers: Vec<Dossier>) -> Vec<FindingRow> {
        let (rules, as_of) = (&self.project.rules, self.as_of);
        let findings = judge::documents(&dossiers, rules, as_of);
        let against = Against { settings: &self.project.settings, baseline: None, as_of, whole: false };
        let settled = settle(findings, &against);
        let (findings, left_out) = (settled.findings, settled.left_out);
        let (skipped, lines, resolved) = (Vec::new(), Vec::new(), Vec::new());
        Report::new(
            Judged { root: String::new(), as_of, dossiers, skipped, lines, findings, left_out, resolved },
            rules,
        )
        .findings
    }

    fn finding(&self, row: &FindingRow) -> Say {
        let mut say = Say::of(format!("{}: {}", row.severity, row.message));
        for line in row.help.lines() {
            say.line(line);
        }
        if !row.expectations.is_empty() {
            say.labelled("Concerns", row.expectations.join(", "));
        }
        let asked: Vec<String> = row.rule.iter().map(|place| self.told(place)).collect();
        if !asked.is_empty() {
            say.labelled("Rule", asked.join(", "));
        }
        say
    }

    /// What a document is, supports, and why.
    fn document(&self, dossier: &Dossier) -> Say {
        let mut say = Say::of(format!("What kloe reads here: {}", dossier.kind));
        if let Some(unread) = &dossier.unread {
            say.line(format!("not read: {unread}"));
            return say;
        }
        say.labelled("Kind", format!("{} ({})", dossier.kind, dossier.kind_because));
        let facts = &dossier.facts;
        let facts = [
            ("date", facts.date.as_ref().map(|fact| fact.value.in_words())),
            ("status", facts.status.as_ref().map(|fact| fact.value.to_string())),
            ("owner", facts.owner.as_ref().map(|fact| fact.value.clone())),
            ("approved by", facts.approved_by.as_ref().map(|fact| fact.value.clone())),
            ("review due", facts.review_due.as_ref().map(|fact| fact.value.in_words())),
        ];
        let facts: Vec<String> =
            facts.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?))).collect();
        say.labelled("Says of itself", if facts.is_empty() { "nothing".to_string() } else { facts.join("; ") });
        for evidence in &dossier.evidence {
            let Some(rule) = self.project.rules.evidence_type(&evidence.evidence) else { continue };
            self.support(&mut say, dossier, evidence, rule);
        }
        if dossier.evidence.is_empty() {
            say.labelled("Supports", "nothing");
            for near in dossier.near.iter().take(NEAR) {
                let title =
                    self.project.rules.evidence_type(&near.evidence).map_or(near.evidence.as_str(), |rule| &rule.title);
                say.item(format!("nearly {title}: {}", near.lacked));
            }
        }
        say
    }

    fn support(&self, say: &mut Say, dossier: &Dossier, evidence: &Evidence, rule: &EvidenceType) {
        let asked = judge::expectations_of(&self.project.rules, &rule.id).join(", ");
        let asked = if asked.is_empty() { "not asked of this sort of provider" } else { asked.as_str() };
        let fresh = rule.fresh.or_else(|| rule.every.map(judge::with_grace));
        let weak = judge::weaknesses(dossier, evidence, rule, fresh, self.as_of);
        let grade = if weak.is_empty() { "strong" } else { "weak" };
        say.labelled("Supports", format!("{} ({asked}): {grade}", rule.title));
        weak.iter().for_each(|weakness| say.item(format!("weak: {weakness}")));
        evidence.because.iter().for_each(|reason| say.item(format!("because {}", reason.why)));
        say.item(format!("rule: {}", self.told(&rule.place)));
    }

    /// A place of a rule in words: that a built-in rule has no file is said, too.
    fn told(&self, place: &RulePlace) -> String {
        if self.location(place).is_some() {
            return format!("{}:{}", place.file, place.line);
        }
        format!("{}:{}, built into kloe, so there is no file to go to", place.file, place.line)
    }

    /// The tables that ask for what a finding is about; of one about the document alone, those that the document is judged by.
    fn asked_in(&self, row: &FindingRow, dossier: &Dossier) -> Vec<Location> {
        let expectations = self.project.rules.lines().flat_map(|(_, line)| &line.expectations);
        let named = expectations.filter(|one| row.expectations.contains(&one.id)).map(|one| one.place.clone());
        let places: Vec<RulePlace> = row.rule.iter().cloned().chain(named).collect();
        if places.is_empty() { self.tables(dossier) } else { self.places(&places) }
    }

    /// The tables of the evidence types that a document counts for, and of the expectations that these meet.
    fn tables(&self, dossier: &Dossier) -> Vec<Location> {
        let is = |id: &String| dossier.evidence.iter().any(|one| one.evidence == *id);
        let rules = &self.project.rules;
        let types = rules.evidence.iter().filter(|rule| is(&rule.id)).map(|rule| rule.place.clone());
        let expectations = rules.lines().flat_map(|(_, line)| &line.expectations);
        let asking = expectations.filter(|one| one.evidence.iter().any(is)).map(|one| one.place.clone());
        self.places(&types.chain(asking).collect::<Vec<_>>())
    }

    fn places(&self, places: &[RulePlace]) -> Vec<Location> {
        let mut all: Vec<Location> = places.iter().filter_map(|place| self.location(place)).collect();
        let mut seen = Vec::new();
        all.retain(|one| {
            !seen.contains(one) && {
                seen.push(one.clone());
                true
            }
        });
        all
    }

    /// Where a rule stands on this machine; nowhere if it is built in.
    fn location(&self, place: &RulePlace) -> Option<Location> {
        // The first layer is the built-in one, whose names are no paths here.
        let mut files = self.project.layers.iter().skip(1).flatten().map(|(_, file)| file);
        let source = files.find(|file| file.name() == place.file)?;
        let file = std::path::absolute(&place.file).ok().filter(|file| file.is_file())?;
        let buffer = Buffer::new(source.text().to_string());
        let line = buffer.line((place.line as usize).saturating_sub(1));
        Some(Location { uri: uri::of_file(&file), range: buffer.span(&line, self.encoding) })
    }
}
