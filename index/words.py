"""Every word of every chunk, ranked by BM25. The only importer of tantivy."""

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import tantivy

from index.spelling import Spelling
from minutebook.errors import HomeError

FIELDS = ("text", "item", "headings", "paper", "label", "exact")
# `exact` holds all the others unstemmed, with references and sums in one spelling each.
WEIGHTS: Mapping[str, float] = {"text": 1.0, "item": 0.6, "headings": 0.4, "paper": 0.3, "label": 0.5, "exact": 0.5}

# Words that carry no subject. "May", "no" and "against" are not here: a month, and two outcomes.
STOP_WORDS = frozenset(
    "a about all am an and any anything are as at be been being but by can could did do does doing done for from get "
    "got had has have having he her here him his how i if in into is it its just let me my of on or our please s she "
    "should so some something tell than that the their them then there these they this those to us was we were what "
    "whats when whens where which who whom whos whose why will with would you your".split()
)

# The patterns start with what is rare, as each is run over every chunk.
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_YEARS = re.compile(r"[-/](?<=(?:19|20)\d\d[-/])(?<!\w\d{4}[-/])(?:19|20)?(\d\d)(?![\w/-])")  # 2018/19, 2018-2019
_SUM = re.compile(r"(\d+(?:\.\d+)?) ?(k|m|bn|thousand|million|billion)\b", re.IGNORECASE)
_PLAIN = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00ad": ""} | dict.fromkeys(
    "\u2010\u2011\u2012\u2013\u2212", "-"
)
_TIMES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}

# Words with their parts apart, but figures whole: 3.375, 11.5.
_WORD = r"[0-9]+(?:\.[0-9]+)+|[\p{L}\p{N}]+(?:'\p{L}+)*"
# References whole too: 24/00109, r2024-197, 2018-19, 22/05/2018.
_REFERENCE = r"\p{L}{0,4}[0-9][\p{L}0-9]*(?:[./-][\p{L}0-9]*[0-9][\p{L}0-9]*)+|" + _WORD
_LONGEST = 60
_SHORT = 200  # characters; the stems of a text no longer are kept


@dataclass(frozen=True, slots=True)
class WordsEntry:
    """The words of one chunk. `title` is all that is said of its paper: title, body, committee, date in words."""

    id: int
    paper: int
    text: str
    item: str = ""
    headings: str = ""
    title: str = ""
    label: str = ""


def build_words(path: Path, entries: Iterable[WordsEntry]) -> None:
    """Index `entries` in the folder `path`, which must be new or empty. Raises HomeError if it cannot be written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise HomeError(f"{path}: not empty, so no index of words can be written there")
        index = tantivy.Index(_schema(), path=str(path))
        index.register_tokenizer("stemmed", _stemmed())
        index.register_tokenizer("exact", _exact())
        writer = index.writer(num_threads=1)  # one thread keeps the entries in order, so equal scores do not swap
        for entry in entries:
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()
    except (OSError, ValueError) as error:  # tantivy raises ValueError for whatever goes wrong
        raise HomeError(f"{path}: the index of words could not be written: {error}") from error


class Words:
    """An opened index of words. It may be searched from several threads at once."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._stem = _stemmed()
        self._exact = _exact()
        self._spelling: Spelling | None = None
        self._copy: tempfile.TemporaryDirectory[str] | None = None  # gone from the disk when nobody searches it

    @classmethod
    def open(cls, path: Path) -> "Words":
        """Open what `build_words` wrote. Raises HomeError if it is missing, damaged or of another version."""
        copy = None
        if path.is_dir() and not os.access(path, os.W_OK):
            # tantivy locks a file in the folder that it reads, so where it may not write it reads a copy.
            copy = tempfile.TemporaryDirectory(prefix="minutebook-")
            shutil.copytree(path, copy.name, dirs_exist_ok=True)
        try:
            index = tantivy.Index.open(copy.name if copy else str(path))
            index.config_reader(reload_policy="manual")
            words = cls(index)
            words._copy = copy
            words._searcher.doc_freq("exact", "")  # an index of another shape lacks the field
        except (OSError, ValueError) as error:
            raise HomeError(f"{path}: the index of words is missing or damaged; it can be built again") from error
        return words

    @property
    def count(self) -> int:
        """How many chunks are indexed."""
        return self._searcher.num_docs

    def search(
        self,
        question: str,
        k: int,
        *,
        weights: Mapping[str, float] | None = None,
        allowed_papers: Collection[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Give the best `k` (chunk id, score) for a question in plain words, best first; none if no word is known.

        The score is BM25 (Robertson and Zaragoza 2009) summed over the fields, each times its weight (`WEIGHTS`
        where not given). `allowed_papers` leaves the scores as they are. Raises KeyError for a field not in FIELDS.
        """
        by_field = {**WEIGHTS, **(weights or {})}
        if unknown := by_field.keys() - set(FIELDS):
            raise KeyError(f"no such field: {', '.join(sorted(unknown))}")
        plain = normalise(question)
        per_field = {"exact": _kept(self._exact.analyze(plain)) + sums(plain)}
        stems = self.terms(question)
        should = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term, "freq"), weight),
            )
            for field, weight in by_field.items()
            if weight > 0
            for term in dict.fromkeys(per_field.get(field, stems))
        ]
        if not should or k <= 0 or (allowed_papers is not None and not allowed_papers):
            return []
        query = tantivy.Query.boolean_query(should)
        if allowed_papers is not None:
            among = tantivy.Query.term_set_query(self._schema, "paper_id", list(allowed_papers))
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(among, 0.0))]
            )
        hits = self._searcher.search(query, limit=k, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        found = [(int(chunk or 0), float(score)) for chunk, (score, _) in zip(ids, hits, strict=True)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def terms(self, question: str) -> list[str]:
        """Give the question's words as they stand in the index: lower case, stemmed, stop words dropped, once each."""
        return stemmed(question)

    def document_frequency(self, term: str) -> int:
        """Count the chunks whose text holds `term`, one of `terms`."""
        return self._searcher.doc_freq("text", term)

    def suggest_spelling(self, word: str) -> str | None:
        """Give the likeliest word that is in the index, in place of one that is not; None if known or nothing is near.

        Reads all the words at the first call; later calls take a few milliseconds.
        """
        plain = self._unknown(word)
        return self._all_words().nearest(plain) if plain else None

    def spelt_out(self, word: str) -> str | None:
        """Give the word of the index that one which is not in it is short for: "road" for "rd"; None as above."""
        plain = self._unknown(word)
        return self._all_words().spelt_out(plain) if plain else None

    def _unknown(self, word: str) -> str | None:
        """The word as an index has it if it is one plain word and not in this one."""
        plain = self._exact.analyze(normalise(word))
        if len(plain) != 1 or not plain[0].isalpha():
            return None
        known = self._searcher.doc_freq("exact", plain[0]) or any(
            map(self.document_frequency, self._stem.analyze(word))
        )
        return None if known else plain[0]

    def _all_words(self) -> Spelling:
        if self._spelling is None:
            self._spelling = Spelling(self._searcher.terms_with_prefix("exact", ""))
        return self._spelling


def stemmed(text: str) -> list[str]:
    """Give a text's words as an index has them: lower case, stemmed, stop words dropped, once each."""
    return list(_stems_kept(text) if len(text) <= _SHORT else _stems(text))


def _stems(text: str) -> tuple[str, ...]:
    unstemmed, stemmer = _analysers()
    # Stop words are dropped before stemming, which would turn "does" into "doe".
    words = _kept(unstemmed.analyze(normalise(text)))
    return tuple(dict.fromkeys(term for word in words for term in stemmer.analyze(word)))


#: Names and headings come again with every question.
_stems_kept = lru_cache(maxsize=30_000)(_stems)


@cache
def _analysers() -> tuple[tantivy.TextAnalyzer, tantivy.TextAnalyzer]:
    return _unstemmed(), _stemmed()


def normalise(text: str) -> str:
    """Give text with one spelling for each figure: 85,000 as 85000, 2018/2019 as 2018-19; and plain quotes, dashes."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # a command line's bytes may be no text
        text = unicodedata.normalize("NFKC", text)
        for printed, plain in _PLAIN.items():
            text = text.replace(printed, plain)
    return _YEARS.sub(r"-\1", _THOUSANDS.sub("", text))


def sums(plain: str) -> list[str]:
    """Give the sums written short in normalised text, in full: 1.5m as 1500000."""
    return [f"{float(number) * _TIMES[unit.lower()]:.0f}" for number, unit in _SUM.findall(plain)]


def _kept(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS] or words


def _document(entry: WordsEntry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("id", entry.id)
    document.add_integer("paper_id", entry.paper)
    everything = []
    for field, raw in (
        ("text", entry.text),
        ("item", entry.item),
        ("headings", entry.headings),
        ("paper", entry.title),
        ("label", entry.label),
    ):
        if raw:
            plain = normalise(raw)
            document.add_text(field, plain)
            everything.append(plain)
    plain = " \n".join(everything)
    document.add_text("exact", " ".join([plain, *sums(plain)]))
    return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", fast=True)
    builder.add_integer_field("paper_id", indexed=True)
    for field in FIELDS:
        # Frequencies without positions: nothing here asks for phrases.
        builder.add_text_field(field, tokenizer_name="exact" if field == "exact" else "stemmed", index_option="freq")
    return builder.build()


def _analyser(pattern: str) -> tantivy.TextAnalyzerBuilder:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(pattern))
        .filter(tantivy.Filter.remove_long(_LONGEST))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


def _exact() -> tantivy.TextAnalyzer:
    return _analyser(_REFERENCE).build()


def _unstemmed() -> tantivy.TextAnalyzer:
    return _analyser(_WORD).build()


def _stemmed() -> tantivy.TextAnalyzer:
    return _analyser(_WORD).filter(tantivy.Filter.stemmer("english")).build()
