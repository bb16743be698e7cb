"""Words in a real tantivy index: what is found, in what order, and that no question can break it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import FIELDS, WEIGHTS, Words, WordsEntry, build_words
from minutebook.errors import HomeError

DEPOT, BINS, RATE, LIGHTS, PRECEPT, LEAVERS = range(100, 106)
FINANCE, WASTE, PARISH = 1, 2, 9_000_000_000_000

ENTRIES = [
    WordsEntry(
        DEPOT,
        FINANCE,
        "The Committee AGREED to sell the old depot in Mill Lane for £85,000 to Councillor Heywood’s company.",
        item="11 Disposal of land",
        title="Minutes Finance Committee 2024-05-22",
        label="11.5",
    ),
    WordsEntry(
        BINS, WASTE, "Bins are emptied weekly. In 2018/2019 the cost was £1.5m.", "4 Waste", "Collections", "Report"
    ),
    WordsEntry(RATE, WASTE, "The rate rose by 3.375 per cent; see R2024-197.", "5 Rates", "", "Report", "162.6"),
    WordsEntry(LIGHTS, PARISH, "Application 24/00109 for street lights in the lane was refused.", label="7"),
    WordsEntry(PRECEPT, PARISH, "Resolved: a precept of 91,250 pounds for 2025–26.", "8 Precept"),
    WordsEntry(LEAVERS, PARISH, "Young people leaving care pay no council tax.", "9 Exemption for care leavers"),
]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    path = tmp_path_factory.mktemp("home") / "words"
    build_words(path, iter(ENTRIES))
    return Words.open(path)


def found(words: Words, question: str, **options: Any) -> list[int]:
    return [chunk for chunk, _ in words.search(question, 10, **options)]


@pytest.mark.parametrize(
    ("question", "chunk"),
    [
        ("did we agree to sell depots?", DEPOT),
        ("selling the DEPOT", DEPOT),
        ("Heywood", DEPOT),
        ("heywood's", DEPOT),
        ("heywood’s", DEPOT),
        ("£85,000", DEPOT),
        ("85000", DEPOT),
        ("£85k", DEPOT),
        ("11.5", DEPOT),
        ("1.5m", BINS),
        ("£1.5 million", BINS),
        ("£1,500,000", BINS),
        ("2018-19", BINS),
        ("2018/19", BINS),
        ("2018–2019", BINS),
        ("3.375%", RATE),
        ("R2024-197", RATE),
        ("r2024-197", RATE),
        ("162.6", RATE),
        ("24/00109", LIGHTS),
        ("2025/26", PRECEPT),
        ("£91,250", PRECEPT),
        ("91250", PRECEPT),
        ("care leavers", LEAVERS),
    ],
)
def test_a_thing_is_found_however_it_is_written(words: Words, question: str, chunk: int) -> None:
    assert found(words, question)[0] == chunk


def test_every_field_is_searched_and_its_weight_can_be_taken_away(words: Words) -> None:
    assert found(words, "disposal") == [DEPOT]  # only in its item
    none = dict.fromkeys(FIELDS, 0.0)
    assert found(words, "disposal", weights=none | {"text": 1.0}) == []
    assert found(words, "collections", weights=none | {"headings": 1.0}) == [BINS]
    assert found(words, "finance", weights=none | {"paper": 1.0}) == [DEPOT]
    assert found(words, "162.6", weights=none | {"label": 1.0}) == [RATE]
    with pytest.raises(KeyError, match="colour"):
        words.search("depot", 5, weights={"colour": 1.0})


def test_a_filter_leaves_out_papers_and_leaves_scores_alone(words: Words) -> None:
    everywhere = dict(words.search("lane refused bins", 10))
    assert set(everywhere) == {DEPOT, BINS, LIGHTS}
    for allowed in ([PARISH], {FINANCE, WASTE}, {FINANCE, PARISH, 77}):
        inside = dict(words.search("lane refused bins", 10, allowed_papers=allowed))
        expected = {entry.id for entry in ENTRIES if entry.paper in allowed} & set(everywhere)
        assert inside == {chunk: pytest.approx(everywhere[chunk]) for chunk in expected}
    assert words.search("lane", 10, allowed_papers=[]) == []
    assert words.search("lane", 10, allowed_papers=[77]) == []


def test_a_filter_is_inside_the_search_not_after_it(words: Words) -> None:
    best = words.search("lane", 1)[0][0]
    other = ({DEPOT, LIGHTS} - {best}).pop()
    paper = next(entry.paper for entry in ENTRIES if entry.id == other)
    assert [chunk for chunk, _ in words.search("lane", 1, allowed_papers=[paper])] == [other]


def test_the_rarer_word_counts_for_more(words: Words) -> None:
    # Both stand once in the same chunk; "lane" is in another too.
    assert dict(words.search("depot", 10))[DEPOT] > 1.3 * dict(words.search("lane", 10))[DEPOT]


@pytest.mark.parametrize(
    "question",
    [
        "depot AND NOT lane",
        "text:depot",
        '"depot',
        "(depot",
        "depot^9",
        "+depot -depot",
        "depot~2",
        "dep\\ot depot",
        "[depot TO *]",
    ],
)
def test_query_syntax_is_only_text(words: Words, question: str) -> None:
    assert found(words, question)[0] == DEPOT


@given(st.text(max_size=60))
def test_no_question_breaks_it(words: Words, question: str) -> None:
    for _, score in words.search(question, 3, allowed_papers=[PARISH]):
        assert score > 0
    words.suggest_spelling(question)
    assert "" not in words.terms(question)


def test_terms_are_stemmed_once_each_and_without_stop_words(words: Words) -> None:
    assert words.terms("What did the Councillors say about councillor's bins in May?") == [
        "councillor",
        "say",
        "bin",
        "may",
    ]
    assert words.terms("£85,000 at 3.375%, 2018/2019") == ["85000", "3.375", "2018", "19"]
    assert words.terms("?!") == []
    # A question of nothing but such words keeps them, rather than ask for nothing.
    assert words.terms("what was it") == ["what", "was", "it"]


def test_document_frequency_counts_chunks_by_their_text(words: Words) -> None:
    assert words.count == len(ENTRIES)
    lane, disposal, mermaid = words.terms("lanes disposal mermaid")
    assert [words.document_frequency(term) for term in (lane, disposal, mermaid)] == [2, 0, 0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("preceptt", "precept"),
        ("percept", "precept"),  # two letters swapped
        ("comitee", "committee"),
        ("Aplication", "application"),
        ("lihgts", "lights"),
        ("depot", None),  # known
        ("depots", None),  # known by its stem
        ("mermaids", None),  # nothing near
        ("binz", "bins"),
        ("zn", None),  # too short to say
        ("24/00110", None),  # a reference is not misspelt but another
        ("", None),
    ],
)
def test_a_spelling_is_suggested_only_for_an_unknown_word(words: Words, written: str, meant: str | None) -> None:
    assert words.suggest_spelling(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("rd", "road"),
        ("yr", "year"),
        ("cttee", "committee"),
        ("refurb", "refurbishment"),
        ("govt", "government"),
        ("road", None),  # known
        ("refurbs", None),  # a plural is more often a word of its own
        ("ca", None),  # not what is left of a word without its vowels
        ("zn", None),
        ("24/00110", None),
    ],
)
def test_a_shortened_word_is_spelt_out(tmp_path: Path, written: str, meant: str | None) -> None:
    text = "The government committee agreed this year to the refurbishment of the car park at Mill Road."
    build_words(tmp_path / "words", (WordsEntry(number, 1, text) for number in range(6)))
    assert Words.open(tmp_path / "words").spelt_out(written) == meant


def test_a_word_that_is_seldom_written_is_not_one_that_is_shortened(tmp_path: Path) -> None:
    build_words(tmp_path / "words", [WordsEntry(1, 1, "The rood screen of St Mary's.")])
    assert Words.open(tmp_path / "words").spelt_out("rd") is None


def test_threads_may_share_it(words: Words) -> None:
    alone = words.search("depot lane bins", 5)
    with ThreadPoolExecutor(8) as pool:
        for together in pool.map(lambda _: words.search("depot lane bins", 5), range(200)):
            assert together == alone


def test_an_empty_library_opens_and_finds_nothing(tmp_path: Path) -> None:
    build_words(tmp_path / "words", [])
    empty = Words.open(tmp_path / "words")
    assert empty.count == 0
    assert empty.search("depot", 5) == empty.search("depot", 5, allowed_papers=[1]) == []
    assert empty.suggest_spelling("depott") is None


def test_equal_scores_come_in_the_order_of_the_ids(tmp_path: Path) -> None:
    build_words(tmp_path / "words", (WordsEntry(number, 1, "The minutes were signed.") for number in range(50)))
    assert [chunk for chunk, _ in Words.open(tmp_path / "words").search("signed", 10)] == list(range(10))


def test_an_index_is_never_written_over_another(tmp_path: Path) -> None:
    build_words(tmp_path / "words", ENTRIES)
    with pytest.raises(HomeError, match="not empty"):
        build_words(tmp_path / "words", ENTRIES)


@pytest.mark.parametrize("damage", ["missing", "empty", "no meta", "cut short", "another shape"])
def test_a_damaged_index_is_refused_by_name(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "words"
    if damage == "another shape":
        import tantivy

        path.mkdir()
        tantivy.Index(tantivy.SchemaBuilder().add_text_field("body").build(), path=str(path))
    elif damage == "empty":
        path.mkdir()
    elif damage != "missing":
        build_words(path, ENTRIES)
        if damage == "no meta":
            (path / "meta.json").unlink()
        else:
            for file in path.glob("*.term"):
                file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(HomeError, match="words"):
        Words.open(path)


def test_the_weights_are_for_fields_that_exist() -> None:
    assert set(WEIGHTS) == set(FIELDS)
