"""Label sheets by their names: "avery-5160", "L7160", "herma-4267", or a file of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fairhand.catalog import read_toml
from fairhand.errors import InputError, did_you_mean
from fairhand.stationery.label import (
    LabelSheet,
    agree,
    difference_mm,
    is_own,
    mm,
    own_sheet,
)
from fairhand.stationery.label_rows import (
    DATABASES,
    LabelRow,
    folder,
    makers,
    measured,
    rows_of,
    sheet_of,
    slug,
)
from fairhand.units import MM, in_mm

if TYPE_CHECKING:
    from fairhand.geometry import Size

_OTHER_NAMES = {"zweckform": "avery-zweckform"}
_FAMILY = {"avery": "avery-zweckform"}
"""Where a part is looked for when a maker has none of that number."""

_AS_LARGE = 3

_NUMBER = re.compile(r"[A-Za-z]{0,3}-?[0-9]+[a-zA-Z]?")
_NOT_FOR_ADDRESSES = re.compile(
    r"index|spine|video|disk|cassette|\bfile|fil(e|ing)\b|tab|insert|badge|\bcd|audio|slide|card|"
    r"ordner|karte|wrap|transfer|ring", re.IGNORECASE,
)  # fmt: skip
"""Sheets that are named to somebody whose address needs larger labels have not these titles."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet of labels as it is used, and the drawing of another database that differs."""

    sheet: LabelSheet
    other: LabelSheet | None = None
    judged: str = ""

    @property
    def notice(self) -> str:
        """What a person has to know of the sheet's measures; "" when they are agreed upon."""
        if self.other is None:
            return ""
        one, other = self.sheet, self.other
        by = difference_mm(one, other)
        apart = f"differ by up to {by:.1f} mm" if by is not None else "are different sheets"
        why = f" ({self.judged})" if self.judged else ""
        mine, others = _differing(one, other) if by is not None else (one.told, other.told)
        return (
            f'Two databases draw "{one.name}", and they {apart}. Used is that of '
            f"{one.source}{why}: {mine}. {other.source} has {others}: "
            f"--labels {other.name}@{other.database}. "
            "Print it with --outline on plain paper, and hold that against your sheet."
        )


def _differing(one: LabelSheet, other: LabelSheet) -> tuple[str, str]:
    """Return the measures in which two drawings differ, of the one and of the other, in words."""
    found: tuple[list[str], list[str]] = ([], [])
    for key, words in _WORDS.items():
        values = getattr(one, key), getattr(other, key)
        if abs(in_mm(values[0] - values[1])) >= _WORTH_TELLING_MM:
            for told, value in zip(found, values, strict=True):
                told.append(f"{words} {mm(value)}")
    return f"{', '.join(found[0])} mm", f"{', '.join(found[1])} mm"


_WORTH_TELLING_MM = 0.05
_WORDS = {
    "width": "paper width", "height": "paper height", "cell_width": "width",
    "cell_height": "height", "left": "from the left", "top": "from the top",
    "across": "the next across", "down": "the next down",
}  # fmt: skip


class Listed(NamedTuple):
    """A sheet in a list: what it is called, its measures as they are used, and who has it."""

    name: str
    maker: str
    part: str
    row: LabelRow
    databases: tuple[str, ...]


def label_sheet(name: str) -> Found:
    """Return the sheet of that name: "avery-5160", "5160", "herma-4267@glabels", "my.toml#shelf".

    A number alone is enough where it means one sheet only. InputError with a suggestion
    when there is none, and with the choices when there are several.
    """
    if is_own(name):
        return Found(own_sheet(name))
    wished, _, database = name.partition("@")
    plain, database = slug(wished), database.strip().lower()
    if database and database not in DATABASES:
        raise InputError(
            f'There is no database of labels named "{database}".',
            hint=f"There are: {', '.join(DATABASES)}.", field="labels",
        )  # fmt: skip
    found = [_found(maker, part, database) for maker, part in _parts(plain)]
    sheets = [one for one in found if one is not None]
    if not sheets:
        raise _unknown(name, plain)
    if not all(agree(sheets[0].sheet, one.sheet) for one in sheets[1:]):
        choices = "; ".join(
            f"{one.sheet.name} ({mm(one.sheet.cell_width)} x {mm(one.sheet.cell_height)} mm)"
            for one in sheets
        )
        raise InputError(f'Several makers have a sheet "{name}".',
                         hint=f"Choose: {choices}.", field="labels")  # fmt: skip
    return sheets[0]


def drawings(maker: str, part: str) -> dict[str, LabelSheet]:
    """Return a part's sheet as each database draws it, the one that is used first."""
    shown = _as_written(maker, part)
    return {
        database: sheet_of(maker, row, database, shown)
        for database, row in _rows(maker, part).items()
    }


def _rows(maker: str, part: str) -> dict[str, LabelRow]:
    """Return a part's measures in each database, those that are used first.

    A part that gLabels calls the same as another has that one's measures in LibreOffice too.
    """
    found: dict[str, LabelRow] = {}
    known = rows_of(maker, "glabels").get(part)
    for database in DATABASES:
        row = measured(maker, part, database)
        if row is None and known is not None and known.same_as:
            row = measured(maker, slug(known.same_as), database)
        if row is not None:
            found[database] = row
    first = _judgement(maker, part)[0]
    return {database: found[database] for database in sorted(found, key=lambda d: d != first)}


def _as_written(maker: str, part: str) -> str:
    """Return a part as its maker writes it."""
    rows = (rows_of(maker, database).get(part) for database in DATABASES)
    return next((row.part for row in rows if row is not None), part)


def _found(maker: str, part: str, database: str = "") -> Found | None:
    drawn = drawings(maker, part)
    if database:
        return Found(drawn[database]) if database in drawn else None
    sheets = list(drawn.values())
    if not sheets:
        return None
    if len(sheets) == 1:
        return Found(sheets[0])
    one, other = sheets
    if agree(one, other):
        # Both are right; only gLabels knows of rounded corners.
        both = f"{one.source}, {other.source}"
        return Found(one.model_copy(update={"corner": max(one.corner, other.corner),
                                            "source": both}))  # fmt: skip
    if difference_mm(one, other) is not None:
        one = one.model_copy(update={"corner": max(one.corner, other.corner)})
    return Found(one, other, _judgement(maker, part)[1])


@cache
def _judged() -> dict[str, dict[str, str]]:
    return read_toml(folder() / "judged.toml")


def _judgement(maker: str, part: str) -> tuple[str, str]:
    """Return which database is right of a sheet and why, where something tells; else ""."""
    row = rows_of(maker, "glabels").get(part)
    for one in (part, slug(row.same_as) if row else ""):
        block = _judged().get(f"{maker}-{one}")
        if block:
            return block["right"], block["why"]
    return "", ""


def _parts(plain: str) -> list[tuple[str, str]]:
    """Return the makers and parts that a name may mean."""
    for other, maker in _OTHER_NAMES.items():
        if plain.startswith(f"{other}-"):
            plain = maker + plain.removeprefix(other)
    for maker in makers():
        part = plain.removeprefix(f"{maker}-")
        if part != plain:
            for one in (maker, _FAMILY.get(maker, maker)):
                if _has(one, part):
                    return [(one, part)]
    return [(maker, plain) for maker in makers() if _has(maker, plain)]


def _has(maker: str, part: str) -> bool:
    return any(part in rows_of(maker, database) for database in DATABASES)


def _unknown(name: str, plain: str) -> InputError:
    names = [one.name for one in listed()]
    numbers = {one.removeprefix(f"{maker}-") for maker in makers() for one in names
               if one.startswith(f"{maker}-")}  # fmt: skip
    hint = did_you_mean(plain, names if "-" in plain else numbers)
    return InputError(
        f'There is no label sheet named "{name}".',
        hint=hint or "All of them: fairhand stationery labels. Your own: a file, my-labels.toml.",
        field="labels",
    )


def listed() -> list[Listed]:
    """Return every sheet once, by maker; measures are those of the drawing that is used."""
    found = []
    for maker in makers():
        parts: dict[str, None] = {}
        for database in DATABASES:
            parts |= dict.fromkeys(rows_of(maker, database))
        for part in parts:
            rows = _rows(maker, part)
            row = next(iter(rows.values()))
            shown = _as_written(maker, part)
            found.append(Listed(f"{maker}-{part}", maker, shown, row, tuple(rows)))
    return found


def listed_like(words: str) -> list[Listed]:
    """Return the sheets that a maker's name means, or in which every word is found."""
    found = listed()
    if slug(words) in makers():
        return [one for one in found if one.maker == slug(words)]
    wanted = words.lower().split()
    return [
        one for one in found
        if all(word in f"{one.name} {one.part} {one.row.title} {one.row.told}".lower()
               for word in wanted)
    ]  # fmt: skip


def same_cells(sheet: LabelSheet) -> list[str]:
    """Return the parts of a maker whose labels lie as a sheet's do, to a tenth of a millimetre."""
    own = _measures(sheet)
    return [
        one.part
        for one in listed()
        if one.maker == sheet.maker and one.name != sheet.name
        and all(abs(a - b) <= 0.1 for a, b in zip(own, _row_measures(one.row), strict=True))
    ]  # fmt: skip


def _measures(sheet: LabelSheet) -> tuple[float, ...]:
    lengths = (sheet.width, sheet.height, sheet.cell_width, sheet.cell_height, sheet.left,
               sheet.top, sheet.across, sheet.down)  # fmt: skip
    return (sheet.columns, sheet.rows, *map(in_mm, lengths))


def _row_measures(row: LabelRow) -> tuple[float, ...]:
    return (row.columns, row.rows, row.width, row.height, row.cell_width, row.cell_height,
            row.left, row.top, row.across, row.down)  # fmt: skip


def larger(sheet: LabelSheet, room: Size) -> list[str]:
    """Return sheets of a maker, on the same paper, whose labels have room for a block: the least.

    `room` is what the block needs between a label's edges, points.
    """
    if not sheet.maker:
        return []
    found: dict[tuple[float, float], str] = {}
    margin = 4 * MM
    width, height = in_mm(room.width + margin), in_mm(room.height + margin)
    for one in sorted(
        listed(), key=lambda one: (one.row.cell_width * one.row.cell_height, one.name)
    ):
        row = one.row
        if one.maker != sheet.maker or row.shape != "rectangle" or row.count < 2:
            continue
        if not _NUMBER.fullmatch(one.part) or _NOT_FOR_ADDRESSES.search(row.title):
            continue
        same_paper = max(abs(row.width - in_mm(sheet.width)), abs(row.height - in_mm(sheet.height)))
        if same_paper > 1 or row.cell_width < width or row.cell_height < height:
            continue
        told = f"{one.name} ({row.cell_width:.4g} x {row.cell_height:.4g} mm)"
        found.setdefault((round(row.cell_width), round(row.cell_height)), told)
    return list(found.values())[:_AS_LARGE]
