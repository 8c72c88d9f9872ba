"""How far a long job is: a bar on a terminal, a line a minute elsewhere, on standard error."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import Final

import click

_EVERY: Final = 0.2
_EVERY_ELSEWHERE: Final = 60.0
_WIDTH: Final = 24
_NINES = 99


def has_bar() -> bool:
    """Tell whether somebody looks at a bar: on a terminal, and not in the log of a machine."""
    return sys.stderr is not None and sys.stderr.isatty() and "CI" not in os.environ


class Bar:
    """Tells how many cards are made, how fast, and how long the rest takes.

    `total` is how many there will be, 0 where nobody knows.
    """

    def __init__(self, total: int = 0) -> None:
        """Begin to count the time."""
        self._total = total
        self._start = self._told = monotonic()
        self._is_terminal = has_bar()
        self._shown = False

    def show(self, count: int, bad: int = 0, resumed: int = 0) -> None:
        """Tell how many are made by now, if it is time to tell.

        Those that are `resumed` from before took no time.
        """
        now = monotonic()
        if now - self._told < (_EVERY if self._is_terminal else _EVERY_ELSEWHERE):
            return
        self._told = now
        line = self._line(count, bad, resumed, now - self._start)
        if self._is_terminal:
            self._shown = True
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)
        else:
            click.echo(line, err=True)

    def end(self) -> None:
        """Clear the bar."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._shown = False

    def _line(self, count: int, bad: int, resumed: int, seconds: float) -> str:
        rate = (count - resumed) / seconds if seconds > 0 else 0.0
        parts = [f"{count:,} cards"]
        if self._total:
            share = min(1.0, count / self._total)
            done = round(_WIDTH * share)
            parts = [f"[{'#' * done}{'.' * (_WIDTH - done)}] {count:,} of {self._total:,} cards"]
        if rate > 0:
            parts.append(f"{rate:,.0f} a second")
            if self._total > count:
                parts.append(f"{_time(round((self._total - count) / rate))} left")
        if bad:
            parts.append(f"{bad:,} bad row{'s' * (bad != 1)}")
        return ", ".join(parts)


def _time(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours > _NINES:
        return f"{hours} h"
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
