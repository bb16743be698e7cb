"""That an item has an exempt part, where the public agenda says so: never from what is closed itself."""

import re

from index.filters import PUBLIC, Filters
from index.library import Library
from ingest.exempt import speaks_of_exempt
from ingest.papers import Paper


def says_exempt_part(library: Library, paper: Paper, item: str | None) -> tuple[Paper, int] | None:
    """The public agenda of the paper's meeting that says some of this item is not for publication, and the page."""
    title = _title(item or "")
    if not title or paper.meeting_date is None:
        return None
    day = paper.meeting_date
    agendas = library.visible(Filters(paper.body, paper.committee, day, day, "agenda"), PUBLIC)
    for agenda in sorted((library.paper(each) for each in agendas), key=lambda each: (each.path, each.first_page)):
        for paragraph in library.store.paragraphs(agenda.id):
            about = _title(paragraph.item or paragraph.text)
            if about[: len(title)] == title and speaks_of_exempt(paragraph.text):
                return agenda, paragraph.spans[0].page
    return None


def _title(item: str) -> list[str]:
    """The words of an item's title, without its number."""
    return [word for word in re.findall(r"\w+", item.lower()) if not word[0].isdigit()]
