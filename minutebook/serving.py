"""The HTTP service's rules, socket and log, made from the settings."""

import ipaddress
import logging
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

from api.logs import JsonLines
from api.rules import LOOPBACK, Rules
from index.keys import SCOPES, Keys
from minutebook.errors import HomeError, SettingError
from minutebook.settings import Settings


def address_of(host: str, settings: Settings) -> str:
    """The address that `host` is. Raises SettingError for one that others can reach while there are no keys."""
    address = "127.0.0.1" if host.lower() == "localhost" else host.strip("[]")
    if _is_loopback(address):
        return address
    keys = Keys(settings.home)
    try:
        any_keys = keys.any_in_use()
    finally:
        keys.close()
    if not any_keys:
        raise SettingError(
            "--host or MINUTEBOOK_HOST",
            f"{host} can be reached from other machines, and there are no keys to keep anyone out; "
            "make one first (minutebook keys make NAME), or use 127.0.0.1",
        )
    return address


def may_be_written(home: Path) -> None:
    """Raises HomeError for a home that can only be read: the service keeps keys, answers and feedback in it."""
    if home.is_dir() and not os.access(home, os.W_OK):
        raise HomeError(
            f"{home}: can only be read, and `serve` keeps keys, answers and feedback there; `ask`, `search`, "
            "`decisions` and `papers` read it as it is"
        )


def rules_from(settings: Settings, address: str) -> Rules:
    """The rules of a service that listens on `address`."""
    hosts = {*LOOPBACK, *settings.hosts, f"[{address}]" if ":" in address else address}
    if settings.public_url:
        hosts.add((urlsplit(settings.public_url).hostname or "").lower())
    beyond = not _is_loopback(address)
    if beyond:
        hosts.add(socket.gethostname().lower())
    open_to_all = settings.without_key
    return Rules(
        hosts=frozenset(hosts),
        any_address=beyond,
        origins=settings.origins,
        without_key=None if open_to_all is None else frozenset(scope for scope in SCOPES if scope in open_to_all),
        rate=settings.rate,
        slots=settings.at_once,
        queue=settings.queue,
        log_questions=settings.log_questions,
    )


def listen(address: str, port: int) -> socket.socket:
    """A socket that listens there, so that a port in use is said in words and 0 can be told."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listening = socket.create_server((address, port), family=family, backlog=512)
        # What is accepted inherits it. Without it a response's body waits for the other side to say that it has the
        # head, which takes it 40 ms; asyncio sees to it only for sockets that it has made itself.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        raise SettingError("--port or MINUTEBOOK_PORT", f"cannot listen on {address}:{port} ({error})") from error


def log_as_json(level: int) -> None:
    """From now on, every line on standard error is one of JSON: our own, and the libraries' of some weight."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines())
    # Our own lines say method, path and status. uvicorn's would say the query too, and so the question.
    logging.getLogger("minutebook").setLevel(level)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
