"""GET /papers: what is held, and the PDFs themselves."""

import re
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import FileResponse

from api import shapes
from api.filters import PageFields
from api.problems import documented, problem
from api.shelf import Asker, Borrowed, Noted
from api.wrapping import CACHING, same
from index.closed import closed_in
from minutebook.errors import NotHeld

router = APIRouter(tags=["papers"])

PaperId = Annotated[str, Path(max_length=100, description="A paper's id.")]

#: Ranges in bytes, each with a start, an end, or both.
RANGES = re.compile(r"bytes=\s*(\d+-\d*|-\d+)(\s*,\s*(\d+-\d*|-\d+))*", re.ASCII)


@router.get("/papers", response_model=shapes.Papers, responses=documented(422))
def get_papers(asked: Annotated[PageFields, Query()], library: Borrowed, audience: Asker, noted: Noted) -> Any:
    """The papers that are held."""
    papers = library.store.papers(asked.filters(), audience)
    page = papers[asked.offset : asked.offset + asked.limit]
    noted.saw(library.store, "listed", [(paper.id, None) for paper in page])
    return {"papers": [shapes.paper_json(paper) for paper in page], "total": len(papers)}


@router.get("/papers/{paper_id}", response_model=shapes.PaperWithItems, responses=documented(404, 422))
def get_paper(paper_id: PaperId, library: Borrowed, audience: Asker, noted: Noted) -> Any:
    """One paper: what it is, on what evidence, and the items in it."""
    with library.store.reading():
        paper = shapes.paper_json(library.store.paper(paper_id, audience))
        items = library.store.items_of(paper_id)
    noted.saw(library.store, "paper", [(paper_id, None)])
    return {**paper, "items": [{"title": title, "page": page} for title, page in items]}


@router.head("/papers/{paper_id}/pdf", include_in_schema=False)
@router.get(
    "/papers/{paper_id}/pdf",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The file that holds the paper, which may hold others before and after it.",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        },
        206: {
            "description": "The part asked for.",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "The copy named in `If-None-Match` is still good."},
        **documented(404, 416, 422),
    },
)
def get_pdf(
    request: Request,
    paper_id: PaperId,
    library: Borrowed,
    audience: Asker,
    noted: Noted,
    byte_range: Annotated[str | None, Header(alias="range", description="`bytes=0-1023`")] = None,
    if_range: Annotated[str | None, Header()] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The PDF, for reading in place. A file that also holds papers not for publication is not given at all."""
    paper = library.store.paper(paper_id, audience)
    if not library.store.whole_file_visible(paper.path, audience):
        raise NotHeld(paper.path)
    file = library.store.pdf(paper.path)
    noted.saw(library.store, "pdf", [(closed, None) for closed in closed_in(library.store, paper.path)])
    try:
        stat = file.stat()
    except OSError as error:
        raise NotHeld(paper.path) from error
    response = FileResponse(
        file,
        headers={"cache-control": CACHING},
        media_type="application/pdf",
        filename=file.name,
        stat_result=stat,
        content_disposition_type="inline",
    )
    if same(if_none_match, response.headers["etag"]):
        kept = {name: response.headers[name] for name in ("etag", "last-modified", "cache-control")}
        return Response(status_code=304, headers=kept)
    asked = _range(byte_range, stat.st_size)
    if asked == "ignored":
        _without_range(request)
    elif asked == "beyond" and if_range in (None, response.headers["etag"], response.headers["last-modified"]):
        return problem(416, "The file ends before that range.", headers={"content-range": f"bytes */{stat.st_size}"})
    return response


def _without_range(request: Request) -> None:
    """Keeps from the response a Range header that it would refuse in its own words."""
    request.scope["headers"] = [(name, value) for name, value in request.scope["headers"] if name != b"range"]


def _range(header: str | None, size: int) -> Literal["usable", "ignored", "beyond"]:
    """What to do about a Range header (RFC 9110, 14.2): units and forms that are not understood are ignored."""
    if header is None or not RANGES.fullmatch(header.strip()):
        return "ignored"
    for start, end in re.findall(r"(\d*)-(\d*)", header):
        if start and end and int(start) > int(end):
            return "ignored"
        if int(start) >= size if start else int(end) == 0:
            return "beyond"
    return "usable"
