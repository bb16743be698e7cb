"""Tables as rows with their heads."""

from ingest.lines import Cell, Line
from ingest.tables import Row, squeezed, table_rows
from tests.printed import Page, line, page

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


def test_heads_over_several_lines_are_one() -> None:
    text = """
Table 6.1 – Council Tax by band
Band | Proportion of | 2024-25 | 2025-26
 | Band D | (with levy) | (with a higher
 | tax rate | | levy)
 | | £p | £p
A | 6/9 | 1,073.88 | 1,127.46
B | 7/9 | 1,252.86 | 1,315.37
C | 8/9 | 1,431.84 | 1,503.28
"""
    first = next(row for row in rows(page(text)) if row.text.startswith("A 6/9"))
    assert first.cells == (
        ("Band", "A"),
        ("Proportion of Band D tax rate", "6/9"),
        ("2024-25 (with levy) £p", "1,073.88"),
        ("2025-26 (with a higher levy) £p", "1,127.46"),
    )


def test_a_year_and_a_percent_sign_may_be_the_lower_line_of_a_head() -> None:
    text = """
Table 2: Visits
Place | Visits in | Change
 | 2024 | %
Boating lake | 4,210 | 2.5
Bandstand | 1,310 | 7.1
"""
    first = next(row for row in rows(page(text)) if row.text.startswith("Boating"))
    assert first.cells == (("Place", "Boating lake"), ("Visits in 2024", "4,210"), ("Change %", "2.5"))


def test_the_end_of_a_sentence_over_a_table_is_not_its_name() -> None:
    text = """
The survey of residents was sent to every house in the district in the spring, and what was said of each service, in
the order of the number of those who spoke of it, was as below, with the years before it
Service | 2023 | 2024
Roads | 38% | 33%
Libraries | 93% | 94%
"""
    roads = next(row for row in rows(page(text)) if row.text.startswith("Roads"))
    assert roads.label == "Service | 2023 | 2024"


def test_a_title_over_a_table_is_its_name_and_the_prose_over_that_is_not() -> None:
    text = """
by 2.99 per cent
# Reserves
Reserve | 2023 | 2024
General | 1,420 | 1,430
Pensions | 2,005 | 1,760
"""
    general = next(row for row in rows(page(text)) if row.text.startswith("General"))
    assert general.label == "Reserves | Reserve | 2023 | 2024"


WORK_PROGRAMME = (
    ("Review of the", "To challenge the service", "Peter"),
    ("fostering service", "on its outcomes and approve", "Marsh"),
    ("", "the statement of purpose", ""),
)
RECRUITMENT = (("Recruitment and", "To note", "Ann"), ("Retention", "", "Lowe"))
SCHOOLS_PLAN = (("Schools in the", "To agree the plan", "Jo"), ("coastal villages", "", "Field"))


def test_lines_of_one_row_are_told_from_rows_by_how_far_apart_they_stand() -> None:
    top, lines = 100.0, []
    for row in (WORK_PROGRAMME, RECRUITMENT, SCHOOLS_PLAN):
        for cells in row:
            lines.append(line(" | ".join(cells), top))
            top += 14.5
        top += 5.0
    words = " ".join(
        " ".join(filter(None, column))
        for row in (WORK_PROGRAMME, RECRUITMENT, SCHOOLS_PLAN)
        for column in zip(*row, strict=True)
    )
    texts = [row.text for row in table_rows(lines, words) if isinstance(row, Row)]
    assert texts == [
        "Review of the fostering service To challenge the service on its outcomes and approve "
        "the statement of purpose Peter Marsh",
        "Recruitment and Retention To note Ann Lowe",
        "Schools in the coastal villages To agree the plan Jo Field",
    ]


def test_a_line_over_several_columns_names_the_rows_after_it() -> None:
    text = """
# Directorate | Project | Total cost
# Shortfall on the highways network to keep its backlog as it is
Highways | Bridges | 5,337
Transport | Buses | 1,000
"""
    bridges = next(row for row in rows(page(text)) if "Bridges" in row.text)
    assert "Shortfall on the highways network to keep its backlog as it is" in bridges.label
    assert bridges.cells[2] == ("Total cost", "5,337")


def test_a_currency_sign_belongs_to_the_sum_after_it() -> None:
    text = """
# Department | 2025 Actual | 2026 Budget
Library levy | 41,554.92 $ | 51,096.47
Policing | 325,490.08 $ | 366,333.00
Health unit | 60,041.00 $ | 62,383.00
"""
    library = next(row for row in rows(page(text)) if row.text.startswith("Library"))
    assert library.cells[1:] == (("2025 Actual", "41,554.92"), ("2026 Budget", "$ 51,096.47"))


def test_accounts_with_last_years_sums_before_the_names_are_two_tables_with_a_column_each_for_sum_and_name() -> None:
    text = """
# 2023-24 | Income | 2024-25 | 2023-24 | Payments | 2024-25
6,600.00 Precept of the parish council | | 6,700.00 | 134.00 Subscriptions | | 140.00
26.81 Wayleave payment by the power company | | 27.13 | 50.00 Audit fees of the internal auditor | | 50.00
85.00 Rents of the allotments and field | | 85.00 | 185.00 Rents of the village hall and green | | 190.00
90.00 Interest of the savings account | | 91.00 | 1,146.10 Caretaker of the hall and the green | | 1,743.17
"""
    found = {row.text: row for row in rows(page(text))}
    assert found["1,146.10 Caretaker of the hall and the green 1,743.17"].cells == (
        ("2023-24", "1,146.10"),
        ("Payments", "Caretaker of the hall and the green"),
        ("2024-25", "1,743.17"),
    )
    assert "Income" not in found["1,146.10 Caretaker of the hall and the green 1,743.17"].label
    assert found["6,600.00 Precept of the parish council 6,700.00"].cells[0] == ("2023-24", "6,600.00")


def test_two_columns_of_prose_are_no_table_and_each_is_read_to_its_end() -> None:
    left = (
        "The community car was one",
        "of the ideas that came out",
        "of our first year, and it",
        "will take you to hospital",
        "at Northfield and Easton.",
    )
    right = (
        "Volunteers are on hand to",
        "drive it to appointments,",
        "which need to be told to",
        "the office on the day but",
        "one before it is wanted.",
    )
    lines = [line(f"{a} | {b}", 100.0 + 14 * n) for n, (a, b) in enumerate(zip(left, right, strict=True))]
    found = list(table_rows(lines, " ".join((*left, *right))))
    assert [part.text for part in found] == [*left, *right]
    assert not any(isinstance(part, Row) for part in found)


def test_a_card_is_a_row_with_what_it_is_about_over_it() -> None:
    text = """
Requests for information answered
within 20 working days | RED

Latest: 84% | Target: 92%, floor 90% | Previous: 77%
"""
    card = rows(page(text))[0]
    assert card.text == "Latest: 84% Target: 92%, floor 90% Previous: 77%"
    assert card.cells == (("Latest", "84%"), ("Target", "92%, floor 90%"), ("Previous", "77%"))
    assert card.label == "Requests for information answered within 20 working days"


def test_heads_at_the_left_of_a_column_and_figures_at_its_right_are_one_column() -> None:
    heads = line("Service | 2022 | 2023", 100.0, bold=True)
    figures = [("Roads", "41%", "38%"), ("Libraries", "92%", "93%"), ("Bins", "77%", "74%")]
    below = []
    for number, (name, *values) in enumerate(figures):
        cells = [Cell(name, 72.0, 110.0), *(Cell(v, 240.0 + 130 * n, 256.0 + 130 * n) for n, v in enumerate(values))]
        text = " ".join(cell.text for cell in cells)
        top = 114.0 + 14 * number
        below.append(Line(text, 72.0, top, cells[-1].x1, top + 11, 11.0, False, tuple(cells)))
    words = " ".join(each.text for each in (heads, *below))
    roads = next(row for row in table_rows([heads, *below], words) if row.text.startswith("Roads"))
    assert isinstance(roads, Row)
    assert roads.cells == (("Service", "Roads"), ("2022", "41%"), ("2023", "38%"))


def test_minutes_with_their_long_numbers_in_the_margin_are_no_table() -> None:
    text = """
Cou/229/23-24 | Apologies for absence were received from Cllr Hodges.
Cou/230/23-24 | The minutes of the last meeting were signed.
Cou/231/23-24 | It was RESOLVED that the precept be £121,500.
Cou/232/23-24 | The parish meeting is to be held on 22 April 2024.
"""
    assert rows(page(text)) == []


def test_the_unit_over_a_table_is_in_its_name() -> None:
    text = """
# Key services

 | | £m
# Service | Budget | Forecast
Residential care | 97.5 | 124.9
Home care | 40.7 | 42.6
"""
    care = next(row for row in rows(page(text)) if row.text.startswith("Residential"))
    assert "£m" in care.label
    assert care.cells[0] == ("Service", "Residential care")
