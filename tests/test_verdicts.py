"""An officer's word before a folder's rule before a paper's own marks; and what is in doubt is closed."""

import hashlib

import pytest

from index.rulebook import Rule
from index.verdicts import Marked, Word, verdicts_on
from ingest.exempt import Classification, Verdict

HERE, SHA, CHANGED = "a/pack.pdf", "as it was", "as it is now"
CLOSES = Rule("a/**", "exempt", ("audit",), "", "minutebook.toml, rules[1]")
OPENS = Rule("a/**", "public", (), "", "minutebook.toml, rules[1]")


def paper(first: int, last: int | None = None, marks: Classification = "public", text: str | None = None) -> Marked:
    return Marked(first, last or first, text or f"text of {first}", marks, f"why {marks}")


def word(
    first: int, said: Classification, *, last: int | None = None, groups: tuple[str, ...] = (), sha256: str = SHA,
    path: str = HERE, text: str | None = None,
) -> Word:  # fmt: skip
    return Word(path, first, last or first, said, groups, "because", "ann", "2024-06-04", sha256,
                text or f"text of {first}")  # fmt: skip


def said(
    *papers: Marked, rule: Rule | None = None, words: tuple[Word, ...] = (), sha256: str = SHA
) -> dict[int, tuple[str, tuple[str, ...]]]:
    verdicts = verdicts_on(papers, HERE, sha256, rule, words)
    return {first: (verdict.classification, verdict.groups) for first, verdict in verdicts.items()}


def test_without_more_a_papers_marks_decide() -> None:
    assert said(paper(1), paper(2, marks="exempt"), paper(3, marks="unsure")) == {
        1: ("public", ()), 2: ("exempt", ()), 3: ("unsure", ()),
    }  # fmt: skip


def test_a_rule_closes_what_no_mark_does_and_opens_what_is_only_in_doubt() -> None:
    assert said(paper(1), paper(2, marks="exempt"), rule=CLOSES) == {
        1: ("exempt", ("audit",)),
        2: ("exempt", ("audit",)),
    }
    assert said(paper(1, marks="unsure"), paper(2, marks="exempt"), rule=OPENS) == {
        1: ("public", ()),
        2: ("unsure", ()),
    }


def test_an_officer_closes_and_opens_whatever_marks_and_rules_say() -> None:
    closed, opened = word(1, "exempt", groups=("board",)), word(2, "public")
    for rule in (None, CLOSES, OPENS):
        assert said(paper(1), paper(2, marks="exempt"), rule=rule, words=(closed, opened)) == {
            1: ("exempt", ("board",)), 2: ("public", ()),
        }  # fmt: skip


def test_that_a_marked_paper_was_opened_is_in_its_reason_and_no_reason_is_for_everybody() -> None:
    verdict = verdicts_on([paper(1, marks="exempt")], HERE, SHA, None, [word(1, "public")])[1]
    assert (
        verdict.reason == "an officer's word, ann on 2024-06-04: because. It was opened although it is so: why exempt"
    )
    assert verdict.why == "an officer's word"


def test_a_closed_paper_stays_closed_when_its_file_changes() -> None:
    words = (word(2, "exempt", groups=("board",)),)
    same_text = said(paper(1), paper(2), paper(3), words=words, sha256=CHANGED)
    assert same_text == {1: ("public", ()), 2: ("exempt", ("board",)), 3: ("public", ())}
    moved = said(paper(1), paper(4, text="text of 2"), words=words, sha256=CHANGED)
    assert moved == {1: ("public", ()), 4: ("exempt", ("board",))}
    gone = said(paper(1), paper(2, text="other"), words=words, sha256=CHANGED)
    assert gone == {1: ("exempt", ()), 2: ("exempt", ())}, "it may be anywhere in the file, and not for the group"


def test_an_opened_paper_is_closed_when_its_file_changes() -> None:
    words = (word(2, "public"),)
    assert said(paper(1), paper(2), words=words, sha256=CHANGED) == {1: ("public", ()), 2: ("unsure", ())}
    longer = said(paper(1, 3), words=words, sha256=CHANGED)
    assert longer == {1: ("unsure", ())}
    assert said(paper(5), words=words, sha256=CHANGED) == {5: ("unsure", ())}


def test_a_word_on_other_pages_of_the_same_bytes_closes_what_it_may_have_meant() -> None:
    """As when a later version tells papers apart otherwise."""
    assert said(paper(1, 2), paper(3), words=(word(2, "exempt"),)) == {1: ("exempt", ()), 3: ("public", ())}
    assert said(paper(1, 2, "exempt"), paper(3), words=(word(2, "public"),)) == {1: ("unsure", ()), 3: ("public", ())}


def test_a_word_said_of_the_file_as_it_is_ends_the_doubt() -> None:
    words = (word(7, "exempt"), word(1, "public", sha256=CHANGED))
    assert said(paper(1), paper(2), words=words, sha256=CHANGED) == {1: ("public", ()), 2: ("exempt", ())}


def test_the_same_paper_elsewhere_is_closed_too_but_not_opened() -> None:
    there = word(9, "exempt", path="b/minutes.pdf", text="text of 2", groups=("board",))
    assert said(paper(1), paper(2), words=(there,)) == {1: ("public", ()), 2: ("exempt", ("board",))}
    opened = word(9, "public", path="b/minutes.pdf", text="text of 2")
    assert said(paper(2, marks="exempt"), words=(opened,)) == {2: ("exempt", ())}
    both = word(4, "exempt", path="c.pdf", text="text of 2", groups=("audit",))
    assert said(paper(2), words=(there, both)) == {2: ("exempt", ())}, "no group is in both"


def test_papers_without_any_text_are_not_the_same() -> None:
    nothing = hashlib.sha256(b"").hexdigest()
    there = word(9, "exempt", path="b/scan.pdf", text=nothing)
    assert said(paper(1, text=nothing), words=(there,)) == {1: ("public", ())}


@pytest.mark.parametrize(
    ("one", "other", "reaches"),
    [
        (("public", ()), ("public", ()), True),
        (("public", ()), ("exempt", ("a",)), False),
        (("exempt", ("a",)), ("public", ()), True),
        (("exempt", ("a",)), ("exempt", ("a", "b")), True),
        (("exempt", ("a", "b")), ("exempt", ("a",)), False),
        (("exempt", ("a",)), ("unsure", ()), False),
        (("unsure", ()), ("exempt", ("a",)), True),
        (("exempt", ()), ("exempt", ()), True),
    ],
)
def test_whether_all_readers_of_one_may_see_another(
    one: tuple[Classification, tuple[str, ...]], other: tuple[Classification, tuple[str, ...]], reaches: bool
) -> None:
    assert Verdict(*one, "", "").reaches(Verdict(*other, "", "")) is reaches
