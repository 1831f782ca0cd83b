//! What holds within a group of rich text, and the properties that a document gives of itself.

use crate::text::Metadata;

/// Where the words of a group go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Goal {
    /// To the body, or to the note, header or comment that is open.
    #[default]
    Text,
    /// Nowhere.
    Skip,
    /// Table of fonts.
    Fonts,
    /// Table of styles.
    Styles,
    /// A property by name; nowhere for none.
    Info(&'static str),
    /// The code of a field.
    Code,
    /// The number or bullet of a list.
    Item,
}

/// What the end of a group ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Close {
    #[default]
    Nothing,
    Aside,
    Field,
}

/// What holds within a group.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) goal: Goal,
    pub(super) close: Close,
    /// The goal before one of two forms of the same words was left out.
    pub(super) before: Option<Goal>,
    /// Whether not even text boxes within are read.
    pub(super) gone: bool,
    pub(super) font: Option<i32>,
    first_font: Option<i32>,
    /// Characters that follow one given by number and stand in for it.
    pub(super) after: usize,
    pub(super) bold: bool,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) inserted: bool,
    pub(super) style: Option<i32>,
    pub(super) outline: Option<i32>,
    pub(super) list: bool,
    in_table: bool,
    nested: usize,
}

/// Tables within tables that are told apart.
const NESTED: usize = 12;

impl Default for State {
    fn default() -> Self {
        State {
            goal: Goal::Text,
            close: Close::Nothing,
            before: None,
            gone: false,
            font: None,
            first_font: None,
            after: 1,
            bold: false,
            hidden: false,
            deleted: false,
            inserted: false,
            style: None,
            outline: None,
            list: false,
            in_table: false,
            nested: 0,
        }
    }
}

impl State {
    /// The state to go back to; what is left ends nothing of its own.
    pub(super) fn inner(&mut self) -> State {
        let outer = self.clone();
        self.close = Close::Nothing;
        outer
    }

    /// The state in which an aside begins.
    pub(super) fn aside(&self) -> State {
        State {
            close: Close::Aside,
            font: self.first_font,
            first_font: self.first_font,
            after: self.after,
            ..State::default()
        }
    }

    /// How many tables the paragraph stands in.
    pub(super) fn depth(&self) -> usize {
        if self.nested > 0 { self.nested } else { usize::from(self.in_table) }
    }

    /// A control word that changes how characters or paragraphs look.
    pub(super) fn format(&mut self, name: &str, number: Option<i32>) {
        let on = number != Some(0);
        match name {
            "f" => self.font = number,
            "deff" => (self.font, self.first_font) = (number, number),
            "uc" => self.after = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            "b" => self.bold = on,
            "v" => self.hidden = on,
            "deleted" => self.deleted = on,
            "revised" => self.inserted = on,
            "plain" => {
                (self.bold, self.hidden, self.deleted, self.inserted) = (false, false, false, false);
                self.font = self.first_font;
            }
            "pard" => {
                (self.style, self.outline, self.list, self.in_table, self.nested) = (None, None, false, false, 0);
            }
            "s" => self.style = number,
            "outlinelevel" => self.outline = number,
            "ls" => self.list = number.is_some_and(|list| list > 0),
            "intbl" => self.in_table = true,
            "itap" => self.nested = usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(NESTED),
            _ => {}
        }
    }
}

/// The property that a control word within the properties begins.
pub(super) fn property(word: &str) -> Option<&'static str> {
    Some(match word {
        "title" => "title",
        "author" => "author",
        "creatim" => "created",
        "revtim" => "modified",
        "printim" | "buptim" => "",
        "operator" => "lastModifiedBy",
        "subject" => "subject",
        "keywords" => "keywords",
        "doccomm" => "description",
        "category" => "category",
        "company" => "company",
        "manager" => "manager",
        "propname" => "name",
        "staticval" => "value",
        _ => return None,
    })
}

/// The longest property, in bytes, and how many there are at most.
const LONGEST: usize = 4_096;
const PROPERTIES: usize = 1_000;

/// The properties so far.
#[derive(Debug, Default)]
pub(super) struct Info {
    said: Vec<(&'static str, String)>,
    /// Year, month, day, hour and minute of the moment now read.
    moment: [i32; 5],
}

impl Info {
    pub(super) fn begin(&mut self, property: &'static str) {
        self.moment = [0; 5];
        if self.said.len() < PROPERTIES {
            self.said.push((property, String::new()));
        }
    }

    pub(super) fn say(&mut self, words: &str) {
        if let Some((_, said)) = self.said.last_mut().filter(|(_, said)| said.len() < LONGEST) {
            said.push_str(words);
        }
    }

    /// Whether a control word is part of a moment in time.
    pub(super) fn moment(&mut self, name: &str, number: Option<i32>) -> bool {
        let Some(at) = ["yr", "mo", "dy", "hr", "min"].iter().position(|part| *part == name) else { return false };
        self.moment[at] = number.unwrap_or(0);
        let [year, month, day, hour, minute] = self.moment;
        let real = (1980..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        if let Some((_, said)) = self.said.last_mut().filter(|_| real) {
            *said = format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:00", hour.clamp(0, 23), minute.clamp(0, 59));
        }
        true
    }

    pub(super) fn give(self, metadata: &mut Metadata) {
        let mut named = String::new();
        for (property, said) in self.said {
            let said = said.trim().to_string();
            if said.is_empty() || property.is_empty() {
                continue;
            }
            match property {
                "title" => metadata.title = Some(said),
                "author" => metadata.author = Some(said),
                "created" => metadata.created = Some(said),
                "modified" => metadata.modified = Some(said),
                "name" => named = said,
                "value" if !named.is_empty() => metadata.properties.push((std::mem::take(&mut named), said)),
                "value" => {}
                _ => metadata.properties.push((property.to_string(), said)),
            }
        }
    }
}
