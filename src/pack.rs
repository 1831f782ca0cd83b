//! The evidence bundle for a reviewer: which documents go into it, under which names, and why; written whole, sealed with
//! SHA-256 sums, and verified later. What is decided here is a pure function of the report and the names of the files.

mod names;
mod seal;
mod store;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Serialize;

use crate::day::Day;
use crate::fault::{Fault, Faults, closest};
use crate::finding::{Check, Severity};
use crate::report::{DocumentRow, FindingRow, FrameworkRow, LineRow, Report, masked};
use crate::rules::Sector;
use crate::walk::Found;

pub use seal::{Manifest, Seal, Verified, verify};
pub use store::{Stamps, Stored, can_store, store};

/// The folder of the documents in a bundle.
pub const DOCUMENTS: &str = "documents";
/// The file that holds the sums of all others.
pub const MANIFEST: &str = "manifest.json";
/// The index for a browser.
pub const PAGE: &str = "index.html";
/// The index for a spreadsheet.
pub const WORKBOOK: &str = "index.xlsx";

/// Names that a message lists at most.
const NAMED: usize = 10;

/// What is wanted in a bundle.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Lines, such as `W4` or `well-led:W4`; all when empty.
    pub lines: Vec<String>,
    /// The name of the folder, as a reviewer sees it.
    pub folder: String,
    /// Whether documents with personal data are packed all the same.
    pub with_personal_data: bool,
}

/// A document in its own file of the bundle, or in an archive or mail there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// Its path in the folder that was checked, masked.
    pub source: String,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<Day>,
}

/// A file that goes into the bundle.
#[derive(Debug, Clone)]
pub struct Packed {
    /// Where it is on this machine.
    pub file: PathBuf,
    /// Its path in the bundle: below `documents/`, safe on every system, without what could identify a patient.
    pub path: String,
    /// What it is.
    pub about: About,
    /// Lines that it is evidence for, itself or by what lies in it.
    pub lines: BTreeSet<String>,
    /// Expectations that it is evidence for.
    pub expectations: BTreeSet<String>,
    /// Documents in it that are evidence, of an archive or a mail.
    pub inside: Vec<About>,
}

/// A finding that somebody accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waived {
    /// Which check.
    pub check: String,
    /// What is wrong.
    pub message: String,
    /// The document in the folder.
    pub document: Option<String>,
    /// The expectations concerned.
    pub expectations: Vec<String>,
    /// The person or body that accepted it.
    pub accepted_by: String,
    /// Why.
    pub reason: String,
    /// The last day on which that holds.
    pub until: Day,
    /// Where the decision is recorded.
    pub reference: Option<String>,
}

/// What goes into a bundle.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Version of kloe.
    pub version: String,
    /// The day that was judged on.
    pub as_of: Day,
    /// The name of the folder.
    pub folder: String,
    /// The sector whose expectations were asked for.
    pub sector: Option<Sector>,
    /// The frameworks of the lines.
    pub frameworks: Vec<FrameworkRow>,
    /// The lines, with the evidence for them.
    pub lines: Vec<LineRow>,
    /// The files, in the order of their paths in the bundle.
    pub documents: Vec<Packed>,
    /// What was accepted of that which concerns these lines and documents.
    pub waivers: Vec<Waived>,
    /// Documents that are packed although something that may identify patients stands in them, masked.
    pub personal: Vec<String>,
    /// Documents in what is packed that were not read, or not whole, so that nobody has looked for personal data in them.
    pub unseen: Vec<String>,
    rows: BTreeMap<String, DocumentRow>,
    homes: BTreeMap<String, Vec<usize>>,
}

impl Plan {
    /// The files of the bundle that hold a document of the report; more than one only where masks made two names the same.
    pub fn homes(&self, source: &str) -> impl Iterator<Item = &Packed> {
        self.homes.get(source).into_iter().flatten().filter_map(|at| self.documents.get(*at))
    }

    /// What a document says of itself.
    pub fn row(&self, source: &str) -> Option<&DocumentRow> {
        self.rows.get(source)
    }
}

/// Plans a bundle.
///
/// # Errors
///
/// A line that there is none of, lines without evidence, documents with personal data unless they are wanted.
pub fn plan(report: &Report, files: &[Found], wish: &Wish) -> Result<Plan, Faults> {
    let lines = chosen_lines(report, &wish.lines)?;
    let rooms = Rooms::new(report, files);
    let mut chosen: BTreeMap<usize, Packed> = BTreeMap::new();
    let mut places: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let rows: BTreeMap<String, DocumentRow> =
        report.documents.iter().map(|row| (row.path.clone(), row.clone())).collect();
    for (line, expectation) in lines.iter().flat_map(|line| line.expectations.iter().map(move |one| (line, one))) {
        for evidence in &expectation.evidence {
            let (room, inside) = rooms.of(&evidence.path);
            for at in rooms.files(room) {
                let Some(found) = files.get(*at) else { continue };
                let packed = chosen.entry(*at).or_insert_with(|| packed(found, about(room, rows.get(room))));
                packed.lines.insert(line.id.clone());
                packed.expectations.insert(expectation.id.clone());
                if inside {
                    packed.inside.push(about(&evidence.path, rows.get(&evidence.path)));
                }
                places.entry(evidence.path.clone()).or_default().insert(*at);
            }
        }
    }
    if chosen.is_empty() {
        return Err(no_evidence(&lines).into());
    }
    let is_chosen = |path: &str| rooms.files(rooms.of(path).0).iter().any(|at| chosen.contains_key(at));
    let personal = personal(report, &is_chosen);
    if !personal.is_empty() && !wish.with_personal_data {
        return Err(refused(&personal).into());
    }
    let waivers = report.findings.iter().filter(|row| concerns(row, &lines, &is_chosen)).filter_map(waived).collect();
    let unseen = unseen(report, &is_chosen);
    let mut documents: Vec<(usize, Packed)> = chosen.into_iter().collect();
    let wanted: Vec<&str> = documents.iter().map(|(_, packed)| packed.about.source.as_str()).collect();
    let names = names::distinct(&wanted);
    for ((_, packed), name) in documents.iter_mut().zip(names) {
        packed.path = format!("{DOCUMENTS}/{name}");
        packed.inside.sort_by(|a, b| a.source.cmp(&b.source));
        packed.inside.dedup();
    }
    documents.sort_by(|a, b| a.1.path.cmp(&b.1.path));
    let position = |at: &usize| documents.iter().position(|(file, _)| file == at);
    let homes = places.iter().map(|(path, at)| (path.clone(), at.iter().filter_map(position).collect())).collect();
    let used: BTreeSet<&str> = lines.iter().map(|line| line.framework.as_str()).collect();
    let frameworks = report.frameworks.iter().filter(|one| used.contains(one.id.as_str())).cloned().collect();
    Ok(Plan {
        version: report.tool.version.to_string(),
        as_of: report.as_of,
        folder: masked(&wish.folder),
        sector: report.sector,
        frameworks,
        documents: documents.into_iter().map(|(_, packed)| packed).collect(),
        lines,
        waivers,
        personal,
        unseen,
        rows,
        homes,
    })
}

/// Which file holds which document of the report.
struct Rooms<'r> {
    /// The files of each path as the report shows it, that is masked.
    files: BTreeMap<String, Vec<usize>>,
    /// Documents that hold others.
    containers: BTreeSet<&'r str>,
}

impl<'r> Rooms<'r> {
    fn new(report: &'r Report, found: &[Found]) -> Self {
        let mut files: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, one) in found.iter().enumerate() {
            files.entry(masked(&one.path)).or_default().push(at);
        }
        let holds = |row: &&DocumentRow| matches!(row.format.as_str(), "zip" | "eml" | "msg");
        let containers = report.documents.iter().filter(holds).map(|row| row.path.as_str()).collect();
        Rooms { files, containers }
    }

    /// The path of the file that a document is, or lies in; and whether it lies in it.
    fn of<'p>(&self, path: &'p str) -> (&'p str, bool) {
        if self.files.contains_key(path) {
            return (path, false);
        }
        let mut borders = path.match_indices('!').map(|(at, _)| &path[..at]);
        let holds = |file: &&str| self.containers.contains(*file) && self.files.contains_key(*file);
        borders.find(holds).map_or((path, false), |file| (file, true))
    }

    fn files(&self, path: &str) -> &[usize] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }
}

fn packed(found: &Found, about: About) -> Packed {
    let file = found.file.clone();
    let (lines, expectations) = (BTreeSet::new(), BTreeSet::new());
    Packed { file, path: String::new(), about, lines, expectations, inside: Vec::new() }
}

fn about(path: &str, row: Option<&DocumentRow>) -> About {
    About {
        source: path.to_string(),
        kind: row.map_or_else(|| "other".to_string(), |row| row.kind.clone()),
        title: row.and_then(|row| row.title.clone()),
        date: row.and_then(|row| row.date),
    }
}

/// The lines that are wanted, in the order of the report.
fn chosen_lines(report: &Report, wanted: &[String]) -> Result<Vec<LineRow>, Faults> {
    let is = |line: &LineRow, id: &str| {
        let (framework, id) = id.split_once(':').map_or((None, id), |(framework, id)| (Some(framework), id));
        line.id.eq_ignore_ascii_case(id.trim())
            && framework.is_none_or(|framework| line.framework.eq_ignore_ascii_case(framework.trim()))
    };
    let mut faults = Faults::default();
    for id in wanted.iter().filter(|id| !report.lines.iter().any(|line| is(line, id))) {
        let known: Vec<&str> = report.lines.iter().map(|line| line.id.as_str()).collect();
        let fault = Fault::new(format!("there is no line `{id}` among those that are judged"));
        // Ids differ in one letter or digit: only the whole list helps, unless the framework is what is wrong.
        faults.0.push(match id.split_once(':').and_then(|(framework, _)| nearest(report, framework)) {
            Some(near) => fault.help(format!("did you mean the framework `{near}`?")),
            None => fault.help(format!("there are {}", known.join(", "))),
        });
    }
    faults.or(())?;
    let wants = |line: &&LineRow| wanted.is_empty() || wanted.iter().any(|id| is(line, id));
    Ok(report.lines.iter().filter(wants).cloned().collect())
}

fn nearest<'r>(report: &'r Report, framework: &str) -> Option<&'r str> {
    let known = report.frameworks.iter().map(|one| one.id.as_str());
    closest(framework, known).filter(|near| *near != framework)
}

fn no_evidence(lines: &[LineRow]) -> Fault {
    let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let fault = Fault::new(format!("there is nothing to pack: no document counts as evidence for {}", ids.join(", ")));
    fault.help("`kloe check` on the same folder says what is missing, and which documents came closest")
}

/// Documents among the chosen files in which something that may identify a patient stands, and which nobody accepted.
fn personal(report: &Report, is_chosen: &impl Fn(&str) -> bool) -> Vec<String> {
    let is = |row: &&FindingRow| {
        row.check == Check::PersonalData.name() && row.severity == Severity::Error && row.waiver.is_none()
    };
    let paths = report.findings.iter().filter(is).filter_map(|row| row.path.as_deref());
    paths.filter(|path| is_chosen(path)).map(String::from).collect::<BTreeSet<_>>().into_iter().collect()
}

fn refused(personal: &[String]) -> Fault {
    let (one, data) = if personal.len() == 1 { ("document", "holds") } else { ("documents", "hold") };
    let number = personal.len();
    let fault =
        Fault::new(format!("{number} {one} to be packed {data} data that may identify patients: {}", list(personal)));
    fault.help(
        "take the data out (`kloe check --select personal-data` says where it stands), leave the lines that it is evidence \
         for out with --line, or pack it all the same with --with-personal-data, where the reviewer may see it",
    )
}

/// The first names, and how many more there are.
pub fn list(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let more = names.len().saturating_sub(NAMED);
    if more == 0 { first.join(", ") } else { format!("{} and {more} more", first.join(", ")) }
}

fn unseen(report: &Report, is_chosen: &impl Fn(&str) -> bool) -> Vec<String> {
    let unread = report.documents.iter().filter(|row| !row.read).map(|row| row.path.as_str());
    let cut = report.findings.iter().filter(|row| row.check == Check::Unreadable.name());
    let all = unread.chain(cut.filter_map(|row| row.path.as_deref())).filter(|path| is_chosen(path));
    all.map(String::from).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether a finding is about one of the lines or documents.
fn concerns(row: &FindingRow, lines: &[LineRow], is_chosen: &impl Fn(&str) -> bool) -> bool {
    let asked =
        |id: &String| lines.iter().any(|line| line.expectations.iter().any(|one| one.id == *id) || line.id == *id);
    row.expectations.iter().any(asked) || row.path.as_deref().is_some_and(is_chosen)
}

fn waived(row: &FindingRow) -> Option<Waived> {
    let accepted = row.waiver.as_ref()?;
    Some(Waived {
        check: row.check.to_string(),
        message: row.message.clone(),
        document: row.path.clone(),
        expectations: row.expectations.clone(),
        accepted_by: accepted.accepted_by.clone(),
        reason: accepted.reason.clone(),
        until: accepted.until,
        reference: accepted.reference.clone(),
    })
}
