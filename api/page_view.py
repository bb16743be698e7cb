"""How a page for people is made: its template, its words, its addresses."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote as quoted
from urllib.parse import urlencode

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from api.page_words import LANGUAGES, language_of

STATIC = Path(__file__).parent / "static"
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
#: By outcome, the drawing of its sign: an SVG path on a 16 by 16 field.
SIGNS: dict[str, str] = json.loads((STATIC / "signs.json").read_text(encoding="utf-8"))


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """The page that `template` makes of `values`, in the language asked for.

    A template has `say`, `count` and `day` for words, `to` for addresses that keep the language, and `view` for a
    place in a paper.
    """
    language = language_of(request)
    kept = {"lang": language.code} if "lang" in request.query_params else {}

    def to(path: str, **query: object) -> str:
        return address(path, {**query, **kept})

    def view(place: Mapping[str, Any], *, marked: bool = True) -> str:
        query = {"page": place["page"], "quote": place["quote"] if marked else None}
        return to(f"/papers/{quoted(place['paper'], safe='')}/view", **query)

    def in_language(code: str) -> str:
        query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang" and value]
        return f"{request.url.path}?{urlencode([*query, ('lang', code)])}"

    page = TEMPLATES.get_template(template).render(
        language=language,
        languages=LANGUAGES.values(),
        in_language=in_language,
        keeps_language=bool(kept),
        say=language.say,
        count=language.count,
        day=language.day,
        signs=SIGNS,
        to=to,
        view=view,
        here=request.url.path,
        **values,
    )
    return HTMLResponse(page, status, {"content-language": language.code, "vary": "accept-language"})


def address(path: str, query: Mapping[str, object]) -> str:
    """The path with what of the query is not empty."""
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path
