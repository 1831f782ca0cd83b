//! Documents that no name tells: what their structure, the cells of their lists and the manner of their prose say.

use super::tests::{check, described};
use super::*;

#[test]
fn notes_of_meetings_in_plain_words() {
    check(&[
        (
            "clinical 23 July.txt",
            "Clinical 23 July 26\n\nML, AB, JC, Sr H. TW took notes. FI could not come.\n\nLast notes ok.\n\nSig events - went through the fridge one. JC asked whether results should go to the usual doctor.\n\nACTION RP to send round the numbers.\n\nNext one in September.\n",
            Kind::Minutes,
        ),
        (
            "house.docx",
            "# Otter House, Saturday 12 September 2026\n\nHere: Kofi, Bella, Freya. Staff: Mags.\n\n## Last time\n\nThe telly was mended.\n\n## Food\n\nBella wants pancakes.\n",
            Kind::Minutes,
        ),
        (
            "decision.md",
            "# Renewing our commitment to improvement\n\nSitting: Thursday 26 March 2026\n\n## What was said\n\nKeith asked whether the savings could be released.\n\n## What was decided\n\nThe Board RESOLVED to fund the programme.\n",
            Kind::Minutes,
        ),
        (
            "steering 29 Sept.docx",
            "# Improvement steering, 29/9/26\n\nNotes: Farida N\n\nHere: Nkechi (chair), Gwil, Marta\n\n## Last notes\n\nFine.\n\n## Actions\n\nSurvey licence, Gwil\n",
            Kind::Minutes,
        ),
    ]);
}

#[test]
fn groups_say_what_they_are_for_in_their_own_words() {
    check(&[
        (
            "a.docx",
            "# People and Culture Committee\n\n## Why the Committee exists\n\nThe Board has set it up.\n\n## Who sits on it\n\nThree directors.\n\n## How many are needed\n\nThree members.\n\n## How often, and papers\n\nMonthly.\n",
            Kind::TermsOfReference,
        ),
        (
            "a.docx",
            "# Improvement Hub Group\n\n## What the group is for\n\nx\n\n## Who belongs to it\n\nx\n\n## Meetings\n\nEach month.\n\n## Who it answers to\n\nx\n",
            Kind::TermsOfReference,
        ),
    ]);
}

#[test]
fn lists_are_told_by_what_their_cells_hold() {
    check(&[
        (
            "significant events Millrace.xlsx",
            "Millrace Surgery - significant events and what we learned,,,,\nNo.,When,What went on,Whose,Put right\n1,14 January 2026,Referral was not sent for nine days,Practice Manager,10 February 2026\n2,25 February 2026,Vaccine was given twice to one baby,Nurse Lead,24 March 2026\n3,9 April 2026,The letter was filed without being read,Dr Fenn,6 May 2026\n",
            Kind::Register,
        ),
        (
            "go live RAG.xlsx",
            "Go-live readiness assessment,,,,\nGate,What has to be there,Lead,RAG,Due\n1,Users trained in their own role,Training lead,A,26 February 2027\n2,Carts and scanners on all wards,Devices lead,G,1 March 2027\n3,Trial load with few rejects,Migration lead,R,15 January 2027\n",
            Kind::Register,
        ),
        (
            "skills Q2.xlsx",
            "Rung,Finished to date,% of headcount,Plan for Mar 2027\nTaster,1304,60.9%,1400\nFoundation,402,18.8%,520\nCoach,20,0.9%,32\n",
            Kind::TrainingRecord,
        ),
        (
            "self assess.xlsx",
            "Component,Level,Why did you choose this level?\nShared purpose,4,The vision is known\nPeople and culture,3,Staff can speak up\nLeadership behaviours,4,Leaders walk round\n",
            Kind::Audit,
        ),
        (
            "ready for change survey export.csv",
            "Response ID,Submitted,We can try things (1-5),We know how to measure (1-5),Anything else?\n1,11/05/2026,4,3,\n2,11/05/2026,4,2,no time\n3,12/05/2026,2,1,\n",
            Kind::Survey,
        ),
    ]);
}

#[test]
fn slides_tell_of_a_topic_and_posters_are_no_talk() {
    check(&[
        (
            "staff brief.pptx",
            "# What you told us: NHS Staff Survey 2025\n\n## Briefing\n\n- 48% answered\n",
            Kind::Presentation,
        ),
        ("cafe.pptx", "# A vision for the new café\n\n## What we heard\n\n- soup\n", Kind::Presentation),
        (
            "Ward 9.pptx",
            "# Up, dressed, moving on Ward 9\n\n- Team: Ann (ward sister), patient partner Mr D\n- Our aim: 70% out of bed for lunch by June\n\n## Turns of the PDSA wheel\n\n- Test 1: one bay. Adapted\n\n## What the run chart shows\n\n- median 35% before\n\n## What happened\n\n- 71%\n",
            Kind::CaseStudy,
        ),
    ]);
}

#[test]
fn titles_in_other_words() {
    let titles = [
        ("Green Plan 2025-28: how the first year went", Kind::Report),
        ("Data quality assurance: report for April to September", Kind::Report),
        ("NHS Staff Survey 2025: what our people said and what we will do", Kind::Report),
        ("Hot debrief: flood in the basement", Kind::Report),
        ("Deep dive: falls with harm", Kind::Report),
        ("Chair's log: Quality Committee to Board", Kind::Report),
        ("Clear vision: lens surgery price list", Kind::Other),
        ("Improvement training prospectus", Kind::Other),
        ("My hospital passport", Kind::Other),
        ("Board skills grid", Kind::Register),
        ("Decision log of the programme", Kind::Register),
        ("Succession plan for heads of department", Kind::Plan),
        ("Quick guide to run charts", Kind::Procedure),
        ("Strategy on a page", Kind::Strategy),
        ("Improvement academy: learning record", Kind::TrainingRecord),
        ("Request form: change of theatre list", Kind::Template),
        ("Covering letter to the inspector", Kind::Letter),
        ("Notes of meeting, 3 November", Kind::Minutes),
        ("Two-cycle audit of weight and kidney function", Kind::Audit),
    ];
    let sources: Vec<(String, Kind)> =
        titles.iter().map(|(title, kind)| (format!("# {title}\n\nText.\n"), *kind)).collect();
    let cases: Vec<_> = sources.iter().map(|(source, kind)| ("x.md", source.as_str(), *kind)).collect();
    check(&cases);
}

#[test]
fn prose_that_no_name_tells_is_told_by_its_manner() {
    let told = "In the half year 41 people spoke to us, which was 12 more than last time; 31 were nurses and 68% gave their name. \
        Most had waited two months before they came. We asked each of them afterwards, and 29 of 33 said that they would come again. "
        .repeat(4);
    let report = format!("# Speaking up at Ashby\n\n{told}\n");
    let steps = "# Taking a blood culture\n\nFor nurses and doctors on the wards and in the emergency department, at all hours and on all days of the week; infection prevention keeps this sheet and has the tray ready in every treatment room of the hospital.\n\n1. Wash hands and use a clean tray, gloves and apron.\n\n2. Clean the tops of both bottles and let them dry for thirty seconds.\n\n3. Put the blood into the blue bottle first.\n\n4. Label at the bedside with a second person.\n\n5. Send by the next van, or call the laboratory out of hours.\n";
    let ahead = format!(
        "# Steady Beat, 2026 to 2030\n\n{}\n",
        "Everybody here knows what better looks like, has an hour to work on it and can see on a chart if it worked. Teams plan the hour into the roster and directors look at it each quarter. ".repeat(4)
    );
    let leaflet = format!(
        "# Having your cataract out\n\n{}\n",
        "You will be seen at eight. Bring your tablets with you. Your eye is covered and you may go home at noon. "
            .repeat(9)
    );
    for (source, kind) in
        [(report.as_str(), Kind::Report), (steps, Kind::Procedure), (&ahead, Kind::Strategy), (&leaflet, Kind::Other)]
    {
        let found = described("a.md", source);
        assert_eq!(found.kind, kind, "{} ({})", source.lines().next().unwrap_or(""), found.kind_because);
    }
}

#[test]
fn a_letter_begins_with_whom_it_is_for() {
    check(&[(
        "clinic Oct.docx",
        "# Eye clinic: update for referrers\n\nDear colleague, the service has moved to the ground floor.\n\nWe inject on six days.\n",
        Kind::Letter,
    )]);
}

#[test]
fn a_list_of_what_has_to_become_better_is_a_plan() {
    check(&[
        (
            "home live Oct.xlsx",
            "Where it came from,What needs to be better,What we are doing,Who,Due,Status,How we know it worked\nCQC,Gaps in charts were not found,Second signature at each handover,Kwame,30 April 2026,Complete,Gaps 14 to 2\nVisit,Lounge was too loud at tea,Two sittings were tried in June,Dee,30 June 2026,Open,Ask again in July\nAudit,Creams were not signed for,Chart moved to the bedroom door,Joy,1 July 2026,Open,9 of 9 signed\n",
            Kind::Plan,
        ),
        ("requirements v1.xlsx", "Problems,Test,Data\nSlow,load,x\nWrong,unit,y\nLost,end,z\n", Kind::Dataset),
    ]);
}

#[test]
fn a_controlled_document_is_what_it_calls_itself() {
    let control = "Version | 2.1\n\nOwner: Head of Resilience\n\nApproved by: Trust Board, 28 May 2026\n\nReview date: May 2028\n\nVersion: 2.1\n\n";
    for (words, kind) in [
        ("This plan says how the hospital keeps going. The plan is tested each spring.", Kind::Plan),
        ("This policy is for everybody who works here. Managers make sure that the policy is known.", Kind::Policy),
        ("This procedure is for the night staff. Keep the procedure by the telephone.", Kind::Procedure),
    ] {
        let found = described("a.md", &format!("# When the lights go out\n\n{control}{words}\n"));
        assert_eq!(found.kind, kind, "{words} ({})", found.kind_because);
    }
}
