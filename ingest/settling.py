"""What only shows when papers are seen together: whose a paper is that names no body, which minutes were confirmed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ingest.bodies import AT_HEAD, votes_for_bodies
from ingest.dates import days_before
from ingest.decisions import Decision
from ingest.papers import Belief, Paper
from ingest.tables import squeezed

#: A body named at the head of fewer than this share of its folder's papers is a neighbour, not the folder's own.
RARE = 0.2
_OWN_KINDS = ("minutes", "agenda", "notice")


def settled(papers: Sequence[Paper], decisions: Mapping[str, Sequence[Decision]]) -> list[Paper]:
    """The papers with body, committee and standing filled in from one another; each says so in its beliefs."""
    with_bodies = _with_bodies(papers)
    with_committees = _with_committees(with_bodies)
    return _with_standing(with_committees, decisions)


def _why(paper: Paper, field: str) -> str:
    return next((belief.why for belief in paper.beliefs if belief.field == field), "")


def _with_bodies(papers: Sequence[Paper]) -> list[Paper]:
    named = [(_folder(paper.path), paper.body, _why(paper, "body")) for paper in papers if paper.body]
    votes = votes_for_bodies(named)
    return [_with_body(paper, votes.get(_folder(paper.path), Counter())) for paper in papers]


def _with_body(paper: Paper, votes: Counter[str]) -> Paper:
    if not votes or paper.body == (likely := votes.most_common(1)[0][0]):
        return paper
    if paper.body and squeezed(paper.body) != squeezed(likely):
        sure = _why(paper, "body") == AT_HEAD
        rare = votes[paper.body] < RARE * votes[likely]
        if (sure and (not rare or _is_other_body(paper, likely))) or votes[likely] < 0.5 * votes.total():
            return paper
    folder = _folder(paper.path)
    belief = Belief("body", likely, f"the body of most papers in {folder or 'the folder'}")
    return replace(paper, body=likely, beliefs=(*paper.beliefs, belief))


def _is_other_body(paper: Paper, likely: str) -> bool:
    """Whether a body seldom named at a head is yet another council's, with papers of its own: its minutes say so."""
    if paper.kind not in _OWN_KINDS or paper.body is None:
        return False
    shared = set(re.findall(r"\w{4,}", paper.body.lower())) & set(re.findall(r"\w{4,}", likely.lower()))
    return not shared - {"council", "parish", "town", "community", "county", "district", "borough", "city", "township"}


def _with_committees(papers: Sequence[Paper]) -> list[Paper]:
    """An agenda or minutes that name no committee are those of the body's commonest one: a parish's whole council."""
    usual: dict[str | None, Counter[str]] = {}
    for paper in papers:
        if paper.committee and paper.kind in _OWN_KINDS:
            usual.setdefault(paper.body, Counter())[paper.committee] += 1
    settled_papers = []
    for paper in papers:
        own = paper.kind in _OWN_KINDS and paper.first_page == 1  # what a pack encloses may be anybody's
        if paper.committee is None and own and paper.body in usual:
            committee = usual[paper.body].most_common(1)[0][0]
            belief = Belief("committee", committee, "the committee of most of the body's meetings held")
            title = re.sub(r"^(Minutes|Agenda|Notice)(?=,|$)", rf"\1 of {committee}", paper.title)
            paper = replace(paper, committee=committee, title=title, beliefs=(*paper.beliefs, belief))
        settled_papers.append(paper)
    return settled_papers


_CONFIRMS = re.compile(
    r"\b(?:approv|confirm|agree|adopt|accept|sign|correct record|true record|accurate)", re.IGNORECASE
)


def _with_standing(papers: Sequence[Paper], decisions: Mapping[str, Sequence[Decision]]) -> list[Paper]:
    """Minutes are confirmed when a later meeting of the committee resolves so: Local Government Act 1972, Sch 12."""
    confirmed: dict[tuple[str | None, str | None, date], Paper] = {}
    for paper in papers:
        if paper.kind != "minutes" or paper.meeting_date is None:
            continue
        for decision in decisions.get(paper.id, ()):
            if decision.procedural and decision.outcome == "decided" and _CONFIRMS.search(decision.text):
                for day in days_before(decision.text, paper.meeting_date):
                    confirmed.setdefault((paper.body, paper.committee, day), paper)
    return [_confirmed_by(paper, confirmed) for paper in papers]


def _confirmed_by(paper: Paper, confirmed: Mapping[tuple[str | None, str | None, date], Paper]) -> Paper:
    if paper.kind != "minutes" or paper.meeting_date is None:
        return paper
    by = confirmed.get((paper.body, paper.committee, paper.meeting_date))
    if by is None:
        return paper
    day = by.meeting_date.isoformat() if by.meeting_date else ""
    return replace(
        paper,
        standing="confirmed",
        beliefs=(*paper.beliefs, Belief("standing", "confirmed", f"resolved at the meeting of {day} ({by.id})")),
    )


def _folder(path: str) -> str:
    return path.rpartition("/")[0].partition("/")[0]
