//! `kloe pack`.

use std::path::Path;

use super::check::{in_force, run_with};
use super::{Outside, Said, shown};
use crate::cli::{CheckArgs, PackArgs};
use crate::fault::{Fault, Faults};
use crate::finding::Check;
use crate::pack::{self, MANIFEST, PAGE, Plan, Stamps, Stored, Verified, WORKBOOK, Wish};
use crate::render::{bundle_page, bundle_workbook};
use crate::report::{Report, masked};

/// Packs a bundle, or verifies one.
pub(super) fn pack(args: &PackArgs, outside: &Outside<'_>) -> Result<Said, Faults> {
    if let Some(bundle) = &args.verify {
        let verified = pack::verify(bundle)?;
        return Ok(Said { text: of_verified(&verified, bundle), status: u8::from(!verified.is_whole()) });
    }
    let Some(output) = &args.output else {
        let fault = Fault::new("a bundle needs a place");
        return Err(fault.help("give --output the name of a new folder, such as bundle").into());
    };
    let folder = &args.folder;
    if !folder.is_dir() {
        let fault = Fault::new(format!("there is no folder {}", folder.display()));
        return Err(fault.help("give the folder that holds the evidence, in quotes if its name has spaces").into());
    }
    pack::can_store(output, folder)?;
    let stamps = Stamps::of(folder);
    let check = CheckArgs {
        paths: vec![folder.clone()],
        judging: args.judging.clone(),
        running: args.running.clone(),
        ..CheckArgs::default()
    };
    let mut settings = in_force(&check)?;
    // What a reviewer is handed does not depend on which findings somebody wants to see in the daily report.
    settings.select.clear();
    settings.ignore.clear();
    settings.severity.remove(&Check::PersonalData);
    let ran = run_with(&check, settings, outside)?;
    if ran.report.summary.documents == 0 {
        let text = format!("nothing was packed: {} holds no document that kloe looks at\n", masked(&shown(folder)));
        return Ok(Said { text, status: 3 });
    }
    let wish = Wish {
        lines: args.line.iter().map(|id| id.trim().to_string()).filter(|id| !id.is_empty()).collect(),
        folder: name_of(folder),
        with_personal_data: args.with_personal_data,
    };
    let plan = pack::plan(&ran.report, &ran.files, &wish)?;
    let workbook = bundle_workbook(&plan)
        .map_err(|error| Fault::new(format!("cannot put the index of the bundle together: {error}")))?;
    let index = [(PAGE, bundle_page(&plan).into_bytes()), (WORKBOOK, workbook)];
    let stored = pack::store(&plan, folder, &stamps, &index, output)?;
    Ok(Said { text: of_stored(&plan, &stored, &ran.report, output), status: 0 })
}

/// The folder's own name: the way to it on this machine is nobody else's business.
fn name_of(folder: &Path) -> String {
    let real = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    real.file_name().map_or_else(|| "evidence".to_string(), |name| name.to_string_lossy().into_owned())
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

fn many(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn of_stored(plan: &Plan, stored: &Stored, report: &Report, output: &Path) -> String {
    let place = masked(&shown(output));
    let (documents, lines) = (many(plan.documents.len(), "document"), many(plan.lines.len(), "line"));
    let mut text = format!(
        "Packed {documents} ({}) for {lines} into {place}, judged as of {}.\n",
        size(stored.bytes),
        plan.as_of.in_words()
    );
    text.push_str(&format!("  {PAGE} and {WORKBOOK} list them by line, with the words and where they stand\n"));
    text.push_str(&format!(
        "  {MANIFEST} holds the sum of every file; its own SHA-256 sum is\n  {}\n",
        stored.manifest
    ));
    let left = report.documents.iter().filter(|row| row.supports.is_empty()).count();
    if left > 0 {
        let support = if left == 1 { "supports" } else { "support" };
        text.push_str(&format!("  {} of the folder {support} nothing that is asked for\n", many(left, "document")));
    }
    if !plan.waivers.is_empty() {
        text.push_str(&format!(
            "  {} with the name of who accepted it\n",
            many(plan.waivers.len(), "accepted finding")
        ));
    }
    if !plan.personal.is_empty() {
        text.push_str(&format!("  packed with personal data, as was asked: {}\n", pack::list(&plan.personal)));
    }
    if !plan.unseen.is_empty() {
        let names = pack::list(&plan.unseen);
        text.push_str(&format!("  not read whole, so nobody has looked for personal data in all of it: {names}\n"));
    }
    text.push_str(&format!("\n`kloe pack --verify \"{place}\"` says whether anything in it has changed since.\n"));
    text
}

fn of_verified(verified: &Verified, bundle: &Path) -> String {
    let place = masked(&shown(bundle));
    let mut text = String::new();
    for path in &verified.missing {
        text.push_str(&format!("missing              {path}\n"));
    }
    for (path, how) in &verified.changed {
        text.push_str(&format!("changed              {path}: {how}\n"));
    }
    for path in &verified.unknown {
        text.push_str(&format!("not in the manifest  {path}\n"));
    }
    if verified.is_whole() {
        text.push_str(&format!("{place} is whole: {} as they were packed.\n", many(verified.same, "file")));
    } else {
        let numbers = [
            (verified.missing.len(), "missing"),
            (verified.changed.len(), "changed"),
            (verified.unknown.len(), "added"),
        ];
        let told: Vec<String> = numbers.iter().map(|(number, word)| format!("{number} {word}")).collect();
        let same = many(verified.same, "file");
        text.push_str(&format!("\n{place} is not as it was packed: {}; {same} the same.\n", told.join(", ")));
    }
    text.push_str(&format!("Judged as of {}. {MANIFEST} has the SHA-256 sum\n", verified.as_of.in_words()));
    text.push_str(&format!("{}\nwhich whoever packed it can confirm.\n", verified.manifest));
    text
}
