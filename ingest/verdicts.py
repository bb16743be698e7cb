"""Words that say nothing but how a vote went, or who voted."""

import re

from ingest.sentences import sentences_of

#: Nothing but how the vote went: "Motion carried 4-1.", "Carried unanimously", "The motion was declared lost."
VERDICT_ONLY = (
    r"^\W*(?:(?:ayes?|yeas?|nays?|noes|absent|abstain\w*|in favou?r"
    r"|opposed)\s*:?\s*\d+\b(?:\s*\([^()]*\))?\W+)*(?:(?:disposition|result|outcome|vote"
    r"|status|motion)\s*:\s*)?(?:with all members voting in favou?r,? "
    r"|all (?:ayes?|yeas?)\W{1,3}"
    r"|(?:the )?(?:vice-?)?(?:chair\w*|mayor|provost|convener|president|speaker)"
    r"(?: then| thereupon)? declared (?:that )?"
    r"|(?:up)?on (?:being put to )?(?:the|a) (?:vote|meeting),? (?:being taken,? )?)?(?:(?:the|this) )?"
    r"(?:(?:original |substantive )?(?:motion|amendment|resolution|proposal|proposition|recommendation|vote"
    r"|division)\b)?"
    r"(?:,? (?:as amended|was|were|is|has|has been|put|then|therefore|accordingly|duly|and|declared)"
    r"| ?unanimously)*,? ?"
    r"(?P<verb>not (?:carried|agreed|approved)|carried|carries|passed|passes|lost|lapsed|failed|fails|died|dies"
    r"|defeated|so (?:voted|ordered|carried)"
    r"|\d{1,2} ?[-–] ?\d{1,2}(?=[^.]{0,12}\bin favou?r)|adopted|approved"
    r"|agreed|all (?:were )?in favou?r|all (?:ayes|yeas)|all voted \W?(?:aye|yes)\W?)"
    r"(?:[^.\w]|\bat (?=\d)|\b[ap]\.m\b\.?|\([^()]{2,80}\)|\b(?:as amended|unanimously|by|voice|votes?|to|in"
    r"|favou?r|on|a"
    r"|division|nem|con|for|against|with|and"
    r"|abstentions?|abstaining|majority|of|show|hands|lack|want|second|seconder|ayes?|nays?"
    r"|the|retrospectively|required|necessary|requisite|absolute|simple|clear|special|two|thirds|casting|recorded"
    r"|roll|call|all|members|signed"
    r"|present|opposed|it|was|members|councillors|voting|voted|motion|amendment|one|three|four|five|six|seven|eight|nine|ten)\b|\d)*\W*$"
)
VERDICT = re.compile(VERDICT_ONLY, re.IGNORECASE)
# "… Against: Cllr B The division was declared CARRIED by 3 votes to 1." has no stop before it.
_VERDICT_LAST = re.compile(
    r"\b(?i:motion|amendment|division|resolution|proposal) (?:was |is )?(?:\w+ ){0,2}(?P<verb>CARRIED|LOST|DEFEATED"
    r"|carried|lost|defeated)\b[^.]{0,40}\W*$"
    r"|\b(?i:recommendation|motion|proposal)s?(?: (?:of|to) [\w ]{3,24}?)? (?:was|were) moved(?: by"
    r"|, seconded)\b.{0,160}?\b(?P<said>CARRIED|carried|AGREED"
    r"|agreed)\b(?: unanimously)?\W*$"
    r"|\b(?i:motion|amendment|proposal)\b.{0,120}?\bon being put to the (?:vote|meeting),? was (?:declared )?"
    r"(?P<put>carried|lost|CARRIED|LOST)\W*$"
)
# "The recommendation was then moved by A, seconded by B, and CARRIED by 6 votes to 3." says no more than how it went.
_PUT_ALONE = re.compile(
    r"^\W*(?:the |this )?(?:[\w’']+ )?(?:recommendation|motion|proposal)s?(?: (?:of|to) [\w ]{3,24}?)? (?:was"
    r"|were) (?:then |duly )?"
    r"(?:moved|proposed)(?: by|, seconded)\b"
    r"(?!.{0,120}\bthat\b).{0,240}\b(?:carried|agreed)\b",
    re.IGNORECASE,
)
#: A sentence that only counts the votes before the words that say how it went.
VOTES = re.compile(
    r"^\W*(?:\d[\d.]*\s+)?(?:there were|for\b|against\b|abst|ayes?\b|nays?\b|votes?\b|voting\b"
    r"|\d+ (?:votes|members|in favour)|on a\b|a (?:recorded )?vote\b|the vote\b|voice vote\b|roll call\b)",
    re.IGNORECASE,
)


# "Hale: Yes Orme: No" or "AYES: Hale, Orme NOES: Tait", before the words that say how it went.
_VOTER = (
    r"(?!(?i:motion|amendment|carried|lost|defeated|the|ayes?|yeas?|yes|noes|nays?|no|abst\w*|absent|and|none|nil|all)\b)"
    r"[A-Z][\w.’'-]*[,;]?\s+"
)
ROLL_CALL = re.compile(
    r"^\W*(?:(?i:roll ?call(?: vote)?|vote)\W+)?(?:(?i:ayes?|yeas?|yes|noes|nays?|no|abst\w*|absent)\s*[:–—-]?\s*"
    rf"(?:{_VOTER}|(?:and|none|nil|all)\b\W*|\(?\d{{1,2}}\b\)?\W*)+){{2,}}"
    r"|^\W*(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}\s*[:–-]+\s*(?i:yes|no|aye|nay|yea|abstain\w*|absent"
    r"|recused?)\b\W*){2,}"
)
# "CARRIED Cr Hale asked that his vote against be recorded."
_VERDICT_FIRST = re.compile(r"^\W*(?:MOTION |AMENDMENT )?(?P<verb>CARRIED|LOST|DEFEATED)(?= [A-Z][a-z]|\s*\(?\d)")
# "Hale/Orme    Carried", under the words they moved or behind them, as New Zealand's boards have it.
_MOVERS_LAST = re.compile(
    r"(?:^\W*|[.;] )(?:[A-Z][\w’'-]+ ){0,3}[A-Z][\w’'-]+ ?/ ?(?:[A-Z][\w’'-]+ ){0,3}[A-Z][\w’'-]+\s+"
    r"(?P<verb>Carried|CARRIED|Lost|LOST)\b[^.]{0,20}\W*$"
)


def verdict_in(text: str) -> str | None:
    """How the vote went, where a paragraph says that last: alone, or after those who voted by name."""
    begin, end = sentences_of(text)[-1] if text else (0, 0)
    for part in (text, text[begin:end]):
        if match := VERDICT.match(part):
            return match["verb"].lower()
    if match := _VERDICT_FIRST.match(text):
        return match["verb"].lower()
    if match := _MOVERS_LAST.search(text):
        return match["verb"].lower()
    tail = _VERDICT_LAST.search(text)
    return (tail["verb"] or tail["said"] or tail["put"]).lower() if tail else None


def is_put_alone(text: str) -> bool:
    """Whether a statement says who moved a motion and that it was carried, in none of the motion's words."""
    return _PUT_ALONE.match(text) is not None
