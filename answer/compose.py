"""Evidence into words: what was decided first, then what was only recommended or reported, each with its citation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answer.answer import LONGEST_ANSWER, MOST_CITATIONS, Citation, Outcome
from answer.citing import citation_of
from answer.evidence import Evidence
from answer.neighbours import beside
from answer.passages import Passage
from answer.question import Question
from answer.saying import Said, said
from answer.signs import wants_decision
from answer.verify import Pages, Piece
from answer.yes_no import yes_or_no
from index.words import Words
from ingest.decisions import RECORDS
from ingest.papers import Paper

#: Room for a decision that comes first, for another passage that does, and for each after it.
FIRST_DECISION, FIRST, NEXT = 800, 520, 240
#: A further passage may weigh at most this much less than the first: where that one holds what is asked for, where it
#: does not, and where nothing is asked that can be looked for.
NEARLY_FIT, NEARLY_UNFIT, NEARLY = 2.5, 4.0, 3.5
MOST_PASSAGES = 4
#: With less room than this a passage would only be begun.
LEAST_ROOM = 120

_A_PAPER = {"report": "A report", "supplement": "A supplement", "appendix": "An appendix", "agenda": "An agenda"}
_WHOLE_COUNCIL = ("council", "parish council", "town council", "community council", "full council", "county council")


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of one passage: the phrase that says what it amounts to, its words, its citations' numbers."""

    lead: str
    words: str
    numbers: tuple[int, ...]
    outcome: Outcome

    def __str__(self) -> str:
        return f"{self.lead}{self.words} {' '.join(f'[{n}]' for n in self.numbers)}"


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer in parts, what they come to, their citations, and the passage that each part rests on."""

    outcome: Outcome
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        return " ".join(map(str, self.parts))


#: Before a decision that may not be the one asked about; the outcome is then that it is reported, not that it is so.
PERHAPS = "Perhaps about something else: "


def compose(
    question: Question, evidence: Sequence[Evidence], pages: Pages, words: Words, *, surely: bool = True
) -> Composed | None:
    """The answer from the best evidence that can be quoted; None when none of it can.

    `surely` says that a decision which comes first is what was asked about.
    """
    asks_decision = wants_decision(question)
    parts: list[Part] = []
    citations: list[Citation] = []
    used: list[tuple[Evidence, Said]] = []
    next_to_it = beside(question, evidence[0]) if evidence else []
    for candidate in (*evidence[:1], *next_to_it, *_further(question, evidence)):
        if len(used) >= MOST_PASSAGES:
            break
        if any(_alike(candidate.passage, other.passage) for other, _ in used):
            continue
        lead = _lead(candidate.passage, asks_decision, question.text, first=not used)
        if not used:
            outcome = outcome_of(candidate.passage, asks_decision, question.text)
            if outcome == "decided" and not surely:
                lead = PERHAPS + lead
            elif word := yes_or_no(question, candidate, outcome):
                lead = f"{word}. {lead}"
        taken = sum(len(str(part)) + 1 for part in parts)
        most = FIRST_DECISION if candidate.passage.decision and not next_to_it else FIRST
        most = NEXT if used else most
        room = min(most, LONGEST_ANSWER - taken - len(lead) - 8)
        if room < LEAST_ROOM:
            break
        words_said = said(question, candidate.passage, room, pages, words)
        if words_said is None:
            continue
        numbers = range(len(citations) + 1, len(citations) + 1 + len(words_said.quotes))
        if numbers.stop - 1 > MOST_CITATIONS:
            break
        citations += [
            _citation(n, candidate.passage, page, pages) for n, page in zip(numbers, words_said.quotes, strict=True)
        ]
        own = outcome_of(candidate.passage, asks_decision, question.text)
        parts.append(Part(lead, words_said.text, tuple(numbers), own))
        used.append((candidate, words_said))
    if not used:
        return None
    outcome = outcome_of(used[0][0].passage, asks_decision, question.text)
    if outcome == "decided" and not surely:
        outcome = "reported"
    return Composed(outcome, tuple(parts), tuple(citations), tuple(each.passage for each, _ in used))


def _further(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What may be told after the first passage, best first; where that lacks what is asked for, what holds it first."""
    if not evidence:
        return []
    first, near = evidence[0], NEARLY
    further = list(evidence[1:12])
    if question.fit.kinds:
        fits = question.fit.share(first.passage.text) >= 1
        near = NEARLY_FIT if fits else NEARLY_UNFIT
        if not fits:
            further.sort(key=lambda each: -question.fit.share(each.passage.text))
    return [each for each in further if each.score >= first.score - near]


_RECOMMENDS_TO = re.compile(r"\b(?i:recommend(?:s|ed)? to (?:the )?)(?P<whom>[A-Z]\w+(?: (?:and )?[A-Z&]\w*)*)")


def outcome_of(passage: Passage, asks_decision: bool, question: str = "") -> Outcome:
    """What a passage amounts to. Only minutes and records of decisions decide; any other paper asks or reports.

    A decision to recommend is one, unless the question asks what the body so asked did: then it was only recommended.
    """
    decision, kind = passage.decision, passage.paper.kind
    if decision is None:
        return "proposed" if asks_decision and kind in ("agenda", "notice") else "reported"
    if kind in RECORDS:
        asked_of = _RECOMMENDS_TO.search(decision.text)
        if asked_of and decision.outcome == "decided" and _named(asked_of["whom"], question):
            return "recommended"
        match decision.outcome:
            case "recommended" if asked_of and _named(asked_of["whom"], question):
                return "recommended"
            case "recommended" if decision.verb.lower() in ("agreed", "resolved", "decided"):
                # "AGREED to RECOMMEND" is a decision, to recommend: its own words say to whom.
                return "decided"
            case "decided" | "recommended" | "noted" | "lost" | "proposed":
                return decision.outcome
            case "withdrawn":
                return "lost"
            case "deferred":
                return "proposed"
            case _:
                return "reported"
    # What a report asks for is not what is so, however the question is put.
    if decision.outcome == "recommended":
        return "recommended"
    return "proposed" if asks_decision else "reported"


def _named(whom: str, question: str) -> bool:
    """Whether a question names any of those a recommendation was made to: "Policy Committee and Full Council"."""
    asked = question.lower()
    return any(name.strip().lower() in asked for name in re.split(r" and |,", whom) if " " in name.strip())


def _lead(passage: Passage, asks_decision: bool, question: str, *, first: bool) -> str:
    """The words before a quote that say whose it is and what it amounts to."""
    paper, decision = passage.paper, passage.decision
    outcome = outcome_of(passage, asks_decision, question)
    when = f", {day_in_words(paper.meeting_date)}" if paper.meeting_date else ""
    on = f" on {day_in_words(paper.meeting_date)}" if paper.meeting_date else ""
    undecided = "No decision on this is recorded in the papers held. " if first else ""
    if decision is not None and paper.kind in RECORDS:
        how = _how(passage)
        if decision.outcome == "deferred":
            return f"Deferred, not decided, by {who(paper)}{on}{how}: "
        if decision.outcome == "withdrawn":
            return f"Not agreed: withdrawn at {who(paper)}{on}{how}: "
        words = {
            "decided": "Agreed by",
            "noted": "Noted by",
            "lost": "Not agreed: lost at",
            "recommended": "Recommended by",
        }
        if outcome in words:
            return f"{words[outcome]} {who(paper)}{on}{how}: "
        if outcome == "proposed":
            return f"{undecided}Moved at {who(paper)}{on}{how}: "
    if outcome == "recommended":
        return f"{undecided}{_A_PAPER.get(paper.kind, 'A paper')} to {who(paper)}{when} recommends: "
    if outcome == "proposed":
        return f"{undecided}On the agenda of {who(paper)}{when}: "
    if paper.kind in ("minutes", "agenda", "notice"):
        return f"{paper.title.split(',')[0].split(' of ')[0]} of {who(paper)}{when}: "
    return f"{paper.title[:90]}{when}: "


def _how(passage: Passage) -> str:
    """Mover, seconder and vote, where the minutes give them."""
    decision = passage.decision
    if decision is None:
        return ""
    parts = []
    own = decision.text  # what its own words say need not be said twice
    if decision.mover and decision.mover not in own:
        parts.append(f"proposed by {decision.mover}")
    if decision.seconder and decision.seconder not in own:
        parts.append(f"seconded by {decision.seconder}")
    vote = decision.vote
    if vote and vote.for_ is not None and vote.against is not None:
        abstained = f", {vote.abstained} abstained" if vote.abstained else ""
        parts.append(f"{vote.for_} for, {vote.against} against{abstained}")
    elif vote and vote.how == "unanimous" and "unanimous" not in own:
        parts.append("unanimous")
    return f" ({', '.join(parts)})" if parts else ""


def who(paper: Paper) -> str:
    """The meeting's name: the committee, or the body where its whole council met."""
    if paper.committee is None or paper.committee.lower() in _WHOLE_COUNCIL:
        return paper.body or paper.committee or "the council"
    return f"the {paper.committee}" if not paper.committee.lower().startswith("the ") else paper.committee


def day_in_words(day: date) -> str:
    """A date as people say it: 22 May 2018."""
    return f"{day.day} {day:%B %Y}"


def _alike(one: Passage, other: Passage) -> bool:
    """Whether two passages say the same: the same place, or the same words held twice."""
    if one.paper.id == other.paper.id and one.first <= other.last and other.first <= one.last:
        return True
    mine, theirs = one.stems(), other.stems()
    return len(mine & theirs) > 0.8 * min(len(mine), len(theirs)) if mine and theirs else False


def _citation(number: int, passage: Passage, quote: Piece, pages: Pages) -> Citation:
    paragraph = passage.shelf.paragraphs[quote.position]
    return citation_of(number, passage.paper, paragraph, quote.page, quote.text, pages)
