"""The JSON that goes out, as models: what the OpenAPI document promises and every response is checked against."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

import ingest.operative
import ingest.papers
from answer.answer import Outcome
from ingest.papers import Classification, Kind, Standing


class Spot(BaseModel):
    """Where words stand: the paper, item and paragraph, and the page."""

    path: str = Field(description="The file, relative to the folder ingested.", examples=["cabinet/2024-05-14.pdf"])
    paper: str = Field(description="The paper's id: a file may hold several papers.")
    title: str
    kind: Kind
    body: str | None
    committee: str | None
    meeting_date: date | None
    standing: Standing
    item: str | None
    paragraph: str | None = Field(examples=["11.5"])
    page: int = Field(ge=1, description="The PDF's own page, from 1.")
    printed_page: str | None = Field(description="The number printed on that page.")
    url: str = Field(description="The page in the paper's PDF, relative to this service.")


class Place(Spot):
    """Words, and where they stand."""

    quote: str = Field(description="Word for word from that page, white space and line-end hyphens joined.")
    ocr: bool = Field(default=False, description="Only there, and true, where the page was read by OCR.")


class Citation(Place):
    """A source of the answer; `n` is its number in the answer's words."""

    n: int = Field(ge=1)


class Hit(Place):
    """A passage that was found."""

    score: float = Field(description="Higher is nearer; comparable within one search only.")


class Searched(BaseModel):
    """How far the search reached."""

    papers: int = Field(ge=0)
    bodies: list[str]
    since: date | None = Field(alias="from")
    until: date | None = Field(alias="to")


class Answer(BaseModel):
    """An answer and the citations that bear it."""

    answer_id: str
    question: str
    outcome: Outcome
    answer: str
    citations: list[Citation]
    notes: list[str]
    searched: Searched
    took_ms: int = Field(ge=0)


class Change(BaseModel):
    """How a source of an answer is no longer as it was."""

    n: int = Field(ge=1, description="The citation's number.")
    change: str = Field(examples=["The words quoted are no longer on that page."])


class AnswerNow(Answer):
    """An answer as it was given, and whether the papers that it cites have changed since."""

    changed: bool
    changes: list[Change]


class FacetValue(BaseModel):
    """A value that some of the hits have."""

    value: str
    count: int = Field(ge=1)


class Facets(BaseModel):
    """What the hits can be sorted into. Years from the latest, all else from the most frequent."""

    body: list[FacetValue]
    committee: list[FacetValue]
    kind: list[FacetValue]
    year: list[FacetValue]
    outcome: list[FacetValue]


class Found(BaseModel):
    """One page of what a search found; `total` and `facets` are of all of them."""

    hits: list[Hit]
    total: int = Field(ge=0)
    facets: Facets


class Suggestion(BaseModel):
    """Words to put in the place of those typed."""

    kind: Literal["committee", "item", "question"] = Field(
        description="A committee, an item's title, or a question that had an answer."
    )
    text: str
    body: str | None = Field(description="For a committee, the body whose it is.")


class Suggestions(BaseModel):
    """What may be meant, the likeliest of each kind first."""

    suggestions: list[Suggestion]


class Vote(BaseModel):
    """A vote as recorded: counts where they are given, and how it was taken."""

    in_favour: int | None = Field(default=None, alias="for")
    against: int | None = None
    abstained: int | None = None
    how: str | None = None


class Link(Spot):
    """Another decision, where it stands, and how the later of the two bears on the earlier."""

    relation: Literal["rescinds", "replaces", "amends", "sets anew", "corrects", "decides"]
    outcome: ingest.operative.Outcome
    text: str


class Decision(Place):
    """A decision on record."""

    outcome: ingest.operative.Outcome
    verb: str
    text: str
    clauses: list[str]
    mover: str | None
    seconder: str | None
    vote: Vote | None
    replaced_by: list[Link] = Field(description="Later decisions that rescind, replace, amend or set anew this one.")
    replaces: list[Link]
    decided_by: list[Link] = Field(description="The minute that decided what is only asked for here.")
    decides: list[Link] = Field(description="The recommendations and motions that this minute decided.")


class Decisions(BaseModel):
    """One page of decisions; `total` is of all of them."""

    decisions: list[Decision]
    total: int = Field(ge=0)


class Belief(BaseModel):
    """What was believed of one field, and why."""

    model_config = ConfigDict(from_attributes=True)

    field: str
    value: str
    why: str


class Paper(BaseModel):
    """A paper that is held: pages `first_page` to `last_page` of the PDF at `path`."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    path: str
    first_page: int = Field(ge=1)
    last_page: int = Field(ge=1)
    body: str | None
    committee: str | None
    meeting_date: date | None
    kind: Kind
    title: str
    item: str | None
    standing: Standing
    classification: Classification
    sha256: str = Field(description="Of the paper's own text: the same paper in two files has the same.")
    url: str
    beliefs: list[Belief]


class Item(BaseModel):
    """An item of a paper's meeting, and the page it begins on."""

    title: str
    page: int = Field(ge=1)


class PaperWithItems(Paper):
    """A paper and the items in it, in order."""

    items: list[Item]


class Papers(BaseModel):
    """One page of the papers held; `total` is of all of them."""

    papers: list[Paper]
    total: int = Field(ge=0)


class Health(BaseModel):
    """That the service is alive, or ready."""

    status: Literal["ok"]


class Ready(Health):
    """That questions can be answered, and from which generation of the index."""

    generation: int


def paper_json(paper: ingest.papers.Paper) -> dict[str, object]:
    """A paper as JSON, the same on every surface."""
    fields = {name: getattr(paper, name) for name in Paper.model_fields if name not in ("url", "beliefs")}
    shape = Paper(
        **fields,
        url=f"/papers/{paper.id}/pdf#page={paper.first_page}",
        beliefs=[Belief.model_validate(belief) for belief in paper.beliefs],
    )
    return shape.model_dump(mode="json")
