//! Forty control blocks in the manner of organisations other than those of the other tests, written with the facts that a
//! person would take from each before anybody looked at how they would be read. All names are invented.

use super::blocks::check;

#[test]
fn front_pages_of_policies() {
    check(&[
        (
            "lead and sponsor.md",
            "# Being Open Policy\n\n| Author: | Ruth Askey, Patient Safety Manager |\n|---|---|\n| Executive Lead: | Medical Director |\n| Document type: | Policy |\n| Reference no.: | GOV 14 |\n| Version no.: | 5 |\n| Approving committee/group: | Quality Governance Group |\n| Date approved: | 21 January 2026 |\n| Ratified by: | Quality Committee, 18 February 2026 |\n| Effective from: | 1 March 2026 |\n| Review due: | 1 March 2029 |\n",
            "title=Being Open Policy ; owner=Medical Director ; version=5 ; by=Quality Committee ; date=2026-03-01 ; review=2029-03-01",
        ),
        (
            "question labels.md",
            "# Handling Difficult Conversations: Staff Guide\n\n| Who wrote this? | Organisational Development Team |\n|---|---|\n| Who is responsible for it? | Director of Workforce |\n| Who agreed it? | People and Culture Committee |\n| When was it agreed? | 9 June 2026 |\n| When will it be looked at again? | June 2028 |\n| Which version is this? | 2 |\n",
            "owner=Director of Workforce ; by=People and Culture Committee ; on=2026-06-09 ; review=2028-06-01 ; version=2",
        ),
        (
            "stacked.txt",
            "MEDICAL DEVICES POLICY\n\nVersion:\n7.2\n\nRatified by:\nMedical Devices and Equipment Committee\n\nDate ratified:\n12 November 2025\n\nJob title of originator/author:\nMedical Devices Safety Officer\n\nName of responsible committee/individual:\nChief Nursing Officer\n\nDate issued:\n20 November 2025\n\nReview date:\nNovember 2028\n",
            "version=7.2 ; by=Medical Devices and Equipment Committee ; on=2025-11-12 ; date=2025-11-12 ; review=2028-11-01",
        ),
        (
            "extended in cell.md",
            "# Chaperoning Policy\n\n| Policy Lead | Deputy Chief Nurse |\n|---|---|\n| Version | 4.3 |\n| Review date | March 2026, extended to September 2026 by Policy Group |\n",
            "owner=Deputy Chief Nurse ; version=4.3 ; review=2026-09-01",
        ),
        (
            "extension row.md",
            "# Interpreting and Translation Policy\n\n| Document owner | Head of Patient Experience |\n|---|---|\n| Approved | 4 May 2023, Clinical Policies Group |\n| Review date | 4 May 2026 (extension agreed to 4 November 2026) |\n| Version | V3 |\n",
            "owner=Head of Patient Experience ; by=Clinical Policies Group ; on=2023-05-04 ; review=2026-11-04 ; version=3",
        ),
        (
            "person with role and mail.txt",
            "Waste Management Procedure\n\nProcedure owner: Colm Farragher (Head of Facilities) colm.farragher@example.org\nIssue No: 03\nIssued: 14/08/2026\nTo be reviewed: 08/2028\nAuthorised: Director of Estates, 11/08/2026\n",
            "title=Waste Management Procedure ; owner=Colm Farragher (Head of Facilities) ; version=03 ; date=2026-08-14 ; review=2028-08-01",
        ),
        (
            "sentence block.txt",
            "Lone Worker Policy\n\nThis policy is owned by the Head of Health and Safety. It was approved by the Health and Safety Committee on 6 March 2026 and will next be reviewed in March 2028. This is version 3.1.\n\n1. Introduction\n\nText.\n",
            "owner=Head of Health and Safety ; by=Health and Safety Committee ; on=2026-03-06 ; review=2028-03-01 ; version=3.1",
        ),
        (
            "back page.txt",
            "Recruitment Policy\n\n1. Purpose\n\nWe recruit people fairly and safely.\n\n2. Scope\n\nAll staff.\n\n3. Duties\n\nManagers follow the steps below.\n\nDocument control\n\nPolicy title: Recruitment Policy\nPolicy author: HR Business Partner\nAccountable director: Chief People Officer\nApproved by: Executive Management Team\nApproval date: 2 February 2026\nVersion: 2.0\nNext review: 2 February 2029\n",
            "title=Recruitment Policy ; owner=Chief People Officer ; by=Executive Management Team ; on=2026-02-02 ; date=2026-02-02 ; version=2.0 ; review=2029-02-02",
        ),
        (
            "history says.md",
            "# Standing Financial Instructions\n\n## Version control\n\n| Ver | Date | Changed by | What changed | Approved by |\n|---|---|---|---|---|\n| 1.0 | 12.03.2021 | P Noakes | First issue | Board |\n| 1.1 | 04.05.2023 | P Noakes | Limits raised | Audit Committee |\n| 2.0 | 26.03.2026 | T Achebe | Full rewrite | Board |\n",
            "title=Standing Financial Instructions ; version=2.0 ; date=2026-03-26 ; by=Board",
        ),
        (
            "ticked status.txt",
            "Policy on Gifts and Hospitality\n\nStatus: ☐ Draft ☐ Consultation ☒ Ratified\nLead: Company Secretary\nV1.3\n",
            "status=approved ; owner=Company Secretary ; version=1.3",
        ),
        (
            "unsigned.txt",
            "Moving and Handling Policy\n\nVersion 2\nWritten by: Training Lead\n\nApproved by (signature): ______________  Date: __________\nName: ______________\n",
            "version=2 ; owner=Training Lead ; by= ; on= ; status=",
        ),
        (
            "awaiting.md",
            "# Freedom of Information Policy\n\n| Status | Draft for consultation until 30 November 2026 |\n|---|---|\n| Ratified by | Awaiting ratification |\n| Lead | Data Protection Officer |\n| Version | 0.7 |\n",
            "status=draft ; by= ; owner=Data Protection Officer ; version=0.7",
        ),
    ]);
}

#[test]
fn smaller_providers() {
    check(&[
        (
            "care home sheet.md",
            "# Oakfold House\n\n## Falls Prevention Policy\n\n| Policy No: 31 | Issue date: 09.01.2026 |\n|---|---|\n| Responsible person: Registered Manager | Review date: 09.01.2027 |\n| Approved by: Nominated Individual | Version: 4 |\n",
            "title=Falls Prevention Policy ; date=2026-01-09 ; owner=Registered Manager ; review=2027-01-09 ; by=Nominated Individual ; version=4",
        ),
        (
            "review log.md",
            "# Medication Policy\n\nWritten by Amira Solheim, Registered Manager\n\n| Date reviewed | Reviewed by | Changes |\n|---|---|---|\n| 3 March 2024 | A Solheim | None |\n| 5 March 2025 | A Solheim | Covert medication added |\n| 2 March 2026 | A Solheim | None |\n",
            "title=Medication Policy ; owner=Amira Solheim, Registered Manager ; date=2026-03-02",
        ),
        (
            "gp footer line.txt",
            "Repeat Prescribing Protocol\n\nHow we issue repeat prescriptions.\n\n1. Requests come in.\n\n2. They are checked.\n\n3. They are signed.\n\nDoc Ref - Version: RP01 v2.2\nDate Published: 11/05/2026\nReview: 11/05/2027\nApproved by: Partners\n",
            "version=2.2 ; date=2026-05-11 ; review=2027-05-11 ; by=Partners",
        ),
        (
            "gp table.md",
            "# Significant Event Procedure\n\n| Created by | Date created | Last reviewed | Reviewed by | Next review |\n|---|---|---|---|---|\n| Dr S Kolade | 01/04/2019 | 14/04/2026 | Practice Manager | 04/2027 |\n",
            "title=Significant Event Procedure ; date=2026-04-14 ; review=2027-04-01",
        ),
        (
            "signed off.txt",
            "STATEMENT OF PURPOSE\n\nMeadow Bank Care Ltd\n\nSigned on behalf of the provider: Dora Wynne, Nominated Individual\nDate: 7th July 2026\nThis statement will be reviewed by July 2027\n",
            "date=2026-07-07 ; review=2027-07-01",
        ),
        (
            "domiciliary.txt",
            "Homeward Care\nInfection Prevention Policy\nReviewed: January 2026   Next review: January 2027   Manager: Keisha Bright\n\nWe keep people safe from infection.\n",
            "title=Infection Prevention Policy ; date=2026-01-01 ; review=2027-01-01 ; owner=Keisha Bright",
        ),
        (
            "dental.md",
            "# Complaints Handling Procedure\n\n- **Practice lead for complaints:** Rosalind Teague\n- **Last review:** 20 Feb 2026\n- **Next review:** 20 Feb 2027\n",
            "owner=Rosalind Teague ; date=2026-02-20 ; review=2027-02-20",
        ),
        (
            "hospice.txt",
            "Trustees' Code of Conduct\n\nAdopted by the Trustees at their meeting on 3 September 2026.\nFor renewal: September 2029\nCustodian: Clerk to the Trustees\n",
            "by=Trustees ; on=2026-09-03 ; review=2029-09-01 ; owner=Clerk to the Trustees",
        ),
    ]);
}

#[test]
fn papers_and_reports() {
    check(&[
        (
            "cover.md",
            "| Report to: | Board of Directors (Public) |\n|---|---|\n| Date: | 30 July 2026 |\n| Agenda item: | 9.2 |\n| Report title: | Safe Staffing Six-monthly Review |\n| Executive lead: | Fenella Okafor, Chief Nurse |\n| Author: | Marcus Tull, Associate Director of Nursing |\n| Previously considered by: | People Committee, 14 July 2026 |\n| Action required: | For assurance |\n",
            "title=Safe Staffing Six-monthly Review ; date=2026-07-30 ; owner=Fenella Okafor, Chief Nurse ; by= ; status=",
        ),
        (
            "four columns.md",
            "| Meeting | Finance and Performance Committee | Date | 22 September 2026 |\n|---|---|---|---|\n| Title | Capital Programme Update | Agenda No | 6 |\n| Presented by | Chief Finance Officer | Author | Head of Capital |\n| Approved by | Chief Finance Officer | Version | Final |\n",
            "title=Capital Programme Update ; date=2026-09-22 ; owner=Chief Finance Officer ; status=final",
        ),
        (
            "executive sponsor and lead.md",
            "# Project closure report: Calmer Mornings\n\n| Project lead | Ward Manager, Ashdown |\n|---|---|\n| Executive sponsor | Chief Operating Officer |\n| Report date | 17 June 2026 |\n",
            "title=Project closure report: Calmer Mornings ; date=2026-06-17",
        ),
        (
            "author line.txt",
            "Learning from Deaths: Quarter 2 Report\n\nDr Imogen Sall, Associate Medical Director for Mortality\nOctober 2026\n\n1. Introduction\n\nText.\n",
            "title=Learning from Deaths: Quarter 2 Report ; owner=Dr Imogen Sall, Associate Medical Director for Mortality ; date=2026-10-01",
        ),
        (
            "report of.txt",
            "Guardian of Safe Working Hours Annual Report 2025/26\n\nReport of: Dr Yusuf Brandt, Guardian of Safe Working Hours\nTo: Board of Directors\nMeeting of: 24 September 2026\n",
            "owner=Dr Yusuf Brandt, Guardian of Safe Working Hours ; date=2026-09-24",
        ),
        (
            "presented sentence.txt",
            "Annual Health and Safety Report 2025/26\n\nPresented to the Audit Committee on 12 May 2026 by Leona Price, Director of Estates. Written by the Health and Safety Manager.\n\nText follows.\n",
            "date=2026-05-12 ; owner=Leona Price, Director of Estates",
        ),
        (
            "on behalf.md",
            "# Complaints Annual Report 2025-26\n\n**Prepared by:** Nula Harte (Complaints Manager)\n**On behalf of:** Chief Nurse\n**Published:** 1 September 2026\n",
            "owner=Nula Harte (Complaints Manager) ; date=2026-09-01",
        ),
        (
            "responsible and author.md",
            "# Quality Account 2025/26\n\n| Lead Executive | Report Author | Date of Meeting | Status |\n|---|---|---|---|\n| Director of Nursing | Quality Lead | 25 June 2026 | Approved |\n",
            "owner=Director of Nursing ; date=2026-06-25 ; status=approved",
        ),
        (
            "IPR August 2026 v3.txt",
            "Integrated Performance Report\n\nData to end August 2026\nSenior Responsible Owner: Chief Operating Officer\n",
            "title=Integrated Performance Report ; owner=Chief Operating Officer ; version=3",
        ),
    ]);
}

#[test]
fn records_of_meetings() {
    check(&[
        (
            "header block.txt",
            "MINUTES OF THE QUALITY AND SAFETY COMMITTEE\nHELD ON TUESDAY 8TH SEPTEMBER 2026 AT 2.00PM VIA TEAMS\n\nPresent:\nGwen Ashby (Chair), Non-Executive Director\nTom Rourke, Chief Nurse\n\nDate of next meeting: 10 November 2026\n",
            "date=2026-09-08 ; owner=",
        ),
        (
            "Minutes.md",
            "# Minutes\n\n**Meeting:** Clinical Governance Group\n**Date:** 5 October 2026\n**Chair:** Dr Neil Farrow\n\nThe minutes of 7 September 2026 were approved.\n",
            "title=Clinical Governance Group Minutes ; date=2026-10-05 ; owner= ; by= ; status=",
        ),
        (
            "confirmed.txt",
            "Patient Participation Group\nNotes of the meeting held on Thursday 2 July 2026\n\nPresent: six members.\n\n1. Welcome\n\nText.\n\nThese notes were agreed as a correct record at the meeting on 1 October 2026.\n",
            "date=2026-07-02",
        ),
        (
            "unconfirmed.txt",
            "UNCONFIRMED\n\nMinutes of the Council of Governors\n17 September 2026\n\nPresent: the Chair.\n",
            "status=draft ; date=2026-09-17 ; title=Minutes of the Council of Governors",
        ),
        (
            "Agenda.txt",
            "Agenda\n\nPeople Committee\nThursday 15 October 2026, 09.30 – 12.00\nBoardroom\n\n1. Apologies\n2. Minutes of 13 August 2026\n",
            "title=People Committee Agenda ; date=2026-10-15",
        ),
    ]);
}

#[test]
fn registers_strategies_and_terms() {
    check(&[
        (
            "register.csv",
            "Corporate Risk Register,,,,\nRegister owner: Head of Risk,,,,\nLast updated: 30 September 2026,,,,\n,,,,\nID,Risk,Owner,Score,Review date\n1,Staffing,Chief Nurse,16,31/10/2026\n2,Cyber,Chief Digital Officer,20,31/12/2026\n3,Estate,Director of Estates,15,30/11/2026\n",
            "title=Corporate Risk Register ; owner=Head of Risk ; date=2026-09-30 ; review=",
        ),
        (
            "tracker.csv",
            "Improvement projects,,,\nKept by the Transformation Office. Position at 12 October 2026,,,\nProject,Lead,Start,Due\nWard rounds,J Hale,01/02/2026,01/12/2026\nDischarge,M Fern,01/03/2026,01/01/2027\n",
            "title=Improvement projects ; owner=Transformation Office ; date=2026-10-12 ; review=",
        ),
        (
            "strategy.txt",
            "People Strategy 2026–2029\n\nApproved by Trust Board: 26 March 2026\nExecutive owner: Chief People Officer\nVersion 1.0\n\nForeword\n\nText.\n",
            "title=People Strategy 2026–2029 ; by=Trust Board ; on=2026-03-26 ; owner=Chief People Officer ; version=1.0",
        ),
        (
            "terms.txt",
            "Remuneration Committee Terms of Reference\n\n1. Constitution\n\nText.\n\n2. Membership\n\nText.\n\n3. Review\n\nThese terms of reference were agreed by the Board on 30 January 2026 and will be reviewed annually.\n",
            "title=Remuneration Committee Terms of Reference ; by=Board ; on=2026-01-30",
        ),
        (
            "Green Plan_final2.md",
            "# Green Plan 2025-2028\n\n| Board lead for net zero | Director of Estates and Facilities |\n|---|---|\n| Plan author | Sustainability Manager |\n| Approved by Board | 31 July 2025 |\n| Live from | 1 August 2025 |\n| Refresh due | July 2028 |\n",
            "owner=Director of Estates and Facilities ; on=2025-07-31 ; by=Board ; date=2025-07-31 ; review=2028-07-01 ; status=final",
        ),
        (
            "one line.txt",
            "Escalation Plan | v4.1 | Issued Oct 2026 | Owner: Head of Operations | Review Oct 2027\n\nText.\n",
            "version=4.1 ; date=2026-10-01 ; owner=Head of Operations ; review=2027-10-01",
        ),
    ]);
}
