"""What a request may ask for: bounded fields, cast to the filters of a search."""

import re
from datetime import date
from typing import Annotated, Any, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from index.filters import Filters
from ingest.operative import Outcome
from ingest.papers import Kind


def _date_only(value: object) -> object:
    """A date as year-month-day and nothing else: a bare number would otherwise be read as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("must be a date as year-month-day, such as 2024-05-14")
    if not isinstance(value, str | date | None):
        raise ValueError("must be a date as year-month-day, such as 2024-05-14")
    return value


def absent_if_empty(value: object) -> object:
    """A form sends its empty fields too."""
    return None if value == "" else value


def or_empty(schema: dict[str, Any]) -> WithJsonSchema:
    """Tells the OpenAPI document of a field with that schema, or empty, or none."""
    return WithJsonSchema({"anyOf": [schema, {"type": "string", "maxLength": 0}, {"type": "null"}]})


Name = Annotated[Annotated[str, Field(max_length=300)] | None, BeforeValidator(absent_if_empty)]
Day = Annotated[
    date | None,
    BeforeValidator(_date_only),
    BeforeValidator(absent_if_empty),
    or_empty({"type": "string", "format": "date"}),
]
OfKind = Annotated[
    Kind | None, BeforeValidator(absent_if_empty), or_empty({"type": "string", "enum": list(get_args(Kind))})
]
WithOutcome = Annotated[
    Outcome | None, BeforeValidator(absent_if_empty), or_empty({"type": "string", "enum": list(get_args(Outcome))})
]


class FilterFields(BaseModel):
    """Only papers that match every field given; dates are inclusive."""

    model_config = ConfigDict(title="Filters", extra="forbid", validate_by_name=False)

    body: Name = Field(default=None, description="The council or other body.")
    committee: Name = Field(default=None)
    since: Day = Field(default=None, alias="from", description="Meetings on this day or after.")
    until: Day = Field(default=None, alias="to", description="Meetings on this day or before.")
    kind: OfKind = Field(default=None)
    path: Name = Field(default=None, description="A file, or a folder above it.")

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("`from` is after `to`")
        return self

    def filters(self) -> Filters:
        """The same, as every other room knows it."""
        return Filters(self.body, self.committee, self.since, self.until, self.kind, self.path)


class PageFields(FilterFields):
    """Filters, and which of the matches to give."""

    limit: int = Field(default=50, ge=1, le=500)
    offset: int = Field(default=0, ge=0, le=1_000_000)
