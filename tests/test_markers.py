"""What stands at the start of a line."""

import pytest

from ingest.markers import marker_of


@pytest.mark.parametrize(
    ("text", "kind", "mark", "depth"),
    [
        ("11.5 The Committee agreed", "number", "11.5", 2),
        ("3. Minutes of the last meeting", "number", "3", 1),
        ("3 Matters arising", "number", "3", 1),
        ("10.Resolution: To sign the lease", "number", "10", 1),
        ("8.4.12 the Director replied", "number", "8.4.12", 3),
        ("162/24 Public session", "number", "162/24", 1),
        ("Fin/31/24-25 Rent of the hut", "number", "Fin/31/24-25", 1),
        ("WC/7/23-24 Present", "number", "WC/7/23-24", 1),
        ("Item 7: Budget", "number", "7", 1),
        ("Minute 12 - Footpaths", "number", "12", 1),
        ("R2024-197 A. Reeve, B. Miller:", "resolution", "R2024-197", 1),
        ("Resolution No. 2024-101 Moved by Councillor Reeve", "resolution", "Resolution No. 2024-101", 1),
        ("a) the first clause", "clause", "a", 0),
        ("(iv) the fourth", "clause", "iv", 0),
        ("B. A survey be circulated", "clause", "B", 0),
        ("• a bullet", "bullet", "•", 0),
        ("∑ a bullet in a symbol font", "bullet", "∑", 0),
        ("- a dash", "bullet", "-", 0),
    ],
)
def test_markers_of_every_numbering_style(text: str, kind: str, mark: str, depth: int) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (marker.kind, marker.mark, marker.depth) == (kind, mark, depth)


@pytest.mark.parametrize(
    "text",
    [
        "24 days after the notice",
        "2018 was a dry year",
        "3.375m is forecast",
        "14 January 2025",
        "2025-26 Budget and council tax",
        "2024/25 Outturn",
        "45 High Street, Thornwick, Telephone 01999 555010",
        "The Committee agreed",
    ],
)
def test_figures_that_happen_to_start_a_line_are_no_markers(text: str) -> None:
    assert marker_of(text) is None


def test_length_is_of_the_marker_and_its_space() -> None:
    marker = marker_of("11.5  The Committee")
    assert marker is not None
    assert "11.5  The Committee"[marker.length :] == "The Committee"
