"""Decisions that minutes only tell of: made before, by others, or not yet."""

import re

from ingest.wording import WHO

# "It was noted that Cabinet had agreed …", "the minutes, which were approved in March": decisions made elsewhere.
_TOLD = re.compile(
    r"\b(?:had (?:\w+ ){0,2}(?:agreed|approved|resolved|decided|adopted|refused|granted|rejected|appointed|deferred"
    r"|elected|accepted|withdrawn)"
    r"|if |whether |until |once |unless |when |because |as (?!amended\b)|which |who |should it |hoped "
    r"|was (?:told|informed) )",
    re.IGNORECASE,
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_EARLIER = re.compile(
    rf" (?:in (?:{_MONTH}|(?:19|20)\d\d)\b"
    rf"|(?:\d{{1,2}} ?[-–] ?\d{{1,2}} )?on (?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\b"
    r"|(?:at|in) (?:the|our|its) (?:last|previous)\b|last (?:year|month|meeting)\b)"
)
# "With reference to the minute of 24 August, when the Committee agreed the plan", "since the Executive agreed it".
_SINCE = re.compile(r"\b(?:when|since|after|before|where) (?:(?:the|this|our) (?:\w+ )?)?$", re.IGNORECASE)
# "Council refused a similar application in 2019."
_A_LIKE_ONE = re.compile(r" (?:a|an) (?:similar|like|identical|earlier|previous)\b", re.IGNORECASE)
# "Police had supported a similar order that was approved at Netherby."
_THAT_WAS = re.compile(r"\b(?!(?:agreed|resolved|noted|reported|said|stated)\b)[a-z]+ that (?:was|were) (?:\w+ly )?$")
_WHEN = re.compile(r"\b(?:when|where|at which) $", re.IGNORECASE)
# "It was moved by Cllr Hale that the Panel support the precept": what it would do, if it agreed.
_MOVED_THAT = re.compile(
    r"\b(?:moved|proposed|suggested|asked|requested)\b[^.;]{0,120}\bthat (?:the )?$", re.IGNORECASE
)
_BODY_DID = re.compile(rf"(?!it\b){WHO} ", re.IGNORECASE)
_HAD = re.compile(r"\bhad (?:\w+ ){0,3}$", re.IGNORECASE)
# "to recommend that Council supports the motion": what it will decide, if it follows that.
_ASKING = re.compile(r"\brecommend(?:s|ed|ing|ation)?(?: to [\w ]{3,30})? that (?:the )?$", re.IGNORECASE)
# "The planner stated that the Commission voted to …", "Mr Hale said the Commission approved …"
_SAID = re.compile(
    r"\b(?:(?:stat(?:ed|ing)|said|saying|explained|advis(?:ed|ing)|inform(?:ed|ing)(?: \w+){0,2}|commented"
    r"|added|recalled|clarified) that"
    r"|(?<!resolved to )(?<!it was )noted (?:that )?(?=(?:the )?(?:\w+ )?(?:council|committee|cabinet|board)\b)"
    r"|(?:stated|said|reported) (?=(?:the|our|his|her|their|he|she|they)\b))\b(?:(?!\band\b(?! that\b)|;).){0,160}$",
    re.IGNORECASE,
)
#: A sentence that begins so is about another meeting.
ELSEWHERE = re.compile(
    r"^\W*(?:(?:•|\d[\d.]*|\(?[a-z]\))\s*)?(?:at (?:that|its|the (?:previous|last)|a previous|an earlier) meeting"
    rf"|at the {_MONTH} meeting"
    r"|in (?:(?:early|late|mid-?|\w{3,9}) )?(?:19|20)\d\d,? |last (?:year|month)|previously)",
    re.IGNORECASE,
)
# "has been refused by the planning authority" is another body's; "were approved by the Committee" is ours.
_BY_OTHERS = re.compile(
    rf"^ by (?!(?:the )?(?:full |whole )?{WHO}\b|those present|a (?:show|majority|vote)|\d|unanim|consensus"
    rf"|[A-Z]\w*(?: \w+)?(?:,| and) seconded)",
    re.IGNORECASE,
)
_AT_ITS_MEETING = re.compile(r"\b[Aa]t its (?:\w+ )?meeting (?:of|in|on)\b[^.:]{0,40}$")
_AGREED_ABOVE = re.compile(
    r"^ by the (?:Secretary of State|Minister|Government|Department|Home Office|County|District)\b"
)
_OTHER_COUNCIL = re.compile(
    r"\b(?:County|District|Borough|City|Unitary|Regional|Highland|Metropolitan)(?: Council)?(?: \w+){0,2} \w+(?:ed)$"
    r"|\b(?!Parish|Town|Community|The\b|This|Full)[A-Z]\w+ Council (?:has|have) (?:\w+ )?\w+ed$"
    r"|\b(?:[Cc]ounty|[Dd]istrict|[Bb]orough|[Cc]ity) (?:[Cc]abinet|[Cc]ouncil) (?:has|have) (?:\w+ )?\w+ed$"
    r"|\b(?:State|Federal|National|Provincial|Government) (?:\w+ ){0,2}\w+ed$"
)
_OTHERS_VERBS = (
    "approved",
    "refused",
    "granted",
    "rejected",
    "adopted",
    "confirmed",
    "appointed",
    "accepted",
    "awarded",
    "supported",
)
# Verbs that decide only of some things: "it was confirmed that" reports, "the minutes were confirmed" decides.
_DECIDES_OF = {
    "confirmed": re.compile(r"\bminutes\b|\brecord\b|\bsigned\b|\bappoint", re.IGNORECASE),
    "accepted": re.compile(
        r"\b(?:quot|tender|offer|accepted as|apolog|bid|report|recommend|proposal|nominat|resign|estimate)", re.I
    ),
    "awarded": re.compile(r"\b(?:contract|tender|grant)", re.IGNORECASE),
    "granted": re.compile(r"\b(?:permission|grant|dispensation|leave|request|licence|consent)", re.IGNORECASE),
    "supported": re.compile(r"\b(?:council|committee|meeting|members|cc|proposal|motion|application)\b", re.IGNORECASE),
    "noted": re.compile(
        r"^\W*noted\W*$|\b(?:was|were)(?: \w+)? noted(?: by [\w ]{3,30})?\W*$"
        r"|\bnoted (?:the|receipt)\b(?! (?:challenges|importance|difficult|need|concern|lack|high|positive))",
        re.I,
    ),
}


def is_told(sentence: str, match: re.Match[str], verb: str) -> bool:
    """Whether the words matched in a sentence tell of a decision made before or elsewhere rather than make it."""
    if verb in ("signed", "withdrawn") or "taken as read" in verb:
        return False
    if _HAD.search(sentence[: match.start("verb")]) or _ASKING.search(sentence[: match.start()]):
        return True
    moved = _MOVED_THAT.search(sentence[: match.start()]) and _BODY_DID.match(match[0])
    if moved and "seconded" not in sentence[match.end() :]:
        return True
    if _WHEN.search(sentence[: match.start()]) and match[0].lower().startswith("it "):
        return True
    if _BODY_DID.match(match[0]) and _SINCE.search(sentence[: match.start()]):
        return True
    if match[0].lower().startswith("seconded the motion"):
        return False
    if _SAID.search(sentence[: match.start("verb")]):
        return True
    anew = match[0].lower().startswith("it was") and sentence[: match.start()].endswith((", and ", "; and ", "; "))
    told = None if anew else _TOLD.search(sentence, 0, match.end("verb"))
    # "As these were legal it was agreed not to …" gives the reason; "as it was agreed in March" tells.
    reason = told is not None and told[0].lower().startswith(("as ", "because ")) and match.start() - told.end() > 12
    if told is not None and not reason and told.start() < 60 and match.start("verb") - told.start() < 70:
        return True
    if _EARLIER.match(sentence, match.end("verb")):
        return True
    if _A_LIKE_ONE.match(sentence, match.end("verb")):
        return True
    if _THAT_WAS.search(sentence[: match.start("verb")]):
        return True
    needs = _DECIDES_OF.get(verb)
    if needs is not None and not needs.search(sentence):
        return True
    if _OTHER_COUNCIL.search(sentence[: match.end("verb")]) or _AT_ITS_MEETING.search(sentence[: match.start()]):
        return True
    if verb == "agreed" and _AGREED_ABOVE.match(sentence[match.end("verb") :]):
        return True
    return (
        verb in _OTHERS_VERBS
        and bool(_BY_OTHERS.match(sentence[match.end("verb") :]))
        and "minutes" not in sentence.lower()
    )
