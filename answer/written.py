"""An answer's quotes in plain words, by the optional writer, where what it writes keeps to them."""

import json
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from answer.answer import LONGEST_ANSWER, Outcome
from answer.compose import Composed, Part
from answer.faithful import unfaithful
from answer.llm import Writer
from minutebook.errors import WriterProblem

log = logging.getLogger("minutebook.writer")

#: What may be told in other words than its own. What was only asked for, moved, lost or put off is quoted always: told
#: a little otherwise it reads as decided.
TOLD_OTHERWISE: tuple[Outcome, ...] = ("decided", "noted", "reported")

_SYSTEM = files("prompts").joinpath("writer-system.txt").read_text(encoding="utf-8")
_PROMPT = files("prompts").joinpath("writer.txt").read_text(encoding="utf-8")
_SENTENCE = re.compile(r" *(?:[-•] )?(?P<words>[^\[\]]+?) *(?P<marks>\[\d\](?:[ ,]*\[\d\])*)[ .]*")
#: Characters of a reply that are looked at: no answer is as long.
LONGEST_REPLY = 4_000
#: How a passage ends that is cut short.
_CUT = "…"


def put_plainly(question: str, composed: Composed, writer: Writer) -> str | None:
    """The answer's words with a plain sentence for every quote that the writer has a fitting one for; None if for none.

    Only the words change, never the phrase before them, the order, the outcome or the citations. What rests on a paper
    that is not public is not sent. Why words are not used is in the log; no failure of a writer is one of the answer.
    """
    parts = [
        part
        for part, passage in zip(composed.parts, composed.passages, strict=True)
        if part.outcome in TOLD_OTHERWISE and passage.paper.classification == "public"
    ]
    if not parts:
        return None
    try:
        reply = writer.reply(_SYSTEM, prompt_for(question, parts))
    except WriterProblem as error:
        log.warning("not put in plain words: %s", error)
        return None
    sentences = _sentences(reply, parts)
    plain = " ".join(str(_plain(part, sentences.get(part.numbers, ()))) for part in composed.parts)
    if len(plain) > LONGEST_ANSWER:
        log.warning("not put in plain words: what was written is longer than an answer may be")
        return None
    return plain if plain != composed.text else None


def prompt_for(question: str, parts: Sequence[Part]) -> str:
    """The prompt that asks for sentences. What papers say is JSON, in which nothing can end the fence around it."""
    passages = [{"numbers": list(part.numbers), "told_before": part.lead, "words": part.words} for part in parts]
    return _PROMPT.format(question=_fenced(question), passages=_fenced(passages), count=len(parts))


def _fenced(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def _sentences(reply: str, parts: Sequence[Part]) -> dict[tuple[int, ...], tuple[str, ...]]:
    """The sentences of a reply by the part whose citations each ends with; none at all if any ends otherwise."""
    found: dict[tuple[int, ...], tuple[str, ...]] = {}
    reply, at = " ".join(reply.split())[:LONGEST_REPLY], 0
    while at < len(reply):
        sentence = _SENTENCE.match(reply, at)
        numbers = {int(number) for number in re.findall(r"\d+", sentence["marks"])} if sentence else set()
        whose = [part for part in parts if numbers and numbers <= set(part.numbers)]
        if sentence is None or not whose:
            log.warning("not put in plain words: a sentence does not end with the numbers of one passage")
            return {}
        at = sentence.end()
        found[whose[0].numbers] = (*found.get(whose[0].numbers, ()), sentence["words"])
    return found


def _plain(part: Part, sentences: Sequence[str]) -> Part:
    """The part in the words of the sentence, or as it was."""
    if not sentences:
        return part
    why = unfaithful(sentences[0], part.lead, part.words) if len(sentences) == 1 else "is more than one sentence"
    if why is not None:
        log.warning("quoted and not put in plain words: what was written for %s %s", list(part.numbers), why)
        return part
    words = sentences[0] if sentences[0][-1] in ".!?" else f"{sentences[0]}."
    # A resolution cut short must not read as if it were whole.
    return replace(part, words=f"{words} {_CUT}" if part.words.rstrip().endswith(_CUT) else words)
