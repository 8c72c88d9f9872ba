"""Talking to a printer or a print server over IPP: one request, one response.

HTTP carries it (RFC 8010 section 4). What goes wrong on the way is told in a sentence.
"""

from __future__ import annotations

import getpass
import http.client
import itertools
import ssl
from typing import TYPE_CHECKING, Final
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

if TYPE_CHECKING:
    from collections.abc import Sequence

PRINT_JOB, VALIDATE_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0004, 0x0009, 0x000B
CUPS_DEFAULT, CUPS_PRINTERS = 0x4001, 0x4002
_TIMEOUT_SECONDS: Final = 20.0
_LARGEST_ANSWER = 8_000_000
_PORT = 631
_FINE = 0x0100
"""Status codes below this one are successes (RFC 8011 appendix B.1)."""

_STATUS = {
    0x0400: "it did not understand the request",
    0x0401: "it forbids it",
    0x0402: "it wants a name and a password",
    0x0403: "it is not allowed",
    0x0404: "it took too long",
    0x0405: "there is no such printer at this address",
    0x0406: "there is no such printer at this address",
    0x040A: "it cannot print this kind of file",
    0x040B: "it cannot do what was asked of it",
    0x0500: "it failed inside",
    0x0501: "it cannot do this",
    0x0503: "it is too busy or out of service",
    0x0506: "it takes no jobs at the moment",
    0x0507: "it is busy",
}
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
        "requesting-user-name": Tagged(NAME, _user()),
    }
    attributes |= {name.replace("_", "-"): value for name, value in more.items()}
    groups: list[tuple[int, Attributes]] = [(OPERATION, attributes)]
    if job is not None:
        groups.append((JOB, job))
    request = Message(operation, next(_numbers) % 0x7FFFFFFF, tuple(groups), data=data)
    return decoded(_posted(uri, encoded(request)))


def refusal(answer: Message) -> str:
    """Return why a printer refused, in words; "" when it did not."""
    if answer.code < _FINE:
        return ""
    told = answer.attributes(OPERATION).get("status-message")
    reason = _STATUS.get(answer.code, f"status 0x{answer.code:04x}")
    return f"{reason} ({told})" if isinstance(told, str) and told else reason


def printer_attributes(uri: str, names: Sequence[str]) -> Attributes:
    """Return what a printer says of itself; FailureError when it does not."""
    answer = ask(uri, GET_PRINTER, requested_attributes=list(names))
    reason = refusal(answer)
    if reason:
        raise FailureError(f'The printer "{uri}" does not tell what it can do: {reason}.')
    return answer.attributes(PRINTER)


def print_job(uri: str, name: str, job: Attributes, data: bytes) -> int:
    """Send a PDF with a job's attributes and return the job's number.

    FailureError when the printer refuses it.
    """
    answer = ask(
        uri, PRINT_JOB, job, data, job_name=Tagged(NAME, name[:120]),
        document_format=Tagged(MIME, "application/pdf"), ipp_attribute_fidelity=True,
    )  # fmt: skip
    reason = refusal(answer)
    if reason:
        raise FailureError(
            f'The printer "{uri}" refuses the job: {reason}.',
            hint="fairhand print --list shows what it takes.",
        )
    return int(answer.attributes(JOB).get("job-id", 0))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "fairhand"


def _posted(uri: str, body: bytes) -> bytes:
    try:
        parts = urlsplit(uri)
        port = parts.port or _PORT
    except ValueError:
        raise InputError(f'"{uri}" is not the address of a printer.', hint=_EXAMPLE) from None
    if parts.scheme not in ("ipp", "ipps", "http", "https") or not parts.hostname:
        raise InputError(f'"{uri}" is not the address of a printer.', hint=_EXAMPLE)
    secure = parts.scheme in ("ipps", "https")
    connection: http.client.HTTPConnection
    if secure:
        # Printers sign their certificates themselves; what matters is that nobody listens in.
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            parts.hostname, port, timeout=_TIMEOUT_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("POST", parts.path or "/", body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        data = answer.read(_LARGEST_ANSWER)
    except TimeoutError:
        raise FailureError(f'The printer "{uri}" does not answer.', hint=_IS_IT_ON) from None
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "strerror", None) or "it is not a printer"
        raise FailureError(
            f'The printer "{uri}" cannot be reached: {reason}.', hint=_IS_IT_ON
        ) from None
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise FailureError(
            f'The printer "{uri}" refuses to talk (HTTP {answer.status}).', hint=_IS_IT_ON
        )
    return data


_EXAMPLE = "Write it like ipp://printer.local/ipp/print."
_IS_IT_ON = "Is it switched on and in this network? fairhand print --list shows those that are."
