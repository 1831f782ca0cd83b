//! Actions in prose: "Action: JP to send it", "ACTION: Chief Nurse", "AP12 ...", lists under a heading, and decisions that name
//! who is to do what.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Action, Context, Kind, Progress, key, parts, people, progress, when};
use crate::phrase::pattern;
use crate::text::{Block, Role, Span};

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\n|[.;:!?)\]]\s+|[–—-]\s|[(\[])[ \t]*(?P<mark>(?:ACTIONS?|Actions?|(?:AGREED|NEW|Agreed|New|Further|Follow-up)[ ](?:ACTIONS?|[Aa]ctions?))(?:[ ](?:[Pp]oint|POINT|[Ii]tem|agreed|AGREED))?(?:[ ](?:[Nn]o\.?[ ]?)?[A-Z]{0,4}\d[\w./-]*)?(?:[ ]?\((?P<by>[^()\n]{2,40})\))?[ ]?(?::|[–—-][ ])|AP[ ]?\d+[a-z]?\b[ ]?[:.–-]?|ACTION[ ]+(?:[A-Z]{2,4}(?:[/,][ ]?[A-Z]{2,4})*\b|[a-z]|[A-Z][a-z]+ (?:to|will)\b))[ ]*",
    )
});

static DECIDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)\b(?:agreed|resolved|requested|asked|directed|decided)\s+(?:that\s+)?(?P<o>[^.,;:]{2,80}?)\s+(?:will|would|should|shall|must|to|is to|are to)\s+(?P<t>[a-z].*)$",
    )
});

static TASK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)^(?P<o>[A-Z][\w'’/&-]*(?: [\w'’/&-]+){0,6}?) to (?:(?P<p>be )(?P<t>[a-z]+(?:ed|en|wn|nt|ld|ought|id|ut|et|one)\b.*)|(?P<t2>[a-z]+\b.*))$",
    )
});

static UNDERTOOK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)^\s*(?P<o>[^.,;:]{2,80}?)\s+(?:agreed to|undertook to|was asked to|were asked to|offered to|agreed that (?:he|she|they) would)\s+(?P<t>[a-z].*)$",
    )
});

static PROMISED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)^\s*(?:[^.:;]{1,40}: )?(?P<o>[A-Z][^.,;:]{0,60}?)\s+will\s+(?P<t>[a-z].*)$"));

static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s.;,(]*\b(?P<label>owner|lead|by whom|responsible|action by|due|due date|by when|deadline|target date|date|status)\s*:\s*(?P<value>[^:;|\n]*?)(?:$|[.;|\n)]|\s(?P<next>\w+ ?\w*\s*:))",
    )
});

/// Marks of actions that are read in one paragraph: more than any paper has, few enough for a hostile one.
const MARKS: usize = 300;

/// Every action of the document's prose, with the offset at which it stands.
pub(super) fn read(context: &Context<'_>) -> Vec<(usize, Action)> {
    let hard = [Kind::Policy, Kind::Procedure, Kind::TermsOfReference, Kind::Strategy, Kind::Declaration];
    if hard.contains(&context.kind) {
        return Vec::new();
    }
    let text = context.text;
    let blocks: Vec<&Block> = text
        .blocks()
        .iter()
        .filter(|block| block.role.is_evidence() && !matches!(block.role, Role::Header | Role::Footer))
        .collect();
    let mut actions: Vec<(usize, Action)> = Vec::new();
    let mut listed = false;
    // Tasks of a list that name nobody; they count where the list names somebody for another.
    let mut unowned: Vec<(usize, Action)> = Vec::new();
    let mut owned = false;
    for (at, block) in blocks.iter().enumerate() {
        let content = text.block_text(block);
        let before = at
            .checked_sub(1)
            .and_then(|at| blocks.get(at))
            .filter(|before| is_prose(before.role))
            .map(|before| before.span);
        if matches!(block.role, Role::Cell { .. }) {
            listed = false;
            continue;
        }
        let heading = is_heading(context, content);
        let marks: Vec<_> = MARK
            .captures_iter(content)
            .take(MARKS)
            .filter_map(|hit| Some((hit.name("mark")?, hit.name("by").map(|by| by.as_str()))))
            .collect();
        let marks: Vec<_> =
            marks.into_iter().filter(|(mark, _)| !names_a_list(mark.as_str(), &content[mark.start()..])).collect();
        if heading || marks.last().is_some_and(|(mark, _)| content[mark.end()..].trim().is_empty()) {
            // "Actions:" over a list, or over the action itself.
            listed = true;
            continue;
        }
        // A list of actions in columns of spaces, with its heading in the same paragraph or before it.
        let headed = content.split_once('\n').is_some_and(|(first, _)| {
            let bare = first.split(['(', '[', ':']).next().unwrap_or(first);
            is_heading(context, bare)
        });
        if listed || headed {
            let rows = parts::columned(context, block.span);
            if rows.len() > 1 {
                actions.extend(rows);
                listed = true;
                continue;
            }
        }
        if listed && marks.is_empty() {
            let items = if is_prose(block.role) { items(context, block) } else { Vec::new() };
            listed = !items.is_empty();
            if listed {
                for (start, action) in items.into_iter().filter_map(|item| listed_action(context, item)) {
                    let plain = action.owner.is_some() || action.due.is_some() || action.followed;
                    owned |= plain;
                    let list = if plain { &mut actions } else { &mut unowned };
                    list.push((start, action));
                }
                continue;
            }
        }
        if owned || context.kind == Kind::Minutes {
            actions.append(&mut unowned);
        }
        unowned.clear();
        owned = false;
        if !is_prose(block.role) && block.role.heading_level().is_none() {
            continue;
        }
        for (number, (mark, by)) in marks.iter().enumerate() {
            let end = marks.get(number + 1).map_or(content.len(), |(next, _)| next.start());
            // "ACTION JP/AB" has the owner within the mark.
            let start = if mark.as_str().starts_with("ACTION ")
                && !mark.as_str().contains([':', '–', '—'])
                && !mark.as_str().contains(|c: char| c.is_ascii_digit())
            {
                mark.start() + "ACTION ".len()
            } else {
                mark.end()
            };
            let body = trimmed(context, Span::new(block.span.start + start, block.span.start + end));
            let earlier = Span::new(block.span.start, block.span.start + mark.start());
            let earlier = if text.slice(earlier).trim().len() > 3 { Some(earlier) } else { before };
            let by = by.filter(|by| people::is_owner(by, context.words));
            let plain = context.kind == Kind::Minutes || by.is_some();
            // "Owner: ..." and "Due: ..." in lines of their own below.
            let last = number + 1 == marks.len();
            let body = if last { with_labels(context, body, blocks.get(at + 1..).unwrap_or(&[])) } else { body };
            let mut action = stated(context, body, earlier, plain);
            if let (Some((_, action)), Some(by)) = (&mut action, by) {
                action.owner.get_or_insert_with(|| by.to_string());
            }
            actions.extend(action);
        }
        if context.kind == Kind::Minutes && marks.is_empty() {
            actions
                .extend(sentences(context, block.span).into_iter().filter_map(|sentence| decided(context, sentence)));
        }
    }
    if owned || context.kind == Kind::Minutes {
        actions.append(&mut unowned);
    }
    // "It was agreed that JP will bring it. Action: JP" is one action.
    let mut seen = BTreeSet::new();
    actions.retain(|(start, action)| seen.insert((*start, action.owner.clone())));
    actions
}

/// Whether a mark only begins the name of a list: "ACTION log".
fn names_a_list(mark: &str, from: &str) -> bool {
    const NAMES: [&str; 14] = [
        "plan", "plans", "log", "logs", "tracker", "list", "points", "required", "taken", "notes", "by", "items",
        "owner", "summary",
    ];
    let bare = mark.starts_with("ACTION ") && !mark.contains([':', '–', '—']);
    let after = from.get("ACTION ".len()..).unwrap_or("").trim_start();
    bare && NAMES.contains(&key(after.split_whitespace().next().unwrap_or("")).as_str())
}

/// Lines of labels below an action that belong to it.
const LABEL_LINES: usize = 4;

/// A span, and the lines of labels that follow it: "Owner: ...", "Due: ...".
fn with_labels(context: &Context<'_>, body: Span, after: &[&Block]) -> Span {
    let is_label = |block: &&&Block| {
        let words = context.text.block_text(block);
        is_prose(block.role)
            && words.chars().count() < 80
            && LABELS
                .captures(words)
                .is_some_and(|hit| words[..hit.get(0).map_or(0, |hit| hit.start())].trim().is_empty())
    };
    let end = after.iter().take(LABEL_LINES).take_while(is_label).last().map_or(body.end, |block| block.span.end);
    Span::new(body.start, end)
}

static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)^[ \t]*(?:\(?\d{1,2}[.)]|[-•*–·o▪]|\([a-z]\)|[a-z]\)|(?P<box>\[[ xX✓]\]|[☐☑☒✓✔]))[ \t]+")
});

/// The items of a list: the block, or the lines of a paragraph that are numbered, or a paragraph that tells somebody to do something.
fn items(context: &Context<'_>, block: &Block) -> Vec<Span> {
    if block.role == Role::ListItem {
        return vec![block.span];
    }
    let content = context.text.block_text(block);
    let starts: Vec<usize> = ITEM.find_iter(content).take(MARKS).map(|hit| hit.start()).collect();
    if starts.first() == Some(&0) {
        let ends = starts.iter().skip(1).copied().chain([content.len()]);
        return starts
            .iter()
            .zip(ends)
            .map(|(start, end)| trimmed(context, Span::new(block.span.start + start, block.span.start + end)))
            .collect();
    }
    if people::told(content, context.words).is_some() { vec![block.span] } else { Vec::new() }
}

/// The action of an item of a list of actions. Without an owner it counts in minutes, or where it is said as a task.
fn listed_action(context: &Context<'_>, item: Span) -> Option<(usize, Action)> {
    let said = context.text.slice(item);
    let (skip, ticked) = match ITEM.captures(said).filter(|hit| hit.get(0).is_some_and(|hit| hit.start() == 0)) {
        Some(hit) => {
            (hit.get(0).map_or(0, |hit| hit.end()), hit.name("box").map(|tick| !matches!(tick.as_str(), "[ ]" | "☐")))
        }
        None => (0, None),
    };
    let item = Span::new(item.start + skip, item.end);
    let said = context.text.slice(item);
    let verb = key(said.split_whitespace().next().unwrap_or(""));
    let task = context.words.words.verbs.contains(&verb)
        || TASK.captures(said).is_some_and(|hit| {
            hit.name("p").is_some() || hit.name("o").is_some_and(|who| people::is_nobody(who.as_str(), context.words))
        });
    let stated = stated(context, item, None, context.kind == Kind::Minutes || task || ticked.is_some());
    // "CLOSED: fire drill": what stands before the colon is no name.
    if let Some((before, task)) = said.split_once(':')
        && progress::is_pure(&key(before), context.words)
    {
        let start = item.end - task.trim_start().len();
        let mut action = made(context, Span::new(start, item.end), None, None, said);
        (action.progress, action.followed) = (Progress::Closed, true);
        return Some((item.start, action));
    }
    let mut action = match stated {
        Some((_, action)) if action.owner.is_none() => {
            Some(parts::listed(context, item).unwrap_or((item.start, action)))
        }
        None => parts::listed(context, item),
        stated => stated,
    }?;
    // "The Group will continue to ..." under "Next steps" is no task of anybody's.
    if context.kind != Kind::Minutes
        && action.1.owner.as_deref().is_some_and(|owner| people::is_body(owner, context.words))
    {
        return None;
    }
    if let Some(done) = ticked {
        action.1.followed = true;
        action.1.progress = if done { Progress::Closed } else { action.1.progress };
    }
    Some(action)
}

fn is_prose(role: Role) -> bool {
    matches!(role, Role::Paragraph | Role::ListItem | Role::Note | Role::SpeakerNote)
}

/// Whether a line is a heading over a list of actions.
fn is_heading(context: &Context<'_>, content: &str) -> bool {
    let key = key(content);
    let key = key.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let words = key.split(' ').count();
    // "Away day actions", "Actions from today's meeting".
    let named =
        words <= 7 && !content.trim_end().ends_with('.') && (key.ends_with(" actions") || key.starts_with("actions "));
    named || context.words.words.headings.iter().any(|heading| heading == key)
}

/// A span without space at its ends, up to a bracket that was opened before it: "[Action: JP]".
fn trimmed(context: &Context<'_>, span: Span) -> Span {
    let whole = context.text.slice(span);
    let mut depth = 0;
    let closes = whole.char_indices().find(|(_, c)| {
        depth += match c {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        depth < 0
    });
    let said = whole.get(..closes.map_or(whole.len(), |(at, _)| at)).unwrap_or(whole);
    let start = said.len() - said.trim_start().len();
    let end = said.trim_end_matches(|c: char| c.is_whitespace() || c == '(' || c == '[').len();
    Span::new(span.start + start, span.start + end.max(start))
}

/// The action in a cell of minutes beside what was discussed: an owner, an owner and a day, or the whole action.
pub(super) fn beside(context: &Context<'_>, cell: Span, discussion: Option<Span>) -> Option<(usize, Action)> {
    stated(context, trimmed(context, cell), discussion, true)
}

/// The action that words state; where they only name the owner, what was said just before. Without `plain`, only what names
/// its owner counts.
fn stated(context: &Context<'_>, body: Span, earlier: Option<Span>, plain: bool) -> Option<(usize, Action)> {
    let (text, words) = (context.text, context.words);
    let said = text.slice(body);
    if said.trim().is_empty() || words.is_no_action(said) || said.chars().count() > 1200 {
        return None;
    }
    let (said, labels) = without_labels(said);
    let alone = without_time(context, said);
    if people::is_owner(alone, words) {
        let sentence = sentences(context, earlier?).last().copied()?;
        let owner = Some(alone.trim().trim_end_matches(['.', ',', ':']).trim_end_matches(" by").to_string());
        let task = people::told(text.slice(sentence), words);
        let offset = task.map_or(0, |(_, offset, _)| offset);
        let span = Span::new(sentence.start + offset, sentence.end);
        let due = when::in_prose(text.slice(body), context.base, true)
            .or_else(|| when::in_prose(text.slice(span), context.base, false));
        return Some((sentence.start, made(context, span, owner, due, said)));
    }
    let (owner, span) = match people::told(said, words) {
        Some((owner, offset, task)) => {
            (Some(owner.to_string()), Span::new(body.start + offset, body.start + offset + task.len()))
        }
        None => (None, Span::new(body.start, body.start + said.len())),
    };
    let owner = labels.owner.or(owner).filter(|owner| !people::is_nobody(owner, words));
    if owner.is_none() && !plain {
        return None;
    }
    let due = labels.due.as_deref().and_then(|due| when::in_prose(due, context.base, true));
    let due = due.or_else(|| when::in_prose(said, context.base, false));
    let mut action = made(context, span, owner, due, said);
    if action.due.is_none() && action.due_words.is_none() {
        action.due_words = labels.due.filter(|due| due.chars().any(char::is_alphanumeric));
    }
    if let Some(status) = labels.status {
        action.followed = true;
        if progress::of_status(&status, words) == Some(Progress::Closed) {
            action.progress = Progress::Closed;
        }
    }
    Some((body.start, action))
}

/// The action that a sentence of minutes decides on: "The Board agreed that the Chief Nurse will bring a paper by May".
fn decided(context: &Context<'_>, sentence: Span) -> Option<(usize, Action)> {
    let said = context.text.slice(sentence);
    if let Some(action) = noted_down(context, sentence) {
        return Some(action);
    }
    let hit = DECIDED.captures(said).or_else(|| UNDERTOOK.captures(said)).or_else(|| promised(context, said))?;
    let (owner, task) = (hit.name("o")?, hit.name("t")?);
    let owner = owner.as_str().trim();
    let owner = ["The ", "the "].iter().find_map(|the| owner.strip_prefix(the)).unwrap_or(owner);
    if !people::is_owner(owner, context.words) || people::is_body(owner, context.words) {
        return None;
    }
    let verb = key(task.as_str().split(' ').next().unwrap_or(""));
    if context.words.words.formal.contains(&verb) {
        return None;
    }
    let span = Span::new(sentence.start + task.start(), sentence.start + task.end());
    let due = when::in_prose(task.as_str(), context.base, false);
    Some((sentence.start, made(context, span, Some(owner.to_string()), due, said)))
}

/// "Ali will check the sinks by the end of May": with a day, a promise of somebody's is an action.
fn promised<'t>(context: &Context<'_>, said: &'t str) -> Option<regex::Captures<'t>> {
    let hit = PROMISED.captures(said)?;
    when::in_prose(hit.name("t")?.as_str(), context.base, false).and(Some(hit))
}

/// A sentence without a verb that sets a task: "Jo to draft it by May", "Someone to speak to them", "Criteria to be written".
fn noted_down(context: &Context<'_>, sentence: Span) -> Option<(usize, Action)> {
    let words = context.words;
    let said = context.text.slice(sentence);
    let hit = TASK.captures(said)?;
    let (who, task) = (hit.name("o")?, hit.name("t").or(hit.name("t2"))?);
    let first = key(who.as_str().split(' ').next().unwrap_or(""));
    if words.words.not_verbs.contains(&key(task.as_str().split_whitespace().next().unwrap_or("")))
        || words.words.not_tasks.contains(&first)
        || words.words.formal.contains(&key(task.as_str().split(' ').next().unwrap_or("")))
    {
        return None;
    }
    let nobody = people::is_nobody(who.as_str(), words);
    let linked = |word: &str| words.words.links.contains(&key(word));
    let passive = hit.name("p").is_some();
    if who.as_str().split(' ').any(linked) {
        return None;
    }
    let (owner, start) = if passive || nobody {
        (None, if passive { who.start() } else { task.start() })
    } else if people::is_owner(who.as_str(), words) && !people::is_body(who.as_str(), words) {
        (Some(who.as_str().to_string()), task.start())
    } else {
        return None;
    };
    let span = Span::new(sentence.start + start, sentence.end);
    let due = when::in_prose(said, context.base, false);
    Some((sentence.start, made(context, span, owner, due, said)))
}

/// An action of what stands in `span`; `said` is all that was said of it.
fn made(context: &Context<'_>, span: Span, owner: Option<String>, due: Option<crate::day::Day>, said: &str) -> Action {
    let closed = progress::ends_closed(said, context.words);
    Action {
        text: context.text.slice(span).trim().replace('\n', " "),
        owner,
        due,
        due_words: if due.is_none() { context.words.no_day(said).map(str::to_string) } else { None },
        moved_from: None,
        followed: closed,
        progress: if closed { Progress::Closed } else { Progress::Open },
        excerpt: context.text.excerpt(span),
    }
}

/// Labels that follow an action in the same words.
#[derive(Default)]
struct Labelled {
    owner: Option<String>,
    due: Option<String>,
    status: Option<String>,
}

/// "Write to them. Owner: JP. Due: 1 May" without its labels, and what they say.
fn without_labels(said: &str) -> (&str, Labelled) {
    let mut labels = Labelled::default();
    let mut end = said.len();
    let mut from = 0;
    while let Some(hit) = said.get(from..).and_then(|rest| LABELS.captures(rest)) {
        let (Some(whole), Some(label), Some(value)) = (hit.get(0), hit.name("label"), hit.name("value")) else { break };
        let value =
            Some(value.as_str().trim().trim_end_matches([',', ';']).to_string()).filter(|value| !value.is_empty());
        match label.as_str().to_lowercase().as_str() {
            "owner" | "lead" | "by whom" | "responsible" | "action by" => labels.owner = labels.owner.or(value),
            "status" => labels.status = labels.status.or(value),
            _ => labels.due = labels.due.or(value),
        }
        end = end.min(from + label.start());
        let next = hit.name("next").map_or(whole.end(), |next| next.start());
        from += next.max(label.end());
    }
    let rest = said.get(..end).unwrap_or(said).trim_end_matches([' ', '(', ';', ',', '\n']);
    if rest.is_empty() { (said, Labelled::default()) } else { (rest, labels) }
}

/// An owner without the time that follows: "JP by 30 May", "Chief Nurse, asap".
fn without_time<'a>(context: &Context<'_>, said: &'a str) -> &'a str {
    let day = when::days(said, context.base, when::Year::Next).first().map(|one| one.start);
    let words = context.words.no_day(said).and_then(|words| said.find(words));
    let cut = [day, words].into_iter().flatten().filter(|cut| *cut > 0).min().unwrap_or(said.len());
    let mut rest = said.get(..cut).unwrap_or(said).trim();
    for small in ["by", "before", "due", "the", "end of", "–", "-", "(", ",", ":"] {
        rest = rest
            .strip_suffix(small)
            .filter(|rest| small.len() < 2 || rest.ends_with([' ', ',']))
            .unwrap_or(rest)
            .trim();
    }
    rest
}

/// The sentences of a span.
fn sentences(context: &Context<'_>, span: Span) -> Vec<Span> {
    let said = context.text.slice(span);
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, _) in said.match_indices(['.', '\n', ';']) {
        // A full stop within a number or an abbreviation ends nothing.
        let after = said[at + 1..].chars().next();
        let next = said[at + 1..].trim_start().chars().next();
        let ends = match said.as_bytes().get(at) {
            Some(b'.') => after.is_none_or(char::is_whitespace) && next.is_none_or(|c| !c.is_lowercase()),
            Some(b'\n') => {
                next.is_some_and(|c| !c.is_lowercase()) && said[start..at].trim_end().ends_with(['.', ':', ';'])
            }
            _ => true,
        };
        if ends {
            sentences.push((start, at));
            start = at + 1;
        }
    }
    sentences.push((start, said.len()));
    let trimmed = sentences.into_iter().filter_map(|(from, to)| {
        let part = said.get(from..to)?;
        let lead = part.len() - part.trim_start().len();
        let spans = Span::new(span.start + from + lead, span.start + from + part.trim_end().len());
        (part.split_whitespace().count() > 1).then_some(spans)
    });
    trimmed.collect()
}
