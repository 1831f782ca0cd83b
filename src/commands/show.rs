//! `kloe show`.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use super::{Outside, Said, distinct, examine, layers, named, rules_folder};
use crate::cli::ShowArgs;
use crate::day::Day;
use crate::document::Fact;
use crate::dossier::Dossier;
use crate::fault::{Fault, Faults};
use crate::judge;
use crate::read::Limits;
use crate::render::{plain, wrapped};
use crate::report::masked;
use crate::rules::{Rules, Sector};
use crate::settings::{Settings, find};
use crate::workers::read_text;

/// Actions shown of one document.
const ACTIONS: usize = 30;

/// The column in which values begin.
const VALUES: usize = 14;

/// Near misses shown of one document.
const NEAR: usize = 8;

/// Shows what was read from documents.
pub(super) fn show(args: &ShowArgs, outside: &Outside<'_>) -> Result<Said, Faults> {
    let files = distinct(&args.files);
    let gone = files.iter().filter(|path| !path.is_file());
    let faults = gone.map(|path| Fault::new(format!("there is no file {}", path.display())));
    Faults(faults.collect()).or(())?;
    let settings = settings(&files)?;
    if args.text {
        return texts(&files, &settings.limits, outside);
    }
    let as_of = match &args.as_of {
        Some(text) => text.parse().map_err(|error| Fault::new(format!("--as-of: {error}")))?,
        None => settings.as_of.unwrap_or(outside.today),
    };
    let sector = match &args.sector {
        Some(text) => text.parse().map_err(|error| Fault::new(format!("--sector: {error}")))?,
        None => settings.sector.unwrap_or(Sector::NhsTrust),
    };
    let layers = layers(rules_folder(args.rules.as_deref(), &settings)?.as_deref())?;
    let mut rules = crate::rules::load(&layers)?;
    rules.keep_sector(sector);
    let dossiers = examine(&named(&files), &layers, &rules, settings.limits, None, outside)?;
    let mut out = String::new();
    for dossier in &dossiers {
        // Writing to a string cannot fail.
        let _ = show_one(&mut out, dossier, &rules, as_of);
    }
    // Whatever a line quotes: reasons and what was cut name files and parts, too.
    let text = out.lines().map(|line| within(&masked(line), outside.look.width) + "\n").collect();
    Ok(Said { text, status: 0 })
}

/// A line within the width of the terminal: what follows the column of names stands below itself.
fn within(line: &str, width: usize) -> String {
    match line.split_at_checked(VALUES) {
        Some((name, value)) if name.starts_with(' ') => wrapped(value, width, name, &" ".repeat(VALUES)),
        _ => line.to_string(),
    }
}

/// The settings that `kloe check` would read the first of the files with.
fn settings(files: &[PathBuf]) -> Result<Settings, Faults> {
    let folder = files.first().and_then(|file| file.parent());
    Ok(folder.and_then(find).map(|file| Settings::read(&file)).transpose()?.unwrap_or_default())
}

/// The text of documents, block by block; what never counts as evidence is marked.
fn texts(files: &[PathBuf], limits: &Limits, outside: &Outside<'_>) -> Result<Said, Faults> {
    let program = outside.worker.as_ref().ok_or_else(|| Fault::new("there is no program to read with"))?;
    let mut out = String::new();
    let mut status = 0;
    for file in files {
        let _ = writeln!(out, "{}", plain(&masked(&file.to_string_lossy())));
        match read_text(program, file, limits) {
            Ok(lines) => lines.iter().for_each(|line| {
                let mark = if line.counts { ' ' } else { '-' };
                let _ = writeln!(out, "{mark} {:<24} {}", plain(&line.place), plain(&line.words));
            }),
            Err(unread) => {
                status = 3;
                let _ = writeln!(out, "  not read: {}", plain(&masked(&unread.to_string())));
            }
        }
    }
    Ok(Said { text: out, status })
}

fn show_one(out: &mut String, dossier: &Dossier, rules: &Rules, as_of: Day) -> fmt::Result {
    writeln!(out, "{}", plain(&masked(&dossier.path)))?;
    writeln!(out, "  format      {}, {} words", dossier.format.name(), dossier.words)?;
    if let Some(unread) = &dossier.unread {
        writeln!(out, "  not read    {}\n", plain(&unread.to_string()))?;
        return Ok(());
    }
    writeln!(out, "  kind        {} ({})", dossier.kind, plain(&dossier.kind_because))?;
    let facts = &dossier.facts;
    fact(out, "title", facts.title.as_ref())?;
    fact(out, "date", facts.date.as_ref())?;
    fact(out, "status", facts.status.as_ref())?;
    fact(out, "owner", facts.owner.as_ref())?;
    fact(out, "approved by", facts.approved_by.as_ref())?;
    fact(out, "approved on", facts.approved_on.as_ref())?;
    fact(out, "version", facts.version.as_ref())?;
    fact(out, "review due", facts.review_due.as_ref())?;
    fact(out, "period ends", facts.period_end.as_ref())?;
    for action in dossier.actions.iter().take(ACTIONS) {
        writeln!(out, "  action      {}", plain(&masked(&action.to_string())))?;
    }
    if let Some(more @ 1..) = dossier.actions.len().checked_sub(ACTIONS) {
        writeln!(out, "  action      and {more} more")?;
    }
    for evidence in &dossier.evidence {
        let Some(rule) = rules.evidence_type(&evidence.evidence) else { continue };
        let asked = judge::expectations_of(rules, &rule.id).join(", ");
        let asked = if asked.is_empty() { "not asked of this sort of provider" } else { asked.as_str() };
        writeln!(out, "  supports    {} ({asked})", rule.title)?;
        for reason in &evidence.because {
            let place = reason.excerpt.as_ref().map(|excerpt| excerpt.place.to_string());
            let place = place.filter(|place| !place.is_empty()).map_or(String::new(), |place| format!(" ({place})"));
            writeln!(out, "              because {}{}", plain(&masked(&reason.why)), plain(&place))?;
        }
        let fresh = rule.fresh.or_else(|| rule.every.map(judge::with_grace));
        let weak = judge::weaknesses(dossier, evidence, rule, fresh, as_of);
        for weakness in &weak {
            writeln!(out, "              weak: {}", plain(weakness))?;
        }
        if weak.is_empty() {
            writeln!(out, "              strong")?;
        }
    }
    if dossier.evidence.is_empty() {
        writeln!(out, "  supports    nothing")?;
    }
    for near in dossier.near.iter().take(NEAR) {
        let title = rules.evidence_type(&near.evidence).map_or(near.evidence.as_str(), |rule| &rule.title);
        writeln!(out, "  near miss   {title}: {}", plain(&near.lacked))?;
    }
    for finding in judge::documents(std::slice::from_ref(dossier), rules, as_of) {
        let place = finding.excerpt.as_ref().map(|excerpt| excerpt.place.to_string()).unwrap_or_default();
        let quote = finding.excerpt.as_ref().map_or("", |excerpt| &excerpt.quote);
        writeln!(out, "  {:<11} {}: {}", finding.severity, finding.check, plain(&finding.message))?;
        if !quote.is_empty() {
            writeln!(out, "              \"{}\" {}", plain(quote), plain(&place))?;
        }
    }
    for cut in &dossier.cut {
        writeln!(out, "  cut         {}", plain(cut))?;
    }
    writeln!(out)
}

fn fact<T: fmt::Display>(out: &mut String, name: &str, fact: Option<&Fact<T>>) -> fmt::Result {
    let Some(fact) = fact else { return writeln!(out, "  {name:<11} -") };
    let place = fact.excerpt.as_ref().map(|excerpt| excerpt.place.to_string()).filter(|place| !place.is_empty());
    let place = place.map_or(String::new(), |place| format!(", {place}"));
    writeln!(
        out,
        "  {name:<11} {} ({}{})",
        plain(&masked(&fact.value.to_string())),
        plain(&fact.source.to_string()),
        plain(&place)
    )
}
