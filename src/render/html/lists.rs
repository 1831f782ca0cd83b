//! The tables below the findings: actions by owner, what was not examined, all documents; and what documents cannot show.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Page, count, text, thousands};
use crate::document::Progress;
use crate::report::ActionRow;

impl<'r> Page<'r> {
    pub(super) fn actions(&mut self) {
        let report = self.report;
        if report.actions.is_empty() {
            return;
        }
        // Nobody comes last; names that differ in capitals only are one.
        let mut owners: BTreeMap<(bool, String), Vec<&ActionRow>> = BTreeMap::new();
        for action in &report.actions {
            let name = action.owner.as_deref().unwrap_or("").trim().to_lowercase();
            owners.entry((name.is_empty(), name)).or_default().push(action);
        }
        let overdue = report.actions.iter().filter(|one| one.overdue).count();
        let heading = format!("Actions by owner: {}, {} overdue", thousands(report.actions.len()), thousands(overdue));
        self.part("actions", &heading, "actions");
        self.out.push_str(
            "<table class=actions>\n<caption>As the documents record them; whoever has most overdue comes first</caption>\n<thead><tr><th scope=col>Action</th>\
             <th scope=col>Due</th><th scope=col>State</th><th scope=col>Document</th><th scope=col>Where</th></tr></thead>\n",
        );
        let mut owners: Vec<((bool, String), Vec<&ActionRow>)> = owners.into_iter().collect();
        owners.sort_by_key(|((nobody, _), of)| (*nobody, Reverse(of.iter().filter(|one| one.overdue).count())));
        for ((nobody, _), mut of) in owners {
            of.sort_by_key(|one| (one.status == Progress::Closed, !one.overdue, one.due.is_none(), one.due));
            let name = of.first().and_then(|one| one.owner.as_deref()).filter(|_| !nobody);
            let number = |which: fn(&ActionRow) -> bool| of.iter().filter(|one| which(one)).count();
            let open = number(|one| one.status == Progress::Open);
            let late = number(|one| one.overdue);
            self.out.push_str(&format!(
                "<tbody data-g><tr><th scope=rowgroup colspan=5>{} <span class=small>{open} open, {late} overdue</span></th></tr>\n",
                text(name.unwrap_or("Nobody named")),
            ));
            for one in of {
                let state = match (one.overdue, one.status) {
                    (true, _) => "<span class=\"s error\">▲ overdue</span>",
                    (false, Progress::Open) => "<span class=\"s\">◇ open</span>",
                    (false, Progress::Closed) => "<span class=\"s done\">✓ closed</span>",
                };
                let row = format!(
                    "<tr data-l=\"{}\"><td>{}</td><td>{}</td><td>{state}</td><td>{}</td><td>{}</td></tr>\n",
                    self.numbers_of(&one.path),
                    text(&one.text),
                    one.due.map_or_else(|| "no date".to_string(), |day| day.in_words()),
                    self.document(&one.path),
                    text(&one.location.place.to_string()),
                );
                self.out.push_str(&row);
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
        self.end_part();
    }

    pub(super) fn not_examined(&mut self) {
        let report = self.report;
        let unread: Vec<_> = report.documents.iter().filter(|one| !one.read).collect();
        let all = unread.len() + report.skipped.len();
        if all == 0 {
            return;
        }
        self.part("not-examined", &format!("Not examined: {}", count(all, "file")), "files not examined");
        self.out.push_str(
            "<p>Nothing in these files was judged. What could not be read may be evidence; what was skipped is none, or was left out on purpose.</p>\n\
             <table class=files>\n<caption>Files that were not examined</caption>\n<thead><tr><th scope=col>File</th><th scope=col>State</th>\
             <th scope=col>Why</th></tr></thead>\n<tbody data-g>\n",
        );
        for one in unread {
            let why = one.unread.as_deref().unwrap_or("it was not read");
            let row = format!(
                "<tr data-l><td>{}</td><td>× not read</td><td>{}</td></tr>\n",
                self.document(&one.path),
                text(why)
            );
            self.out.push_str(&row);
        }
        for one in &report.skipped {
            let row = format!(
                "<tr data-l><td><span class=d>{}</span></td><td>– skipped</td><td>{}</td></tr>\n",
                text(&one.path),
                text(&one.reason)
            );
            self.out.push_str(&row);
        }
        self.out.push_str("</tbody>\n</table>\n");
        self.end_part();
    }

    pub(super) fn documents(&mut self) {
        let report = self.report;
        if report.documents.is_empty() {
            return;
        }
        self.part("documents", &format!("All documents: {}", thousands(report.documents.len())), "documents");
        self.out.push_str(
            "<details open>\n<summary>Show or hide the list</summary>\n<table class=documents>\n<caption>What each document says of itself, and what it supports</caption>\n\
             <thead><tr><th scope=col>Document</th><th scope=col>Title</th><th scope=col>Kind</th><th scope=col>Date</th>\
             <th scope=col>Status</th><th scope=col>Owner</th><th scope=col>Supports</th></tr></thead>\n<tbody data-g>\n",
        );
        for one in &report.documents {
            let supports = match (one.read, one.supports.is_empty()) {
                (false, _) => "not read".to_string(),
                (true, true) => "nothing that is asked for".to_string(),
                (true, false) => text(&one.supports.join(", ")),
            };
            let some = |words: Option<&str>| words.map_or_else(|| "–".to_string(), text);
            let kind = if one.read { text(&one.kind) } else { "–".to_string() };
            let row = format!(
                "<tr data-l=\"{}\"><td>{}</td><td>{}</td><td>{kind}</td><td>{}</td><td>{}</td><td>{}</td><td>{supports}</td></tr>\n",
                self.numbers_of(&one.path),
                self.document(&one.path),
                some(one.title.as_deref()),
                one.date.map_or_else(|| "–".to_string(), |day| day.in_words()),
                some(one.status.as_deref()),
                some(one.owner.as_deref()),
            );
            self.out.push_str(&row);
        }
        self.out.push_str("</tbody>\n</table>\n</details>\n");
        self.end_part();
    }

    pub(super) fn limits(&mut self) {
        self.part("limits", "What documents cannot show", "");
        self.out.push_str(
            "<p>This page says how complete and how well kept the documents are. It is no rating and does not foretell one. A folder \
             shows mostly processes: what people and staff experience, what inspectors observe and what partners say is there at \
             second hand, if at all. Whether what a document says is true was not judged. Documents are recognised by their words, \
             so one with an unusual name or wording may have been missed, and a well-worded empty paper may have passed: \
             look at the quoted words before you rely on a grade.</p>\n",
        );
        self.end_part();
    }
}
