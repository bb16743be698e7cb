"""Errors as RFC 9457 problem documents, and how each is documented."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from minutebook.errors import BadQuestion, HomeError, MinutebookError, ModelError, NotHeld

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One field of the request that cannot be used."""

    field: str = Field(description="Where it is, as in the request: `question`, `filters.from`.", examples=["question"])
    problem: str = Field(examples=["String should have at least 1 character"])


class Problem(BaseModel):
    """What went wrong (RFC 9457). `type` is `about:blank`: the status says what kind of problem it is."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(default="about:blank")
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What went wrong this time, and what to do.", examples=["No such paper is held."])
    errors: list[FieldProblem] | None = Field(default=None, description="The fields at fault, for status 422.")


def problem(
    status: int,
    detail: str,
    errors: list[FieldProblem] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """A problem document as a response."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)
    return JSONResponse(body.model_dump(exclude_none=True), status, headers, media_type=MEDIA_TYPE)


def of_error(error: MinutebookError) -> JSONResponse:
    """The problem document for one of the project's own errors.

    What is not held is told in words of this surface's own: the error's may name a file on this machine.
    """
    match error:
        case NotHeld():
            return problem(404, "No such paper, page or answer is held, or it is not for publication.")
        case BadQuestion(field=field):
            words = str(error).removeprefix(f"{field}: ")
            return problem(422, "The request cannot be used as it stands.", [FieldProblem(field=field, problem=words)])
        case ModelError() | HomeError():
            words = "The papers cannot be searched just now. If it lasts, `minutebook doctor` says why."
            return problem(503, words, headers={"retry-after": "1"})
        case _:
            return problem(500, "The request could not be carried out.")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these problems; 500 always may be."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in (*statuses, 500)}


def install(app: FastAPI) -> None:
    """Every error that reaches `app` leaves it as a problem document."""

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # What was sent is not said back: it may be a member's question, and it may end in a log.
        errors = [
            FieldProblem(field=_field(each), problem=each["msg"].removeprefix("Value error, "))
            for each in error.errors()
        ]
        return problem(422, "The request cannot be used as it stands.", errors)

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), headers=dict(error.headers or {}))

    @app.exception_handler(MinutebookError)
    def ours(_: Request, error: MinutebookError) -> JSONResponse:
        return of_error(error)


def _field(error: dict[str, Any]) -> str:
    """A validation error's place as the person who sent the request knows it."""
    if error["type"] == "json_invalid":  # its place is a number of characters into the body
        return "body"
    inner = [str(part) for part in error["loc"] if part not in ("body", "query", "path")]
    return ".".join(inner) or str(error["loc"][0])
