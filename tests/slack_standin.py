"""A stand-in for Slack's Web API on this machine: it checks what it is sent, keeps messages, and fails when told to.

The limits are those of docs.slack.dev. What is wrong with a call goes into `faults`, and the call is refused as Slack
would refuse it.
"""

import json
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

BOT_TOKEN = "xoxb-stand-in"
APP_TOKEN = "xapp-stand-in"
BOT_USER = "UBOT"
SCOPES = (
    "app_mentions:read,assistant:write,channels:history,chat:write,chat:write.public,commands,groups:history,"
    "im:history,mpim:history"
)
REQUIRED = {
    "chat.postMessage": ("channel", "text"),
    "chat.update": ("channel", "ts", "text"),
    "chat.delete": ("channel", "ts"),
    "views.open": ("trigger_id", "view"),
    "assistant.threads.setStatus": ("channel_id", "thread_ts", "status"),
    "assistant.threads.setTitle": ("channel_id", "thread_ts", "title"),
    "assistant.threads.setSuggestedPrompts": ("channel_id", "thread_ts", "prompts"),
    "auth.test": (),
    "apps.connections.open": (),
}
TS = re.compile(r"\d{10}\.\d{6}")
#: What may stand between < and > in mrkdwn without notifying a crowd.
CONTROL = re.compile(r"<([^<>]*)>")
LONE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")


@dataclass
class Call:
    """One call as it came."""

    method: str
    arguments: dict[str, Any]


@dataclass
class Trouble:
    """What is to go wrong with the next calls of a method."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any]
    times: int


@dataclass
class StandIn:
    """`messages` by channel and ts as they stand now; `said` by response_url; `views` as opened."""

    port: int = 0
    scopes: str = SCOPES
    sockets: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    pings: list[str] = field(default_factory=list)
    messages: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    said: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    views: list[dict[str, Any]] = field(default_factory=list)
    closed_channels: set[str] = field(default_factory=set)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    held: dict[str, threading.Event] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)
    #: Seconds between messages that a channel takes; nought for as many as come. Time is what `pass_time` says.
    pace: float = 0.0
    now: float = 0.0
    spoken_at: dict[str, float] = field(default_factory=dict)
    #: The most calls for one channel that were under way at a time.
    most_at_once: int = 0
    under_way: Counter[str] = field(default_factory=Counter)
    _last: int = 0

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def response_url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/respond/{name}"

    def fail(self, method: str, status: int, *, times: int = 1, error: str = "", **headers: str) -> None:
        """The next calls of a method get that status; with 200, that error in the body."""
        body = {"ok": False, "error": error or "internal_error"}
        self.troubles[method] = Trouble(status, {k.replace("_", "-"): v for k, v in headers.items()}, body, times)

    @contextmanager
    def holding(self, method: str) -> Iterator[None]:
        """Inside, calls of that method get no reply."""
        self.held[method] = threading.Event()
        try:
            yield
        finally:
            self.held.pop(method).set()

    def pass_time(self, seconds: float) -> None:
        """Somebody has waited that long."""
        with self.changed:
            self.now += seconds

    def wait_for(self, what: Callable[["StandIn"], bool], timeout: float = 10) -> None:
        """Waits until `what` is true of what has come in."""
        with self.changed:
            assert self.changed.wait_for(lambda: what(self), timeout), "it did not come"

    def made(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of a method, in order."""
        return [call.arguments for call in self.calls if call.method == method]

    def in_channel(self, channel: str) -> list[dict[str, Any]]:
        """The bot's messages that stand in a channel, in order."""
        return [message for (where, _), message in self.messages.items() if where == channel]

    @contextmanager
    def counted(self, channel: str) -> Iterator[None]:
        """Inside, a call for that channel is under way."""
        with self.changed:
            self.under_way[channel] += 1
            self.most_at_once = max(self.most_at_once, self.under_way[channel] if channel else 0)
        try:
            yield
        finally:
            with self.changed:
                self.under_way[channel] -= 1

    # ------------------------------------------------------------------ what comes in

    def take(self, method: str, arguments: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
        """The reply to a call: status, headers, body."""
        with self.changed:
            self.calls.append(Call(method, arguments))
            self.changed.notify_all()
            trouble = self.troubles.get(method)
            if trouble and trouble.times:
                trouble.times -= 1
                return trouble.status, trouble.headers, trouble.body
            if self.pace and method in ("chat.postMessage", "chat.update"):
                channel = arguments["channel"]
                if self.now < self.spoken_at.get(channel, -self.pace) + self.pace:
                    return 429, {"retry-after": "1"}, {"ok": False, "error": "ratelimited"}
                self.spoken_at[channel] = self.now
        holding = self.held.get(method)
        if holding:
            holding.wait(20)
        with self.changed:
            try:
                return 200, {}, {"ok": True, **self.do(method, arguments)}
            except Refusal as refusal:
                if refusal.fault:
                    self.faults.append(f"{method}: {refusal.fault}")
                return 200, {}, {"ok": False, "error": refusal.error}
            finally:
                self.changed.notify_all()

    def do(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if method not in REQUIRED:
            raise Refusal("unknown_method", f"there is no method {method}")
        for name in REQUIRED[method]:
            # setStatus takes an empty status: it clears the one before.
            if arguments.get(name) in (None, "", []) and name != "status":
                raise Refusal("invalid_arguments", f"{name} is missing")
        match method:
            case "chat.postMessage":
                return self.post(arguments)
            case "chat.update":
                key = (arguments["channel"], arguments["ts"])
                if key not in self.messages:
                    raise Refusal("message_not_found")
                self.check_message(arguments)
                self.messages[key] = {**self.messages[key], **arguments}
                return {"ts": arguments["ts"]}
            case "chat.delete":
                if self.messages.pop((arguments["channel"], arguments["ts"]), None) is None:
                    raise Refusal("message_not_found")
            case "views.open":
                check_view(arguments["view"])
                self.views.append(arguments["view"])
            case "assistant.threads.setSuggestedPrompts":
                prompts = arguments["prompts"]
                if not 1 <= len(prompts) <= 4 or any(set(each) != {"title", "message"} for each in prompts):
                    raise Refusal("invalid_arguments", "prompts are one to four, each a title and a message")
            case "auth.test":
                return {"user_id": BOT_USER, "bot_id": "BBOT", "team_id": "T1", "team": "Stand-in", "user": "minutes"}
            case "apps.connections.open":
                return {"url": self.sockets}
        return {}

    def post(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if arguments["channel"] in self.closed_channels:
            raise Refusal("not_in_channel")
        self.check_message(arguments)
        if arguments.get("thread_ts") is not None and not TS.fullmatch(arguments["thread_ts"]):
            raise Refusal("invalid_arguments", "thread_ts is no timestamp")
        if arguments.get("unfurl_links") is not False or arguments.get("unfurl_media") is not False:
            raise Refusal("invalid_arguments", "a link would unfurl")
        self._last += 1
        ts = f"1700000000.{self._last:06d}"
        self.messages[arguments["channel"], ts] = {**arguments, "ts": ts}
        return {"ts": ts, "channel": arguments["channel"]}

    def respond(self, url: str, body: dict[str, Any]) -> tuple[int, str]:
        """The reply to a response_url: good for five messages."""
        with self.changed:
            self.calls.append(Call("respond", body))
            try:
                self.check_response(url, body)
                self.said[url].append(body)
                return 200, "ok"
            except Refusal as refusal:
                self.faults.append(f"response_url: {refusal.fault}")
                return 404, refusal.error
            finally:
                self.changed.notify_all()

    def check_response(self, url: str, body: dict[str, Any]) -> None:
        if len(self.said[url]) >= 5:
            raise Refusal("used_url", "a response_url is good for five messages")
        if body.get("response_type") != "ephemeral" or body.get("replace_original") is not False:
            raise Refusal("invalid_arguments", "others would see it, or it would replace the answer")
        self.check_message(body)

    def check_message(self, message: dict[str, Any]) -> None:
        """Raises Refusal for what Slack would refuse, or should not have been sent."""
        blocks = message.get("blocks") or []
        if not message.get("text"):
            raise Refusal("no_text", "notifications and screen readers get nothing")
        if len(message["text"]) > 4000:
            raise Refusal("msg_too_long", "the text is longer than 4,000 characters")
        self.check_mrkdwn(message["text"])
        if len(blocks) > 50:
            raise Refusal("invalid_blocks", f"{len(blocks)} blocks")
        if sum(len(each) for each in texts(blocks)) > 13_000:
            raise Refusal("msg_blocks_too_long", "the blocks are too long together")
        for block in blocks:
            self.check_block(block)

    def check_block(self, block: dict[str, Any]) -> None:
        match block.get("type"):
            case "section":
                self.check_text(block["text"], 3000)
            case "context":
                if not 1 <= len(block["elements"]) <= 10:
                    raise Refusal("invalid_blocks", "a context has one to ten elements")
                for element in block["elements"]:
                    self.check_text(element, 3000)
            case "actions":
                if not 1 <= len(block["elements"]) <= 25:
                    raise Refusal("invalid_blocks", "actions are one to twenty-five")
                names = [element["action_id"] for element in block["elements"]]
                if len(set(names)) != len(names):
                    raise Refusal("invalid_blocks", "two buttons have one action_id")
                for element in block["elements"]:
                    if element["type"] != "button" or element["text"]["type"] != "plain_text":
                        raise Refusal("invalid_blocks", "not a button with plain text")
                    too_long = (
                        len(element["text"]["text"]) > 75
                        or len(element["action_id"]) > 255
                        or len(element.get("value", "")) > 2000
                        or len(element.get("accessibility_label", "")) > 75
                    )
                    if too_long:
                        raise Refusal("invalid_blocks", "a button's words are too long")
            case "divider":
                pass
            case other:
                raise Refusal("invalid_blocks", f"an unknown block: {other}")

    def check_text(self, text: dict[str, Any], longest: int) -> None:
        if not 1 <= len(text["text"]) <= longest:
            raise Refusal("invalid_blocks", f"a text of {len(text['text'])} characters")
        if text["type"] == "mrkdwn":
            if text.get("verbatim") is not True:
                raise Refusal("invalid_blocks", "names and addresses in it would become links")
            self.check_mrkdwn(text["text"])

    def check_mrkdwn(self, text: str) -> None:
        if LONE_AMPERSAND.search(text):
            raise Refusal("invalid_blocks", f"an & that is not escaped: {text[:80]}")
        for inside in CONTROL.findall(text):
            if inside.startswith(("!", "#", "@")):
                self.pings.append(inside)
            elif not inside.startswith(("http://", "https://")):
                raise Refusal("invalid_blocks", f"a < that is not escaped: {inside[:80]}")
        if re.search(r"[<>]", CONTROL.sub("", text)):
            raise Refusal("invalid_blocks", f"a < or > that is not escaped: {text[:80]}")


class Refusal(Exception):
    """What Slack would refuse; `fault` says what was wrong where it is the caller's own doing."""

    def __init__(self, error: str, fault: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.fault = fault


def check_view(view: dict[str, Any]) -> None:
    for name in ("type", "title", "blocks"):
        if not view.get(name):
            raise Refusal("invalid_arguments", f"a view without {name}")
    for name in ("title", "submit", "close"):
        if len(view[name]["text"]) > 24:
            raise Refusal("invalid_arguments", f"{name} is longer than 24 characters")
    if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
        raise Refusal("invalid_arguments", "a view's metadata is too long")
    for block in view["blocks"]:
        if block["type"] != "input" or len(block["label"]["text"]) > 2000:
            raise Refusal("invalid_arguments", "not an input with a label")
        if len(block["element"].get("placeholder", {}).get("text", "")) > 150:
            raise Refusal("invalid_arguments", "a placeholder is longer than 150 characters")


def texts(value: Any) -> Iterator[str]:
    """Every text in blocks."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "text" and isinstance(each, str):
                yield each
            else:
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def shown(message: dict[str, Any]) -> str:
    """A message as a reader has it: its texts, one a line, the escapes undone and links as their labels."""
    lines = "\n".join(texts(message.get("blocks") or [{"text": message["text"]}]))
    lines = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", lines)
    return lines.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def button(message: dict[str, Any], label: str) -> dict[str, Any]:
    """The button with that word on it."""
    for block in message["blocks"]:
        for element in block.get("elements", []):
            if element.get("type") == "button" and label.lower() in element["text"]["text"].lower():
                return element
    raise AssertionError(f"no button {label}")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    standin: StandIn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        kind = self.headers.get("content-type", "")
        arguments = json.loads(body or "{}") if kind.startswith("application/json") else _form(body)
        if self.path.startswith("/respond/"):
            status, text = self.standin.respond(self.path.removeprefix("/respond/"), arguments)
            self._reply(status, {}, text.encode())
            return
        method = self.path.removeprefix("/api/")
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if self.headers.get("authorization") != f"Bearer {wanted}":
            self._reply(200, {}, b'{"ok": false, "error": "invalid_auth"}')
            return
        with self.standin.counted(str(arguments.get("channel")) if method.startswith("chat.") else ""):
            status, headers, reply = self.standin.take(method, arguments)
        if method == "auth.test":
            headers = {**headers, "x-oauth-scopes": self.standin.scopes}
        self._reply(status, headers, json.dumps(reply).encode())

    def _reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # the caller did not wait
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


def _form(body: str) -> dict[str, Any]:
    fields = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    return {name: json.loads(value) if value[:1] in ("[", "{") else value for name, value in fields.items()}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 200


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """The stand-in, listening."""
    standin = StandIn()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"standin": standin}))
    standin.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield standin
    finally:
        for each in list(standin.held.values()):
            each.set()
        server.shutdown()
        server.server_close()
