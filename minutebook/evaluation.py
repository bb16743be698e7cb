"""How good the answers are, measured against gold questions."""

import json
import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from answer.answer import LONGEST_ANSWER, MOST_CITATIONS, Answer
from answer.ask import ask
from answer.llm import Writer
from index.filters import PUBLIC, Audience
from index.library import Library
from ingest.pages import read_document
from minutebook.errors import BadQuestion, NotHeld, UnreadablePaper

#: Outcomes of which "decided" is a false yes: the worst error there is.
NOT_DECIDED = ("recommended", "proposed", "lost", "not_found")

#: Gives the text of a page, by path and number; "" where there is none.
PageText = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with what its answer must and must not say (regular expressions), and the pages that bear it."""

    id: str
    question: str
    kind: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    pages: frozenset[tuple[str, int]]
    outcome: str | None
    needs_ocr: bool

    @property
    def answerable(self) -> bool:
        return bool(self.pages) or self.kind != "unanswerable"


@dataclass(frozen=True, slots=True)
class Mark:
    """How one answer did. `quotes` says of each citation not read by OCR whether its quote is on its page."""

    id: str
    question: str
    kind: str
    answerable: bool
    needs_ocr: bool
    outcome: str
    answer: str
    pages: tuple[tuple[str, int], ...]
    right: bool
    cited_first: bool
    cited: bool
    abstained: bool
    false_yes: bool
    outcome_right: bool | None
    quotes: tuple[bool, ...]
    ms: float

    @property
    def trusted(self) -> bool:
        """Right and cited: what a councillor needs."""
        return self.right and self.cited


@dataclass(frozen=True, slots=True)
class Share:
    """A part of so many. `part` is None of none."""

    part: float | None
    of: int

    def __str__(self) -> str:
        return "-" if self.part is None else f"{self.part:.3f} of {self.of}"


@dataclass(frozen=True, slots=True)
class Figures:
    """All marks in a few numbers. The first four and `wrongly_abstained` are of answerable questions without OCR."""

    questions: int
    right: Share
    cited1: Share
    cited: Share
    trusted: Share
    wrongly_abstained: Share
    abstained: Share
    status_ok: Share
    false_yes: int
    ocr_trusted: Share
    quotes: Share
    ms_p50: float
    ms_p95: float
    by_kind: dict[str, Share]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_gold(file: Path) -> list[Gold]:
    """The questions in a JSON Lines file. Raises BadQuestion, naming the line that cannot be used."""
    golds = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestion(str(file), f"cannot be read as text in UTF-8 ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            golds.append(_gold(json.loads(line)))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, re.error) as error:
            raise BadQuestion(f"{file}, line {number}", f"is not a gold question ({error!r})") from error
    return golds


def evaluate(
    library: Library,
    golds: Sequence[Gold],
    page_text: PageText,
    *,
    audience: Audience = PUBLIC,
    writer: Writer | None = None,
    advance: Callable[[], None] = lambda: None,
    saw: Callable[[Answer], None] = lambda _: None,
) -> list[Mark]:
    """Asks every question of `library` as `audience`, and marks the answers. `advance` hears each, `saw` gets each."""
    marks = []
    for gold in golds:
        began = time.perf_counter()
        answer = ask(library, gold.question, audience=audience, writer=writer)
        saw(answer)
        marks.append(mark(gold, answer, page_text, 1000 * (time.perf_counter() - began)))
        advance()
    return marks


def mark(gold: Gold, answer: Answer, page_text: PageText, ms: float) -> Mark:
    """How `answer` does against `gold`; `page_text` gives the pages that its quotes are looked for on."""
    text = squash(answer.answer)
    found = answer.outcome != "not_found"
    expected = gold.outcome or (None if gold.answerable else "not_found")
    pages = tuple((citation.path, citation.page) for citation in answer.citations[:MOST_CITATIONS])
    return Mark(
        id=gold.id,
        question=gold.question,
        kind=gold.kind,
        answerable=gold.answerable,
        needs_ocr=gold.needs_ocr,
        outcome=answer.outcome,
        answer=text,
        pages=pages,
        right=found
        and len(text) <= LONGEST_ANSWER
        and all(re.search(wanted, text, re.IGNORECASE) for wanted in gold.must)
        and not any(re.search(unwanted, text, re.IGNORECASE) for unwanted in gold.must_not),
        cited_first=bool(pages) and pages[0] in gold.pages,
        cited=any(page in gold.pages for page in pages),
        abstained=not found,
        false_yes=answer.outcome == "decided" and expected in NOT_DECIDED,
        outcome_right=None if expected is None else answer.outcome == expected,
        quotes=tuple(
            bool(citation.quote) and loose(citation.quote) in loose(page_text(citation.path, citation.page))
            for citation in answer.citations
            if not citation.ocr
        ),
        ms=ms,
    )


def figures(marks: Sequence[Mark]) -> Figures:
    """The figures of at least one mark."""
    readable = [each for each in marks if each.answerable and not each.needs_ocr]
    times = sorted(each.ms for each in marks)
    kinds = sorted({each.kind for each in marks} - {"unanswerable"})
    return Figures(
        questions=len(marks),
        right=_share(each.right for each in readable),
        cited1=_share(each.cited_first for each in readable),
        cited=_share(each.cited for each in readable),
        trusted=_share(each.trusted for each in readable),
        wrongly_abstained=_share(each.abstained for each in readable),
        abstained=_share(each.abstained for each in marks if not each.answerable),
        status_ok=_share(each.outcome_right for each in marks if each.outcome_right is not None),
        false_yes=sum(each.false_yes for each in marks),
        ocr_trusted=_share(each.trusted for each in marks if each.needs_ocr),
        quotes=_share(quote for each in marks for quote in each.quotes),
        ms_p50=statistics.median(times),
        ms_p95=times[int(0.95 * (len(times) - 1))],
        by_kind={kind: _share(each.trusted for each in readable if each.kind == kind) for kind in kinds},
    )


def stored_pages(library: Library) -> PageText:
    """The pages as the library holds them."""

    def text(path: str, number: int) -> str:
        try:
            return library.store.page(path, number).text
        except NotHeld:
            return ""

    return text


def pages_in(corpus: Path) -> PageText:
    """The pages as the PDFs under `corpus` say, read anew; without OCR, whose citations are not checked."""

    @cache
    def document(path: str) -> dict[int, str]:
        try:
            return {page.number: page.text for page in read_document(corpus / path, ocr=False).pages}
        except UnreadablePaper:
            return {}

    return lambda path, number: document(path).get(number, "")


def squash(text: str) -> str:
    """One line: line-end hyphens joined, soft hyphens gone, white space single."""
    joined = re.sub(r"(?<=\w)-\s*\n\s*", "-", text)
    return re.sub(r"\s+", " ", joined).replace("\u00ad", "").strip()


def loose(text: str) -> str:
    """Letters and figures only, in lower case: what two readings of one page agree on."""
    return re.sub(r"[\W_]+", "", squash(text)).lower()


def _gold(line: dict[str, Any]) -> Gold:
    for pattern in (*line["must"], *line["must_not"]):
        re.compile(pattern)
    return Gold(
        id=line["id"],
        question=line["q"],
        kind=line["kind"],
        must=tuple(line["must"]),
        must_not=tuple(line["must_not"]),
        pages=frozenset((each["file"], page) for each in line["gold"] for page in each["pages"]),
        outcome=line.get("status"),
        needs_ocr=bool(line.get("needs_ocr")),
    )


def _share(passed: Iterable[bool | None]) -> Share:
    results = [bool(each) for each in passed]
    return Share(sum(results) / len(results) if results else None, len(results))
