"""What became of a job that a printer took: it may be given up a second later, and say nothing.

RFC 8011 section 5.3.7: the states of a job.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import FailureError
from fairhand.press.ipp import JOB
from fairhand.press.ipp_client import GET_JOB, ask
from fairhand.press.ipp_words import reasons, refusal

if TYPE_CHECKING:
    from fairhand.press.ipp import Attributes

HELD, STOPPED, CANCELLED, ABORTED, COMPLETED = 4, 6, 7, 8, 9
_ASKED = ["job-state", "job-state-reasons", "job-state-message", "job-printer-state-message",
          "job-printer-state-reasons"]  # fmt: skip
_PAUSES_SECONDS: Final = (0.2, 0.3, 0.5, 1.0, 1.0, 1.0)


def watched(uri: str, number: int) -> str:
    """Look after a job for some seconds, and return what its printer says of it; "" for nothing.

    FailureError when the printer gave it up.
    """
    told: Attributes = {}
    for pause in _PAUSES_SECONDS:
        time.sleep(pause)
        try:
            answer = ask(uri, GET_JOB, job_id=number, requested_attributes=_ASKED)
        except FailureError:
            return ""
        if refusal(answer):
            return ""
        told = answer.attributes(JOB)
        if told.get("job-state") in (CANCELLED, ABORTED):
            raise FailureError(
                f'The printer "{uri}" took the job {number} and gave it up: '
                f"{_why(told) or 'it does not say why'}.",
                hint="Its own queue may say more; fairhand print --list shows what it takes.",
            )
        if told.get("job-state") == COMPLETED:
            return ""
        if told.get("job-state") in (STOPPED, HELD):
            break
    why = _why(told)
    waits = told.get("job-state") in (STOPPED, HELD)
    return why or ("it waits, and does not say for what" if waits else "")


def _why(told: Attributes) -> str:
    found = reasons([*_all(told.get("job-state-reasons")),
                     *_all(told.get("job-printer-state-reasons"))])  # fmt: skip
    for name in ("job-printer-state-message", "job-state-message"):
        message = told.get(name)
        if isinstance(message, str) and message.strip() and found:
            return f"{', '.join(found)} ({message.strip().rstrip('.')})"
    return ", ".join(found)


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
