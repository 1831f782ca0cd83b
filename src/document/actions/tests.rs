//! Action tables and passages in the manner of real papers, with what a reader takes from them. Written before the patterns.

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
fn actions_in_the_prose_of_minutes() {
    for (body, expected) in [
        ("Action: JP to circulate the paper by 30 Nov", &["JP | 2026-11-30 | open | circulate the paper by"][..]),
        (
            "The report was late and will be sent round.\n\nACTION: Chief Nurse",
            &["Chief Nurse | - | open | The report was late"],
        ),
        ("AP1 JP to ask the partners for dates - ONGOING.", &["JP | 'ONGOING' | open | ask the partners for"]),
        (
            "AP2: JP/AB to resend the letter. A copy has been sent - CLOSED.",
            &["JP/AB | - | closed | resend the letter. A"],
        ),
        (
            "The Board agreed that the Chief Nurse will bring a paper on falls by November 2026.",
            &["Chief Nurse | 2026-11-30 | open | bring a paper on"],
        ),
        (
            "The Committee asked the Director of Estates to report back in January.",
            &["Director of Estates | 2027-01-31 | open | report back in January"],
        ),
        (
            "Figures were shared. Action: Medical Director to check them before the next meeting.",
            &["Medical Director | 'next meeting' | open | check them before the"],
        ),
        (
            "**Action 7/26:** Practice manager to put the results on the website by 12/12/26.",
            &["Practice manager | 2026-12-12 | open | put the results on"],
        ),
        ("ACTION – All to send comments to AB asap", &["All | 'asap' | open | send comments to AB"]),
        ("Action: circulate the slides (JP)", &["JP | - | open | circulate the slides"]),
        (
            "Action: Write to the network. Owner: JP. Due: 1 December 2026",
            &["JP | 2026-12-01 | open | Write to the network."],
        ),
        ("Action: To note", &[]),
        ("Action: None", &[]),
        ("The Board agreed the minutes as a true record. Actions were taken last year to reduce waits.", &[]),
        ("Action log: all actions were reviewed. The action plan is on course.", &[]),
        ("The Committee agreed to note the report.", &[]),
    ] {
        check("a.md", &minutes(body), expected);
    }
}

#[test]
fn policies_and_papers_hold_no_actions_in_their_prose() {
    check(
        "a.md",
        "# Incident Policy\n\n## Duties\n\nThe Board agreed that the Chief Nurse will lead on this policy.\n",
        &[],
    );
    check("a.md", "# Falls report\n\nDate: 3 May 2026\n\nAction required: For approval\n\nAction: Approve\n", &[]);
    check("a.md", "# Fire plan\n\n| Action | Reason |\n|---|---|\n| Shut doors | Smoke |\n", &[]);
    check("a.md", "# Policy\n\n| Action | Responsible |\n|---|---|\n| Write the policy | Author |\n", &[]);
}

#[test]
fn a_year_is_taken_from_the_log_or_the_next_one() {
    check(
        "a.md",
        &table("Board action log, 12 January 2027", &["Action|Lead|Due", "Call|JP|14 Dec", "Write|JP|3 March"]),
        &["JP | 2026-12-14 | open | Call", "JP | 2027-03-03 | open | Write"],
    );
    // Without any year nothing is guessed.
    check("a.md", &table("Action log", &["Action|Lead|Due", "Call|JP|14 Dec"]), &["JP | '14 Dec' | open | Call"]);
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
fn complaints_and_courses_are_no_actions() {
    let rows = [
        "Date|Complaint|Response|Lead|Date closed",
        "1 May 2026|Cold food|Sorry|Cook|3 May 2026",
        "2 May 2026|Noise|Sorry|Nurse|",
    ];
    check("a.md", &table("Complaints log", &rows), &[]);
    let rows = ["Name|Course|Action|Due", "A Ash|Fire safety|Book|3 May 2026"];
    check("a.md", &table("Training matrix", &rows), &[]);
}

#[test]
fn what_a_meeting_notes_is_no_action() {
    for body in [
        "It was noted that the Chief Nurse would retire in May.",
        "Members agreed to note the report.",
        "The Committee asked the Chair to thank the team.",
        "The Board agreed that the Audit Committee would oversee the work.",
    ] {
        check("a.md", &minutes(body), &[]);
    }
    let listed = minutes(
        "Actions:\n\n- JP to write to the home by 3 December\n- Send the slides round (AB)\n\nThe chair closed the meeting.",
    );
    check("a.md", &listed, &["JP | 2026-12-03 | open | write to the home", "AB | - | open | Send the slides round"]);
    check("a.md", "# Falls report\n\nActions:\n\n- handrails were fitted\n- staff were trained\n", &[]);
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
fn more_passages() {
    for (body, expected) in [
        (
            "**ACTION:** JP, AB and the Practice Manager to agree dates by end of November.",
            &["JP, AB and the Practice Manager | 2026-11-30 | open | agree dates by end"][..],
        ),
        (
            "Action 3: Head of Estates to fix the lift – by 20/11/2026 – COMPLETE",
            &["Head of Estates | 2026-11-20 | closed | fix the lift –"],
        ),
        ("JP agreed to look into the cost of new chairs before Christmas.", &["JP | - | open | look into the cost"]),
        (
            "It was agreed that AB would write to the council by 1st December.",
            &["AB | 2026-12-01 | open | write to the council"],
        ),
        (
            "The lift is broken again and needs mending. [Action: Registered manager]",
            &["Registered manager | - | open | The lift is broken"],
        ),
        (
            "Action: Deputy manager – order new slings (30 November)",
            &["Deputy manager | 2026-11-30 | open | order new slings (30"],
        ),
        ("The report was received. The action plan was discussed at length.", &[]),
        ("Actions from the last meeting: all complete.", &[]),
        ("Action (JP): circulate the slides", &["JP | - | open | circulate the slides"]),
        (
            "Agreed action: the Quality Lead to share the results in December",
            &["Quality Lead | 2026-12-31 | open | share the results in"],
        ),
    ] {
        check("a.md", &minutes(body), expected);
    }
    check(
        "mail.txt",
        "From: JP\nTo: AB\nSubject: Lids\nSent: 3 May 2026\n\nThanks for today.\n\nAction: AB to order lids by 20 May\n",
        &["AB | 2026-05-20 | open | order lids by 20"],
    );
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
fn notes_that_set_tasks_in_few_words() {
    for (body, expected) in [
        (
            "The group agreed that it does not belong there. Criteria to be written.",
            &["- | - | open | Criteria to be written"][..],
        ),
        ("Nobody has come for months. Someone to speak to the manager.", &["- | - | open | speak to the manager"]),
        (
            "Three priorities are needed. Jo Page to draft by 27 November 2026.",
            &["Jo Page | 2026-11-27 | open | draft by 27 November"],
        ),
        ("Next meeting to be held on 3 December.", &[]),
        ("The Board to note.", &[]),
        ("Staff told us that they want to be heard.", &[]),
        ("It needs to be written down.", &[]),
        ("Visits to the department are down by 14 %, but two homes account for most.", &[]),
        ("Items to escalate to the Board", &[]),
        ("Two teams have asked to wait. Agreed to let them.", &[]),
    ] {
        check("a.md", &minutes(body), expected);
    }
    let source = minutes(
        "| Item | Minute | ACTION |\n|---|---|---|\n| 1 | Echo waits were long. | IBD - recovery plan to FPC, 12 November 2026 |\n| 2 | Trajectory was not believed. | IBD - revised trajectory, March Board |",
    );
    check(
        "a.md",
        &source,
        &[
            "IBD | 2026-11-12 | open | recovery plan to FPC,",
            "IBD | 2027-03-31 | open | revised trajectory, March Board",
        ],
    );
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

#[test]
fn lists_labels_and_boxes() {
    let list = "Away day actions\n\nDate: 5 May 2026\n\n1. Jan to book the room - done 12 May\n2. Someone to ask the carers\n3. Leaflet to be redone\n";
    let expected = ["- | - | open | ask the carers", "- | - | open | Leaflet to be redone"];
    let found = actions("a.txt", list);
    assert_eq!(found.get(1..), Some(expected.map(String::from).as_slice()), "{found:?}");
    let boxes = "# Huddle actions\n\nDate: 5 May 2026\n\n- [x] Omar to mend the gate\n- [ ] Jan to write the rota by 30 June 2026\n";
    check("a.md", boxes, &["Omar | - | closed | mend the gate", "Jan | 2026-06-30 | open | write the rota by"]);
    let labels = "Safety huddle - 7 September 2026\n\nAction: Replace the call bell\nOwner: Handyman\nDue: 9 September 2026\nStatus: Done\n";
    check("a.txt", labels, &["Handyman | 2026-09-09 | closed | Replace the call bell"]);
}

#[test]
fn minutes_that_shout_and_promise() {
    let body = "Rota: gaps. ACTION Jo to ask bank staff by 10 November.\n\nFire doors: ACTION order new closers\n\nCleaning: Ali will check the sinks by the end of November.\n\nTraining will go on as before.";
    let found = actions("a.md", &minutes(body));
    let expected = [
        "Jo | 2026-11-10 | open | ask bank staff by",
        "- | - | open | order new closers",
        "Ali | 2026-11-30 | open | check the sinks by",
    ];
    assert_eq!(found, expected);
    check("a.md", &minutes("The ACTION log was gone through.\n\nACTION plan: see item 5."), &[]);
}

#[test]
fn times_that_are_no_days() {
    let rows = [
        "Action|Lead|Due",
        "One thing|AB|Q2 26/27",
        "Two things|AB|within 3 months",
        "Three things|AB|2026/27",
        "Four things|AB|summer 2027",
        "Five things|AB|ongoing",
    ];
    let source = format!("Updated: 1 July 2026\n\n{}", table("Action plan", &rows));
    let expected = [
        "AB | 2026-09-30 | open | One thing",
        "AB | 2026-10-01 | open | Two things",
        "AB | 2027-03-31 | open | Three things",
        "AB | 2027-08-31 | open | Four things",
        "AB | 'ongoing' | open | Five things",
    ];
    check("a.md", &source, &expected);
}

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
