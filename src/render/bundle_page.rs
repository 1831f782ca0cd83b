//! The index of an evidence bundle as a page: one file, no script, nothing from elsewhere.

use std::fmt::Write as _;

use super::bundle::{HOW_TO_VERIFY, LIMITS, personal, shown};
use super::count;
use super::escape::{uri, xml};
use crate::judge::Grade;
use crate::pack::{Plan, WORKBOOK};
use crate::report::{EvidenceRow, ExpectationRow, LineRow, Location};

/// Dark on light and light on dark; all text has a contrast of more than 7 to 1.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f23;--paper:#fff;--faint:#4a5258;--rule:#c4cbd0;--link:#00438a}\
@media (prefers-color-scheme:dark){:root{--ink:#eef1f3;--paper:#14181b;--faint:#bcc5cb;--rule:#4a545b;--link:#9ccaff}}\
body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:62rem;margin:0 auto;padding:1rem}\
a{color:var(--link)}a:focus-visible{outline:3px solid currentColor;outline-offset:2px}\
h1,h2,h3{line-height:1.25}h2{border-top:1px solid var(--rule);padding-top:1rem;margin-top:2rem}\
h3{font-size:1.05rem;margin:1.25rem 0 .25rem}.faint,.why{color:var(--faint)}.grade{border:1px solid;border-radius:.25rem;\
padding:0 .4rem;font-size:.85rem;font-weight:600;white-space:nowrap}ul{padding-left:1.25rem}li{margin:.25rem 0;\
overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}th,td{border:1px solid var(--rule);padding:.3rem .5rem;\
text-align:left;vertical-align:top;overflow-wrap:anywhere}\
@media print{@page{size:A4;margin:18mm}nav{display:none}h2,h3{break-after:avoid}li{break-inside:avoid}}";

/// The text of `index.html`.
pub fn bundle_page(plan: &Plan) -> String {
    let title = xml(&format!("Evidence bundle: {}", plan.folder));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"generator\" content=\"kloe {}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n",
        xml(&plan.version)
    );
    let (documents, lines) = (count(plan.documents.len(), "document"), count(plan.lines.len(), "line"));
    page.push_str(&paragraph(
        "",
        &format!("{documents} for {lines}, judged as of {}. The same as a table: ", plan.as_of.in_words()),
        &format!("<a href=\"{WORKBOOK}\">{WORKBOOK}</a>."),
    ));
    page.push_str(&paragraph("faint", LIMITS, ""));
    page.push_str(&paragraph("faint", HOW_TO_VERIFY, ""));
    if let Some(text) = personal(plan) {
        page.push_str(&paragraph("", &format!("Attention: {text}"), ""));
    }
    page.push_str("</header>\n<nav aria-label=\"Lines\">\n<ul>\n");
    for (at, line) in plan.lines.iter().enumerate() {
        let name = xml(&format!("{} {}", line.id, line.title));
        // Writing to a string does not fail.
        let _ = writeln!(page, "<li><a href=\"#line-{at}\">{name}</a> {}</li>", grade(line.grade));
    }
    page.push_str("</ul>\n</nav>\n<main>\n");
    for (at, line) in plan.lines.iter().enumerate() {
        section(&mut page, plan, at, line);
    }
    waivers(&mut page, plan);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn paragraph(class: &str, text: &str, markup: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<p{class}>{}{markup}</p>\n", xml(text))
}

fn grade(grade: Grade) -> String {
    let sign = match grade {
        Grade::Strong => "●",
        Grade::Weak => "◐",
        Grade::Missing => "○",
    };
    format!("<span class=\"grade\"><span aria-hidden=\"true\">{sign}</span> {}</span>", grade.name())
}

fn section(page: &mut String, plan: &Plan, at: usize, line: &LineRow) {
    let framework = plan.frameworks.iter().find(|one| one.id == line.framework);
    let name = xml(&format!("{} {}", line.id, line.title));
    let _ = writeln!(page, "<section id=\"line-{at}\">\n<h2>{name} {}</h2>", grade(line.grade));
    page.push_str(&paragraph("faint", framework.map_or(line.framework.as_str(), |one| one.title.as_str()), ""));
    for asked in line.expectations.iter().filter(|asked| !asked.evidence.is_empty()) {
        let need = if asked.required { "required" } else { "recommended" };
        let title = xml(&format!("{} ({need})", asked.title));
        let _ = writeln!(page, "<h3>{title} {}</h3>\n<ul>", grade(asked.grade));
        asked.evidence.iter().for_each(|one| evidence(page, plan, one));
        page.push_str("</ul>\n");
    }
    for (required, words) in [(true, "Required and not on file"), (false, "Recommended and not on file")] {
        let lacks = |asked: &&ExpectationRow| asked.evidence.is_empty() && asked.required == required;
        let titles: Vec<&str> = line.expectations.iter().filter(lacks).map(|asked| asked.title.as_str()).collect();
        if !titles.is_empty() {
            page.push_str(&paragraph("", &format!("{words}: {}.", titles.join(", ")), ""));
        }
    }
    page.push_str("</section>\n");
}

fn evidence(page: &mut String, plan: &Plan, one: &EvidenceRow) {
    for home in plan.homes(&one.path) {
        let (link, name) = (uri(&home.path), xml(&shown(home, &one.path)));
        let _ = write!(page, "<li><a href=\"{link}\">{name}</a> {}", grade(one.grade));
        let row = plan.row(&one.path);
        let mut facts: Vec<String> = row.and_then(|row| row.title.clone()).into_iter().collect();
        facts.extend(row.map(|row| row.kind.clone()));
        facts.extend(row.and_then(|row| row.date).map(crate::day::Day::in_words));
        facts.push(format!("shows {}", one.category.name()));
        let _ = write!(page, "<br>{}", xml(&facts.join(" · ")));
        if !one.because.is_empty() {
            let _ = write!(page, "<br><span class=\"why\">{}</span>", xml(&one.because.join("; ")));
        }
        if !one.locations.is_empty() {
            page.push_str("\n<ul>\n");
            one.locations.iter().for_each(|location| page.push_str(&words(location)));
            page.push_str("</ul>\n");
        }
        page.push_str("</li>\n");
    }
}

fn words(location: &Location) -> String {
    let place = location.place.to_string();
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    format!("<li>{}<q>{}</q></li>\n", xml(&place), xml(&location.quote))
}

fn waivers(page: &mut String, plan: &Plan) {
    if plan.waivers.is_empty() {
        return;
    }
    page.push_str("<section>\n<h2>Accepted</h2>\n<table>\n<thead><tr>");
    for heading in ["What is wrong", "Document in the folder", "Accepted by", "Until", "Reason"] {
        let _ = write!(page, "<th scope=\"col\">{heading}</th>");
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for one in &plan.waivers {
        let reference = one.reference.as_ref().map_or(String::new(), |words| format!(" ({words})"));
        let cells = [
            format!("{} ({})", one.message, one.check),
            one.document.clone().unwrap_or_default(),
            one.accepted_by.clone(),
            one.until.in_words(),
            format!("{}{reference}", one.reason),
        ];
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", xml(cell))).collect();
        let _ = writeln!(page, "<tr>{cells}</tr>");
    }
    page.push_str("</tbody>\n</table>\n</section>\n");
}
