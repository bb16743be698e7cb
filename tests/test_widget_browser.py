"""The search box in another site's page, in a real browser, under a strict policy."""

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser_fixtures import OtherSite, violations, watch

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

QUESTION = "What was resolved about the opening hours of the Market Street library?"
BOX = "<minutebook-search></minutebook-search>"
OpenPage = Callable[..., "Page"]


def opened(page: "Page", site: OtherSite, box: str = BOX, more: str = "") -> "Locator":
    """The other site's page with that box in it; gives the box's field."""
    site.write(box, more)
    page.goto(site.url)
    return page.get_by_role("combobox")


def ask(page: "Page", field: "Locator", question: str = QUESTION) -> "Locator":
    """Asks with Enter, and waits for the answer."""
    field.fill(question)
    field.press("Enter")
    answer = page.get_by_role("region", name="Answer")
    answer.wait_for()
    return answer


def test_it_answers_on_another_origin_under_a_strict_policy(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    seen = watch(page)
    field = opened(page, other_site)
    answer = ask(page, field)
    assert answer.locator(".outcome").inner_text() == "Decided"
    assert answer.locator(".outcome svg").is_visible()
    assert "until 8 pm on Thursdays" in answer.locator(".said").inner_text()
    page.get_by_role("region", name="Matching papers").get_by_role("link").first.wait_for()
    assert not seen.complaints
    hosts = {urlsplit(each).netloc for each in seen.requests}
    assert hosts == {urlsplit(other_site.url).netloc, urlsplit(other_site.service.url).netloc}
    answer.get_by_role("listitem").get_by_role("link").first.click()
    page.get_by_role("region", name="The words quoted").wait_for()
    assert page.url.startswith(other_site.service.url)


def test_the_box_is_dressed(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")  # or the second colour comes by degrees
    opened(page, other_site)
    button = page.get_by_role("button", name="Ask")
    assert button.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(11, 90, 96)"
    # Set by the host's script, where its policy allows; a stylesheet of its own does the same.
    page.locator("minutebook-search").evaluate("box => box.style.setProperty('--minutebook-accent', 'rgb(90, 0, 60)')")
    assert button.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(90, 0, 60)"


def test_it_is_dressed_where_stylesheets_cannot_be_made(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("CSSStyleSheet.prototype.replaceSync = () => { throw new TypeError() }")
    seen = watch(page)
    opened(page, other_site)
    page.wait_for_load_state("networkidle")
    button = page.get_by_role("button", name="Ask")
    assert button.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(11, 90, 96)"
    assert seen.of("/widget.css")
    assert not seen.complaints


def test_suggestions_follow_the_combobox_pattern(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    field = opened(page, other_site)
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("comm", delay=5)
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    options.first.wait_for()
    texts = [each.get_attribute("data-text") for each in options.all()]
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    page.get_by_role("status").filter(has_text=re.compile(r"suggestions?\.")).wait_for()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    assert field.input_value() == texts[0]
    field.press("ArrowUp")
    assert field.input_value() == "comm"
    field.press("ArrowUp")
    assert field.input_value() == texts[-1]
    field.press("Escape")
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("comm", "false")
    assert options.count() == 0 or not options.first.is_visible()
    field.press("Escape")
    assert field.input_value() == ""


def test_a_suggestion_is_asked_when_chosen_with_the_mouse(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    field = opened(page, other_site)
    field.press_sequentially("swimming", delay=5)
    page.get_by_role("option", name="Swimming lessons").click()
    page.get_by_role("region", name="Answer").wait_for()
    assert field.input_value() == "Swimming lessons"
    assert field.get_attribute("aria-expanded") == "false"


def test_only_what_was_typed_last_is_looked_up(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []

    def answer(route: "Route") -> None:
        if "allot" in route.request.url:
            route.continue_()
        else:
            held.append(route)  # never answered: the box has to give it up

    page.route("**/suggest?*", answer)
    field = opened(page, other_site)
    with page.expect_request("**/suggest?*") as first:
        field.press_sequentially("swi", delay=5)
    field.fill("")
    with page.expect_request("**/suggest?*") as second:
        field.press_sequentially("allot", delay=5)
    assert first.value.url.endswith("q=swi")
    assert second.value.url.endswith("q=allot")
    page.get_by_role("option", name="Allotment rents").wait_for()
    assert first.value.failure == "net::ERR_ABORTED"


def test_an_answer_that_comes_too_late_is_not_shown(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []

    def answer(route: "Route") -> None:
        if "swimming" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/ask", answer)
    field = opened(page, other_site)
    field.fill("swimming lessons")
    with page.expect_request("**/ask") as first:
        field.press("Enter")
    answer_shown = ask(page, field)
    assert first.value.failure == "net::ERR_ABORTED"
    assert "Thursdays" in answer_shown.inner_text()


def test_words_from_the_papers_are_never_markup(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    field = opened(page, other_site)
    ask(page, field, "What did members see on the sign at the boating lake?")
    page.get_by_text("<b>No Fishing & No Bathing</b>").first.wait_for()
    assert page.locator("minutebook-search b").count() == 0


def test_the_answer_is_told_to_a_screen_reader_and_the_field_keeps_the_focus(
    other_site: OtherSite, open_page: OpenPage
) -> None:
    page = open_page()
    field = opened(page, other_site)
    ask(page, field)
    page.get_by_role("status").filter(has_text=re.compile(r"^Decided\. .*Thursdays")).wait_for()
    assert page.evaluate("document.querySelector('minutebook-search').shadowRoot.activeElement.role") == "combobox"


def test_it_speaks_welsh(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    field = opened(page, other_site, '<minutebook-search lang="cy"></minutebook-search>')
    assert field.get_attribute("aria-describedby")
    field.fill(QUESTION)
    page.get_by_role("button", name="Gofyn").click()
    answer = page.get_by_role("region", name="Ateb")
    assert answer.locator(".outcome").inner_text() == "Penderfynwyd"
    assert "12 Mawrth 2024" in answer.inner_text()
    assert "lang=cy" in (answer.get_by_role("listitem").get_by_role("link").first.get_attribute("href") or "")


def test_two_boxes_in_one_page_do_not_meet(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    seen = watch(page)
    opened(
        page, other_site, '<minutebook-search label="First"></minutebook-search><minutebook-search></minutebook-search>'
    )
    first = page.get_by_role("combobox", name="First")
    ask(page, first)
    assert page.get_by_role("combobox").nth(1).input_value() == ""
    assert not seen.complaints


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (503, "Many people are asking"),
        (429, "Many people are asking"),
        (401, "may not search"),
        (500, "cannot be reached"),
    ],
)
def test_trouble_is_said_in_words(other_site: OtherSite, open_page: OpenPage, status: int, said: str) -> None:
    page = open_page()
    problem = json.dumps({"status": status, "detail": "of no use to a member"})
    headers = {"access-control-allow-origin": other_site.url}
    page.route("**/ask", lambda route: route.fulfill(status=status, body=problem, headers=headers))
    field = opened(page, other_site)
    field.fill(QUESTION)
    field.press("Enter")
    page.locator(".problem").filter(has_text=said).wait_for()
    page.get_by_role("status").filter(has_text=said).wait_for()


def test_a_site_that_the_service_does_not_know_gets_no_answer(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page()
    # Reached by another name, the same page is of another origin.
    other_site.write(BOX)
    page.goto(other_site.url.replace("127.0.0.1", "localhost"))
    field = page.get_by_role("combobox")
    field.fill(QUESTION)
    field.press("Enter")
    page.locator(".problem").filter(has_text="cannot be reached").wait_for()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_against_the_box(other_site: OtherSite, open_page: OpenPage, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    field = opened(page, other_site)
    assert violations(page) == []
    field.press_sequentially("comm", delay=5)
    page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    assert violations(page) == []
    ask(page, field)
    page.get_by_role("region", name="Matching papers").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_moves_for_who_would_rather_it_did_not(other_site: OtherSite, open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce", forced_colors="active")
    page.route("**/ask", lambda route: None)  # never answered
    field = opened(page, other_site)
    field.fill(QUESTION)
    field.press("Enter")
    page.locator(".bar").wait_for()
    assert page.evaluate("document.querySelector('minutebook-search').shadowRoot.getAnimations().length") == 0
