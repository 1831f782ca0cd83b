//! From rule files to [`Rules`]: every file read, every fault noted, layers laid one on the other.

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;

use super::embedded::FILES;
use super::written::{
    ElementWritten, EvidenceWritten, ExampleWritten, ExpectWritten, FrameworkWritten, LineWritten, Words,
};
use super::{Element, EvidenceType, Example, Expectation, Expression, Framework, Line, Outcome, Pattern, Rules};
use crate::day::{Day, Window};
use crate::fault::{Fault, Faults, SourceFile, closest};
use crate::finding::RulePlace;
use crate::toml_tables::{parse, read};

/// Rule files that belong together: path relative to their folder, and the file.
pub type Layer = Vec<(String, SourceFile)>;

/// The built-in rule files.
pub fn built_in() -> Layer {
    FILES.iter().map(|(path, text)| ((*path).to_string(), SourceFile::new(format!("rules/{path}"), *text))).collect()
}

/// The rule files of a folder: `evidence/*.toml` and `FRAMEWORK/*.toml`, in order of their paths.
///
/// # Errors
///
/// A folder or file that cannot be read, or a folder without a rule file.
pub fn folder(root: &Path) -> Result<Layer, Faults> {
    let mut layer = Layer::new();
    let mut faults = Vec::new();
    if !root.is_dir() {
        let fault = Fault::new(format!("there is no folder {} for the rules", root.display()));
        return Err(fault
            .help("mend its name (--rules, KLOE_RULES), or leave it out to use the built-in rules alone")
            .into());
    }
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = match &entry {
            Ok(entry) if entry.path().extension().is_some_and(|ending| ending == "toml") => entry.path(),
            Ok(_) => continue,
            Err(error) => {
                faults.push(Fault::new(format!("cannot read the rules in {}: {error}", root.display())));
                continue;
            }
        };
        let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        if relative.starts_with("words/") {
            continue;
        }
        match std::fs::read_to_string(path) {
            Ok(text) => layer.push((relative, SourceFile::new(path.to_string_lossy(), text))),
            Err(error) => faults.push(Fault::new(format!("cannot read {}: {error}", path.display()))),
        }
    }
    if layer.is_empty() && faults.is_empty() {
        let fault = Fault::new(format!("there is no rule file in {}", root.display()));
        faults.push(fault.help("rule files are evidence/NAME.toml and FRAMEWORK/LINE.toml, see rules/README.md"));
    }
    Faults(faults).or(layer)
}

/// Reads layers, later ones over earlier ones: the same id replaces whole, a new id adds, `off = true` removes.
///
/// # Errors
///
/// Every fault of every file at once.
pub fn load(layers: &[Layer]) -> Result<Rules, Faults> {
    let mut loader = Loader::default();
    for layer in layers {
        loader.layer(layer);
    }
    loader.check_references();
    loader.rules.evidence.sort_by(|a, b| a.id.cmp(&b.id));
    loader.rules.frameworks.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    for framework in &mut loader.rules.frameworks {
        framework.lines.sort_by(|a, b| a.id.cmp(&b.id));
    }
    Faults(loader.faults).or(loader.rules)
}

#[derive(Default)]
struct Loader {
    rules: Rules,
    faults: Vec<Fault>,
    references: Vec<(SourceFile, std::ops::Range<usize>, String)>,
}

impl Loader {
    fn layer(&mut self, layer: &Layer) {
        let mut seen = BTreeSet::new();
        let (frameworks, rest): (Vec<_>, Vec<_>) = layer.iter().partition(|(path, _)| path.ends_with("framework.toml"));
        for (_, file) in frameworks {
            self.framework(file);
        }
        for (path, file) in rest {
            match path.split_once('/') {
                Some(("evidence", _)) => self.evidence_file(file, &mut seen),
                Some((framework, _)) => self.line_file(file, framework),
                None => {
                    let fault = Fault::new(format!("{} stands in no folder", file.name()));
                    self.faults.push(fault.help("put it into evidence/ or into the folder of a framework"));
                }
            }
        }
    }

    fn framework(&mut self, file: &SourceFile) {
        let Some(table) = parse(file, &mut self.faults) else { return };
        let span = table.span();
        let value = toml::Spanned::new(span, toml::de::DeValue::Table(table.into_inner()));
        let Some(written) = read::<FrameworkWritten>(file, value, &mut self.faults) else { return };
        let mut day = |text: &Option<String>| {
            let text = text.as_deref()?;
            text.parse::<Day>()
                .map_err(|error| self.faults.push(Fault::new(error.to_string()).at(file, 0..0, "here")))
                .ok()
        };
        let framework = Framework {
            in_force_from: day(&written.in_force_from),
            in_force_to: day(&written.in_force_to),
            id: written.id,
            title: written.title,
            source: written.source,
            about: written.about,
            order: written.order,
            lines: Vec::new(),
        };
        match self.rules.frameworks.iter_mut().find(|one| one.id == framework.id) {
            Some(old) => *old = Framework { lines: std::mem::take(&mut old.lines), ..framework },
            None => self.rules.frameworks.push(framework),
        }
    }

    fn evidence_file(&mut self, file: &SourceFile, seen: &mut BTreeSet<String>) {
        let Some(mut table) = parse(file, &mut self.faults) else { return };
        for (key, _) in table.get_ref().iter().filter(|(key, _)| key.get_ref() != "evidence") {
            let fault = Fault::new(format!("unknown key `{}`", key.get_ref())).at(file, key.span(), "here");
            self.faults.push(fault.help("a file of evidence types holds only [[evidence]] tables"));
        }
        let Some(list) = table.get_mut().remove("evidence") else { return };
        let toml::de::DeValue::Array(list) = list.into_inner() else { return };
        for value in list {
            let Some(written) = read::<EvidenceWritten>(file, value, &mut self.faults) else { continue };
            let id = written.id.get_ref().clone();
            if !seen.insert(id.clone()) {
                let fault = Fault::new(format!("the evidence type `{id}` is there twice"));
                self.faults.push(fault.at(file, written.id.span(), "again here"));
                continue;
            }
            self.rules.evidence.retain(|one| one.id != id);
            if !written.off {
                let evidence = Reading { file, faults: &mut self.faults }.evidence(written);
                self.rules.evidence.extend(evidence);
            }
        }
    }

    fn line_file(&mut self, file: &SourceFile, framework: &str) {
        let Some(table) = parse(file, &mut self.faults) else { return };
        let value = toml::Spanned::new(table.span(), toml::de::DeValue::Table(table.into_inner()));
        let Some(written) = read::<LineWritten>(file, value, &mut self.faults) else { return };
        for expect in &written.expect {
            for id in std::iter::once(&expect.evidence).chain(&expect.or) {
                self.references.push((file.clone(), id.span(), id.get_ref().clone()));
            }
        }
        let Some(home) = self.rules.frameworks.iter_mut().find(|one| one.id == framework) else {
            let fault = Fault::new(format!("there is no framework `{framework}`"));
            self.faults.push(fault.help(format!("add {framework}/framework.toml with id, title and source")));
            return;
        };
        home.lines.retain(|line| &line.id != written.id.get_ref());
        if !written.off {
            home.lines.push(Reading { file, faults: &mut self.faults }.line(written));
        }
    }

    fn check_references(&mut self) {
        // Where a file could not be read at all, what it defines is not to be missed.
        let broken = !self.faults.is_empty();
        for (file, span, id) in self.references.iter().filter(|_| !broken) {
            if self.rules.evidence_type(id).is_some() {
                continue;
            }
            let fault =
                Fault::new(format!("there is no evidence type `{id}`")).at(file, span.clone(), "asked for here");
            let near = closest(id, self.rules.evidence.iter().map(|one| one.id.as_str()));
            self.faults.push(match near {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help("`kloe rules list` shows the evidence types"),
            });
        }
        let known: BTreeSet<String> = self.rules.evidence.iter().map(|one| one.id.clone()).collect();
        for line in self.rules.frameworks.iter_mut().flat_map(|framework| &mut framework.lines) {
            line.expectations.iter_mut().for_each(|one| one.evidence.retain(|id| known.contains(id)));
        }
    }
}

/// Turns what is written in one file into what is in force.
struct Reading<'a> {
    file: &'a SourceFile,
    faults: &'a mut Vec<Fault>,
}

impl Reading<'_> {
    fn place(&self, words: &Words) -> RulePlace {
        RulePlace { file: self.file.name().to_string(), line: self.file.line(words.span().start) }
    }

    fn value<T: FromStr>(&mut self, words: &Words) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let read = words.get_ref().parse();
        read.map_err(|error| self.faults.push(Fault::new(format!("{error}")).at(self.file, words.span(), "here"))).ok()
    }

    fn values<T: FromStr>(&mut self, list: &[Words]) -> Vec<T>
    where
        T::Err: std::fmt::Display,
    {
        list.iter().filter_map(|words| self.value(words)).collect()
    }

    fn phrases(&mut self, list: &[Words]) -> Vec<String> {
        for words in list.iter().filter(|words| !words.get_ref().chars().any(char::is_alphanumeric)) {
            let fault = Fault::new("a phrase without a letter can match nothing").at(self.file, words.span(), "here");
            self.faults.push(fault.help("write the words as they stand in documents"));
        }
        list.iter().map(|words| words.get_ref().clone()).collect()
    }

    fn evidence(&mut self, written: EvidenceWritten) -> Option<EvidenceType> {
        let place = self.place(&written.id);
        let Some(category) = &written.category else {
            let fault = Fault::new(format!("the evidence type `{}` has no category", written.id.get_ref()));
            self.faults.push(fault.at(self.file, written.id.span(), "this one"));
            return None;
        };
        let category = self.value(category)?;
        let id = written.id.get_ref().clone();
        Some(EvidenceType {
            title: written.title.unwrap_or_else(|| id.replace('-', " ")),
            id,
            about: written.about,
            source: written.source,
            category,
            kinds: self.values(&written.kinds),
            names: self.phrases(&written.names),
            terms: self.phrases(&written.terms),
            terms_needed: written.terms_needed.unwrap_or(5),
            not: self.phrases(&written.not),
            every: written.every.as_ref().and_then(|words| self.value::<Window>(words)),
            series: written.series.unwrap_or(1),
            kept_by: self.values(&written.kept_by),
            fresh: written.fresh.as_ref().and_then(|words| self.value::<Window>(words)),
            wants: written.wants.as_ref().map(|list| self.values(list)),
            measured: written.measured,
            strong: written.strong,
            weak: written.weak,
            elements: written.element.iter().map(|element| self.element(element)).collect(),
            examples: written.example.into_iter().filter_map(|example| self.example(example)).collect(),
            place,
        })
    }

    fn element(&mut self, written: &ElementWritten) -> Element {
        let any = written.any.iter().filter_map(|words| self.pattern(words)).collect();
        Element {
            id: written.id.get_ref().clone(),
            title: written.title.clone(),
            any,
            at_least: written.at_least.unwrap_or(1),
            optional: written.optional,
            help: written.help.clone(),
        }
    }

    fn pattern(&mut self, words: &Words) -> Option<Pattern> {
        let text = words.get_ref();
        let Some(expression) = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) else {
            return Some(Pattern::Phrase(text.clone()));
        };
        match Expression::new(expression) {
            Ok(expression) => Some(Pattern::Regex(expression)),
            Err(error) => {
                let fault = Fault::new("this regular expression does not read").at(self.file, words.span(), "here");
                self.faults.push(fault.help(error));
                None
            }
        }
    }

    fn example(&mut self, written: ExampleWritten) -> Option<Example> {
        Some(Example {
            outcome: self.value::<Outcome>(&written.outcome)?,
            name: written.name,
            text: written.text,
            lacks: written.lacks.iter().map(|words| words.get_ref().clone()).collect(),
        })
    }

    fn line(&mut self, written: LineWritten) -> Line {
        let place = self.place(&written.id);
        let id = written.id.get_ref().clone();
        let expectations = written.expect.iter().map(|expect| self.expectation(&id, expect)).collect();
        Line {
            title: written.title.unwrap_or_default(),
            id,
            question: written.question,
            source: written.source,
            strong: written.strong,
            categories_wanted: written.categories_wanted.unwrap_or(1),
            expectations,
            place,
        }
    }

    fn expectation(&mut self, line: &str, written: &ExpectWritten) -> Expectation {
        let evidence = std::iter::once(&written.evidence).chain(&written.or).map(|id| id.get_ref().clone()).collect();
        Expectation {
            id: format!("{line}.{}", written.evidence.get_ref()),
            evidence,
            required: written.required,
            why: written.why.clone(),
            sectors: self.values(&written.sectors),
            every: written.every.as_ref().and_then(|words| self.value::<Window>(words)),
            series: written.series,
            fresh: written.fresh.as_ref().and_then(|words| self.value::<Window>(words)),
            place: self.place(&written.evidence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(files: &[(&str, &str)]) -> Layer {
        files.iter().map(|(path, text)| ((*path).to_string(), SourceFile::new(path, *text))).collect()
    }

    #[test]
    fn the_built_in_rules_load() {
        load(&[built_in()]).unwrap();
    }

    #[test]
    fn all_faults_are_found_at_once() {
        let text = "[[evidence]]\nid = \"a\"\ncategory = \"process\"\nnmes = [\"x\"]\n\n[[evidence]]\nid = \"b\"\ncategory = \"processes\"\nfresh = \"1m\"\n";
        let faults = load(&[layer(&[("evidence/x.toml", text)])]).unwrap_err();
        let all: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all[0].contains("unknown key `nmes`"), "{all:?}");
        assert!(all[1].contains("`1m` is not a period"), "{all:?}");
    }

    #[test]
    fn a_later_layer_replaces_adds_and_removes() {
        let base =
            "[[evidence]]\nid = \"a\"\ncategory = \"processes\"\n[[evidence]]\nid = \"b\"\ncategory = \"processes\"\n";
        let over = "[[evidence]]\nid = \"a\"\ncategory = \"outcomes\"\n[[evidence]]\nid = \"b\"\noff = true\n[[evidence]]\nid = \"c\"\ncategory = \"processes\"\n";
        let rules = load(&[layer(&[("evidence/x.toml", base)]), layer(&[("evidence/y.toml", over)])]).unwrap();
        let ids: Vec<_> = rules.evidence.iter().map(|one| (one.id.as_str(), one.category.name())).collect();
        assert_eq!(ids, [("a", "outcomes"), ("c", "processes")]);
    }

    #[test]
    fn an_unknown_evidence_type_is_named_with_the_nearest() {
        let files = [
            ("evidence/x.toml", "[[evidence]]\nid = \"risk-register\"\ncategory = \"processes\"\n"),
            ("f/framework.toml", "id = \"f\"\ntitle = \"F\"\nsource = \"S\"\n"),
            ("f/F1.toml", "id = \"F1\"\n[[expect]]\nevidence = \"risk-registr\"\nwhy = \"w\"\n"),
        ];
        let faults = load(&[layer(&files)]).unwrap_err();
        assert_eq!(faults.0[0].to_string(), "there is no evidence type `risk-registr`");
    }
}
