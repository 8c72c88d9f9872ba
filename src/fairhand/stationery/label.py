"""A sheet of labels: where its labels lie and what shape they have. Lengths in points."""

from __future__ import annotations

import re
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from fairhand.catalog import Length, build, read_toml
from fairhand.errors import InputError, Place, did_you_mean
from fairhand.geometry import Insets, Rect, Size
from fairhand.stationery.paper import Paper, paper
from fairhand.units import MM, in_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

Shape = Literal["rectangle", "ellipse", "ring"]

_INSET = 2 * MM
_LEAST_INSET = 1.5 * MM
_SMALL = 16 * MM
"""Printers and sheets drift by a millimetre or more, so ink keeps off a label's edges; on
labels lower than this a little less, or nothing would fit."""

_MOST_EDGE = 0.2
"""The most of a label that is given up, on each side, to the paper's white edges."""

_CORNERS = (1 - 1 / sqrt(2)) / 2
"""What the largest rectangle in an ellipse leaves on each side, share of an axis."""

_SAME_MM = 0.6
"""Two drawings of a sheet agree when no edge of a label differs by more."""


class LabelSheet(Paper):
    """A sheet of labels as it lies in the tray: stock whose cells are labels.

    `corner` is the radius of rounded corners; a "ring" has a hole (CDs). `database` says whose
    measures these are: "glabels", "libreoffice", or "" for a person's own.
    """

    title: str = ""
    maker: str = ""
    part: str = ""
    database: str = ""
    columns: int = Field(ge=1, le=60)
    rows: int = Field(ge=1, le=60)
    cell_width: Length
    cell_height: Length
    shape: Shape = "rectangle"
    corner: Length = 0.0
    same_as: str = Field("", description="The part whose cells the maker's family shares.")
    source: str = "your own"

    @model_validator(mode="before")
    @classmethod
    def _from_paper(cls, value: Any) -> Any:
        """Take width and height from a paper's name, and pitches from cells that touch."""
        if not isinstance(value, dict):
            return value
        found = dict(value)
        name = found.pop("paper", "")
        if name:
            sheet = paper(str(name))
            found = {**found, "width": f"{sheet.width}pt", "height": f"{sheet.height}pt",
                     "media": found.get("media", sheet.media)}  # fmt: skip
        if "across" not in found and "cell_width" in found:
            found["across"] = found["cell_width"]
        if "down" not in found and "cell_height" in found:
            found["down"] = found["cell_height"]
        return found

    @model_validator(mode="after")
    def _large_enough(self) -> LabelSheet:
        if min(self.cell_width, self.cell_height) < 5 * MM:
            raise InputError("A label is at least 5 mm wide and high.",
                             hint="Measure cell_width and cell_height again.")  # fmt: skip
        return self

    @property
    def cell(self) -> Size:
        """One label."""
        return Size(self.cell_width, self.cell_height)

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def safe(self) -> Rect:
        """Where ink may stand on a label, from its own lower left corner, on whichever label.

        It keeps off the label's edges, and off what printers leave white at the paper's as far
        as the label bears it. In an ellipse it is the largest rectangle, which has the share
        1/√2 of its axes. InputError for a label with a hole in it.
        """
        if self.shape == "ring":
            raise InputError(
                f'The labels of "{self.name}" have a hole, and no room for an address.',
                hint="Choose labels for addresses: fairhand stationery labels address.",
            )
        top, right, bottom, left = (max(self._own_inset, at) for at in self._edges)
        most_across = max(self._own_inset, _MOST_EDGE * self.cell_width)
        most_along = max(self._own_inset, _MOST_EDGE * self.cell_height)
        insets = Insets(min(top, most_along), min(right, most_across), min(bottom, most_along),
                        min(left, most_across))  # fmt: skip
        whole = Rect.of(self.cell).inset(insets)
        if self.shape == "ellipse":
            across, along = _CORNERS * self.cell_width, _CORNERS * self.cell_height
            by = self._own_inset / sqrt(2)
            inner = Insets(along + by, across + by, along + by, across + by)
            return whole.intersection(Rect.of(self.cell).inset(inner))
        return whole

    @property
    def reaches_white(self) -> bool:
        """Whether writing may stand where most printers leave the paper's edges white."""
        if self.shape == "ring":
            return False
        safe = self.safe
        insets = (self.cell_height - safe.top, self.cell_width - safe.right, safe.bottom, safe.left)
        return any(inset < edge - MM / 10 for inset, edge in zip(insets, self._edges, strict=True))

    @property
    def _own_inset(self) -> float:
        return _INSET if min(self.cell) >= _SMALL else _LEAST_INSET

    @property
    def _edges(self) -> tuple[float, float, float, float]:
        """How far the white edges of the paper reach into its outer labels: top, right, ..."""
        right = self.width - (self.left + (self.columns - 1) * self.across + self.cell_width)
        bottom = self.height - (self.top + (self.rows - 1) * self.down + self.cell_height)
        return (self.unprintable - self.top, self.unprintable - right,
                self.unprintable - bottom, self.unprintable - self.left)  # fmt: skip

    @property
    def told(self) -> str:
        """The sheet's measures in words, millimetres."""
        return (
            f"{self.columns} x {self.rows} labels of {mm(self.cell_width)} x "
            f"{mm(self.cell_height)} mm, the first {mm(self.left)} mm from the left and "
            f"{mm(self.top)} mm from the top, the next {mm(self.across)} mm across and "
            f"{mm(self.down)} mm down, on paper of {mm(self.width)} x {mm(self.height)} mm"
        )


def mm(points: float) -> str:
    """Return a length in millimetres as people write it, to a hundredth."""
    return f"{round(in_mm(points), 2):g}"


def difference_mm(one: LabelSheet, other: LabelSheet) -> float | None:
    """Return by how much the labels of two drawings of a sheet differ, mm; None: another grid.

    A sheet that one of them has turned by a quarter is the same sheet.
    """
    if (one.columns, one.rows) != (other.columns, other.rows) or not _like(one.size, other.size):
        if not _like(one.size, other.size.turned()):
            return None
        if (one.columns, one.rows) != (other.rows, other.columns):
            return None
        return min(_apart(one.cells, turned) for turned in _turned(other))
    return _apart(one.cells, other.cells)


def agree(one: LabelSheet, other: LabelSheet) -> bool:
    """Tell whether two drawings are of one sheet, as finely as labels are cut."""
    found = difference_mm(one, other)
    return found is not None and found <= _SAME_MM


def _like(one: Size, other: Size) -> bool:
    return abs(one.width - other.width) <= MM and abs(one.height - other.height) <= MM


def _apart(one: Sequence[Rect], other: Sequence[Rect]) -> float:
    pairs = zip(one, other, strict=True)
    return max(in_mm(abs(a - b)) for pair in pairs for a, b in zip(*pair, strict=True))


def _turned(sheet: LabelSheet) -> tuple[list[Rect], list[Rect]]:
    """Return the cells in reading order with the sheet turned by a quarter, left and right."""
    width, height = sheet.size
    rows = [sheet.cells[at : at + sheet.columns] for at in range(0, sheet.count, sheet.columns)]
    left = [
        Rect(height - cell.top, cell.left, height - cell.bottom, cell.right)
        for column in reversed(range(sheet.columns))
        for cell in (row[column] for row in rows)
    ]
    right = [
        Rect(cell.bottom, width - cell.right, cell.top, width - cell.left)
        for column in range(sheet.columns)
        for cell in (row[column] for row in reversed(rows))
    ]
    return left, right


def is_own(name: str) -> bool:
    """Tell whether a name is that of a file of the person's own, not of the catalogue."""
    return name.partition("#")[0].lower().endswith(".toml")


def own_sheet(name: str) -> LabelSheet:
    """Return a sheet of a person's own: "my-labels.toml", or "my-labels.toml#shelf" of several.

    InputError when the file or the block is not there, or measures make no sheet.
    """
    file, _, wished = name.partition("#")
    path = Path(file).expanduser()
    blocks = read_toml(path)
    if not wished and len(blocks) > 1:
        choices = ", ".join(f"{file}#{key}" for key in blocks)
        raise InputError(f'"{path}" has several sheets of labels.', hint=f"Choose: {choices}.")
    wished = wished or next(iter(blocks), "")
    block = blocks.get(wished)
    if not isinstance(block, dict):
        raise InputError(
            f'"{path}" has no sheet of labels' + (f' named "{wished}".' if wished else "."),
            hint=did_you_mean(wished, [k for k, v in blocks.items() if isinstance(v, dict)])
            or "A sheet is a block that begins with its name: [my-labels].",
        )
    where = Place(f"{path} [{wished}]")
    return build(LabelSheet, {"name": _slug(wished), **block}, where)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.") or "labels"
