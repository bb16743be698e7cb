"""The order in which evidence is told: of the time asked about first, decisions before requests, print before scans."""

import re
from dataclasses import replace

from answer.clause import holds
from answer.evidence import Evidence
from answer.passages import Passage
from answer.question import Question
from answer.signs import wants_decision
from ingest.amendments import moves_amendment
from ingest.decisions import RECORDS, Decision

_PUT = re.compile(r"\b(?:motion|moved?|amendment|proposed|proposal|proposition|resolves)\b", re.IGNORECASE)


def in_order(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """The evidence with first what answers best as the matter stands; each step raises one passage at the most."""
    for step in _STEPS:
        evidence = step(question, evidence)
    return evidence


def _raised(evidence: list[Evidence], each: Evidence) -> list[Evidence]:
    return [replace(each, score=evidence[0].score + 0.01), *(other for other in evidence if other is not each)]


#: A passage of the time asked about must hold at least this share of what the first one does of the question.
NEARLY_AS_FULL = 0.8


def timely_first(_: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Where a year or a meeting is asked about and the first passage is of another, the best that is of it."""
    if not evidence or not evidence[0].elsewhen:
        return evidence
    first = evidence[0]
    for each in evidence[1:60]:
        full = each.sign("context") >= NEARLY_AS_FULL * first.sign("context")
        if first.score - each.score <= BEHIND and full and not each.elsewhen:
            return _raised(evidence, each)
    return evidence


#: How much of a request's words must stand again in a resolution for it to be the one that decided it.
SAME_MATTER = 0.5
#: How far behind the request the resolution may have come.
BEHIND = 3.0


def decided_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Puts before what was only asked for the resolution that decided it, where one of the same matter is held."""
    if not evidence or not wants_decision(question):
        return evidence
    first = evidence[0]
    if first.passage.decision is None or first.passage.paper.kind in RECORDS:
        return evidence
    resolved = [each for each in evidence[1:30] if first.score - each.score <= BEHIND and _resolves(each, first)]
    for each in resolved:
        if first.passage.shared_with(each.passage) >= SAME_MATTER:
            return _raised(evidence, each)
    if first.passage.paper.kind in ("agenda", "notice"):
        # An agenda says in a line what the minutes of its meeting seldom say again.
        for each in resolved:
            full = each.sign("context") >= NEARLY_AS_FULL * first.sign("context")
            if full and each.passage.of_one_meeting(first.passage):
                return _raised(evidence, each)
    return evidence


#: How much of the question a report's title and headings must hold for what it asks to be what was asked about.
ON_THE_SUBJECT = 0.3


def asked_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Where a decision, or a yes or no, is asked for and a report's prose comes first, its recommendation before it."""
    if not evidence or question.asks.isdisjoint({"decision", "yes_no"}):
        return evidence
    first = evidence[0]
    if first.passage.decision is not None or first.passage.paper.kind not in ("report", "appendix", "supplement"):
        return evidence
    for each in evidence[1:40]:
        request = each.passage.decision
        if request is not None and request.outcome == "recommended" and each.passage.paper.id == first.passage.paper.id:
            return _raised(evidence, each)
    shelf = first.passage.shelf
    requests = [decision for decision in shelf.decisions if decision.outcome == "recommended"]
    if requests and first.sign("title") >= ON_THE_SUBJECT:
        return [first.led_by(shelf, requests[0]), *evidence]
    return evidence


def settled_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Where a motion as it was put comes first, the vote on it before it."""
    if not evidence or not wants_decision(question):
        return evidence
    first = evidence[0].passage
    if first.decision is not None or first.paper.kind not in RECORDS or not _PUT.search(first.text):
        return evidence
    for each in evidence[1:40]:
        passage = each.passage
        if passage.decision is None or passage.decision.procedural or passage.decision.outcome == "action":
            continue
        same_item = passage.paper.id == first.paper.id and passage.head.item == first.head.item is not None
        if same_item and passage.first > first.first:
            return _raised(evidence, each)
    return evidence


#: How alike a scanned passage and one with a text layer must be, and how near, for the scan to stand behind it.
SAME_WORDS, NEAR = 0.8, 4.0


def printed_first(_: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Puts before a scanned first passage the same words where a paper with a text layer has them: those are exact."""
    if not evidence or not evidence[0].passage.scanned:
        return evidence
    first = evidence[0]
    for each in evidence[1:40]:
        if first.score - each.score > NEAR:
            break
        if not each.passage.scanned and first.passage.shared_with(each.passage) >= SAME_WORDS:
            return _raised(evidence, each)
    return evidence


def own_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Of several decisions in the first passage's paragraphs, first the one whose own words are asked about.

    They were found by the same words: those of the paragraph that they stand in.
    """
    if not evidence or evidence[0].passage.decision is None:
        return evidence
    first = evidence[0].passage
    beside = [evidence[0], *(each for each in evidence[1:] if _stands_with(each.passage, first))]
    said = [holds(question, each.passage.text) for each in beside]
    best = max(range(len(beside)), key=lambda number: (said[number], -number))
    if said[best] <= said[0]:
        return evidence
    return _raised(evidence, beside[best])


def won_first(_: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Where an amendment that lost a division comes first, or the motion that lost to one, what won it before it."""
    lost = evidence[0].passage.decision if evidence else None
    if lost is None or lost.outcome != "lost":
        return evidence
    first = evidence[0]
    for decision in first.passage.shelf.decisions:
        if decision.outcome == "decided" and _instead(decision, lost, first.passage):
            won = first.led_by(first.passage.shelf, decision)
            place = won.passage.place
            return [won, *(each for each in evidence if each.passage.place != place or each.passage.decision == lost)]
    return evidence


def _instead(decision: Decision, lost: Decision, passage: Passage) -> bool:
    """Whether a decision of the same item was made by the division that an amendment, or the motion it was to, lost."""
    if not passage.shelf.paragraphs[decision.first].item == passage.head.item is not None:
        return False
    won, beaten = decision.vote, lost.vote
    if won is None or beaten is None or won.for_ is None:
        return False
    one_count = (beaten.for_, beaten.against) == (won.against, won.for_)
    return one_count and (moves_amendment(lost.text) or moves_amendment(decision.text))


_AMENDMENT = re.compile(r"\bamendments?\b", re.IGNORECASE)


def amendment_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Where an amendment is asked about and the first passage is the motion's fate, that of the amendment to it."""
    if not evidence or not _AMENDMENT.search(question.text):
        return evidence
    first = evidence[0].passage
    if first.decision is None or moves_amendment(first.decision.text):
        return evidence
    for each in evidence[1:30]:
        passage = each.passage
        same_item = passage.paper.id == first.paper.id and passage.head.item == first.head.item
        if same_item and passage.decision is not None and moves_amendment(passage.decision.text):
            return _raised(evidence, each)
    return evidence


def _resolves(each: Evidence, request: Evidence) -> bool:
    """Whether it is a resolution of a meeting not before the one that the request was put to."""
    decision = each.passage.decision
    if decision is None or each.passage.paper.kind not in RECORDS or decision.outcome == "action":
        return False
    return _not_before(each.passage, request.passage)


def _not_before(one: Passage, other: Passage) -> bool:
    """Whether the first passage's meeting was not before the other's."""
    days = one.paper.meeting_date, other.paper.meeting_date
    return days[0] is None or days[1] is None or days[0] >= days[1]


def _stands_with(passage: Passage, other: Passage) -> bool:
    """Whether it is a decision of the same paragraphs, and not an action alone."""
    if passage.decision is None or passage.decision.outcome == "action" or passage.paper.id != other.paper.id:
        return False
    return passage.first <= other.last and other.first <= passage.last


_STEPS = (
    timely_first, asked_first, decided_first, settled_first, printed_first, own_first, won_first, amendment_first,
)  # fmt: skip
