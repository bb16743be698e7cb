"""How much each sign counts. Learnt by benchmarks/learn_weights.py; see there for how, and how it was checked."""

#: Of each sign of a passage (`answer.signs.SIGNS`), for ranking.
WEIGHTS: dict[str, float] = {
    "text": 0.47,
    "context": 2.54,
    "focus": 0.78,
    "rarest": 0.18,
    "likeness": 1.76,
    "chunk": 3.16,
    "holds": 1.27,
    "lacks": -1.27,
    "decided": 1.90,
    "inherited": 0.21,
    "requested": 1.91,
    "procedural": -1.26,
    "action": -0.54,
    "told": 1.08,
    "agenda": -1.46,
    "other_kind": -0.82,
    "report_for_decision": -0.18,
    "row_for_figure": -0.98,
    "row": -0.07,
    "in_time": 0.65,
    "named_time": 0.29,
    "out_of_time": -0.93,
    "year": 0.73,
    "other_year": -0.73,
    "committee": 0.56,
    "other_committee": -0.56,
    "recent": 0.01,
    "short": 0.09,
    "title": 1.24,
    "figures": 0.05,
    "scanned": -1.15,
}

#: Of each fact about the best passage (`answer.evidence.facts_of`): a logistic regression of whether it answers.
ENOUGH: dict[str, float] = {
    "one": 0.10,
    "lead": 3.09,
    "decision_unlike": -2.24,
    "elsewhen": -2.06,
    "text": -0.03,
    "decision_uncovered": -1.68,
    "elsewhere": -3.00,
}

#: The least sureness at which an answer is given, and at which it is told as decided: the worst to be wrong about.
LEAST, LEAST_DECIDED = 0.35, 0.45
