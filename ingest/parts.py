"""Where the papers of a PDF begin: what the top of each page says, and what the pages before it were."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.dates import dates_in
from ingest.exempt import classification_of, closed_from
from ingest.head import LOOSE, Head, head_of
from ingest.markers import marker_of
from ingest.pages import Document, Page
from ingest.tables import squeezed


def parts_of(document: Document, path: str) -> list[tuple[Head, list[Page]]]:
    """The head and pages of each paper: a page that reads as the first of a paper begins one.

    So does a page of a pack that comes after the end of minutes. So does the first closed page of an open paper, so
    that the pages before it stay open and it does not; what follows it is closed with it until another paper begins.
    An agenda marks its items and is open itself.
    """
    marks = {page: title for title, page in document.outline}
    parts: list[tuple[Head, list[Page]]] = []
    for page in document.pages:
        head = head_of(page, first=not parts, file_name=PurePosixPath(path).name)
        if not parts or (
            head.starts
            and not _is_running_title(head, parts[-1][0])
            and not (head.why in LOOSE and _goes_on(page, parts[0][0], parts[-1][0]))
        ):
            parts.append((head, [page]))
        elif page.number in marks and parts[0][0].kind == "agenda" and len(document.outline) > 2:
            parts.append((replace(head, title=head.title or marks[page.number]), [page]))
        elif parts[0][0].kind != "minutes" and _is_past(page, *parts[-1]):
            parts.append((replace(head, kind="other", why="follows the end of the minutes before it"), [page]))
        elif parts[0][0].kind != "minutes" and parts[-1][0].kind == "minutes" and _recommends(page):
            parts.append(
                (replace(head, kind="report", why="has recommendations at its head, and resolves nothing"), [page])
            )
        elif mark := _closed_within(page, *parts[-1]):
            parts.append((replace(head, kind=parts[-1][0].kind, title=mark, closed=mark), [page]))
        else:
            parts[-1][1].append(page)
    return parts or [(Head("other", False, "", None, "unknown", {}), [])]


_ENDED = re.compile(
    r"\bmeeting (?:(?:was|be|is|then|formally|duly|declared) )*(?:closed|adjourned|ended|concluded|finished)\b"
    r"|\bclosed the meeting\b|\bdeclared the meeting closed\b|\bthere being no (?:further|other|more) business\b"
    r"|^minutes to be approved\b|^(?:the )?meeting (?:closed|ended|finished)\b",
    re.IGNORECASE,
)
_NEAR_END = 14  # lines


def _is_past(page: Page, head: Head, before: Sequence[Page]) -> bool:
    """Whether a page of a pack comes after the end of the minutes before it: they ended, and it does not go on."""
    if head.kind != "minutes" or not any(_ENDED.search(line.text) for line in before[-1].lines[-_NEAR_END:]):
        return False
    if not page.lines or _says_minutes(page):
        return False
    marker = marker_of(page.lines[0].text)
    return not (page.lines[0].text[:1].islower() or (marker is not None and marker.kind in ("number", "resolution")))


_RECOMMENDS = re.compile(
    r"^\W*(?:\d[\d.]*\s+)?(?:officer |summary of )?recommendations?(?:\(s\))?(?: for (?:action|decision)[\w ]*)?\W*$",
    re.I,
)
_RESOLVES = re.compile(
    r"\b(?:RESOLVED|AGREED|NOTED|CARRIED|LOST|Resolved|Carried|[Ss]econded|[Mm]oved by|[Pp]roposed by)\b"
    r"|\b(?:resolved|agreed) (?:that|to)\b"
)


def _recommends(page: Page) -> bool:
    """Whether a page begins a report: its title, then recommendations, and no word of what a meeting did with them."""
    headed = any(_RECOMMENDS.match(line.text) for line in page.lines[1:10])
    first = page.lines[0].text if page.lines else ""
    return headed and first[:1].isupper() and marker_of(first) is None and _RESOLVES.search(page.text) is None


def _says_minutes(page: Page) -> bool:
    top = (*page.furniture, *page.lines[:4])
    return any(re.search(r"\bminutes?\b", line.text, re.IGNORECASE) for line in top)


def _goes_on(page: Page, first: Head, current: Head) -> bool:
    """Whether what reads like a letter or a form is a page of minutes: it says so, or no pack holds it."""
    return current.kind == "minutes" and (first.kind == "minutes" or _says_minutes(page))


def _closed_within(page: Page, head: Head, before: Sequence[Page]) -> str | None:
    """The mark that closes a page of a paper which is open so far."""
    if head.kind in ("agenda", "notice") or head.closed:
        return None
    mark = closed_from(page)
    return mark if mark and classification_of(before, head)[0] == "public" else None


def _is_running_title(head: Head, current: Head) -> bool:
    """Whether the top of a page only says again which minutes or agenda it goes on with."""
    if head.kind != current.kind:
        return False
    if head.kind == "appendix":
        return squeezed(head.title) == squeezed(current.title)
    if head.kind == "agenda":  # a front sheet, then the agenda itself, which may name the last meeting's date
        return not _HELD.search(head.text) or _same_day(head, current)
    return head.kind == "minutes" and _same_day(head, current)


_HELD = re.compile(r"\b(?:held|meeting (?:of|on|to be)|place|summon)", re.IGNORECASE)


def _same_day(head: Head, current: Head) -> bool:
    return {found.date for found in dates_in(head.text)[:1]} <= {found.date for found in dates_in(current.text)}
