"""Which decisions bear on one another: what a later one replaces, and which minute decided what was asked.

Whether two decisions are linked rests on those two alone, so that a paper more, which not everybody may see, changes
nothing about the others' links. Wrong links cost more than missing ones: where the words leave a doubt there is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.correcting import corrections
from index.deciding import answers, referrals
from index.replacing import replacements
from index.stated import Pair, Stated
from ingest.decisions import RECORDS


def pairs_among(decisions: Iterable[Stated]) -> Iterator[Pair]:
    """Every pair of decisions of one body of which the later replaces, corrects or decides the earlier."""
    bodies: dict[str, list[Stated]] = defaultdict(list)
    for each in decisions:
        if each.body is not None and each.day is not None and each.outcome != "action":
            bodies[each.body].append(each)
    for everything in bodies.values():
        yield from corrections([each for each in everything if each.kind in RECORDS])
        own = [each for each in everything if not each.procedural]
        recorded = [each for each in own if each.kind in RECORDS]
        yield from replacements(recorded)
        yield from answers([each for each in own if each.kind not in RECORDS], recorded)
        yield from referrals(recorded)
