"""The words before a quote: whose it is, what it amounts to, and how it came about."""

from datetime import date
from textwrap import shorten

from answer.answer import Outcome
from answer.passages import Passage
from ingest.decisions import RECORDS
from ingest.papers import Paper

_A_PAPER = {"report": "A report", "supplement": "A supplement", "appendix": "An appendix", "agenda": "An agenda"}
_WHOLE_COUNCIL = ("council", "parish council", "town council", "community council", "full council", "county council")


def lead_of(passage: Passage, outcome: Outcome, *, first: bool, with_body: bool = False) -> str:
    """The words before a quote that say whose it is and that it amounts to `outcome`.

    `first` says that nothing is told before it, `with_body` that papers of several bodies could be meant.
    """
    paper, decision = passage.paper, passage.decision
    whose = f"{who(paper)}{_of_body(paper, who(paper))}" if with_body else who(paper)
    when = f", {day_in_words(paper.meeting_date)}" if paper.meeting_date else ""
    on = f" on {day_in_words(paper.meeting_date)}" if paper.meeting_date else ""
    undecided = "No decision on this is recorded in the papers held. " if first else ""
    if decision is not None and paper.kind in RECORDS:
        how = how_of(passage)
        if decision.outcome == "deferred":
            return f"Deferred, not decided, by {whose}{on}{how}: "
        if decision.outcome == "withdrawn":
            return f"Not agreed: withdrawn at {whose}{on}{how}: "
        words = {
            "decided": "Agreed by",
            "noted": "Noted by",
            "lost": "Not agreed: lost at",
            "recommended": "Recommended by",
        }
        if outcome in words:
            return f"{words[outcome]} {whose}{on}{how}: "
        if outcome == "proposed":
            return f"{undecided}Moved at {whose}{on}{how}: "
    if outcome == "recommended":
        return f"{undecided}{_A_PAPER.get(paper.kind, 'A paper')} to {whose}{when} recommends: "
    if outcome == "proposed":
        return f"{undecided}On the agenda of {whose}{when}: "
    if paper.kind in ("minutes", "agenda", "notice"):
        return f"{paper.title.split(',')[0].split(' of ')[0]} of {whose}{when}: "
    return f"{shorten(paper.title, 90, placeholder=' …')}{_of_body(paper, paper.title) if with_body else ''}{when}: "


def _of_body(paper: Paper, said: str) -> str:
    """The body's name to be added to what is said already; nothing where that has it."""
    return f" of {paper.body}" if paper.body and paper.body.lower() not in said.lower() else ""


def how_of(passage: Passage) -> str:
    """Mover, seconder and vote of a decision, where the minutes give them and its own words do not."""
    decision = passage.decision
    if decision is None:
        return ""
    parts = []
    own = decision.text  # what its own words say need not be said twice
    if decision.mover and decision.mover not in own:
        parts.append(f"proposed by {decision.mover}")
    if decision.seconder and decision.seconder not in own:
        parts.append(f"seconded by {decision.seconder}")
    vote = decision.vote
    if vote and vote.for_ is not None and vote.against is not None:
        abstained = f", {vote.abstained} abstained" if vote.abstained else ""
        parts.append(f"{vote.for_} for, {vote.against} against{abstained}")
    elif vote and vote.how == "unanimous" and "unanimous" not in own:
        parts.append("unanimous")
    return f" ({', '.join(parts)})" if parts else ""


def who(paper: Paper) -> str:
    """The meeting's name: the committee, or the body where its whole council met."""
    if paper.committee is None or paper.committee.lower() in _WHOLE_COUNCIL:
        return paper.body or paper.committee or "the council"
    return f"the {paper.committee}" if not paper.committee.lower().startswith("the ") else paper.committee


def day_in_words(day: date) -> str:
    """A date as people say it: 22 May 2018."""
    return f"{day.day} {day:%B %Y}"
