//! `kloe rules`: list, test, schema, new, score.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Outside, Said, examine, layers, words};
use crate::day::Day;
use crate::examine::Examiner;
use crate::fault::{Fault, Faults, SourceFile};
use crate::judge;
use crate::read::Limits;
use crate::recognise::Recogniser;
use crate::rules::{EvidenceType, Example, Outcome, Pattern, Rules};
use crate::schemas::{self, SchemaOf};
use crate::score::{Labels, Score};
use crate::walk::{Excluded, walk};

/// Every line and evidence type in force, with the file that it comes from.
pub(super) fn list(rules: &Rules) -> Said {
    let mut text = String::new();
    for (framework, line) in rules.lines() {
        let place = format!("{}:{}", line.place.file, line.place.line);
        let _ = writeln!(text, "{:<4} {:<20} {:<58} {place}", line.id, framework.id, line.title);
    }
    for rule in &rules.evidence {
        let place = format!("{}:{}", rule.place.file, rule.place.line);
        let _ = writeln!(text, "{:<37} {:<20} {place}", rule.id, rule.category);
    }
    let expectations: usize = rules.lines().map(|(_, line)| line.expectations.len()).sum();
    let examples: usize = rules.evidence.iter().map(|rule| rule.examples.len()).sum();
    let _ = writeln!(
        text,
        "{} frameworks, {} lines, {expectations} expectations, {} evidence types, {examples} examples",
        rules.frameworks.len(),
        rules.lines().count(),
        rules.evidence.len()
    );
    Said { text, status: 0 }
}

/// The JSON Schema of a sort of file that kloe reads or writes.
pub(super) fn schema(of: &str) -> Result<Said, Faults> {
    let of: SchemaOf = of.parse().map_err(Fault::new)?;
    Ok(Said { text: schemas::text(of), status: 0 })
}

/// What a new rule file holds: every key that matters, with what belongs there, and examples that hold once it is true.
const NEW: &str = include_str!("new_rule.toml");

/// Starts a rule file in a folder of the user's own; nothing is overwritten.
pub(super) fn new(id: &str, rules: &Path) -> Result<Said, Faults> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(plain) {
        let fault = Fault::new(format!("`{id}` cannot be the id of an evidence type"));
        return Err(fault.help("ids are lower case words with hyphens, such as peer-review-report").into());
    }
    let folder = rules.join("evidence");
    let file = folder.join(format!("{id}.toml"));
    let cannot = |error: std::io::Error| {
        let fault = Fault::new(format!("cannot write {}: {error}", file.display()));
        Faults::from(fault.help("see that the folder can be written to, or give another one with --rules"))
    };
    if file.exists() {
        let fault = Fault::new(format!("{} is there already, and is left as it is", file.display()));
        return Err(fault.help("edit that file, or give another id").into());
    }
    std::fs::create_dir_all(&folder).map_err(cannot)?;
    let text = NEW.replace("NEW-ID", id).replace("NEW TITLE", &id.replace('-', " "));
    let mut created = std::fs::File::create_new(&file).map_err(cannot)?;
    created.write_all(text.as_bytes()).map_err(cannot)?;
    let shown = file.display();
    let text = format!(
        "{shown} is there. Fill it in, then:\n  kloe rules test --rules {0}\n  kloe check FOLDER --rules {0}\n",
        rules.display()
    );
    let text = text.lines().map(|line| crate::report::masked(line) + "\n").collect();
    Ok(Said { text, status: 0 })
}

/// The day that examples are judged on; rules/README.md says so to those who write them.
const EXAMPLE_DAY: &str = "2026-11-01";

/// Runs every example: held, missed (not recognised), noisy (recognised and should not be) or misgraded.
pub(super) fn test(rules: &Rules) -> Result<Said, Faults> {
    let (words, limits) = (words()?, Limits::default());
    let recogniser = Recogniser::new(rules).map_err(Fault::new)?;
    let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
    let as_of: Day = EXAMPLE_DAY.parse().map_err(|error| Fault::new(format!("{error}")))?;
    let (mut text, mut held, mut failed) = (String::new(), 0, 0);
    for rule in &rules.evidence {
        for pattern in rule.elements.iter().flat_map(|element| &element.any) {
            if let Pattern::Regex(expression) = pattern
                && let Err(error) = expression.check()
            {
                failed += 1;
                let _ = writeln!(text, "{} ({}): a regular expression is too large: {error}", rule.id, rule.place.file);
            }
        }
        for example in &rule.examples {
            match outcome(rule, example, &examiner, as_of) {
                None => held += 1,
                Some(wrong) => {
                    failed += 1;
                    let _ = writeln!(
                        text,
                        "{} ({} example \"{}\", {}): {wrong}",
                        rule.id, example.outcome, example.name, rule.place.file
                    );
                }
            }
        }
    }
    let _ = writeln!(text, "{held} examples held, {failed} did not");
    Ok(Said { text, status: u8::from(failed > 0) })
}

/// What is wrong with how an example came out; nothing when it held.
fn outcome(rule: &EvidenceType, example: &Example, examiner: &Examiner<'_>, as_of: Day) -> Option<String> {
    let dossier = examiner.bytes(&example.name, example.text.as_bytes());
    let evidence = dossier.evidence.iter().find(|one| one.evidence == rule.id);
    let Some(evidence) = evidence else {
        let near = dossier.near.iter().find(|near| near.evidence == rule.id);
        let why = near.map_or(String::new(), |near| format!(" ({})", near.lacked));
        return (example.outcome != Outcome::NearMiss)
            .then(|| format!("missed: not recognised{why}, kind {}", dossier.kind));
    };
    let fresh = rule.fresh.or_else(|| rule.every.map(judge::with_grace));
    let weak = judge::weaknesses(&dossier, evidence, rule, fresh, as_of);
    match example.outcome {
        Outcome::NearMiss => Some("noisy: recognised, and must not be".to_string()),
        Outcome::Strong => (!weak.is_empty()).then(|| format!("misgraded: {}", weak.join("; "))),
        Outcome::Weak if weak.is_empty() => Some("misgraded: nothing lacks".to_string()),
        Outcome::Weak => {
            let mut said: BTreeSet<String> = evidence.lacking.iter().cloned().collect();
            said.extend(
                judge::shortfalls(&dossier, evidence, rule, fresh, as_of).iter().map(|check| check.name().to_string()),
            );
            let silent: Vec<&str> =
                example.lacks.iter().map(String::as_str).filter(|wanted| !said.contains(*wanted)).collect();
            (!silent.is_empty()).then(|| format!("misgraded: it does not lack {}", silent.join(", ")))
        }
    }
}

/// Scores labelled folders.
pub(super) fn score(
    labels: &[PathBuf],
    layer: Option<&Path>,
    verbose: bool,
    outside: &Outside<'_>,
) -> Result<Said, Faults> {
    let layers = layers(layer)?;
    let mut all = Score::default();
    let mut documents = 0;
    for path in labels {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::new(format!("cannot read {}: {error}", path.display())))?;
        let labels = Labels::read(&SourceFile::new(path.to_string_lossy(), text))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(name) = name.strip_suffix(".labels.toml") else {
            return Err(Fault::new(format!("{} is not named FOLDER.labels.toml", path.display())).into());
        };
        let folder = path.with_file_name(name);
        let mut rules = crate::rules::load(&layers)?;
        rules.keep_sector(labels.sector);
        let (found, _) = walk(&folder, &Excluded::none());
        let dossiers = examine(&found, &layers, &rules, Limits::default(), None, outside)?;
        let (lines, findings) = judge::folder(&dossiers, &rules, labels.as_of()?);
        let supported = |at: usize| -> BTreeSet<String> {
            let of = lines
                .iter()
                .filter(|line| line.expectations.iter().any(|one| one.support.iter().any(|s| s.document == at)));
            of.map(|line| line.line.id.clone()).collect()
        };
        let every: Vec<String> = lines.iter().map(|line| line.line.id.clone()).collect();
        documents += dossiers.len();
        all.add(crate::score::score(&labels, &dossiers, &findings, &supported, &every));
    }
    let mut text = format!("{documents} labelled documents\n{}", all.table());
    if verbose {
        all.differences.iter().for_each(|one| {
            let _ = writeln!(text, "{}", crate::render::plain(&crate::report::masked(one)));
        });
    }
    Ok(Said { text, status: 0 })
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::*;

    #[test]
    fn every_example_of_the_built_in_rules_holds() {
        let said = test(&load(None).unwrap()).unwrap();
        assert_eq!(said.status, 0, "{}", said.text);
    }

    #[test]
    fn a_new_rule_file_loads_and_its_examples_hold_and_it_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        new("peer-review-letter", folder.path()).unwrap();
        let said = test(&load(Some(folder.path())).unwrap()).unwrap();
        assert_eq!(said.status, 0, "{}", said.text);
        let again = new("peer-review-letter", folder.path()).unwrap_err();
        assert!(again.0[0].to_string().contains("is there already"), "{again:?}");
        assert!(miette::Diagnostic::help(&again.0[0]).is_some());
        assert!(new("Peer review", folder.path()).is_err());
    }

    #[test]
    fn there_is_a_schema_of_each_sort_of_file() {
        for of in SchemaOf::ALL {
            let schema: serde_json::Value = serde_json::from_str(&schema(of.name()).unwrap().text).unwrap();
            assert_eq!(schema["type"], "object", "{of}");
        }
    }
}
