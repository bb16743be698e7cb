"""How much each sign counts. Learnt by benchmarks/learn_weights.py; see there for how, and how it was checked."""

#: Of each sign of a passage (`answer.signs.SIGNS`), for ranking.
WEIGHTS: dict[str, float] = {
    "text": 0.61,
    "context": 3.24,
    "focus": 0.77,
    "rarest": 0.54,
    "likeness": 2.15,
    "chunk": 4.06,
    "holds": 0.76,
    "lacks": -0.76,
    "decided": 1.43,
    "inherited": 0.12,
    "requested": 2.16,
    "procedural": -0.11,
    "action": -0.64,
    "told": 0.33,
    "agenda": -0.25,
    "other_kind": 0.10,
    "report_for_decision": -0.49,
    "row_for_figure": -0.50,
    "row": 0.21,
    "in_time": 0.62,
    "named_time": 0.34,
    "out_of_time": -0.95,
    "year": 0.63,
    "other_year": -0.63,
    "committee": 0.74,
    "other_committee": -0.74,
    "recent": 0.03,
    "short": -0.05,
    "title": 0.71,
    "figures": 0.11,
    "scanned": -0.40,
    "fits": 0.46,
    "unfit": -0.46,
    "resolved_text": 0.64,
    "resolved_unsaid": -0.35,
}

#: Of each fact about the best passage (`answer.evidence.facts_of`): a logistic regression of whether it answers.
ENOUGH: dict[str, float] = {
    "one": -2.31,
    "lead": 0.77,
    "elsewhen": -2.98,
    "unfit": -1.28,
    "agenda": -1.39,
    "elsewhere": -3.25,
    "terms": 2.35,
    "yes_no": 1.15,
    "best_likeness": 3.37,
    "out_of_time": 1.44,
}

#: The least sureness at which an answer is given, and at which it is told as decided: the worst to be wrong about.
LEAST, LEAST_DECIDED = 0.43, 0.50
