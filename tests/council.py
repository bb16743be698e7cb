"""A fictional council's papers, written out as PDFs, and the service over them."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import FastAPI
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HEAD = ("# Wexmoor District Council",)

LEISURE_MINUTES = [
    [
        *HEAD,
        "# Leisure and Libraries Committee",
        "Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm in the Guildhall",
        "Present: Councillors Amberley (Chair), Birdwood, Cray and Dunstan",
        "# 1 Apologies for absence",
        "1.1 Apologies were received from Councillor Eastry.",
        "# 2 Opening hours of the Market Street library",
        "2.1 Officers reported that the library had 41,250 visits in the year, most of them after 3 pm.",
        "2.2 RESOLVED that the Market Street library open until 8 pm on Thursdays from 6 May 2024.",
        "2.3 Proposed by Councillor Birdwood, seconded by Councillor Cray, and carried: 3 for, 1 against.",
    ],
    [
        "# 3 Swimming lessons",
        "3.1 The committee AGREED to RECOMMEND to Full Council that swimming lessons be free for under-eights.",
        "# 4 Signs at the boating lake",
        "4.1 Members had seen the sign reading <b>No Fishing & No Bathing</b> and asked that it be replaced.",
        "4.2 The committee NOTED the report of the Head of Parks on the boating lake.",
        "# 5 Allotment rents",
        "5.1 Councillor Dunstan moved that allotment rents be halved. The motion was LOST by 1 vote to 3.",
    ],
]

CABINET_PACK = [
    [
        *HEAD,
        "# Cabinet",
        "Agenda for the meeting to be held on Wednesday 17 April 2024 at 6.30 pm",
        "# 1 Apologies for absence",
        "# 2 Sale of the Quarry Lane depot",
        "Report of the Director of Property",
    ],
    [
        "# Report to Cabinet",
        "Date of meeting: 17 April 2024",
        "Report title: Sale of the Quarry Lane depot",
        "# Recommendations",
        "1.1 That Cabinet approves the sale of the Quarry Lane depot at a price of not less than £640,000.",
        "# Background",
        "2.1 The depot has stood empty since 2021 and costs £18,300 a year to secure.",
    ],
]

PLANNING_MINUTES = [
    [
        *HEAD,
        "# Planning Committee",
        "Minutes of the meeting held on Thursday 9 May 2024",
        "Present: Councillors Fernley (Chair), Gale and Hurst",
        "# 7 Application for a riding school at Upper Tansy Farm",
        "7.1 The officer said that the nearest house is 85 metres from the proposed riding school.",
        "7.2 RESOLVED unanimously that permission be granted, subject to the conditions in the report.",
    ],
]

MIXED_PACK = [
    [
        *HEAD,
        "# Resources Committee",
        "Minutes of the meeting held on Monday 3 June 2024",
        "Present: Councillors Ivory (Chair) and Jessop",
        "# 4 Office cleaning",
        "4.1 RESOLVED that the office cleaning contract be let for three years.",
    ],
    [
        "# Exempt appendix to item 4: tenders for office cleaning",
        "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972",
        "4.1 The lowest tender was from Brightmop and amounted to £71,234 a year.",
    ],
]


def make_pdf(file: Path, pages: Sequence[Sequence[str]]) -> Path:
    """A PDF with these lines on its pages, `# ` before a heading; a line is at most about 95 letters."""
    file.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(file), pagesize=A4, invariant=1)
    for number, lines in enumerate(pages, 1):
        down = A4[1] - 72
        for line in lines:
            heading = line.startswith("# ")
            canvas.setFont("Helvetica-Bold" if heading else "Helvetica", 13 if heading else 10)
            canvas.drawString(64, down, line.removeprefix("# "))
            down -= 28
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(A4[0] / 2, 36, str(number))
        canvas.showPage()
    canvas.save()
    return file


def copied(home: Path, place: Path) -> Path:
    """A copy of a home, without what was asked of it.

    SQLite copies its own file: to open and close it as any other file would end this process's locks on it
    (https://sqlite.org/howtocorrupt.html, 2.2), and another process would then take it from under who has it open.
    """
    own = ("minutebook.sqlite*", "answers.*", "asked.*", "feedback.*", "keys.*", "audit.*")
    shutil.copytree(home, place, ignore=shutil.ignore_patterns(*own))
    name = "minutebook.sqlite"
    with closing(sqlite3.connect(home / name)) as held, closing(sqlite3.connect(place / name)) as copy:
        held.backup(copy)
    return place


@dataclass(frozen=True)
class Service:
    """A service that is running, and the app behind it."""

    url: str
    app: FastAPI
    client: httpx.Client
