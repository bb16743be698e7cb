"""What kind of answer a question wants, and what a passage must hold to be one."""

import re
from collections.abc import Callable
from typing import Literal

Asks = Literal["decision", "vote", "who", "when", "amount", "money", "yes_no", "why", "position"]

_PATTERNS: dict[Asks, str] = {
    "decision": r"""
        \b(?:agree[ds]?|agreement|decid\w*|decision|resol[uv]\w*|approv\w*|sign(?:ed|ing)?\ off|adopt\w*|endors\w*
        |vote[ds]?|passed|carried|accept\w*|refus\w*|reject\w*|outcome|permi\w+|authori\w+|award\w*|appoint\w*
        |grant(?:ed)?\ (?:permission|to)|allow\w*|chosen|choose|picked?|set\ at|get\ behind|support\w*|object\w*
        |turned?\ down|lost|defeated|go(?:ing|es)?\ ahead|ok(?:['’]?d|ayed?)?|go(?:ne)?\ for\ it|went\ for\ it
        |(?:go|gone|went|g[eo]t)\ thr(?:ough|u)|green\ light|go-ahead|the\ nod|binned|ditched|scrapped)\b
        |\bwhat\ did\ .{2,60}?\ (?:do|say\ yes\ to|decide|agree)\b
        |\b(?:came?|bec[ao]me)\ of\b|\bhappen\w*\ (?:to|with|about)\b
        |\bdid\ (?:we|they|the|it|\w+\ (?:council|cc|pc|cabinet))\b|\bwho\ (?:got|won)\b""",
    "vote": r"""
        \bwho(?:se)?\b.{0,60}\b(?:mov|propos|second|put\ .{0,40}forward|put\ up|back|nominat)
        |\b(?:proposer|seconder|mover|seconded|proposed\ by|by\ how\ many|for\ and\ against|ballot|unanim\w*|casting)\b
        |\bvot(?:e[ds]?|ing)\b(?!\ (?:online|paper))|\bwhose\ (?:motion|amendment)\b""",
    "who": r"""
        \bwho(?:'s|s|se|m|’s)?\b|\bname\ of\b
        |\bwhich\ (?:councillor|member|officer|person|firm|company|contractor|school|site|place)s?\b""",
    "when": r"""
        \bwhen(?:'s|s|’s)?\b|\bwhat\ (?:date|day|time|times|month|year|hours)\b|\btimes?\ of\b|\bhow\ (?:soon|long)\b
        |\b(?:deadline|last\ day|by\ what\ date|dates?)\b|\bnext\ (?:review|meeting)\b""",
    "amount": r"""
        \bhow\ (?:much|many|big|large|far|high)\b|[£$](?!\s?\d)|(?<!\d)\s?%
        |\b(?:cost|price|(?<!in\ )charge|fee|rent|grant|budget|precept|salary|rate|figure|total|sum|value|amount|number
        |level|share|percentage|per\ cent|proportion|spend\w*|spent|overspen[dt]|underspen[dt]|surplus|deficit|balance
        |levy|variance|target|debt|(?<!in\ )cash(?!\ ?flow)|expenditure|turnover
        |increase|rise|turnout|donation|donat\w*|paid|pay)\b""",
    "money": r"""
        \b(?:cost|price|(?<!in\ )charge[ds]?|fee|rent|grant|salary|spend|spent|overspend|underspend|surplus|deficit
        |donat\w*|paid|pay(?:ment|ing)?|sell\ for|sold\ for|dearest|cheapest|(?:most|least)\ expensive
        |per\ (?:pupil|head|hour|household|person|place)|balance|borrow\w*|loan|precept|funding|legacy|worth|value\ of
        |how\ much\ (?:money|is|was|did|does|do|will|would|are|were|in|for|on|from|has|have))\b|[£$](?!\s?\d)""",
    "yes_no": r"""
        (?:^|[-–—,;:.]\ )\W*(?:and\ |so\ |but\ )?
        (?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|must|may|any)\b
        """,
    "why": r"\bwhy\b|\breasons?\b|\bwhat\ for\b|\bhow\ come\b|\bcouldn.?t\b",
    "position": r"""
        \b(?:view|stance|position|think|thought|line|opinion|stand|say\ about|response|respond\w*|comment\w*)\b""",
}
_ASKS = {asks: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for asks, pattern in _PATTERNS.items()}


def asks_in(question: str) -> frozenset[Asks]:
    """Every kind of answer that the question may want."""
    return frozenset(asks for asks, pattern in _ASKS.items() if pattern.search(question))


_AMOUNT = re.compile(
    r"[£$€]\s?\d|\b\d[\d,.]*\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b", re.IGNORECASE
)
_MONEY = re.compile(
    r"""[£$€]\s?\d|\b\d+(?:\.\d+)?\s?(?:k|m|bn|million|thousand|pounds|dollars)\b|\b\d{1,3}(?:,\d{3})+\b|\b\d+\.\d\d\b(?!\s?[ap]\.?m\b)
    |\b(?:free|waived?|no\ (?:charge|cost|fee))\b""",
    re.VERBOSE,
)
_WHEN = re.compile(
    r"""\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8}\b|\b[A-Z][a-z]{2,8}\s+\d{1,2}\b|\b(?:19|20)\d\d\b
    |\b\d{1,2}[.:]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\b[01]\d[0-5]\d\b""",
    re.VERBOSE,
)
_WHO = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)\b|\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+|\b[A-Z]{2,3}\b")
_WHY = re.compile(
    r"\b(?:because|due to|owing to|reasons?|based on|as a result|in order to|so that|lack of|in view of"
    r"|on the grounds)\b",
    re.IGNORECASE,
)
_VOTE = re.compile(r"\b(?:propos|mov|second|carried|vote|unanim|round|ballot)", re.IGNORECASE)

#: What a passage must hold to be an answer of the kind asked for.
HOLDS: dict[Asks, Callable[[str], bool]] = {
    "amount": lambda text: _AMOUNT.search(text) is not None,
    "money": lambda text: _MONEY.search(text) is not None,
    "when": lambda text: _WHEN.search(text) is not None,
    "who": lambda text: _WHO.search(text) is not None,
    "why": lambda text: _WHY.search(text) is not None,
    "vote": lambda text: _VOTE.search(text) is not None,
}


def held_kinds(asks: frozenset[Asks]) -> list[Asks]:
    """The kinds of answer asked for that a passage can be looked through for; of money and amount, only money."""
    return [kind for kind in HOLDS if kind in asks and not (kind == "amount" and "money" in asks)]
