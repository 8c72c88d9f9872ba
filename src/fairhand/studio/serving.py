"""The studio's life: a port of this machine alone, a token, a browser, and a clean end."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import threading
import webbrowser
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

import uvicorn

from fairhand.errors import FailureError, InputError
from fairhand.studio.app import studio_app
from fairhand.studio.desk import Desk
from fairhand.studio.errands import Errands
from fairhand.studio.folder import open_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOST: Final = "127.0.0.1"
"""No other machine can reach it."""

USUAL_PORT: Final = 8497
"""The same each time, where it is free: a browser keeps a page's settings by its port."""


def serve(
    folder: Path | None, port: int | None, *, browser: bool, said: Callable[[str, Path], None]
) -> None:
    """Serve the studio for a folder of notes until somebody ends it with Ctrl-C.

    Without a port the usual one is taken, or any other where that is not free. `said` is told the
    address, which holds the token. FailureError when the port or the folder cannot be used.
    """
    desk = Desk(open_folder(folder))
    errands = Errands()
    token = secrets.token_urlsafe(24)
    with closing(_listening(port)) as listening:
        number = listening.getsockname()[1]
        app = studio_app(desk, errands, token, number)
        address = f"http://{HOST}:{number}/{token}/"
        config = uvicorn.Config(
            app, log_level="error", access_log=False, server_header=False, lifespan="off",
            ws="none", http="h11", proxy_headers=False, timeout_graceful_shutdown=2,
            timeout_keep_alive=30,
        )  # fmt: skip
        server = _Server(
            config,
            lambda: _ready(
                desk, address, browser=browser, said=lambda: said(address, desk.folder.root)
            ),
        )
        _ends_with_its_terminal(server)
        try:
            asyncio.run(server.serve(sockets=[listening]))
        except KeyboardInterrupt:
            pass
        finally:
            errands.end()


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, is_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._is_ready = is_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._is_ready()


def _ends_with_its_terminal(server: uvicorn.Server) -> None:
    """Let the server come to its end, and what works behind it, when it is told to end.

    It hears of Ctrl-C by itself. A window that is closed sends SIGHUP (POSIX), which would end the
    process at once; and after its own end the server sends itself the SIGTERM that it was sent.
    """

    def ask(*_: object) -> None:
        server.should_exit = True

    for name in ("SIGTERM", "SIGHUP"):
        # Only the main thread may say what a signal does; elsewhere somebody else looks after it.
        with suppress(ValueError):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), ask)


def _ready(desk: Desk, address: str, *, browser: bool, said: Callable[[], None]) -> None:
    said()
    threading.Thread(target=desk.warm, daemon=True).start()
    if browser:
        # Some browsers are waited for until they are closed.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _listening(port: int | None) -> socket.socket:
    """Return a socket that listens on this machine alone."""
    if port is not None and not 0 <= port <= 65535:
        raise InputError(f"{port} is no port.", hint="Choose from 1024 to 65535, or 0 for any.")
    tried = [port] if port is not None else [USUAL_PORT, 0]
    for number in tried:
        # Named TCP, for only then asyncio lets no answer wait for a full packet: else one
        # that comes in two parts is held back for the 40 ms of a delayed acknowledgement.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name == "posix":
            # A studio that was just ended has its port again at once: words that a browser keeps
            # for it are kept by port. (Elsewhere it would let two listen at one port.)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, number))
            listening.listen()
        except OSError as error:
            listening.close()
            reason = error.strerror
        else:
            return listening
    raise FailureError(
        f"Port {port} cannot be used: {reason}.",
        hint="Another studio may be open; leave --port out for any other.",
    )
