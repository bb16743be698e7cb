"""How much each sign counts. Learnt by benchmarks/learn_weights.py; see there for how, and how it was checked."""

#: Of each sign of a passage (`answer.signs.SIGNS`), for ranking.
WEIGHTS: dict[str, float] = {
    "text": 0.45,
    "context": 2.54,
    "focus": 0.75,
    "rarest": 0.19,
    "likeness": 1.77,
    "chunk": 3.18,
    "holds": 1.28,
    "lacks": -1.28,
    "decided": 1.91,
    "inherited": 0.18,
    "requested": 1.92,
    "procedural": -1.24,
    "action": -0.52,
    "told": 1.00,
    "agenda": -1.33,
    "other_kind": -0.82,
    "report_for_decision": -0.20,
    "row_for_figure": -0.97,
    "row": -0.14,
    "in_time": 0.64,
    "named_time": 0.32,
    "out_of_time": -0.95,
    "year": 0.73,
    "other_year": -0.73,
    "committee": 0.55,
    "other_committee": -0.55,
    "recent": 0.02,
    "short": 0.20,
    "title": 1.24,
    "figures": 0.06,
    "scanned": -1.09,
}

#: Of each fact about the best passage (`answer.evidence.facts_of`): a logistic regression of whether it answers.
ENOUGH: dict[str, float] = {
    "one": -0.20,
    "lead": 2.85,
    "decision_unlike": -2.29,
    "elsewhen": -2.48,
    "text": 0.81,
    "decision_uncovered": -1.78,
    "elsewhere": -3.80,
}

#: The least sureness at which an answer is given, and at which it is told as decided: the worst to be wrong about.
LEAST, LEAST_DECIDED = 0.35, 0.42
