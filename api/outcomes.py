"""What an outcome is called where people read it."""

from answer.answer import Outcome

OUTCOMES: dict[Outcome, str] = {
    "decided": "Decided",
    "recommended": "Recommended only",
    "proposed": "Proposed only",
    "lost": "Lost",
    "noted": "Noted",
    "reported": "Reported",
    "not_found": "Not found",
}
