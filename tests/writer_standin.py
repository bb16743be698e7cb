"""A stand-in for a language model's service on this machine: it listens, and answers as it is told to."""

import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from answer.answer import Answer
from answer.ask import ask
from answer.llm import Endpoint
from index.library import Library

HOURS = "What was resolved about the opening hours of the Market Street library?"
LEAD = "Agreed by the Leisure and Libraries Committee on 12 March 2024 (3 for, 1 against): "
PLAIN = "The Market Street library is to open until 8 pm on Thursdays from 6 May 2024."
_numbers = itertools.count(1)

#: From the passages of a prompt to what is written.
Writes = Callable[[list[dict[str, Any]]], str]


@dataclass
class StandIn:
    """A service under `url`; `writes` is what it writes, `asked` what it was sent, with the headers."""

    url: str
    writes: Writes = lambda passages: ""
    #: Answers for itself, past `writes`: gets the handler that has read the request.
    does: Callable[[BaseHTTPRequestHandler], None] | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def passages(self) -> list[dict[str, Any]]:
        """The passages of the last prompt."""
        return passages_in(self.asked[-1]["messages"][-1]["content"])


def passages_in(prompt: str) -> list[dict[str, Any]]:
    """The passages in a prompt, read as the JSON between its fences is to be."""
    (fenced,) = re.findall(r"<papers>\n(.*)\n</papers>", prompt, re.DOTALL)
    passages: list[dict[str, Any]] = json.loads(fenced)["passages"]
    return passages


def completion(words: str) -> dict[str, Any]:
    """A chat completion as such services give it."""
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": words}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip


def sends(status: int, body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """A way to answer: with this status and body."""

    def do(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return do


def trickles(handler: BaseHTTPRequestHandler) -> None:
    """A way to answer: a byte now and then, for as long as anybody listens."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(600):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass  # whoever asked has hung up


@contextmanager
def writing() -> Iterator[StandIn]:
    """A stand-in for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            standin.asked.append(body)
            standin.headers.append({name.lower(): value for name, value in self.headers.items()})
            if standin.does is not None:
                standin.does(self)
            elif self.path != "/v1/chat/completions":
                sends(404, b"{}")(self)
            else:
                prompt = body["messages"][-1]["content"]
                words = standin.writes(passages_in(prompt)) if "<papers>" in prompt else "Ready."
                sends(200, json.dumps(completion(words)).encode())(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    standin = StandIn(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    yield standin
    server.shutdown()
    server.server_close()
    thread.join(10)


def writer_at(model: StandIn, **given: Any) -> Endpoint:
    return Endpoint(f"{model.url}/v1/chat/completions", f"model-{next(_numbers)}", **given)


def said_first(words: str) -> Callable[[list[dict[str, Any]]], str]:
    """Writes that of the first passage."""
    return lambda passages: f"{words} [{passages[0]['numbers'][0]}]"


def said_of_each(told: str, passages: list[dict[str, Any]]) -> str:
    """Writes that of every passage, with its first sentence in the place of {}."""
    firsts = [each["words"].split(". ")[0].rstrip(".") for each in passages]
    marks = [f"[{each['numbers'][0]}]" for each in passages]
    return "\n".join(f"{told.format(first)} {mark}" for first, mark in zip(firsts, marks, strict=True))


def is_quoted(answer: Answer, library: Library, question: str = HOURS) -> bool:
    """Whether it is the answer as it is without a writer."""
    plain = ask(library, question)
    same = (answer.answer, answer.outcome, answer.citations, answer.notes) == (
        plain.answer, plain.outcome, plain.citations, plain.notes,
    )  # fmt: skip
    return same and answer.answer_id == plain.answer_id
