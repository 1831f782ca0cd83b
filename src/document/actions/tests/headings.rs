//! Tables and lists with the headings that people write.

use super::*;

#[test]
fn one_column_for_task_person_and_day() {
    for (heading, cell, expected) in [
        ("Action / by whom / due", "Revise / F. Reyes / 12-Jan-2027", "F. Reyes | 2027-01-12 | open | Revise"),
        (
            "Action / by whom / due",
            "SOP 44 changed / Dr Ash / closed 29-Sep-2026",
            "Dr Ash | 2026-09-29 | closed | SOP 44 changed",
        ),
        (
            "Next step, person, date",
            "One-plan test, Noor Hall, 27/11/2026",
            "Noor Hall | 2026-11-27 | open | One-plan test",
        ),
        ("Action, lead and date", "Write to them; JP; 3 Dec 2026", "JP | 2026-12-03 | open | Write to them"),
        ("Action (who, by when)", "Order beds – Matron – next meeting", "Matron | 'next meeting' | open | Order beds"),
        ("Action & lead", "Ring the council, Practice manager", "Practice manager | - | open | Ring the council"),
    ] {
        let source = format!(
            "# Minutes of the Quality Committee, 8 September 2026\n\nPresent: Jo Page\n\nApologies: none\n\n|No|Matter|Discussion|{heading}|\n|--|--|--|--|\n|1|Falls|They rose again. Talk was long.|{cell}|\n|2|Food|Fine.|–|\n"
        );
        check("a.md", &source, &[expected]);
    }
}

#[test]
fn one_column_for_person_and_day() {
    for heading in ["Who & when", "Lead / date", "By whom and by when", "Lead (by when)", "Owner, due"] {
        let rows = [&format!("Action|{heading}|RAG"), "Train|Ward manager, 30 June 2026|Amber", "Buy|Estates lead|R"];
        let expected = ["Ward manager | 2026-06-30 | open | Train", "Estates lead | - | open | Buy"];
        check("a.md", &table("Quality action plan, September 2026", &rows), &expected);
    }
}

#[test]
fn what_was_tried_is_no_action() {
    for rows in [
        ["Try|When|What|What we saw|So we", "1|October|Phone call|9 of 10|kept it"],
        ["PDSA|What|Lead|When|Result", "1|Phone call|JP|October|kept it"],
        ["Cycle|Deliverable|Lead|Due|Learning", "1|Phone call|JP|October|kept it"],
    ] {
        check("a.md", &table("Continence project report, 3 July 2026", &rows), &[]);
    }
}

#[test]
fn headings_in_plain_words() {
    let rows = [
        "Ref|What was agreed|Who|Promised for|How is it going|Open or shut",
        "1|Publish refusals|Head of HR|31/03/2026|Published|Shut",
        "2|Exit talks||30/06/2026|Form written|Open",
    ];
    let expected = ["Head of HR | 2026-03-31 | closed | Publish refusals", "- | 2026-06-30 | open | Exit talks"];
    check("a.md", &table("Action tracker, 22 September 2026", &rows), &expected);
    let rows = ["Ref|What might happen|What next|By whom|By when", "1|Fridge fails|New fridge||30/11/2026"];
    check("a.md", &table("Locality risks, September 2026", &rows), &["- | 2026-11-30 | open | New fridge"]);
    let rows = ["What we shall do|Responsible|Timing|Where are we", "Train|Matron|18 Dece mber 2026|Begun"];
    check("a.md", &table("Plan, September 2026", &rows), &["Matron | 2026-12-18 | open | Train"]);
    let rows = ["Action|Plugger|Plug by|Due", "Train|Deputy Chief Nurse|x|3 May 2026"];
    check("a.md", &table("Plan, April 2026", &rows), &["Deputy Chief Nurse | 2026-05-03 | open | Train"]);
}

#[test]
fn lines_of_a_text_file_in_columns() {
    let source = "MANAGEMENT TEAM\nNotes of meeting, 3 November 2026\n\nPresent: F Reyes, H Coppard\n\nACTIONS (state at 17-Nov)\n   A41  Porter times by hour   JI   due 10-Nov   open\n   A42  Quality form, Friday lists MO  due 06-Nov   open\n   A43  Forecast    KB   due 17-Nov   closed 16-Nov\n";
    let expected = [
        "JI | 2026-11-10 | open | Porter times by hour",
        "MO | 2026-11-06 | open | Quality form, Friday lists",
        "KB | 2026-11-17 | closed | Forecast",
    ];
    check("a.txt", source, &expected);
}

#[test]
fn parts_of_a_listed_action() {
    let body = "## Actions\n\n- Ask pharmacy about stock - AB - 12 December\n- CLOSED: fire drill\n- JS: book a room\n";
    let expected = [
        "AB | 2026-12-12 | open | Ask pharmacy about stock",
        "- | - | closed | fire drill",
        "JS | - | open | book a room",
    ];
    check("a.md", &minutes(body), &expected);
}

#[test]
fn headings_that_nobody_foresaw_under_a_title_of_actions() {
    let rows = ["Idea|Champion|Finish line", "Buy a new kettle|Ward manager|1 October 2026", "Change the rota soon||"];
    let expected = ["Ward manager | 2026-10-01 | open | Buy a new kettle", "- | - | open | Change the rota soon"];
    check("a.md", &table("Actions from the staff forum, 3 September 2026", &rows), &expected);
    check("a.md", &table("Visits of the staff forum, 3 September 2026", &rows), &[]);
    let rows =
        ["Area|What needs improving|How|By who|By when|Done", "Safe|MAR gaps|Daily check|Deputy|31.8.26|Yes 28/8"];
    check(
        "a.md",
        &table("Service improvement plan, 2 October 2026", &rows),
        &["Deputy | 2026-08-31 | closed | Daily check"],
    );
}
