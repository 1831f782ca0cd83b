//! Action tables and passages in the manner of real papers, with what a reader takes from them. Written before the patterns.

mod headings;
mod prose;

use std::sync::LazyLock;

use super::*;
use crate::document::{Document, Kind};
use crate::read::{Format, Limits, read as read_file};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::embedded().unwrap());

/// Each action as `owner | due | progress | start of the text`; `-` for what it does not say, words of a due date in quotes.
fn actions(name: &str, source: &str) -> Vec<String> {
    let (format, text) = read_file(name, source.as_bytes(), &Limits::default());
    let Ok(text) = text else { return Vec::new() };
    let document = Document::describe(name, format, text, &WORDS);
    document.actions.iter().map(line).collect()
}

fn line(action: &Action) -> String {
    let due = action.due.map(|day| day.to_string());
    let due = due.or_else(|| action.due_words.as_ref().map(|words| format!("'{words}'")));
    let progress = if action.progress == Progress::Closed { "closed" } else { "open" };
    let moved = action.moved_from.map_or(String::new(), |day| format!(" (from {day})"));
    let start: String = action.text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let (owner, due) = (action.owner.as_deref().unwrap_or("-"), due.as_deref().unwrap_or("-"));
    format!("{owner} | {due}{moved} | {progress} | {start}")
}

fn check(name: &str, source: &str, expected: &[&str]) {
    assert_eq!(actions(name, source), expected, "{source}");
}

fn table(title: &str, rows: &[&str]) -> String {
    let columns = rows[0].split('|').count();
    let rule = "|--".repeat(columns) + "|";
    let mut lines = vec![format!("# {title}"), String::new(), format!("|{}|", rows[0]), rule];
    lines.extend(rows[1..].iter().map(|row| format!("|{row}|")));
    lines.join("\n") + "\n"
}

#[test]
fn a_tracking_list_with_new_dates() {
    let source = table(
        "Trust Board action tracking list, compiled 4 July 2026",
        &[
            "NO|PAPER|ACTION|LEAD|TARGET DATE|NEW DATE|STATUS/ COMMENT",
            "May 2026||||||",
            "1.05|Tracker|Training to be given at the away day|MW|June|14 Aug|Moved: no time in June",
            "2.05|Survey|Agree where belongings are kept|MW|30 Sept||Not yet due",
            "5.05|Delivery|Talk to directors about roles|JB|17.7.26||Verbal update to be given",
            "6.05|Ratios|Nurse numbers to the Board|MW|14.8.26|17.9.26|Superseded by action 9",
        ],
    );
    check(
        "log.md",
        &source,
        &[
            "MW | 2026-08-14 (from 2026-06-30) | open | Training to be given",
            "MW | 2026-09-30 | open | Agree where belongings are",
            "JB | 2026-07-17 | open | Talk to directors about",
            "MW | 2026-09-17 (from 2026-08-14) | closed | Nurse numbers to the",
        ],
    );
}

#[test]
fn a_log_with_words_for_status() {
    let source = table(
        "Action log, October 2026",
        &[
            "Ref|Source (agenda title)|Action|Lead|Due Date|Status|Proposed to Open/Close",
            "1|BAF|Redraft risk 4|Director of Finance|30/09/2026|In progress: phase 1 complete|Open",
            "2|FTSU|Publish the report|Chief Nurse|01/09/2026|Complete. Published 28 August|Close",
            "3|IPR|Add a chart|BI lead|ongoing|Ongoing|Open",
            "4|IPR|Explain outliers|TBC|next meeting|Not started|Open",
            "5|IPR|Invite the network|COO|asap|24/09: partially complete|Open",
            "6|IPR|Check figures|COO|Nov 2026|CLOSED 3 Sept|Close",
            "7|IPR|Visit wards|COO|Monthly|To be completed|Open",
        ],
    );
    check(
        "log.md",
        &source,
        &[
            "Director of Finance | 2026-09-30 | open | Redraft risk 4",
            "Chief Nurse | 2026-09-01 | closed | Publish the report",
            "BI lead | 'ongoing' | open | Add a chart",
            "- | 'next meeting' | open | Explain outliers",
            "COO | 'asap' | open | Invite the network",
            "COO | 2026-11-30 | closed | Check figures",
            "COO | 'Monthly' | open | Visit wards",
        ],
    );
}

#[test]
fn a_status_inside_the_action() {
    let source = table(
        "Summary of actions from the Board meeting on 28 February 2026",
        &[
            "Relevant Item|Action|Responsibility",
            "BOD 24/26|The Trust to publish the pay gap by the end of March 2026. Status: in progress|TB",
            "BOD 25/26|To update the framework. Status: complete|HS",
            "BOD 26/26|To bring a plan. Status: tbc in meeting|MW",
        ],
    );
    check(
        "log.md",
        &source,
        &[
            "TB | 2026-03-31 | open | The Trust to publish",
            "HS | - | closed | To update the framework.",
            "MW | - | open | To bring a plan.",
        ],
    );
}

#[test]
fn recommendations_with_responses() {
    let source = table(
        "Response to the internal audit report",
        &[
            "Recommendation|Management response|By whom|By when|Priority",
            "Logs should be kept|Agreed: a log will be kept in each ward|Ward managers|31 October 2026|High",
        ],
    );
    check("a.md", &source, &["Ward managers | 2026-10-31 | open | Agreed: a log will"]);
}

#[test]
fn must_do_and_should_do_plans_with_a_key() {
    let plan = table(
        "CQC action plan",
        &[
            "Must do / should do|Regulation|Action|Lead|Target date|Evidence of completion|RAG",
            "Must do|12|Lock the medicines room|Pharmacist|31/08/2026|Audit|Blue",
            "Must do|17|Review the risk register|Manager|31/08/2026|Minutes|Amber",
            "Should do|18|Plan appraisals|Manager|30/09/2026||Green",
        ],
    );
    let rows = |progress: [&str; 3]| {
        [
            format!("Pharmacist | 2026-08-31 | {} | Lock the medicines room", progress[0]),
            format!("Manager | 2026-08-31 | {} | Review the risk register", progress[1]),
            format!("Manager | 2026-09-30 | {} | Plan appraisals", progress[2]),
        ]
    };
    assert_eq!(actions("a.md", &plan), rows(["open", "open", "open"]), "a colour says nothing without a key");
    let keyed =
        format!("{plan}\nKey: Red - off track; Amber - on track; Green - complete; Blue - complete and tested\n");
    assert_eq!(actions("a.md", &keyed), rows(["closed", "open", "closed"]));
    let keyed = format!("{plan}\nBlue = completed\n\nGreen = on track to deliver\n");
    assert_eq!(actions("a.md", &keyed), rows(["closed", "open", "open"]));
}

#[test]
fn a_home_improvement_plan() {
    let source = table(
        "Home improvement plan",
        &[
            "What needs to change?|What will we do?|Who?|When?|Done?",
            "Call bells|Check bells each week|Deputy manager|12 October 2026|Yes",
            "Menus|Ask residents about menus|Cook|26 October 2026|No",
            "Garden||||",
        ],
    );
    check(
        "a.md",
        &source,
        &[
            "Deputy manager | 2026-10-12 | closed | Check bells each week",
            "Cook | 2026-10-26 | open | Ask residents about menus",
        ],
    );
}

#[test]
fn a_date_completed_closes() {
    let source = table(
        "Action plan",
        &[
            "Issue|Action required|Person responsible|Timescale|Date completed|Signed",
            "Bins|Buy lids|Handyman|1 June 2026|28 May 2026|AA",
            "Lift|Mend the lift|Handyman|1 July 2026||",
        ],
    );
    check(
        "a.md",
        &source,
        &["Handyman | 2026-06-01 | closed | Buy lids", "Handyman | 2026-07-01 | open | Mend the lift"],
    );
}

#[test]
fn a_template_has_no_actions() {
    let source = table(
        "Action plan template",
        &["Action|Lead|Due date|Status", "|||", "[insert action]|[name]|[date]|", "Enter action here|||"],
    );
    check("a.md", &source, &[]);
}

#[test]
fn headers_repeat_over_pages() {
    let source = "Action,Owner,Due\nCall them,JP,3 May 2026\nAction,Owner,Due\nWrite to them,AB,4 May 2026\n";
    check("log.csv", source, &["JP | 2026-05-03 | open | Call them", "AB | 2026-05-04 | open | Write to them"]);
}

#[test]
fn risks_are_no_actions_without_an_action_column() {
    let register = table(
        "Risk register",
        &[
            "Ref|Risk description|Likelihood|Consequence|Controls|Risk owner|Review date",
            "R1|Staff leave|3|4|Pay review|HR|30 June 2026",
        ],
    );
    check("a.md", &register, &[]);
    let register = table(
        "Risk register",
        &[
            "Ref|Risk description|Likelihood|Consequence|Risk owner|Action required|Action owner|Action due",
            "R1|Staff leave|3|4|HR|Hold exit interviews|People lead|30 June 2026",
        ],
    );
    check("a.md", &register, &["People lead | 2026-06-30 | open | Hold exit interviews"]);
}

#[test]
fn closed_sections_of_a_log() {
    let source = table(
        "Action log",
        &[
            "No|Action|Lead|Due|Update",
            "Outstanding actions||||",
            "1|Write the plan|JP|3 May 2026|Awaiting figures",
            "Closed actions||||",
            "2|Send the letter|AB|3 April 2026|Sent on 1 April",
        ],
    );
    check("a.md", &source, &["JP | 2026-05-03 | open | Write the plan", "AB | 2026-04-03 | closed | Send the letter"]);
}

#[test]
fn minutes_with_a_column_for_actions() {
    let source = "# Quality Committee minutes, 4 June 2026\n\nPresent: Jo Page (JP), Al Birch (AB)\n\nApologies: none\n\n| Item | Discussion | Action |\n|---|---|---|\n| 1 | Apologies were noted. | |\n| 2 | Complaints rose. JP will bring a paper on themes. | JP |\n| 3 | Falls were talked over. | AB to share the chart by 30 June |\n| 4 | The plan was agreed. | Noted |\n| 5 | Training is late. It was agreed to write to managers. | JP/AB 12 July |\n";
    check(
        "a.md",
        source,
        &[
            "JP | - | open | bring a paper on",
            "AB | 2026-06-30 | open | share the chart by",
            "JP/AB | 2026-07-12 | open | It was agreed to",
        ],
    );
}

#[test]
fn minutes_with_owner_and_day_columns() {
    let source = "# Staff meeting minutes 4 June 2026\n\n| Agenda item | Notes | Action | By whom | By when |\n|---|---|---|---|---|\n| Rota | Gaps on Sundays. | Ask agency for cover | Manager | 11 June |\n| Food | All fine. | None | | |\n| Any other business | None | | | |\n";
    check("a.md", source, &["Manager | 2026-06-11 | open | Ask agency for cover"]);
}

fn minutes(body: &str) -> String {
    format!(
        "# Minutes of the Quality Committee held on 4 November 2026\n\nPresent: Jo Page (JP)\n\nApologies: none\n\n{body}\n"
    )
}

#[test]
fn the_excerpt_is_the_action() {
    let source = table("Action log", &["Action|Lead|Due", "Call the home|JP|14 Dec 2026"]);
    let text = read_file("a.md", source.as_bytes(), &Limits::default()).1.unwrap();
    let document = Document::describe("a.md", Format::Md, text, &Words::embedded().unwrap());
    assert_eq!(document.kind, Kind::Register);
    assert_eq!(document.actions[0].excerpt.quote, "Call the home");
}

#[test]
fn dates_that_slipped() {
    let source = table(
        "Action log, 12 October 2026",
        &[
            "Action|Lead|Original due date|Current due date|Comments",
            "Call|JP|1 June 2026|1 September 2026|Delayed",
            "Write|AB|1 June 2026|1 June 2026|Not begun",
        ],
    );
    let expected = ["JP | 2026-09-01 (from 2026-06-01) | open | Call", "AB | 2026-06-01 | open | Write"];
    check("a.md", &source, &expected);
    let rows = ["Action|Lead|Due", "Call|JP|30/06/2026 now 31/08/2026", "Write|AB|31/08/2026 (agreed 12/03/2026)"];
    let expected = ["JP | 2026-08-31 (from 2026-06-30) | open | Call", "AB | 2026-08-31 | open | Write"];
    check("a.md", &table("Action log, 12 October 2026", &rows), &expected);
}

#[test]
fn a_completion_date_beside_a_target_date() {
    let rows = ["Action|Lead|Target date|Completion date", "Call|JP|1 June 2026|28 May 2026", "Write|AB|1 June 2026|"];
    let expected = ["JP | 2026-06-01 | closed | Call", "AB | 2026-06-01 | open | Write"];
    check("a.md", &table("Action plan", &rows), &expected);
    let rows = ["Action|Lead|Completion date", "Call|JP|1 June 2026"];
    check("a.md", &table("Action plan", &rows), &["JP | 2026-06-01 | open | Call"]);
}

#[test]
fn more_tables_of_homes_practices_and_trusts() {
    for (title, rows, expected) in [
        (
            "Significant event log 2026",
            &[
                "Date|Event|What we learned|Action agreed|Who|By when|Done",
                "1 May 2026|Missed referral|Check twice|Write a guide|Dr Ash|1 June 2026|",
                "9 May 2026|Lost note|File it|Buy a tray|Manager|12 May 2026|✓",
            ][..],
            &["Dr Ash | 2026-06-01 | open | Write a guide", "Manager | 2026-05-12 | closed | Buy a tray"][..],
        ),
        ("You said, we did, June 2026", &["You said|We did", "Cold food|New trolley"], &[]),
        (
            "Audit action plan",
            &[
                "Finding|Action to be taken|Named lead|Completion date|RAG",
                "Low hand hygiene|Train link nurses|IPC lead|30.09.2026|Green",
            ],
            &["IPC lead | 2026-09-30 | open | Train link nurses"],
        ),
        (
            "Board assurance framework, Q2 2026/27",
            &[
                "Principal risk|Lead|Current score|Controls|Gaps|Actions|Action due",
                "Staff leave|CPO|16|Plan|No exit data|Buy exit survey|Dec 2026",
            ],
            &["CPO | 2026-12-31 | open | Buy exit survey"],
        ),
        (
            "Green Plan delivery plan 2026/27",
            &[
                "Focus area|Action|Owner|Timescale|Progress",
                "Travel|Fit bike racks|Estates|Q3 2026/27|Not started",
                "Gas|Stop nitrous|Theatres|Complete|Done in May",
            ],
            &["Estates | 2026-12-31 | open | Fit bike racks", "Theatres | 'Complete' | closed | Stop nitrous"],
        ),
        (
            "Matters arising, Trust Board",
            &[
                "Minute ref|Action|By whom|Target|Update",
                "26/41|Add a chart|CFO|Sept Board|On agenda",
                "26/42|Ask partners|CEO / Chair|27/11/26|Verbal",
            ],
            &["CFO | 'Sept Board' | open | Add a chart", "CEO / Chair | 2026-11-27 | open | Ask partners"],
        ),
    ] {
        check("a.md", &table(title, rows), expected);
    }
}

#[test]
fn logs_out_of_workbooks() {
    let source = "Harbour Trust,,,,\nAction tracker,,,,\n,,,,\nID,Action description,Assigned To,Due,% complete\n1,Order lids,Ash,2026-09-01,100%\n2,Fit lids,Birch,2026-09-15,40%\n3,,,,\n";
    check("tracker.csv", source, &["Ash | 2026-09-01 | closed | Order lids", "Birch | 2026-09-15 | open | Fit lids"]);
}

#[test]
fn columns_and_cells_as_a_whole_trust_words_them() {
    for (rows, expected) in [
        (
            &[
                "Action|Owner|Due",
                "Send letters|Head of Quality|Done, 29 May 2026",
                "Change forms|CDO|Closed, June 2026",
                "Train|CDO|19 November 2026",
            ][..],
            &[
                "Head of Quality | 2026-05-29 | closed | Send letters",
                "CDO | 2026-06-30 | closed | Change forms",
                "CDO | 2026-11-19 | open | Train",
            ][..],
        ),
        (
            &["What|Who|By", "Use run charts|JP|Done in the month 5 report", "Pick a measure|Chairs|30 November 2026"],
            &[
                "JP | 'Done in the month 5 report' | closed | Use run charts",
                "Chairs | 2026-11-30 | open | Pick a measure",
            ],
        ),
        (
            &[
                "Action|Principle|Owner|Due|Position October 2026",
                "Appoint a deputy|3|CEO|2026-06-30|Complete 01/06/2026",
            ],
            &["CEO | 2026-06-30 | closed | Appoint a deputy"],
        ),
        (
            &["Action|Partner|Due", "Memorandum to 2029|Director of Strategy and Partnerships|31 January 2027"],
            &["Director of Strategy and Partnerships | 2027-01-31 | open | Memorandum to 2029"],
        ),
    ] {
        check("a.md", &table("Annual report, 1 October 2026", rows), expected);
    }
}

#[test]
fn long_repetitive_text_takes_no_long_time() {
    for unit in
        ["done ", "present: minutes of the last meeting ", "Action: JP to go. ", "agreed that ", "(Action: ", "by May "]
    {
        actions("a.md", &minutes(&unit.repeat(1_000)));
        actions("a.md", &table("Action log", &["Action|Lead|Due|Status", &[unit.repeat(500).as_str(); 4].join("|")]));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_text_breaks_it(body in "(?s).{0,200}", cell in "[A-Za-z0-9 :./-]{0,40}") {
        actions("a.md", &minutes(&body));
        actions("a.md", &minutes(&format!("Action: {cell}")));
        actions("a.md", &table("Action log 3 May 2026", &["Action|Lead|Due|Status", &format!("{cell}|{cell}|{cell}|{cell}")]));
    }
}

#[test]
fn tables_with_columns_in_plain_words() {
    let source = table(
        "Residents' meeting action plan",
        &[
            "What we agreed to do|Who's doing it|When by|Where it has got to",
            "Light suppers|Colin|21 September 2026|Done 18 September",
            "A second bus trip|Pat|30 September 2026|Begun",
        ],
    );
    check(
        "a.md",
        &source,
        &["Colin | 2026-09-21 | closed | Light suppers", "Pat | 2026-09-30 | open | A second bus trip"],
    );
    let source = table(
        "Practice risk register",
        &[
            "Risk|Owner|Likelihood|Impact|What else we are doing|By when and status",
            "Results lost|Dr Bose|3|5|Daily report|31 May 2026, open",
            "Roof leaks|Dr Carne|4|3|New felt|1 September 2026, not started",
            "Short at 8am|Jo|2|3|None needed|Closed",
        ],
    );
    check("a.md", &source, &["Dr Bose | 2026-05-31 | open | Daily report", "Dr Carne | 2026-09-01 | open | New felt"]);
    let source = table(
        "Incident log",
        &[
            "Date|What happened|What we will do differently|Lead|Target|Completed",
            "3 June 2026|Fall|Move the footstools|Ann|30 June 2026|28 June 2026",
            "11 July 2026|Missed dose|Second check|Ben|31 July 2026|",
        ],
    );
    check(
        "a.md",
        &source,
        &["Ann | 2026-06-30 | closed | Move the footstools", "Ben | 2026-07-31 | open | Second check"],
    );
    let source = table(
        "Partnership action log",
        &["Action agreed|Organisation|Due by|Where is it?", "Share data|Council|30 Sept 2026|Not started"],
    );
    check("a.md", &source, &["Council | 2026-09-30 | open | Share data"]);
}

#[test]
fn a_form_with_labels_beside_values() {
    let source = "# Learning response report\n\nDate: 20 May 2026\n\n| Action 1 | Put up the board |\n|--|--|\n| Owner | Ward manager |\n| Due date | 30 June 2026 |\n| Status | Complete |\n| Action 2 | Change the form |\n| Owner | Clinical lead |\n| Due date | 31 July 2026 |\n| Status | Open |\n";
    let expected = [
        "Ward manager | 2026-06-30 | closed | Put up the board",
        "Clinical lead | 2026-07-31 | open | Change the form",
    ];
    check("a.md", source, &expected);
}
