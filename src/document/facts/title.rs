//! The title: what a person would call the document. Never an organisation's name, a marking, a page number or the header
//! of a column.

use super::labels::{Field, Labels, has_word, tidy};
use super::pairs::{Pair, Rows, Trust, lines, pairs, tables};
use super::title_lines::{first_sentence, with_subtitle};
use super::title_no::{is_byline, is_code, is_export, is_file_name, is_listed, is_review, is_role, is_time};
use super::{people, version};
use crate::day::find_days;
use crate::document::{Fact, Source, Words};
use crate::text::{Block, Role, Span, Text};

/// Blocks from the top that may hold the title.
const TOP: usize = 14;

/// A line that may be the title.
struct Candidate {
    span: Span,
    score: i32,
}

/// The title: a label, else the best line near the top by style, words and place, else a sensible property of the file.
pub fn title(text: &Text, path: &str, words: &Words) -> Option<Fact<String>> {
    let labels = &words.labels;
    let mail = Form::of(path) == Form::Mail;
    if !mail && let Some(fact) = labelled(text, &pairs(text, labels), labels) {
        return Some(fact);
    }
    let lines = top_lines(text, labels);
    let form = Form::of(path);
    let candidates =
        lines.iter().enumerate().filter_map(|(at, (span, block))| candidate(text, at, *span, block, labels, form));
    let best = candidates.max_by_key(|one| (one.score, std::cmp::Reverse(one.span.start)));
    let stem = || {
        // An export or a workbook without a caption goes by its file's name.
        let value = crate::document::stem(path).trim().to_string();
        let named = form == Form::Sheet && value.chars().any(char::is_alphabetic);
        named.then_some(Fact { value, source: Source::FileName, excerpt: None })
    };
    if let Some(best) = best {
        let excerpt = Some(text.excerpt(best.span));
        let value = whole_name(text, &lines, best.span, labels);
        // The name of a sheet says which part of a workbook it is.
        let sheet = form == Form::Sheet && best.score < SHEET_NAME && !names_subject(&value, labels);
        if sheet && let Some(stem) = stem() {
            return Some(stem);
        }
        return Some(Fact { value, source: Source::Title, excerpt });
    }
    let property = text.metadata.title.as_ref().filter(|title| is_sensible_property(title, labels));
    let Some(property) = property else { return stem() };
    let value = tidied(property, labels);
    Some(Fact { value, source: Source::Metadata("title".to_string()), excerpt: None })
}

/// What sort of file it is, where that decides which line is the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A workbook or an export.
    Sheet,
    /// A page, whose `<title>` is for the browser's tab.
    Web,
    /// A mail, whose subject is its title.
    Mail,
    /// Anything else.
    Other,
}

impl Form {
    fn of(path: &str) -> Form {
        let ending = path.rsplit('.').next().unwrap_or("").to_lowercase();
        match ending.as_str() {
            "csv" | "tsv" | "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" => Form::Sheet,
            "html" | "htm" | "xhtml" | "mht" | "mhtml" => Form::Web,
            "eml" | "msg" => Form::Mail,
            _ => Form::Other,
        }
    }
}

/// The score below which the best line of a workbook is the name of a sheet.
const SHEET_NAME: i32 = 60;

/// Whether the name of a sheet says what the workbook is about: `Corporate risk register`, not `Log` or `Results`.
fn names_subject(name: &str, labels: &Labels) -> bool {
    name.split_whitespace().count() >= 2 && names_document(name, labels)
}

fn labelled(text: &Text, pairs: &[Pair], labels: &Labels) -> Option<Fact<String>> {
    let far = text.blocks().get(60).map_or(usize::MAX, |block| block.span.start);
    let mut found: Vec<(Trust, usize, usize, &Pair)> = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        let Some((_, rank)) = pair.uses.iter().find(|(field, _)| *field == Field::Title) else { continue };
        // `Title / Responsibility` heads the posts of those who looked at it.
        if ["responsib", "role", "post", "job"].iter().any(|of| tidy(&pair.label).contains(of)) {
            continue;
        }
        // `Document Control:` is a heading, not a document called "Control".
        if is_structure(&format!("{} {}", pair.label, text.slice(pair.value)), labels) {
            continue;
        }
        // The title of a person beside the name is a job title.
        let before = pairs
            .get(..at)
            .and_then(|all| all.iter().rev().find(|pair| pair.trust != Trust::Byline))
            .map(|pair| tidy(&pair.label))
            .unwrap_or_default();
        let job = ["name", "full name", "print name", "signed", "signed by", "signature"].contains(&before.as_str());
        if pair.value.start < far && !job {
            found.push((pair.trust, *rank, at, pair));
        }
    }
    found.sort_by_key(|(trust, rank, at, _)| (*trust, *rank, *at));
    found.into_iter().find_map(|(.., pair)| {
        let said = text.slice(pair.value);
        let line = said.lines().find(|line| line.chars().any(char::is_alphanumeric))?.trim();
        // A letter about a patient: `Re: Mr Alfred Test, born 14.02.1941`.
        let lower = line.to_lowercase();
        let about = [", born", ", dob", " dob", " d.o.b", " nhs number", " nhs no"]
            .iter()
            .filter_map(|one| lower.find(one))
            .min();
        let line = about.filter(|_| lower.len() == line.len()).and_then(|at| line.get(..at)).unwrap_or(line);
        let value = tidied(line, labels);
        let sensible = !labels.is_empty(line)
            && !is_code(line)
            && !is_file_name(line)
            && !is_organisation(line, labels)
            && !is_marking(line, labels)
            && !is_role(line)
            && value.len() > 2
            && value.len() < 200;
        sensible.then(|| Fact { value, source: pair.source.clone(), excerpt: Some(text.excerpt(pair.value)) })
    })
}

/// The lines near the top that stand alone: no page furniture, no cells but those that have their row to themselves.
fn top_lines<'t>(text: &'t Text, labels: &Labels) -> Vec<(Span, &'t Block)> {
    let tables = tables(text);
    let body = text.blocks().iter().filter(|block| {
        !matches!(
            block.role,
            Role::Header | Role::Footer | Role::FrontMatter | Role::Comment | Role::Note | Role::SpeakerNote
        )
    });
    let mut found = Vec::new();
    for block in body.take(TOP) {
        if let Role::Cell { table, row, column } = block.role {
            let alone = tables.get(&table).is_some_and(|rows| stands_alone(text, rows, row, column, labels));
            if !alone {
                continue;
            }
        }
        let all: Vec<Span> = lines(text, block).collect();
        // A paragraph of many lines is prose.
        let short = all.len() <= 8 && all.iter().all(|line| line.end - line.start <= 60);
        let few = all.len() <= 4 || short || block.role.heading_level().is_some();
        found.extend(all.into_iter().filter(|_| few).map(|line| (line, block)));
    }
    found
}

/// Whether a cell is a caption over a table: nothing beside it but empty cells or, in the first rows, a date or a version.
fn stands_alone(text: &Text, rows: &Rows<'_>, row: u32, column: u32, labels: &Labels) -> bool {
    let Some(cells) = rows.get(&row) else { return false };
    let small = |words: &str| {
        find_days(words, None).first().is_some_and(|_| words.len() < 40)
            || version::of_value(words).is_some() && words.len() < 16
    };
    let others = cells.iter().filter(|(other, _)| **other != column).map(|(_, block)| text.block_text(block));
    let first = cells.keys().next() == Some(&column);
    // `WHARRAM GRANGE NURSING HOME | MONTHLY QUALITY REPORT`: a letterhead with the title beside it.
    let mut beside = cells.iter().filter(|(other, _)| **other != column).map(|(_, block)| text.block_text(block));
    let own = cells.get(&column).map_or("", |block| text.block_text(block));
    if row == 0 && cells.len() == 2 && names_document(own, labels) && beside.all(|words| is_organisation(words, labels))
    {
        return true;
    }
    first && row < 12 && cells.len() <= 3 && others.into_iter().all(|words| small(words) && !labels.is_label(words))
}

/// A line with how likely it is to be the title; `at` counts the lines from the top.
fn candidate(text: &Text, at: usize, span: Span, block: &Block, labels: &Labels, form: Form) -> Option<Candidate> {
    let line = text.slice(span);
    if form == Form::Mail && block.role == Role::Title && line.len() > 2 {
        return Some(Candidate { span, score: 200 });
    }
    // A group is called by its name over the notes of its meeting, though its name ends like that of an organisation.
    let group = matches!(block.role, Role::Title | Role::Heading(1)) && at == 0 && people::is_body(line, labels);
    if group && is_organisation(line, labels) && !line.contains(':') {
        return Some(Candidate { span, score: 62 });
    }
    if !is_title_line(line, labels) {
        return None;
    }
    let named = names_document(line, labels);
    // An early line that names a document beats a later heading of a part: many people write titles without a style.
    let early = if named && at <= 3 { 30 } else { 0 };
    let style = match block.role {
        Role::Title if form == Form::Web => 55,
        Role::Heading(_) if form == Form::Sheet => 10,
        Role::Cell { .. } if form == Form::Sheet => {
            if line.chars().count() > 190 || line.ends_with('.') && line.len() > 90 || at > 5 {
                return None;
            }
            90 - 8 * at.min(6) as i32
        }
        Role::Title => 130,
        Role::Heading(1) => 60 + if at <= 2 { 35 } else { 0 },
        Role::Heading(2) => 50 + if at <= 1 { early } else { 0 },
        Role::Heading(_) => 20,
        Role::ListItem => return None,
        _ => {
            let prose =
                line.chars().count() > 130 || line.ends_with(['.', ',', ';']) || line.split_whitespace().count() > 18;
            // `THE BOARD ON WARD 7: which magnet means what` at the very top is no label with its value.
            let told = line.split_once(": ").is_some_and(|(name, about)| {
                at <= 1 && name.split_whitespace().count() >= 2 && about.split_whitespace().count() >= 3
            });
            let colon = line.contains(": ") && !named && !told || line.ends_with(':') && !(named && at <= 1);
            let late = at > 5 && !named || at > 9;
            if prose || colon || late {
                return None;
            }
            30 + early
        }
    };
    let numbered = line.starts_with(|c: char| c.is_ascii_digit())
        && line.split_once(' ').is_some_and(|(number, _)| {
            number.trim_end_matches(['.', ')']).chars().all(|c| c.is_ascii_digit() || c == '.') && number.len() < 6
        });
    let score = style + if named { 35 } else { 0 } - at.min(20) as i32 - if numbered { 30 } else { 0 };
    Some(Candidate { span, score })
}

/// Whether a line may be a title at all.
pub(super) fn is_title_line(line: &str, labels: &Labels) -> bool {
    let bare = line.trim().trim_matches(['*', '#', '_', ' ']);
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    // `Equality impact assessment: visiting policy` names a document, though forms have it as a label.
    let only_label =
        |label: &str| labels.is_label(label) && (!labels.uses(label).is_empty() || !names_document(label, labels));
    let label = bare.split_once([':', '|']).is_some_and(|(label, _)| only_label(label)) || bare.contains(" | ");
    letters > 2
        && bare.len() < 200
        && !labels.is_empty(bare)
        && !label
        && (!labels.is_label(bare) || labels.words.generic.contains(&tidy(bare)))
        && !is_organisation(bare, labels)
        && !is_marking(bare, labels)
        && !is_structure(bare, labels)
        && !is_role(bare)
        && !is_time(bare)
        && !is_code(bare)
        && !is_listed(bare)
        && !is_export(bare)
        && !is_file_name(bare)
        && !bare.contains('@')
        && !bare.contains("://")
        && !is_review(bare)
        && !is_byline(bare)
}

pub(super) fn names_document(line: &str, labels: &Labels) -> bool {
    let lower = line.to_lowercase();
    labels.words.documents.iter().any(|word| has_word(&lower, word))
}

/// Only the name of an organisation, as in a running header.
pub(super) fn is_organisation(line: &str, labels: &Labels) -> bool {
    let lower = line.trim().trim_matches(['*', '.', ',', ')', ' ']).to_lowercase();
    let ends = |end: &String| {
        lower.strip_suffix(end.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '(']))
    };
    let words = lower.split_whitespace().count();
    words < 11 && labels.words.organisations.iter().any(ends) && !names_document(line, labels)
}

/// `OFFICIAL`, `Agenda item 7`, `Page 1 of 12`, `Enc 7a`, `Version 3`.
fn is_marking(line: &str, labels: &Labels) -> bool {
    let lower = line.trim().trim_matches(['*', '(', ')', '[', ']', ' ']).to_lowercase();
    let starts = |start: &String| {
        lower.strip_prefix(start.as_str()).is_some_and(|rest| {
            let rest = rest.trim_start_matches([' ', '-', '–', ':', '.', '#']);
            // The marking alone, or with a number or another marking after it.
            rest.is_empty()
                || rest.len() < 14 && rest.chars().next().is_some_and(|c| c.is_ascii_digit() || c == 'v')
                || rest.split_whitespace().all(|word| {
                    word.len() <= 2
                        || labels.words.markings.iter().any(|one| one == word.trim_matches(['(', ')', '-']))
                        || matches!(word, "no" | "number" | "and" | "when" | "printed")
                })
        })
    };
    let version = lower.starts_with('v') && lower.len() < 8 && version::of_value(&lower).is_some();
    version || labels.words.markings.iter().any(starts)
}

/// `Contents`, `1. Introduction`: parts of any document.
fn is_structure(line: &str, labels: &Labels) -> bool {
    let bare = tidy(line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ')));
    labels.words.structure.contains(&bare) && !labels.words.generic.contains(&bare)
}

fn is_sensible_property(title: &str, labels: &Labels) -> bool {
    let lower = title.to_lowercase();
    let machine = [
        "microsoft word",
        "powerpoint presentation",
        "untitled",
        "document1",
        "slide 1",
        "template",
        "presentation1",
        "book1",
        "title",
        "blank",
    ];
    is_title_line(title, labels)
        && !machine.iter().any(|one| lower.starts_with(one))
        && !is_file_name(title)
        && (names_document(title, labels) || title.split_whitespace().count() >= 2)
}

/// The title's line without the organisation before it and the version or marking round it.
pub(super) fn tidied(line: &str, labels: &Labels) -> String {
    let mut name = line.trim().trim_matches(['*', '#', '_', ' ']);
    for dash in [" - ", " – ", " — ", ": ", " | "] {
        if let Some((before, after)) = name.split_once(dash)
            && is_organisation(before, labels)
            && !after.starts_with(|c: char| c.is_lowercase())
            && !labels.words.generic.contains(&tidy(after))
            && after.split_whitespace().count() > 2
            && after.chars().filter(|c| c.is_alphabetic()).count() > 2
        {
            name = after.trim();
        }
    }
    loop {
        let before = name;
        for marking in ["DRAFT", "FINAL", "Draft", "Final", "draft", "final", "CONFIRMED", "UNCONFIRMED", "APPROVED"] {
            for end in [
                format!("({marking})"),
                format!("[{marking}]"),
                format!(" - {marking}"),
                format!(" – {marking}"),
                format!(" {marking}"),
            ] {
                let shouted = marking.chars().all(char::is_uppercase);
                if end.starts_with(' ') && !end.contains(['-', '–']) && !shouted {
                    continue;
                }
                name = name.strip_suffix(end.as_str()).unwrap_or(name).trim_end();
            }
            for start in [format!("{marking} - "), format!("{marking} – "), format!("{marking}: ")] {
                name = name.strip_prefix(start.as_str()).unwrap_or(name).trim_start();
            }
        }
        let shorter = version::without(name);
        if shorter.split_whitespace().count() >= 2 {
            name = shorter;
        }
        if name == before || name.is_empty() {
            break;
        }
    }
    let name = name.trim_end_matches([':', ' ']);
    if name.is_empty() { line.trim().to_string() } else { name.to_string() }
}

/// A caption without what it says of its own making: `Board walkabouts 2026/27 - kept by the secretary`.
fn without_byline(name: &str) -> &str {
    const MAKING: [&str; 24] = [
        "kept by",
        "updated",
        "last updated",
        "exported",
        "agreed",
        "approved",
        "completed",
        "as at",
        "position at",
        "position as at",
        "maintained by",
        "produced by",
        "owned by",
        "prepared by",
        "compiled by",
        "reviewed",
        "last reviewed",
        "version ",
        "v",
        "issue ",
        "owner:",
        "lead:",
        "run on",
        "led by",
    ];
    for dash in [" - ", " – ", " — ", ", ", ". ", " (", "; "] {
        for (at, _) in name.match_indices(dash) {
            let rest = name[at + dash.len()..].to_lowercase();
            let made = MAKING.iter().any(|start| {
                rest.strip_prefix(start)
                    .is_some_and(|after| *start != "v" || after.starts_with(|c: char| c.is_ascii_digit()))
            });
            if made && at >= 8 {
                return name[..at].trim_end();
            }
        }
    }
    name
}

/// The title, with the line beside it where it does not say what it is about: `Quality Committee` over `Terms of Reference`.
fn whole_name(text: &Text, lines: &[(Span, &Block)], span: Span, labels: &Labels) -> String {
    let mut name = tidied(first_sentence(without_byline(text.slice(span))), labels);
    if let Some(joined) = with_subtitle(text, lines, span, &name, labels) {
        return joined;
    }
    // A title broken over two lines stands elsewhere in one, in a running header for instance.
    if let Some((above, _)) = lines.iter().rev().find(|(line, _)| line.end + 1 == span.start) {
        let joined = format!("{} {name}", text.slice(*above).trim());
        if joined.len() < 120 && is_title_line(text.slice(*above), labels) && text.content().contains(&joined) {
            name = joined;
        }
    }
    // `Memorandum of Understanding` above `between the Trust and the Council`.
    let after = text.content().get(span.end + 1..).unwrap_or("");
    let parties = after.lines().find(|line| !line.trim().is_empty()).map(str::trim);
    if let Some(parties) =
        parties.filter(|line| line.starts_with("between ") && line.len() < 140 && !line.ends_with('.'))
    {
        return format!("{name} {parties}");
    }
    let held = name.to_lowercase().starts_with("minutes of the meeting")
        && !name.to_lowercase().starts_with("minutes of the meeting of");
    if !labels.words.generic.contains(&tidy(&name)) && !held {
        return name;
    }
    let Some(at) = lines.iter().position(|(line, _)| *line == span) else { return name };
    let fits = |(line, block): &&(Span, &Block)| {
        let words = text.slice(*line);
        let count = words.split_whitespace().count();
        is_title_line(words, labels)
            && block.role != Role::ListItem
            && count <= 8
            && words.len() <= 60
            && !words.ends_with(['.', ','])
            && !words.contains(':')
            && words.trim().starts_with(|c: char| c.is_uppercase())
            && !labels.words.generic.contains(&tidy(words))
    };
    let before = at.checked_sub(1).and_then(|at| lines.get(at)).filter(fits);
    let beside = before.or_else(|| {
        lines.get(at + 1).filter(|(_, block)| block.role.heading_level().is_none_or(|level| level == 1)).filter(fits)
    });
    if let Some((line, _)) = beside {
        return format!("{} {name}", tidied(text.slice(*line), labels));
    }
    // `Meeting: Clinical Governance Group` below `Minutes`.
    const MEETINGS: [&str; 9] = [
        "meeting",
        "meeting name",
        "name of meeting",
        "committee",
        "group",
        "committee group",
        "name of committee",
        "name of group",
        "forum",
    ];
    let meeting = pairs(text, labels).into_iter().take(12).find_map(|pair| {
        let said = text.slice(pair.value).trim();
        let named = MEETINGS.contains(&tidy(&pair.label).as_str()) && said.len() < 70 && !labels.is_empty(said);
        (named && find_days(said, None).is_empty() && !said.contains('\n')).then(|| said.to_string())
    });
    match meeting {
        Some(meeting) if !name.contains(&meeting) => format!("{meeting} {name}"),
        _ => name,
    }
}
