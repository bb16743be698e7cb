"""The answer every surface gives: words, outcome, and the citations that bear them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Outcome = Literal["decided", "recommended", "proposed", "lost", "noted", "reported", "not_found"]

#: An answer is something a member can say in the chamber: no longer than this, with no more sources than this.
LONGEST_ANSWER = 900
MOST_CITATIONS = 5


@dataclass(frozen=True, slots=True)
class Citation:
    """Where words of the answer stand: `quote` is on page `page` of the PDF at `path` word for word."""

    n: int
    path: str
    paper: str
    title: str
    kind: str
    body: str | None
    committee: str | None
    meeting_date: date | None
    standing: str
    item: str | None
    paragraph: str | None
    page: int
    printed_page: str | None
    quote: str
    ocr: bool = False

    def as_json(self) -> dict[str, Any]:
        """The citation as in the public contract; `ocr` is there only where the page was read by OCR."""
        fields: dict[str, Any] = {
            "n": self.n,
            "path": self.path,
            "paper": self.paper,
            "title": self.title,
            "kind": self.kind,
            "body": self.body,
            "committee": self.committee,
            "meeting_date": self.meeting_date.isoformat() if self.meeting_date else None,
            "standing": self.standing,
            "item": self.item,
            "paragraph": self.paragraph,
            "page": self.page,
            "printed_page": self.printed_page,
            "quote": self.quote,
            "url": f"/papers/{self.paper}/pdf#page={self.page}",
        }
        return {**fields, "ocr": True} if self.ocr else fields


@dataclass(frozen=True, slots=True)
class Searched:
    """How far the search reached: papers, bodies, and the earliest and latest meeting among them."""

    papers: int
    bodies: tuple[str, ...]
    since: date | None
    until: date | None

    def as_json(self) -> dict[str, Any]:
        return {
            "papers": self.papers,
            "bodies": list(self.bodies),
            "from": self.since.isoformat() if self.since else None,
            "to": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and what it rests on. `not_found` has no citations and says what was searched."""

    answer_id: str
    question: str
    outcome: Outcome
    answer: str
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    searched: Searched
    took_ms: int

    def as_json(self) -> dict[str, Any]:
        """The answer as in the public contract."""
        return {
            "answer_id": self.answer_id,
            "question": self.question,
            "outcome": self.outcome,
            "answer": self.answer,
            "citations": [citation.as_json() for citation in self.citations],
            "notes": list(self.notes),
            "searched": self.searched.as_json(),
            "took_ms": self.took_ms,
        }
