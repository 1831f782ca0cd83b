//! The commands: wiring only. They take the day and give back text and an exit status; they print nothing themselves.

use std::fmt::Write as _;
use std::path::Path;

use rayon::prelude::*;

use crate::cli::{CheckArgs, Cli, Command, FailOn, OutputFormat, RulesCommand, ShowArgs};
use crate::day::Day;
use crate::document::Words;
use crate::dossier::Dossier;
use crate::examine::{Examiner, unread_dossier};
use crate::fault::{Fault, Faults, closest};
use crate::finding::{Check, Severity};
use crate::judge;
use crate::read::{Format, Limits, Unread};
use crate::recognise::Recogniser;
use crate::render::{human, json, plain};
use crate::report::{Judged, Report};
use crate::rules::{self, Outcome, Rules, Sector};
use crate::walk::{Found, walk};

/// What a command says, and the exit status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// For standard output, or the file of `--output`.
    pub text: String,
    /// 0, 1 or 3; faults are 2.
    pub status: u8,
}

/// Stack of a thread that reads documents: Windows gives 1 MiB otherwise.
const STACK: usize = 32 << 20;

/// Runs a command.
///
/// # Errors
///
/// Faults: what was asked cannot be done (exit status 2).
pub fn run(cli: &Cli, today: Day) -> Result<Said, Faults> {
    match &cli.command {
        Command::Check(args) => check(args, today),
        Command::Show(args) => show(args, today),
        Command::Explain { name } => explain(name),
        Command::Rules(RulesCommand::List { rules }) => Ok(list(&load(rules.as_deref())?)),
        Command::Rules(RulesCommand::Test { rules }) => test(&load(rules.as_deref())?),
    }
}

fn load(folder: Option<&Path>) -> Result<Rules, Faults> {
    let mut layers = vec![rules::built_in()];
    if let Some(folder) = folder {
        layers.push(rules::folder(folder)?);
    }
    rules::load(&layers)
}

fn day(text: Option<&String>, today: Day) -> Result<Day, Faults> {
    text.map_or(Ok(today), |text| text.parse().map_err(|error| Fault::new(format!("{error}")).into()))
}

fn words() -> Result<Words, Faults> {
    Words::embedded().map_err(|error| Fault::new(error).into())
}

fn examine(found: &[Found], rules: &Rules, jobs: Option<usize>) -> Result<Vec<Dossier>, Faults> {
    let (words, limits) = (words()?, Limits::default());
    let recogniser = Recogniser::new(rules).map_err(Fault::new)?;
    let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).stack_size(STACK).build();
    let pool = pool.map_err(|error| Fault::new(format!("cannot start threads: {error}")))?;
    Ok(pool.install(|| found.par_iter().map(|one| examine_file(one, &examiner)).collect()))
}

fn examine_file(found: &Found, examiner: &Examiner<'_>) -> Dossier {
    let unreadable = |reason: String| unread_dossier(&found.path, Format::Unknown, Unread::Unreadable(reason));
    match std::fs::metadata(&found.file) {
        Ok(about) if about.len() > examiner.limits.file_bytes => {
            unreadable(format!("it is larger than the limit of {} MiB", examiner.limits.file_bytes >> 20))
        }
        Ok(_) => match std::fs::read(&found.file) {
            Ok(bytes) => examiner.bytes(&found.path, &bytes),
            Err(error) => unreadable(format!("it cannot be opened ({error})")),
        },
        Err(error) => unreadable(format!("it cannot be opened ({error})")),
    }
}

fn check(args: &CheckArgs, today: Day) -> Result<Said, Faults> {
    let as_of = day(args.as_of.as_ref(), today)?;
    let mut rules = load(args.rules.as_deref())?;
    let sector: Sector = args.sector.parse().map_err(Fault::new)?;
    rules.keep_sector(sector);
    keep_frameworks(&mut rules, &args.framework)?;
    let whole = matches!(args.paths.as_slice(), [one] if one.is_dir());
    let (mut found, mut skipped) = (Vec::new(), Vec::new());
    for path in &args.paths {
        if path.is_dir() && !whole {
            let fault = Fault::new(format!("{} is a folder, and was given beside other paths", path.display()));
            return Err(fault.help("give one folder, or only files").into());
        }
        if !path.exists() {
            let fault = Fault::new(format!("there is no {}", path.display()));
            return Err(fault.help("give the folder that holds the evidence").into());
        }
        if whole {
            (found, skipped) = walk(path);
        } else {
            found.push(Found { path: path.to_string_lossy().replace('\\', "/"), file: path.clone() });
        }
    }
    let dossiers = examine(&found, &rules, args.jobs)?;
    let (lines, findings) = if whole {
        judge::folder(&dossiers, &rules, as_of)
    } else {
        (Vec::new(), judge::documents(&dossiers, &rules, as_of))
    };
    let root = args.paths.first().map_or_else(String::new, |path| path.to_string_lossy().replace('\\', "/"));
    let report = Report::new(Judged { root, as_of, dossiers, skipped, lines, findings }, &rules);
    let text = match args.format {
        OutputFormat::Human => human(&report, args.verbose),
        OutputFormat::Json => json(&report).map_err(|error| Fault::new(error.to_string()))?,
    };
    let status = status(&report, args.fail_on);
    let Some(output) = &args.output else { return Ok(Said { text, status }) };
    let fault = |error: std::io::Error| Fault::new(format!("cannot write {}: {error}", output.display()));
    std::fs::write(output, text).map_err(fault)?;
    Ok(Said { text: String::new(), status })
}

fn keep_frameworks(rules: &mut Rules, wanted: &[String]) -> Result<(), Faults> {
    for id in wanted {
        if !rules.frameworks.iter().any(|one| &one.id == id) {
            let known = rules.frameworks.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Fault::new(format!("there is no framework `{id}`")).help(format!("there are {known}")).into());
        }
    }
    rules.frameworks.retain(|one| wanted.is_empty() || wanted.contains(&one.id));
    Ok(())
}

fn status(report: &Report, fail_on: FailOn) -> u8 {
    if report.summary.documents == 0 {
        return 3;
    }
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Advice => Severity::Advice,
        FailOn::Never => return 0,
    };
    u8::from(report.findings.iter().any(|finding| finding.severity >= least))
}

fn show(args: &ShowArgs, today: Day) -> Result<Said, Faults> {
    let as_of = day(args.as_of.as_ref(), today)?;
    let rules = load(args.rules.as_deref())?;
    let found: Vec<Found> = args
        .files
        .iter()
        .map(|path| Found { path: path.to_string_lossy().replace('\\', "/"), file: path.clone() })
        .collect();
    if let Some(gone) = args.files.iter().find(|path| !path.is_file()) {
        return Err(Fault::new(format!("there is no file {}", gone.display())).into());
    }
    let dossiers = examine(&found, &rules, Some(1))?;
    let mut out = String::new();
    for dossier in &dossiers {
        // Writing to a string cannot fail.
        let _ = show_one(&mut out, dossier, &rules, as_of);
    }
    Ok(Said { text: out, status: 0 })
}

/// Actions of a document that `show` lists.
const ACTIONS_SHOWN: usize = 30;

fn show_one(out: &mut String, dossier: &Dossier, rules: &Rules, as_of: Day) -> std::fmt::Result {
    writeln!(out, "{}", plain(&dossier.path))?;
    writeln!(out, "  kind        {} ({})", dossier.kind, plain(&dossier.kind_because))?;
    let facts = &dossier.facts;
    let mut fact = |name: &str, value: Option<(String, String)>| match value {
        Some((value, source)) => writeln!(out, "  {name:<11} {} ({})", plain(&value), plain(&source)),
        None => writeln!(out, "  {name:<11} -"),
    };
    fact("title", facts.title.as_ref().map(|one| (one.value.clone(), one.source.to_string())))?;
    fact("date", facts.date.as_ref().map(|one| (one.value.to_string(), one.source.to_string())))?;
    fact("status", facts.status.as_ref().map(|one| (one.value.to_string(), one.source.to_string())))?;
    fact("owner", facts.owner.as_ref().map(|one| (one.value.clone(), one.source.to_string())))?;
    fact("approved by", facts.approved_by.as_ref().map(|one| (one.value.clone(), one.source.to_string())))?;
    fact("version", facts.version.as_ref().map(|one| (one.value.clone(), one.source.to_string())))?;
    fact("review due", facts.review_due.as_ref().map(|one| (one.value.to_string(), one.source.to_string())))?;
    for action in dossier.actions.iter().take(ACTIONS_SHOWN) {
        writeln!(out, "  action      {}", plain(&action.to_string()))?;
    }
    if let Some(more @ 1..) = dossier.actions.len().checked_sub(ACTIONS_SHOWN) {
        writeln!(out, "  action      and {more} more")?;
    }
    for evidence in &dossier.evidence {
        let Some(rule) = rules.evidence_type(&evidence.evidence) else { continue };
        writeln!(out, "  supports    {} ({})", rule.title, judge::expectations_of(rules, &rule.id).join(", "))?;
        for reason in &evidence.because {
            let place = reason.excerpt.as_ref().map_or(String::new(), |excerpt| format!(" ({})", excerpt.place));
            writeln!(out, "              because {}{}", plain(&reason.why), plain(&place))?;
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
    for near in dossier.near.iter().take(8) {
        let title = rules.evidence_type(&near.evidence).map_or(near.evidence.as_str(), |rule| &rule.title);
        writeln!(out, "  near miss   {title}: {}", plain(&near.lacked))?;
    }
    for finding in judge::documents(std::slice::from_ref(dossier), rules, as_of) {
        writeln!(out, "  {:<11} {}: {}", finding.severity, finding.check, plain(&finding.message))?;
    }
    writeln!(out)
}

fn explain(name: &str) -> Result<Said, Faults> {
    let rules = load(None)?;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = explain_into(&mut out, name, &rules);
    if !out.is_empty() {
        return Ok(Said { text: out, status: 0 });
    }
    let mut known: Vec<&str> = Check::ALL.iter().map(|check| check.name()).collect();
    known.extend(rules.evidence.iter().map(|one| one.id.as_str()));
    known.extend(rules.lines().map(|(_, line)| line.id.as_str()));
    let fault = Fault::new(format!("nothing is called `{name}`"));
    Err(match closest(name, known) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("give a line (W5), an expectation (W5.risk-register), an evidence type or a check (stale)"),
    }
    .into())
}

fn explain_into(out: &mut String, name: &str, rules: &Rules) -> std::fmt::Result {
    if let Some(check) = Check::from_name(name) {
        writeln!(out, "{} ({})\n\n{}", check.name(), check.severity(), check.summary())?;
    }
    for (framework, line) in rules.lines().filter(|(_, line)| line.id == name) {
        writeln!(
            out,
            "{} {} ({})\n\n{}\nSource: {}\n",
            line.id, line.title, framework.title, line.question, line.source
        )?;
        for one in &line.expectations {
            let needed = if one.required { "required" } else { "recommended" };
            writeln!(out, "  {} ({needed})\n      {}", one.evidence.join(" or "), one.why)?;
        }
    }
    let id = name.split_once('.').map_or(name, |(_, id)| id);
    if let Some(rule) = rules.evidence_type(id) {
        writeln!(out, "{}\n\n{}\nSource: {}", rule.title, rule.about, rule.source.join("; "))?;
        writeln!(out, "Strong: {}\nWeak: {}", rule.strong, rule.weak)?;
        for element in &rule.elements {
            writeln!(out, "  must show {}: {}", element.title, element.help)?;
        }
        writeln!(out, "Asked for by: {}", judge::expectations_of(rules, id).join(", "))?;
    }
    Ok(())
}

fn list(rules: &Rules) -> Said {
    let mut text = String::new();
    for (framework, line) in rules.lines() {
        let _ = writeln!(
            text,
            "{:<4} {:<22} {:<60} {}:{}",
            line.id, framework.id, line.title, line.place.file, line.place.line
        );
    }
    for rule in &rules.evidence {
        let _ = writeln!(text, "{:<40} {:<20} {}:{}", rule.id, rule.category, rule.place.file, rule.place.line);
    }
    Said { text, status: 0 }
}

/// Runs every example: held, missed (not recognised), noisy (recognised and should not be) or misgraded.
fn test(rules: &Rules) -> Result<Said, Faults> {
    let (words, limits) = (words()?, Limits::default());
    let recogniser = Recogniser::new(rules).map_err(Fault::new)?;
    let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
    let as_of: Day = "2026-11-01".parse().map_err(|error| Fault::new(format!("{error}")))?;
    let (mut text, mut held, mut failed) = (String::new(), 0, 0);
    for rule in &rules.evidence {
        for example in &rule.examples {
            let dossier = examiner.bytes(&example.name, example.text.as_bytes());
            let evidence = dossier.evidence.iter().find(|one| one.evidence == rule.id);
            let fresh = rule.fresh.or_else(|| rule.every.map(judge::with_grace));
            let weak = evidence.map(|evidence| judge::weaknesses(&dossier, evidence, rule, fresh, as_of));
            let outcome = match (example.outcome, &weak) {
                (Outcome::NearMiss, None) => "held".to_string(),
                (Outcome::NearMiss, Some(_)) => "noisy: recognised, and must not be".to_string(),
                (_, None) => "missed: not recognised".to_string(),
                (Outcome::Strong, Some(weak)) if !weak.is_empty() => format!("misgraded: {}", weak.join("; ")),
                (Outcome::Weak, Some(weak)) if weak.is_empty() => "misgraded: nothing lacks".to_string(),
                _ => "held".to_string(),
            };
            if outcome == "held" {
                held += 1;
            } else {
                failed += 1;
                let _ = writeln!(
                    text,
                    "{} ({} example \"{}\", {}): {outcome}",
                    rule.id, example.outcome, example.name, rule.place.file
                );
            }
        }
    }
    let _ = writeln!(text, "{held} examples held, {failed} did not");
    Ok(Said { text, status: u8::from(failed > 0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_built_in_rules_holds() {
        let said = test(&load(None).unwrap()).unwrap();
        assert_eq!(said.status, 0, "{}", said.text);
    }
}
