"""What a passage amounts to: decided, only asked for, lost, or reported."""

import re

from answer.answer import Outcome
from answer.passages import Passage
from ingest.decisions import RECORDS

_RECOMMENDS_TO = re.compile(r"\b(?i:recommend(?:s|ed)? to (?:the )?)(?P<whom>[A-Z]\w+(?: (?:and )?[A-Z&]\w*)*)")

_WHAT = re.compile(
    r"\bwhat\b.{0,80}\b(?:agreed?|decided?|decisions?|resolved?|resolutions?)\b|\bdecisions? (?:on|about|of|taken)\b",
    re.IGNORECASE,
)


def outcome_of(passage: Passage, asks_decision: bool, question: str = "") -> Outcome:
    """What a passage amounts to. Only minutes and records of decisions decide; any other paper asks or reports.

    A decision to recommend is one where what was agreed is asked; whether a thing is so, it leaves to the body asked.
    """
    decision, kind = passage.decision, passage.paper.kind
    if decision is None:
        return "proposed" if asks_decision and kind in ("agenda", "notice") else "reported"
    if kind in RECORDS:
        asked_of = _RECOMMENDS_TO.search(decision.text)
        if asked_of and decision.outcome == "decided" and _named(asked_of["whom"], question):
            return "recommended"
        match decision.outcome:
            case "recommended" if asked_of and _named(asked_of["whom"], question):
                return "recommended"
            case "recommended" if decision.verb.lower() in ("agreed", "resolved", "decided") and _WHAT.search(question):
                # "AGREED to RECOMMEND" is what was agreed; its own words say to whom. It is not so for that.
                return "decided"
            case "decided" | "recommended" | "noted" | "lost" | "proposed":
                return decision.outcome
            case "withdrawn":
                return "lost"
            case "deferred":
                return "proposed"
            case _:
                return "reported"
    # What a report asks for is not what is so, however the question is put.
    if decision.outcome == "recommended":
        return "recommended"
    return "proposed" if asks_decision else "reported"


def _named(whom: str, question: str) -> bool:
    """Whether a question names any of those a recommendation was made to: "Policy Committee and Full Council"."""
    asked = question.lower()
    return any(name.strip().lower() in asked for name in re.split(r" and |,", whom) if " " in name.strip())
