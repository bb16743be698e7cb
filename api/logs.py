"""Log lines as JSON, one an event, each with the request that it belongs to."""

import json
import logging
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

#: The id of the request being answered; also in the threads that work for it.
REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)

#: What a caller may name a request; anything else might forge log lines.
_SOUND_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)


def request_id(given: str | None) -> str:
    """The id that a caller gave, if it is sound, or a new one."""
    return given if given and _SOUND_ID.fullmatch(given) else secrets.token_hex(8)


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON. `extra={"fields": {...}}` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (current := REQUEST_ID.get()) is not None:
            line["request_id"] = current
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
