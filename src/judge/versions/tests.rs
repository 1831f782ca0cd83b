use super::*;
use crate::document::{Fact, Source};
use crate::examine::unread_dossier;
use crate::finding::Check;
use crate::read::Format;
use crate::text::{Place, Role, Text};

/// A document of a kind with a title, a version, a day and words.
fn document(path: &str, kind: Kind, title: &str, version: &str, day: &str, words: &str) -> Dossier {
    let mut builder = Text::builder();
    builder.push(Role::Paragraph, Place::default(), words);
    let text = builder.finish();
    let mut dossier = unread_dossier(path, Format::Docx, crate::read::Unread::Encrypted);
    dossier.unread = None;
    dossier.kind = kind;
    dossier.words = text.words();
    dossier.sketch = crate::document::sketch::Sketch::of(&text);
    let said = |value: &str| Fact { value: value.to_string(), source: Source::Title, excerpt: None };
    dossier.facts.title = Some(said(title));
    dossier.facts.version = (!version.is_empty()).then(|| said(version));
    dossier.facts.date = day.parse().ok().map(|value| Fact { value, source: Source::Title, excerpt: None });
    dossier
}

fn with_status(mut dossier: Dossier, status: Status) -> Dossier {
    dossier.facts.status = Some(Fact { value: status, source: Source::FileName, excerpt: None });
    dossier
}

/// Forty words of their own for each subject.
fn words(subject: &str) -> String {
    (0..20).map(|at| format!("{subject} rule {at}. ")).collect()
}

fn pairs(dossiers: &[Dossier]) -> Vec<(&str, &str)> {
    replaced(dossiers)
        .into_iter()
        .map(|(old, new)| (dossiers[old].path.as_str(), dossiers[new].path.as_str()))
        .collect()
}

#[test]
fn an_older_version_of_a_policy_is_replaced_whatever_it_is_called() {
    let folder = [
        document("a/Risk policy v4.1.docx", Kind::Policy, "Risk Management Policy", "4.1", "2021-03-01", &words("old")),
        document("b/RM-POL-07.docx", Kind::Policy, "Risk Management Policy 2026", "5", "2026-02-01", &words("new")),
        document("b/Fire.docx", Kind::Policy, "Fire Safety Policy", "7", "2026-02-01", &words("fire")),
    ];
    assert_eq!(pairs(&folder), [("a/Risk policy v4.1.docx", "b/RM-POL-07.docx")]);
}

#[test]
fn what_recurs_is_a_series_and_no_version() {
    let folder = [
        document("q1.docx", Kind::Report, "Quality Report", "1", "2026-03-01", &words("q")),
        document("q2.docx", Kind::Report, "Quality Report", "2", "2026-06-01", &words("q")),
        document("m1.docx", Kind::Minutes, "Board Minutes", "", "2026-03-01", &words("m")),
        document("m2.docx", Kind::Minutes, "Board Minutes", "", "2026-06-01", &words("m")),
        document("t1.docx", Kind::TermsOfReference, "Terms of Reference", "1", "2024-06-01", &words("t")),
        document("t2.docx", Kind::TermsOfReference, "Terms of Reference", "2", "2026-06-01", &words("u")),
    ];
    assert!(pairs(&folder).is_empty(), "{:?}", pairs(&folder));
}

#[test]
fn a_draft_is_replaced_by_what_was_agreed_and_replaces_nothing() {
    let minutes = |path: &str, status: Status| {
        with_status(document(path, Kind::Minutes, "Board Minutes", "", "2026-09-24", &words("m")), status)
    };
    let folder = [minutes("Board DRAFT.docx", Status::Draft), minutes("Board confirmed.docx", Status::Approved)];
    assert_eq!(pairs(&folder), [("Board DRAFT.docx", "Board confirmed.docx")]);
    let policy =
        |path: &str, version: &str, day: &str| document(path, Kind::Policy, "Fire Policy", version, day, &words("f"));
    let folder = [policy("a.docx", "2", "2024-01-01"), with_status(policy("b.docx", "3", "2026-01-01"), Status::Draft)];
    assert!(pairs(&folder).is_empty());
}

#[test]
fn versions_in_file_names_count_where_the_words_are_alike() {
    let plan = |path: &str, version: &str, words: &str| document(path, Kind::Plan, "", version, "", words);
    let same = words("plan");
    let folder = [plan("Winter plan v1.docx", "1", &same), plan("Winter plan v2 FINAL.docx", "2", &same)];
    assert_eq!(pairs(&folder), [("Winter plan v1.docx", "Winter plan v2 FINAL.docx")]);
    let folder = [plan("Winter plan v1.docx", "1", &same), plan("Winter plan v2.docx", "2", &words("other"))];
    assert!(pairs(&folder).is_empty());
}

#[test]
fn of_copies_the_first_is_kept_and_those_in_mails_are_expected() {
    let copy = |path: &str| document(path, Kind::Report, "Staff Survey", "", "", &words("survey"));
    let folder = [copy("x/Survey (1).docx"), copy("x/y/Survey.docx"), copy("mail.eml"), copy("mail.eml!Survey.docx")];
    let findings = findings(&folder, &BTreeMap::new());
    let told: Vec<_> =
        findings.iter().map(|one| (one.check, one.path.as_deref().unwrap_or(""), one.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (Check::Duplicate, "x/y/Survey.docx", "it holds the same words as \"mail.eml\""),
            (Check::Duplicate, "x/Survey (1).docx", "it holds the same words as \"mail.eml\""),
        ]
    );
}

#[test]
fn names_are_compared_without_marks_of_versions() {
    for name in ["Risk Policy v2.1", "risk_policy_FINAL (approved)", "Risk policy - Copy", "RISK POLICY 3.0 draft"] {
        assert_eq!(unmarked(name).trim(), "risk policy", "{name}");
    }
    assert_eq!(subject("Quality Strategy 2024-27 (September 2024)"), "quality strategy");
    assert_eq!(subject("Terms of Reference 2026"), "");
    assert_ne!(unmarked("Board report Q1"), unmarked("Board report Q2"));
}
