"""What an operative verb and the words after it come to, and whether it only runs the meeting."""

import re
from typing import Literal

Outcome = Literal["decided", "recommended", "proposed", "lost", "noted", "deferred", "withdrawn", "action"]

_NOTES = re.compile(
    r"\bnot(?:e|ed|es|ing)\b|\breceiv(?:e|ed|es|ing)\b(?! from\b| (?:\w+ ){0,4}readings?\b)", re.IGNORECASE
)
_ACT = (
    r"(?:agree|approve|adopt|authori[sz]e|delegate|appoint|endorse|grant|award|purchase|buy|pay|contact|write"
    r"|instruct|recommend(?!ation)|commission"
    r"|ratif(?:y|ie)|confirm|delete|set|make|donate|support|object|refer|establish|increase|reduce|close|transfer"
    r"|implement|publish|ask|request"
    r"|send|invite|support|renew|arrange|provide|submit|proceed|accept|waive|reject|oppose|enter|pass|seek"
    r"|elect|nominate|co-?opt|impose|introduce|extend|amend|declare|revoke|rescind|repeal|levy|install|replace|dispose"
    r"|allocate|remove|suspend|terminate|designate|create|convene|employ|engage"
    r"|direct(?=(?:s|ed|) (?:staff|the|that|officers|administration)\b)|urge|affirm|reaffirm|allow|permit"
    r"|refuse|decline|underwrite|undertake|commence|retain)"
)
_ACTS_FIRST = re.compile(
    rf"^\W*(?:(?:and|also|that|to|it|then|further|furthermore|now therefore|we|(?:the )?(?:council|committee|cabinet"
    rf"|board))\s+)*{_ACT}\w*\b",
    re.IGNORECASE,
)
_ACTS_AFTER = re.compile(rf"\band (?:(?:also|then|that|further)\s+)*(?:to )?(?:we )?{_ACT}\w*\b", re.IGNORECASE)
_IS_ACTED = re.compile(
    r"\bbe (?:\w+ly )?(?!noted|received|presented|accepted\b(?! as amended))"
    r"(?:\w+(?:ed|en|paid|made|sent|set)|sold|bought|built|let|held|kept|put|cut|spent|lent|shut|sought|found)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r";|(?:^|(?<=[\s:]))\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s|•|(?<=[a-z,])\.\s", re.IGNORECASE)
_ACCEPT_AND_NOTE = re.compile(
    r"\b(?:accept|consider|receive)(?:ed)?,? and note(?:d)?\b|\baccept(?:ed)?\b(?=(?: \S+){1,10} (?:for"
    r"|as) information\b)",
    re.IGNORECASE,
)
# "agreed that the report be noted": the verb that leads in is no act besides.
_LEAD = re.compile(
    r"^\W*(?:(?:agreed|resolved|decided)\b(?: unanimously)?\s*(?=(?:that\b|to\b|[:–-])"
    r"(?:.{0,80}\b(?:be|is|are) (?:noted|received)\b|\W*(?:to )?(?:note|receive)\b)))",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:and )?(?:asked|requested)\b.*$", re.IGNORECASE | re.DOTALL)
_DEFERS = re.compile(
    r"\b(?:defer(?:red|ring|s)?|(?<!meeting be )(?<!meeting was )(?<!meeting )adjourn(?:ed|(?!\s*(?:[,.;]|$)))"
    r"(?! the meeting| at \d)"
    r"|postponed?"
    r"|before determining (?:it|this|the)|motion be referred to|(?:send|sent) (?:\w+ ){1,6}back to"
    r"|held over|left over (?:to|until|till)|le(?:ft|ave) (?:this |it )?(?:until|till)(?= )|(?:laid|left(?: to lie)?"
    r"|lie) on the table|tabled"
    r"|to table (?:the )?(?:ordinance|resolution|matter|item|application|motion)"
    r"|(?:motion|moved|second\w*)\b.{0,60}\bto table\b(?! (?:an?|questions?|motions?|papers?)\b)"
    r"|put off (?:to|until|till)|be referred back"
    r"|carried (?:over|forward) to|be continued (?:to|until|for)|continue consideration|hold (?:\w+ ){1,4}over"
    r"|referred to the (?:\d{4} |next )?(?:\w+ )?budget (?:deliberations|process|discussions)"
    r"|continue (?:item|agenda item) \S+ to"
    r"|continue (?:the|this) (?:matter|item|hearing|public hearing|application|discussion))\b",
    re.IGNORECASE,
)
_LOSES = re.compile(
    r"\b(?:lost|defeated|not carried|voted down|motion fell|failed|no seconder|not (?:been )?seconded"
    r"|casting vote against)\b",
    re.IGNORECASE,
)
_WITHDRAWS = re.compile(r"\bwithdr(?:aw|awn|ew)\b", re.IGNORECASE)
_BE_WITHDRAWN = re.compile(r"\b(?:item|report|matter|application|motion|proposal) be withdrawn\b", re.IGNORECASE)
_RECOMMENDS = re.compile(
    r"^.{0,90}?\b(?:agreed|resolved|decided|moved)\b.{0,90}?(?:\bto|:|\bthat (?:the )?[\w’' -]{3,40}?)"
    r" (?:\(?[a1i][.)] )?(?<!as )recommend(?:s|ed)?(?:,? on the proposal of [^:;]{3,120}?,)?(?: \w+){0,5}? (?:to"
    r"|that|the)\b",
    re.IGNORECASE,
)
_IS_ASKED = re.compile(
    r"\bmake the following recommendations? to\b|"
    r"\bbe recommended to (?:the )?(?:full )?(?:council|cabinet|executive|board|\w+ committee)\b"
    r"|\b(?:councils?|cabinet|executive|board) be recommended to\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?:^|\s)\(?[a-h][.)]\s")
_PROCEDURAL = re.compile(
    r"\bapologies\b|\bminutes\b.{0,160}\b(?:correct|true|accurate|approved|confirmed|agreed|adopted|signed|accepted"
    r"|record)\b"
    r"|\b(?:approv|confirm|adopt|accept|sign)\w*\b.{0,60}\bminutes\b"
    r"|\b(?:approv|confirm|adopt|sign)\w*\b.{0,12}\b(?:the|that) Minute\b|\bminutes\b.{0,60}\btaken as read\b"
    r"|\bsigned as (?:a|an|the) (?:true|correct|accurate)\b|\bapology\b"
    r"|\bminutes?\b.{0,80}\bproposed\b.{0,60}\bseconded\b"
    r"|\bagreed? as (?:a|an|the) (?:correct|true|accurate) record\b"
    r"|\bexclu(?:de|sion|ded)\b.{0,40}\b(?:press|public)\b|\b(?:press|public)\b.{0,60}\bexclu|\bin camera\b"
    r"|\bbusiness [‘'“\"]?in committee\b|\b(?:go|went|move[sd]?) into committee\b"
    r"|\bclosed (?:session|meeting)\b"
    r"|\bclosed to the public\b|\bresume\b.{0,30}\b(?:open|public)\b|\bstanding orders? be suspended\b"
    r"|\bsuspen\w+ (?:of )?standing orders?\b"
    r"|\b(?:running )?order of (?:business|the agenda)\b|\brunning order\b|\btaking item\b"
    r"|\badjourn(?:ed|ment)? (?:the meeting|at|for|until \d)|\bagenda (?:be|was) (?:adopted|approved|accepted)\b"
    r"|\b(?:approve|adopt|accept)\w* the agenda\b|\bdate of (?:the )?next meeting\b|\bmeeting (?:be|was) (?:closed"
    r"|adjourned)\b"
    r"|\bdeclarations? of (?:pecuniary )?interests?\b|\bdispensation\b|\bextend the meeting\b"
    r"|\bcorrespondence (?:report |list )?(?:be |was )?(?:received|as presented)\b"
    r"|\bconfirm\w* (?:the )?proceedings\b"
    r"|\b(?:statement|list|schedule) of (?:accounts|payments)\b.{0,200}\b(?:approved|paid)\b",
    re.IGNORECASE,
)
_PROCEDURAL_ITEM = re.compile(
    r"^(?:[\w./]+\s+)?(?:apologies|declarations?|disclosures?|minutes\b|(?:approval|confirmation|adoption"
    r"|signing) of (?:the )?(?:previous )?"
    r"(?:minutes|agenda)|previous minutes|exclusion|adjournment|welcome|clerk[’']?s report"
    r"|public participation|date of next|next meeting)",
    re.IGNORECASE,
)


_LOST = {
    "lost", "defeated", "fell", "failed", "died", "against", "no seconder", "not seconded", "not carried", "not passed",
    "dies", "fails", "no second", "no support", "no appetite", "no enthusiasm",
    "not agreed", "not adopted", "not approved", "not supported",
    "not accepted",
}  # fmt: skip


# "Decision: not approved."
_NOT = re.compile(
    r"\W*(?:(?:decisions?|resolved|resolution|agreed)\W+)?not (?:approved|agreed|accepted|supported|carried|adopted)\b",
    re.I,
)


_COUNTED = re.compile(r"(\d{1,2})\D+?(\d{1,2})\b")


def _outvoted(word: str) -> bool:
    """Whether a vote told by its counts alone, "2-3" or "2 for, 3 against", had no majority."""
    match = _COUNTED.match(word)
    return match is not None and int(match[1]) <= int(match[2])


def outcome_of(verb: str, text: str) -> Outcome:
    """What an operative verb with the words of its statement comes to."""
    word = verb.lower()
    losing = word not in ("agreed", "resolved", "decided") and _LOSES.search(text[:200])
    if word in _LOST or word.startswith(("nobody", "no one", "no-one", "lapsed", "fell ", "did not ")) or losing:
        return "lost"
    if _NOT.match(text) or _outvoted(word):
        return "lost"
    if _WITHDRAWS.search(word) or _BE_WITHDRAWN.search(text[:90]):
        return "withdrawn"
    if (
        word in ("continued", "no decision", "stood referred")
        or _DEFERS.search(word)
        or (_DEFERS.search(text[:90]) and not _only_recommends(text))
    ):
        return "deferred"
    if only_notes(word, text):
        return "noted"
    if word == "recommended" or _only_recommends(text):
        return "recommended"
    return "decided"


def only_notes(verb: str, text: str) -> bool:
    """Whether the statement receives or notes, and does nothing else."""
    text = _LEAD.sub("", _ACCEPT_AND_NOTE.sub("note", text))
    if "noted" in verb.lower():
        text = _ASKED.sub("", text)
    if "noted" not in verb.lower() and not _NOTES.search(text[:90]):
        return False
    parts = [part for part in _PARTS.split(text) if part and len(part.split()) > 1]
    if "noted" not in verb.lower() and parts and not _NOTES.search(" ".join(parts[:2])[:110]):
        return False
    return not any(_ACTS_FIRST.search(part) or _ACTS_AFTER.search(part) or _IS_ACTED.search(part) for part in parts)


def _only_recommends(text: str) -> bool:
    """Whether the body asks another for everything: in the words that lead in, or in each clause."""
    match = _RECOMMENDS.search(text)
    parts = [part for part in _PARTS.split(text) if len(part.split()) > 2]
    if match is None:
        asked = [_IS_ASKED.search(part) is not None for part in parts]
        return any(asked) and all(one or _NOTES.search(part) for one, part in zip(asked, parts, strict=True))
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    lead_in = match.end() <= len(clauses[0]) + 1
    return lead_in or all(re.match(r"(?:to )?recommend", clause, re.IGNORECASE) for clause in clauses[1:])


def is_procedural(text: str, item: str | None = None) -> bool:
    """Whether a resolution only runs the meeting: minutes confirmed, public excluded, order of business.

    `item` is the agenda item it stands under, which says it of a text too short to say it itself.
    """
    if _PROCEDURAL.search(text[:360]):
        return True
    return len(text) < 120 and bool(item and _PROCEDURAL_ITEM.match(item)) and "arising" not in (item or "").lower()
