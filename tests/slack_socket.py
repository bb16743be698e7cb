"""A stand-in for Slack's end of Socket Mode: a WebSocket server on this machine (RFC 6455), for the real client."""

import base64
import hashlib
import json
import socket
import struct
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


@dataclass
class Sockets:
    """`acknowledged` has, by envelope, when its acknowledgement came and what it carried."""

    url: str = ""
    connections: list[socket.socket] = field(default_factory=list)
    acknowledged: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    sent_at: dict[str, float] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def send(self, kind: str, payload: dict[str, Any], *, envelope: str | None = None, retry: int = 0) -> str:
        """Sends an envelope down the newest connection; its id."""
        envelope = envelope or str(uuid.uuid4())
        message = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        if retry:
            message |= {"retry_attempt": retry, "retry_reason": "timeout"}
        with self.changed:
            self.sent_at[envelope] = time.perf_counter()
            self.acknowledged.pop(envelope, None)
            self.connections[-1].sendall(frame(TEXT, json.dumps(message).encode()))
        return envelope

    def wait_for(self, count: int, timeout: float = 10) -> None:
        """Waits for so many acknowledgements."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.acknowledged) >= count, timeout), "not acknowledged"

    def wait_for_connections(self, count: int, timeout: float = 10) -> None:
        """Waits until the client has connected for the `count`th time."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.connections) >= count, timeout), "not connected"

    def took(self, envelope: str) -> float:
        """Seconds from sending an envelope to its acknowledgement."""
        return self.acknowledged[envelope][0] - self.sent_at[envelope]

    def disconnect(self) -> None:
        """Tells the client to connect anew, as Slack does every few hours."""
        self.connections[-1].sendall(frame(TEXT, b'{"type": "disconnect", "reason": "refresh_requested"}'))

    def serve(self, connection: socket.socket) -> None:
        try:
            request = b""
            while b"\r\n\r\n" not in request:
                request += connection.recv(4096)
            key = next(line.split(b":")[1].strip() for line in request.split(b"\r\n") if b"Sec-WebSocket-Key" in line)
            accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
            connection.sendall(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
            )
            connection.sendall(frame(TEXT, b'{"type": "hello", "num_connections": 1}'))
            with self.changed:
                self.connections.append(connection)
                self.changed.notify_all()
            for kind, data in frames(connection):
                if kind == PING:
                    connection.sendall(frame(PONG, data))
                elif kind == CLOSE:
                    return
                elif kind == TEXT:
                    reply = json.loads(data)
                    with self.changed:
                        self.acknowledged[reply["envelope_id"]] = (time.perf_counter(), reply.get("payload") or {})
                        self.changed.notify_all()
        except OSError:
            pass
        finally:
            connection.close()


def frame(kind: int, data: bytes) -> bytes:
    """A whole message in one frame, unmasked as a server sends it."""
    if len(data) < 126:
        head = struct.pack("!BB", 0x80 | kind, len(data))
    elif len(data) < 65536:
        head = struct.pack("!BBH", 0x80 | kind, 126, len(data))
    else:
        head = struct.pack("!BBQ", 0x80 | kind, 127, len(data))
    return head + data


def frames(connection: socket.socket) -> Iterator[tuple[int, bytes]]:
    """The client's frames, unmasked, until it goes."""
    stream = connection.makefile("rb")
    while head := stream.read(2):
        size = head[1] & 0x7F
        if size >= 126:
            size = int.from_bytes(stream.read(2 if size == 126 else 8), "big")
        mask = stream.read(4)
        data = bytes(byte ^ mask[n % 4] for n, byte in enumerate(stream.read(size)))
        yield head[0] & 0x0F, data


@contextmanager
def listening() -> Iterator[Sockets]:
    """The stand-in, listening."""
    sockets = Sockets()
    server = socket.create_server(("127.0.0.1", 0), backlog=20)
    sockets.url = f"ws://127.0.0.1:{server.getsockname()[1]}/link/?ticket=t"

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=sockets.serve, args=(connection,), daemon=True).start()

    ended = threading.Event()

    def ping() -> None:
        """As Slack does, if more often: the client looks at whether it is to end whenever something comes in."""
        while not ended.wait(0.05):
            for connection in list(sockets.connections):
                with suppress(OSError), sockets.changed:
                    connection.sendall(frame(PING, b"p"))

    threading.Thread(target=accept, daemon=True).start()
    threading.Thread(target=ping, daemon=True).start()
    try:
        yield sockets
    finally:
        ended.set()
        server.close()
        for connection in sockets.connections:
            connection.close()
