"""GET /papers/{id}/pages/{n}.png: a page as a picture, with a quote marked."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response

from api.papers import PaperId
from api.problems import documented
from api.shelf import Asker, Borrowed, Noted
from api.wrapping import CACHING, same
from index.album import Album, picture_name
from index.closed import papers_on
from index.readings import kept_reading
from index.store import Store
from ingest.draughtsman import Draughtsman
from ingest.lines import Line
from minutebook.errors import NotHeld, UnreadablePaper

router = APIRouter(tags=["papers"])


@router.get(
    "/papers/{paper_id}/pages/{number}.png",
    response_class=Response,
    responses={
        200: {
            "description": "The page as a picture.",
            "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "The copy named in `If-None-Match` is still good."},
        **documented(404, 422),
    },
)
def get_picture(
    request: Request,
    paper_id: PaperId,
    number: Annotated[int, Path(ge=1, le=100_000, description="The PDF's own page, from 1; one of this paper's.")],
    library: Borrowed,
    audience: Asker,
    noted: Noted,
    quote: Annotated[str, Query(max_length=2000, description="Words on the page to be marked.")] = "",
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The page, 1240 pixels across, with the quote marked where it stands. A quote that is not there is not marked."""
    store = library.store
    paper = store.paper(paper_id, audience)
    if not paper.first_page <= number <= paper.last_page or not store.page_visible(paper.path, number, audience):
        raise NotHeld(f"{paper.path} page {number}")
    noted.saw(store, "page", [(each, number) for each in papers_on(store, paper.path, number)])
    sha256 = store.file_sha256(paper.path)
    name = picture_name(sha256, number, quote)
    headers = {"etag": f'"{name}"', "cache-control": CACHING}
    if same(if_none_match, headers["etag"]):
        return Response(status_code=304, headers=headers)
    pdf, album, draughtsman = store.pdf(paper.path), _album(request), _draughtsman(request)
    scanned = quote and store.page(paper.path, number).source == "ocr"
    try:
        drawn = album.picture(
            name,
            lambda: draughtsman.draw(pdf, number, quote, _lines(store, sha256, number) if scanned else None),
        )
    except UnreadablePaper as error:
        raise NotHeld(f"{paper.path} page {number}") from error
    return Response(drawn, media_type="image/png", headers=headers)


def _lines(store: Store, sha256: str, number: int) -> Sequence[Line]:
    """The lines of a page as OCR read them; none where they are no longer kept."""
    try:
        document = kept_reading(store.connection, sha256)
    except KeyError:
        return ()
    return next(((*page.lines, *page.furniture) for page in document.pages if page.number == number), ())


def _album(request: Request) -> Album:
    album: Album = request.app.state.album
    return album


def _draughtsman(request: Request) -> Draughtsman:
    draughtsman: Draughtsman = request.app.state.draughtsman
    return draughtsman
