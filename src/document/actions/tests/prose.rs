//! Actions in the words of minutes and papers, outside of tables.

use super::*;

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
