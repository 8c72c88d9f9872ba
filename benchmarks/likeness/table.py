"""What is printed: the statistics beside the people's and other programs'."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.likeness.page import STATISTICS
from benchmarks.likeness.people import LETTERS, MEASURED_HERE, OTHERS, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.likeness.letters import LetterStatistics
    from benchmarks.likeness.page import PageStatistics

_NAME = 34
_HEADS = ("line slope", "baseline", "word gaps", "margin", "starts", "line pitch")
_UNITS = ("SD deg", "SD x-h", "CV", "|deg|", "SD x-h", "CV")
_DIGITS = (2, 2, 2, 1, 2, 2)


def medians(pages: Sequence[PageStatistics]) -> dict[str, float]:
    """Return the median of each statistic over some pages; of the drift without its sign."""
    return {name: statistics.median(abs(getattr(p, name)) for p in pages) for name in STATISTICS}


def outside(values: Mapping[str, float]) -> list[str]:
    """Return the names of the statistics that lie outside the human band."""
    return [name for name in STATISTICS if PEOPLE[name].mark(values[name]) != " "]


def heading() -> list[str]:
    """Return the head of the table of pages, and the people's rows."""
    rows = [
        " " * _NAME + "".join(f"{head:>12}" for head in _HEADS),
        " " * _NAME + "".join(f"{unit:>12}" for unit in _UNITS),
    ]
    for name, bands in (("people", PEOPLE), ("people, measured by this", MEASURED_HERE)):
        for what in ("low", "median", "high"):
            share = {"low": "10 %", "median": "median", "high": "90 %"}[what]
            rows.append(row(f"{name}, {share}", [getattr(bands[key], what) for key in STATISTICS]))
    return rows


def row(name: str, values: Iterable[float], marked: bool = False, after: str = "") -> str:
    """Return one row of the table of pages, with marks where a value leaves the human band."""
    cells = []
    for key, value, digits in zip(STATISTICS, values, _DIGITS, strict=True):
        mark = PEOPLE[key].mark(value) if marked else " "
        cells.append(f"{value:11.{digits}f}{mark}")
    return f"{name:{_NAME}}{''.join(cells)}{after}".rstrip()


def hand_row(name: str, pages: Sequence[PageStatistics], lines: int, words: int) -> str:
    """Return a hand's row: medians over its pages, and the lines and words found of those there."""
    found_lines = statistics.median(page.lines for page in pages)
    found_words = statistics.median(page.words for page in pages)
    found = f"   {found_lines:g}/{lines} {found_words:g}/{words}"
    return row(name, medians(pages).values(), marked=True, after=found)


def other_rows() -> list[str]:
    """Return the rows of other programs, as measured once."""
    return [row(name, values, marked=True) for name, values in OTHERS.items()]


def letter_heading() -> list[str]:
    """Return the head of the table of letters, and the people's row."""
    people = [
        f"{LETTERS[key].low:.1%} - {LETTERS[key].high:.1%}".replace("%", "")
        for key in ("height_cv", "width_cv", "shape", "warp")
    ]
    return [
        " " * _NAME + f"{'height':>13}{'width':>13}{'shape':>13}{'after fit':>13}"
        f"{'doubles':>10}{'equal':>8}{'torn':>7} of joins",
        " " * _NAME + f"{'CV %':>13}{'CV %':>13}{'RMS %':>13}{'RMS %':>13}{'RMS %':>10}",
        f"{'one person on a trackpad':{_NAME}}" + "".join(f"{cell:>13}" for cell in people)
        + f"{'':>10}{'0':>8}{'0':>7}",
    ]  # fmt: skip


def letter_row(name: str, found: LetterStatistics) -> str:
    """Return a hand's row of the table of letters."""
    cells = "".join(
        f"{100 * getattr(found, key):12.1f}{LETTERS[key].mark(round(getattr(found, key), 3))}"
        for key in ("height_cv", "width_cv", "shape", "warp")
    )
    doubles = f"{100 * found.doubles:9.1f} " if found.doubles == found.doubles else "     font's"
    return f"{name:{_NAME}}{cells}{doubles}{found.equal:7}{found.torn:7} of {found.joins}"
