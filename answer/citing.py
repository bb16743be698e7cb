"""A quote with all that says where it stands."""

from answer.answer import Citation
from answer.verify import Pages
from ingest.papers import Paper
from ingest.structure import Paragraph


def citation_of(number: int, paper: Paper, paragraph: Paragraph, page: int, quote: str, pages: Pages) -> Citation:
    """The citation of words in a paragraph that stand on this page of the paper's PDF."""
    stored = pages.page(paper.path, page)
    return Citation(
        n=number,
        path=paper.path,
        paper=paper.id,
        title=paper.title,
        kind=paper.kind,
        body=paper.body,
        committee=paper.committee,
        meeting_date=paper.meeting_date,
        standing=paper.standing,
        item=paragraph.item or paper.item,
        paragraph=paragraph.number,
        page=page,
        printed_page=stored.printed_number,
        quote=quote,
        ocr=stored.source == "ocr",
    )
