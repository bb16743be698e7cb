"""Papers that contradict each other: the same said twice of one matter, with another figure."""

import re
from collections.abc import Iterator, Sequence

from answer.evidence import Evidence
from answer.passages import Passage
from answer.question import Question
from index.words import normalise, stemmed

#: The part of two sentences' words, figures aside, that must be the same for them to say the same.
SAME_WORDS = 0.75
#: Fewer words than this say too little to be the same by more than chance.
FEWEST_WORDS = 6
LOOKED_AT = 20

_FIGURE = re.compile(r"\d[\d.]*\d|\d")


def differing(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence that says what the first says with another figure, alone; none where all of it agrees.

    Only where a figure or a day is asked for, and of papers of the same meeting: at the next it may well have changed.
    """
    if not evidence or question.fit.chiefly not in ("count", "money", "amount", "when"):
        return []
    first = evidence[0].passage
    said = list(_figures_said(question, first))
    for each in evidence[1:LOOKED_AT]:
        other = each.passage
        if _comparable(first, other) and any(
            _contradict(one, another) for one in said for another in _figures_said(question, other)
        ):
            return [each]
    return []


def _comparable(one: Passage, other: Passage) -> bool:
    """Whether two passages are prose of two papers, or two pages of one, for the same meeting."""
    if "row" in (one.head.kind, other.head.kind):
        return False
    if one.paper.id == other.paper.id and one.head.spans[0].page == other.head.spans[0].page:
        return False
    return one.of_one_meeting(other)


def _figures_said(question: Question, passage: Passage) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Of each sentence that holds what is asked for, the stems of its words and its figures."""
    for sentence in passage.sentences():
        if question.fit.share(sentence) > 0:
            plain = normalise(sentence)
            words = frozenset(stem for stem in stemmed(plain) if not any(map(str.isdigit, stem)))
            figures = frozenset(_FIGURE.findall(plain))
            if figures and len(words) >= FEWEST_WORDS:
                yield words, figures


def _contradict(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two sentences have the same words, and each a figure that the other has not."""
    (words, figures), (others, theirs) = one, other
    alike = len(words & others) >= SAME_WORDS * len(words | others)
    return alike and bool(figures - theirs) and bool(theirs - figures)
