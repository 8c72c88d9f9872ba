"""What tests of whole merges share: a note, tables of people, and files read back."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pypdfium2

import fairhand
from fairhand.cli import main

NOTE = """\
---
from:
  name: Tom Lee
  address: 5 Elm Road
  city: Hadley
  region: MA
  postcode: "01035"
  country: US
card: a2
---
Dear {{ first_name }},

Thank you so much for {{ gift }}. We think of you each time we use it.

Love,
Tom
"""
HEADERS = ("First Name", "Last Name", "Address", "City", "State", "ZIP", "Gift")
_FIRST = (
    "Ana", "Ben", "Clara", "David", "Elena", "Felix", "Grace", "Henry", "Iris", "Jonas", "Karen",
    "Liam", "Mona", "Noah", "Olga", "Pablo", "Quinn", "Rosa", "Sven", "Tara",
)  # fmt: skip
_LAST = (
    "Adams", "Baker", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Hughes", "Ito", "Jones",
    "Klein", "Lopez", "Meyer", "Novak", "Olsen", "Perez", "Rossi", "Smith", "Turner", "Vogel",
)  # fmt: skip
_GIFTS = ("the red mug", "the blue bowl", "the long scarf")
_A_PAGE = 0.6


@dataclass(frozen=True)
class Told:
    """What a run of the command line said, and the folder where its files are."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def names(self) -> set[str]:
        return visible(self.folder)


def visible(folder: Path) -> set[str]:
    """The names of what a person sees in a folder."""
    return {path.name for path in folder.iterdir() if path.name[0] != "."}


def person(number: int) -> list[str]:
    """The row of one of any number of people, all different."""
    first, last = _FIRST[number % 20], _LAST[number // 20 % 20]
    more = chr(97 + number // 400 % 26) if number >= 400 else ""
    place = [f"{number + 1} Main Street", "Boston", "MA", f"{2101 + number % 50:05d}"]
    return [first, last + more, *place, _GIFTS[number % 3]]


def people(count: int) -> list[list[str]]:
    return [person(number) for number in range(count)]


def table(rows, headers=HEADERS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headers, *rows])
    return out.getvalue().encode("utf-8", "surrogatepass")


def merge(folder: Path, data: bytes, *options, note: str = NOTE, out: str = "out") -> Told:
    """Run `fairhand merge` in this process on a table; its files are in `folder / out`."""
    folder.mkdir(exist_ok=True, parents=True)
    words, rows = folder / "note.md", folder / "people.csv"
    if not words.exists() or words.read_text(encoding="utf-8") != note:
        words.write_text(note, encoding="utf-8")
    if not rows.exists() or rows.read_bytes() != data:
        rows.write_bytes(data)
    return run("merge", words, rows, "-o", folder / out, "--jobs", 1, *options, folder=folder / out)


def run(*arguments, folder: Path = Path(), stdin: bytes | None = None) -> Told:
    """Run the command line in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    code = 0
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(io.TextIOWrapper(out, "utf-8")))
        stack.enter_context(contextlib.redirect_stderr(io.TextIOWrapper(err, "utf-8")))
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin or b""), "utf-8")
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        finally:
            sys.stdin = before
            for stream in (sys.stdout, sys.stderr):
                if stream:
                    stream.flush()
        return Told(code, out.getvalue().decode(), err.getvalue().decode(), folder)


def begun(*arguments, **how) -> subprocess.Popen:
    """Start the command line in a process of its own."""
    path = str(Path(fairhand.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "fairhand", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path},
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how},
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """The files for the person, by name, without the hidden folder."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name[0] != "."
    }


def manifest(folder: Path, name: str = "manifest.csv") -> list[dict[str, str]]:
    text = (folder / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def problems(folder: Path, name: str = "problems.csv") -> list[dict[str, str]]:
    return manifest(folder, name)


def texts(file: Path | bytes) -> list[str]:
    """The words of each page, single-spaced."""
    document = pypdfium2.PdfDocument(file)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def pictures(file: Path, pages=None) -> list[bytes]:
    """A digest of what each page looks like, drawn by another program than ours."""
    document = pypdfium2.PdfDocument(file)
    try:
        chosen = range(len(document)) if pages is None else pages
        drawn = [document[page].render(scale=_A_PAGE).to_numpy() for page in chosen]
        return [sha256(one.tobytes()).digest() for one in drawn]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """A text without spaces: where pages break lines is not what is asked."""
    return re.sub(r"\s+", "", text)
