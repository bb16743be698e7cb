"""What a writer may say of a passage: its facts, in its order, and no less doubtful than it has them."""

import pytest

from answer.faithful import LONGEST, unfaithful

LEAD = "Agreed by the Parks Committee on 12 March 2024 (3 for, 1 against): "
WORDS = (
    "RESOLVED that the Market Street pavilion open until 8 pm on Thursdays from 6 May 2024, at a cost of £12,500 a "
    "year, and that the sign by the pond be replaced."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Market Street pavilion opens until 8 pm on Thursdays from 6 May 2024.",
        "The pavilion is to open until 8 pm on Thursdays, at a cost of £12,500 a year",
        "The pavilion opens until 8 pm and the sign by the pond is to be replaced.",
        "Parks Committee resolved that the Market Street pavilion be open until 8 pm.",
        "Market Street’s pavilion opens until 8 pm.",
    ],
)
def test_a_sentence_of_the_passages_own_facts_may_stand_for_it(sentence: str) -> None:
    assert unfaithful(sentence, LEAD, WORDS) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The pavilion opens until 9 pm on Thursdays.",
        "The pavilion opens until 8 pm on Fridays.",
        "The pavilion opens until 8 pm from 6 June 2024.",
        "The pavilion opens until 8 pm at a cost of £12,500,000 a year.",
        "The pavilion opens until 8 pm at a cost of $12,500 a year.",
        "The pavilion opens until 8 pm at a cost of 12,500% a year.",
        "The pavilion opens until 8 pm at three times the cost.",
        "The pavilion opens until 8 pm at half the cost a year.",
        "Brightmop opens the Market Street pavilion until 8 pm.",
        "The Market Street pavilion opens until 8 pm, Brightmop says.",
        "The High Street pavilion opens until 8 pm.",
        "The pavilion opens from 6 May 2024 until 8 pm.",  # in another order figures may be another's
        "The pavilion was refused to open until 8 pm.",
        "The pavilion was approved to open until 8 pm.",
        "The pavilion is not to open until 8 pm.",
        "The pavilion should open until 8 pm.",
        "The pavilion closed until 8 pm.",
        "The pavilion opens on Thursdays from 6 May 2024.",  # until when was what was resolved
        "",
        "The pavilion opens until 8 pm. The sign is to be replaced.",
        "The pavilion opens until 8 pm " + "on Thursdays " * (LONGEST // 10),
        "The pavilion opens until 8 pm, see evil.example/x",
        "The pavilion opens until 8 pm, see https://evil.example",
        "The pavilion opens until 8 pm <b>on Thursdays</b>",
        "The *pavilion* opens until 8 pm",
        "Members were delighted, as anybody would be, with opening hours until late at night",
    ],
)
def test_any_other_fact_shape_or_sense_may_not(sentence: str) -> None:
    assert unfaithful(sentence, LEAD, WORDS) is not None


@pytest.mark.parametrize(
    ("words", "told", "kept"),
    [
        ("AGREED to RECOMMEND to Full Council that lessons be free.", "Lessons are to be free.",
         "It agreed to recommend to Full Council that lessons be free."),
        ("RESOLVED that permission be not granted.", "Permission be granted.", "Permission be not granted."),
        ("RESOLVED that permission be granted subject to a fence.", "Permission be granted.",
         "Permission be granted subject to a fence."),
        ("RESOLVED that the hall close, unless a tenant be found.", "The hall close.",
         "The hall close unless a tenant be found."),
        ("A resident said that the council wasted £40,000.", "The council wasted £40,000.",
         "A resident said that the council wasted £40,000."),
        ("Officers asked that the depot be sold.", "The depot be sold.", "Officers asked that the depot be sold."),
        ("The road may be closed.", "The road is closed.", "The road may be closed."),
        ("The road would not be closed, nor made narrower.", "The road would not be closed.",
         "The road would not be closed, nor made narrower."),
        ("The Clerk was to write that the fence be removed.", "The fence be removed.",
         "The Clerk was to write that the fence be removed."),
    ],
)  # fmt: skip
def test_what_turns_bounds_or_attributes_a_passage_is_not_left_out(words: str, told: str, kept: str) -> None:
    assert unfaithful(told, "", words) is not None
    assert unfaithful(kept, "", words) is None


def test_who_proposed_it_is_no_proposal_and_may_is_a_month() -> None:
    words = "It was proposed by Councillor Cray and RESOLVED that the pond be drained in May."
    assert unfaithful("The pond be drained in May.", "", words) is None
    assert unfaithful("The pond was proposed to be drained in May.", "", words) is not None


def test_why_not_is_told_without_a_word_of_the_papers_or_the_writer() -> None:
    why = unfaithful("Zeppelin landed on the pavilion", LEAD, WORDS)
    assert why is not None
    assert "eppelin" not in why
    assert "avilion" not in why
