"""What stands beside a passage and holds what it leaves out: who voted how, under the resolution; the sum, above it."""

from dataclasses import replace

from answer.evidence import Evidence
from answer.passages import Passage
from answer.question import Question

#: How many paragraphs after a passage and before it are looked at, and how long one may be, in characters.
AFTER, BEFORE, LONGEST = 6, 3, 700


def beside(question: Question, first: Evidence) -> list[Evidence]:
    """The nearest paragraph of the same item that holds more of what is asked for than the passage; none if none does.

    It weighs what the passage weighs, as it is read with it.
    """
    passage = first.passage
    held = question.fit.share(passage.text)
    if not question.fit.kinds or held >= 1:
        return []
    paragraphs = passage.shelf.paragraphs
    near = [n for n in range(passage.first - BEFORE, passage.last + AFTER + 1) if _read_with(passage, n)]
    shares = {n: question.fit.share(paragraphs[n].text) for n in near}
    # Of those that hold as much, the nearest.
    position = max(near, key=lambda n: (shares[n], -max(passage.first - n, n - passage.last)), default=None)
    if position is None or shares[position] <= held:
        return []
    return [replace(first, passage=replace(passage, first=position, last=position, decision=None))]


def _read_with(passage: Passage, position: int) -> bool:
    """Whether a paragraph is of the passage's item and decides nothing itself; a heading only right above it."""
    paragraphs, shelf = passage.shelf.paragraphs, passage.shelf
    if not 0 <= position < len(paragraphs) or passage.first <= position <= passage.last:
        return False
    paragraph, head = paragraphs[position], passage.head
    if paragraph.kind == "contents" or len(paragraph.text) > LONGEST:
        return False
    if paragraph.kind == "heading" and position != passage.first - 1:
        return False
    decides = any(not shelf.decisions[number].procedural for number in shelf.decision_at.get(position, []))
    return not decides and (paragraph.item, paragraph.headings) == (head.item, head.headings)
