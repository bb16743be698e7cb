"""A question read: what it asks for, of which body and meeting, and in which words."""

import math
import re
from dataclasses import dataclass, replace

from answer.asks import Asks, asks_in
from answer.fits import NOTHING_ASKED, Fit
from answer.known import Known
from answer.times import When, full_years, periods_in, times_in
from index.words import STOP_WORDS, Words
from ingest.dates import MONTHS
from minutebook.errors import BadQuestion

LONGEST_QUESTION = 2000
#: A shorter word that no paper has is more often another word than a slip: "kids" is not "kits".
LEAST_LETTERS = 5

#: Words that say what sort of answer is wanted, not what it is about: they find nothing.
INTENT = frozenset(
    "agreed agree agrees decided decide decides decision decisions resolved resolve resolution approved "
    "approve council councils committee committees meeting meetings member members minutes paper papers report "
    "reports councillor councillors cllr say says said tell happened outcome much many cost costs when who "
    "whose why where what which date day time year did end got get give gave given going latest final finally "
    "now currently still yet about regarding concerning any anything been put out come came back up over per "
    "ours we us our they mover moved seconder seconded proposed proposer propose vote voted votes number "
    "amount figure reckon left bit lot made make makes does want wanted done next new last this year's didi ok "
    "please thing things there here also ever never okay okayed ok'd".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question as the index knows it. `weight` is how much it tells; `also` are other ways to say it."""

    stem: str
    weight: float
    also: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A question read. `words` is what to search for: the question less what only says whose papers are meant.

    `elsewhere` says that it names a council or committee that none of the papers is of, `of_meeting` that it speaks of
    a meeting.
    """

    text: str
    asks: frozenset[Asks]
    terms: tuple[Term, ...]
    words: str
    bodies: tuple[str, ...]
    committees: tuple[str, ...]
    times: tuple[When, ...]
    figures: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    elsewhere: bool = False
    of_meeting: bool = False
    fit: Fit = NOTHING_ASKED


def read_question(text: str, known: Known, words: Words) -> Question:
    """Reads a question against what the library knows. Raises BadQuestion when it is empty or too long."""
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        raise BadQuestion("question", "is empty; ask about something in the papers")
    if len(text) > LONGEST_QUESTION:
        raise BadQuestion("question", f"is {len(text)} characters long; {LONGEST_QUESTION} is the most")
    text = full_years(text)
    bodies, committees = tuple(known.bodies_in(text)), tuple(known.committees_in(text))
    aside = {word for name in (*bodies, *committees) for word in known.body_words(name)}
    kept = [word for word in re.findall(r"[\w£$%.,/’'-]+", text) if not _is_aside(word, aside)]
    likely = {word: _likelier(word, words, known) for word in kept}
    terms = tuple(_terms(kept, likely, known, words))
    asks = asks_in(text)
    return Question(
        text=text,
        asks=asks,
        terms=terms,
        words=" ".join([*kept, *filter(None, likely.values()), *(also for term in terms for also in term.also)]),
        bodies=bodies,
        committees=committees,
        times=tuple(times_in(text)),
        figures=tuple(re.findall(r"[£$]\s?\d[\d,.]*[kmbn]*|\d[\d,.]*\s?%", text)),
        periods=periods_in(text),
        elsewhere=known.names_another(text, INTENT),
        of_meeting=re.search(r"\bmeetings?\b", text, re.IGNORECASE) is not None,
        fit=Fit.of(text, asks),
    )


def _plain(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.lower().strip(".,?!'’\"-"))


def _is_aside(word: str, aside: set[str]) -> bool:
    plain = _plain(word)
    parts = re.findall(r"[a-z0-9]+", plain)
    return not plain or plain in aside or (bool(parts) and all(part in aside for part in parts))


def _likelier(word: str, words: Words, known: Known) -> str | None:
    """For a word that is none of the papers', the likeliest of theirs that was meant."""
    plain = _plain(word)
    if plain in INTENT or plain in known.long_forms or not plain.isalpha():
        return None
    if spelt_out := words.spelt_out(plain):
        return spelt_out
    return words.suggest_spelling(plain) if len(plain) >= LEAST_LETTERS else None


_TELLS_NOTHING = INTENT | STOP_WORDS | frozenset(MONTHS)
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")


def _terms(kept: list[str], likely: dict[str, str | None], known: Known, words: Words) -> list[Term]:
    count = max(words.count, 1)
    found: dict[str, Term] = {}

    def weight(stem: str) -> float:
        """Inverse document frequency (Spärck Jones 1972), so that a rare name counts for more than a common word."""
        return math.log(1 + (count + 1) / (words.document_frequency(stem) + 1))

    for word in kept:
        plain = _plain(word)
        if plain in _TELLS_NOTHING or _DAY.fullmatch(plain):
            continue
        if meant := likely[word]:
            # It may be a slip, or a word of the asker's own that no paper has: half a term's worth either way.
            for stem in words.terms(meant) if meant not in _TELLS_NOTHING else ():
                found.setdefault(stem, Term(stem, weight(stem) / 2))
            for stem in words.terms(plain):
                found.setdefault(stem, Term(stem, weight(stem) / 2, known=False))
            continue
        long = known.long_forms.get(plain)
        also = tuple(words.terms(long)) if long else ()
        for stem in words.terms(plain):
            known_here = words.document_frequency(stem) > 0
            found.setdefault(stem, Term(stem, weight(stem), also, known_here or bool(also)))
    return [_with_short(term, found, known, words) for term in found.values()]


def _with_short(term: Term, found: dict[str, Term], known: Known, words: Words) -> Term:
    """A term of a long form spelt out in the question may be said by its abbreviation: LAC, Looked After Children."""
    if term.also:
        return term
    for short, long in known.long_forms.items():
        stems = words.terms(long)
        if term.stem in stems and len(stems) > 1 and all(stem in found for stem in stems):
            return replace(term, also=(short,))
    return term
