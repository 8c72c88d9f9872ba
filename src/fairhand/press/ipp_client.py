"""Talking to a printer or a print server over IPP: one request, one response.

HTTP carries it (RFC 8010 section 4). What goes wrong on the way is told in a sentence.
"""

from __future__ import annotations

import contextlib
import getpass
import http.client
import itertools
import re
import socket
import ssl
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from fairhand.errors import FailureError, InputError
from fairhand.press.ipp import (
    CHARSET,
    JOB,
    LANGUAGE,
    MIME,
    NAME,
    OPERATION,
    PRINTER,
    URI,
    Attributes,
    Message,
    Tagged,
    decoded,
    encoded,
)
from fairhand.press.ipp_words import FORMAT_NOT_SUPPORTED, VERSION_NOT_SUPPORTED, not_taken, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

PRINT_JOB, VALIDATE_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0004, 0x0009, 0x000B
CUPS_DEFAULT, CUPS_PRINTERS = 0x4001, 0x4002
_TIMEOUT_SECONDS: Final = 20.0
_LONGEST_SECONDS: Final = 40.0
_SLOWEST_BYTES_A_SECOND: Final = 20_000
_LARGEST_ANSWER = 8_000_000
_PORTS: Final = {"ipp": 631, "ipps": 631, "http": 631, "https": 631}
_LONGEST_NAME = 255
_PATH: Final = re.compile(r"[!-~]*")
_OLDER: Final = (1, 1)
_numbers = itertools.count(1)


def ask(uri: str, operation: int, job: Attributes | None = None, data: bytes = b"",
        **more: object) -> Message:  # fmt: skip
    """Send one request to ipp://host/path and return the response.

    `more` are attributes of the operation, their names with "_" for "-". FailureError when
    there is no printer or it refuses, InputError for an address that is none.
    """
    attributes: Attributes = {
        "attributes-charset": Tagged(CHARSET, "utf-8"),
        "attributes-natural-language": Tagged(LANGUAGE, "en"),
        "printer-uri": Tagged(URI, uri),
        "requesting-user-name": Tagged(NAME, _shortened(_user())),
    }
    attributes |= {name.replace("_", "-"): value for name, value in more.items()}
    groups: list[tuple[int, Attributes]] = [(OPERATION, attributes)]
    if job is not None:
        groups.append((JOB, job))
    request = Message(operation, next(_numbers) % 0x7FFFFFFF, tuple(groups), data=data)
    answer = decoded(_posted(uri, encoded(request)))
    if answer.code == VERSION_NOT_SUPPORTED:
        older = replace(request, version=_OLDER)
        answer = decoded(_posted(uri, encoded(older)))
    return answer


def printer_attributes(uri: str, names: Sequence[str]) -> Attributes:
    """Return what a printer says of itself; FailureError when it does not."""
    answer = ask(uri, GET_PRINTER, requested_attributes=list(names))
    reason = refusal(answer)
    if reason:
        raise FailureError(f'The printer "{uri}" does not tell what it can do: {reason}.',
                           hint=f"Is the address right? {_EXAMPLE}")  # fmt: skip
    return answer.attributes(PRINTER)


class Received(NamedTuple):
    """A job that a printer took: its number, and what of the wishes it did not take, in words."""

    number: int
    not_taken: tuple[str, ...]


def print_job(uri: str, name: str, job: Attributes, data: bytes) -> Received:
    """Send a PDF with a job's attributes; FailureError when the printer refuses it."""
    answer = ask(
        uri, PRINT_JOB, job, data, job_name=Tagged(NAME, _shortened(name)),
        document_format=Tagged(MIME, "application/pdf"), ipp_attribute_fidelity=True,
    )  # fmt: skip
    reason = refusal(answer)
    if reason:
        raise FailureError(
            f'The printer "{uri}" refuses the job: {reason}.',
            hint=_NO_PDF if answer.code == FORMAT_NOT_SUPPORTED
            else "fairhand print --list shows what it takes.",
        )  # fmt: skip
    # CUPS names what it translated into options of its own, and yet it took all.
    lacking = not_taken(answer) if answer.code else ()
    number = answer.attributes(JOB).get("job-id")
    return Received(number if isinstance(number, int) else 0, lacking)


def _shortened(name: str) -> str:
    """Return as much of a name as the protocol has room for (RFC 8011 section 5.1.3)."""
    return name.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "fairhand"


def _posted(uri: str, body: bytes) -> bytes:
    try:
        parts = urlsplit(uri)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = parts.hostname or ""
        host.encode("idna")
    except ValueError:
        raise InputError(f'"{uri}" is not the address of a printer.', hint=_EXAMPLE) from None
    if not port or not host or not _PATH.fullmatch(parts.path):
        raise InputError(f'"{uri}" is not the address of a printer.', hint=_EXAMPLE)
    if parts.username or parts.password:
        raise InputError("Names and passwords are not sent to printers.", hint=_ITS_QUEUE)
    connection: http.client.HTTPConnection
    if parts.scheme in ("ipps", "https"):
        # Printers sign their certificates themselves; what matters is that nobody listens in.
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            host, port, timeout=_TIMEOUT_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
    late = threading.Event()
    # The socket's own patience begins anew with each byte; a printer may dribble for ever.
    longest = _LONGEST_SECONDS + len(body) / _SLOWEST_BYTES_A_SECOND
    watch = threading.Timer(longest, _cut, (connection, late))
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", parts.path or "/", body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        data = answer.read(_LARGEST_ANSWER)
    except TimeoutError:
        raise _silent(uri) from None
    except (OSError, http.client.HTTPException) as error:
        raise (_silent(uri) if late.is_set() else _unreached(uri, error)) from None
    finally:
        watch.cancel()
        connection.close()
    if late.is_set():
        raise _silent(uri)
    if answer.status != http.client.OK:
        reason, hint = _HTTP.get(answer.status, (f"HTTP {answer.status}", _IS_IT_ON))
        raise FailureError(f'The printer "{uri}" refuses to talk: {reason}.', hint=hint)
    return data


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _silent(uri: str) -> FailureError:
    return FailureError(f'The printer "{uri}" does not answer.', hint=_IS_IT_ON)


def _unreached(uri: str, error: Exception) -> FailureError:
    if isinstance(error, ssl.SSLError):
        return FailureError(f'The printer "{uri}" does not talk in secret.',
                            hint="Write ipp:// for ipps:// (or http:// for https://).")  # fmt: skip
    if isinstance(error, http.client.HTTPException | ConnectionResetError | BrokenPipeError):
        return FailureError(f'What answers at "{uri}" is no printer, or it hung up.',
                            hint=f"Is the address right? {_EXAMPLE}")  # fmt: skip
    if isinstance(error, socket.gaierror):
        return FailureError(f'There is nothing of the name in "{uri}" in this network.',
                            hint=_IS_IT_ON)  # fmt: skip
    reason = getattr(error, "strerror", None) or "the network does not say why"
    return FailureError(f'The printer "{uri}" cannot be reached: {reason}.', hint=_IS_IT_ON)


_EXAMPLE = "Write it like ipp://printer.local/ipp/print."
_IS_IT_ON = "Is it switched on and in this network? fairhand print --list shows those that are."
_ITS_QUEUE = (
    "Print through its queue on this machine, which knows the password (fairhand print --list), "
    "or print the PDF from a viewer, at 100 %."
)
_NO_PDF = (
    "Print through its queue on this machine, which turns PDF into what it reads "
    "(fairhand print --list), or print the PDF from a viewer, at 100 %."
)
_HTTP = {
    401: ("it wants a name and a password", _ITS_QUEUE),
    403: ("it is not allowed", _ITS_QUEUE),
    404: ("there is no such printer at this address", f"Is the address right? {_EXAMPLE}"),
    405: ("there is no printer at this address", f"Is the address right? {_EXAMPLE}"),
    426: ("it talks in secret only", "Write ipps:// for ipp://."),
    503: ("it is busy", "Try again in a minute."),
}
