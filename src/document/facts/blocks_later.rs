//! Header blocks written after the patterns, without looking at them: what failed at first was mended in the patterns.

use super::blocks::check;

#[test]
fn second_set() {
    check(&[
        (
            "practice.md",
            "# Mill Lane Surgery\n\n# Recall Policy\n\n## Document Control\n\n### A. Confidentiality Notice\n\nThis document belongs to the practice.\n\n### B. Document Details\n\n| Classification: | Internal |\n|---|---|\n| Author and Role: | Sue Ames, Practice Manager |\n| Organisation: | Mill Lane Surgery |\n| Document Reference: | RP1 |\n| Current Version Number: | 2.2 |\n| Current Document Approved By: | Dr Lee |\n| Date Approved: | 14/03/2026 |\n\n### C. Document Revision and Approval History\n\n| Version | Date | Version Created By: | Version Approved By: | Comments |\n|---|---|---|---|---|\n| 2.1 | 10/03/2024 | S Ames | Dr Roe | |\n| 2.2 | 14/03/2026 | S Ames | Dr Lee | |\n",
            "title=Recall Policy ; version=2.2 ; owner=Sue Ames, Practice Manager ; by=Dr Lee ; on=2026-03-14 ; date=2026-03-14",
        ),
        (
            "domiciliary.txt",
            "Bright Days Homecare Ltd\nRegistration Number: 1-1234567\n\nRecruitment and Selection Policy\n\n1. Purpose\n\nThe purpose of this policy is to recruit safely.\n\n9. Policy review\n\nThis policy will be reviewed each year.\n\nResponsible Person: Mrs Ada Cole\nReviewed on: 02/09/2025\nNext Review Date: 02/09/2026\nSignature: ________\n",
            "title=Recruitment and Selection Policy ; owner=Mrs Ada Cole ; date=2025-09-02 ; review=2026-09-02",
        ),
        (
            "national.txt",
            "Classification: Official\n\nPublications approval reference: PAR886\n\nInterim guidance on the\nfunctions of boards\n\nVersion 1, August 2025\n\nContents\n",
            "version=1 ; date=2025-08-01",
        ),
        (
            "board front sheet.md",
            "# Report to the Board of Directors\n\n| **Meeting date** | 26 March 2026 | **Agenda item** | 12.1 |\n|---|---|---|---|\n| **Title** | Guardian of Safe Working Hours Q3 2025/26 report | **Paper** | H |\n| **Lead director** | Dr Ian West, Medical Director | **Author(s)** | Dr Una Kaye |\n| **Purpose** | Approve ☐ Assure ☒ Note ☐ | **FOI status** | Public |\n",
            "title=Guardian of Safe Working Hours Q3 2025/26 report ; date=2026-03-26 ; owner=Dr Ian West, Medical Director ; status=",
        ),
        (
            "Item 09 - BAF Q2 v3 FINAL.txt",
            "NHS Harbour and Coast Integrated Care Board\n\nBoard Assurance Framework\n\nPosition as at 30 September 2026\n\nExecutive owner: Chief of Staff\n",
            "title=Board Assurance Framework ; version=3 ; status=final ; date=2026-09-30 ; owner=Chief of Staff",
        ),
        (
            "Copy of Action log (2).csv",
            "RESPONSIVE CARE GROUP ROLLING ACTION LOG 2026,,,,\n,,,,\nNO,PAPER,ACTION,LEAD,TARGET DATE,NEW DATE,STATUS/COMMENT\n1,QC 4,Share learning,CNO,30 Sept,,Closed\n",
            "title=RESPONSIVE CARE GROUP ROLLING ACTION LOG 2026 ; owner= ; status= ; review=",
        ),
        (
            "qi.md",
            "# Reducing falls on Cedar ward: QI project charter\n\n| Project title | Reducing falls on Cedar ward |\n|---|---|\n| Project lead | Ward Manager |\n| Sponsor | Deputy Chief Nurse |\n| Start date | 1 April 2026 |\n| Version | 0.2 draft |\n",
            "title=Reducing falls on Cedar ward ; owner=Ward Manager ; version=0.2 ; status=draft",
        ),
        (
            "letter.txt",
            "Harbour Hospitals NHS Foundation Trust\nTrust Headquarters\n\n12 May 2026\n\nDear Ms Hall\n\nRe: Well-led review feedback\n\nThank you for your letter of 1 May 2026.\n\nYours sincerely\n\nJo Marsh\nChief Executive\n",
            "title=Well-led review feedback ; date=2026-05-12 ; status=",
        ),
        (
            "minutes two.txt",
            "UNCONFIRMED\n\nMINUTES OF THE PATIENT PARTICIPATION GROUP\nHELD ON WEDNESDAY 14TH JANUARY 2026 AT 6.30PM\n\nPRESENT: Ann, Bob\n\nNext meeting: 8 April 2026\n",
            "date=2026-01-14 ; status=draft",
        ),
        (
            "minutes three.md",
            "# Staff meeting\n\n**Date and time:** Tuesday 3rd March 2026, 2pm\n**Venue:** Lounge\n**Chair:** Joy Penn, Registered Manager\n**Attendees:** seven staff\n\n| Agenda item | Discussion | Action | By whom | By when |\n|---|---|---|---|---|\n| Rota | Draft rota shared | Publish | JP | 10 March |\n\nDate of next meeting: 7 April 2026\n",
            "title=Staff meeting ; date=2026-03-03 ; status=",
        ),
        (
            "strategy.txt",
            "Our Improvement Strategy\n2025 – 2030\n\nHarbour Community Health CIC\n\nForeword\n\nWe are proud.\n\nRatified at Trust Board, 29 May 2025\n",
            "title=Our Improvement Strategy ; on=2025-05-29 ; by=Trust Board",
        ),
        (
            "annual report.txt",
            "Freedom to Speak Up\nAnnual Report 2024/25\n\nPresented by: FTSU Guardian\n\nApril 2024 to March 2025\n",
            "owner=FTSU Guardian ; date=2025-03-31",
        ),
        (
            "survey.csv",
            "Staff survey results 2025,\nQuestion,Agree\nI would recommend,61%\n",
            "title=Staff survey results 2025 ; owner= ; date=",
        ),
        (
            "training.csv",
            "Name,Role,Course,Date completed,Expiry date\nA Hope,Carer,Fire,01/02/2026,01/02/2027\nB Cole,Carer,Fire,01/02/2025,01/02/2026\n",
            "title=training ; owner= ; date= ; review=",
        ),
        (
            "one row list.csv",
            "Ref,Risk title,Risk owner,Review date\n1,Flood,Estates,1 May 2027\n",
            "title=one row list ; owner= ; review=",
        ),
        (
            "dpia.md",
            "# Data Protection Impact Assessment\n\n| Project name | Remote monitoring |\n|---|---|\n| Information Asset Owner | Chief Information Officer |\n| Assessment completed by | IG Officer |\n| Date of assessment | 6 Oct 25 |\n| Signed off by | SIRO |\n| Date | 9 Oct 25 |\n",
            "owner=Chief Information Officer ; date=2025-10-06 ; by=SIRO ; on=2025-10-09",
        ),
        (
            "equality.txt",
            "Equality objectives\n\nOwner - Head of Inclusion\nVersion – 1.4\nReviewed – May 2026\nNext review – May 2027\n",
            "owner=Head of Inclusion ; version=1.4 ; date=2026-05-01 ; review=2027-05-01",
        ),
        (
            "superseded name SUPERSEDED.txt",
            "Medicines Policy\n\nVersion 1\nApproved May 2019\n",
            "title=Medicines Policy ; status=superseded ; version=1 ; on=2019-05-01",
        ),
        (
            "wide control.md",
            "# Fire Safety Procedure\n\n| Ratifying committee | Date ratified | Version | Review date | Lead | Status |\n|---|---|---|---|---|---|\n| Estates Committee | 08/04/2025 | 5 | 04/2028 | Fire Officer | Live |\n",
            "by=Estates Committee ; on=2025-04-08 ; version=5 ; review=2028-04-01 ; owner=Fire Officer ; status=final",
        ),
        (
            "history with draft last.md",
            "# Bed Rails Policy\n\nStatus: Approved\nOwner: Falls Lead\n\n## Version history\n\n| Version | Date | Comment |\n|---|---|---|\n| 1.0 | 1 May 2023 | Approved |\n| 1.1 | 2 June 2025 | Draft for review, then approved |\n",
            "status=approved ; version=1.1 ; date=2025-06-02 ; owner=Falls Lead",
        ),
    ]);
}

#[test]
fn third_set() {
    check(&[
        (
            "short months.md",
            "# Pressure Ulcer Guideline\n\n| Guideline lead | Tissue Viability Nurse |\n|---|---|\n| Issue date | 09/24 |\n| Review date | 09/27 |\n| Approved at | Clinical Effectiveness Group |\n",
            "owner=Tissue Viability Nurse ; date=2024-09-01 ; review=2027-09-01 ; by=Clinical Effectiveness Group",
        ),
        (
            "quarter due.txt",
            "Estates Strategy 2025/26 to 2029/30\n\nSRO: Director of Estates\nNext review: Q3 2026/27\nLast updated: Aug-25\n",
            "owner=Director of Estates ; review=2026-12-31 ; date=2025-08-01 ; end=2030-03-31",
        ),
        (
            "signed off.txt",
            "Cedar House\n\nBusiness Continuity Plan\n\nCreated: January 2024\nReviewed: 4 January 2026\nNext review: January 2027\n\nSigned off by Joy Penn (Registered Manager) on 4 January 2026\n",
            "title=Business Continuity Plan ; date=2026-01-04 ; review=2027-01-01 ; by=Joy Penn (Registered Manager)",
        ),
        (
            "banner row.md",
            "| NHS Harbour Trust | | |\n|---|---|---|\n| Policy title: | Being Open Policy | |\n| Version: 4.1 | Issued: May 2025 | Review: May 2028 |\n| Lead: Head of Patient Safety | Approved: Quality Committee | |\n",
            "title=Being Open Policy ; version=4.1 ; date=2025-05-01 ; review=2028-05-01 ; owner=Head of Patient Safety ; by=Quality Committee",
        ),
        (
            "CoG mins 140126.txt",
            "Council of Governors\nMinutes of meeting\n\nIn attendance: P Ross\nApologies: none\n\n26/01 Welcome\nThe minutes of 12/11/2025 were approved.\n",
            "date=2026-01-14 ; title=Council of Governors Minutes of meeting",
        ),
        (
            "2025-11 Ward audit.csv",
            "Ward,Compliance,Comments\nElm,92%,Good\n",
            "date=2025-11-01 ; title=2025-11 Ward audit",
        ),
        (
            "risk.csv",
            "Corporate Risk Register,,,,,\nVersion,12,Owner,Head of Risk,Last updated,01/10/2026\nRef,Description,Likelihood,Impact,Owner,Review date\nR1,Staffing,4,4,Chief Nurse,01/12/2026\n",
            "title=Corporate Risk Register ; version=12 ; owner=Head of Risk ; date=2026-10-01 ; review=",
        ),
        (
            "newsletter.md",
            "# Learning Matters\n\nIssue 7, Summer 2026\n\nEdited by the safety team\n",
            "title=Learning Matters ; version=7 ; owner=",
        ),
        (
            "job title.md",
            "# Supervision record\n\n| Name | A Hope |\n|---|---|\n| Title | Senior Carer |\n| Date | 7 July 2026 |\n| Supervisor | B Cole |\n",
            "title=Supervision record ; date=2026-07-07",
        ),
        (
            "three lines.txt",
            "HARBOUR HOSPITALS NHS FOUNDATION TRUST\nBOARD OF DIRECTORS - PUBLIC\n28TH MAY 2026\n\nREPORT TITLE\nMortality Review Report Quarter 4\n\nAUTHOR\nDr Kaye, Mortality Lead\n\nEXECUTIVE LEAD\nMedical Director\n",
            "title=Mortality Review Report Quarter 4 ; owner=Medical Director ; date=2026-05-28",
        ),
        (
            "email like.txt",
            "Subject: Staff huddle learning\nFrom: Ward Manager\nSent: 3 June 2026 09:14\nTo: All staff\n\nPlease read.\n",
            "title=Staff huddle learning ; date=2026-06-03",
        ),
        (
            "statement.txt",
            "Modern Slavery Statement 2025/26\n\nThe Board approved this statement on 26 March 2026.\n",
            "title=Modern Slavery Statement 2025/26 ; on=2026-03-26 ; by=Board",
        ),
        (
            "effective.txt",
            "Standing Orders\n\nEffective from: 1 April 2026\nApproved by: Audit Committee, 3 March 2026; Trust Board, 26 March 2026\nReplaces: version 7 (May 2023)\nContact: company.secretary@example.org\n",
            "title=Standing Orders ; date=2026-04-01 ; by=Audit Committee ; owner= ; version=",
        ),
        (
            "audience.txt",
            "Health and Safety Policy\n\nTarget audience: All staff Owner: Estates Manager Version: 9.0\nDate ratified: 03.04.2026 Next review: 04.2029\n",
            "owner=Estates Manager ; version=9.0 ; on=2026-04-03 ; review=2029-04-01",
        ),
        (
            "reviewed only.txt",
            "Complaints Procedure\n\nReview date: 1 May 2024\nDate: 1 June 2025\n",
            "date=2025-06-01 ; review=",
        ),
    ]);
}
