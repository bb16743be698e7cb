"""Yes or no before a decision's own words, where a question asks for one and the words leave no doubt."""

import re

from answer.answer import Outcome
from answer.evidence import Evidence
from answer.question import Question

#: The part of the question's words that the decision itself must hold: to be said to be so, and not to be.
ALL_BUT_ALL, HALF = 0.8, 0.5
#: "Did they agree to …?", "Was it approved?": one thing asked, of one decision.
_ASKS_ONE = re.compile(
    r"^\W*(?:so |and |but )?(?:did|has|have|was|were|is|are)\b.{3,90}\b(?:agree|approve|adopt|accept|endorse|pass|sign"
    r"|support|back|grant|authori[sz]e|resolve|go ahead|carried)\w*\b",
    re.IGNORECASE,
)
_TWO_WAYS = re.compile(
    r"\b(?:or|who|how|what|when|why|which|where|not|n['’]t|only|still|reject|refuse|against)\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"\b(?:not|no|nor|neither|refus\w*|reject\w*|declin\w*|defer\w*|withdr\w*|oppos\w*|object\w*|rather than|instead"
    r"|unless|subject to|in principle|recommend\w*|rescind\w*|lost|defeated)\b",
    re.IGNORECASE,
)


def yes_or_no(question: Question, best: Evidence, outcome: Outcome) -> str | None:
    """ "Yes" or "No", or None where the papers' words have to speak for themselves.

    A wrong word here is worse than none: it is only said where one decision was asked about in so many words, the
    decision holds nearly all of them, and nothing in either turns it about.
    """
    decision = best.passage.decision
    if decision is None or not _ASKS_ONE.search(question.text) or _TWO_WAYS.search(question.text):
        return None
    if len(question.terms) < 2:
        return None
    if outcome == "decided" and best.sign("text") >= ALL_BUT_ALL and not _HEDGED.search(decision.text):
        return "Yes"
    return "No" if outcome == "lost" and best.sign("text") >= HALF else None
