"""A question in, an answer out: the one way in for every surface."""

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from answer.answer import Answer, Searched
from answer.compose import Composed, compose
from answer.evidence import Evidence, surely_decided, sureness, weigh
from answer.known import Known, known_in
from answer.lead import day_in_words
from answer.llm import Writer
from answer.matching import matched
from answer.notes import closest, notes_on
from answer.order import in_order
from answer.passages import passages_of
from answer.question import Question, read_question
from answer.reranked import reranked
from answer.shelf import Shelves
from answer.signs import wants_decision
from answer.standing import as_it_stands
from answer.threads import Threads, Turn, completed, is_follow_up, wants_report
from answer.verify import Pages
from answer.wanting import asks_in_vain
from answer.weights import LEAST
from answer.written import put_plainly
from index.filters import PUBLIC, Audience, Filters
from index.library import Library
from minutebook.errors import HomeError, NotHeld

_LEARNT: "WeakKeyDictionary[Library, tuple[dict[Audience, Known], Shelves]]" = WeakKeyDictionary()
THREADS = Threads()
#: Chunks whose passages are weighed.
LOOKED_AT = 80


def ask(
    library: Library,
    question: str,
    *,
    filters: Filters = Filters(),
    audience: Audience = PUBLIC,
    thread: str | None = None,
    writer: Writer | None = None,
) -> Answer:
    """Answers from the papers that match the filters and that this audience may see; `thread` carries a conversation.

    `writer`, where a setting names one, puts in plain words what it can. The answer is kept under its id. Raises
    BadQuestion when the question is empty or too long.
    """
    began = time.perf_counter()
    question = question.encode("utf-8", "replace").decode()  # a command line's bytes may be no text
    known, shelves = _learnt(library, audience)
    asked = read_question(question, known, library.words_for(audience))
    # A conversation is its audience's own: who may see less does not follow up what was answered to who sees more.
    conversation = f"{audience} {thread}" if thread else None
    before = THREADS.last(conversation) if conversation else None
    leans = before is not None and is_follow_up(asked)
    if before is not None and leans:
        asked = completed(asked, before.question)
        if wants_report(asked) and filters.kind is None:
            filters = replace(filters, kind="report")
    narrowed = filters
    if filters.body is None and len(asked.bodies) == 1:
        narrowed = replace(filters, body=asked.bodies[0])
    pages = Pages(library.store)
    with library.reading():
        evidence = find_evidence(library, asked, shelves, narrowed, audience)
        if before is not None and leans and asked.times == before.question.times and not wants_report(asked):
            evidence = _same_matter(evidence, before)
        composed = None
        sure = sureness(asked, evidence)
        if sure >= LEAST and not asks_in_vain(asked, evidence):
            surely = surely_decided(asked, evidence[0], sure)
            composed = compose(asked, evidence, pages, library.words, surely=surely)
        searched = _searched(library, narrowed, audience)
        notes = tuple(notes_on(library, composed, audience)) if composed else tuple(closest(evidence))
    if conversation and composed is not None:
        THREADS.keep(conversation, Turn(asked, composed.passages))
    # In a conversation the same words ask for something else once something else was asked before them.
    said_before = before.question.text if before is not None and leans else None
    how = [question.strip(), thread, said_before]
    answer_id = _answer_id(library, how, filters, audience)
    text = composed.text if composed else _not_found(searched)
    if composed is not None and writer is not None:
        # Under an id of its own: what could not be written is the same answer as without a writer.
        written_id = _answer_id(library, [*how, writer.name], filters, audience)
        plain = _written_before(library, written_id, composed, audience) or put_plainly(question, composed, writer)
        if plain is not None:
            answer_id, text = written_id, plain
            notes = (*notes, f"Put in plain words by a language model, {writer.name}. The papers' own are the quotes.")
    took = round(1000 * (time.perf_counter() - began))
    outcome, citations = (composed.outcome, composed.citations) if composed else ("not_found", ())
    answer = Answer(answer_id, question, outcome, text, citations, notes, searched, took)
    library.store.save_answer(answer.as_json(), datetime.now(UTC).isoformat(timespec="seconds"), audience)
    return answer


def _written_before(library: Library, answer_id: str, composed: Composed, audience: Audience) -> str | None:
    """The words as they were first written for that id, so that one id is one answer; None if they never were."""
    try:
        kept = library.store.answer(answer_id, audience)
    except (NotHeld, HomeError):
        return None
    citations = [citation.as_json() for citation in composed.citations]
    same = (kept["outcome"], kept["citations"]) == (composed.outcome, citations)  # another version may see it otherwise
    return str(kept["answer"]) if same else None


def _same_matter(evidence: list[Evidence], before: Turn) -> list[Evidence]:
    """For a follow-up on the same meeting, what the last answer rested on comes first."""
    places = {(passage.paper.id, passage.first) for passage in before.passages[:1]}
    return sorted(evidence, key=lambda each: (each.passage.paper.id, each.passage.first) not in places)


def prepare(library: Library) -> None:
    """Loads the model and learns the papers' names for things, so that the first to ask does not wait for it."""
    _learnt(library)
    library.embedder.embed(["minutes of the last meeting"])
    library.embedder.matcher.asked("minutes of the last meeting")


def find_evidence(
    library: Library, asked: Question, shelves: Shelves, filters: Filters, audience: Audience
) -> list[Evidence]:
    """The passages that bear on the question, best first; none where it says nothing to look for."""
    if not (asked.terms or asked.times or asked.bodies or asked.committees):
        return []
    vector = library.embedder.embed([asked.text])[0]
    hits = library.hits(asked.words, filters=filters, audience=audience, vector=vector)[:LOOKED_AT]
    decisions_too = wants_decision(asked)
    passages = passages_of(hits, shelves, decisions_too=decisions_too)
    years = {str(when.year) for when in asked.times}
    if (
        asked.times
        and all(term.stem in years for term in asked.terms)
        and not any(when.fits(passage.paper.meeting_date) for passage in passages for when in asked.times)
    ):
        return []
    weighed = weigh(asked, matched(library, asked.text, passages))
    evidence = in_order(asked, reranked(asked, weighed, library.reranker))
    return as_it_stands(asked, evidence, library, shelves, filters, audience)


def _learnt(library: Library, audience: Audience = PUBLIC) -> tuple[Known, Shelves]:
    """What is learnt once from a library's papers: an audience's names for things, and the papers kept at hand."""
    if library not in _LEARNT:
        _LEARNT[library] = ({}, Shelves(library))
    known, shelves = _LEARNT[library]
    if audience not in known:
        known[audience] = known_in(library, audience)
    return known[audience], shelves


def _searched(library: Library, filters: Filters, audience: Audience) -> Searched:
    papers = [library.paper(paper) for paper in library.visible(filters, audience)]
    days = [paper.meeting_date for paper in papers if paper.meeting_date]
    bodies = sorted({paper.body for paper in papers if paper.body})
    return Searched(len(papers), tuple(bodies), min(days, default=None), max(days, default=None))


def _not_found(searched: Searched) -> str:
    if not searched.papers:
        return "The papers do not say: none of the papers held match."
    bodies = f" of {', '.join(searched.bodies)}" if searched.bodies else ""
    span = (
        f", meetings of {day_in_words(searched.since)} to {day_in_words(searched.until)}"
        if searched.since and searched.until
        else ""
    )
    papers = "1 paper was" if searched.papers == 1 else f"{searched.papers} papers were"
    return f"The papers do not say. {papers} searched{bodies}{span}."[:900]


def _answer_id(library: Library, said: Sequence[str | None], filters: Filters, audience: Audience) -> str:
    """The same for the same question over the same papers, whatever surface asks."""
    how = [library.reranker.name] if library.reranker else []
    parts = [*said, asdict(filters), asdict(audience), library.generation, *how]
    asked = json.dumps(parts, default=str, sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:16]
