"""Which minute decided what was asked: a report's recommendation, a notice of motion, an agenda's line."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from index.stated import Pair, Stated, content_of

#: The share of the words of the shorter of two that must stand in the other for them to be about the same thing.
MOSTLY = 0.6
#: How sure it is where the item alone says so.
SAME_ITEM = 0.5
#: So many words must be shared at the least; fewer are shared by chance.
FEW, MANY = 3, 6
#: A recommendation to another committee of the body is decided by it within so long.
SOON = timedelta(days=240)


def answers(requests: Sequence[Stated], recorded: Sequence[Stated]) -> Iterator[Pair]:
    """What was asked of a meeting, with each of that meeting's minutes that could have decided it."""
    meetings: dict[tuple[str | None, date | None], list[Stated]] = defaultdict(list)
    for each in recorded:
        if each.outcome != "proposed":
            meetings[each.committee, each.day].append(each)
    for request in requests:
        for each in meetings.get((request.committee, request.day), ()):
            if weight := _decides(each, request):
                yield Pair(each.id, request.id, "decides", weight)


def _decides(minute: Stated, request: Stated) -> float:
    """How surely a minute decided a request of the same meeting; 0 when the words leave a doubt."""
    mine, asked = content_of(minute.text), content_of(request.text)
    both = mine & asked
    share = len(both) / max(1, min(len(mine), len(asked)))
    alike = 0.1 * len(both) / max(1, len(mine | asked)) + 0.5 * bool(
        _references(minute.text) & _references(request.text)
    )
    same = _same_item(minute, request)
    if share >= MOSTLY and len(both) >= min(MANY, max(FEW, len(asked))):
        return share + 0.2 * same + alike
    if len(asked) == len(both) == 2:  # a short line of an agenda, all of whose words the minute has
        return MOSTLY + 0.2 * same + alike
    if same:
        return max(SAME_ITEM, share) + alike
    return 0.0


# A tender's, an application's or a resolution's own reference, which tells apart what is otherwise worded alike.
_REFERENCE = re.compile(r"\b(?=[A-Z/-]*\d)[A-Z\d]+(?:[-/][A-Z\d]+)+\b")


def _references(text: str) -> frozenset[str]:
    return frozenset(match[0] for match in _REFERENCE.finditer(text) if len(match[0]) > 7)


def _same_item(minute: Stated, request: Stated) -> bool:
    """Whether both stand under one item: the minute's title is the report's, or stands in the agenda's line."""
    item = content_of(minute.item or "")
    if not item or _ALL_SORTS.search(minute.item or ""):
        return False
    number = _number(request.item)
    same = number is not None and number == _number(minute.item)
    if not same and len(item) < 2:
        return False
    if any(
        len(item & head) >= 0.6 * len(item | head)
        for head in map(content_of, (request.item or "", request.title))
        if head
    ):
        return True
    return request.kind not in ("report", "appendix") and len(item & content_of(request.text)) >= 0.6 * len(item)


def _number(item: str | None) -> str | None:
    match = re.match(r"\W*(\d+[a-z]?)\b", item or "")
    return match[1] if match else None


# Under these an agenda lists what has nothing to do with one another.
_ALL_SORTS = re.compile(
    r"\b(?:clerk|correspondence|planning|finances?|accounts|payments?|matters|any other|a\.?o\.?b|reports?|next agenda|"
    r"items|councillors?|members|parish meeting|administration|highways)\b",
    re.IGNORECASE,
)


_TO = re.compile(r"\brecommend\w*\b[^.;:]{0,20}?\bto (?:the )?(?P<to>[A-Z][\w’&' ]+)", re.IGNORECASE)


def referrals(recorded: Sequence[Stated]) -> Iterator[Pair]:
    """What one committee recommended to another of its body, with what that one then decided."""
    by_committee: dict[str, list[Stated]] = defaultdict(list)
    for each in recorded:
        if each.committee and each.outcome not in ("recommended", "proposed"):
            by_committee[each.committee].append(each)
    for request in recorded:
        named = _TO.search(request.text) if request.outcome == "recommended" else None
        if named is None or request.day is None:
            continue
        for committee, theirs in by_committee.items():
            if committee == request.committee or not _is_named(committee.lower(), named["to"].lower()):
                continue
            for each in theirs:
                if each.day is None or not request.day <= each.day <= request.day + SOON:
                    continue
                shared = content_of(each.text) & content_of(request.text)
                if len(shared) >= MANY and (weight := _decides(each, request)):
                    yield Pair(each.id, request.id, "decides", weight)


def _is_named(committee: str, said: str) -> bool:
    """Whether words name a committee; the whole council is named in many ways."""
    return said.startswith(committee) or (committee.endswith("council") and said.split(" that ")[0].endswith("council"))
