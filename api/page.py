"""GET /: a page to ask from, which needs no JavaScript."""

from pathlib import Path
from typing import Annotated

import jinja2
from fastapi import APIRouter, Depends, Query
from fastapi.responses import FileResponse, HTMLResponse

import answer.ask
from api.outcomes import OUTCOMES
from api.shelf import Asker, Shelf, shelf_of
from minutebook.errors import BadQuestion

router = APIRouter(include_in_schema=False)

HERE = Path(__file__).parent
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined
)

LONGEST_QUESTION = 2000


@router.get("/")
def get_page(
    shelf: Annotated[Shelf, Depends(shelf_of)], audience: Asker, q: Annotated[str, Query()] = ""
) -> HTMLResponse:
    """The form, and under it the answer to `q`."""
    given, problem = None, None
    question = q.strip()
    if len(question) > LONGEST_QUESTION:
        problem = f"A question has at most {LONGEST_QUESTION} characters."
    elif question:
        try:
            with shelf.lend() as library:
                given = answer.ask.ask(library, question, audience=audience)
        except BadQuestion as error:
            problem = str(error)
    page = TEMPLATES.get_template("page.html").render(
        question=question[:LONGEST_QUESTION],
        longest=LONGEST_QUESTION,
        problem=problem,
        answer=given.as_json() if given else None,
        outcome=OUTCOMES[given.outcome] if given else None,
    )
    return HTMLResponse(page, status_code=422 if problem else 200)


@router.get("/page.css")
def get_style() -> FileResponse:
    return FileResponse(HERE / "static" / "page.css", media_type="text/css", headers={"cache-control": "no-cache"})
