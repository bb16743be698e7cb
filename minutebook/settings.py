"""What the environment says, read once and cast."""

import difflib
import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from minutebook.errors import SettingError

Backend = Literal["torch", "openvino", "onnx"]

OURS = "MINUTEBOOK_"
#: Keys of the same family that scripts/setup reads, and that may still stand in the environment.
SETUP = ("MINUTEBOOK_ALLOW_CUDA", "MINUTEBOOK_PYTHON")
#: What may be open without a key: all scopes but `exempt`, which only a key can give.
OPEN_SCOPES = ("ask", "search", "papers", "feedback", "metrics")
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Secret:
    """A word that is never shown: not in a log, an error or a repr. `value` is the word itself."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "***"

    def __repr__(self) -> str:
        return "Secret('***')"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting there is, each with the environment's key in its metadata. `threads` 0 lets the library choose."""

    home: Path = field(default=Path(".minutebook"), metadata={"key": "MINUTEBOOK_HOME"})
    model: str = field(default="all-MiniLM-L6-v2", metadata={"key": "MINUTEBOOK_MODEL"})
    backend: Backend = field(default="torch", metadata={"key": "MINUTEBOOK_BACKEND"})
    reranker: Path | None = field(default=None, metadata={"key": "MINUTEBOOK_RERANKER"})
    threads: int = field(default=0, metadata={"key": "MINUTEBOOK_THREADS"})
    host: str = field(default="127.0.0.1", metadata={"key": "MINUTEBOOK_HOST"})
    port: int = field(default=8765, metadata={"key": "MINUTEBOOK_PORT"})
    ocr: bool = field(default=True, metadata={"key": "MINUTEBOOK_OCR"})
    jobs: int = field(default=2, metadata={"key": "MINUTEBOOK_JOBS"})
    log: str = field(default="warning", metadata={"key": "MINUTEBOOK_LOG"})
    public_url: str | None = field(default=None, metadata={"key": "MINUTEBOOK_PUBLIC_URL"})
    hosts: tuple[str, ...] = field(default=(), metadata={"key": "MINUTEBOOK_HOSTS"})
    origins: tuple[str, ...] = field(default=(), metadata={"key": "MINUTEBOOK_ORIGINS"})
    without_key: tuple[str, ...] | None = field(default=None, metadata={"key": "MINUTEBOOK_WITHOUT_KEY"})
    rate: int = field(default=240, metadata={"key": "MINUTEBOOK_RATE"})
    at_once: int = field(default=2, metadata={"key": "MINUTEBOOK_AT_ONCE"})
    queue: int = field(default=64, metadata={"key": "MINUTEBOOK_QUEUE"})
    log_questions: bool = field(default=False, metadata={"key": "MINUTEBOOK_LOG_QUESTIONS"})
    writer_url: str | None = field(default=None, metadata={"key": "MINUTEBOOK_WRITER_URL"})
    writer_model: str | None = field(default=None, metadata={"key": "MINUTEBOOK_WRITER_MODEL"})
    writer_key: Secret | None = field(default=None, metadata={"key": "MINUTEBOOK_WRITER_KEY"})
    slack_bot_token: Secret | None = field(default=None, metadata={"key": "SLACK_BOT_TOKEN"})
    slack_signing_secret: Secret | None = field(default=None, metadata={"key": "SLACK_SIGNING_SECRET"})
    slack_app_token: Secret | None = field(default=None, metadata={"key": "SLACK_APP_TOKEN"})

    @property
    def log_level(self) -> int:
        """The `logging` module's number for `log`."""
        return logging.getLevelNamesMapping()[self.log.upper()]


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in `environment`; a key that is missing or empty keeps its default.

    Raises SettingError, which names the key: a value that cannot be used, or a MINUTEBOOK_ key that is not one.
    """
    casts: dict[str, Callable[[str], Any]] = {
        "home": lambda text: Path(text).expanduser(),
        "backend": lambda text: _one_of(get_args(Backend), text),
        "reranker": lambda text: Path(text).expanduser(),
        "threads": lambda text: _whole(text, 0, 1024),
        "port": lambda text: _whole(text, 0, 65535),
        "ocr": _switch,
        "jobs": lambda text: _whole(text, 1, 64),
        "log": lambda text: _one_of(LOG_LEVELS, text),
        "public_url": _address,
        "hosts": _hosts,
        "origins": _origins,
        "without_key": _scopes,
        "rate": lambda text: _whole(text, 0, 1_000_000),
        "at_once": lambda text: _whole(text, 1, 64),
        "queue": lambda text: _whole(text, 0, 10_000),
        "log_questions": _switch,
        "writer_url": _completions,
        "writer_key": Secret,
        "slack_bot_token": Secret,
        "slack_signing_secret": Secret,
        "slack_app_token": Secret,
    }
    names = {each.metadata["key"]: each.name for each in fields(Settings)}
    for key in environment:
        if key.startswith(OURS) and key not in (*names, *SETUP):
            near = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
            raise SettingError(key, f"there is no such setting{f'; did you mean {near[0]}?' if near else ''}")
    given: dict[str, Any] = {}
    for key, name in names.items():
        text = environment.get(key, "").strip()
        if not text:
            continue
        try:
            given[name] = casts.get(name, str)(text)
        except ValueError as problem:
            raise SettingError(key, str(problem)) from None
    return Settings(**given)


def _whole(text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ValueError(f"must be a whole number from {least} to {most}, not {text!r}")
    return int(text)


def _switch(text: str) -> bool:
    switches = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    if text.lower() not in switches:
        raise ValueError(f"must be yes or no, not {text!r}")
    return switches[text.lower()]


def _address(text: str) -> str:
    """An address to put paths behind: http or https, a host, and no more than a path of its own."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s<>|\"]", text):
        raise ValueError(f"must be an address such as https://minutes.example.org, not {text!r}")
    return text.rstrip("/")


def _completions(text: str) -> str:
    """Where an OpenAI-compatible service completes chats, from that address or the one it stands under."""
    if "@" in text:  # and so perhaps a password, which is not to be shown
        raise ValueError("must have no user or password in it; MINUTEBOOK_WRITER_KEY is for a key")
    address = _address(text)
    if address.endswith("/chat/completions"):
        return address
    return f"{address}{'' if urlsplit(address).path else '/v1'}/chat/completions"


def _hosts(text: str) -> tuple[str, ...]:
    """Host names, parted by commas or spaces."""
    names = tuple(text.lower().replace(",", " ").split())
    for name in names:
        if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", name):
            raise ValueError(f"must be host names such as minutes.example.org, without scheme or port, not {name!r}")
    return names


def _origins(text: str) -> tuple[str, ...]:
    """Origins (RFC 6454) of web pages, parted by commas or spaces."""
    origins = tuple(text.lower().replace(",", " ").split())
    for origin in origins:
        if not re.fullmatch(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?", origin):
            raise ValueError(f"must be origins such as https://intranet.example.org, with no path, not {origin!r}")
    return origins


def _scopes(text: str) -> tuple[str, ...]:
    """What is open without a key: scopes, or "nothing"."""
    scopes = tuple(text.lower().replace(",", " ").split())
    if scopes == ("nothing",):
        return ()
    for scope in scopes:
        if scope not in OPEN_SCOPES:
            raise ValueError(f"must be nothing, or some of {', '.join(OPEN_SCOPES)}, not {scope!r}")
    return scopes


def _one_of(choices: tuple[str, ...], text: str) -> str:
    if text.lower() not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}, not {text!r}")
    return text.lower()
