"""Fronts: what is drawn on the front of a card, with which inks, and where its words stand.

One file a front in `layouts/fronts`; its drawing is a function (`art.fronts.DRAWINGS`) or an
SVG, PDF or picture beside the file.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from fairhand.catalog import Model, build, layouts_folder, lookup, own_file, read_toml
from fairhand.errors import InputError, Place
from fairhand.geometry import Insets, Rect, Size
from fairhand.layout.model import Shares, ShowSize
from fairhand.stationery.catalogue import ink
from fairhand.stationery.model import Ink, Plates, Screen
from fairhand.units import MM

if TYPE_CHECKING:
    from pathlib import Path


class Colour(Model):
    """A colour that is a front's own: plates for a press, sRGB for screens."""

    cmyk: Plates
    rgb: Screen


def _ink(value: Any) -> Any:
    if isinstance(value, str):
        return ink(value)
    if isinstance(value, dict) and set(value) <= {"cmyk", "rgb"}:
        colour = Colour.model_validate(value)
        return Ink(name=colour.rgb, title=colour.rgb, cmyk=colour.cmyk, rgb=colour.rgb)
    return value


FrontInk = Annotated[Ink, BeforeValidator(_ink)]
"""An ink by its name, or { cmyk = [...], rgb = "#..." }."""


class Front(Model):
    """A front of the catalogue. `words` are its own by language; a note's words replace them."""

    name: str = Field("", description="The name of the front's file; not written in it.")
    title: str
    description: str = ""
    drawing: str = Field("", description="The function that draws it (art/fronts).")
    file: str = Field("", description="Or an SVG, PDF or picture beside this file.")
    inks: tuple[FrontInk, ...] = Field((), description="What it is drawn with, in its order.")
    hand: str = Field("", description="The hand of its words; the note's own where it is empty.")
    ink: FrontInk | None = Field(None, description="The words' ink; the note's own if not given.")
    x_height: ShowSize = 4.2 * MM
    initials: bool = Field(False, description="Its words are the sender's initials.")
    words: dict[str, str] = Field({}, description="Its words, by language.")
    place: Shares = Shares(left=0.12, bottom=0.3, right=0.88, top=0.8)
    widest: float = Field(
        5.0, gt=0, le=5, description="Their greatest width, in shorter sides of the front."
    )

    def words_area(self, panel: Size) -> Rect:
        """Return where the words may stand on a front, points."""
        area = self.place.rect(panel)
        over = max(0.0, area.width - self.widest * min(panel)) / 2
        return area.inset(Insets(0.0, over, 0.0, over))

    @model_validator(mode="after")
    def _something_to_see(self) -> Front:
        if bool(self.drawing) == bool(self.file):
            raise InputError('it needs either "drawing" or "file".')
        if self.drawing and not self.inks:
            raise InputError('it needs "inks" to be drawn with.')
        return self


@cache
def fronts() -> dict[str, Front]:
    """Return every bundled front by its name."""
    return {path.stem: read_front(path) for path in sorted(_folder().glob("*.toml"))}


def front(name: str) -> Front:
    """Return a bundled front by its name; InputError with a suggestion otherwise."""
    return lookup("front", "-".join(name.lower().split()), fronts())


def read_front(path: Path) -> Front:
    """Read a front's file; a `file` that it names is taken from its folder."""
    data = read_toml(path)
    if isinstance(data.get("file"), str):
        data["file"] = str(own_file(data["file"], path.parent))
    return build(Front, {**data, "name": path.stem}, Place(str(path)))


def _folder() -> Path:
    return layouts_folder() / "fronts"
