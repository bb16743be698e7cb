"""The OpenAPI document: what the routes say of themselves, and what they all have in common."""

import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.access import needed_for
from api.problems import Problem, documented

SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "A key made by `minutebook keys make`."},
    "password": {"type": "http", "scheme": "basic", "description": "Any name, and a key as the password."},
}
#: Headers that say when to come back.
RETRY = {"Retry-After": {"description": "Seconds until then.", "schema": {"type": "integer", "minimum": 1}}}


def openapi(app: FastAPI) -> dict[str, Any]:
    """The document, made once, with the problem document that every route's errors refer to."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        schemas = document["components"]["schemas"]
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs"), Problem=problem)
        document["components"]["securitySchemes"] = SECURITY
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _complete(path, method, operation)
        app.openapi_schema = document
    return app.openapi_schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Adds to an operation what the door, the keys, the rates and the gate may answer, before its route is asked."""
    statuses = [421]
    if method == "post":
        statuses += [400, 408, 411, 413]
    scope = needed_for(re.sub(r"\{.*?\}", "x", path))
    if scope is not None:
        statuses += [401, 403, 429, 503]
        operation["security"] = [{}, {"key": []}, {"password": []}]
        operation["description"] = f"{operation.get('description', '')}\n\nA key needs the scope `{scope}`.".strip()
    responses = operation["responses"]
    for status, response in documented(*statuses).items():
        responses.setdefault(str(status), response)
    for status in ("429", "503"):
        if status in responses:
            responses[status].setdefault("headers", RETRY)
    if method == "get" and "application/json" in responses["200"].get("content", {}):
        responses.setdefault("304", {"description": "The copy named in `If-None-Match` is still good."})
    operation["responses"] = dict(sorted(responses.items()))
