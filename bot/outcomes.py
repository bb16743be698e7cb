"""What became of it, in a plain sign and a word: the first thing a message says."""

from answer.answer import Outcome

#: Signs that read alike in the light and the dark, on a telephone and aloud.
SIGNS: dict[Outcome, tuple[str, str]] = {
    "decided": ("✅", "Decided"),
    "recommended": ("➡️", "Recommended only"),
    "proposed": ("✋", "Proposed only"),
    "lost": ("❌", "Lost"),
    "noted": ("📄", "Noted"),
    "reported": ("ℹ️", "Reported"),
    "not_found": ("🔍", "Not found"),
}


def sign_and_word(outcome: str) -> str:
    """The outcome as it is shown, such as "✅ Decided"; a register's other outcomes (deferred, withdrawn) by name."""
    for known, (sign, word) in SIGNS.items():
        if known == outcome:
            return f"{sign} {word}"
    return f"• {outcome.replace('_', ' ').capitalize()}"
