//! Every wording of labels that was seen in real documents, and values that say nothing.

use super::*;
use crate::document::Words;

#[test]
fn labels_are_known_however_they_are_decorated() {
    let labels = Words::embedded().unwrap().labels;
    let field = |label: &str| labels.uses(label).first().map(|one| one.0);
    for (label, expected) in [
        ("Review Date (by):", Field::ReviewDue),
        ("Document Owner (job title)", Field::Owner),
        ("Executive Lead(s) Name and Job Title", Field::Owner),
        ("Author/s", Field::Author),
        ("Author(s)", Field::Author),
        ("Policy author/ lead", Field::Owner),
        ("Strategy Owner", Field::Owner),
        ("VERSION NO.", Field::Version),
        ("last_reviewed", Field::Date),
        ("Name of responsible (ratifying) committee", Field::ApprovedBy),
        ("DATE OF MEETING", Field::MeetingDate),
        ("Name of Author", Field::Author),
        ("Board Lead(s)", Field::Owner),
        ("Document Author (title)", Field::Author),
        ("TITLE OF REPORT:", Field::Title),
        ("Approved By (Committee/Director)", Field::ApprovedBy),
        ("Date ratified", Field::ApprovalDate),
    ] {
        assert_eq!(field(label), Some(expected), "{label}");
    }
    for label in
        ["Target Audience", "Purpose", "Job title", "Report to", "Document reference", "Date of next meeting", ""]
    {
        assert_eq!(field(label), None, "{label}");
    }
}

#[test]
fn every_wording_that_was_seen_is_known() {
    let labels = Words::embedded().unwrap().labels;
    let wordings: [(Field, &[&str]); 11] = [
        (
            Field::Title,
            &[
                "Title",
                "Report Title",
                "Title of Report",
                "Title of paper",
                "TITLE OF REPORT:",
                "Document Title",
                "DOCUMENT TITLE:",
                "SUBJECT",
                "Report name",
            ],
        ),
        (Field::Version, &["Version", "Version Number", "Version No.", "Issue"]),
        (Field::Status, &["Status", "Status (A/D)", "Position Status"]),
        (
            Field::Author,
            &[
                "Author",
                "Author(s)",
                "Authors",
                "Author/s",
                "Document Author (title)",
                "Name of Author",
                "Compiled by",
                "Prepared by",
                "Report written by",
                "Report from",
                "Report by",
                "Contact name",
                "Contact for Review",
                "CONTACT OFFICER",
                "Contact Details for further information",
            ],
        ),
        (
            Field::Owner,
            &[
                "Policy author/ lead",
                "Lead Director",
                "Executive Lead",
                "Responsible Director",
                "Responsible Director (title)",
                "Lead Manager",
                "Manager responsible",
                "Document Manager (job title)",
                "Document Manager (Name & Job Title)",
                "Document Sponsor (Name & Job Title)",
                "Controlled Document Sponsor",
                "Controlled Document Lead",
                "Lead",
                "Sponsoring Executive Director",
                "Board Lead(s)",
                "Owner",
                "Project Director",
                "Accountable director",
            ],
        ),
        (
            Field::ApprovedBy,
            &[
                "Responsible Committee",
                "Responsible committee",
                "Name of responsible (ratifying) committee",
                "Name of responsible Committee",
                "Approving Body",
                "Ratification Body",
                "Name of Approving Committees/Groups",
                "Approved by",
                "Approved By",
                "Approved by (Committee/Director)",
                "Ratified by",
                "Ratified By",
            ],
        ),
        (
            Field::ApprovalDate,
            &[
                "Date Approved",
                "Approval Date",
                "Approved date",
                "Date Ratified",
                "Date ratified",
                "Date of ratification",
                "Date adopted",
                "Date Adopted",
                "Approved:",
            ],
        ),
        (
            Field::IssueDate,
            &[
                "Date issued",
                "Date of issue",
                "Date of Issue",
                "Issue Date",
                "Date issue for publication",
                "Operational Date",
                "Effective From",
                "Date published",
            ],
        ),
        (
            Field::ReviewDue,
            &[
                "Review date",
                "Review Date",
                "Next Review Date (by)",
                "Next review date",
                "Date for review",
                "Document Review Date",
                "Expiry Date",
                "Expiry date",
                "Interim Review",
                "Next planned review",
            ],
        ),
        (
            Field::MeetingDate,
            &[
                "Date of Trust Board",
                "Committee Date",
                "Meeting Date",
                "Date of Meeting",
                "DATE OF MEETING",
                "Date of Board meeting",
            ],
        ),
        (Field::Date, &["Date"]),
    ];
    for (field, wordings) in wordings {
        for wording in wordings {
            assert!(labels.uses(wording).iter().any(|one| one.0 == field), "{field:?}: {wording}");
        }
    }
    for wording in [
        "Document Reference",
        "Document ref:",
        "Policy Reference",
        "Reference Number",
        "Ref",
        "Trust Ref No",
        "UNIQUE IDENTIFIER",
        "Controlled Document Number",
        "Gateway Reference",
        "Bodies consulted",
        "Consultation Undertaken",
        "Target Audience",
        "Applies to",
        "Distribution",
        "Equality Impact Assessment",
        "Electronic location",
        "Protective Marking",
        "Meeting",
        "Meeting Name",
        "Report to",
        "REPORT FOR",
        "Meeting Chair",
        "Meeting quorate",
        "Agenda Item",
        "AGENDA ITEM NO:",
        "Enclosure",
        "Paper No",
        "Purpose",
        "Purpose of Report",
        "Key purpose",
        "Paper type",
        "Previously considered by",
        "Report History",
        "Link to Strategic Risk",
        "On the BAF.",
        "Executive Summary",
        "Summary",
        "Recommendation(s)",
        "Assurance to Board",
        "Financial Implications",
        "Attachments",
        "Supersedes",
        "Version Tracking",
        "Summary of Changes from Previous Version",
        "Date of Completion of Equality Impact Assessment",
        "Dates of consultation period",
    ] {
        assert!(labels.uses(wording).is_empty(), "{wording}");
    }
}

#[test]
fn values_that_say_nothing_are_known() {
    let labels = Words::embedded().unwrap().labels;
    for value in [
        "TBC",
        "tbc.",
        "N/A",
        "N/A - new policy",
        "[insert date]",
        "<name>",
        "dd/mm/yyyy",
        "xx/xx/20xx",
        "XX",
        "____",
        "…",
        "To be confirmed by the Board",
        "Click or tap to enter a date.",
        "Insert name",
        "",
        " - ",
    ] {
        assert!(labels.is_empty(value), "{value}");
    }
    for value in
        ["3 May 2026", "Nadia Khan", "Insertion lead", "XXVI Group", "Natalie Toms", "to be reviewed in May 2027"]
    {
        assert!(!labels.is_empty(value), "{value}");
    }
}
