"""Evidence weighed once more by a cross-encoder, where a setting names one."""

from collections.abc import Sequence
from dataclasses import replace

from answer.evidence import Evidence
from answer.passages import Passage
from answer.question import Question
from index.rerank import Reranker

#: How many of the best passages it reads; each costs as much time as the first, some 30 ms with six layers.
READ = 10
#: What the surest passage gains on the least sure, in the units of `weigh`: as far as a resolution may be behind a
#: request (`order.BEHIND`). Not learnt, as the weights are: there is no one model to learn it for.
RERANKED = 3.0


def reranked(question: Question, evidence: Sequence[Evidence], reranker: Reranker | None) -> list[Evidence]:
    """The evidence as it is without a reranker, else with its score as one more term, best first.

    The term is taken about its mean, so that those read keep their place among all as a whole, and the score that
    `sureness` was learnt on its scale.
    """
    read, rest = evidence[:READ], evidence[READ:]
    if reranker is None or len(read) < 2:
        return list(evidence)
    scores = reranker.score(question.text, [text_of(each.passage) for each in read])
    mean = float(scores.mean())
    raised = [
        replace(each, score=each.score + RERANKED * (float(score) - mean))
        for each, score in zip(read, scores, strict=True)
    ]
    return sorted([*raised, *rest], key=lambda each: (-each.score, each.passage.paper.path, each.passage.first))


def text_of(passage: Passage) -> str:
    """A passage as it is read: with what says what it is about, which its own words often leave out."""
    about = dict.fromkeys(part for part in (passage.paper.title, passage.head.item, passage.head.label) if part)
    return ". ".join((*about, passage.text))
