//! Control blocks in plain or unusual words, as organisations write them that have thrown the usual template away. Written
//! with what a person would take from them before anybody looked at how they would be read. All names are invented.

use super::blocks::check;

#[test]
fn owners_said_in_other_words() {
    check(&[
        (
            "accountable sentence.txt",
            "Hand Hygiene Policy\n\nThe Director of Infection Prevention and Control is accountable for this policy.\n\n1. Why\n\nText.\n",
            "owner=Director of Infection Prevention and Control",
        ),
        (
            "rests with.txt",
            "Cash Handling Procedure\n\nResponsibility for this procedure rests with the Head of Financial Services. It was last revised in August 2026.\n\nText.\n",
            "owner=Head of Financial Services ; date=2026-08-01",
        ),
        (
            "owner of this.txt",
            "Bed Management Plan\n\nThe owner of this plan is the Deputy Chief Operating Officer.\n\nText.\n",
            "owner=Deputy Chief Operating Officer",
        ),
        (
            "who is responsible for this.txt",
            "Keeping Adults Safe\n\nThe safeguarding lead at Fern Lea is Moira Strand, who is responsible for this policy. It takes effect on 2 June 2026.\n\nText.\n",
            "owner=Moira Strand ; date=2026-06-02",
        ),
        (
            "my job.md",
            "# Keeping Medicines Cold\n\n| The person to ask | Chief Pharmacist |\n|---|---|\n| Starts on | 4 May 2026 |\n| Stops on | 3 May 2029 |\n",
            "owner=Chief Pharmacist ; date=2026-05-04 ; review=2029-05-03",
        ),
        (
            "whose.md",
            "# Menopause at Work Guidance\n\n| Whose guidance is this? | Head of Wellbeing |\n|---|---|\n| Signed off | People Committee on 12 May 2026 |\n| Good until | May 2029 |\n",
            "owner=Head of Wellbeing ; by=People Committee ; on=2026-05-12 ; review=2029-05-01",
        ),
        (
            "guardian.md",
            "# Data Quality Policy\n\n| Policy guardian | Head of Information |\n|---|---|\n| Executive | Chief Digital Officer |\n| Edition | Second |\n| Waved through by | Digital Board |\n| On | 7 July 2026 |\n",
            "owner=Head of Information ; by=Digital Board ; version=2",
        ),
        (
            "names and roles.txt",
            "Complaints Report, Quarter 2\n\nLead: Bronagh Teale, Head of Patient Relations (bronagh.teale@example.org)\nData: R. Minchin\n",
            "owner=Bronagh Teale, Head of Patient Relations",
        ),
        (
            "chair is no owner.md",
            "# Notes of the Falls Group\n\n| Date | 3 September 2026 |\n|---|---|\n| Chair | Matron, Older People |\n| Notes | Ward clerk |\n",
            "owner= ; date=2026-09-03",
        ),
        (
            "caption.csv",
            "Register of interests 2026/27,,\nHeld by the Company Secretary; last checked 2 October 2026,,\nName,Interest,Declared\nA Moss,None,01/04/2026\nB Tarn,Director of X Ltd,03/04/2026\n",
            "owner=Company Secretary ; date=2026-10-02 ; title=Register of interests 2026/27",
        ),
        (
            "title row lead.csv",
            "Estates risk register,Risk lead: Head of Estates,Printed 14/09/2026,\nRef,Risk,Owner,Review date\nE1,Boiler,Engineer,01/12/2026\nE2,Roof,Surveyor,01/01/2027\n",
            "owner=Head of Estates ; date=2026-09-14 ; review=",
        ),
        (
            "nobody.txt",
            "Ward leaflet: visiting hours\n\nPlease ask the nurse in charge if you want to come at another time. The manager is happy to help.\n",
            "owner= ; by= ; version=",
        ),
    ]);
}

#[test]
fn days_and_reviews_in_other_words() {
    check(&[
        (
            "we will look.txt",
            "Our Carers Strategy\n\nAgreed by the Board in June 2026. We will look at this again in June 2029.\n\nText.\n",
            "by=Board ; on=2026-06-01 ; review=2029-06-01",
        ),
        (
            "shelf life.md",
            "# Ligature Risk Procedure\n\n| Shelf life ends | 30 September 2028 |\n|---|---|\n| Came into use | 1 October 2025 |\n| Issue | 2.4 |\n",
            "review=2028-09-30 ; date=2025-10-01 ; version=2.4",
        ),
        (
            "two extensions.txt",
            "Observation Policy\n\nReview date: 31/03/2025 extended to 30/09/2025 and again to 31/03/2026\nLead: Nurse Consultant\n",
            "review=2026-03-31 ; owner=Nurse Consultant",
        ),
        (
            "arrow.md",
            "# Tissue Viability Policy\n\n| Review by | ~~June 2025~~ June 2026 (extended) |\n|---|---|\n| Version | 2 |\n",
            "review=2026-06-01 ; version=2",
        ),
        (
            "every two years.txt",
            "Pet Policy\n\nLast reviewed: March 2026\nReview: every two years\n",
            "date=2026-03-01 ; review=2028-03-01",
        ),
        (
            "month only.txt",
            "Staff Handbook\nAutumn edition, October 2026\n\nWelcome to the practice.\n",
            "title=Staff Handbook ; date=2026-10-01",
        ),
        (
            "quarter.txt",
            "Complaints and compliments, quarter 2 of 2026/27\n\nReport of the Patient Experience Manager\n\nText.\n",
            "title=Complaints and compliments, quarter 2 of 2026/27 ; date=2026-09-30 ; owner=Patient Experience Manager",
        ),
        (
            "deadlines.txt",
            "Workforce report\n\nFor the meeting of the Board on 24 September 2026\n\nWe ask the Board to agree the plan by 31 October 2026. Next report: 28 January 2027.\n",
            "date=2026-09-24 ; review= ; by=",
        ),
        (
            "next meeting.txt",
            "Residents' forum\n\nMet on 6 August 2026 in the garden room\n\nNext: 5 November 2026\n",
            "date=2026-08-06 ; review=",
        ),
        (
            "where and when.md",
            "# Clinical Audit Group: what was said\n\n| When | Monday 7 September 2026, 10.00 |\n|---|---|\n| Where | Teams |\n| Who chaired | Dr L Amos |\n",
            "date=2026-09-07 ; owner=",
        ),
        (
            "Board minutes 260924.txt",
            "Minutes of the Board\n\nPresent: all members.\n",
            "date=2026-09-24 ; title=Minutes of the Board",
        ),
        (
            "to and from.md",
            "# Fire safety: annual statement\n\n| To | Audit and Risk Committee, 9 July 2026 |\n|---|---|\n| From | Director of Estates |\n| Written by | Fire Safety Adviser |\n",
            "date=2026-07-09 ; owner=Director of Estates ; by=",
        ),
        (
            "data as at.csv",
            "Mandatory training compliance,,,\nData as at 31 August 2026 - run 3 September 2026 by the Learning Team,,,\nWard,Fire,IG,Resus\nA,91%,88%,79%\nB,95%,97%,92%\n",
            "title=Mandatory training compliance ; date=2026-08-31",
        ),
    ]);
}

#[test]
fn approval_status_and_version_in_other_words() {
    check(&[
        (
            "yes to by.md",
            "# Our Volunteering Plan\n\n| Looked after by | Volunteer Services Manager |\n|---|---|\n| Said yes to by | Charitable Funds Committee, 11 June 2026 |\n| Number | 1.2 |\n",
            "owner=Volunteer Services Manager ; by=Charitable Funds Committee ; on=2026-06-11 ; version=1.2 ; status=approved",
        ),
        (
            "to be approved.md",
            "# Digital Strategy\n\n| To be approved by | Trust Board, 26 November 2026 |\n|---|---|\n| Written for comment by | Chief Digital Officer |\n| Version | 0.3 |\n",
            "by= ; on= ; status=draft ; version=0.3",
        ),
        (
            "recommended.txt",
            "Quality Strategy 2026-29\n\nRecommended by the Quality Committee on 3 September 2026 for approval by the Board.\n\nStatus: for approval\n",
            "by=",
        ),
        (
            "resolved.txt",
            "Scheme of Delegation\n\nThe Board of Directors approved this scheme on 30 April 2026.\n\nText.\n",
            "by=Board of Directors ; on=2026-04-30 ; status=approved",
        ),
        (
            "signature line.txt",
            "Minutes of the Practice Meeting\n\n4 June 2026\n\n1. Rota. Agreed.\n\nSigned as a correct record: ....................  Date: ..............\n",
            "status= ; by= ; date=2026-06-04",
        ),
        (
            "true record.txt",
            "Audit Committee\n\nMinutes of the meeting of 14 May 2026\n\n1. Apologies\n\nNone.\n\nThese minutes were approved as a correct record on 9 July 2026.\n",
            "status=approved ; date=2026-05-14",
        ),
        (
            "last minutes.txt",
            "Audit Committee\n\nMinutes of the meeting of 14 May 2026\n\n1. The minutes of 12 March were approved as a correct record.\n\n2. Close.\n",
            "status=",
        ),
        (
            "final dot.txt",
            "Staff Council notes\n\nFinal. Agreed by members at their August meeting.\n\nHeld 8 July 2026.\n",
            "status=final ; date=2026-07-08",
        ),
        (
            "live.md",
            "# Cyber Response Plan\n\n| State | In use |\n|---|---|\n| Release | 3.0 |\n",
            "status=final ; version=3.0",
        ),
        (
            "withdrawn.txt",
            "WITHDRAWN - do not use\n\nOxygen Prescribing Guideline v2.1\n",
            "status=superseded ; version=2.1 ; title=Oxygen Prescribing Guideline",
        ),
        (
            "replaced.md",
            "# Study Leave Policy\n\n| Version | 5 (replaces version 4 of May 2022) |\n|---|---|\n| Status | Live |\n",
            "version=5 ; status=final",
        ),
        (
            "Business_Continuity_Plan_V1.3_FINAL.txt",
            "Business Continuity Plan\n\nText of the plan that follows.\n",
            "version=1.3 ; status=final ; title=Business Continuity Plan",
        ),
        (
            "abbreviations.txt",
            "Oxygen Therapy SOP\nDoc. no. CL-07   Vers. 1.4   Appr. by: Resp. Group 3.2.26   Rev. due: Feb '28\nAuth: J. Pym, Resp. Nurse\n\nText.\n",
            "review=2028-02-01",
        ),
        (
            "consulted.md",
            "# Uniform and Dress Code\n\n| Talked over with | Joint Staff Forum |\n|---|---|\n| Went to | Executive Team 4 March 2026 |\n| Authorised | Board, 26 March 2026 |\n",
            "by=Board ; on=2026-03-26",
        ),
        (
            "combined.md",
            "# Bereavement Care Guideline\n\n| Approval group / date approved | End of Life Group, 8 January 2026 |\n|---|---|\n| Version / issue date | 3.0, 12 January 2026 |\n| Author and lead | Bereavement Nurse Specialist |\n",
            "by=End of Life Group ; on=2026-01-08 ; version=3.0 ; owner=Bereavement Nurse Specialist",
        ),
    ]);
}
