"""What a later decision replaced, and which minute decided what was asked; shown only where both may be seen."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from api.decisions_csv import decisions_csv, every_decision
from index.filters import EVERYTHING, PUBLIC, Audience, Filters
from index.library import Library
from index.records import DecisionRecord, find_decisions
from tests.council import Service
from tests.held import library_of

MARK = "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972"


def minutes(day: str, *lines: str, committee: str = "Full Council", mark: str = "") -> str:
    """Minutes of a made-up council's meeting."""
    head = ["# Thornby Town Council", f"# {committee}", *([f"# Exempt minutes\n{mark}"] if mark else [])]
    return "\n".join([*head, f"Minutes of the meeting held on {day} at 7.00 pm", "Present: Cllrs Ash and Fell", *lines])


def agenda(day: str, *lines: str) -> str:
    """The agenda of a made-up council's meeting."""
    return "\n".join(
        ["# Thornby Town Council", "# Full Council", "# Agenda", f"Meeting to be held on {day} at 7.00 pm", *lines]
    )


def held(folder: Path, papers: Mapping[str, Sequence[str] | str]) -> Library:
    return library_of(folder, {path: [text] if isinstance(text, str) else text for path, text in papers.items()})


def one(library: Library, words: str, audience: Audience = PUBLIC, path: str | None = None) -> DecisionRecord:
    """The only decision in a file, or anywhere, that holds these words."""
    (found,), _ = find_decisions(library.store, words, filters=Filters(path=path), audience=audience)
    return found


def linked(library: Library, words: str, path: str, audience: Audience = PUBLIC) -> dict[str, list[str]]:
    """The files of the decisions that one is linked to, by how, without the lists that are empty."""
    links = one(library, words, audience, path).as_json()
    names = ("replaced_by", "replaces", "decided_by", "decides")
    return {name: [link["path"] for link in links[name]] for name in names if links[name]}


OLD = minutes("12 March 2024", "# 4 Bus shelter", "R2024-31 A. Ash, B. Fell:", "That a bus shelter be built. Carried.")


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("That we rescind Resolution R2024-31 of 12 March 2024. Carried.", "rescinds"),
        ("Resolution R2024-31 is hereby rescinded. Carried.", "rescinds"),
        ("That this resolution replaces Resolution R2024-31. Carried.", "replaces"),
        ("That we amend Resolution R2024-31 to add a bench. Carried.", "amends"),
    ],
)
def test_a_resolution_that_names_another_replaces_it(tmp_path: Path, words: str, relation: str) -> None:
    new = minutes("14 May 2024", "# 3 Shelter", f"R2024-58 A. Ash, B. Fell:\n\n{words}")
    library = held(tmp_path, {"old.pdf": OLD, "new.pdf": new})
    assert linked(library, "shelter", "old.pdf") == {"replaced_by": ["new.pdf"]}
    assert linked(library, "R2024-31" if "rescind" not in words else "rescinded", "new.pdf") == {
        "replaces": ["old.pdf"]
    }
    (link,) = one(library, "shelter", path="old.pdf").links.replaced_by
    assert (link.relation, link.decision.number) == (relation, "R2024-58")


@pytest.mark.parametrize(
    "words",
    [
        "That we note Resolution R2024-31. Carried.",
        "That we rescind Resolution R2023-31. Carried.",
        "That the bus shelter be built of oak. Carried.",
        "That the bus shelter be swept instead of the bench. Carried.",
        "That we rescind Resolution R2024-31. Lost.",
    ],
)
def test_what_is_near_it_replaces_nothing(tmp_path: Path, words: str) -> None:
    new = minutes("14 May 2024", "# 3 Shelter", f"R2024-58 A. Ash, B. Fell:\n\n{words}")
    library = held(tmp_path, {"old.pdf": OLD, "new.pdf": new})
    assert linked(library, "shelter", "old.pdf") == {}


def test_a_decision_undone_by_its_meetings_day_and_words(tmp_path: Path) -> None:
    old = minutes(
        "12 March 2024", "4.1 RESOLVED that the bandstand roof be painted green.", "5.1 RESOLVED to buy a bin."
    )
    new = minutes(
        "14 May 2024",
        "3.1 RESOLVED that the decision of 12 March 2024 that the bandstand roof be painted green be rescinded.",
    )
    library = held(tmp_path, {"old.pdf": old, "new.pdf": new})
    assert linked(library, "bandstand", "old.pdf") == {"replaced_by": ["new.pdf"]}
    assert linked(library, "bin", "old.pdf") == {}


def test_a_by_law_amended(tmp_path: Path) -> None:
    passed = "R2023-{n} A. Ash, B. Fell:\n\nThat we pass By-Law Number {law}, being a By-Law to {what}. Carried."
    old = minutes("7 March 2023", passed.format(n=11, law="2023-30", what="license kiosks"))
    new = minutes("9 May 2023", passed.format(n=44, law="2023-41", what="amend By-Law Number 2023-30"))
    library = held(tmp_path, {"old.pdf": old, "new.pdf": new})
    assert linked(library, "kiosks", "old.pdf") == {"replaced_by": ["new.pdf"]}


def test_a_precept_set_again_for_the_same_year_and_not_for_the_next(tmp_path: Path) -> None:
    said = "6.1 RESOLVED that the precept for {year} be set at £{sum}."
    papers = {
        "october.pdf": minutes("8 October 2024", said.format(year="2025/26", sum="21,400")),
        "november.pdf": minutes("12 November 2024", said.format(year="2025/26", sum="22,100")),
        "next.pdf": minutes("11 November 2025", said.format(year="2026/27", sum="23,000")),
    }
    library = held(tmp_path, papers)
    assert linked(library, "precept", "october.pdf") == {"replaced_by": ["november.pdf"]}
    assert linked(library, "precept", "november.pdf") == {"replaces": ["october.pdf"]}
    assert linked(library, "precept", "next.pdf") == {}


def test_a_policy_adopted_in_a_new_version(tmp_path: Path) -> None:
    papers = {
        "old.pdf": minutes("12 March 2024", "4.1 RESOLVED that the Memorial Bench Policy be adopted."),
        "other.pdf": minutes("9 April 2024", "4.1 RESOLVED that the Memorial Tree Policy be adopted."),
        "new.pdf": minutes("14 May 2024", "4.1 RESOLVED that the revised Memorial Bench Policy be adopted."),
        "same.pdf": minutes("11 June 2024", "4.1 RESOLVED to confirm the Memorial Tree Policy without amendment."),
    }
    library = held(tmp_path, papers)
    assert linked(library, "bench", "old.pdf") == {"replaced_by": ["new.pdf"]}
    assert linked(library, "tree", "other.pdf") == {}


AGENDA = agenda("14 May 2024", "# 6 Bandstand", "6. To consider and approve a slate roof for the bandstand",
                "7. To adopt a policy on drones")  # fmt: skip
DECIDED = minutes("14 May 2024", "# 6 Bandstand", "6.1 RESOLVED that a slate roof be built for the bandstand.",
                  "# 7 Drones", "7.1 RESOLVED that the drones policy be deferred to June.")  # fmt: skip


def test_an_agendas_lines_and_the_minutes_that_decided_them(tmp_path: Path) -> None:
    library = held(tmp_path, {"agenda.pdf": AGENDA, "minutes.pdf": DECIDED})
    assert linked(library, "bandstand", "agenda.pdf") == {"decided_by": ["minutes.pdf"]}
    assert linked(library, "bandstand", "minutes.pdf") == {"decides": ["agenda.pdf"]}
    (link,) = one(library, "drones", path="agenda.pdf").links.decided_by
    assert link.decision.outcome == "deferred"


def test_a_motion_lost_is_linked_to_its_vote(tmp_path: Path) -> None:
    motion = "8. Notice of motion by Cllr Ash: This Council resolves that dogs be kept on leads in Mill Park."
    vote = "8.1 Cllr Ash moved, and Cllr Fell seconded, that dogs be kept on leads in Mill Park. The motion was LOST."
    library = held(tmp_path, {"agenda.pdf": agenda("14 May 2024", motion), "minutes.pdf": minutes("14 May 2024", vote)})
    (link,) = one(library, "dogs", path="agenda.pdf").links.decided_by
    assert (link.paper.path, link.decision.outcome) == ("minutes.pdf", "lost")


def test_two_minutes_as_like_decide_nothing_for_sure(tmp_path: Path) -> None:
    said = "R2024-{n} A. Ash, B. Fell:\n\nThat the tender for gravel for {road} be awarded to Hill Ltd. Carried."
    both = minutes("14 May 2024", said.format(n=1, road="Mill Lane"), said.format(n=2, road="Pond Lane"))
    asks = agenda("14 May 2024", "5. Resolution: Award a tender for gravel to Hill Ltd")
    library = held(tmp_path, {"agenda.pdf": asks, "minutes.pdf": both})
    assert linked(library, "gravel", "agenda.pdf") == {}


def test_another_meetings_minutes_decide_nothing(tmp_path: Path) -> None:
    later = DECIDED.replace("14 May 2024", "11 June 2024")
    library = held(tmp_path, {"agenda.pdf": AGENDA, "minutes.pdf": later})
    assert linked(library, "bandstand", "agenda.pdf") == {}


def test_what_a_committee_recommended_and_the_council_decided(tmp_path: Path) -> None:
    asks = (
        "3.1 The Committee AGREED to RECOMMEND to Full Council that swimming lessons be free for children under nine."
    )
    grants = "9.1 RESOLVED that swimming lessons be free for all children under nine from September."
    papers = {
        "leisure.pdf": minutes("12 March 2024", asks, committee="Leisure Committee"),
        "council.pdf": minutes("14 May 2024", grants),
    }
    library = held(tmp_path, papers)
    assert linked(library, "swimming", "leisure.pdf") == {"decided_by": ["council.pdf"]}


def test_a_scan_that_has_the_words_otherwise_is_a_copy_by_its_number(tmp_path: Path) -> None:
    said = "R2024-58 A. Ash, B. Fell:\n\nThat the tender for a slate roof on the bandstand be awarded{}. Carried."
    asks = agenda("14 May 2024", "5. Resolution: Award a tender for a slate roof on the bandstand")
    papers = {
        "agenda.pdf": asks,
        "minutes.pdf": minutes("14 May 2024", said.format("")),
        "a-scan.pdf": [asks, minutes("14 May 2024", said.format(" J"))],
    }
    library = held(tmp_path, papers)
    assert linked(library, "tender", "agenda.pdf") == {"decided_by": ["minutes.pdf"]}


def test_a_copy_in_a_pack_is_one_link(tmp_path: Path) -> None:
    library = held(tmp_path, {"agenda.pdf": AGENDA, "minutes.pdf": DECIDED, "pack.pdf": [AGENDA, DECIDED]})
    links = one(library, "bandstand", path="agenda.pdf").links
    assert len(links.decided_by) == 1
    assert {len(link.decides) for link in (one(library, "bandstand", path="minutes.pdf").links,)} == {1}


CLOSED = minutes(
    "14 May 2024", "6.1 RESOLVED that a slate roof from Brightmop be approved for the bandstand.", mark=MARK
)


def test_a_link_to_a_closed_paper_is_shown_only_to_who_may_see_it(tmp_path: Path) -> None:
    library = held(tmp_path, {"agenda.pdf": AGENDA, "closed.pdf": CLOSED})
    assert linked(library, "bandstand", "agenda.pdf") == {}
    assert linked(library, "bandstand", "agenda.pdf", EVERYTHING) == {"decided_by": ["closed.pdf"]}
    assert linked(library, "bandstand", "closed.pdf", EVERYTHING) == {"decides": ["agenda.pdf"]}


def test_a_closed_paper_changes_nothing_about_open_ones_links(tmp_path: Path) -> None:
    library = held(tmp_path, {"agenda.pdf": AGENDA, "closed.pdf": CLOSED, "minutes.pdf": DECIDED})
    assert linked(library, "bandstand", "agenda.pdf") == {"decided_by": ["minutes.pdf"]}
    assert linked(library, "bandstand", "minutes.pdf") == {"decides": ["agenda.pdf"]}


def test_the_spreadsheet_names_the_linked_decision(tmp_path: Path) -> None:
    library = held(tmp_path, {"agenda.pdf": AGENDA, "minutes.pdf": DECIDED})
    rows = every_decision(
        library.store, "bandstand", filters=Filters(), audience=PUBLIC, outcome="proposed", mover=None
    )
    assert '"decides: 2024-05-14, Full Council, 6.1, page 1 of minutes.pdf"' in decisions_csv(rows)


def test_the_register_over_http_and_its_page_show_what_replaced_a_decision(
    tmp_path: Path, run_service: Callable[..., Service]
) -> None:
    said = "6.1 RESOLVED that the precept for 2025/26 be set at £{sum}."
    papers = {
        "october.pdf": minutes("8 October 2024", said.format(sum="21,400")),
        "november.pdf": minutes("12 November 2024", said.format(sum="22,100")),
    }
    client = run_service(held(tmp_path, papers)).client
    later, earlier = client.get("/decisions", params={"q": "precept"}).json()["decisions"]
    (link,) = earlier["replaced_by"]
    assert (link["relation"], link["path"], link["page"]) == ("sets anew", "november.pdf", 1)
    assert [each["path"] for each in later["replaces"]] == ["october.pdf"]
    page = client.get("/register", params={"q": "precept"}).text
    assert "Set anew on 12 November 2024" in page
    assert "Sets anew what was decided on 8 October 2024" in page


def test_a_home_made_before_there_were_links_has_none(tmp_path: Path) -> None:
    library = held(tmp_path, {"agenda.pdf": AGENDA, "minutes.pdf": DECIDED})
    with library.store.connection as connection:
        connection.execute("DROP TABLE links")
    assert linked(library, "bandstand", "agenda.pdf") == {}
