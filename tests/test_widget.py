"""The search box as a file: its size, its words, what it never does."""

import gzip
import json
import re
from pathlib import Path

import httpx
import pytest

from api.outcomes import OUTCOMES
from api.page_words import LANGUAGES, Language
from tests.council import Service

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "api" / "static"
LARGEST = 25_000  # bytes, gzipped
#: Keys that only one language has: the forms of a noun that go with its numbers.
FORMS = re.compile(r"\.(zero|one|two|few|many|other)$")


@pytest.fixture(scope="module")
def reply(site: Service) -> httpx.Response:
    return site.client.get("/widget.js").raise_for_status()


def test_it_is_one_small_script_that_another_site_may_load(reply: httpx.Response) -> None:
    assert reply.headers["content-type"].startswith("text/javascript")
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert len(gzip.compress(reply.content)) < LARGEST


def test_its_words_signs_and_style_are_in_it(reply: httpx.Response) -> None:
    assert "/*words*/" not in reply.text
    assert "/*signs*/" not in reply.text
    assert "/*style*/" not in reply.text
    for language in LANGUAGES.values():
        assert json.dumps(language.say("asking"), ensure_ascii=False) in reply.text


def test_a_copy_that_is_still_good_is_not_sent_again(site: Service, reply: httpx.Response) -> None:
    again = site.client.get("/widget.js", headers={"if-none-match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["widget.js", "page.js"])
def test_no_script_makes_markup_of_words_or_loads_from_elsewhere(name: str) -> None:
    script = (STATIC / name).read_text(encoding="utf-8")
    for never in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "import("):
        assert never not in script
    addresses = re.findall(r"https?://[^\s\"'>]+", re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", ["answer.css", "widget.css", "page.css"])
def test_no_style_loads_anything(name: str) -> None:
    style = (STATIC / name).read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def keys(words: object) -> set[str]:
    return {FORMS.sub(".*", key) for key in words}  # type: ignore[attr-defined]


def test_every_language_says_everything() -> None:
    english, welsh = LANGUAGES["en"], LANGUAGES["cy"]
    assert keys(english.box) == keys(welsh.box)
    assert keys(english.words) == keys(welsh.words)
    for key, words in english.words.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", welsh.words[key])), key
        assert welsh.words[key].strip()


def test_an_outcome_is_called_what_every_other_surface_calls_it() -> None:
    assert {outcome: LANGUAGES["en"].say(outcome) for outcome in OUTCOMES} == OUTCOMES


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_nothing_in_the_catalogue_is_unused(language: Language) -> None:
    """A key stands in a script or a template as it is, or as its beginning or end with the rest made there."""
    sources = [*STATIC.glob("*.js"), *(ROOT / "api" / "templates").glob("*.html"), *(ROOT / "api").glob("page*.py")]
    used = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    signs = json.loads((STATIC / "signs.json").read_text(encoding="utf-8"))
    for key in keys(language.words):
        stem, _, end = key.rpartition(".")
        whole = key.removesuffix(".*")
        made = f'"{stem}."' in used or f"`{stem}.$" in used or (stem in signs and f".{end}" in used)
        assert f'"{whole}"' in used or made or key in signs, key


@pytest.mark.parametrize(
    ("code", "n", "said"),
    [
        ("en", 1, "1 decision"),
        ("en", 2, "2 decisions"),
        ("cy", 0, "0 penderfyniad"),
        ("cy", 1, "1 penderfyniad"),
        ("cy", 2, "2 benderfyniad"),
        ("cy", 3, "3 phenderfyniad"),
        ("cy", 5, "5 penderfyniad"),
        ("cy", 6, "6 phenderfyniad"),
    ],
)
def test_a_noun_takes_the_form_of_its_number(code: str, n: int, said: str) -> None:
    assert LANGUAGES[code].count("register", n) == said
