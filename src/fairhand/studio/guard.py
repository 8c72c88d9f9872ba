"""Who may speak to the studio, and how much they may send.

The studio listens on this machine alone, but every page that the browser shows can reach it
too. So an address begins with a token that only the person's own browser knows; the Host must
be ours (a name that an attacker points at 127.0.0.1 is not); and what changes something must
come from a page of ours (Origin, and Fetch Metadata where a browser sends it). What is too large
is refused by its declared length before it is read, or as soon as it has grown so far.

It stands before the application, as pure ASGI: nothing is read, routed or parsed before it.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, MutableMapping

    Message = MutableMapping[str, Any]
    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]
    Headers = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'none'"
)
"""The content security policy (W3C, CSP Level 3) of every answer: nothing from elsewhere."""

SECURITY_HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), display-capture=(), geolocation=(), microphone=(), "
    b"payment=(), serial=(), usb=()",
}

LARGEST_BODY = 1_000_000
LARGEST_BODIES = {"art": 40_000_000, "hand": 20_000_000, "people": 50_000_000}
"""Bytes of what may be sent at most, and of the files that a note's page takes."""

SLOWEST_BODY = 60.0
LONGEST_SILENCE = 15.0
"""Seconds in which all of a body must have come, and the next piece of it."""

_LONGEST_ADDRESS = 2_000
_SAFE = ("GET", "HEAD")
_CHANGING = ("POST", "PUT", "DELETE")
_KEPT_BY_BROWSERS = "/static/"
_TAKES_A_FILE = re.compile(r"/note/[^/]+/(art|hand|people)")
_HIDDEN = re.compile(rb"%(?:2f|5c|0|1|7f)", re.IGNORECASE)
"""Separators and control characters in disguise; a name of ours has none, so no path has."""

_READ_AFTER_REFUSAL = 4_000_000
_WAIT_AFTER_REFUSAL = 1.0
"""Bytes and seconds that an answer has to be read, before what is still sent is cut off."""


class Refusal(NamedTuple):
    """Why a request is not heard: a status (RFC 9110) and one sentence for the person."""

    status: int
    message: str
    hint: str = ""


class RefusedError(Exception):
    """A request is not heard; raised in the application too, where it reads on."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


_NOT_OURS = Refusal(
    403, "This address is not that of your studio.",
    "Open the address that fairhand studio has shown, as it is.",
)  # fmt: skip
_FROM_ELSEWHERE = Refusal(403, "This was asked for by another page than the studio's own.")
_NO_SUCH_PLACE = Refusal(404, "There is nothing at this address.")
_NO_SUCH_METHOD = Refusal(405, "This cannot be done to an address of the studio.")
_BAD_LENGTH = Refusal(400, "The request does not say how long it is.")
_TOO_SLOW = Refusal(408, "What was sent took too long to come.", "Try it again.")


class Guard:
    """ASGI middleware before the studio's application, which sees paths without the token.

    As in a mount, the token becomes the scope's `root_path`; `path` stays whole (ASGI 3.0).
    """

    def __init__(self, app: App, *, token: str, port: int) -> None:
        """Take the application, the token of this run, and the port that it listens on."""
        self._app = app
        self._token = token
        names = ("127.0.0.1", "localhost")
        self._hosts = {f"{name}:{port}".encode() for name in names}
        if port == 80:
            self._hosts |= {name.encode() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through to the application, or refuse it with a sentence."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = _Answer(send, scope)
        try:
            host = self._host(scope)
            path = self._path_below_token(scope)
            if not path:
                await answer.redirect(f"/{self._token}/")
                return
            _check_path(scope, path)
            _check_sender(scope, host)
            body = _Body(receive, _declared_length(scope), _largest_body(scope, path))
        except RefusedError as error:
            await answer.refuse(error.refusal, receive)
            return
        answer.body = body
        answer.may_be_kept = path.startswith(_KEPT_BY_BROWSERS)
        below = {**scope, "root_path": f"{scope.get('root_path', '')}/{self._token}"}
        try:
            await self._app(below, body.receive, answer.send)
        except RefusedError:
            pass
        except Exception:
            if not answer.is_begun:
                await answer.refuse(Refusal(500, "Something went wrong in the studio."), receive)
            raise
        if body.refusal and not answer.is_begun:
            await answer.refuse(body.refusal, receive)

    def _host(self, scope: Scope) -> bytes:
        """Return the Host, which must be there once and be ours (RFC 9112 section 3.2)."""
        host = _only(scope, b"host", _NOT_OURS)
        if host not in self._hosts:
            raise RefusedError(_NOT_OURS)
        return host

    def _path_below_token(self, scope: Scope) -> str:
        """Return what comes after the token, "" where nothing does; refuse any other token."""
        empty, _, rest = scope["path"].partition("/")
        token, slash, below = rest.partition("/")
        if empty or not hmac.compare_digest(token.encode(errors="replace"), self._token.encode()):
            raise RefusedError(_NOT_OURS)
        return f"/{below}" if slash else ""


def _check_path(scope: Scope, path: str) -> None:
    """Refuse what no path of ours has: ways up, empty steps, other separators, odd characters."""
    raw = scope.get("raw_path") or path.encode()
    if len(raw) + len(scope.get("query_string", b"")) > _LONGEST_ADDRESS or _HIDDEN.search(raw):
        raise RefusedError(_NO_SUCH_PLACE)
    steps = path[1:].split("/")
    is_odd = "\\" in path or "\ufffd" in path or any(ord(letter) < 32 for letter in path)
    if is_odd or any(step in (".", "..") for step in steps) or "" in steps[:-1]:
        raise RefusedError(_NO_SUCH_PLACE)


def _check_sender(scope: Scope, host: bytes) -> None:
    """Refuse what another site's page asks for (Fetch standard; W3C, Fetch Metadata).

    A link from elsewhere may lead here, to one who knows the token; it changes nothing.
    """
    method = scope["method"]
    if method not in _SAFE and method not in _CHANGING:
        raise RefusedError(_NO_SUCH_METHOD)
    origin = _only(scope, b"origin", _FROM_ELSEWHERE)
    site = _only(scope, b"sec-fetch-site", _FROM_ELSEWHERE)
    may_be_unsaid = method in _SAFE and origin is None
    if not may_be_unsaid and origin != b"http://" + host:
        raise RefusedError(_FROM_ELSEWHERE)
    allowed = (None, b"same-origin") if method in _CHANGING else (None, b"same-origin", b"none")
    if site in allowed:
        return
    mode = _only(scope, b"sec-fetch-mode", _FROM_ELSEWHERE)
    goal = _only(scope, b"sec-fetch-dest", _FROM_ELSEWHERE)
    if method != "GET" or (mode, goal) != (b"navigate", b"document"):
        raise RefusedError(_FROM_ELSEWHERE)


def _only(scope: Scope, name: bytes, refusal: Refusal) -> bytes | None:
    """Return a header's value, None when it is not sent; refuse one that is sent twice."""
    values = [value for header, value in scope["headers"] if header.lower() == name]
    if len(values) > 1:
        raise RefusedError(refusal)
    return values[0] if values else None


def _largest_body(scope: Scope, path: str) -> int:
    kind = _TAKES_A_FILE.fullmatch(path)
    return LARGEST_BODIES[kind[1]] if kind and scope["method"] == "PUT" else LARGEST_BODY


def _declared_length(scope: Scope) -> int:
    """Return the Content-Length; 0 without one, -1 for a body that comes in chunks."""
    length = _only(scope, b"content-length", _BAD_LENGTH)
    chunked = _only(scope, b"transfer-encoding", _BAD_LENGTH) is not None
    if length is None:
        return -1 if chunked else 0
    if chunked or not re.fullmatch(rb"[0-9]{1,18}", length):
        raise RefusedError(_BAD_LENGTH)
    return int(length)


class _Body:
    """What is sent, counted and timed while the application reads it."""

    def __init__(self, receive: Receive, declared: int, largest: int) -> None:
        self._receive = receive
        self._largest = largest
        self._read = 0
        self._ends_at: float | None = None
        self.is_whole = declared == 0
        self.refusal: Refusal | None = None
        if declared > largest:
            raise RefusedError(_too_large(largest))

    async def receive(self) -> Message:
        """Return the next message; raise RefusedError for too much of it, or for one too late."""
        if self.refusal:
            raise RefusedError(self.refusal)
        if self.is_whole:
            return await self._receive()
        now = asyncio.get_running_loop().time()
        self._ends_at = self._ends_at or now + SLOWEST_BODY
        try:
            wait = min(LONGEST_SILENCE, self._ends_at - now)
            message = await asyncio.wait_for(self._receive(), max(wait, 0.0))
        except TimeoutError:
            raise self._refused(_TOO_SLOW) from None
        self._read += len(message.get("body", b""))
        if self._read > self._largest:
            raise self._refused(_too_large(self._largest))
        self.is_whole = not message.get("more_body", False)
        return message

    def _refused(self, refusal: Refusal) -> RefusedError:
        self.refusal = refusal
        return RefusedError(refusal)


def _too_large(largest: int) -> Refusal:
    return Refusal(
        413, f"This is larger than {largest // 1_000_000} MB, which is the most here.",
        "Choose a smaller file.",
    )  # fmt: skip


class _Answer:
    """What is answered, always with the security headers."""

    def __init__(self, send: Send, scope: Scope) -> None:
        self._send = send
        self._scope = scope
        self.body: _Body | None = None
        self.may_be_kept = False
        self.is_begun = False

    async def send(self, message: Message) -> None:
        """Pass on what the application answers, unless it answers to a body that was refused."""
        refusal = self.body.refusal if self.body else None
        if refusal and not self.is_begun:
            # The application may tell of what it could not read in its own way; ours is better.
            return
        if message["type"] == "http.response.start":
            self.is_begun = True
            unread = self.body is not None and not self.body.is_whole
            message = {**message, "headers": self._headers(message.get("headers", ()), unread)}
        await self._send(message)

    def _headers(self, given: Iterable[tuple[bytes, bytes]], unread: bool) -> Headers:
        ours = dict(SECURITY_HEADERS)
        if unread:
            # Else the server would read on, for as long as something is sent.
            ours[b"connection"] = b"close"
        sent = {name.lower() for name, _ in given}
        if not self.may_be_kept:
            ours[b"cache-control"] = b"no-store"
        elif b"cache-control" not in sent:
            ours[b"cache-control"] = b"private, max-age=3600"
        kept = [(name, value) for name, value in given if name.lower() not in ours]
        return [*kept, *ours.items()]

    async def redirect(self, place: str) -> None:
        """Lead to another path of ours."""
        await self._whole(308, b"", [(b"location", place.encode())], None)

    async def refuse(self, refusal: Refusal, receive: Receive) -> None:
        """Answer with a status and a sentence, and close, so that nothing more is read."""
        accepted = b",".join(v for name, v in self._scope["headers"] if name.lower() == b"accept")
        if b"text/html" in accepted:
            text, kind = f"{refusal.message} {refusal.hint}\n".replace(" \n", "\n"), b"text/plain"
        else:
            told = {"message": refusal.message, "hint": refusal.hint, "field": ""}
            text, kind = json.dumps(told), b"application/json"
        headers = [(b"content-type", kind + b"; charset=utf-8"), (b"connection", b"close")]
        if refusal.status == 405:
            headers.append((b"allow", ", ".join(_SAFE + _CHANGING).encode()))
        await self._whole(refusal.status, text.encode(), headers, receive)

    async def _whole(
        self, status: int, data: bytes, headers: Headers, receive: Receive | None
    ) -> None:
        self.is_begun = True
        headers = [*headers, (b"content-length", str(len(data)).encode())]
        start = {"type": "http.response.start", "status": status}
        await self._send({**start, "headers": self._headers(headers, False)})
        if self._scope["method"] == "HEAD":
            data = b""
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
        if receive and self._has_body():
            # One who is still sending reads the answer only if the line is not cut at once.
            await _let_it_be_read(receive)
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def _has_body(self) -> bool:
        names = {name.lower() for name, _ in self._scope["headers"]}
        return bool(names & {b"content-length", b"transfer-encoding"})


async def _let_it_be_read(receive: Receive) -> None:
    """Take in and forget a little of what is still sent, and for a moment only."""
    left = _READ_AFTER_REFUSAL
    try:
        async with asyncio.timeout(_WAIT_AFTER_REFUSAL):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return
