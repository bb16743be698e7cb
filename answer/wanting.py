"""Questions after something that what was found does not have: a sum, a number, a firm, a reason.

A passage on the very subject is no answer to them, however well its words match: "why was it refused?" is not answered
by "refused".
"""

import re
from collections.abc import Sequence

from answer.evidence import Evidence
from answer.fits import Chiefly
from answer.question import Question

#: What is surely recognised where it stands; a name or a day may be written in too many ways.
_SURELY_KNOWN: tuple[Chiefly, ...] = ("count", "money", "firm")
#: Of the sign "unfit": as much as this where nothing of what is asked for stands there.
NOTHING_OF_IT = 0.99
# "Winter fuel payment" names one; "how much", "what did it cost" are after it.
_A_SUM = re.compile(
    r"\bhow (?:much|many)\b|\b(?:what|whats|what[’']s)\b.{0,60}\b(?:cost|price|fee|charge|rent|salary|pay|paid|paying"
    r"|amount|sum|value|total|worth|balance|bill|figure|rate|precept|spend|spent|budget|money)\b|\b(?:cost|price)\W*$",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy\b|\bwhat (?:was|were|is|are) the reasons?\b|\breasons? (?:for|did|given|behind)\b", re.IGNORECASE
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|since|(?:on|the) (?:the )?grounds|reasons?|so that|in order (?:to|that)"
    r"|as (?:it|this|that|the|there|they|he|she|we|no|a|an|in|all|these|those)|given (?:that|the)|in view of"
    r"|in (?:the )?light of|concern\w*|pending|to (?:allow|enable|ensure|avoid|prevent|help|give|let)|contrary|lack"
    r"|insufficient|following|until|after|too|would|could not|cannot|unable|therefore|for (?:safety|fear)"
    r"|result of|caused|worried|felt|considered)\b",
    re.IGNORECASE,
)


def asks_in_vain(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether the first passage has nothing of the kind that the question is after."""
    if not evidence:
        return True
    best = evidence[0]
    if _WHY.search(question.text):
        paragraphs = best.passage.shelf.paragraphs[best.passage.first : best.passage.last + 1]
        return not any(_REASON.search(paragraph.text) for paragraph in paragraphs)
    if "yes_no" in question.asks or question.fit.division:
        return False
    if question.fit.chiefly == "money" and not _A_SUM.search(question.text):
        return False
    return question.fit.chiefly in _SURELY_KNOWN and best.sign("unfit") >= NOTHING_OF_IT
