"""GET /widget.js and what the pages are dressed in: files of this service's own, asked for again only when changed."""

import hashlib
import json
import re
from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from api.page_view import SIGNS, STATIC
from api.page_words import LANGUAGES

router = APIRouter(include_in_schema=False)


def widget() -> str:
    """The search box as one file: its script with its words, signs and styles filled in."""
    words = {code: dict(language.box) for code, language in LANGUAGES.items()}
    style = _read("answer.css") + _read("widget.css")
    return (
        _read("widget.js")
        .replace("{/*words*/}", _literal(words))
        .replace("{/*signs*/}", _literal(SIGNS))
        .replace('"/*style*/"', _literal(re.sub(r"/\*.*?\*/|\s*\n\s*", "", style, flags=re.DOTALL)))
    )


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


#: Path -> media type, and the text.
FILES: dict[str, tuple[str, Callable[[], str]]] = {
    "/widget.js": ("text/javascript", widget),
    "/widget.css": ("text/css", lambda: _read("answer.css") + _read("widget.css")),
    "/page.js": ("text/javascript", lambda: _read("page.js")),
    "/page.css": ("text/css", lambda: _read("answer.css") + _read("page.css")),
    "/icon.svg": ("image/svg+xml", lambda: _read("icon.svg")),
}


def _serve(media_type: str, text: str) -> Callable[[Request], Response]:
    body = text.encode()
    headers = {
        "etag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        "cache-control": "public, max-age=300",
        # Another site's page may load them: that is what the search box is for, and there is nothing private in them.
        "cross-origin-resource-policy": "cross-origin",
    }

    def serve(request: Request) -> Response:
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=media_type, headers=headers)

    return serve


for path, (media_type, text) in FILES.items():
    router.get(path)(_serve(media_type, text()))
