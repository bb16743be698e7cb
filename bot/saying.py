"""What the bot says of itself: help, settings, and what went wrong."""

from minutebook.errors import BadQuestion, HomeError, MinutebookError, ModelError

LONGEST_QUESTION = 2_000

WORKING = "Looking through the papers…"
STATUS = "is looking through the papers…"
HELP = (
    "Ask what was decided, in your own words, and I answer with the minute and the page.\n"
    "• Mention me in a channel, and I answer in a thread.\n"
    "• Write to me directly, or use /minutes and a question: only you see the answer.\n"
    "• On a message, More actions → Find the decision.\n"
    "• “follow-ups on”, said to me in a channel, lets me answer in my threads there without being mentioned; "
    "“follow-ups off” ends it, and “stop” in a thread mutes me in it."
)
FOLLOW_UPS_ON = (
    "I now answer what is asked in my threads in this channel without being mentioned. “stop” in a thread mutes me in "
    "it; “follow-ups off”, said to me, ends it for the channel."
)
FOLLOW_UPS_OFF = "In this channel I now answer only when I am mentioned."
NOTHING_TO_SET = "Here I answer everything you write; there is nothing to turn on or off."
MUTED = "I am quiet in this thread now. Mention me to ask again."
BUSY = "More is being asked than I can answer just now. Please ask again in a minute."
NO_WORDS = "There are no words in that message to ask about."
THANKS = "Thank you. That is noted for whoever looks after Minutebook."
GONE = "That answer can no longer be shown: its papers have changed since. Please ask again."
NOTHING_TO_SHARE = (
    "Asked again for everyone in the channel, the papers they may see do not answer it. Nothing was shared."
)
NOT_IN_CHANNEL = "I am not in that channel. Invite me there (/invite), then share again."
NOT_SHARED = "That could not be shared there."
NO_LATER = "No later decision of that body on this is in the papers held."

#: What people call the settings.
_STOP = {"stop", "stop.", "stop!", "mute", "quiet"}
_ON = {"follow-ups on", "follow ups on", "followups on", "follow-up on", "follow up on"}
_OFF = {"follow-ups off", "follow ups off", "followups off", "follow-up off", "follow up off"}


def is_stop(text: str) -> bool:
    return text.strip().lower() in _STOP


def is_help(text: str) -> bool:
    return text.strip().lower() in ("", "help", "?")


def follow_ups_wanted(text: str) -> bool | None:
    """Whether the text turns follow-ups on or off; None when it is about something else."""
    said = " ".join(text.lower().split())
    return True if said in _ON else False if said in _OFF else None


def too_long(text: str) -> str | None:
    """What to say to a question longer than is taken; None to any other."""
    if len(text) <= LONGEST_QUESTION:
        return None
    return f"That question has {len(text):,} characters. Please ask it in {LONGEST_QUESTION:,} or fewer."


def words_for(error: MinutebookError) -> str | None:
    """What to say when an answer cannot be given for a reason the person should know; None for one of our own."""
    match error:
        case BadQuestion():
            return f"That cannot be asked as it stands ({error})."
        case HomeError() | ModelError():
            return "The papers cannot be searched just now. Please ask again in a minute."
        case _:
            return None


def failed(reference: str) -> str:
    """What to say when something broke. `reference` is in the log beside what it was."""
    return (
        "That could not be answered: something went wrong here. Please ask again. "
        f"If it goes on, tell whoever looks after Minutebook: answer {reference}."
    )
