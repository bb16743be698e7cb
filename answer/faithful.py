"""Whether a sentence that a writer made keeps to the words it was made from. In doubt it does not: they are quoted."""

import re

from index.chunks import sentences
from index.words import stemmed

LONGEST = 400
#: The part of a sentence's words that must be the passage's own.
OWN_WORDS = 0.75

#: What became of a matter, and which way it went. In another form these tell of another outcome.
_OUTCOME = r"""
    agree\w* | resol[uv]\w* | deci[ds]\w* | approv\w* | adopt\w* | endors\w* | accept\w* | grant(?:ed|s|ing)?
    | authori[sz]\w* | carr(?:y|ied|ies) | pass(?:ed|es)? | vot(?:e|ed|es|ing) | reject\w* | refus\w* | los[te]
    | defeat\w* | withdr\w* | defer\w* | mov(?:e|ed|es) | second(?:ed|s|er)? | note[ds]? | confirm\w* | ratif\w*
    | rescin\w* | revok\w* | amend\w* | delegat\w* | appoint\w* | award\w* | permi\w* | consent\w* | unanim\w*
    | support\w* | oppos\w* | object\w* | allow\w* | clos(?:e|ed|es|ure) | sold | bought | end(?:ed|s) | stop\w*
    | start\w* | increas\w* | reduc\w* | rais\w* | cut"""
#: What turns a sentence about, and what says that it is only somebody's word or wish: told without it, it is a fact.
_TURNS = r"""
    not | no | nor | never | neither | none | without | cannot | \w+n['’]t | unless | except\w* | instead | rather
    | subject\ to | provided\ that | in\ principle | recommend\w* | propos(?:e|es|al|als|ing) | proposed(?!\ by\b)
    | request\w* | ask(?:ed|s)? | invit\w* | urge[ds]? | seek\w* | sought | consider(?!ed\b)\w* | draft | option\w*
    | intend\w* | minded | suggest\w* | claim\w* | alleg\w* | argu\w* | sa(?:y|ys|id) | stat(?:ed|es) | told | felt
    | believ\w* | thought | warn\w* | complain\w* | question\w* | wr(?:ite|ites|iting|ote) | answer\w*
    | repl(?:y|ies|ied) | respon[ds]\w* | wish\w* | want\w* | ignor\w* | disregard\w* | pretend\w*"""
#: What leaves a sentence open, or bounds it.
_BOUNDS = r"""
    should | could | would | may | might | if | whether | condition\w* | expected | planned | hope[ds]? | only | until
    | possib\w* | potential\w*"""
_NUMBER = r"""
    one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | \w+teen | twenty | thirty
    | forty | fifty | sixty | seventy | eighty | ninety | hundreds? | thousands? | millions? | billions? | half | halves
    | halved | thirds? | quarters? | doubled? | trebled? | twice | once | first | both | dozen | all | every | most
    | per | percent | pence | pounds?"""


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'])(?:{'|'.join(words)})(?![\w’'])", re.VERBOSE)


_SIGNAL = _any_of(_OUTCOME, _TURNS, _BOUNDS, _NUMBER)
_TURN, _BOUND = _any_of(_TURNS), _any_of(_BOUNDS)
#: Markup, addresses, and signs that turn words about: a sentence for people has none.
_NO_WORDS = re.compile(r"""[^\w\s.,;:!?…()“”"‘’'–—/&%£$€+-]|_|://|\bwww\.""")
#: What a sentence may begin with though the passage does not have it.
_OPENERS = frozenset("a an the it this that these those there they in on at from by for to with as its their".split())


def unfaithful(sentence: str, lead: str, words: str) -> str | None:
    """Why a sentence cannot stand for a passage's words under its lead, telling none of either; None where it can.

    Numbers, dates, sums, capitalised names and words of outcome are the passage's or the lead's own, and in that order.
    What turns the passage about is all there and no more, and so is one at least of what bounds it. Most words are its.
    """
    if not sentence or len(sentence) > LONGEST or len(list(sentences(sentence))) != 1:
        return "is not one short sentence"
    if _NO_WORDS.search(sentence):
        return "holds signs that are no words"
    given = [_bare(word) for word in _words(f"{lead} {words}")]
    at = 0
    for number, word in enumerate(_words(sentence)):
        opens = number == 0 and word[1:] == word[1:].lower() and _bare(word) in (*_OPENERS, *given)
        if not _telling(word.lower() if opens else word):
            continue
        try:
            at = given.index(_bare(word), at) + 1
        except ValueError:
            return "holds a number, a name or an outcome that the passage does not have there"
    passage, told = _small(words), _small(sentence)
    if len(_TURN.findall(passage)) != len(_TURN.findall(told)):
        return "leaves out or adds what turns the passage about, or whose word it is"
    if _BOUND.search(passage) and not _BOUND.search(told):
        return "leaves out what bounds the passage"
    stems, own = stemmed(sentence), set(stemmed(f"{lead} {words}"))
    if sum(stem in own for stem in stems) < OWN_WORDS * len(stems):
        return "says much that the passage does not"
    return None


def _words(text: str) -> list[str]:
    """The words of a text, and its figures with the signs that belong to them."""
    parts = (part.strip(".,;:!?…()“”\"‘’'-") for part in re.split(r"[\s–—]+|(?<=\w)[-/](?=[A-Za-z])", text))
    return [part for part in parts if re.search(r"\w", part)]


def _bare(word: str) -> str:
    """A word as it is compared: its case and a genitive do not matter."""
    return re.sub(r"['’]s?$", "", word.casefold()).replace("’", "'")


def _telling(word: str) -> bool:
    """Whether a word carries a fact that can be right or wrong by itself."""
    return bool(re.search(r"[^\w'’]|[\d_]", word)) or word != word.lower() or bool(_SIGNAL.fullmatch(word))


def _small(text: str) -> str:
    """The text in small letters, but for the month of May, which leaves nothing open."""
    return re.sub(r"(?<!^)\bMay\b", "month", text).lower()
