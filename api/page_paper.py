"""GET /papers/{paper_id}/view: a paper to read, its items beside its page, the quote marked on both page and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote as quoted

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.page_fields import Fields
from api.page_view import address, render
from api.shelf import Asker, Borrowed, Noted
from index.closed import papers_on
from ingest.structure import Paragraph
from minutebook.errors import NotHeld

router = APIRouter(include_in_schema=False)

LONGEST_QUOTE = 2000


@dataclass(frozen=True, slots=True)
class Contents:
    """An item or heading of a paper, and the page it begins on."""

    title: str
    page: int


@router.get("/papers/{paper_id}/view")
def get_view(request: Request, paper_id: str, library: Borrowed, audience: Asker, noted: Noted) -> HTMLResponse:
    """The page asked for, or the paper's first."""
    store = library.store
    paper = store.paper(paper_id, audience)
    fields = Fields(request.query_params)
    number = fields.number("page", 0, 100_000) or paper.first_page
    # A page may hold the end of one paper and the beginning of another that is not for publication.
    if not paper.first_page <= number <= paper.last_page or not store.page_visible(paper.path, number, audience):
        raise NotHeld(f"{paper.path} page {number}")
    noted.saw(store, "page", [(each, number) for each in papers_on(store, paper.path, number)])
    page = store.page(paper.path, number)
    quote = fields.text("quote", LONGEST_QUOTE)
    paragraphs = store.paragraphs(paper_id)
    contents = contents_of(paragraphs)
    before, marked, after = parted(page.text, quote)
    return render(
        request,
        "paper.html",
        paper=paper,
        number=number,
        page=page,
        quote=quote,
        before=before,
        marked=marked,
        after=after,
        contents=contents,
        current=item_at(paragraphs, number, quote),
        picture=address(f"/papers/{quoted(paper.id, safe='')}/pages/{number}.png", {"quote": quote if marked else ""}),
        whole_file=store.whole_file_visible(paper.path, audience),
    )


def contents_of(paragraphs: Sequence[Paragraph]) -> list[Contents]:
    """The paper's items in order, or, where it has none, its headings; each once, where it begins."""
    items: dict[str, int] = {}
    headings: dict[str, int] = {}
    for paragraph in paragraphs:
        if not paragraph.spans:
            continue
        page = paragraph.spans[0].page
        if paragraph.item:
            items.setdefault(paragraph.item, page)
        if paragraph.kind == "heading":
            headings.setdefault(paragraph.text, page)
    return [Contents(title, page) for title, page in (items or headings).items()]


def item_at(paragraphs: Sequence[Paragraph], number: int, quote: str) -> str | None:
    """The item that a page's quote stands in; without one, the item that the page begins in."""
    here = [each for each in paragraphs if any(span.page == number for span in each.spans)]
    wanted = _bare(quote)[0]
    for each in here if wanted else ():
        held = _bare(each.text)[0]
        if held and (held in wanted or wanted in held) and each.kind != "heading":
            return each.item
    return next((each.item for each in here if each.item), None)


def parted(text: str, quote: str) -> tuple[str, str, str]:
    """The text before a quote, the quote as it stands there, and what follows; ("", "", text) where it is not there.

    Only letters and digits are compared: a page breaks lines and hyphens words where the quote has them joined.
    """
    wanted, _ = _bare(quote)
    held, places = _bare(text)
    at = held.find(wanted) if wanted else -1
    if at < 0:
        return "", "", text
    start, end = places[at], places[at + len(wanted) - 1] + 1
    while end < len(text) and text[end] in ".,;:!?)”’":
        end += 1
    return text[:start], text[start:end], text[end:]


def _bare(text: str) -> tuple[str, list[int]]:
    """The text's letters and digits in lower case, and the place in the text of each."""
    bare: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for each in char.lower():
            if each.isalnum():
                bare.append(each)
                places.append(place)
    return "".join(bare), places
