"""Evidence into words: what was decided first, then what was only recommended or reported, each with its citation."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.answer import LONGEST_ANSWER, MOST_CITATIONS, Citation, Outcome
from answer.citing import citation_of
from answer.clause import of_its_clause
from answer.differing import differing
from answer.evidence import Evidence
from answer.lead import lead_of
from answer.neighbours import beside
from answer.outcome import outcome_of
from answer.passages import Passage
from answer.question import Question
from answer.saying import said
from answer.signs import wants_decision
from answer.verify import Pages, Piece
from answer.yes_no import yes_or_no
from index.words import Words

#: Room for a decision that comes first, for another passage that does, and for each after it.
FIRST_DECISION, FIRST, NEXT = 800, 520, 240
#: A further passage may weigh at most this much less than the first: where that one holds what is asked for, where it
#: does not, and where nothing is asked that can be looked for.
NEARLY_FIT, NEARLY_UNFIT, NEARLY = 2.5, 4.0, 3.5
MOST_PASSAGES = 4
#: Passages that share more of the shorter one's words than this say the same.
SAME_WORDS = 0.8
#: With less room than this a passage would only be begun.
LEAST_ROOM = 120


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


#: Before what another paper of the same meeting says otherwise.
DIFFERS = "Another figure is given too: "
#: Before what the same paper says further on.
THERE_TOO = "There too: "
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
    told: list[Passage] = []
    next_to_it = beside(question, evidence[0]) if evidence else []
    otherwise = differing(question, evidence)
    last_lead = ""
    # The same name may be that of several bodies' committees: a member must see whose decision it is.
    with_body = not question.bodies and len({each.passage.paper.body for each in evidence} - {None}) > 1
    for candidate in (*evidence[:1], *otherwise, *next_to_it, *_further(question, evidence)):
        passage = candidate.passage
        if len(told) >= MOST_PASSAGES:
            break
        if candidate not in otherwise and any(_alike(passage, other) for other in told):
            continue
        as_asked = of_its_clause(question, passage)
        outcome = outcome_of(as_asked, asks_decision, question.text)
        lead = lead_of(as_asked, outcome, first=not told, with_body=with_body)
        if not told:
            if outcome == "decided" and not surely:
                lead = PERHAPS + lead
            elif word := yes_or_no(question, candidate, outcome):
                lead = f"{word}. {lead}"
        elif candidate in otherwise:
            lead = DIFFERS + lead
        elif lead == last_lead and outcome == "reported":
            lead = THERE_TOO
        taken = sum(len(str(part)) + 1 for part in parts)
        most = NEXT if told else FIRST_DECISION if passage.decision and not next_to_it else FIRST
        room = min(most, LONGEST_ANSWER - taken - len(lead) - 8)
        if room < LEAST_ROOM:
            break
        words_said = said(question, passage, room, pages, words)
        if words_said is None:
            continue
        numbers = range(len(citations) + 1, len(citations) + 1 + len(words_said.quotes))
        if numbers.stop - 1 > MOST_CITATIONS:
            break
        citations += [_citation(n, passage, page, pages) for n, page in zip(numbers, words_said.quotes, strict=True)]
        last_lead = lead if lead != THERE_TOO else last_lead
        parts.append(Part(lead, words_said.text, tuple(numbers), outcome))
        told.append(passage)
    if not told:
        return None
    outcome = parts[0].outcome
    if outcome == "decided" and not surely:
        outcome = "reported"
    return Composed(outcome, tuple(parts), tuple(citations), tuple(told))


def _further(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What may be told after the first passage, best first; where that lacks what is asked for, what holds it first."""
    if not evidence:
        return []
    first, near = evidence[0], NEARLY
    further = evidence[1:12]
    if question.fit.kinds:
        fits = question.fit.share(first.passage.text) >= 1
        near = NEARLY_FIT if fits else NEARLY_UNFIT
        if not fits:
            further = sorted(further, key=lambda each: -question.fit.share(each.passage.text))
    return [each for each in further if each.score >= first.score - near]


def _alike(one: Passage, other: Passage) -> bool:
    """Whether two passages say the same: the same place, or the same words held twice."""
    if one.paper.id == other.paper.id and one.first <= other.last and other.first <= one.last:
        return True
    return one.shared_with(other) > SAME_WORDS


def _citation(number: int, passage: Passage, quote: Piece, pages: Pages) -> Citation:
    paragraph = passage.shelf.paragraphs[quote.position]
    return citation_of(number, passage.paper, paragraph, quote.page, quote.text, pages)
