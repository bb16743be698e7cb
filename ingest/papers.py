"""Which papers a PDF holds: a pack holds several, each with its own body, committee and meeting."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from ingest.bodies import HEADER, body_of, committee_of
from ingest.dates import WrittenDate, dates_in
from ingest.exempt import Classification, Verdict, classification_of
from ingest.head import Head, Kind, Standing
from ingest.pages import Document, Page
from ingest.parts import parts_of
from ingest.tables import squeezed

__all__ = ["Belief", "Classification", "Kind", "Paper", "Standing", "papers_of"]


#: The papers that are a meeting's own, and so have its date at their head.
MEETINGS = ("minutes", "agenda", "notice")


@dataclass(frozen=True, slots=True)
class Belief:
    """What was believed of one field of a paper, and on what evidence."""

    field: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: pages `first_page` to `last_page` of the PDF at `path` (relative to the folder ingested).

    `sha256` is of the paper's own text, so the same paper in two files is known to be the same. `groups` may see it
    where it is closed.
    """

    id: str
    path: str
    first_page: int
    last_page: int
    body: str | None
    committee: str | None
    meeting_date: date | None
    kind: Kind
    title: str
    item: str | None
    standing: Standing
    classification: Classification
    groups: tuple[str, ...]
    sha256: str
    beliefs: tuple[Belief, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Its classification, with what it rests on."""
        why = next((belief.why for belief in self.beliefs if belief.field == "classification"), "")
        return Verdict(self.classification, self.groups, why, why)


def papers_of(document: Document, path: str, verdicts: Mapping[int, Verdict] | None = None) -> list[Paper]:
    """The papers in a PDF, in order; they tile its pages. At least one, whatever the PDF holds.

    `verdicts`, by first page, say of each paper whether it is closed; without them its own marks do.
    """
    parts = parts_of(document, path)
    papers: list[Paper] = []
    for number, (head, pages) in enumerate(parts):
        pack = papers[0] if number else None
        paper = _paper(head, pages, path, document, pack, verdicts)
        if pack and not paper.verdict.reaches(pack.verdict):
            # What a paper is believed to be must not be read from one before it that not all of its readers may see.
            pack = next((each for each in papers if paper.verdict.reaches(each.verdict)), None)
            paper = _paper(head, pages, path, document, pack, verdicts)
        papers.append(paper)
    return papers


def _paper(
    head: Head,
    pages: Sequence[Page],
    path: str,
    document: Document,
    pack: Paper | None,
    verdicts: Mapping[int, Verdict] | None,
) -> Paper:
    name = PurePosixPath(path)
    beliefs: list[Belief] = [Belief("kind", head.kind, head.why)]
    day, why = _meeting_date(head, pages, name, pack)
    beliefs += [Belief("meeting_date", day.isoformat(), why)] if day else []
    body, why = body_of(pages)
    within = head.kind in ("report", "appendix", "other", "supplement")
    if pack and pack.body and (body is None or within):
        body, why = pack.body, "the pack it is in"
    beliefs += [Belief("body", body, why)] if body else []
    committee, why = committee_of(head, name, body)
    if pack and pack.committee and (committee is None or (within and why != HEADER)):
        committee, why = pack.committee, "the pack it is in"
    beliefs += [Belief("committee", committee, why)] if committee else []
    first, last = (pages[0].number, pages[-1].number) if pages else (1, 1)
    verdict = verdicts[first] if verdicts else _by_its_marks(head, pages)
    beliefs.append(Belief("classification", verdict.classification, verdict.why))
    text = "".join(squeezed(page.text) for page in pages)
    return Paper(
        id=hashlib.sha256(f"{path}\n{first}".encode()).hexdigest()[:15],
        path=path,
        first_page=first,
        last_page=last,
        body=body,
        committee=committee,
        meeting_date=day,
        kind=head.kind,
        title=_title(head, document, name, day, committee),
        item=head.item,
        standing=head.standing,
        classification=verdict.classification,
        groups=verdict.groups,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        beliefs=tuple(beliefs),
    )


def _by_its_marks(head: Head, pages: Sequence[Page]) -> Verdict:
    classification, why = classification_of(pages, head)
    if head.closed:
        classification, why = "exempt", f"marked: {head.closed[:100]}"
    return Verdict(classification, (), why, why)


def _title(head: Head, document: Document, name: PurePosixPath, day: date | None, committee: str | None) -> str:
    if head.kind in ("minutes", "agenda", "notice") and (committee or day):
        word = head.kind.capitalize()
        when = f"{day.day} {day:%B %Y}" if day else ""
        return ", ".join(filter(None, (f"{word} of {committee}" if committee else word, when)))
    return head.title or document.title or name.stem.replace("-", " ").replace("_", " ")


def _meeting_date(
    head: Head, pages: Sequence[Page], name: PurePosixPath, pack: Paper | None
) -> tuple[date | None, str]:
    """The date of the meeting the paper belongs to, and what says so.

    A date printed with a weekday that is not that day's is a misprint: a file name that agrees with its day or month
    then decides.
    """
    in_name, in_folder = dates_in(name.stem), dates_in(str(name.parent))
    # An appendix is named by its version's date more often than by the meeting's, which its folder has.
    named = in_name or in_folder if head.kind in MEETINGS else in_folder or in_name
    if head.kind == "other":  # accounts are named for the day that they are made up to
        named = in_folder
    by_name = named[-1].date if named else None
    written = _date_in_head(head, by_name)
    if written is not None:
        misprint = written.agrees is False and by_name is not None
        if misprint and by_name is not None and (written.date.day, written.date.month) == (by_name.day, by_name.month):
            return by_name, f"the file's name; the paper prints {written.date.isoformat()} with another day's weekday"
        return written.date, "printed at its head"
    if pack and pack.meeting_date:
        return pack.meeting_date, "the pack it is in"
    if by_name:
        return by_name, "the file's name or folder"
    if head.kind in MEETINGS:
        for page in pages[:1]:
            found = dates_in("\n".join(line.text for line in page.lines))
            if found:
                return found[0].date, "the first date on its first page"
    return None, ""


_OTHER_DAY = re.compile(
    r"(?:amended|revised|updated|published|posted|issued|dated|printed|deadline|by)\W*(?:on\W*)?$"
    r"|\b(?:(?:into|takes?) (?:force|effect)|implemented|call(?:ed)?[ -]in|deadline)\b[^.]{0,60}$",
    re.IGNORECASE,
)


def _date_in_head(head: Head, by_name: date | None) -> WrittenDate | None:
    """The meeting's date among those at the paper's head: the file name's if it is there, else the likeliest."""
    for key in ("to", "committee") if head.kind == "other" else ("date", "to", "committee"):
        if found := dates_in(head.fields.get(key, "")):
            return found[0]
    if head.kind not in ("minutes", "agenda", "notice", "supplement", "decision"):
        return None
    found = dates_in(head.text)
    meant = [day for day in found if not _OTHER_DAY.search(head.text[max(0, day.start - 90) : day.start])]
    for likely in (
        [day for day in found if day.date == by_name],
        [day for day in meant if day.agrees],
        meant,
        found if by_name is None else [],  # a call-in's last day says less than the file's name
    ):
        if likely:
            return likely[0]
    return None
