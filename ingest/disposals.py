"""Sentences that dispose of a motion set out before them, in few or none of its words."""

import re

from ingest.amendments import Operative, carries_motion
from ingest.verdicts import ROLL_CALL, VERDICT
from ingest.wording import WHO

_BACKWARD = re.compile(
    r"\b(?!the (?:proposal|motion|proposition) of (?:[\w.’'-]+,? ){1,5}seconded)"
    r"(?:this|that|these|the|his|her|their) (?:\w+ )?(?:proposal|proposition|motion|recommendation|amendment"
    r"|suggestion|request|course|vote)s?\b"
    r"|\b(?:this|that|these|which) (?:was|were|being)\b"
    r"|\bthat (?:this|it) (?:is|be) (?:agreed|approved|accepted)\b|\bit was declared\b|\bso (?:agreed|resolved)\b"
    r"|\b(?:agreed|resolved|decided) accordingly\b",
    re.IGNORECASE,
)
_SO = re.compile(
    r"^\W*(?:this|these|it|all) (?:was|were) (?:\w+ly )?(?:agreed|approved|carried|accepted)\W*$", re.IGNORECASE
)
# "AB proposed, CD seconded, all in favour": what they moved was said before.
_MOVERS_ALONE = re.compile(
    r"^\W*(?:(?:proposed|moved|seconded)(?: by)?:? )?(?:[A-Z][\w.’']*\W{1,2}){1,4}(?:(?:proposed|moved)\W{1,2})?"
    r"(?:and )?(?:seconded(?: by)? )?(?:[A-Z][\w.’']*\W{1,2}){1,4}(?:seconded\W{1,2})?(?:and )?"
    r"(?:all (?:were )?in favou?r|all agreed|carried(?: unanimously)?|agreed(?: unanimously)?|unanimous)\W*$"
)
_SAME_MOTION = re.compile(r"^\W*the (?:amendment|(?:substantive )?motion) was thereupon\b", re.IGNORECASE)
# "MOVED Cr A SECONDED Cr B CARRIED 4/0", under the words that were moved.
_MOVED_AND_CARRIED = re.compile(
    r"^\W*(?i:moved|proposed)(?i: by)?:? (?:[A-Z][\w.’'-]*\W{1,3}){1,5}(?:and )?(?i:seconded)(?i: by)?:? "
    r"(?:[A-Z](?!ARRIED|OST|EFEATED)[\w.’'-]*\W{1,3}){1,5}(?i:(?:and )?(?:motion |it was )?(?:unanimously )?"
    r"(?:carried|lost|defeated|agreed|passed))\b[^a-z]*(?:unanimously\W*)?$"
)
# "The Board agreed by consensus": to what was put to it in the sentence before.
_BARELY_AGREED = re.compile(
    rf"^\W*(?:the )?{WHO} (?:all |then |unanimously )?(?:agreed|concurred|approved)(?: unanimously| by consensus"
    rf"| by general consent"
    r"| with (?:this|that)| (?:un)?to this)?\W*$",
    re.IGNORECASE,
)
# "The Mayor declared the Part 8 approved."
_DECLARED = re.compile(
    r"(?:^\W*|\) |[.:] )the (?:chair\w*|mayor|cathaoirleach|provost|convener|president|speaker) declared (?!that\b)"
    r"[\w’' ]{2,60} \w+ed\W*$",
    re.IGNORECASE,
)
_SECONDED = re.compile(
    r"^\W*(?:[A-Z][\w.’'-]*\W{1,2}){1,5}(?:seconded the motion\b"
    r"|[^.]{0,80}\bmotion,? which was (?:duly )?seconded by\b)"
    r"|^\W*(?i:seconded)(?: by)? (?:[A-Z][\w.’'-]*\W{1,2}){1,5}and (?:it was |was )?(?i:agreed|carried|resolved)\W*$"
)


def says_only_how(sentence: str, operative: Operative) -> bool:
    """Whether a sentence says nothing but how a vote went, or who moved and that it was carried."""
    if VERDICT.match(ROLL_CALL.sub("", sentence)) or operative.verb[0].isdigit():
        return True
    if any(pattern.match(sentence) for pattern in (_SO, _MOVERS_ALONE, _MOVED_AND_CARRIED)):
        return True
    return _SAME_MOTION.match(sentence) is not None and not operative.capitals


def disposes_of_another(sentence: str, operative: Operative) -> bool:
    """Whether a sentence disposes of what was put in a sentence before it."""
    if carries_motion(sentence) or operative.verb.startswith(("not ", "no second", "against")):
        return True
    if _SECONDED.match(sentence) or _BARELY_AGREED.match(sentence) or _DECLARED.search(sentence):
        return True
    return _BACKWARD.search(sentence) is not None and len(sentence) < LONGEST


#: Characters of a sentence that speaks of another; a longer one has words of its own.
LONGEST = 160
