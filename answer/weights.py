"""How much each sign counts. Learnt by benchmarks/learn_weights.py; see there for how, and how it was checked."""

#: Of each sign of a passage (`answer.signs.SIGNS`), for ranking.
WEIGHTS: dict[str, float] = {
    "text": 0.34,
    "context": 2.61,
    "focus": 1.04,
    "rarest": 0.35,
    "likeness": 1.93,
    "chunk": 3.19,
    "holds": 1.40,
    "lacks": -1.40,
    "decided": 1.86,
    "inherited": -0.06,
    "requested": 1.63,
    "procedural": -1.24,
    "action": -0.47,
    "told": 0.62,
    "agenda": -1.43,
    "other_kind": -1.06,
    "report_for_decision": -0.32,
    "row_for_figure": -1.29,
    "row": -0.05,
    "in_time": 0.79,
    "named_time": 0.46,
    "out_of_time": -1.24,
    "year": 0.73,
    "other_year": -0.73,
    "committee": 0.55,
    "other_committee": -0.55,
    "recent": -0.33,
    "short": 0.53,
    "title": 1.34,
    "figures": 0.04,
}

#: Of each fact about the best passage (`answer.evidence.facts_of`): a logistic regression of whether it answers.
ENOUGH: dict[str, float] = {
    "one": -0.42,
    "lead": 2.58,
    "text": 1.13,
    "decision_unlike": -1.74,
    "decision_uncovered": -2.04,
    "elsewhen": -2.34,
    "elsewhere": -3.27,
}

#: The least sureness at which an answer is given, and at which it is told as decided: the worst to be wrong about.
LEAST, LEAST_DECIDED = 0.35, 0.45
