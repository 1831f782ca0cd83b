//! Header blocks in the manner of real documents, each with the facts that a person would take from it. They were written
//! before the patterns; what they name is invented.

use std::sync::LazyLock;

use crate::document::{Document, Facts, Source, Words};
use crate::read::{Format, Limits, read as read_file};
use crate::text::{Place, Role, Text};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::embedded().unwrap());

/// Reads a document as the program does.
pub(super) fn describe(name: &str, source: &str) -> Document {
    let (format, text) = read_file(name, source.as_bytes(), &Limits::default());
    Document::describe(name, format, text.unwrap(), &WORDS)
}

/// A document of blocks as the readers of Word and PDF files make them.
fn built(blocks: &[(Role, &str)]) -> Facts {
    let mut builder = Text::builder();
    for (at, (role, words)) in blocks.iter().enumerate() {
        builder.push(*role, Place::at_paragraph(at as u32 + 1), words);
    }
    Document::describe("Document.docx", Format::Docx, builder.finish(), &WORDS).facts
}

#[test]
fn headers_and_footers_count_last() {
    let facts = built(&[
        (Role::Header, "Harbour Hospitals NHS Foundation Trust"),
        (Role::Title, "Harbour Hospitals NHS Foundation Trust"),
        (Role::Paragraph, "Management of Falls Policy"),
        (Role::Heading(1), "Introduction"),
        (Role::Paragraph, "People fall."),
        (Role::Footer, "Page 1 of 9"),
        (Role::Footer, "Management of Falls v2.7 Feb 2021"),
    ]);
    assert_eq!(field(&facts, "title"), "Management of Falls Policy");
    assert_eq!(field(&facts, "version"), "2.7");
    assert_eq!(field(&facts, "date"), "2021-02-01");
    assert_eq!(facts.date.unwrap().source, Source::HeaderOrFooter);

    let cell = |row, column| Role::Cell { table: 0, row, column };
    let facts = built(&[
        (Role::Title, "Transport Policy V6"),
        (cell(0, 0), "Review date"),
        (cell(0, 1), "January 2026"),
        (cell(1, 0), "Status"),
        (cell(1, 1), "Final"),
        (Role::Paragraph, "Text."),
        (Role::Footer, "Review date: April 2026 | Version: 0.1 | Date: May 2005"),
        (Role::Header, "DRAFT"),
    ]);
    assert_eq!(field(&facts, "title"), "Transport Policy");
    assert_eq!(field(&facts, "review"), "2026-01-01");
    assert_eq!(field(&facts, "version"), "6");
    assert_eq!(field(&facts, "status"), "final");

    let watermark = built(&[
        (Role::Heading(1), "Transport Policy"),
        (Role::Paragraph, "Text."),
        (Role::Header, "Transport Policy DRAFT v4"),
    ]);
    assert_eq!(field(&watermark, "status"), "draft");
    let footer =
        built(&[(Role::Heading(1), "Board meeting"), (Role::Paragraph, "Text."), (Role::Footer, "Minutes - Final")]);
    assert_eq!(field(&footer, "status"), "final");
}

/// A fact as text; an absent fact is empty.
fn field(facts: &Facts, name: &str) -> String {
    let text = |value: Option<String>| value.unwrap_or_default();
    match name {
        "title" => text(facts.title.as_ref().map(|fact| fact.value.clone())),
        "date" => text(facts.date.as_ref().map(|fact| fact.value.to_string())),
        "end" => text(facts.period_end.as_ref().map(|fact| fact.value.to_string())),
        "status" => text(facts.status.as_ref().map(|fact| fact.value.to_string())),
        "owner" => text(facts.owner.as_ref().map(|fact| fact.value.clone())),
        "by" => text(facts.approved_by.as_ref().map(|fact| fact.value.clone())),
        "on" => text(facts.approved_on.as_ref().map(|fact| fact.value.to_string())),
        "version" => text(facts.version.as_ref().map(|fact| fact.value.clone())),
        "review" => text(facts.review_due.as_ref().map(|fact| fact.value.to_string())),
        other => panic!("no field {other}"),
    }
}

/// Checks every `field=value` of a list parted by ` ; `; all failures are told at once.
pub(super) fn check(cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (name, source, expected) in cases {
        let facts = describe(name, source).facts;
        for one in expected.split(" ; ") {
            let (key, value) = one.split_once('=').unwrap();
            let got = field(&facts, key);
            if got != value {
                wrong.push(format!("{name}: {key} is \"{got}\", not \"{value}\""));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn policies_and_strategies() {
    check(&[
        (
            "hospital policy.md",
            "# Harbour Hospitals NHS Foundation Trust\n\n# Management of Risk Policy\n\n| | |\n|---|---|\n| Reference Number | HH-041 |\n| Version: | 6 |\n| Status | Current |\n| Executive Lead(s) Name and Job Title | Ann Moor, Trust Secretary |\n| Author(s) Name and Job Title | Tim Lowe, Assurance Manager |\n| Approval Body | Executive Group |\n| Date Approved | 11/01/2025 |\n| Ratified by | Board of Directors |\n| Date Ratified | tbc |\n| Date Issued | tbc |\n| Review Date | tbc |\n",
            "title=Management of Risk Policy ; version=6 ; status=final ; owner=Ann Moor, Trust Secretary ; by=Board of Directors ; on=2025-01-11 ; date=2025-01-11 ; review=",
        ),
        (
            "policy details.txt",
            "Policy Details\n\nDownload: PDF version\nCompiled by: Gil Abbot, Head of Regulation\nRatified by: Trust Executive Committee\nDate Ratified: May 2024\nDate Issued: June 2024\nReview Date: December 2026\nTarget Audience: All staff\nContact name: Gil Abbot, Head of Regulation\n",
            "owner=Gil Abbot, Head of Regulation ; by=Trust Executive Committee ; on=2024-05-01 ; date=2024-05-01 ; review=2026-12-01",
        ),
        (
            "trust-wide.txt",
            "TRUST-WIDE NON-CLINICAL POLICY DOCUMENT\n\nHandling of Complaints Policy\n\nDate Ratified: February 2025\nNext Review Date (by): Interim Review August 2027\nVersion Number: 2025 Version 1\n",
            "version=1 ; on=2025-02-01 ; review=2027-08-01",
        ),
        (
            "one row four cells.md",
            "# Lone Working Procedure\n\n| Version No. | 4.0 | Issue Date | 1st September 2025 |\n|---|---|---|---|\n| Policy Owner | Director of Governance | Approving Body | Corporate Governance Group 10th September 2025 |\n| Policy Valid from date | 1st September 2025 | Policy Valid to date: | 30th September 2028 |\n",
            "title=Lone Working Procedure ; version=4.0 ; owner=Director of Governance ; by=Corporate Governance Group ; on=2025-09-10 ; date=2025-09-01 ; review=2028-09-30",
        ),
        (
            "header row.md",
            "# Visitors Policy\n\n| Version | Approved by | Date approved | Next review |\n|---|---|---|---|\n| 3.2 | Quality Committee | 14.05.25 | May 2028 |\n",
            "version=3.2 ; by=Quality Committee ; on=2025-05-14 ; review=2028-05-01",
        ),
        (
            "care home.txt",
            "Willow Lodge Residential Care Home\n\nSafeguarding Adults Policy\n\nPolicy number: 12\nRegistered Manager: Joy Penn\nDate of issue: 03/02/2026\nNext review due: 03/02/2027\nSigned: J Penn\n",
            "title=Safeguarding Adults Policy ; owner=Joy Penn ; date=2026-02-03 ; review=2027-02-03",
        ),
        (
            "gp.txt",
            "Mill Lane Surgery\n\nChaperone Policy\n\nVersion: 1.1\nDate published: Sept 2025\nReviewed but unchanged: May 2026\nNext review date: May 2027\nApproved by: Dr P Ross and partners\nLead: Practice Manager\n",
            "title=Chaperone Policy ; version=1.1 ; date=2025-09-01 ; review=2027-05-01 ; by=Dr P Ross and partners ; owner=Practice Manager",
        ),
        (
            "pipes.txt",
            "Speaking Up Policy\n\nVersion: 2.1 | Date: 3 May 2025 | Owner: Head of People\n",
            "title=Speaking Up Policy ; version=2.1 ; date=2025-05-03 ; owner=Head of People",
        ),
        (
            "run together.txt",
            "Infection Control Policy\n\nVersion: 2.1 Date: 3 May 2025 Owner: Head of Nursing Review date: May 2027\n",
            "version=2.1 ; date=2025-05-03 ; owner=Head of Nursing ; review=2027-05-01",
        ),
        (
            "no colons.txt",
            "Consent Policy\n\nDocument owner Chief Nurse\nVersion 2.4\nDate approved 5 March 2025\nReview date January 2027 (unless requirements change)\n",
            "version=2.4 ; on=2025-03-05 ; review=2027-01-01 ; owner=Chief Nurse",
        ),
        (
            "tabs.txt",
            "Title\tHydration Policy\nOwner\tHead of Catering\nVersion\t2.1\nDate\t3 May 2025\nStatus\tApproved\nReview date\tMay 2027\n\nTitle page text follows here.\n",
            "title=Hydration Policy ; owner=Head of Catering ; version=2.1 ; date=2025-05-03 ; status=approved ; review=2027-05-01",
        ),
        (
            "prose labels.txt",
            "Hydration Policy\n\nOwner occupiers may apply.\nLead times are long.\n\nContact with families is kept.\n",
            "owner= ; title=Hydration Policy",
        ),
        (
            "label lines.txt",
            "Duty of Candour Policy\n\nPolicy owner\n\nMedical Director\n\nReview date:\n\n12 March 2028\n\nRatified by\n\nQuality and Safety Committee\n",
            "owner=Medical Director ; review=2028-03-12 ; by=Quality and Safety Committee",
        ),
        (
            "bold.md",
            "# Staff Wellbeing Plan\n\n**Owner:** Head of People\n\n**Date:** 4 June 2026\n\n**Review date:** 4 June 2027\n\n**Version:** 1.0\n",
            "title=Staff Wellbeing Plan ; owner=Head of People ; date=2026-06-04 ; review=2027-06-04 ; version=1.0",
        ),
        (
            "bold outside.md",
            "# Falls Plan\n\n**Owner**: Lead Nurse  \n**Last updated**: 4 June 2026  \n**Next review**: June 2027\n",
            "owner=Lead Nurse ; date=2026-06-04 ; review=2027-06-01",
        ),
        (
            "one cell.md",
            "# Transport Policy\n\n| Document Title: Transport Policy | Reference: T9 |\n|---|---|\n| Lead Director: Director of Estates | Version: 3 |\n| Ratified by: Trust Board | Date ratified: 2 July 2025 |\n",
            "title=Transport Policy ; owner=Director of Estates ; version=3 ; by=Trust Board ; on=2025-07-02",
        ),
        (
            "front matter.md",
            "---\ntitle: Learning from Deaths Policy\nowner: Medical Director\nversion: 2.0\nstatus: approved\nlast_reviewed: 2026-01-10\nreview_date: 2027-01-10\n---\n\n# Learning from Deaths\n\nText.\n",
            "title=Learning from Deaths Policy ; owner=Medical Director ; version=2.0 ; status=approved ; date=2026-01-10 ; review=2027-01-10",
        ),
        (
            "sentence.txt",
            "Harbour Hospitals NHS Trust\n\nQuality Strategy 2024-27\n\nThis strategy was approved by the Board of Directors in May 2024. It builds on the last one.\n",
            "title=Quality Strategy 2024-27 ; by=Board of Directors ; on=2024-05-01 ; date=2024-05-01 ; end=2027-12-31",
        ),
        (
            "first line.txt",
            "Approved by the Trust Board on 30 March 2025\n\nCommunications Strategy\n\nText of the strategy.\n",
            "title=Communications Strategy ; by=Trust Board ; on=2025-03-30",
        ),
        (
            "prose.txt",
            "Leave Policy\n\nAll requests for leave must be approved by the Head of Department by 1 May 2025 at the latest.\n",
            "by= ; on=",
        ),
        (
            "valid.md",
            "# Uniform Policy V3.0\n\n| Responsible Committee | Workforce Committee |\n|---|---|\n| Name of responsible (ratifying) committee | Workforce Committee |\n| Date ratified | 1 July 2025 |\n| Document Manager (job title) | Head of HR |\n| Date issued | 4 July 2025 |\n| Expiry Date | 1 July 2028 |\n",
            "title=Uniform Policy ; version=3.0 ; owner=Head of HR ; by=Workforce Committee ; on=2025-07-01 ; date=2025-07-01 ; review=2028-07-01",
        ),
        (
            "sponsor.md",
            "# Records Policy\n\n| CONTROLLED DOCUMENT | |\n|---|---|\n| Controlled Document Number: | 77 |\n| Version Number: | 7 |\n| Controlled Document Sponsor: | Director of Finance |\n| Controlled Document Lead: | Records Manager |\n| Approved By: | Chief Executive's Group |\n| On: | October 2025 |\n| Review Date: | October 2028 |\n",
            "version=7 ; owner=Director of Finance ; by=Chief Executive's Group ; on=2025-10-01 ; review=2028-10-01",
        ),
        (
            "in months.txt",
            "Medicines Policy\n\nDate approved: 10 January 2026\nApproved by: Medicines Group\nNext planned review: in 12 months\n",
            "on=2026-01-10 ; review=2027-01-10",
        ),
        (
            "Dignity Policy v2 FINAL.txt",
            "Dignity Policy\n\nWe treat people with dignity.\n",
            "title=Dignity Policy ; version=2 ; status=final",
        ),
        (
            "placeholders.txt",
            "Nutrition Policy\n\nOwner: [insert name]\nVersion: X.X\nDate approved: dd/mm/yyyy\nApproved by: To be confirmed\nReview date: xx/xx/20xx\nStatus: Choose an item\n",
            "owner= ; version= ; on= ; by= ; review= ; date= ; status=",
        ),
        (
            "more placeholders.txt",
            "Nutrition Policy\n\nPolicy owner: TBC\nAuthor: <name>\nDate: Click or tap to enter a date.\nRatified by: N/A - new policy\nNext review: ____________\nLead: ...\n",
            "owner= ; date= ; by= ; review=",
        ),
        (
            "signature.txt",
            "Statement of Purpose\n\nOwner: Registered Manager\n\nSigned by\n\nName: Joy Penn\nTitle: Registered Manager\nDate: 3 March 2026\n",
            "title=Statement of Purpose ; date=2026-03-03",
        ),
        (
            "new labels.md",
            "| Policy name | Bullying and Harassment Policy |\n|---|---|\n| Responsible Director (title) | Director of People |\n| Name of Author | K. Hill |\n| Name of Approving Committees/Groups | Policy Group |\n| Operational Date | 1 June 2025 |\n| Document Review Date | 1 June 2028 |\n| Issue | 9. |\n",
            "title=Bullying and Harassment Policy ; owner=Director of People ; by=Policy Group ; date=2025-06-01 ; review=2028-06-01 ; version=9",
        ),
    ]);
}

#[test]
fn change_logs_and_contradictions() {
    check(&[
        (
            "history oldest first.md",
            "# Escalation Policy\n\n| Version | Date | Author | Reason for change |\n|---|---|---|---|\n| 1.0 | 3 May 2022 | A Hope | First issue |\n| 1.1 | 4 June 2023 | A Hope | Draft for comment |\n| 2.0 | 9 July 2025 | B Cole | Approved by the Board |\n",
            "version=2.0 ; date=2025-07-09 ; status=approved",
        ),
        (
            "history newest first.md",
            "# Escalation Policy\n\n| Version No. | Date | Brief summary of changes |\n|---|---|---|\n| 10 | 9 July 2025 | Full review |\n| 9 | 4 June 2023 | Small edits |\n",
            "version=10 ; date=2025-07-09",
        ),
        (
            "history and table.md",
            "# Escalation Policy\n\n| Version | 3 |\n|---|---|\n| Owner | Chief Operating Officer |\n| Date approved | 12 July 2025 |\n| Review date | July 2028 |\n\n## Amendments history\n\n| Version | Date issued | Author | Status |\n|---|---|---|---|\n| 1 | 1 May 2019 | A Hope | Draft |\n| 2 | 1 May 2022 | A Hope | Superseded |\n| 3 | 14 July 2025 | B Cole | Final |\n",
            "version=3 ; owner=Chief Operating Officer ; on=2025-07-12 ; date=2025-07-12 ; review=2028-07-01",
        ),
        (
            "several in a cell.md",
            "# Access Policy\n\n| Version | v3.0, 10/07/2024 v3.1, 08/07/2025 |\n|---|---|\n| Owner | Head of IT |\n",
            "version=3.1",
        ),
        (
            "twice.txt",
            "Transfer Policy\n\nReview date: January 2027\nOwner: Chief Nurse\n\nText.\n\nReview date: April 2028\nOwner: Nobody\n",
            "review=2027-01-01 ; owner=Chief Nurse",
        ),
        (
            "list of policies.md",
            "# Policy register\n\n| Policy title | Owner | Version | Review date |\n|---|---|---|---|\n| Fire Policy | Head of Estates | 2 | 1 May 2027 |\n| Leave Policy | Head of HR | 4 | 1 June 2026 |\n",
            "title=Policy register ; owner= ; version= ; review=",
        ),
    ]);
}

#[test]
fn meetings_and_cover_papers() {
    check(&[
        (
            "cover.md",
            "| Report to | Trust Board |\n|---|---|\n| Date of Meeting | 24 September 2026 |\n| Agenda item | 8iii |\n| Report Title | Freedom to Speak Up Guardian's Annual Report |\n| Author | Ola Finch, Guardian |\n| Executive Lead | Chief People Officer |\n| Purpose | Assurance |\n| Previously considered by | People Committee 3 September 2026 |\n",
            "title=Freedom to Speak Up Guardian's Annual Report ; date=2026-09-24 ; owner=Chief People Officer",
        ),
        (
            "cover lines.txt",
            "Harbour Hospitals NHS Foundation Trust\nAgenda Item 7\nEnclosure: 7a\n\nTITLE OF REPORT: Board Assurance Framework Quarter 2\nDATE OF MEETING: Thursday 24 September 2026\nREPORT FOR: Decision\nPREPARED BY: Company Secretary\nPRESENTED BY: Chief Executive\nCONTACT OFFICER: Company Secretary\n",
            "title=Board Assurance Framework Quarter 2 ; date=2026-09-24 ; owner=Chief Executive",
        ),
        (
            "header row cover.md",
            "# Board paper\n\n| Title | Date | Author | Sponsor |\n|---|---|---|---|\n| Staff Survey Results | 3 May 2026 | B Shaw | Director of People |\n",
            "title=Staff Survey Results ; owner=Director of People ; date=2026-05-03",
        ),
        (
            "minutes.txt",
            "CONFIRMED\n\nMinutes of the Quality Committee held on Tuesday 22 nd May 2026 at 10:15 - 12:30\n\nPresent: A Hope (AH) Chair\n\n1. Minutes of the last meeting held on 17 March 2026 were approved by the Committee as a correct record.\n\nDate and time of next meeting: 17 July 2026\n",
            "title=Minutes of the Quality Committee held on Tuesday 22 nd May 2026 ; date=2026-05-22 ; status=approved ; by=",
        ),
        (
            "QC Minutes 12.09.24 - DRAFT.txt",
            "Quality Committee\n\nMinutes\n\nPresent: A Hope\nApologies: B Cole\n",
            "title=Quality Committee Minutes ; date=2024-09-12 ; status=draft",
        ),
        (
            "minutes table.md",
            "# Practice meeting minutes\n\n| Date: | 13/11/2025 | Time: | 13:00 hrs |\n|---|---|---|---|\n| Chair: | Dr Lee | Minute taker: | S Ames |\n\n| Date | Action | Owner | Status |\n|---|---|---|---|\n| 10/09/2025 | Order chairs | S Ames | Complete |\n",
            "title=Practice meeting minutes ; date=2025-11-13 ; owner= ; status=",
        ),
        (
            "minutes prose.txt",
            "Minutes of the Board meeting held on 4 February 2026\n\nPresent: Chair\n\nThe draft strategy was discussed. Members liked the draft.\n\nDRAFT TERMS OF REFERENCE\n\nThe committee meets monthly.\n",
            "date=2026-02-04 ; status=",
        ),
        (
            "agenda.txt",
            "Agenda for the Trust Board, Thursday 28 May 2026\n\n1. Welcome\n2. Draft minutes of the meeting of 26 March 2026\n3. Action log\n",
            "date=2026-05-28 ; status=",
        ),
        (
            "paper numbers.txt",
            "Paper 16/9/12\n\nEnclosure: 7a\nMinute ref: PUB25/11/2.1\n\nReport on Falls\n\nGateway 12/05/14/x\n\nPrepared by: Falls Lead\n",
            "title=Report on Falls ; date= ; owner=Falls Lead",
        ),
        (
            "broken title.txt",
            "Technical Conformance\nTesting Guidance\nHarbour Record Service\nV0.8 Published July 2025\n\nTechnical Conformance Testing Guidance\n\nContents\n",
            "title=Technical Conformance Testing Guidance ; version=0.8 ; status=final ; date=2025-07-01",
        ),
        (
            "slides.txt",
            "An Introduction to Safer Care\nfor commissioners\nWednesday 14th September 2025\npresented by Glenn Hart,\nProgramme Manager\n",
            "date=2025-09-14 ; title=An Introduction to Safer Care",
        ),
        (
            "tor.txt",
            "Quality Committee\n\nTerms of Reference\n\nApproved: 12 May 2026\nReview: May 2027\n",
            "title=Quality Committee Terms of Reference ; on=2026-05-12 ; review=2027-05-01",
        ),
        (
            "tor final.txt",
            "Final - Terms of Reference - Final\n\nAudit Committee\n\nDate adopted: 1 April 2026\nVersion: 4\n",
            "status=final ; on=2026-04-01 ; version=4",
        ),
        ("year given above.txt", "Team meeting notes 2026\n\nDate: 30 Sept\nPresent: all\n", "date=2026-09-30"),
    ]);
}

#[test]
fn reports_logs_and_workbooks() {
    check(&[
        (
            "cover of a guide.md",
            "| Document filename: | Pathway Model Use Cases | | |\n|---|---|---|---|\n| Programme | Pathways | Project | Pathways |\n| Project Manager | Rick Hall | Status | Published |\n| Owner | | Version | 0.5 |\n| Author | Jo Barr | Version issue date | 17/05/2025 |\n\nRevision history\n\n| Version | Date | Author | Summary of changes |\n|---|---|---|---|\n| 0.4 | 9/5/25 | Jo Barr | Edits |\n| 0.5 | 16/5/25 | Jo Barr | Edits |\n\n| Name | Role | Date | Version |\n|---|---|---|---|\n| Al Fry | Reviewer | 1/6/25 | 0.9 |\n",
            "title=Pathway Model Use Cases ; status=final ; owner=Rick Hall ; version=0.5 ; date=2025-05-17",
        ),
        (
            "Action log.csv",
            "Board action log,,,\nUpdated,12/05/2026,,\nRef,Action,Lead,Status\n1,Write plan,Head of Quality,Closed\n",
            "title=Board action log ; date=2026-05-12 ; owner= ; status=",
        ),
        (
            "Risk register.csv",
            "Ref,Description,Owner,Date of review,Status\nR1,Staffing,Chief Nurse,01/09/2026,Open\n",
            "title=Risk register ; owner= ; date= ; review=",
        ),
        (
            "BAF.csv",
            "Board Assurance Framework Q2 2025/26,,\nRef,Principal risk,Score\nSR1,If we cannot recruit,16\n",
            "title=Board Assurance Framework Q2 2025/26 ; end=2025-09-30 ; date=2025-09-30",
        ),
        (
            "report.txt",
            "Page 1\n\nHarbour Hospitals NHS Foundation Trust\n\nIntegrated Performance Report\n\nMonth 7 2025/26\n\nReport from: Director of Performance\n",
            "title=Integrated Performance Report ; owner=Director of Performance",
        ),
        (
            "audit.txt",
            "Hand Hygiene Audit\n\nDate of audit: 17.7.25\nAuditor: Link Nurse\nRe-audit due: 17.1.26\nCompleted by: Link Nurse\n",
            "title=Hand Hygiene Audit ; date=2025-07-17 ; owner=Link Nurse",
        ),
        (
            "guide.txt",
            "Page 1 of 12\n\nOFFICIAL\n\nNHS Harbour Integrated Care Board\n\nA guide to quality improvement for teams\n\nContents\n\n1. Introduction\n",
            "title=A guide to quality improvement for teams",
        ),
        (
            "dash.txt",
            "Harbour Hospitals NHS Trust - Volunteering Strategy 2025/26 to 2027/28\n\nForeword\n\nText.\n",
            "title=Volunteering Strategy 2025/26 to 2027/28 ; end=2028-03-31",
        ),
        (
            "DRAFT budget v0.3.txt",
            "Budget plan\n\nSponsor: Director of Finance\nStatus (A/D): D\n",
            "title=Budget plan ; status=draft ; version=0.3 ; owner=Director of Finance",
        ),
        (
            "options.md",
            "# Sepsis Pathway\n\n| Status | Draft / Approved / Final |\n|---|---|\n| Owner | Lead Nurse |\n",
            "status= ; owner=Lead Nurse",
        ),
        (
            "ticks.md",
            "# Sepsis Pathway\n\n| Status | ☐ Draft ☒ Final |\n|---|---|\n| Lead | Quality Team |\n| Author | Joe Marsh |\n",
            "status=final ; owner=Quality Team",
        ),
        (
            "withdrawn.txt",
            "WITHDRAWN\n\nOld Visiting Policy\n\nOwner: Matron\n",
            "title=Old Visiting Policy ; status=superseded",
        ),
        (
            "contact.txt",
            "Annual Complaints Report 2024/25\n\nReport by: Complaints Manager, complaints@example.org, 01234 567890\nFurther contact\n\nPlease write to us at any time about this report and what it says.\n",
            "title=Annual Complaints Report 2024/25 ; owner=Complaints Manager ; end=2025-03-31",
        ),
    ]);
}

#[test]
fn a_control_table_at_the_end_counts() {
    let text = "Text of the policy goes on.\n\n".repeat(90);
    let source = format!(
        "# Absence Policy\n\n{text}Lead: the person on shift\n\n{text}## Document control\n\n| Owner | Head of HR |\n|---|---|\n| Review date | May 2028 |\n\nVersion: 3\n\n{text}"
    );
    let facts = describe("a.md", &source).facts;
    assert_eq!(field(&facts, "owner"), "Head of HR");
    assert_eq!(field(&facts, "review"), "2028-05-01");
    assert_eq!(field(&facts, "version"), "3");
}
