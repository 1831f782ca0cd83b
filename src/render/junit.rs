//! JUnit XML: a suite for every framework with a case for every expectation, so that a dashboard shows coverage.
//!
//! A case fails when a finding of severity `error` concerns it: what makes the exit status 1 unless `--fail-on` says
//! otherwise. Evidence that is only weak passes, with what weakens it in its output. A case is skipped when nothing is on
//! file and no error says so: the expectation is recommended, or the settings leave the finding out.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::escape::xml;
use super::{examined, full_sentence, nothing_read};
use crate::finding::Severity;
use crate::judge::Grade;
use crate::report::{ExpectationRow, FindingRow, LineRow, Report};

/// How a case came out.
enum Outcome {
    Passed,
    Skipped(String),
    Failed { kind: String, message: String, body: String },
    Error(String),
}

struct Case {
    class: String,
    name: String,
    outcome: Outcome,
    /// What else there is to say.
    output: String,
}

/// The XML, with a line break at its end.
pub fn junit(report: &Report) -> String {
    let mut suites: Vec<(String, Vec<Case>)> = Vec::new();
    let about = Concerned::new(report);
    for framework in &report.frameworks {
        let lines = report.lines.iter().filter(|line| line.framework == framework.id);
        let cases: Vec<Case> = lines.flat_map(|line| about.line(line)).collect();
        if !cases.is_empty() {
            suites.push((framework.title.clone(), cases));
        }
    }
    let read = report.documents.iter().filter(|document| document.read);
    let documents: Vec<Case> = read.map(|document| about.document(&document.path)).collect();
    suites.push(("documents".to_string(), documents));
    suites.push(("not examined".to_string(), not_examined(report, &about)));
    written(report, &suites)
}

/// Findings by what they concern.
struct Concerned<'r> {
    expectations: HashMap<&'r str, Vec<&'r FindingRow>>,
    documents: HashMap<&'r str, Vec<&'r FindingRow>>,
}

impl<'r> Concerned<'r> {
    fn new(report: &'r Report) -> Self {
        let (mut expectations, mut documents) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for finding in &report.findings {
            for id in &finding.expectations {
                expectations.entry(id.as_str()).or_default().push(finding);
            }
            if let (true, Some(path)) = (finding.expectations.is_empty(), finding.path.as_deref()) {
                documents.entry(path).or_default().push(finding);
            }
        }
        Concerned { expectations, documents }
    }

    /// A case for the line as a whole, and one for each of its expectations.
    fn line(&self, line: &LineRow) -> Vec<Case> {
        let class = format!("{} {}", line.id, line.title);
        let found = self.expectations.get(line.id.as_str()).map_or(&[][..], Vec::as_slice);
        let grade = format!("grade: {}", line.grade);
        let whole = Case {
            class: class.clone(),
            name: format!("{}: the line as a whole", line.id),
            outcome: failed(found).unwrap_or(Outcome::Passed),
            output: output(&grade, found),
        };
        std::iter::once(whole).chain(line.expectations.iter().map(|one| self.expectation(one, &class))).collect()
    }

    fn expectation(&self, one: &ExpectationRow, class: &str) -> Case {
        let found = self.expectations.get(one.id.as_str()).map_or(&[][..], Vec::as_slice);
        let needed = if one.required { "required" } else { "recommended" };
        let outcome = failed(found).unwrap_or_else(|| match one.grade {
            Grade::Missing => Outcome::Skipped(format!("{needed}, and nothing is on file")),
            _ => Outcome::Passed,
        });
        let mut head = format!("{needed}, grade: {}", one.grade);
        for evidence in &one.evidence {
            let _ = write!(head, "\n{}: {}", evidence.grade, evidence.path);
        }
        let name = format!("{}: {}", one.id, one.title);
        Case { class: class.to_string(), name, outcome, output: output(&head, found) }
    }

    fn document(&self, path: &str) -> Case {
        let found = self.documents.get(path).map_or(&[][..], Vec::as_slice);
        let outcome = failed(found).unwrap_or(Outcome::Passed);
        Case { class: "documents".to_string(), name: path.to_string(), outcome, output: output("", found) }
    }
}

/// A failure, if one of the findings is an error.
fn failed(findings: &[&FindingRow]) -> Option<Outcome> {
    let errors: Vec<&&FindingRow> =
        findings.iter().filter(|one| one.severity == Severity::Error && one.is_open()).collect();
    let first = errors.first()?;
    let body: Vec<String> = errors.iter().map(|one| format!("{}\n{}", full_sentence(one), one.help)).collect();
    Some(Outcome::Failed { kind: first.check.to_string(), message: full_sentence(first), body: body.join("\n\n") })
}

/// A first line, and the findings that fail nothing.
fn output(head: &str, findings: &[&FindingRow]) -> String {
    let lesser = findings.iter().filter(|one| one.severity != Severity::Error || !one.is_open());
    let lesser = lesser.map(|one| {
        let accepted = one.accepted().map_or(String::new(), |accepted| format!(" [{accepted}]"));
        format!("{} {}: {}{accepted}", one.severity, one.check, full_sentence(one))
    });
    let head = std::iter::once(head.to_string()).filter(|head| !head.is_empty());
    head.chain(lesser).collect::<Vec<_>>().join("\n")
}

fn not_examined(report: &Report, about: &Concerned<'_>) -> Vec<Case> {
    let case = |name: &str, outcome: Outcome, output: String| Case {
        class: "not examined".to_string(),
        name: name.to_string(),
        outcome,
        output,
    };
    let examined = examined(report);
    let first = match nothing_read(report) {
        Some(nothing) => Outcome::Error(format!("{nothing}; {examined}")),
        None => Outcome::Passed,
    };
    let mut cases = vec![case("documents were examined", first, examined)];
    for document in report.documents.iter().filter(|document| !document.read) {
        let found = about.documents.get(document.path.as_str()).map_or(&[][..], Vec::as_slice);
        let reason = document.unread.clone().unwrap_or_else(|| "it was not read".to_string());
        let outcome = failed(found).unwrap_or(Outcome::Skipped(format!("not read: {reason}")));
        cases.push(case(&document.path, outcome, String::new()));
    }
    let skipped = report.skipped.iter();
    cases.extend(
        skipped.map(|one| case(&one.path, Outcome::Skipped(format!("skipped: {}", one.reason)), String::new())),
    );
    cases
}

/// Tests, failures, errors and skipped ones, as attributes.
fn counts<'c>(cases: impl Iterator<Item = &'c Case>) -> String {
    let (mut tests, mut failures, mut errors, mut skipped) = (0, 0, 0, 0);
    for case in cases {
        tests += 1;
        match case.outcome {
            Outcome::Passed => {}
            Outcome::Skipped(_) => skipped += 1,
            Outcome::Failed { .. } => failures += 1,
            Outcome::Error(_) => errors += 1,
        }
    }
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"0\"")
}

fn written(report: &Report, suites: &[(String, Vec<Case>)]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all = counts(suites.iter().flat_map(|(_, cases)| cases));
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(out, "<testsuites name=\"kloe\" {all}>");
    for (name, cases) in suites {
        let _ = writeln!(out, "  <testsuite name=\"{}\" {}>", xml(name), counts(cases.iter()));
        let _ = writeln!(out, "    <properties>");
        for (name, value) in
            [("as-of", report.as_of.to_string()), ("root", report.root.clone()), ("examined", examined(report))]
        {
            let _ = writeln!(out, "      <property name=\"{name}\" value=\"{}\"/>", xml(&value));
        }
        let _ = writeln!(out, "    </properties>");
        for case in cases {
            write_case(&mut out, case);
        }
        let _ = writeln!(out, "  </testsuite>");
    }
    out + "</testsuites>\n"
}

/// Text of an element: its line breaks may stay.
fn words(text: &str) -> String {
    xml(text).replace("&#10;", "\n")
}

fn write_case(out: &mut String, case: &Case) {
    let head = format!("<testcase classname=\"{}\" name=\"{}\" time=\"0\"", xml(&case.class), xml(&case.name));
    let inside = match &case.outcome {
        Outcome::Passed => String::new(),
        Outcome::Skipped(message) => format!("      <skipped message=\"{}\"/>\n", xml(message)),
        Outcome::Error(message) => format!("      <error type=\"nothing-examined\" message=\"{}\"/>\n", xml(message)),
        Outcome::Failed { kind, message, body } => {
            format!("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", xml(kind), xml(message), words(body))
        }
    };
    let output = match case.output.as_str() {
        "" => String::new(),
        output => format!("      <system-out>{}</system-out>\n", words(output)),
    };
    let _ = if inside.is_empty() && output.is_empty() {
        writeln!(out, "    {head}/>")
    } else {
        writeln!(out, "    {head}>\n{inside}{output}    </testcase>")
    };
}
