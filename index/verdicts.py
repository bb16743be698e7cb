"""Whether each paper is closed, and to whom: an officer's word before a folder's rule before the paper's own marks.

What is in doubt is closed: where a word was said of a file that has changed since, or a rule opens what is marked.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.rulebook import Rule
from ingest.exempt import Classification, Verdict
from ingest.papers import Paper

#: The hash of a paper that has no text: all those are alike, and not the same.
_NO_TEXT = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Word:
    """What an officer said of the paper on pages `first_page` to `last_page` of a file, as its bytes then were."""

    path: str
    first_page: int
    last_page: int
    classification: Classification
    groups: tuple[str, ...]
    reason: str
    by: str
    at: str
    file_sha256: str
    paper_sha256: str

    @property
    def told(self) -> str:
        """Who said it, when and why, in words."""
        return f"{self.by} on {self.at[:10]}{f': {self.reason}' if self.reason else ''}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A paper as far as a verdict on it needs: where it is, its text's hash, and what its own marks say."""

    first_page: int
    last_page: int
    sha256: str
    classification: Classification
    why: str

    @classmethod
    def of(cls, paper: Paper) -> "Marked":
        """A paper as it was read by itself, without verdicts."""
        return cls(paper.first_page, paper.last_page, paper.sha256, paper.classification, paper.verdict.why)


def verdicts_on(
    papers: Sequence[Marked], path: str, file_sha256: str, rule: Rule | None, words: Sequence[Word]
) -> dict[int, Verdict]:
    """The verdict on each paper of a file, by its first page; `words` are all that officers have said."""
    own = [word for word in words if word.path == path]
    copies = [word for word in words if word.path != path and word.classification != "public"]
    verdicts = {}
    for paper in papers:
        exact = next((word for word in own if _is_exactly(word, paper, file_sha256)), None)
        verdicts[paper.first_page] = (
            _as_said(exact, paper)
            if exact
            else _by_doubt(paper, papers, file_sha256, own, copies) or _by_rule(paper, rule) or _by_marks(paper)
        )
    return verdicts


def words_in(connection: sqlite3.Connection) -> list[Word]:
    """All that officers have said, also of files no longer held."""
    rows = connection.execute("SELECT * FROM classified ORDER BY path, first_page")
    return [Word(**{**dict(row), "groups": groups_from(row["groups"])}) for row in rows]


def keep_word(connection: sqlite3.Connection, word: Word) -> None:
    """Keeps a word in the place of what was said of that paper before."""
    connection.execute(
        "INSERT OR REPLACE INTO classified VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            word.path, word.first_page, word.last_page, word.classification, groups_as_kept(word.groups), word.reason,
            word.by, word.at, word.file_sha256, word.paper_sha256,
        ),
    )  # fmt: skip


def groups_as_kept(groups: Sequence[str]) -> str:
    """Groups as a column has them, each between bars, so that SQL can look for one."""
    return f"|{'|'.join(groups)}|" if groups else ""


def groups_from(kept: str) -> tuple[str, ...]:
    """The groups in a column."""
    return tuple(filter(None, kept.split("|")))


def _is_exactly(word: Word, paper: Marked, file_sha256: str) -> bool:
    same_pages = (word.first_page, word.last_page) == (paper.first_page, paper.last_page)
    return same_pages and word.file_sha256 == file_sha256


def _as_said(word: Word, paper: Marked) -> Verdict:
    reason = f"an officer's word, {word.told}"
    if word.classification == "public" and paper.classification != "public":
        reason += f". It was opened although it is so: {paper.why}"
    return Verdict(word.classification, word.groups, "an officer's word", reason)


def _by_doubt(
    paper: Marked, papers: Sequence[Marked], file_sha256: str, own: Sequence[Word], copies: Sequence[Word]
) -> Verdict | None:
    """By words that were not said of just this paper: what they leave in doubt is closed."""
    closing: list[tuple[Word, str]] = []
    opening: list[tuple[Word, str]] = []
    for word in own:
        meant = _meant_by(word, papers, file_sha256)
        if paper in meant:
            changed = word.file_sha256 != file_sha256
            how = "the file has changed since" if changed else "its papers have been told apart otherwise since"
            (closing if word.classification != "public" else opening).append((word, how))
    for word in copies:
        if _same_text(word, paper):
            closing.append((word, f"the same paper is closed in {word.path}"))
    if closing:
        # All may be right, and none was said of what now stands there unless its text is the same.
        groups = set.intersection(*(set(word.groups if _same_text(word, paper) else ()) for word, _ in closing))
        (word, how), *_ = closing
        return Verdict(
            "exempt", tuple(sorted(groups)), "an officer's word", f"an officer's word, {word.told}; look again: {how}"
        )
    if opening:
        (word, how), *_ = opening
        return Verdict(
            "unsure",
            (),
            "an officer's word that is in doubt",
            f"an officer opened it, {word.told}; closed until somebody looks again: {how}",
        )
    return None


def _meant_by(word: Word, papers: Sequence[Marked], file_sha256: str) -> Sequence[Marked]:
    """The papers that a word may have been about: of a changed file, where none has the same text, all of them."""
    overlapping = [each for each in papers if each.first_page <= word.last_page and word.first_page <= each.last_page]
    if word.file_sha256 == file_sha256:
        return overlapping
    same = [each for each in papers if _same_text(word, each)]
    if word.classification == "public":
        return [*same, *overlapping] or papers
    return same or papers


def _same_text(word: Word, paper: Marked) -> bool:
    same_length = word.last_page - word.first_page == paper.last_page - paper.first_page
    return word.paper_sha256 == paper.sha256 != _NO_TEXT and same_length


def _by_rule(paper: Marked, rule: Rule | None) -> Verdict | None:
    if rule is None:
        return None
    reason = f"{rule.where}, “{rule.files}”{f': {rule.reason}' if rule.reason else ''}"
    if rule.classification == "public" and paper.classification == "exempt":
        # A rule is about files that nobody has looked into: only a person opens what is marked.
        return Verdict("unsure", (), "a folder's rule opens it, its marks do not", f"{reason}, opens it; {paper.why}")
    return Verdict(rule.classification, rule.groups, "a folder's rule", reason)


def _by_marks(paper: Marked) -> Verdict:
    return Verdict(paper.classification, (), paper.why, paper.why)
