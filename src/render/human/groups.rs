//! Findings grouped by check: the first ones in full, the others by document, so that a folder of hundreds stays readable.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use super::{Page, Tone, count};
use crate::finding::{Check, Severity};
use crate::render::{Detail, open, wrapped};
use crate::report::FindingRow;

/// Documents named in the rest of a group.
const NAMED: usize = 6;

/// Findings shown of those that one waiver or the baseline covers.
const ACCEPTED: usize = 3;

impl Page<'_> {
    /// What is missing, first of all: one entry an evidence type, whatever frameworks ask for it.
    pub(super) fn missing(&mut self) -> fmt::Result {
        let report = self.report;
        let mut groups: Vec<(&str, Vec<&FindingRow>)> = Vec::new();
        for finding in open(report).filter(|one| one.check == Check::Missing.name()) {
            match groups.iter_mut().find(|(message, _)| *message == finding.message) {
                Some((_, of)) => of.push(finding),
                None => groups.push((&finding.message, vec![finding])),
            }
        }
        if groups.is_empty() {
            return Ok(());
        }
        // What most lines ask for comes first.
        groups.sort_by_key(|(_, of)| Reverse(of.len()));
        let title = format!("Missing: {} that a reviewer would ask for first", count(groups.len(), "thing"));
        writeln!(self.out, "{}\n", self.paint(Tone::Title, &title))?;
        for (message, of) in groups {
            let lines: Vec<&str> =
                of.iter().filter_map(|one| one.expectation.as_deref()).filter_map(|id| id.split('.').next()).collect();
            let mark = if self.look.graphics { "×" } else { "error:" };
            let indent = " ".repeat(mark.chars().count() + 3);
            let title = wrapped(&format!("{message} ({})", lines.join(", ")), self.look.width, &indent, &indent);
            let mark = self.paint(Tone::Bad, mark);
            writeln!(self.out, "  {mark} {}", title.trim_start())?;
            if let Some(first) = of.first() {
                for part in first.help.split('\n') {
                    self.para(&indent, &format!("{indent}  "), part)?;
                }
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    pub(super) fn findings(&mut self) -> fmt::Result {
        let report = self.report;
        let mut groups: BTreeMap<(Reverse<Severity>, usize), Vec<Merged<'_>>> = BTreeMap::new();
        for finding in open(report).filter(|one| one.check != Check::Missing.name()) {
            let order = Check::ALL.iter().position(|check| check.name() == finding.check).unwrap_or(usize::MAX);
            let group = groups.entry((Reverse(finding.severity), order)).or_default();
            match group.iter_mut().find(|one| one.same(finding)) {
                Some(one) => one.asked.extend(finding.expectations.iter().map(String::as_str)),
                None => {
                    group.push(Merged { finding, asked: finding.expectations.iter().map(String::as_str).collect() })
                }
            }
        }
        for ((Reverse(severity), _), group) in &groups {
            self.group(*severity, group)?;
        }
        Ok(())
    }

    /// What somebody accepted, and what was there already: not counted, and not hidden.
    pub(super) fn accepted(&mut self) -> fmt::Result {
        let report = self.report;
        let mut groups: BTreeMap<String, Vec<&FindingRow>> = BTreeMap::new();
        for finding in &report.findings {
            if let Some(accepted) = finding.accepted() {
                groups.entry(accepted).or_default().push(finding);
            }
        }
        if !groups.is_empty() {
            let number = groups.values().map(Vec::len).sum();
            let title = format!("Accepted or known, and not counted: {}", count(number, "finding"));
            writeln!(self.out, "{}", self.paint(Tone::Title, &title))?;
            for (accepted, of) in groups {
                self.para("  ", "    ", &format!("{}, {accepted}", count(of.len(), "finding")))?;
                let shown = if self.detail == Detail::Everything { of.len() } else { ACCEPTED };
                for one in of.iter().take(shown) {
                    let about = one.path.as_deref().or(one.expectation.as_deref()).unwrap_or("");
                    self.para("      ", "        ", &format!("{}: {} ({about})", one.check, one.message))?;
                }
                if of.len() > shown {
                    writeln!(self.out, "      and {} more (-v shows all)", of.len() - shown)?;
                }
            }
            writeln!(self.out)?;
        }
        if !report.resolved.is_empty() {
            let title = format!("Gone since the baseline: {}", count(report.resolved.len(), "finding"));
            writeln!(self.out, "{}", self.paint(Tone::Title, &title))?;
            let shown = if self.detail == Detail::Everything { report.resolved.len() } else { ACCEPTED };
            for one in report.resolved.iter().take(shown) {
                let about = one.path.as_deref().map_or(String::new(), |path| format!(" ({path})"));
                self.para("  ", "    ", &format!("{}: {}{about}", one.check, one.message))?;
            }
            if report.resolved.len() > shown {
                writeln!(self.out, "  and {} more (-v shows all)", report.resolved.len() - shown)?;
            }
            self.para("  ", "  ", "`kloe baseline prune` takes them out of the baseline.")?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn group(&mut self, severity: Severity, group: &[Merged<'_>]) -> fmt::Result {
        let Some(check) = group.first().and_then(|one| Check::from_name(one.finding.check)) else { return Ok(()) };
        let documents: BTreeMap<&str, usize> = by_document(group);
        let mut title = format!("{} ({severity}): {}", check.name(), count(group.len(), "finding"));
        if documents.len() > 1 {
            let _ = write!(title, " in {}", count(documents.len(), "document"));
        }
        writeln!(self.out, "{}", self.paint(Tone::Title, &title))?;
        self.para("  ", "  ", &format!("{} Why it matters: {}.", check.summary(), check.why()))?;
        writeln!(self.out)?;
        let shown = match (self.detail, severity) {
            (Detail::Everything, _) => group.len(),
            (_, Severity::Error) => 5,
            (_, Severity::Warning) => 3,
            (_, Severity::Advice) => 1,
        };
        // One more is as short as the sentence that there is one more.
        let shown = if group.len() == shown + 1 { group.len() } else { shown };
        let (first, rest) = by_turns(group, shown);
        let mut help = "";
        for one in first {
            let again = one.finding.help == help;
            help = &one.finding.help;
            let text = self.diagnostic(one, again);
            self.out.push_str(&text);
        }
        if !rest.is_empty() {
            let documents = by_document(rest.iter().copied());
            let named: Vec<String> = documents
                .iter()
                .take(NAMED)
                .map(|(path, number)| if *number > 1 { format!("{path} ({number})") } else { (*path).to_string() })
                .collect();
            let mut text = format!("and {} more", rest.len());
            if !named.is_empty() {
                let _ = write!(text, ": {}", named.join("; "));
            }
            if documents.len() > NAMED {
                let _ = write!(text, "; and {}", count(documents.len() - NAMED, "other document"));
            }
            self.para("  ", "    ", &(text + " (-v shows all)"))?;
            writeln!(self.out)?;
        }
        Ok(())
    }
}

/// Findings that say the same of the same document, for several expectations.
pub(super) struct Merged<'r> {
    /// The first of them.
    pub(super) finding: &'r FindingRow,
    /// The expectations of all.
    pub(super) asked: Vec<&'r str>,
}

impl<'r> Merged<'r> {
    /// The lines that ask for it, each once.
    pub(super) fn lines(&self) -> Vec<&'r str> {
        let mut lines: Vec<&str> = self.asked.iter().filter_map(|id| id.split('.').next()).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    fn same(&self, other: &FindingRow) -> bool {
        let words = |one: &FindingRow| one.excerpt.as_ref().map(|one| (one.place.clone(), one.quote.clone()));
        (&self.finding.path, &self.finding.message) == (&other.path, &other.message)
            && words(self.finding) == words(other)
    }
}

/// So many findings of a group, of as many documents as there are, and the others; both in order.
fn by_turns<'a, 'r>(group: &'a [Merged<'r>], most: usize) -> (Vec<&'a Merged<'r>>, Vec<&'a Merged<'r>>) {
    let mut before: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, usize)> = Vec::new();
    for (at, one) in group.iter().enumerate() {
        let turn = before.entry(one.finding.path.as_deref()).or_insert(0);
        turns.push((*turn, at));
        *turn += 1;
    }
    turns.sort_unstable();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (number, (_, at)) in turns.into_iter().enumerate() {
        if number < most { first.push(at) } else { rest.push(at) }
    }
    first.sort_unstable();
    rest.sort_unstable();
    let pick = |of: Vec<usize>| of.into_iter().map(|at| &group[at]).collect();
    (pick(first), pick(rest))
}

fn by_document<'a, 'r: 'a>(group: impl IntoIterator<Item = &'a Merged<'r>>) -> BTreeMap<&'r str, usize> {
    let mut documents = BTreeMap::new();
    for path in group.into_iter().filter_map(|one| one.finding.path.as_deref()) {
        *documents.entry(path).or_insert(0) += 1;
    }
    documents
}
