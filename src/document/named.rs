//! Other documents that a document relies on by name: the file that it points to, what it says is attached, and what it is to
//! be read with. Papers of national bodies are nobody's own and are left out.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::phrase::pattern;
use crate::text::{Excerpt, Role, Span, Text};

/// A document that another one relies on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name as written; of a file, with its ending.
    pub name: String,
    /// The words before a file's name that may belong to it, where nothing shows where it begins.
    pub before: String,
    /// Where it is named.
    pub excerpt: Excerpt,
}

/// Names that are looked at in one document; an index of a whole archive names thousands.
const MOST: usize = 40;

/// What a name ends with.
const SORTS: &str = "Policy|Procedure|Plan|Strategy|Report|Register|Framework|Protocol|Statement|Dashboard|Minutes|Terms of Reference|Survey|Audit|Log|Charter|Schedule|Guidelines?|Scorecard";
/// Words of a name: with capitals, or small ones between two.
const WORDS: &str = r"(?:(?:[A-Z0-9][\w’'&/-]*,?|of|and|for|the|to|in|on|with|&|-|–) ){0,9}";

static FILE: LazyLock<Regex> = LazyLock::new(|| {
    let endings = "docx|docm|doc|xlsx|xlsm|xls|pptx|ppt|pdf|odt|ods|odp|rtf|msg|eml";
    pattern(&format!(r"((?:[\w&'’()+,–-]+ ){{0,7}})([\w&'’()+.–-]*[\w)])\.(?i:{endings})\b"))
});
static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    let name = format!(r"{WORDS}(?:{SORTS})\b");
    let attached =
        format!(r"\b(?i:attached|enclosed|appended|accompanying) (?:copy of )?(?:(?:the|our|its) )?({name})");
    let is_attached = format!(r"\b({name}) (?:is|are) (?i:attached|enclosed|appended)\b");
    let before =
        "see|see also|refer to|set out in|described in|in line with|in accordance with|according to|in support of";
    let leant_on = format!(r"\b(?i:{before}) (?:the|our|its) ({name})");
    pattern(&format!("{attached}|{is_attached}|{leant_on}"))
});
static READ_WITH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i:\bread (?:in conjunction |together |alongside )?(?:with|alongside)) ([^.;:]{4,300})")
});
static IN_LIST: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?:{WORDS}(?:{SORTS})|(?:[\w’'-]+ ){{1,6}}(?i:{SORTS}))\b")));
static PARTED: LazyLock<Regex> = LazyLock::new(|| pattern(r", (?:and )?(?:the |our )?| and (?:the|our) "));

/// Words that show that a paper is a national body's, a partner's or a law.
const OTHERS: [&str; 24] = [
    "NHS",
    "CQC",
    "Care Quality Commission",
    "National",
    "Department",
    "Government",
    "England",
    "NICE",
    "Act",
    "Regulations",
    "Ofsted",
    "HSE",
    "Executive",
    "Commissioner",
    "Royal",
    "Council",
    "Authority",
    "ICB",
    "Integrated Care",
    "Health Foundation",
    "King's",
    "Parliament",
    "Ombudsman",
    "Inquiry",
];

/// The documents that a text relies on, each once.
pub fn find(text: &Text, kind: Kind) -> Vec<Named> {
    let mut found = Vec::new();
    if kind == Kind::Template {
        return found;
    }
    let mut seen = BTreeSet::new();
    let heading = |block: &&crate::text::Block| block.role.heading_level().is_some();
    let headings = text.blocks().iter().filter(heading).map(|block| text.block_text(block).to_lowercase());
    let headings: Vec<String> = headings.collect();
    for block in text.blocks() {
        // Headers and footers hold the name of the file itself, often an old one.
        let counts = block.role.is_evidence() && !matches!(block.role, Role::Header | Role::Footer | Role::FrontMatter);
        if !counts {
            continue;
        }
        let words = text.block_text(block);
        for (start, name, before) in in_words(words) {
            // A part of this very document is there.
            if headings.iter().any(|heading| heading.contains(&name.to_lowercase())) {
                continue;
            }
            if found.len() == MOST {
                return found;
            }
            if seen.insert(name.to_lowercase()) {
                let at = block.span.start + start;
                let excerpt = text.excerpt(Span::new(at, at + name.len()));
                found.push(Named { name: name.to_string(), before: before.to_string(), excerpt });
            }
        }
    }
    found
}

/// Names in one block: the offset of each, the name, and what stands before it.
fn in_words(words: &str) -> Vec<(usize, &str, &str)> {
    let mut names = Vec::new();
    if words.contains('.') {
        for found in FILE.captures_iter(words) {
            names.extend(file(words, &found));
        }
    }
    for found in ATTACHED.captures_iter(words) {
        let Some(name) = (1..=3).find_map(|group| found.get(group)) else { continue };
        let after = words[name.end()..].chars().take(40).collect::<String>().to_lowercase();
        // What is an appendix of this very paper is there.
        if !after.contains("appendix") && !after.contains("annex") {
            names.push((name.start(), name.as_str()));
        }
    }
    for list in READ_WITH.captures_iter(words).filter_map(|found| found.get(1)) {
        let mut start = list.start();
        for one in PARTED.split(list.as_str()) {
            let at = words[start..].find(one).map_or(start, |at| start + at);
            names.extend(IN_LIST.find_iter(one).map(|name| (at + name.start(), name.as_str())));
            start = at + one.len();
        }
    }
    let mut all = Vec::new();
    for (start, name) in names {
        let is_file = name.rsplit_once('.').is_some_and(|(_, ending)| ending.len() <= 4);
        if is_file {
            let signs = ['"', '“', '‘', '`', '(', '[', '<', '/', '\\', ':', '\n'];
            all.push((start, name, words[..start].rsplit(signs).next().unwrap_or("").trim()));
        } else if let Some((skipped, name)) = own(name) {
            all.push((start + skipped, name, ""));
        }
    }
    all
}

/// The name of a file, from where it plainly begins: after a quotation mark, at a word that a sign holds together, or at the
/// first capital of the words before its ending.
fn file<'t>(words: &'t str, found: &regex::Captures<'t>) -> Option<(usize, &'t str)> {
    let whole = found.get(0)?;
    let before = words[..whole.start()].chars().next_back();
    // Addresses of web pages and mail are no files of the folder.
    let held_before = words[..found.get(2)?.start()].rsplit(char::is_whitespace).next().unwrap_or("");
    let last_word = found.get(2)?.as_str();
    if held_before.contains("://") || held_before.contains('@') || last_word.starts_with("www.") {
        return None;
    }
    if matches!(before, Some('"' | '“' | '‘' | '`' | '[' | '<')) {
        return Some((whole.start(), whole.as_str()));
    }
    let last = found.get(2)?;
    let held = last.as_str().contains(['_', '-']) && last.as_str().len() > 8;
    let mut start = last.start();
    if !held {
        let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let mut at = last.start();
        for word in found.get(1)?.as_str().trim_end().rsplit(' ').filter(|word| !word.is_empty()) {
            at -= word.len() + 1;
            let small =
                matches!(word, "of" | "and" | "for" | "the" | "to" | "in" | "on" | "with" | "&" | "-" | "–" | "v");
            if capital(word) {
                start = at;
            } else if !small {
                break;
            }
        }
    }
    let name = &words[start..whole.end()];
    let stem = name.rsplit_once('.')?.0;
    // "a .pdf", "save it as x.pdf": no name.
    (stem.chars().filter(|c| c.is_alphanumeric()).count() >= 5).then_some((start, name))
}

/// The name of an own document, small words at its front left out, and how many bytes they were.
fn own(name: &str) -> Option<(usize, &str)> {
    let small = ["of ", "and ", "for ", "the ", "to ", "in ", "on ", "with ", "& ", "- ", "– "];
    let mut rest = name;
    while let Some(after) = small.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    let has = |of: &str| {
        let word = |c: char| !c.is_alphanumeric() && c != '\'';
        if of.contains(' ') { rest.contains(of) } else { rest.split(word).any(|one| one == of) }
    };
    // "The action plan", "our annual report" may be any.
    let any = [
        "action",
        "plan",
        "annual",
        "report",
        "monthly",
        "quarterly",
        "full",
        "summary",
        "previous",
        "last",
        "project",
        "delivery",
        "implementation",
        "final",
        "draft",
        "this",
        "policy",
        "strategy",
        "audit",
        "survey",
        "the",
        "a",
        "an",
        "other",
        "local",
        "relevant",
        "national",
        "procedure",
        "related",
        "minutes",
        "our",
        "trust",
    ];
    let telling = rest.split(' ').filter(|word| !any.contains(&word.to_lowercase().as_str())).count();
    (telling > 0 && rest.contains(' ') && !OTHERS.iter().any(|of| has(of))).then_some((name.len() - rest.len(), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Place;

    fn names(words: &str) -> Vec<String> {
        let mut builder = Text::builder();
        builder.push(Role::Paragraph, Place::default(), words);
        find(&builder.finish(), Kind::Report).into_iter().map(|named| named.name).collect()
    }

    #[test]
    fn files_are_named_with_their_ending() {
        for (words, wanted) in [
            ("Details are in Risk_Register_Q2-2026.xlsx.", "Risk_Register_Q2-2026.xlsx"),
            ("see \"board paper final v2.docx\" for the rest", "board paper final v2.docx"),
            ("as shown in the Quality Dashboard September.pdf on SharePoint", "Quality Dashboard September.pdf"),
            ("Evidence: Policies/Complaints Policy v3.1.docx", "Complaints Policy v3.1.docx"),
        ] {
            assert_eq!(names(words), [wanted], "{words}");
        }
        for words in
            ["https://www.example.org/files/report.pdf", "mail it to x@report.doc", "save it as a.pdf", "3.2.1 doc"]
        {
            assert!(names(words).is_empty(), "{words}");
        }
    }

    #[test]
    fn what_is_attached_or_read_with_it_is_named() {
        assert_eq!(names("The attached Clinical Audit Plan sets this out."), ["Clinical Audit Plan"]);
        assert_eq!(names("Our Quality Improvement Strategy is enclosed."), ["Our Quality Improvement Strategy"]);
        assert_eq!(
            names(
                "This policy should be read in conjunction with the Risk Management Strategy, the Incident Reporting Policy and the Data Protection Act."
            ),
            ["Risk Management Strategy", "Incident Reporting Policy"]
        );
        assert_eq!(names("It should be read with the incident reporting policy."), ["incident reporting policy"]);
        assert_eq!(
            names("Risks are scored in accordance with the Risk Scoring Framework."),
            ["Risk Scoring Framework"]
        );
    }

    #[test]
    fn papers_of_others_and_appendices_are_no_loose_ends() {
        for words in [
            "to be read with the NHS Long Term Plan and the National Patient Safety Strategy",
            "The attached Action Plan at Appendix 2",
            "the plan is attached",
            "See the Action Plan; this is in line with the Annual Report.",
            "This policy is read with residents' families each year.",
            "The Staff Survey Report is attached as Annex A",
        ] {
            assert!(names(words).is_empty(), "{words}: {:?}", names(words));
        }
    }

    proptest! {
        #[test]
        fn any_words_are_taken(words in "(\\PC|[A-Za-z ._/“\"]|\\.pdf|attached |read with |Policy ){0,60}") {
            for name in names(&words) {
                prop_assert!(!name.is_empty());
            }
        }
    }
}
