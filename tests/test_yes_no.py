"""Yes or no, said only where a decision's own words leave no doubt."""

import pytest

from answer.evidence import weigh
from answer.passages import Passage
from answer.yes_no import yes_or_no
from index.library import Library
from tests.held import asked, library_of, passages_on, shelves_by_path

MINUTES = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 2 Paddling pool
2.1 RESOLVED that the paddling pool kiosk be let.
# 3 Bandstand
3.1 RESOLVED not to paint the bandstand railings.
# 4 Roller
4.1 It was proposed by Cllr Fell to sell the steam roller. The proposal was lost.
# 5 Hut
5.1 RESOLVED that the hut roof be mended, subject to a grant.
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("parks"), {"2024-03-12-minutes.pdf": [MINUTES]})


def said(library: Library, question: str, words: str) -> str | None:
    """What is said before the decision that holds these words."""
    shelf = shelves_by_path(library)["2024-03-12-minutes.pdf"]
    (passage,) = [each for each in passages_on(shelf) if each.decision and words in each.text]
    return _said(library, question, passage)


def _said(library: Library, question: str, passage: Passage) -> str | None:
    read = asked(library, question)
    (best,) = weigh(read, [passage])
    assert passage.decision is not None
    return yes_or_no(read, best, "lost" if passage.decision.outcome == "lost" else "decided")


def test_yes_where_it_was_agreed_in_so_many_words(parks: Library) -> None:
    assert said(parks, "did they agree to let the paddling pool kiosk?", "kiosk") == "Yes"


def test_no_where_it_was_lost(parks: Library) -> None:
    assert said(parks, "did they agree to sell the steam roller?", "steam roller") == "No"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("did they agree to paint the bandstand railings?", "bandstand"),  # "not to paint"
        ("did they agree to mend the hut roof?", "hut roof"),  # subject to a grant
        ("did they agree to let the kiosk or keep the pool?", "kiosk"),  # one of two
        ("did they not agree to let the paddling pool kiosk?", "kiosk"),
        ("did they agree to let the boating lake kiosk for ten years?", "kiosk"),  # of which it says nothing
        ("what did they agree about the paddling pool kiosk?", "kiosk"),
        ("did they agree?", "kiosk"),
    ],
)
def test_neither_where_the_words_must_speak_for_themselves(parks: Library, question: str, words: str) -> None:
    assert said(parks, question, words) is None
