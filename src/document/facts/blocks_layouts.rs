//! Front sheets, bylines, captions and imprints in layouts that other organisations use, written with what a person would take
//! from them. All names are invented.

use super::blocks::check;

#[test]
fn who_answers_for_it_in_other_layouts() {
    check(&[
        (
            "role in small letters.md",
            "# Monthly visit\n\n| Visited by | Alun Prest, nominated individual |\n|---|---|\n| Report date | 23 October 2026 |\n",
            "owner=Alun Prest, nominated individual ; date=2026-10-23",
        ),
        (
            "several leads.txt",
            "Integrated Performance Report, month 5\n\nLed by: Sade Minns (operations), Pavel Lund (finance)\n\nWe use charts.\n",
            "owner=Sade Minns (operations), Pavel Lund (finance)",
        ),
        (
            "executive with the duty.md",
            "# Speaking up: half-year report\n\n| Guardian | Dewi Petrie |\n|---|---|\n| Executive with the duty | Bernice Hale, Chief Nurse |\n| Non-executive with the duty | Margit Storm |\n",
            "owner=Bernice Hale, Chief Nurse",
        ),
        (
            "bringing it.md",
            "# Case for capacity\n\n| Executive bringing it | Mr Faisal Qureshi, Chief Medical Officer |\n|---|---|\n| Prepared by | Harry Tord, Director of Improvement |\n",
            "owner=Mr Faisal Qureshi, Chief Medical Officer",
        ),
        (
            "net zero lead.txt",
            "Green Plan: report on year one\n\nWritten by Aurel Banks, sustainability manager. Net zero lead on the Board: Tobias Renn. Clinical lead: Dr Hester Vane, consultant anaesthetist.\n\nText follows here.\n",
            "owner=Tobias Renn",
        ),
        (
            "beside prepared by.txt",
            "Listening to patients: annual report\n\nBridie Hall, Chief Nurse. Prepared by Rowan Ask, Head of Patient Experience. Quality Committee 14 July 2026; Board 30 July 2026.\n\nText follows here.\n",
            "owner=Bridie Hall, Chief Nurse ; date=2026-07-30",
        ),
        (
            "name, role and month.txt",
            "Looking after each other: wellbeing plan\n\nYasmin Orta, HR Manager, March 2026\n\nOur survey was answered by 122 people.\n",
            "owner=Yasmin Orta, HR Manager",
        ),
        (
            "project three.txt",
            "First on time\n\nBetter Days project 3. Colette Dray, Theatre Manager. September 2026.\n\nFrom January to June the first patient was late.\n",
            "owner=Colette Dray, Theatre Manager",
        ),
        (
            "filled in by.txt",
            "Maturity matrix\n\nFilled in by: T. Pash, general manager. 14 March 2023\n\nThe department was asked to say how ready it is.\n",
            "owner=T. Pash, general manager ; date=2023-03-14",
        ),
        (
            "caption deputy.csv",
            "Accident log 2026: those looked into. Kept by the deputy; looked at by the manager each Friday,,\nDate,Place,Harm\n03/09/2026,Lounge,None\n04/09/2026,Hall,None\n",
            "owner=deputy",
        ),
        (
            "brought up to date.csv",
            "Clinical audit calendar 2026,,\n\"v5, brought up to date 02/11/2026 by T Heal, Quality and Risk Manager\",,\nAudit,Lead,Month\nVTE,C Dray,Sept\nConsent,L Farr,Oct\n",
            "owner=T Heal, Quality and Risk Manager ; date=2026-11-02 ; version=5",
        ),
        (
            "leads it.txt",
            "A fair place to work\n\nForeword\n\nWhen we began to write this strategy people were tired. Gwen Task, Director of People, leads it, and the network speaks.\n",
            "owner=Gwen Task, Director of People",
        ),
        (
            "action table.md",
            "# Speaking up\n\nText about it.\n\n| Barrier | Director | By |\n|---|---|---|\n| Time | Chief Nurse | 31 December 2026 |\n| Money | Finance | 29 January 2027 |\n",
            "owner= ; by=",
        ),
        (
            "letter.txt",
            "Curlew Hospital, Marsh Road\n\n12 August 2026\n\nDr K Vale, Orchard Surgery\n\nDear Dr Vale\n\nThank you for taking over the care of this man.\n\nWith best wishes\n\nDr Eluned March, specialty doctor\n",
            "owner=Dr Eluned March, specialty doctor",
        ),
        (
            "pen.md",
            "# Where we are going\n\n| Partners' sign-off | all four partners, away day 23 April 2026 |\n|---|---|\n| Holds the pen | Lorna Skip, practice manager |\n| Version | 2 |\n| Back on the table | April 2027 (and a glance each quarter) |\n",
            "owner=Lorna Skip, practice manager ; by=all four partners ; on=2026-04-23 ; date=2026-04-23 ; version=2 ; review=2027-04-01",
        ),
        (
            "who runs it.txt",
            "Statement of Purpose\n\nVersion 7, March 2026. Reviewed 4 March 2026 by Lorna Tapp, Registered Manager. To be looked at again March 2027 or sooner.\n\nWho we are\n\nA home for nine people.\n\nWho runs the home\n\nProvider: Beck Care Ltd. Nominated individual: Judy Fern, director, who visits every month and is on the telephone. Deputy: Kwame Asher, who has been here for years and years.\n\nWhat it costs\n\nAsk.\n\nWhere it is\n\nNear the quarry.\n",
            "owner=Lorna Tapp, Registered Manager ; date=2026-03-04 ; version=7 ; review=2027-03-01",
        ),
    ]);
}

#[test]
fn days_of_papers_in_other_layouts() {
    check(&[
        (
            "banner row.md",
            "| Board of Directors in public | 24 September 2026 | Paper 7 |\n|---|---|---|\n| Subject | Case for improvement capacity | |\n",
            "date=2026-09-24 ; title=Case for improvement capacity",
        ),
        (
            "data as at.md",
            "# Race equality: our figures\n\n| Agreed by | Board of Directors, 24 September 2026 |\n|---|---|\n| Data as at | 31 March 2026 |\n",
            "date=2026-09-24 ; on=2026-09-24",
        ),
        (
            "only data.md",
            "# Our figures\n\n| Data as at | 31 March 2026 |\n|---|---|\n| Source | Staff record |\n",
            "date=2026-03-31",
        ),
        (
            "committee then board.txt",
            "Green Plan: report on year one\n\nTaken by the Finance Committee on 15 September 2026 and the Board on 24 September 2026.\n\nText follows.\n",
            "date=2026-09-24",
        ),
        (
            "committee, then board.md",
            "# Board skills audit 2026\n\n| For | Nominations Committee 14 May 2026, then Board (private) 28 May 2026 |\n|---|---|\n| Purpose | Decision |\n",
            "date=2026-05-28",
        ),
        (
            "month and day.txt",
            "Sustainable travel plan\n\nVersion 1, September 2026. Approved by the Executive on 21 September 2026.\n\nText follows.\n",
            "date=2026-09-21 ; by=Executive ; version=1",
        ),
        (
            "beside the name.md",
            "# Monthly quality report\n\n| Month | October 2026 |\n|---|---|\n| Filled in by | Noreen Tatt, Registered Manager, 4 November 2026 |\n",
            "date=2026-11-04 ; owner=Noreen Tatt, Registered Manager",
        ),
        (
            "confirmed later.txt",
            "Part One (held in public)    CONFIRMED 24.9.26\n\nBoard of Directors\n\nNotes of the meeting on Thursday 30th July 2026, 09.45 to 12.50, Harbour Centre\n\nApologies: none.\n",
            "date=2026-07-30",
        ),
        (
            "passport.md",
            "# My hospital passport\n\n| My date of birth | 19 May 1961 |\n|---|---|\n| Filled in | 6 October 2026 |\n",
            "date=2026-10-06",
        ),
        (
            "newsletter.md",
            "# Beach Dash 2026 - the results are in!\n\n*Charitable Fund newsletter, October*\n\nMany of you ran.\n",
            "date=2026-10-01",
        ),
        (
            "refreshed.txt",
            "Winter plan\n\nIssue 2, 16 October 2026. To be refreshed each month and closed with a lessons session in April 2027; next refresh due 1 December 2026.\n\nText follows.\n",
            "date=2026-10-16 ; review=2026-12-01 ; version=2",
        ),
        (
            "talked with.txt",
            "Race equality standard: our results\n\nAgreed by the Board of Directors on 24 October 2024. Discussed with the Embrace network on 3 October 2024.\n\nText.\n",
            "date=2024-10-24 ; by=Board of Directors",
        ),
        ("readiness_280326.csv", "Response,Role,Score\n1,Nurse,4\n2,Doctor,3\n3,Admin,5\n", "date=2028-03-26"),
        (
            "last entry.csv",
            "Notifications log (kept by registered manager),,\nRef,Date of event,What\n1,14/01/2026,A\n2,03/02/2026,B\n3,22/04/2026,C\nChecked at the visit of 20/10/2026; last entry 02/11/2026,,\n",
            "date=2026-11-02 ; owner=registered manager",
        ),
        (
            "approved then issued.md",
            "# Data Quality Policy\n\n| Ratified | Finance Committee, 18/10/2022 |\n|---|---|\n| Issued | 1/11/2022 |\n| Due for review | 31/10/2025 |\n",
            "date=2022-10-18 ; review=2025-10-31",
        ),
        (
            "in force from.md",
            "# Speaking Up Policy\n\n| Adopted by | Trust Board |\n|---|---|\n| Adopted on | 28 May 2026 |\n| In force from | 1 July 2026 |\n",
            "date=2026-07-01 ; on=2026-05-28",
        ),
    ]);
}

#[test]
fn approvals_and_reviews_in_other_layouts() {
    check(&[
        (
            "adopted by the partners.txt",
            "Equality at work\n\nPolicy of the partnership. Version 3, adopted by the partners on 11 March 2026.\n\nText.\n",
            "by=partners ; version=3",
        ),
        (
            "agreed with.txt",
            "Equality at work - our plan\n\nPut together by Kwame Asher, agreed with Judy Fern. We will look at it again in April 2027.\n\nText.\n",
            "by=Judy Fern ; review=2027-04-01",
        ),
        (
            "correspondence.txt",
            "Stroke Joint Committee\n\nNotes of the meeting held on 7 October 2026 at Aldermoor\n\nAgreed by correspondence, 21 October 2026\n",
            "by= ; date=2026-10-07 ; status=approved",
        ),
        (
            "agreed one measure.txt",
            "Joint Committee\n\nMinutes of the Joint Committee held on 6 October 2026\n\n2. Young people\nAgreed: one shared measure, one list.\n",
            "by= ; title=Minutes of the Joint Committee held on 6 October 2026",
        ),
        (
            "boxes.md",
            "# Fit and proper persons\n\n| Purpose of report | Approval [ ] Discussion [ ] Assurance [x] |\n|---|---|\n| Approval | Discussion [ ] Assurance [x] |\n",
            "by=",
        ),
        (
            "look at this again.txt",
            "Keeping it going\n\nVersion 1.2, issued 20 April 2026. We look at this again in March 2027.\n\nText.\n",
            "review=2027-03-01 ; version=1.2",
        ),
        (
            "afresh.txt",
            "Close to home: our strategy\n\nLed by Caro Wist, Chief Executive. The Trustees will look at it afresh in January 2028.\n\nText.\n",
            "review=2028-01-01 ; owner=Caro Wist, Chief Executive",
        ),
        (
            "write the next.txt",
            "Our plan\n\nWe look at it every three months and write the next in March 2027.\n\nText.\n",
            "review=2027-03-01",
        ),
        (
            "both sides.txt",
            "Memorandum of Understanding\n\nDated 1 April 2023. To be reviewed by both sides by 31 March 2025.\n\nText.\n",
            "review=2025-03-31 ; date=2023-04-01",
        ),
        (
            "one page.txt",
            "Our plan on one page\n\nKept by Judy Fern. Looked at again at the meeting of 25 March 2027.\n\nText.\n",
            "review=2027-03-25 ; owner=Judy Fern",
        ),
        (
            "after three years.txt",
            "A fair place to work\n\nText.\n\nThe committee looks at the measures. We look at the whole strategy again after three years, in October 2028.\n",
            "review=2028-10-01",
        ),
        ("jobs.txt", "Notes\n\nJo goes through the tool again and looks at the rota in June.\n", "review="),
    ]);
}

#[test]
fn titles_in_other_layouts() {
    check(&[
        (
            "reviewers.md",
            "| Document filename: | Appointment Management Use Cases |\n|---|---|\n| Status | Published |\n\n## Reviewers\n\n| Reviewer name | Title / Responsibility |\n|---|---|\n| A Moss | Lead Developer |\n",
            "title=Appointment Management Use Cases ; status=final",
        ),
        (
            "following people.txt",
            "Consumer guidance\n\nApproved by\nThis document must be approved by the following people: author to indicate approvers\n",
            "by= ; title=Consumer guidance",
        ),
        (
            "name of paper.md",
            "| Name of paper | Fit and Proper Persons: how we meet the framework |\n|---|---|\n| Item | 17 |\n",
            "title=Fit and Proper Persons: how we meet the framework",
        ),
        (
            "heading.md",
            "| Meeting | Board of Directors |\n|---|---|\n| Item | 14 |\n| Heading | Annual return for 2025/26 |\n",
            "title=Annual return for 2025/26",
        ),
        (
            "code.md",
            "# Taking blood cultures\n\n| Document | LP-MIC-114 |\n|---|---|\n| Revision | 5 |\n",
            "title=Taking blood cultures ; version=5",
        ),
        (
            "letterhead.md",
            "| GRANGE NURSING HOME | MONTHLY QUALITY AND RISK REPORT |\n|---|---|\n| Month | October 2026 |\n\n## How we did\n\nText.\n",
            "title=MONTHLY QUALITY AND RISK REPORT",
        ),
        (
            "surgeries.txt",
            "Elm and Oak Surgeries\nRaising a worry at work: how to do it\nProcedure for everybody at the practice.\n",
            "title=Raising a worry at work: how to do it",
        ),
        (
            "slogan.md",
            "# Making It Better: the second year\n\n## Annual account of the programme, 1 April 2025 to 31 March 2026\n\nText follows.\n",
            "title=Annual account of the programme, 1 April 2025 to 31 March 2026",
        ),
        (
            "slogan above.md",
            "# Keeping it going and passing it on\n\n## Plan for sustaining and spreading improvement, April 2026 to March 2028\n\nText follows.\n",
            "title=Keeping it going and passing it on: Plan for sustaining and spreading improvement, April 2026 to March 2028",
        ),
        (
            "patient group.md",
            "# Elm Lane Patient Group\n\n## Notes of our meeting, Thursday 17th September 2026, 6pm, waiting room\n\n### 1. What came of last time\n\nText.\n",
            "title=Elm Lane Patient Group: Notes of our meeting, Thursday 17th September 2026 ; date=2026-09-17",
        ),
        (
            "council.md",
            "# Patient and Family Partners' Council\n\n**Thursday 15 October 2026, 5.30 pm, Garden Room**\n\n## What came of last time\n\nText.\n",
            "title=Patient and Family Partners' Council",
        ),
        (
            "exported.csv",
            "\"Exported 05/11/2026 09:12 from LearnPoint, course code QI*\",,\nCourse,Name,Attended\nIntro,A,Y\nIntro,B,N\n",
            "title=exported",
        ),
        (
            "caption.csv",
            "\"Ash House: energy, water and waste. Callum reads the meters on the 1st. Net zero lead for the home: Lorna Tapp\",,\nMonth,Gas,Water\nApr,1,2\nMay,2,3\n",
            "title=Ash House: energy, water and waste",
        ),
        (
            "shouted.txt",
            "THE BOARD ON WARD 7: which magnet means what\n\nStuck up because people keep asking.\n\nRed hand: needs help to eat.\n",
            "title=THE BOARD ON WARD 7: which magnet means what",
        ),
    ]);
}
