"""The files of label sheets: one for each maker, from two open databases. Millimetres in them.

A card never reads them, and one sheet reads those of its maker.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from fairhand.catalog import build, layouts_folder
from fairhand.errors import FailureError, Place
from fairhand.stationery.label import LabelSheet

DATABASES = {"libreoffice": "LibreOffice", "glabels": "gLabels"}
"""By the name of their folder, the one that is right more often first.

Where the two differ and the maker's own measures are known, LibreOffice has them nearly always.
"""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One line of a file: a part, what it is called, and its measures in millimetres.

    A row with `same_as` has no measures: its labels lie as those of that part do.
    """

    part: str
    title: str = ""
    width: float = 0.0
    height: float = 0.0
    columns: int = 0
    rows: int = 0
    cell_width: float = 0.0
    cell_height: float = 0.0
    left: float = 0.0
    top: float = 0.0
    across: float = 0.0
    down: float = 0.0
    shape: str = "rectangle"
    corner: float = 0.0
    same_as: str = ""

    @property
    def line(self) -> str:
        """The row as it stands in a file."""
        if self.same_as:
            return f"{self.part}\t= {self.same_as}"
        cells = [round(v, 3) if isinstance(v, float) else v for v in astuple(self)[:-1]]
        return "\t".join(f"{v:g}" if isinstance(v, float) else str(v) for v in cells)

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def told(self) -> str:
        """Its labels in a few words."""
        cell = f"{self.cell_width:.4g} x {self.cell_height:.4g} mm"
        return f"{self.columns} x {self.rows} of {cell}"

    @property
    def area(self) -> float:
        """A label's area, square millimetres."""
        return self.cell_width * self.cell_height


COLUMNS = tuple(field.name for field in fields(LabelRow))[:-1]
"""The columns of a file; a line "part, = another" stands for that one's."""


def slug(text: str) -> str:
    """Return a name as it is typed: "L7160", "OL9600 (main label)" as l7160, ol9600-main-label."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")


def folder() -> Path:
    """Return the folder with one folder for each database."""
    return layouts_folder() / "stationery" / "labels"


@cache
def makers() -> tuple[str, ...]:
    """Return the makers of label sheets that either database has."""
    found = {path.stem for name in DATABASES for path in folder().glob(f"{name}/*.tsv")}
    return tuple(sorted(found))


@cache
def rows_of(maker: str, database: str) -> dict[str, LabelRow]:
    """Return a maker's sheets in a database, by the part as it is typed; none when it has none."""
    path = folder() / database / f"{maker}.tsv"
    if not path.is_file():
        return {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise FailureError(f'The file "{path}" is not one of label sheets.',
                           hint="Install fairhand again.")  # fmt: skip
    rows: dict[str, LabelRow] = {}
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) == 2:
            rows[slug(cells[0])] = LabelRow(cells[0], same_as=cells[1].removeprefix("= "))
            continue
        part, title, width, height, columns, count, *lengths, shape, corner = cells
        w, h, left, top, across, down = map(float, lengths)
        rows[slug(part)] = LabelRow(
            part, title, float(width), float(height), int(columns), int(count), w, h, left, top,
            across, down, shape, float(corner),
        )  # fmt: skip
    return rows


def measured(maker: str, part: str, database: str) -> LabelRow | None:
    """Return the row with a part's measures, its own or those of the part that it equals."""
    row = rows_of(maker, database).get(part)
    if row is not None and row.same_as:
        return rows_of(maker, database)[slug(row.same_as)]
    return row


def sheet_of(maker: str, row: LabelRow, database: str, part: str = "") -> LabelSheet:
    """Return a row as a sheet, `part` in place of its own; InputError when it makes none."""
    shown = part or row.part
    name = f"{maker}-{slug(shown)}"
    source = DATABASES.get(database, "")
    lengths = {
        key: f"{getattr(row, key):.4f}mm"
        for key in ("width", "height", "cell_width", "cell_height", "left", "top", "across",
                    "down", "corner")
    }  # fmt: skip
    values = {
        "name": name, "title": row.title, "maker": maker, "part": shown, "database": database,
        "columns": row.columns, "rows": row.rows, "shape": row.shape, "source": source,
        "same_as": row.part if shown != row.part else "", **lengths,
    }  # fmt: skip
    return build(LabelSheet, values, Place(f"{source} {name}"))
