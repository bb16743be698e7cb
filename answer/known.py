"""The names a question may use, learnt from the papers themselves: bodies, committees, and house abbreviations."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from index.filters import PUBLIC, Audience
from index.library import Library
from index.words import STOP_WORDS

#: Words that say what kind of body it is and not which.
_KIND_WORDS = frozenset(
    "council county borough district city parish town township community metropolitan municipality village of the and "
    "upon cum on in le association hall authority corporation regional royal municipal meeting".split()
)
#: Words that begin the names of many places: of "Port Elm" and "Port Oak" neither is meant by "port" alone.
_SHARED_WORDS = frozenset(
    "port north south east west great little upper lower nether over new old st saint mid central isle castle "
    "long high market bishop bishops kings queens church".split()
)
_ABBREVIATED = re.compile(
    r"(?P<long>[A-Za-z][\w’'&-]*(?:[ -][A-Za-z][\w’'&-]*){1,7})"
    r" \((?:the |hereafter )?[“\"'‘]?(?P<short>[A-Z][A-Za-z&]{1,7}s?)[”\"'’]?\)"
)
_MEETS = r"(?:(?:community|parish|town|district|borough|city) council|council(?! tax)|cabinet|committee|scrutiny)"
_BEFORE_MEETS = re.compile(rf"((?:[\w’'&-]+ ){{1,4}})(?P<meets>{_MEETS})\b", re.IGNORECASE)
_KINDS_OF_COUNCIL = frozenset("county parish town community district borough city township municipal".split())
#: Words that may stand before "council" or "committee" without naming one.
_PLAIN_BEFORE = STOP_WORDS | frozenset(
    "that full whole any annual special regular local sub joint select new next last child childrens children services "
    "s".split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the library's papers call things: bodies, committees, and long forms by their abbreviation."""

    bodies: tuple[str, ...]
    committees: tuple[str, ...]
    long_forms: dict[str, str] = field(default_factory=dict)

    def bodies_in(self, question: str) -> list[str]:
        """The bodies that a question names, by a distinctive word of their name or by their initials."""
        words = set(_words(question))
        found = []
        for body in self.bodies:
            own = [word for word in _words(body) if word not in _KIND_WORDS and len(word) > 2]
            initials = "".join(word[0] for word in re.findall(r"\w+", body)).lower()
            named = own[:2] if own[:1] and own[0] in _SHARED_WORDS else own[:1]
            if (named and words.issuperset(named)) or (len(initials) > 2 and initials in words):
                found.append(body)
        return _most_particular(found, words)

    def committees_in(self, question: str) -> list[str]:
        """The committees that a question names in full."""
        words = _words(question)
        plain = f" {' '.join(words)} "
        return [
            name
            for name in self.committees
            if f" {' '.join(_words(name))} " in plain and _words(name) not in (["council"], ["parish", "council"])
        ]

    def names_another(self, question: str, aside: frozenset[str]) -> bool:
        """Whether a question names a council or committee that none of the papers is of; words `aside` name none."""
        ours = {word for name in (*self.bodies, *self.committees) for word in self.body_words(name)}
        for match in _BEFORE_MEETS.finditer(question):
            named = match[1].split()
            plain = match["meets"].lower() in ("council", "cabinet")
            while named and named[-1].lower() in _KINDS_OF_COUNCIL:
                named.pop()
                plain = False
            # "sell council land" names none; "Thornby's cabinet", "Thornby council" and "thornby parish council" do.
            if not named or (plain and not (named[-1][:1].isupper() or named[-1].endswith(("'s", "’s")))):
                continue
            before = re.findall(r"[a-z]+", re.sub(r"[’']s?\b", "", " ".join(named).lower()))
            if before and not before[-1].endswith(("ing", "ed")) and before[-1] not in ours | _PLAIN_BEFORE | aside:
                return True
        return False

    def body_words(self, body: str) -> set[str]:
        """The words of a question that only say whose papers are meant."""
        return {word for word in _words(body) if len(word) > 2 or word in ("cc", "pc")} | {
            "".join(word[0] for word in re.findall(r"\w+", body)).lower()
        }


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"[’']s?\b", "", text.lower()))


def _most_particular(bodies: list[str], words: set[str]) -> list[str]:
    """Of bodies named by the same word, those that more words of the question fit: "Elm hall" is its association."""
    if len(bodies) < 2:
        return bodies
    fit = {body: len(set(_words(body)) & words) for body in bodies}
    best = max(fit.values())
    return [body for body in bodies if fit[body] == best]


def known_in(library: Library, audience: Audience = PUBLIC) -> Known:
    """Learns the names from the papers that may be seen. Reads every paragraph once; keep what it gives."""
    visible = library.visible(audience=audience)
    papers = [library.paper(paper) for paper in library.papers() if paper in visible]
    bodies = Counter(paper.body for paper in papers if paper.body)
    committees = Counter(paper.committee for paper in papers if paper.committee)
    return Known(
        tuple(body for body, _ in bodies.most_common()),
        tuple(committee for committee, _ in committees.most_common()),
        abbreviations(library.store.texts(audience)),
    )


def abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Abbreviation in lower case -> its long form, as the papers introduce them: "Looked After Children (LAC)"."""
    counted: dict[str, Counter[str]] = {}
    for text in texts:
        if "(" not in text:
            continue
        for match in _ABBREVIATED.finditer(text):
            if long := _spelt_by(match["short"], match["long"]):
                # "HMOs" says HMO too.
                for short in {match["short"], re.sub(r"(?<=[A-Z])s$", "", match["short"])}:
                    counted.setdefault(short.lower(), Counter())[long] += 1
    return {short: longs.most_common(1)[0][0] for short, longs in counted.items()}


def _spelt_by(short: str, long: str) -> str | None:
    """The last words of `long` whose initials spell `short`, small words aside."""
    words = re.split(r"[ -]", long)
    wanted = [char.lower() for char in short.rstrip("s") if char.isalpha()]
    small = {"of", "and", "the", "for", "in", "to", "on", "with"}
    for start in range(len(words) - 1, -1, -1):
        tail = words[start:]
        for taken in (tail, [word for word in tail if word.lower() not in small]):
            if [word[0].lower() for word in taken if word] == wanted:
                return " ".join(tail)
    return None
