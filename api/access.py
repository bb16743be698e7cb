"""Who is asking, what they may, and how often."""

import base64
import binascii
import ipaddress
import re
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

import index.keys
from api.problems import problem
from api.rates import Rates
from api.rules import EVERYBODY, Rules
from index.filters import PUBLIC, Audience
from index.keys import BEGINNING, Keys

#: What each address needs, by its beginning; the first that fits counts. None is open to all.
_NEEDED: tuple[tuple[str, index.keys.Scope | None], ...] = (
    (r"/(healthz|readyz|openapi\.json|favicon\.ico)$", None),
    (r"/slack/events$", None),  # signed by Slack
    (r"/(?!papers|answers)([\w-]+/)?[\w.-]+\.(js|css|svg|png|json|webmanifest)$", None),  # what pages are made of
    (r"/(ask|answers)(/|$)", "ask"),
    (r"/feedback$", "feedback"),
    (r"/metrics$", "metrics"),
    (r"/(papers|decisions|decisions\.csv)(/|$)", "papers"),
    (r"/(search|suggest)$", "search"),
    (r"/", "ask"),
)
NEEDED = tuple((re.compile(pattern), scope) for pattern, scope in _NEEDED)
#: What a request counts as; where none is given, one.
COSTS = {"/suggest": 0.2}
PICTURE_OR_FILE = 0.2

#: A browser asks a person for the second, whose password may be a key.
CHALLENGES = {"www-authenticate": 'Bearer realm="Minutebook", Basic realm="Minutebook", charset="UTF-8"'}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: the name of their key, if any, what they may do and see, and where they are."""

    key: str | None
    scopes: frozenset[index.keys.Scope]
    address: str
    audience: Audience = PUBLIC


class Access:
    """Turns away who has no key, or one that does not open this, or who asks too often; says who it is to the rest."""

    def __init__(self, app: ASGIApp, keys: Keys, rates: Rates, rules: Rules) -> None:
        self.app = app
        self._keys = keys
        self._rules = rules
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        caller = self._caller(scope)
        scope.setdefault("state", {})["caller"] = caller
        await (self._refusal(scope, caller) or self.app)(scope, receive, send)

    def _caller(self, scope: Scope) -> Caller | None:
        """None for a key that is none."""
        client = scope.get("client")
        address = client[0] if client else ""
        secret = secret_in(Headers(scope=scope).get("authorization", ""))
        if secret is None:
            return Caller(None, self._without_key(), address)
        key = self._keys.find(secret)
        return Caller(key.name, frozenset(key.scopes), address, key.audience) if key else None

    def _without_key(self) -> frozenset[index.keys.Scope]:
        if self._rules.without_key is not None:
            return self._rules.without_key
        return frozenset() if self._keys.any_in_use() else EVERYBODY

    def _refusal(self, scope: Scope, caller: Caller | None) -> ASGIApp | None:
        needed = needed_for(scope["path"])
        if caller is None:
            return problem(401, "That key is not known here; it may have been revoked.", headers=CHALLENGES)
        if needed is None:
            return None
        if needed not in caller.scopes:
            if caller.key is None:
                return problem(401, "This needs a key: `Authorization: Bearer mb_…`.", headers=CHALLENGES)
            return problem(403, f"This key does not open that: it lacks the scope `{needed}`.")
        if caller.key is None and _is_here(caller.address):
            return None
        wait = self._rates.take((caller.key, caller.address), _cost(scope["path"]))
        if wait:
            words = f"That is more than {self._rules.rate} requests a minute; come back in {wait} s."
            return problem(429, words, headers={"retry-after": str(wait)})
        return None


def needed_for(path: str) -> index.keys.Scope | None:
    """The scope that an address needs; None where anybody may have it."""
    return next((scope for pattern, scope in NEEDED if pattern.match(path)), "ask")


def secret_in(authorization: str) -> str | None:
    """The key in an Authorization header, as a bearer's token or a password (RFC 6750, RFC 7617).

    What is not one of our keys at all may be meant for a proxy before us, and counts as none.
    """
    scheme, _, rest = authorization.partition(" ")
    secret = rest.strip()
    if scheme.lower() == "basic":
        try:
            secret = base64.b64decode(secret, validate=True).decode().partition(":")[2]
        except (binascii.Error, ValueError):
            return None
    elif scheme.lower() != "bearer":
        return None
    return secret if secret.startswith(BEGINNING) else None


def caller_of(request: Request) -> Caller:
    """Who made the request."""
    caller: Caller = request.state.caller
    return caller


def _cost(path: str) -> float:
    return COSTS.get(path, PICTURE_OR_FILE if path.endswith((".png", "/pdf")) else 1.0)


def _is_here(address: str) -> bool:
    """Whether that is this machine: there the queue is limit enough. A proxy here says whom it speaks for."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:  # a socket in a file, or a test
        return True
