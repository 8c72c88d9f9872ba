"""What can go wrong, told to a person.

    FairhandError
    ├── InputError      the note, a file or an option is wrong      exit code 2
    └── FailureError    the wish was right, but it could not be done exit code 1

A message is one plain sentence that says what is wrong and where; the hint says
what to do next. The rooms raise, and only the command line prints.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the user's own files something stands: a file, and a line counted from 1."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        if self.file and self.line:
            return f"{self.file}, line {self.line}"
        return self.file or (f"line {self.line}" if self.line else "")


class FairhandError(Exception):
    """The root of all errors that a person may cause or has to know of."""

    exit_code = 1

    def __init__(
        self, message: str, *, hint: str = "", place: Place | None = None, field: str = ""
    ) -> None:
        """Take one sentence, what to do next, and where in the user's files it happened.

        `field` is the part of the note that it is about, for those who know its line.
        """
        super().__init__(message)
        self.message = _printable(message)
        self.hint = _printable(hint)
        self.place = place or Place()
        self.field = field

    def at(self, place: Place) -> FairhandError:
        """Return the same error with a place, unless it knows a better one already."""
        better = copy(self)
        better.place = Place(self.place.file or place.file, self.place.line or place.line)
        return better

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where}: {self.message}" if where else self.message


class InputError(FairhandError, ValueError):
    """The note, a data file or an option is wrong; the person can mend it.

    A ValueError too, so that a validator's finding keeps the field it was found in.
    """

    exit_code = 2


class MissingLetterError(InputError):
    """A hand cannot write some letters of the words."""


class DoesNotFitError(InputError):
    """The words do not fit where they are to stand, even in the smallest writing."""


class FailureError(FairhandError):
    """The input was right but the work could not be done (disk full, printer gone)."""

    exit_code = 1


class StoppedError(FailureError):
    """The person asked for it to stop; what was finished by then is kept."""


def _printable(text: str) -> str:
    """Show characters that have no shape of their own by their code, so that nothing is hidden."""
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the nearest known word, or all of them when they are few, or ''."""
    choices = sorted(known)
    near = get_close_matches(word.lower(), [choice.lower() for choice in choices], n=1, cutoff=0.6)
    if near:
        match = next(choice for choice in choices if choice.lower() == near[0])
        return f'Did you mean "{match}"?'
    if 0 < len(choices) <= 12:
        return f"There are: {', '.join(choices)}."
    return ""
