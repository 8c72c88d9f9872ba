"""The task that all contenders share: the sample note, with another name in each card."""

from __future__ import annotations

import csv
from pathlib import Path

from fairhand.job import read

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "after-rejection" / "note.md"
FONT = ROOT / "fonts" / "mynerve" / "Mynerve-Regular.ttf"
WIDTH_IN, HEIGHT_IN, MARGIN_IN = 5.0, 7.0, 0.47
SIZE, PITCH = 15.0, 21.0
"""The size and the leading at which the note fills the page, points."""

_FIRST = (
    "Anna Ben Clara David Eva Frank Grace Henry Ines Jack Kate Liam Mia Noah Olga Paul Quinn "
    "Rosa Sam Tina Uma Vera Will Xenia Yara Zoe"
)
_LAST = (
    "Adams Baker Clark Davis Evans Fisher Green Hill Irwin Jones King Lopez Moore Nash Owens "
    "Price Quade Reed Stone Turner Usher Vance White Young Zeller Brooks Carter Dunn Ellis Ford "
    "Grant Hayes Ingram Jacobs Kelly Lowe Mason Nolan"
)


def names(count: int) -> list[str]:
    """Return so many different names."""
    last_names = _LAST.split()
    pairs = [f"{first} {last}" for last in last_names for first in _FIRST.split()]
    seconds = ["", *(f"-{last}" for last in last_names)]
    return [pairs[n % len(pairs)] + seconds[n // len(pairs) % len(seconds)] for n in range(count)]


def paragraphs() -> list[str]:
    """Return the sample's words below the greeting, a paragraph each."""
    note = read(SAMPLE).note
    return [*note.paragraphs, note.valediction or "Sincerely,", note.signature or "Dana Whitfield"]


def write_note(folder: Path) -> Path:
    """Write the note as fairhand merges it."""
    path = folder / "note.md"
    body = "\n\n".join(["Dear {{ name }},", *paragraphs()])
    path.write_text(f"---\nfrom: Dana Whitfield\ncard: a7\n---\n\n{body}\n", encoding="utf-8")
    return path


def write_people(folder: Path, count: int) -> Path:
    """Write a table of so many people with addresses."""
    path = folder / f"people-{count}.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(["name", "address", "city", "state", "zip"])
        for number, name in enumerate(names(count)):
            table.writerow([name, f"{number + 1} Alder Street", "Saint Paul", "MN", "55104"])
    return path
