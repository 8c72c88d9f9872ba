"""What printers say, in plain words: status codes, reasons, what they did not take.

RFC 8011 appendix B (status codes), sections 5.3.8 and 5.4.12 (reasons).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairhand.press.ipp import OPERATION, UNSUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairhand.press.ipp import Message

FINE: Final = 0x0100
"""Status codes below this one are successes."""

FORMAT_NOT_SUPPORTED: Final = 0x040A
VERSION_NOT_SUPPORTED: Final = 0x0503

_STATUS: Final = {
    0x0400: "it did not understand the request",
    0x0401: "it is not allowed",
    0x0402: "it wants a name and a password",
    0x0403: "it is not allowed",
    0x0404: "it cannot do this now",
    0x0405: "it took too long",
    0x0406: "there is no such printer at this address",
    0x0407: "there is no such printer at this address any more",
    0x0408: "the file is too large for it",
    0x040A: "it cannot print PDF files",
    0x040B: "it does not have what was asked for",
    0x040E: "it cannot do all at once that was asked for",
    0x0411: "it cannot read the file",
    0x0500: "it failed inside",
    0x0501: "it cannot do this",
    0x0502: "it is out of service",
    0x0503: "it speaks another version of the protocol",
    0x0504: "something is wrong with it: look at its display",
    0x0505: "it is in trouble at the moment",
    0x0506: "it takes no jobs at the moment",
    0x0507: "it is busy",
    0x0508: "the job was cancelled",
    0x050A: "it is switched off for jobs",
    0x050B: "it has too many jobs already",
}
_ASKED: Final = {
    "media-col": "the size, type or tray of the paper",
    "media": "the size of the paper",
    "sides": "printing both sides",
    "copies": "so many copies",
    "print-quality": "the best quality",
    "print-scaling": "printing at 100 %",
    "document-format": "PDF",
}
_REASONS: Final = {
    "media-empty": "it is out of paper",
    "media-needed": "it waits for you to put the paper in",
    "media-low": "it has little paper left",
    "media-jam": "paper is jammed",
    "input-tray-missing": "a tray is missing",
    "output-area-full": "its output tray is full",
    "cover-open": "its cover is open",
    "door-open": "its door is open",
    "interlock-open": "its cover is open",
    "toner-empty": "its toner is empty",
    "toner-low": "its toner is low",
    "marker-supply-empty": "its ink is empty",
    "marker-supply-low": "its ink is low",
    "offline": "it is offline",
    "shutdown": "it is switched off",
    "paused": "it is paused",
    "moving-to-paused": "it is paused",
    "connecting-to-device": "its queue cannot reach it yet",
    "timed-out": "its queue cannot reach it",
    "document-format-error": "it cannot read the file",
    "unsupported-document-format": "it cannot print PDF files",
    "job-canceled-at-device": "it was cancelled at the printer",
    "job-canceled-by-user": "it was cancelled",
    "job-canceled-by-operator": "it was cancelled",
    "printer-stopped": "the printer stands still",
    "job-held-for-authentication": "it waits for a name and a password",
    "cups-held-for-authentication": "it waits for a name and a password",
}
_UNTOLD: Final = ("none", "aborted-by-system", "job-incoming", "job-printing", "job-queued",
                  "processing-to-stop-point", "job-completed-successfully",
                  "job-data-insufficient", "job-transforming", "job-interpreting",
                  "cups-waiting-for-job-completed")  # fmt: skip


def refusal(answer: Message) -> str:
    """Return why a printer refused, in words; "" when it did not."""
    if answer.code < FINE:
        return ""
    reason = _STATUS.get(answer.code, f"status 0x{answer.code:04x}")
    lacking = not_taken(answer)
    if lacking:
        return f"{reason} ({', '.join(lacking)})"
    told = answer.attributes(OPERATION).get("status-message")
    return f"{reason} ({told.rstrip('.')})" if isinstance(told, str) and told else reason


def not_taken(answer: Message) -> tuple[str, ...]:
    """Return what a printer did not take of a request, in words."""
    names = answer.attributes(UNSUPPORTED)
    return tuple(dict.fromkeys(_ASKED.get(name, name.replace("-", " ")) for name in names))


def reasons(keywords: Iterable[Any]) -> tuple[str, ...]:
    """Return the reasons for the state of a job or a printer, in words; none for good ones."""
    found = []
    for keyword in keywords:
        if isinstance(keyword, str):
            plain = keyword
            for ending in ("-error", "-warning", "-report"):
                if plain not in _REASONS:
                    plain = plain.removesuffix(ending)
            if plain and plain not in _UNTOLD:
                found.append(_REASONS.get(plain, plain.replace("-", " ")))
    return tuple(dict.fromkeys(found))
