"""Tables as rows with their heads."""

from ingest.tables import Row, squeezed, table_rows
from tests.printed import Page, page

SCHOOLS = """
# Table 2: Spending by service (£m)
# Service | 2018-19 | 2019-20
# | budget | forecast
Primary schools | 8.555 | 8.700
Secondary schools | 4.100 | 4.250
# Total | 12.655 | 12.950
"""
IN_CELLS = "Table 2: Spending by service (£m) Service 2018-19 budget 2019-20 forecast Primary schools 8.555 8.700 " \
    "Secondary schools 4.100 4.250 Total 12.655 12.950"  # fmt: skip


def rows(*pages: Page) -> list[Row]:
    found: list[Row] = []
    before: Row | None = None
    for each in pages:
        for part in table_rows(each.lines, each.text, before):
            before = part if isinstance(part, Row) else None
            if isinstance(part, Row):
                found.append(part)
    return found


def test_every_cell_has_the_head_of_its_column() -> None:
    primary = next(row for row in rows(page(SCHOOLS, words=IN_CELLS)) if row.text.startswith("Primary"))
    assert primary.cells == (("Service", "Primary schools"), ("2018-19 budget", "8.555"), ("2019-20 forecast", "8.700"))
    assert primary.label.startswith("Table 2: Spending by service (£m) | Service | 2018-19 budget")


def test_every_row_stands_on_its_page() -> None:
    on_page = squeezed(IN_CELLS)
    assert all(squeezed(row.text) in on_page for row in rows(page(SCHOOLS, words=IN_CELLS)))


def test_wrapped_cells_are_one_row_where_the_page_has_them_together() -> None:
    text = """
Risk | Cause of it | Score
Market | Care homes close when | 4
failure | costs go up too fast |
Floods | Rain | 3
"""
    words = "Risk Cause of it Score Market failure Care homes close when costs go up too fast 4 Floods Rain 3"
    found = {row.cells[0][1]: row for row in rows(page(text, words=words)) if row.cells}
    assert found["Market failure"].text == "Market failure Care homes close when costs go up too fast 4"
    assert found["Floods"].text == "Floods Rain 3"


def test_a_table_over_the_page_keeps_its_heads() -> None:
    second = page("Sixth forms | 2.000 | 2.100\nNurseries | 1.000 | 1.300", 2)
    nurseries = rows(page(SCHOOLS, words=IN_CELLS), second)[-1]
    assert nurseries.cells == (("Service", "Nurseries"), ("2018-19 budget", "1.000"), ("2019-20 forecast", "1.300"))


def test_two_tables_side_by_side_are_two() -> None:
    text = """
Precept | 6,600.00 | Grass cutting | 1,340.00
Wayleave | 26.81 | Insurance | 540.10
Rents | 25.00 | Audit | 50.00
"""
    texts = [row.text for row in rows(page(text))]
    assert texts[:2] == ["Precept 6,600.00", "Grass cutting 1,340.00"]


def test_a_row_whose_cells_the_page_has_apart_comes_as_its_longest_run_with_all_its_cells() -> None:
    text = """
# Project | Cost | Paid from
Hydrant at the corner of the lane | 11,800 | Reserves
Pump | 4,000 | Taxation
"""
    words = "Project Cost Paid from Hydrant at the corner of the lane Pump 4,000 Taxation 11,800 Reserves"
    hydrant = next(row for row in rows(page(text, words=words)) if row.text.startswith("Hydrant"))
    assert hydrant.text == "Hydrant at the corner of the lane"
    assert ("Cost", "11,800") in hydrant.cells


def test_a_row_that_names_the_rows_after_it_is_in_their_label() -> None:
    text = """
# | 31 March 2024 | 31 March 2025
# Receipts
Precept | 20,100 | 20,600
Rents | 612 | 630
"""
    precept = next(row for row in rows(page(text)) if row.text.startswith("Precept"))
    assert "Receipts" in precept.label
    assert precept.cells[1:] == (("31 March 2024", "20,100"), ("31 March 2025", "20,600"))


def test_numbered_paragraphs_and_agenda_items_with_their_pages_are_no_table() -> None:
    text = """
1. | Apologies | Page 3
2. | Minutes of the last meeting | Page 4
3. | Budget | Page 9
"""
    assert rows(page(text)) == []
