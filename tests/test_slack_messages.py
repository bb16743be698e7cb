"""Messages: what they say, in which order, and that they keep to Slack's limits whatever is in them."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.answer import Answer, Citation, Outcome, Searched
from api.outcomes import OUTCOMES
from bot.answer_message import answer_messages, page_url, searched_words
from bot.message import LONGEST_MESSAGE, MOST_BLOCKS, Message, messages_of, sections, told
from bot.mrkdwn import escape, mentions, pieces, typed, visible
from bot.outcomes import SIGNS, sign_and_word
from tests.slack_standin import StandIn, shown, texts

PUBLIC = "https://minutes.example.org"
DOCS = Path(__file__).resolve().parent.parent / "docs" / "slack.md"
CITATION = Citation(
    n=1,
    path="leisure/2024-03-12 minutes.pdf",
    paper="ab12",
    title="Minutes of Leisure and Libraries Committee",
    kind="minutes",
    body="Wexmoor District Council",
    committee="Leisure and Libraries Committee",
    meeting_date=date(2024, 3, 12),
    standing="confirmed",
    item="2 Opening hours of the Market Street library",
    paragraph="2.2",
    page=1,
    printed_page=None,
    quote="RESOLVED that the Market Street library open until 8 pm on Thursdays from 6 May 2024.",
)
SEARCHED = Searched(212, ("Wexmoor District Council",), date(2019, 5, 1), date(2025, 3, 13))
ANSWER = Answer(
    answer_id="0123456789abcdef",
    question="What about the library?",
    outcome="decided",
    answer=f"Agreed by the Leisure and Libraries Committee on 12 March 2024: {CITATION.quote} [1]",
    citations=(CITATION,),
    notes=(),
    searched=SEARCHED,
    took_ms=12,
)


def checked(messages: tuple[Message, ...]) -> list[str]:
    """The messages as a reader has them, after the stand-in has looked at each as Slack would."""
    standin = StandIn()
    for message in messages:
        standin.check_message(message.as_arguments())
    assert standin.pings == []
    return [shown(message.as_arguments()) for message in messages]


def said(answer: Answer, public_url: str | None = None) -> str:
    return "\n".join(checked(answer_messages(answer, public_url=public_url)))


def test_the_outcome_comes_first_in_the_words_of_every_other_surface() -> None:
    assert {outcome: word for outcome, (_, word) in SIGNS.items()} == OUTCOMES
    for outcome in SIGNS:
        assert said(replace(ANSWER, outcome=outcome)).startswith(f"*{sign_and_word(outcome)}*")
    assert sign_and_word("deferred") == "• Deferred"


def test_a_citation_has_committee_date_minute_and_page_and_no_quote_twice() -> None:
    text = said(ANSWER)
    assert "[1] Leisure and Libraries Committee · 12 March 2024 · minute 2.2 · page 1\n" in text
    assert text.count(CITATION.quote) == 1


def test_a_quote_that_the_answer_does_not_say_is_shown_under_its_place() -> None:
    text = said(replace(ANSWER, answer="It opens until eight. [1]"))
    assert f"> {CITATION.quote}" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"standing": "draft"}, "page 1 · ⚠️ draft, not yet confirmed"),
        ({"ocr": True}, "page 1 · ⚠️ read by OCR, check the page"),
        ({"standing": "draft", "ocr": True}, "⚠️ draft, not yet confirmed · ⚠️ read by OCR, check the page"),
        ({"printed_page": "14"}, "page 1 (printed 14)"),
        ({"printed_page": "1"}, "· page 1\n"),
        ({"kind": "report", "paragraph": "4.1", "standing": "draft"}, "· paragraph 4.1 · page 1\n"),
        ({"paragraph": None}, "· 2 Opening hours of the Market Street library · page 1"),
        ({"meeting_date": None}, "· undated ·"),
        ({"committee": None}, "[1] Wexmoor District Council · 12 March"),
        ({"committee": None, "body": None}, "[1] Minutes of Leisure"),
    ],
)
def test_what_a_reader_must_know_of_a_citation(change: dict[str, object], words: str) -> None:
    changed = replace(CITATION, **change)  # type: ignore[arg-type]
    assert words in said(replace(ANSWER, citations=(changed,)))


def test_a_page_is_linked_with_its_quote_where_there_is_somewhere_to_link_to() -> None:
    assert page_url(None, CITATION) is None
    assert "http" not in "".join(texts(list(answer_messages(ANSWER)[0].blocks)))
    address = page_url(PUBLIC, CITATION)
    assert address is not None
    assert address.startswith(f"{PUBLIC}/papers/ab12/pages/1.png?quote=RESOLVED%20that%20the")
    block = answer_messages(ANSWER, public_url=PUBLIC)[0].blocks[3]
    assert block["text"]["text"].startswith(f"<{address}|[1] Leisure")


def test_a_long_quote_is_marked_by_its_beginning_cut_at_a_word() -> None:
    long = replace(CITATION, quote="Ünïcödé | <words> & more " * 100)
    address = page_url(PUBLIC, long)
    assert address is not None
    assert not re.search(r"[<>| ]", address)
    assert len(address) < 2000
    assert checked(answer_messages(replace(ANSWER, citations=(long,)), public_url=PUBLIC))


def test_nothing_found_says_how_far_the_search_reached() -> None:
    nothing = replace(ANSWER, outcome="not_found", answer="The papers do not say.", citations=())
    assert "Searched 212 papers of Wexmoor District Council up to 13 March 2025" in said(nothing)


@pytest.mark.parametrize(
    ("searched", "words"),
    [
        (Searched(0, (), None, None), "Searched 0 papers"),
        (Searched(1, ("A",), None, date(2025, 3, 1)), "Searched 1 paper of A up to 1 March 2025"),
        (Searched(1212, ("A", "B"), None, None), "Searched 1,212 papers of A and B"),
        (Searched(9, ("A", "B", "C"), None, None), "Searched 9 papers of 3 bodies"),
    ],
)
def test_how_far_a_search_reached(searched: Searched, words: str) -> None:
    assert searched_words(searched) == words


def test_a_note_that_ends_in_a_page_links_to_it_or_leaves_it_out() -> None:
    noted = replace(ANSWER, notes=("Closest, but not an answer: Minutes, page 2 (/papers/ab12/pdf#page=2)", "Draft."))
    assert "Closest, but not an answer: Minutes, page 2\nDraft." in said(noted)
    linked = list(texts(list(answer_messages(noted, public_url=PUBLIC)[0].blocks)))
    assert f"<{PUBLIC}/papers/ab12/pdf#page=2|Closest, but not an answer: Minutes, page 2>" in linked


def test_a_papers_own_markup_notifies_and_links_nobody() -> None:
    trap = "<!channel> <@U1> @here <#C1> <http://evil.example|our site> & &lt;!everyone&gt; #general @name"
    trapped = replace(
        ANSWER,
        answer=trap,
        notes=(trap,),
        citations=(replace(CITATION, quote=trap + " again", committee=trap, paragraph=trap),),
    )
    (message,) = answer_messages(trapped, public_url=PUBLIC)
    assert trap in checked((message,))[0]
    assert "<!" not in message.notice
    sent = message.as_arguments()
    assert (sent["unfurl_links"], sent["unfurl_media"], sent["link_names"], sent["parse"]) == (
        False,
        False,
        False,
        "none",
    )


def test_invisible_characters_are_left_out() -> None:
    assert escape("a\u202eb\u200bc\x00d\te\n") == "abcd\te\n"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400).map(lambda text: text * 20), st.integers(20, 3000))
def test_splitting_loses_nothing_and_cuts_no_escape(text: str, longest: int) -> None:
    parts = list(pieces(text, longest))
    assert "".join("".join(parts).split()) == "".join(visible(text).split())
    for part in parts:
        assert 0 < len(escape(part)) <= longest


OUTCOME_NAMES: list[Outcome] = list(SIGNS)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(OUTCOME_NAMES),
    st.text(min_size=1, max_size=300).map(lambda text: text * 30),
    st.lists(st.text(min_size=1, max_size=200).map(lambda text: text * 40), max_size=12),
    st.lists(st.text(min_size=1, max_size=4000), max_size=4),
)
def test_any_answer_keeps_to_slacks_limits_and_loses_no_source(
    outcome: Outcome, answer: str, quotes: list[str], notes: list[str]
) -> None:
    citations = tuple(replace(CITATION, n=n, quote=f"x{quote}") for n, quote in enumerate(quotes, 1))
    made = replace(
        ANSWER, outcome=outcome, answer=f"x{answer}", citations=citations, notes=tuple(f"x{n}" for n in notes)
    )
    read = "".join("\n".join(checked(answer_messages(made, public_url=PUBLIC, shares=True))).split())
    for citation in citations:
        assert f"[{citation.n}]Leisure" in read
    assert "answer0123456789abcdef" in read


def test_many_blocks_become_many_messages_each_said_to_be_one_of_them() -> None:
    messages = messages_of("notice", sections("word " * 30_000), sections("the end"))
    assert len(messages) > 2
    assert [message.notice for message in messages][:2] == [
        f"notice (1 of {len(messages)})",
        f"notice (2 of {len(messages)})",
    ]
    assert messages[-1].blocks[-1]["text"]["text"] == "the end"
    for message in messages:
        assert len(message.blocks) <= MOST_BLOCKS
        assert sum(map(len, texts(list(message.blocks)))) <= LONGEST_MESSAGE
    short = messages_of("notice", sections("x") * 120)
    assert [len(message.blocks) for message in short] == [50, 50, 20]
    checked(messages + short + told("a plain sentence"))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<@UBOT> what was decided?", "what was decided?"),
        ("<@UBOT|minutes>  and   the vote", "and the vote"),
        ("ask <@U2> or <@U3|sam>", "ask or sam"),
        ("<#C1|planning> and <#C2>", "#planning and"),
        ("<!channel> bins <!date^1^{date}|1 May>", "bins 1 May"),
        ("see <https://a.example/x|the page> &amp; <https://b.example>", "see the page & https://b.example"),
        ("*bold* ~gone~ `code` &lt;b&gt;", "bold gone code <b>"),
        ("", ""),
    ],
)
def test_what_a_person_typed_is_made_plain(text: str, plain: str) -> None:
    assert typed(text, "UBOT") == plain


def test_a_mention_of_the_bot_is_told_from_others() -> None:
    assert mentions("hello <@UBOT>", "UBOT")
    assert mentions("<@UBOT|minutes>?", "UBOT")
    assert not mentions("<@UBOTTLE>", "UBOT")
    assert not mentions("UBOT", "UBOT")
    assert not mentions("<@UBOT>", None)


def test_the_examples_in_the_documentation_are_what_is_sent() -> None:
    document = DOCS.read_text(encoding="utf-8")
    lost = replace(
        ANSWER,
        outcome="lost",
        answer="Not agreed: lost at the Leisure and Libraries Committee on 12 March 2024 (1 for, 3 against): "
        "Councillor Dunstan moved that allotment rents be halved. The motion was LOST by 1 vote to 3. [1]",
        citations=(
            replace(
                CITATION,
                standing="draft",
                item="5 Allotment rents",
                paragraph="5.1",
                page=2,
                printed_page="14",
                quote="Councillor Dunstan moved that allotment rents be halved. The motion was LOST by 1 vote to 3.",
            ),
        ),
        notes=("Minutes of Leisure and Libraries Committee, 12 March 2024: draft, not yet confirmed.",),
    )
    nothing = replace(
        ANSWER, outcome="not_found", answer="The papers do not say.", citations=(), question="Any mermaids?"
    )
    for example in (ANSWER, lost, nothing):
        for line in said(example).splitlines():
            assert line.strip("*") in document
