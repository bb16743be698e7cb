"""The optional writer: a language model behind an OpenAI-compatible service. The only importer of httpx.

https://platform.openai.com/docs/api-reference/chat says what such a service is sent; Ollama and llama.cpp's server
give the same on one's own machine.
"""

import json
import threading
import time
from collections.abc import Callable
from typing import Protocol

import httpx

from minutebook.errors import WriterProblem

#: Seconds for a whole reply: less than the HTTP service gives an answer (`api.rules.Rules.deadline`).
PATIENCE = 20.0
#: Seconds for which a writer that failed is not asked again, so that the next to ask do not all wait for it.
REST = 60.0
#: Bytes of a reply, and tokens of what is written in it.
LARGEST, MOST_TOKENS = 200_000, 500


class Writer(Protocol):
    """Writes what a prompt asks for. Safe to share between threads."""

    @property
    def name(self) -> str:
        """The model, as those are told who read what it wrote."""

    def reply(self, system: str, prompt: str) -> str:
        """What it writes. Raises WriterProblem when that takes too long or cannot be had."""


class Endpoint:
    """A writer at `url`, the whole address of a service's chat completions. Nothing is asked until it is used."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str | None = None,
        *,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.url = url
        self.name = model
        self._patience = patience
        self._clock = clock
        self._lock = threading.Lock()
        self._rests_until = 0.0
        # Of the environment nothing counts: no proxy between here and the address that was set, and no .netrc.
        self._client = httpx.Client(
            headers={"authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(patience, connect=min(5.0, patience)),
            trust_env=False,
            follow_redirects=False,
        )

    def reply(self, system: str, prompt: str) -> str:
        """See `Writer.reply`. After a failure all others fail at once until REST is over."""
        with self._lock:
            if self._clock() < self._rests_until:
                raise WriterProblem(f"{self.url}: failed a moment ago and is not asked again yet")
        try:
            return _content(self._posted(system, prompt))
        except (httpx.HTTPError, httpx.InvalidURL, _Unusable) as error:
            with self._lock:
                self._rests_until = self._clock() + REST
            raise WriterProblem(f"{self.url}: {_in_words(error, self._patience)}") from None

    def _posted(self, system: str, prompt: str) -> bytes:
        """The body of the reply. httpx bounds each wait; that all of them together do not last is seen to here."""
        asked = {
            "model": self.name,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": prompt}],
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "stream": False,
        }
        until = time.monotonic() + self._patience
        body = b""
        with self._client.stream("POST", self.url, json=asked) as response:
            if response.status_code != httpx.codes.OK:
                raise _Unusable(f"answered with status {response.status_code}")
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("")
                if len(body) > LARGEST:
                    raise _Unusable(f"sent more than {LARGEST} bytes")
        return body


class _Unusable(Exception):
    """A reply that came, and is none."""


def _content(body: bytes) -> str:
    """What was written, out of the body of a reply."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise _Unusable("sent no chat completion")
    return content


def _in_words(error: Exception, patience: float) -> str:
    """What went wrong, without the words of a library, which may hold what was sent."""
    if isinstance(error, _Unusable):
        return str(error)
    if isinstance(error, httpx.TimeoutException):
        return f"did not answer within {patience:g} seconds"
    return f"cannot be reached ({type(error).__name__})"
