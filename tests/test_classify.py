"""Papers closed and opened: by `classify`, by `minutebook.toml`, again when the file changes; and what stays of it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from index.audit import Audit, Entry
from index.build import Silent, classify, forget, ingest
from index.filters import EVERYTHING, PUBLIC, Audience
from index.library import Library
from index.report import IngestReport
from index.rulebook import FILE_NAME
from index.schema import connect
from index.store import Store
from minutebook import opening
from minutebook.cli import app
from minutebook.errors import HomeError, NotHeld, RuleProblem
from tests.council import LEISURE_MINUTES, MIXED_PACK, PLANNING_MINUTES, make_pdf
from tests.embedder import FakeEmbedder

EMBEDDER = FakeEmbedder()
BOARD = Audience(groups=("board",))
CLOSED = "leisure/minutes.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_pdf(tmp_path / "papers" / "leisure" / "minutes.pdf", LEISURE_MINUTES)
    make_pdf(tmp_path / "papers" / "planning.pdf", PLANNING_MINUTES)
    make_pdf(tmp_path / "papers" / "mixed.pdf", MIXED_PACK)
    return tmp_path / "papers"


@pytest.fixture
def home(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: EMBEDDER)
    bring(tmp_path / "home", folder)
    return tmp_path / "home"


def bring(home: Path, *paths: Path) -> IngestReport:
    return ingest(home, paths, embedder=EMBEDDER, ocr=False, jobs=1, confirm_forget=lambda _: True, progress=Silent())


def say(home: Path, paper: str, what: Any, groups: Sequence[str] = (), reason: str = "") -> tuple[str, ...]:
    return classify(home, paper, what, groups=groups, reason=reason, by="ann", audit=Audit(home), embedder=EMBEDDER)


def paths(home: Path, audience: Audience = PUBLIC) -> set[str]:
    return {f"{paper.path}:{paper.first_page}" for paper in Store(home).papers(audience=audience)}


def run(*command: str) -> Any:
    done = CliRunner().invoke(app, [*command, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_word_counts_at_once_and_until_it_is_taken_back(home: Path) -> None:
    before = paths(home)
    library = Library.open(home, EMBEDDER)
    (paper,) = say(home, CLOSED, "exempt", ["board"])
    assert paths(home) == before - {f"{CLOSED}:1"}
    assert paths(home, BOARD) == before
    assert [hit.paper.path for hit in library.refresh().hits("boating lake")][:1] != [CLOSED]
    say(home, paper, "exempt")
    assert paths(home, BOARD) == before - {f"{CLOSED}:1"}
    assert say(home, CLOSED, None) == (paper,)
    assert paths(home) == before


def test_a_word_outlasts_an_ingest_of_the_same_file_and_a_new_version_of_this_program(home: Path, folder: Path) -> None:
    say(home, CLOSED, "exempt")
    bring(home, folder)
    with connect(home) as connection:
        connection.execute("UPDATE files SET parser = 'an older one'")
    bring(home, folder)
    assert f"{CLOSED}:1" not in paths(home)


@pytest.mark.parametrize("what", ["exempt", "public"])
def test_when_the_file_changes_it_is_closed_and_listed(home: Path, folder: Path, what: str) -> None:
    say(home, CLOSED, what)
    assert (f"{CLOSED}:1" in paths(home)) == (what == "public")
    make_pdf(folder / CLOSED, [*LEISURE_MINUTES, ["# 6 Any other business", "6.1 There was none."]])
    report = bring(home, folder)
    assert report.replaced == (CLOSED,)
    assert f"{CLOSED}:1" not in paths(home)
    listed = run("classify", "--review", "--home", str(home))["papers"]
    (ours,) = [each for each in listed if each["path"] == CLOSED]
    assert "the file has changed since" in ours["reason"]
    assert listed[0]["classification"] == "unsure" or what == "exempt", "what is in doubt comes first"
    say(home, CLOSED, "public")
    assert f"{CLOSED}:1" in paths(home)


def test_what_an_officer_closed_is_closed_when_it_comes_back(home: Path, folder: Path) -> None:
    say(home, CLOSED, "exempt", reason="Quillfeather")
    forget(home, CLOSED, embedder=EMBEDDER)
    (idle,) = run("classify", "--review", "--home", str(home))["not_held"]
    assert (idle["path"], idle["classification"]) == (CLOSED, "exempt")
    assert "Quillfeather" not in (home / "minutebook.sqlite").read_bytes().decode("latin-1"), "what they said is gone"
    bring(home, folder)
    assert f"{CLOSED}:1" not in paths(home)
    forget(home, CLOSED, embedder=EMBEDDER)
    say(home, CLOSED, None)
    bring(home, folder)
    assert f"{CLOSED}:1" in paths(home)


def test_the_same_paper_in_another_file_is_closed_with_it(home: Path, folder: Path) -> None:
    make_pdf(folder / "copy.pdf", LEISURE_MINUTES)
    bring(home, folder)
    say(home, CLOSED, "exempt")
    assert not paths(home) & {f"{CLOSED}:1", "copy.pdf:1"}
    make_pdf(folder / "later" / "copy.pdf", LEISURE_MINUTES)
    bring(home, folder)
    assert "later/copy.pdf:1" not in paths(home)


def test_opening_what_is_marked_is_allowed_and_written_down(home: Path) -> None:
    store = Store(home)
    (exempt,) = [paper for paper in store.papers(audience=EVERYTHING) if paper.classification != "public"]
    say(home, exempt.id, "public", reason="the tender is let")
    assert f"{exempt.path}:{exempt.first_page}" in paths(home)
    assert store.whole_file_visible(exempt.path)
    (ours,) = run("classify", "--review", "--home", str(home))["papers"]
    assert (ours["classification"], ours["marked"]) == ("public", "exempt")
    assert "opened although" in ours["reason"]
    (entry,) = run("audit", "--home", str(home))["entries"]
    assert (entry["who"], entry["what"], entry["paper"], entry["said"]) == (
        "ann", "opened", exempt.id, "the tender is let",
    )  # fmt: skip
    (listed,) = [each for each in run("papers", "--home", str(home))["papers"] if each["id"] == exempt.id]
    assert listed["reason"] == "an officer's word"
    assert "the tender is let" not in json.dumps(listed), "an officer's reason is for officers"
    assert "groups" not in listed


def test_nothing_is_opened_where_it_cannot_be_written_down(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Audit, entries: Sequence[Entry]) -> None:
        raise HomeError("no room")

    before = paths(home)
    (exempt,) = paths(home, EVERYTHING) - before
    monkeypatch.setattr(Audit, "write", full)
    with pytest.raises(HomeError):
        say(home, exempt.rpartition(":")[0], "public")
    assert paths(home) == before


def test_what_is_not_held_cannot_be_classified(home: Path) -> None:
    for what in ("exempt", None):
        with pytest.raises(NotHeld):
            say(home, "no/such.pdf", what)


def test_a_folders_rules_count_at_the_next_ingest_and_are_told_of(home: Path, folder: Path) -> None:
    rules = folder / FILE_NAME
    rules.write_text(
        '[[rules]]\nfiles = "leisure/**"\nclassification = "exempt"\ngroup = "board"\nreason = "Sundays"\n'
        '[[rules]]\nfiles = "leizure/**"\nclassification = "exempt"\n'
    )
    before = paths(home)
    report = bring(home, folder)
    assert report.idle_rules == (f"{rules}: “leizure/**”",)
    assert paths(home) == before - {f"{CLOSED}:1"}
    assert f"{CLOSED}:1" in paths(home, BOARD)
    (listed,) = [e for e in run("papers", "--exempt", "--home", str(home))["papers"] if e["path"] == CLOSED]
    assert listed["reason"] == f"{rules}, rules[1], “leisure/**”: Sundays"
    assert listed["groups"] == ["board"]
    (seen,) = [e for e in run("papers", "--group", "Board", "--home", str(home))["papers"] if e["path"] == CLOSED]
    assert seen["reason"] == "a folder's rule"
    assert "groups" not in seen
    forget(home, "planning.pdf", embedder=EMBEDDER)
    assert f"{CLOSED}:1" not in paths(home), "the rule stays while another command writes"
    rules.unlink()
    report = bring(home, folder)
    assert report.opened == ((CLOSED, 1),), "opened by a file that is gone: said so"
    assert f"{CLOSED}:1" in paths(home)


def test_rules_are_found_above_the_folder_that_is_given(home: Path, folder: Path) -> None:
    (folder / FILE_NAME).write_text('[[rules]]\nfiles = "leisure/**"\nclassification = "exempt"\n')
    bring(home, folder / "leisure")
    assert "minutes.pdf:1" not in paths(home)
    assert "minutes.pdf:1" in paths(home, EVERYTHING)


def test_the_homes_rules_count_before_the_folders(home: Path, folder: Path) -> None:
    (folder / FILE_NAME).write_text('[[rules]]\nfiles = "**"\nclassification = "public"\n')
    (home / FILE_NAME).write_text('[[rules]]\nfiles = "planning.pdf"\nclassification = "exempt"\n'
                                   '[[rules]]\nfiles = "plannning.pdf"\nclassification = "exempt"\n')  # fmt: skip
    report = bring(home, folder)
    assert report.opened == ()
    assert report.idle_rules == (f"{home / FILE_NAME}: “plannning.pdf”",)
    assert paths(home) == {f"{CLOSED}:1", "mixed.pdf:1"}, "a rule opens nothing that is marked"
    reasons = {each["path"]: each["reason"] for each in run("classify", "--review", "--home", str(home))["papers"]}
    assert "opens it; marked" in reasons["mixed.pdf"]


def test_a_broken_rulebook_stops_the_ingest_before_anything_is_changed(home: Path, folder: Path) -> None:
    make_pdf(folder / "new.pdf", PLANNING_MINUTES)
    (folder / FILE_NAME).write_text('[[rules]]\nfiles = "**"\n')
    before = paths(home, EVERYTHING)
    with pytest.raises(RuleProblem):
        bring(home, folder)
    assert paths(home, EVERYTHING) == before
    done = CliRunner().invoke(app, ["ingest", str(folder), "--home", str(home)])
    assert done.exit_code != 0


def test_classify_says_what_it_did_and_refuses_what_makes_no_sense(home: Path) -> None:
    done = CliRunner().invoke(app, ["classify", CLOSED, "exempt", "--group", "Board", "--home", str(home)])
    assert done.exit_code == 0
    assert "exempt: 1 paper." in done.stderr
    assert f"{CLOSED}:1" in paths(home, BOARD)
    table = CliRunner().invoke(app, ["classify", "--review", "--home", str(home)])
    assert len(table.stdout.splitlines()) == 2
    for wrong in (
        [], [CLOSED], [CLOSED, "exempt", "--undo"], ["--review", CLOSED], [CLOSED, "unsure"],
        [CLOSED, "public", "--group", "board"], [CLOSED, "exempt", "--group", "a|b"],
        [CLOSED, "exempt", "--reason", "x" * 501],
    ):  # fmt: skip
        assert CliRunner().invoke(app, ["classify", *wrong, "--home", str(home)]).exit_code == 2, wrong


def test_a_home_made_before_there_were_groups_keeps_what_its_papers_are(home: Path) -> None:
    held = {paper.id: paper.classification for paper in Store(home).papers(audience=EVERYTHING)}
    connection = connect(home)
    for statement in (
        "DROP TABLE classified", "ALTER TABLE files DROP COLUMN rule", "ALTER TABLE papers DROP COLUMN groups",
        "ALTER TABLE papers DROP COLUMN reason", "ALTER TABLE papers DROP COLUMN marked",
        "ALTER TABLE papers DROP COLUMN marked_why", "PRAGMA user_version = 2",
    ):  # fmt: skip
        connection.execute(statement)
    connection.close()
    assert {paper.id: paper.classification for paper in Store(home).papers(audience=EVERYTHING)} == held
    say(home, CLOSED, "exempt")
    say(home, CLOSED, None)
    (exempt,) = run("classify", "--review", "--home", str(home))["papers"]
    assert exempt["reason"].startswith("marked: ")
