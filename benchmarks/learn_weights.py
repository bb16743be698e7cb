"""How answer/weights.py was learnt, and how far what was learnt holds for papers of bodies it was not learnt on.

    python benchmarks/learn_weights.py HOME GOLD.jsonl [GOLD.jsonl ...] [--also HOME GOLD.jsonl [GOLD.jsonl ...]]

HOME holds the papers; the questions are in the format of corpus/questions.jsonl; `--also` brings another home's. Two
logistic regressions: one over pairs of passages, right against wrong, of the signs of each (RankNet's loss on a
linear scorer: Burges et al., "Learning to Rank using Gradient Descent", ICML 2005), for WEIGHTS; and one over
questions, answerable against not, of the facts named in ENOUGH. Both are then learnt again leaving out each body in
turn, and its questions answered with what the others taught. Needs scikit-learn, which sentence-transformers brings
along; nothing but this script uses it.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from answer.answer import Answer, Searched
from answer.ask import find_evidence
from answer.compose import compose
from answer.evidence import Evidence, facts_of, surely_decided, sureness
from answer.known import known_in
from answer.order import in_order
from answer.passages import Passage
from answer.question import Question, read_question
from answer.shelf import Shelves
from answer.signs import SIGNS
from answer.standing import as_it_stands
from answer.verify import Pages
from answer.wanting import asks_in_vain
from answer.weights import ENOUGH, LEAST, WEIGHTS
from index.embed import load_embedder
from index.filters import PUBLIC, Filters
from index.library import Library
from minutebook.evaluation import Figures, Gold, Mark, figures, mark, read_gold, squash, stored_pages

#: What an earlier learning gave, from two fifths of the questions. The weights are held near it, as there are never
#: questions enough to learn so many anew.
START = {
    "text": 0.45, "context": 2.54, "focus": 0.75, "rarest": 0.19, "likeness": 1.77, "chunk": 3.18,
    "holds": 1.28, "lacks": -1.28, "decided": 1.91, "inherited": 0.18, "requested": 1.92, "procedural": -1.24,
    "action": -0.52, "told": 1, "agenda": -1.33, "other_kind": -0.82, "report_for_decision": -0.2,
    "row_for_figure": -0.97, "row": -0.14, "in_time": 0.64, "named_time": 0.32, "out_of_time": -0.95,
    "year": 0.73, "other_year": -0.73, "committee": 0.55, "other_committee": -0.55, "recent": 0.02,
    "short": 0.2, "title": 1.24, "figures": 0.06, "scanned": -1.09, "match": 8,
}  # fmt: skip
HOLD = 0.1  # how far the weights may move from START: the variance of a Gaussian prior around it
STRENGTH = 0.1  # scikit-learn's C, for the second regression: the smaller, the more it is held back
ROUNDS = 3
HARDEST = 25  # wrong passages a question is learnt from: those that the last round ranked best
UNANSWERABLE_COUNTS = 3  # as much as that many answerable questions: a made-up answer is worse than none

Row = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A question with the passages found for it; `signs` is one row a passage, `worth` how right each is, 0 to 1."""

    gold: Gold
    body: str
    library: Library
    shelves: Shelves
    filters: Filters
    question: Question
    passages: tuple[Passage, ...]
    signs: Row
    worth: Row


@dataclass(frozen=True)
class Learnt:
    weights: dict[str, float]
    enough: dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--also", type=Path, nargs="+", action="append", default=[], metavar="HOME GOLD")
    parser.add_argument("--scans", action="store_true", help="learn from questions about scanned pages too")
    arguments = parser.parse_args()
    embedder = load_embedder()
    cases = []
    for home, *files in ([arguments.home, *arguments.gold], *arguments.also):
        cases += read_cases(Library.open(home, embedder), files, scans=arguments.scans)
    bodies = sorted({case.body for case in cases})
    print(f"{len(cases)} questions, {sum(case.gold.answerable for case in cases)} answerable, {len(bodies)} bodies")
    show("the weights in use", marks(cases, Learnt(WEIGHTS, ENOUGH)))
    held_out: list[Mark] = []
    for body in bodies:
        others = learn([case for case in cases if case.body != body])
        found = marks([case for case in cases if case.body == body], others)
        show(f"  {body[:30]}, learnt on the others", found)
        held_out += found
    show("each body learnt on the others", held_out)
    learnt = learn(cases)
    show("learnt on all, asked of all", marks(cases, learnt))
    paste("WEIGHTS", learnt.weights)
    paste("ENOUGH", learnt.enough)


def read_cases(library: Library, files: Sequence[Path], *, scans: bool) -> list[Case]:
    """Every question of the files with what is found for it in the library."""
    known, shelves = known_in(library), Shelves(library)
    cases = []
    for file in files:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        for gold, line in zip(read_gold(file), lines, strict=True):
            if gold.needs_ocr and not scans:
                continue
            question = read_question(gold.question, known, library.words)
            filters = Filters(body=question.bodies[0]) if len(question.bodies) == 1 else Filters()
            evidence = find_evidence(library, question, shelves, filters, PUBLIC)
            signs = np.array([each.signs for each in evidence]).reshape(len(evidence), len(SIGNS))
            passages = tuple(each.passage for each in evidence)
            worth = np.array([worth_of(gold, passage) for passage in passages])
            cases.append(Case(gold, line["body"], library, shelves, filters, question, passages, signs, worth))
    return cases


def worth_of(gold: Gold, passage: Passage) -> float:
    """How good an answer the passage is: 0 on another page, 1 where it also says all that must be said."""
    spans = [span for n in range(passage.first, passage.last + 1) for span in passage.shelf.paragraphs[n].spans]
    if gold.pages.isdisjoint((passage.paper.path, span.page) for span in spans):
        return 0.0
    text = squash(passage.text)
    said = sum(bool(re.search(wanted, text, re.IGNORECASE)) for wanted in gold.must) / max(1, len(gold.must))
    if gold.kind == "not_decided":
        # What must be said is that nothing was decided, which the paper does not say itself: the request is wanted.
        said = 1.0 if passage.decision is not None else 0.3
    if gold.outcome == "decided" and passage.decision is None:
        said *= 0.7
    return 0.2 + 0.8 * said


def learn(cases: Sequence[Case]) -> Learnt:
    """Both regressions, the second on what the first ranks."""
    weights = rank(cases)
    told = [(case, ranked(case, weights)) for case in cases]
    names = [name for name in ENOUGH if name != "one"]
    facts = np.array([[fact(case, evidence, name) for name in names] for case, evidence in told])
    answerable = np.array([case.gold.answerable for case in cases])
    scale = StandardScaler().fit(facts)
    model = LogisticRegression(C=STRENGTH, class_weight={False: UNANSWERABLE_COUNTS, True: 1}, max_iter=3000)
    model.fit(scale.transform(facts), answerable)
    slopes = model.coef_[0] / scale.scale_
    one = float(model.intercept_[0] - slopes @ scale.mean_)
    return Learnt(weights, {"one": one, **dict(zip(names, slopes.tolist(), strict=True))})


def rank(cases: Sequence[Case]) -> dict[str, float]:
    """The weights under which the right passage of each question comes before its hardest wrong ones."""
    start = np.array([START.get(name, 0.0) for name in SIGNS])
    weights = start
    for _ in range(ROUNDS):
        apart, counts = pairs(cases, weights)

        def loss(moved: Row, apart: Row = apart, counts: Row = counts) -> tuple[float, Row]:
            """The negative log likelihood under the prior, and its gradient."""
            margins = np.clip(apart @ (start + moved), -30, 30)
            slopes = -10 * (counts / (1 + np.exp(margins))) @ apart
            return float(10 * counts @ np.log1p(np.exp(-margins)) + moved @ moved / (2 * HOLD)), slopes + moved / HOLD

        weights = start + minimize(loss, np.zeros(len(start)), jac=True, method="L-BFGS-B").x
    return dict(zip(SIGNS, weights.tolist(), strict=True))


def pairs(cases: Sequence[Case], weights: Row) -> tuple[Row, Row]:
    """The signs of a right passage less those of a wrong one, and how much each such pair counts."""
    apart, counts = [], []
    for case in cases:
        if not len(case.worth) or case.worth.max() <= 0:
            continue
        scores = case.signs @ weights
        right = np.flatnonzero(case.worth >= case.worth.max() - 1e-6)
        best = right[np.argmax(scores[right])]  # any of the right ones may win
        wrong = np.flatnonzero(case.worth < case.worth.max() - 0.15)
        wrong = wrong[np.argsort(-scores[wrong], kind="stable")][:HARDEST]
        apart += list(case.signs[best] - case.signs[wrong])
        counts += list((case.worth[best] - case.worth[wrong]) / max(1, len(wrong)))
    return np.array(apart), np.array(counts)


def ranked(case: Case, weights: Mapping[str, float]) -> list[Evidence]:
    """The case's passages as evidence under these weights, in the order they are told in."""
    scores = case.signs @ np.array([weights[name] for name in SIGNS])
    order = np.argsort(-scores, kind="stable")
    evidence = [Evidence(case.passages[n], float(scores[n]), tuple(case.signs[n].tolist())) for n in order]
    evidence = in_order(case.question, evidence)
    return as_it_stands(case.question, evidence, case.library, case.shelves, case.filters, PUBLIC)


def fact(case: Case, evidence: Sequence[Evidence], name: str) -> float:
    return facts_of(case.question, evidence)[name] if evidence else 0.0


def marks(cases: Sequence[Case], learnt: Learnt) -> list[Mark]:
    """How each case is answered with what was learnt."""
    nothing = Answer("", "", "not_found", "", (), (), Searched(0, (), None, None), 0)
    found = []
    for case in cases:
        library = case.library
        pages, page_text = Pages(library.store), stored_pages(library)
        evidence = ranked(case, learnt.weights)
        sure = sureness(case.question, evidence, learnt.enough)
        surely = bool(evidence) and surely_decided(case.question, evidence[0], sure)
        answers = sure >= LEAST and not asks_in_vain(case.question, evidence)
        made = compose(case.question, evidence, pages, library.words, surely=surely) if answers else None
        if made is None:
            answer = nothing
        else:
            answer = replace(nothing, outcome=made.outcome, answer=made.text, citations=made.citations)
        found.append(mark(case.gold, answer, page_text, 0.0))
    return found


def show(what: str, found: Sequence[Mark]) -> None:
    told: Figures = figures(found)
    print(
        f"{what:45} trusted {told.trusted}, right {told.right}, first {told.cited1}, abstained {told.abstained}, "
        f"wrongly {told.wrongly_abstained}, status {told.status_ok}, false yes {told.false_yes}"
    )


def paste(name: str, weights: Mapping[str, float]) -> None:
    print(f"\n{name}: dict[str, float] = {{")
    for sign, weight in weights.items():
        print(f'    "{sign}": {weight:.2f},')
    print("}")


if __name__ == "__main__":
    main()
