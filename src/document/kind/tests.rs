//! Openings as organisations word them, with the kind that a reader would give them. Written before the words and signs.

use std::sync::LazyLock;

use super::*;
use crate::document::{Document, facts};
use crate::read::{Limits, read};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::embedded().unwrap());

/// A text as a whole document describes it.
pub(super) fn described(name: &str, source: &str) -> Document {
    let (format, text) = read(name, source.as_bytes(), &Limits::default());
    Document::describe(name, format, text.unwrap(), &WORDS)
}

fn found(name: &str, source: &str) -> KindFound {
    let words = &*WORDS;
    // Slides, mail and the like are stood in for by text of the same words.
    let (as_text, format) = match name.rsplit('.').next().unwrap_or("") {
        "pptx" => ("a.md", Format::Pptx),
        "eml" => ("a.txt", Format::Eml),
        "xlsx" => ("a.csv", Format::Xlsx),
        "docx" => ("a.md", Format::Docx),
        "pdf" => ("a.txt", Format::Pdf),
        _ => (name, Format::Unknown),
    };
    let (read_as, text) = read(as_text, source.as_bytes(), &Limits::default());
    let text = text.unwrap();
    let format = if format == Format::Unknown { read_as } else { format };
    let title = facts::title(&text, name, words);
    classify(&text, name, format, title.as_ref(), words)
}

pub(super) fn check(cases: &[(&str, &str, Kind)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(name, source, expected)| {
            let found = found(name, source);
            let head: String = source.chars().take(60).collect();
            (found.kind != *expected)
                .then(|| format!("{name} {head:?}: {} ({}), not {expected}", found.kind, found.because))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn titles_say_what_they_are() {
    let titles = [
        ("Risk Management Policy", Kind::Policy),
        ("Quality Improvement Strategy: annual progress report", Kind::Report),
        ("Report on the review of the Complaints Policy", Kind::Report),
        ("Minutes of the Policy Approval Group", Kind::Minutes),
        ("Minutes of the Quality and Safety Committee held on 4 June 2026", Kind::Minutes),
        ("Note of the Practice Meeting, 12 May 2026", Kind::Minutes),
        ("Staff Meeting Minutes", Kind::Minutes),
        ("Terms of Reference of the Audit Committee", Kind::TermsOfReference),
        ("Audit and Risk Committee - Terms of Reference 2026/27", Kind::TermsOfReference),
        ("Staff Survey Action Plan", Kind::Plan),
        ("Board Assurance Framework Q2", Kind::Register),
        ("Corporate Risk Register as at 30 September 2026", Kind::Register),
        ("Public Board rolling action log", Kind::Register),
        ("Summary of Actions from the Board meeting on 28 May 2026", Kind::Register),
        ("Freedom to Speak Up: Raising Concerns Policy", Kind::Policy),
        ("Duty of Candour Policy and Procedure", Kind::Policy),
        ("Standard operating procedure for the reporting of incidents", Kind::Procedure),
        ("Patient Safety Incident Response Plan 2026-27", Kind::Plan),
        ("Green Plan 2025-2028", Kind::Plan),
        ("Winter plan", Kind::Plan),
        ("Quality Account 2025/26", Kind::Report),
        ("Learning from Deaths: Quarter 1 report", Kind::Report),
        ("Learning from Deaths Quarterly Report", Kind::Report),
        ("Guardian of Safe Working Hours annual report", Kind::Report),
        ("Workforce Race Equality Standard annual report 2026", Kind::Report),
        ("Chair's assurance report from the Finance Committee", Kind::Report),
        ("Annual Governance Statement 2025/26", Kind::Declaration),
        ("Statement of Purpose", Kind::Other),
        ("Statement of commitment to quality improvement", Kind::Declaration),
        ("Declaration of interests form", Kind::Declaration),
        ("Register of Interests 2026/27", Kind::Register),
        ("Record keeping audit: re-audit October 2026", Kind::Audit),
        ("Clinical audit of antibiotic prescribing", Kind::Audit),
        ("Medicines management audit action plan", Kind::Plan),
        ("Clinical Audit Programme 2026/27", Kind::Plan),
        ("Staff Survey Results 2025", Kind::Survey),
        ("Residents' and relatives' survey 2026", Kind::Survey),
        ("Quality Improvement Strategy 2026-29", Kind::Strategy),
        ("Better Together: our five year strategy", Kind::Strategy),
        ("Our strategy on a page", Kind::Strategy),
        ("Agenda for the meeting of the Board of Directors in public", Kind::Agenda),
        ("Case study: shorter waits for speech therapy", Kind::CaseStudy),
        ("A resident's story", Kind::CaseStudy),
        ("Staff training matrix", Kind::TrainingRecord),
        ("Incident report form (template)", Kind::Template),
        ("The Harbour Herald, staff newsletter, May", Kind::Other),
        ("Job description: Improvement Adviser", Kind::Other),
        ("Data Protection Impact Assessment: shared care record", Kind::Report),
        ("NHS IMPACT self-assessment 2026", Kind::Report),
        ("Scheme of Reservation and Delegation", Kind::Policy),
        ("Well-led developmental review: final report", Kind::Report),
        ("Complaints and compliments log 2026", Kind::Register),
        ("Business continuity plan", Kind::Plan),
        ("Onboarding Guide for new improvement coaches", Kind::Procedure),
        ("Our allotment", Kind::Other),
        ("Action plan: infection control audit", Kind::Plan),
        ("Report: patient survey 2026", Kind::Report),
        ("Staff meeting dates 2026", Kind::Other),
        ("AQuA maturity matrix", Kind::Report),
    ];
    let sources: Vec<(String, Kind)> =
        titles.iter().map(|(title, kind)| (format!("# {title}\n\nText.\n"), *kind)).collect();
    let cases: Vec<_> = sources.iter().map(|(source, kind)| ("x.md", source.as_str(), *kind)).collect();
    check(&cases);
}

#[test]
fn file_names_help_when_titles_are_silent() {
    check(&[
        ("QC Minutes 12.09.24 - DRAFT.md", "# Quality Committee\n\nText about the day.\n", Kind::Minutes),
        ("Item 09 - BAF Q2 v3 FINAL.docx", "# Strategic risks\n\nText.\n", Kind::Register),
        ("QI_Strategy_2026.pdf", "Better every day\n\nWe want to go on.\n", Kind::Strategy),
        ("PPG-ToR.docx", "# Millbrook Surgery\n\nWho we are.\n", Kind::TermsOfReference),
        ("Copy of Action log (2).xlsx", "Harbour Trust,,\n1,call them,JP\n", Kind::Register),
        ("Board/action-tracker.csv", "ref,action,lead,due\n1,Call,JP,3 May 2026\n", Kind::Register),
        ("Enc 7a.pdf", "Our day out\n\nIt was fine.\n", Kind::Other),
    ]);
}

const ATTENDANCE: &str = "Cliffside House\n\nResidents' meeting, Tuesday 2 June 2026\n\nPresent: A Ash, B Birch, C Cole\nApologies: D Dean\n\n1. Food\nMenus were talked over.\n";

#[test]
fn structure_tells_what_no_name_says() {
    check(&[
        ("notes.txt", ATTENDANCE, Kind::Minutes),
        (
            "a.docx",
            "# Quality Forum\n\n| Attendees | A Ash (AA), B Birch (BB) |\n|---|---|\n| Apologies | C Cole |\n\nAA welcomed everyone.\n",
            Kind::Minutes,
        ),
        (
            "a.pdf",
            "Harbour NHS Foundation Trust Minutes of the Board of Directors in public Tuesday 5 May 2026 10:15 The Hall Members: A Ash B Birch In attendance: C Cole\n\n1. Welcome\n\nThe chair opened the meeting.\n",
            Kind::Minutes,
        ),
        (
            "a.docx",
            "# Board of Directors, 5 May 2026\n\n| Item | Subject | Lead | Paper | Time |\n|---|---|---|---|---|\n| 1 | Apologies for absence | Chair | Verbal | 10:00 |\n| 2 | Declarations of interest | Chair | Verbal | 10:05 |\n| 3 | Minutes of the last meeting | Chair | Enc 1 | 10:10 |\n",
            Kind::Agenda,
        ),
        (
            "a.docx",
            "# Quality and Safety Committee\n\n## 1. Purpose\n\nIt looks after quality.\n\n## 2. Membership\n\nThree directors.\n\n## 3. Quorum\n\nThree members.\n\n## 4. Frequency of meetings\n\nMonthly.\n\n## 5. Reporting\n\nTo the Board.\n",
            Kind::TermsOfReference,
        ),
        (
            "a.docx",
            "# Safeguarding adults\n\n## 1. Introduction\n\nx\n\n## 2. Purpose\n\nx\n\n## 3. Scope\n\nx\n\n## 4. Definitions\n\nx\n\n## 5. Duties and responsibilities\n\nx\n\n## 6. Monitoring compliance\n\nx\n",
            Kind::Policy,
        ),
        (
            "a.docx",
            "# Closing the building at night\n\n## Step 1\n\nLock the front door.\n\n## Step 2\n\nSwitch off the lights.\n\n## Step 3\n\nSet the alarm.\n",
            Kind::Procedure,
        ),
        (
            "a.csv",
            "Ref,Risk description,Likelihood,Consequence,Score,Controls,Risk owner\nR1,Staff leave,3,4,12,Pay,HR\nR2,Power fails,2,5,10,Generator,Estates\n",
            Kind::Register,
        ),
        (
            "a.csv",
            "Ref,Action,Lead,Due date,Status\n1,Write it,JP,1 May 2026,Open\n2,Send it,AB,2 May 2026,Open\n",
            Kind::Register,
        ),
        ("a.csv", "Month,Falls,Beds,Rate\n2026-04,3,120,2.5\n2026-05,4,120,3.3\n2026-06,2,118,1.7\n", Kind::Dataset),
        (
            "a.csv",
            "Staff name,Role,Course,Date completed,Expires\nA Ash,Carer,Fire safety,3 May 2026,3 May 2027\nB Birch,Cook,Food hygiene,1 June 2026,1 June 2029\n",
            Kind::TrainingRecord,
        ),
        (
            "a.csv",
            "Name,Moving and handling,Fire safety,Safeguarding,First aid\nA Ash,01/02/2026,03/02/2026,04/02/2026,05/02/2026\nB Birch,01/02/2026,,04/02/2026,\n",
            Kind::TrainingRecord,
        ),
        ("a.pptx", "# Better every day\n\n## What we did\n\n- talked\n", Kind::Presentation),
        ("a.pptx", "# Quality Improvement Strategy 2026-29\n\n## Aims\n\n- go on\n", Kind::Strategy),
        ("a.pptx", "# QI update for all staff\n\n## News\n\n- talked\n", Kind::Presentation),
        ("a.eml", "Please find the board report attached.\n", Kind::Email),
        (
            "mail.txt",
            "From: Ash, Anna <a.ash@example.org>\nSent: 3 May 2026 10:15\nTo: All staff\nSubject: Policy update\n\nDear all, the policy has changed.\n",
            Kind::Email,
        ),
        (
            "a.docx",
            "Dear Mrs Ash\n\nThank you for your complaint of 3 May about the report on your care.\n\nWe are sorry.\n\nYours sincerely\n\nB Birch\n",
            Kind::Letter,
        ),
        (
            "a.docx",
            "# Fit and proper persons: annual return\n\nI declare that I am of good character and that nothing has changed since last year.\n\nSigned: A Ash\n",
            Kind::Declaration,
        ),
        (
            "a.docx",
            "# What residents told us\n\nWe sent 60 questionnaires and had 42 responses, a response rate of 70%. Of those who answered, 38 respondents strongly agreed that they feel safe.\n",
            Kind::Survey,
        ),
        (
            "a.docx",
            "# Hand hygiene on Elm Ward\n\n## Criteria and standard\n\nAll staff clean hands (standard 100%).\n\n## Sample\n\n40 moments.\n\n## Results\n\nCompliance was 82% (first cycle 64%).\n\n## Re-audit\n\nIn March.\n",
            Kind::Audit,
        ),
        (
            "a.docx",
            "# Reducing falls on Elm Ward\n\n## The problem\n\nToo many falls.\n\n## Aim\n\nFewer by a third.\n\n## Change ideas and PDSA cycles\n\nWe tested huddles.\n\n## Results\n\nFrom 9 to 5 a month.\n\n## Next steps\n\nSpread.\n",
            Kind::CaseStudy,
        ),
        (
            "a.docx",
            "# Speaking up, first half of 2026/27\n\n| Report to | Board |\n|---|---|\n| Purpose of report | For assurance |\n| Executive summary | 14 concerns |\n\n## Recommendation\n\nThe Board is asked to note the paper.\n",
            Kind::Report,
        ),
        (
            "a.docx",
            "# Quality visit\n\nName of ward: ________\n\nDate of visit: ________\n\nSeen by: [insert name]\n\nWhat was good: [insert text]\n\nWhat was not: [insert text]\n\nSigned: ________\n",
            Kind::Template,
        ),
    ]);
}

#[test]
fn a_word_of_another_kind_in_the_title_does_not_mislead() {
    check(&[
        // Bodies are named after what they look after.
        ("Audit Committee minutes May.docx", "# Audit Committee\n\nPresent: A Ash\n\nApologies: none\n", Kind::Minutes),
        ("a.docx", "# Policy Lead role: job description\n\nYou will lead.\n", Kind::Other),
        // An agenda lists the minutes of the last meeting.
        (
            "Agenda 3 June.txt",
            "Quality Group\n\n1. Apologies\n2. Minutes of the last meeting\n3. Action log\n4. Any other business\n",
            Kind::Agenda,
        ),
        // A report that holds an action plan is a report.
        (
            "a.md",
            "# Infection prevention annual report\n\n## Action plan\n\n| Action | Lead | Due |\n|---|---|---|\n| Wash | JP | 3 May 2026 |\n",
            Kind::Report,
        ),
        // A policy with minutes of its approval in the control table is a policy.
        (
            "a.md",
            "# Whistleblowing Policy\n\nMinutes of approval: Board, 3 May 2026\n\n## Scope\n\nAll staff.\n",
            Kind::Policy,
        ),
    ]);
}

#[test]
fn a_page_that_states_a_commitment_is_a_declaration() {
    check(&[(
        "improvement.txt",
        "Improvement and where we stand\n\nHarbour Trust is committed to a long-term programme of improvement. Our approach to improvement follows a published six-step journey, and the chair and chief executive sponsor it.\n",
        Kind::Declaration,
    )]);
}

#[test]
fn slides_and_notes_are_told_by_more_than_a_word() {
    check(&[
        ("Induction.pptx", "# Agenda\n\n## Who we are\n\n- us\n", Kind::Presentation),
        (
            "Workshop notes.docx",
            "# Workshop: presentation of the shared record\n\nAttendees: A Ash, B Birch\n\n1. Questions were asked.\n",
            Kind::Minutes,
        ),
    ]);
}

#[test]
fn more_openings_of_homes_practices_and_trusts() {
    check(&[
        (
            "Relatives meeting 14 Sept.docx",
            "# Relatives' meeting\n\n14 September 2026, lounge\n\nAttended by: 9 relatives, manager\n\nSent apologies: Mrs Ash\n\nWe spoke about the garden.\n",
            Kind::Minutes,
        ),
        ("huddle.txt", "SAFETY HUDDLE NOTES 3 MAY 2026\n\nAttendees: JP, AB\n\n- two falls\n", Kind::Minutes),
        (
            "a.docx",
            "# Clinical Governance Committee\n\n## Constitution\n\nx\n\n## Membership and attendance\n\nx\n\n## Quoracy\n\nx\n\n## Duties\n\nx\n",
            Kind::TermsOfReference,
        ),
        ("a.docx", "# Registered manager's monthly report to the provider\n\nOccupancy 38.\n", Kind::Report),
        ("a.docx", "# Regulation 17 good governance audit, Elm House\n\nScore 88%.\n", Kind::Audit),
        ("a.docx", "# Significant event analysis: missed referral\n\nWhat happened.\n", Kind::Report),
        (
            "SEA log.xlsx",
            "Date,Event,Learning,Action,Lead,Due,Status\n1 May 2026,Missed referral,Check twice,Write a guide,JP,1 June 2026,Open\n",
            Kind::Register,
        ),
        ("a.docx", "# PPG annual report 2025/26\n\nText.\n", Kind::Report),
        ("a.docx", "# Friends and Family Test results, July 2026\n\n96% good.\n", Kind::Survey),
        ("a.docx", "# GP Patient Survey 2026: what we will do\n\nText.\n", Kind::Plan),
        ("a.docx", "# Infection prevention and control annual statement 2026\n\nText.\n", Kind::Declaration),
        ("a.docx", "# Safeguarding children policy and procedures\n\nText.\n", Kind::Policy),
        ("a.docx", "# Medication competency assessment matrix\n\nText.\n", Kind::TrainingRecord),
        ("Gifts and hospitality register.csv", "Name,Gift,Value\nA Ash,Cake,5\n", Kind::Register),
        ("a.docx", "# Memorandum of understanding between Harbour Trust and Bay Council\n\nText.\n", Kind::Other),
        ("a.docx", "# Board development programme 2026/27\n\nText.\n", Kind::Plan),
        ("a.docx", "# Improvement capability building plan (dosing)\n\nText.\n", Kind::Plan),
        (
            "a.pptx",
            "# Cutting falls on Elm Ward\n\n## Problem\n\n- falls\n\n## Aim\n\n- fewer\n\n## PDSA cycles\n\n- huddles\n\n## Results\n\n- 9 to 5\n",
            Kind::CaseStudy,
        ),
        ("a.docx", "# Integrated performance report, month 5\n\nText.\n", Kind::Report),
        ("a.docx", "# Guardian report Q2\n\nText.\n", Kind::Report),
        (
            "a.docx",
            "# Emergency preparedness, resilience and response core standards self-assessment 2026\n\nText.\n",
            Kind::Report,
        ),
        ("a.docx", "# Data Security and Protection Toolkit: annual submission report\n\nText.\n", Kind::Report),
        ("a.docx", "# Head of Internal Audit Opinion 2025/26\n\nText.\n", Kind::Report),
        ("a.docx", "# Internal audit report: risk management\n\nText.\n", Kind::Audit),
        ("a.docx", "# Equality impact assessment: visiting policy\n\nText.\n", Kind::Report),
        ("a.docx", "# Committee effectiveness review 2026\n\nText.\n", Kind::Report),
        ("a.docx", "# Sustainable travel plan\n\nText.\n", Kind::Plan),
        (
            "a.docx",
            "# Dear colleagues\n\nThe board has agreed a strategy.\n\nYours sincerely\n\nA Ash, Chief Executive\n",
            Kind::Letter,
        ),
        (
            "Q2 complaints.csv",
            "Date received,Category,Summary,Outcome,Date closed\n1 May 2026,Food,Cold,Upheld,3 May 2026\n",
            Kind::Register,
        ),
        ("projects.csv", "Project,Lead,Aim,Status\nTea round,JP,Faster,Live\n", Kind::Register),
        ("KPI.csv", "Indicator,Apr,May,Jun\nFalls,3,4,2\nUlcers,1,0,2\n", Kind::Dataset),
        (
            "a.docx",
            "# Freedom to Speak Up\n\n## Purpose of this policy\n\nx\n\n## Who this applies to\n\nx\n\n## Definitions\n\nx\n\n## Roles and responsibilities\n\nx\n\n## Monitoring\n\nx\n",
            Kind::Policy,
        ),
        ("a.docx", "# Our vision and values\n\nText.\n", Kind::Strategy),
        ("a.docx", "# Workforce plan 2026-2029\n\nText.\n", Kind::Plan),
        ("a.docx", "# Provider licence self-certification\n\nText.\n", Kind::Declaration),
        ("a.docx", "# Confirmed minutes\n\n## Quality Committee\n\nText.\n", Kind::Minutes),
        (
            "a.docx",
            "# Trust Board (public), 24 September 2026\n\n## Present\n\nA Ash\n\n## Apologies\n\nNone\n\n## 1. Report of the chief executive\n\nText.\n",
            Kind::Minutes,
        ),
        ("a.docx", "# Guide to raising concerns\n\nText.\n", Kind::Procedure),
        ("a.docx", "# Learning bulletin, June 2026\n\nText.\n", Kind::Other),
        (
            "a.docx",
            "# Reflection on a year of improvement\n\n## Executive summary\n\nx\n\n## Background\n\nx\n\n## Findings\n\nx\n\n## Next steps\n\nx\n",
            Kind::Report,
        ),
    ]);
}

#[test]
fn tables_and_templates_are_not_named_by_their_cells() {
    check(&[
        // A column "Title" heads rows; the file name says what it is.
        (
            "Policy register.csv",
            "Ref,Title,Owner,Review\n1,Risk Management Policy,CEO,May 2027\n2,Fire Policy,COO,May 2028\n",
            Kind::Register,
        ),
        (
            "Front sheet template.docx",
            "# [Title of report]\n\n| Meeting | |\n|---|---|\n| Executive summary | |\n| Recommendation | |\n",
            Kind::Template,
        ),
        (
            "QI projects.md",
            "# Projects\n\n| Project | Lead | Aim | Status |\n|--|--|--|--|\n| Tea | JP | Faster | Live |\n",
            Kind::Register,
        ),
        ("a.docx", "# Green Plan: progress in the first year\n\nText.\n", Kind::Report),
        ("a.docx", "# Patient Safety Incident Response Policy and Plan\n\nText.\n", Kind::Policy),
        (
            "NHS IMPACT self assessment - Board paper Jan 26.docx",
            "Text of a paper that says nothing of itself.\n",
            Kind::Report,
        ),
        (
            "PALS and life support dates 2026-27.csv",
            "Course,Date,Room\nPALS,3 May 2026,1\nALS,4 May 2026,2\n",
            Kind::Other,
        ),
    ]);
}

#[test]
fn the_reasons_name_the_words() {
    let found = found(
        "Whistleblowing policy v2.docx",
        "# Whistleblowing Policy\n\n## Scope\n\nAll.\n\n## Definitions\n\nx\n\n## Duties\n\nx\n\n## Training\n\nx\n",
    );
    assert_eq!(found.kind, Kind::Policy);
    assert!(found.because.starts_with("the title says \"Policy\""), "{}", found.because);
    assert!(found.because.contains("the file name says \"policy\""), "{}", found.because);
}

#[test]
fn documents_keep_the_reason() {
    let text = read("a.md", b"# Green Plan\n\nText.\n", &Limits::default()).1.unwrap();
    let document = Document::describe("a.md", Format::Md, text, &Words::embedded().unwrap());
    assert_eq!((document.kind, document.kind_because.is_empty()), (Kind::Plan, false));
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(name in ".{0,30}", source in "(?s).{0,300}") {
        if let Ok(text) = read("a.md", source.as_bytes(), &Limits::default()).1 {
            let title = facts::title(&text, &name, &WORDS);
            let found = classify(&text, &name, Format::Md, title.as_ref(), &WORDS);
            proptest::prop_assert!(!found.because.is_empty());
        }
    }
}

#[test]
fn minutes_in_plain_words_and_without_a_table_are_minutes() {
    let body = "Harrow Lane Surgery patient panel\n\nWe met on 3 March 2026 in the waiting room.\n\n\
        Who came: Jo Pell in the chair, Ann Ross, Ted Lowe. Absent: Mary Finch.\n\n\
        The notes of the last meeting were accepted as a correct record.\n\n\
        Ann asked why the phones close at noon. Jo explained that two people are off. It was agreed that they stay open.\n\n\
        We meet next on 2 June 2026.";
    check(&[("panel 3 March.txt", body, Kind::Minutes)]);
}

#[test]
fn a_list_without_an_owner_or_a_state_is_a_dataset() {
    let stock = "Item,Ward,Shelf,Bought\nSheets,Ash,2,2026-01-04\nTowels,Elm,3,2026-02-11\nGowns,Oak,1,2026-03-09\n";
    let log = "Ref,What happened,Reported by,Action taken,Status\nA1,Slip in hall,J Pell,Mat moved,Closed\nA2,Late dose,A Ross,Round split,Open\n";
    check(&[("linen.csv", stock, Kind::Dataset), ("what happened.csv", log, Kind::Register)]);
}

#[test]
fn a_document_that_says_nothing_of_itself_has_the_kind_of_its_folder() {
    let body = "Syringe pumps\n\nCheck the pump before use. Keep it charged. Tell the nurse in charge of any fault.";
    check(&[
        ("Clinical/SOPs/Syringe pumps.txt", body, Kind::Procedure),
        ("Clinical/Syringe pumps.txt", body, Kind::Other),
    ]);
}
