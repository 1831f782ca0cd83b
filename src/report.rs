//! The report: owned, sorted, masked; all that a renderer sees, in the shape of the JSON that callers rely on.

use schemars::JsonSchema;
use serde::Serialize;

use crate::day::Day;
use crate::document::{Action, Progress};
use crate::dossier::Dossier;
use crate::finding::{Accepted, Finding, Severity, Standing};
use crate::judge::{Grade, JudgedLine};
use crate::nhs_number::mask_line;
use crate::rules::{Category, Rules, Sector};
use crate::settle::Known;
use crate::text::{Excerpt, Place};
use crate::walk::Skipped;

/// A whole report, schema version 1.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// Version of this shape.
    pub schema_version: u32,
    /// What made it.
    pub tool: Tool,
    /// The day that was judged on.
    pub as_of: Day,
    /// The folder, as it was named.
    pub root: String,
    /// The sector whose expectations were asked for.
    pub sector: Option<Sector>,
    /// The frameworks in force.
    pub frameworks: Vec<FrameworkRow>,
    /// Every line.
    pub lines: Vec<LineRow>,
    /// Every document.
    pub documents: Vec<DocumentRow>,
    /// Every file that was not examined.
    pub skipped: Vec<Skipped>,
    /// Every finding.
    pub findings: Vec<FindingRow>,
    /// Every finding of the baseline that is not there any more.
    pub resolved: Vec<ResolvedRow>,
    /// Every action that the documents hold, in the order of the documents.
    pub actions: Vec<ActionRow>,
    /// Counts.
    pub summary: Summary,
}

/// Name and version of the program.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tool {
    /// `kloe`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// A framework.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FrameworkRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its source.
    pub source: String,
}

/// A line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LineRow {
    /// Its id.
    pub id: String,
    /// Its framework.
    pub framework: String,
    /// Its title.
    pub title: String,
    /// Its grade.
    pub grade: Grade,
    /// Categories that its evidence rests on.
    pub categories: Vec<Category>,
    /// Its expectations.
    pub expectations: Vec<ExpectationRow>,
}

/// An expectation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExpectationRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is required.
    pub required: bool,
    /// Its grade.
    pub grade: Grade,
    /// What supports it.
    pub evidence: Vec<EvidenceRow>,
}

/// A document that supports an expectation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceRow {
    /// Its path.
    pub path: String,
    /// Its grade.
    pub grade: Grade,
    /// Its category.
    pub category: Category,
    /// Why it counts, and what weakens it.
    pub because: Vec<String>,
    /// Where the words stand.
    pub locations: Vec<Location>,
}

/// A place with the words that stand there.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Location {
    /// Line, page, paragraph, slide, sheet or cell.
    #[serde(flatten)]
    pub place: Place,
    /// The words.
    pub quote: String,
}

/// A document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DocumentRow {
    /// Its path.
    pub path: String,
    /// Its format.
    pub format: String,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<Day>,
    /// Its status.
    pub status: Option<String>,
    /// Its owner.
    pub owner: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// When it is to be reviewed.
    pub review_due: Option<Day>,
    /// How many words.
    pub words: usize,
    /// Whether it was read.
    pub read: bool,
    /// Why it was not read, in words; none when it was.
    pub unread: Option<String>,
    /// Expectations that it supports.
    pub supports: Vec<String>,
}

/// An action that a document records.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ActionRow {
    /// The document.
    pub path: String,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<Day>,
    /// How far it is.
    pub status: Progress,
    /// Whether it is open past its day, on the day that is judged on.
    pub overdue: bool,
    /// Where it stands.
    pub location: Location,
}

/// A finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FindingRow {
    /// Which check.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What would put it right.
    pub help: String,
    /// The document.
    pub path: Option<String>,
    /// The first expectation concerned.
    pub expectation: Option<String>,
    /// All expectations concerned.
    pub expectations: Vec<String>,
    /// Where.
    pub location: Option<Location>,
    /// The line of the rule file that asked.
    pub rule: Option<crate::finding::RulePlace>,
    /// Names the finding from run to run.
    pub fingerprint: String,
    /// `open`, `waived` or `known`; only open findings count towards the exit status.
    pub standing: &'static str,
    /// Who accepted it, of a waived finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Accepted>,
    /// The first run that had it, of a known finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_since: Option<Day>,
    /// The words in their block, for showing them underlined.
    #[serde(skip)]
    pub excerpt: Option<Excerpt>,
}

impl FindingRow {
    /// Whether it counts: neither waived nor known.
    pub fn is_open(&self) -> bool {
        self.waiver.is_none() && self.known_since.is_none()
    }

    /// Why it does not count, in words; none of an open finding.
    pub fn accepted(&self) -> Option<String> {
        if let Some(waiver) = &self.waiver {
            let reference = waiver.reference.as_ref().map_or(String::new(), |words| format!(" ({words})"));
            let (by, until, reason) = (&waiver.accepted_by, waiver.until.in_words(), &waiver.reason);
            return Some(format!("accepted by {by} until {until}: {reason}{reference}"));
        }
        self.known_since.map(|since| format!("known since {}", since.in_words()))
    }
}

/// A finding of the baseline that is not there any more.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResolvedRow {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Which check.
    pub check: String,
    /// The document.
    pub path: Option<String>,
    /// What was wrong.
    pub message: String,
    /// The first run that had it.
    pub since: Day,
}

/// Counts.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Summary {
    /// Documents, read or not.
    pub documents: usize,
    /// Documents that could not be read.
    pub not_read: usize,
    /// Files that were skipped.
    pub skipped: usize,
    /// Open errors.
    pub errors: usize,
    /// Open warnings.
    pub warnings: usize,
    /// Open advice.
    pub advice: usize,
    /// Findings that a waiver covers.
    pub waived: usize,
    /// Findings that the baseline has.
    pub known: usize,
    /// Findings of the baseline that are not there any more.
    pub resolved: usize,
    /// Findings that `select` and `ignore` left out.
    pub left_out: usize,
    /// Lines by grade.
    pub lines: LineCounts,
}

/// Lines by grade.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LineCounts {
    /// Strong ones.
    pub strong: usize,
    /// Weak ones.
    pub weak: usize,
    /// Missing ones.
    pub missing: usize,
}

/// What a report is made of.
#[derive(Debug)]
pub struct Judged<'r> {
    /// The folder, as it was named.
    pub root: String,
    /// The day that was judged on.
    pub as_of: Day,
    /// The documents.
    pub dossiers: Vec<Dossier>,
    /// What was skipped.
    pub skipped: Vec<Skipped>,
    /// The lines; empty when files alone were checked.
    pub lines: Vec<JudgedLine<'r>>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// How many findings the settings left out.
    pub left_out: usize,
    /// Findings of the baseline that are gone, by fingerprint.
    pub resolved: Vec<(String, Known)>,
}

/// A path, title or reason with what could identify a patient masked.
pub fn masked(text: &str) -> String {
    mask_line(text)
}

impl Report {
    /// Puts the report together: sorted, with every path, title and owner masked.
    pub fn new(judged: Judged<'_>, rules: &Rules) -> Report {
        let dossiers = &judged.dossiers;
        let lines: Vec<LineRow> = judged.lines.iter().map(|line| line_row(line, dossiers)).collect();
        let documents: Vec<DocumentRow> =
            dossiers.iter().map(|dossier| document_row(dossier, &judged.lines, dossiers)).collect();
        let mut findings: Vec<FindingRow> = judged.findings.into_iter().map(finding_row).collect();
        let action = |dossier: &Dossier, action| action_row(&dossier.path, action, judged.as_of);
        let actions: Vec<ActionRow> =
            dossiers.iter().flat_map(|one| one.actions.iter().map(move |row| action(one, row))).collect();
        findings.sort_by(|a, b| {
            let key = |row: &FindingRow| {
                (
                    !row.is_open(),
                    std::cmp::Reverse(row.severity),
                    row.check,
                    row.path.clone(),
                    row.expectation.clone(),
                    row.location.as_ref().map(|location| location.place.clone()),
                    row.fingerprint.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        let open = || findings.iter().filter(|row| row.is_open());
        let count = |severity: Severity| open().filter(|row| row.severity == severity).count();
        let grades = |grade: Grade| lines.iter().filter(|row| row.grade == grade).count();
        let summary = Summary {
            documents: documents.len(),
            not_read: documents.iter().filter(|row| !row.read).count(),
            skipped: judged.skipped.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            advice: count(Severity::Advice),
            waived: findings.iter().filter(|row| row.waiver.is_some()).count(),
            known: findings.iter().filter(|row| row.known_since.is_some()).count(),
            resolved: judged.resolved.len(),
            left_out: judged.left_out,
            lines: LineCounts {
                strong: grades(Grade::Strong),
                weak: grades(Grade::Weak),
                missing: grades(Grade::Missing),
            },
        };
        let frameworks = rules
            .frameworks
            .iter()
            .map(|one| FrameworkRow { id: one.id.clone(), title: one.title.clone(), source: one.source.clone() })
            .collect();
        let skipped = judged
            .skipped
            .into_iter()
            .map(|one| Skipped { path: mask_line(&one.path), reason: mask_line(&one.reason) })
            .collect();
        let gone = |(fingerprint, known): (String, Known)| ResolvedRow {
            fingerprint,
            check: known.check,
            path: known.path.as_deref().map(mask_line),
            message: mask_line(&known.message),
            since: known.since,
        };
        let resolved = judged.resolved.into_iter().map(gone).collect();
        let tool = Tool { name: "kloe", version: env!("CARGO_PKG_VERSION") };
        let root = mask_line(&judged.root);
        Report {
            schema_version: 1,
            tool,
            as_of: judged.as_of,
            root,
            sector: rules.sector,
            frameworks,
            lines,
            documents,
            skipped,
            findings,
            resolved,
            actions,
            summary,
        }
    }
}

fn line_row(line: &JudgedLine<'_>, dossiers: &[Dossier]) -> LineRow {
    let expectations = line
        .expectations
        .iter()
        .map(|one| ExpectationRow {
            id: one.expectation.id.clone(),
            title: one.title.clone(),
            required: one.expectation.required,
            grade: one.grade,
            evidence: one.support.iter().map(|support| evidence_row(support, dossiers)).collect(),
        })
        .collect();
    LineRow {
        id: line.line.id.clone(),
        framework: line.framework.to_string(),
        title: line.line.title.clone(),
        grade: line.grade,
        categories: line.categories.iter().copied().collect(),
        expectations,
    }
}

fn evidence_row(support: &crate::judge::Support, dossiers: &[Dossier]) -> EvidenceRow {
    let dossier = &dossiers[support.document];
    let reasons = dossier.evidence.iter().filter(|one| one.evidence == support.evidence).flat_map(|one| &one.because);
    let mut because: Vec<String> = reasons.clone().map(|reason| mask_line(&reason.why)).collect();
    because.extend(support.weaknesses.iter().map(|weakness| format!("weak: {}", mask_line(weakness))));
    let locations = reasons.filter_map(|reason| reason.excerpt.as_ref()).map(location).collect();
    EvidenceRow { path: mask_line(&dossier.path), grade: support.grade, category: support.category, because, locations }
}

fn location(excerpt: &Excerpt) -> Location {
    let excerpt = masked_excerpt(excerpt);
    Location { place: excerpt.place, quote: excerpt.quote }
}

/// An excerpt with what its own document did not tell for a patient's number masked as well; masks keep lengths.
fn masked_excerpt(excerpt: &Excerpt) -> Excerpt {
    let place = Place { sheet: excerpt.place.sheet.as_deref().map(mask_line), ..excerpt.place.clone() };
    Excerpt { place, quote: mask_line(&excerpt.quote), context: mask_line(&excerpt.context), ..excerpt.clone() }
}

fn document_row(dossier: &Dossier, lines: &[JudgedLine<'_>], dossiers: &[Dossier]) -> DocumentRow {
    let facts = &dossier.facts;
    let supports = lines
        .iter()
        .flat_map(|line| &line.expectations)
        .filter(|one| one.support.iter().any(|support| std::ptr::eq(&dossiers[support.document], dossier)))
        .map(|one| one.expectation.id.clone())
        .collect();
    let words = |fact: &Option<crate::document::Fact<String>>| fact.as_ref().map(|fact| mask_line(&fact.value));
    DocumentRow {
        path: mask_line(&dossier.path),
        format: dossier.format.name().to_string(),
        kind: dossier.kind.name().to_string(),
        title: words(&facts.title),
        date: facts.date.as_ref().map(|fact| fact.value),
        status: facts.status.as_ref().map(|fact| fact.value.name().to_string()),
        owner: words(&facts.owner),
        approved_by: words(&facts.approved_by),
        version: words(&facts.version),
        review_due: facts.review_due.as_ref().map(|fact| fact.value),
        words: dossier.words,
        read: dossier.unread.is_none(),
        unread: dossier.unread.as_ref().map(|unread| mask_line(&unread.to_string())),
        supports,
    }
}

fn action_row(path: &str, action: &Action, as_of: Day) -> ActionRow {
    let open = action.progress == Progress::Open;
    ActionRow {
        path: mask_line(path),
        text: mask_line(&action.text),
        owner: action.owner.as_deref().map(mask_line),
        due: action.due,
        status: action.progress,
        overdue: open && action.due.is_some_and(|due| due < as_of),
        location: location(&action.excerpt),
    }
}

fn finding_row(finding: Finding) -> FindingRow {
    let (standing, waiver, known_since) = match finding.standing {
        Standing::Open => ("open", None, None),
        Standing::Waived(accepted) => ("waived", Some(masked_waiver(&accepted)), None),
        Standing::Known { since } => ("known", None, Some(since)),
    };
    FindingRow {
        standing,
        waiver,
        known_since,
        check: finding.check.name(),
        severity: finding.severity,
        message: mask_line(&finding.message),
        help: mask_line(&finding.help),
        path: finding.path.as_deref().map(mask_line),
        expectation: finding.expectations.first().cloned(),
        location: finding.excerpt.as_ref().map(location),
        expectations: finding.expectations,
        rule: finding.rule,
        fingerprint: finding.fingerprint,
        excerpt: finding.excerpt.as_ref().map(masked_excerpt),
    }
}

/// What people write into settings may name a patient, too.
fn masked_waiver(accepted: &Accepted) -> Accepted {
    Accepted {
        accepted_by: mask_line(&accepted.accepted_by),
        reason: mask_line(&accepted.reason),
        until: accepted.until,
        reference: accepted.reference.as_deref().map(mask_line),
    }
}
