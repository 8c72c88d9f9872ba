"""Papers and card stock on which cards are imposed. Lengths in points."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from fairhand.catalog import Length, Model, build, layouts_folder, lookup, read_toml
from fairhand.errors import InputError, Place
from fairhand.geometry import Insets, Rect, Size
from fairhand.units import MM

Folded = Literal["", "left", "top", "none"]


class Paper(Model):
    """A sheet as it lies in the tray, upright; stock says where its cells lie.

    `fold` is the fold of cards that its scores are for ("": any).
    """

    name: str
    title: str
    width: Length
    height: Length
    media: str = ""
    aliases: tuple[str, ...] = ()
    unprintable: Length = Field(6.35 * MM, description="What a printer leaves white at the edges.")
    cell_width: Length = 0.0
    cell_height: Length = 0.0
    columns: int = Field(0, ge=0, le=20)
    rows: int = Field(0, ge=0, le=40)
    left: Length = 0.0
    top: Length = 0.0
    across: Length = 0.0
    down: Length = 0.0
    fold: Folded = ""
    source: str

    @model_validator(mode="after")
    def _cells_on_paper(self) -> Paper:
        if not self.is_stock:
            return self
        right = self.left + (self.columns - 1) * self.across + self.cell_width
        low = self.top + (self.rows - 1) * self.down + self.cell_height
        overlap = (self.columns > 1 and self.across < self.cell_width - 0.01) or (
            self.rows > 1 and self.down < self.cell_height - 0.01
        )
        if overlap:
            raise InputError("The cells overlap.", hint="Make across and down larger.")
        if right > self.width + 0.5 or low > self.height + 0.5:
            raise InputError("The cells reach over the edge of the sheet.",
                             hint="Measure left, top, across and down again.")  # fmt: skip
        return self

    @property
    def size(self) -> Size:
        """The sheet."""
        return Size(self.width, self.height)

    @property
    def is_stock(self) -> bool:
        """Whether it is cut or scored beforehand."""
        return self.columns > 0 and self.rows > 0

    @property
    def cells(self) -> tuple[Rect, ...]:
        """Where the cells of stock lie on the sheet, in reading order."""
        top = self.height - self.top
        return tuple(
            Rect(
                self.left + column * self.across,
                top - row * self.down - self.cell_height,
                self.left + column * self.across + self.cell_width,
                top - row * self.down,
            )
            for row in range(self.rows)
            for column in range(self.columns)
        )

    @property
    def printable(self) -> Rect:
        """Where a printer can put ink."""
        edge = self.unprintable
        return Rect.of(self.size).inset(Insets(edge, edge, edge, edge))


@cache
def papers() -> dict[str, Paper]:
    """Return every paper and stock by its name."""
    path = layouts_folder() / "stationery" / "sheets.toml"
    return {
        name: build(Paper, {**block, "name": name}, Place(f"{path} [{name}]"))
        for name, block in read_toml(path).items()
    }


def paper(name: str) -> Paper:
    """Return a paper by name or alias, written as people do ("Pre-scored A2 2-up").

    InputError with a suggestion otherwise.
    """
    plain = re.sub(r"[\s_]+", "-", name.strip().lower())
    aliases = {alias: one for one in papers().values() for alias in one.aliases}
    if re.fullmatch(r"[a-z]?\d{4,5}", plain):
        plain = f"avery-{plain}"
    return lookup("paper", plain, {**aliases, **papers()})
