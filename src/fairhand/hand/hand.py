"""A hand ready for use: its data, its font, and what is derived from both."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fairhand.catalog import (
    build,
    bundled_hands,
    fonts_folder,
    lookup,
    other_hands,
    own_file,
    read_model,
    read_toml,
)
from fairhand.errors import InputError, Place
from fairhand.hand.anatomy import Anatomy, anatomy
from fairhand.hand.font import Font
from fairhand.hand.forms import draw_shifts
from fairhand.hand.model import HandData, Joined, Specimen
from fairhand.hand.store import FormStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

_DATA = "hand.toml"
_KANA = {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}
_MARKS = {"IDEOGRAPHIC", "FULLWIDTH"}
_SCRIPT_STARTS = {
    "Hebrew": {"HEBREW"}, "Arabic": {"ARABIC"}, "Korean": {"HANGUL"},
    "Japanese": {"CJK", *_KANA, *_MARKS}, "Chinese": {"CJK", *_MARKS},
}  # fmt: skip
CJK_HANDS = ("zen-kurenaido", "nanum-pen-script", "long-cang")
"""The hands of the package fairhand-cjk."""

HOW_TO_INSTALL = (
    'Japanese, Korean and Chinese hands are a package of their own: pip install "fairhand[cjk]", '
    "or in a copy of fairhand's folder: pip install ./fonts/cjk."
)
_LEAST_X_HEIGHT, _MOST_X_HEIGHT = 0.06, 1.4
_JOIN_SAMPLES = ("an", "in", "me", "ou", "ne", "hi", "au", "el", "un", "ri")
_X_HEIGHT_LETTERS = ("acemnorsuvwxz", "асеопх", "αενορσ", "אבהמר", "دسص", "कनम")


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """One hand: `slug` names it (a bundled hand's folder, or the path of the user's font)."""

    slug: str
    data: HandData
    font: Font
    path: Path
    store: FormStore = field(init=False)
    space_em: float = field(init=False)
    """The word space as a fraction of the em, as corrected in the hand's data."""

    _anatomies: dict[int, Anatomy] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the forms that were drawn before, and measure the word space."""
        depends_on = self.font.digest + self.data.model_dump_json().encode()
        object.__setattr__(self, "store", FormStore(self.slug, depends_on))
        space = self.font.space_advance() / self.font.units_per_em
        space += self.data.word_space_add * self.data.x_height_em
        object.__setattr__(self, "space_em", space)

    def shifts(self, glyph: int) -> NDArray[np.int16]:
        """Return how far each form moves each point of a glyph (`forms.draw_shifts`)."""
        found = self.store.get(glyph)
        if found is None:
            found = draw_shifts(self, glyph)
            self.store.put(glyph, found)
        return found

    def anatomy(self, glyph: int) -> Anatomy:
        """Return a glyph's stroke ends, crossbars and outward directions."""
        found = self._anatomies.get(glyph)
        if found is None:
            em = self.data.x_height_em * self.font.units_per_em
            found = anatomy(self.font.outline(glyph), em, self.data.stem * em)
            self._anatomies[glyph] = found
        return found

    @property
    def x_height_em(self) -> float:
        """The x-height as a fraction of the em."""
        return self.data.x_height_em

    @property
    def has_joining_strokes(self) -> bool:
        """Whether strokes between letters are glyphs of their own, which carry no text."""
        return any(not glyph.text for glyph in self.font.shape("on", rtl=False, language="en"))

    @property
    def ascent_em(self) -> float:
        """How high the hand's tall letters reach above the baseline, em."""
        return _reach(self.font, "bdhklT", 2) / self.font.units_per_em

    @property
    def descent_em(self) -> float:
        """How low the hand's long letters reach, em; negative."""
        return _reach(self.font, "gpqyj", 1) / self.font.units_per_em


@cache
def _reach(font: Font, letters: str, column: int) -> float:
    """Return the typical extreme of some letters' ink: the median of those the font has."""
    found = sorted(
        float(ink[:, 2].max() if column == 2 else ink[:, 1].min()) for ink in _inks(font, letters)
    )
    if not found:
        return font.units_per_em * (0.75 if column == 2 else -0.25)
    return found[len(found) // 2]


@cache
def hands() -> dict[str, HandData]:
    """Return the data of every bundled handwriting by its name."""
    return {name: data for name, data in _bundled().items() if data.kind == "hand"}


@cache
def types() -> dict[str, HandData]:
    """Return the data of every bundled plain type by its name; they are named as hands are."""
    return {name: data for name, data in _bundled().items() if data.kind == "type"}


@cache
def _bundled() -> dict[str, HandData]:
    return _data_of(bundled_hands())


@cache
def all_hands() -> dict[str, HandData]:
    """Return the data of every hand by its name: the bundled ones, then those of other packages."""
    return {**hands(), **_data_of(other_hands())}


def _data_of(folders: Mapping[str, Path]) -> dict[str, HandData]:
    found = {}
    for name, folder in folders.items():
        path = folder / _DATA
        found[name] = build(HandData, read_toml(path), Place(str(path)))
    return found


@cache
def specimens() -> dict[str, Specimen]:
    """Return what a specimen shows, by script (`fonts/specimens.toml`)."""
    path = fonts_folder() / "specimens.toml"
    return {
        script: build(Specimen, block, Place(f"{path} [{script}]"))
        for script, block in read_toml(path).items()
    }


@cache
def bundled_hand(name: str) -> Hand:
    """Return a hand by its name or one of its aliases, a bundled one if there is one.

    InputError with a suggestion when there is none of that name.
    """
    if name in bundled_hands():
        return folder_hand(bundled_hands()[name])
    for known in (hands, types, all_hands):
        for slug, other in known().items():
            if name in other.aliases:
                return bundled_hand(slug)
    if name in other_hands():
        return folder_hand(other_hands()[name])
    if name in CJK_HANDS:
        raise InputError(f'The hand "{name}" is not installed.', hint=HOW_TO_INSTALL, field="hand")
    lookup("hand", name, {**all_hands(), **types()})
    raise AssertionError("lookup raises for a name that is not known")


def hand(name: str, folder: Path | None = None) -> Hand:
    """Return a hand: by its name, or the user's own by the path of a font or of a hand's folder.

    A relative path is taken from `folder` (that of the note).
    """
    is_font = name.lower().endswith((".ttf", ".otf", ".ttc"))
    if not is_font and not is_path(name):
        return bundled_hand(name.lower())
    path = own_file(name, folder)
    if is_font:
        return own_hand(path)
    try:
        found = (path / _DATA).is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        raise InputError(
            f'There is no hand named "{name}", and no folder of that name that holds a {_DATA}.',
            hint="All of them: fairhand hands.",
            field="hand",
        )
    return folder_hand(path)


def is_path(name: str) -> bool:
    """Tell whether a hand's name is the path of a folder: "./my-hand", "hands/mine", "~/mine"."""
    return "/" in name or "\\" in name or name in (".", "..")


@cache
def folder_hand(folder: Path) -> Hand:
    """Open the hand of a folder that holds its hand.toml; InputError when either is wrong."""
    data = read_model(HandData, folder / _DATA)
    path = folder / data.font
    font = Font.open(
        path, data.features, data.spelling, data.glyphs, data.reshape, data.x_height_em, data.apart
    )
    return Hand(folder.resolve().name, data, font, path)


def own_hand(path: Path) -> Hand:
    """Make a hand of any font file: x-height, leading and joins are measured on it."""
    try:
        found = path.stat()
        stamp = (found.st_mtime_ns, found.st_size)
    except (OSError, ValueError):
        stamp = (0, 0)
    return _own_hand(path, stamp)


@lru_cache(maxsize=16)
def _own_hand(path: Path, _stamp: tuple[int, int]) -> Hand:
    """Make a hand of a font; another one that takes the place of its file is another hand."""
    font = Font.open(path, {}, {}, {})
    x_height = _measured_x_height(font)
    if not _LEAST_X_HEIGHT <= x_height <= _MOST_X_HEIGHT:
        raise InputError(
            f'The small letters of the font "{path.name}" have no size to write with.',
            hint="The file may be damaged; name another font.",
        )
    data = HandData(
        name=path.stem,
        character="your own font",
        font=path.name,
        x_height_em=x_height,
        stem=_measured_stem(font, x_height),
        joined=_measured_joins(font),
        leading=_measured_leading(font, x_height),
    )
    return Hand(path.stem, data, font, path)


def suits(data: HandData, text: str) -> bool:
    """Tell whether a hand is made for a text's script; a Hebrew hand's Latin is a makeshift."""
    own = [name for name in data.scripts if name in _SCRIPT_STARTS]
    if not own:
        return True
    scripts = {unicodedata.name(character, "").split(" ")[0] for character in set(text)}
    if scripts & _KANA and "Japanese" not in own:
        return False
    return any(scripts & _SCRIPT_STARTS[name] for name in own)


def hands_that_have(letters: list[str]) -> list[str]:
    """Return the hands that can draw all these letters and are made for their script."""
    text = "".join(letters)
    return [
        name
        for name, data in all_hands().items()
        if suits(data, text) and not bundled_hand(name).font.missing(text)
    ]


def _measured_x_height(font: Font) -> float:
    """Return the usual height of letters without ascender, of the first script the font has."""
    for letters in _X_HEIGHT_LETTERS:
        tops = sorted(float(ink[:, 2].max()) for ink in _inks(font, letters))
        if tops:
            return tops[len(tops) // 2] / font.units_per_em
    return 0.45


def _inks(font: Font, letters: str) -> list[NDArray[np.float64]]:
    """Return the ink columns of those letters that the font draws."""
    glyphs = [glyph for glyph in map(font.nominal_glyph, letters) if glyph]
    return [ink for ink in map(font.columns, glyphs) if len(ink)]


def _measured_leading(font: Font, x_height: float) -> float:
    tops = [ink[:, 2].max() for ink in _inks(font, "dhlT")]
    bottoms = [ink[:, 1].min() for ink in _inks(font, "gpyf")]
    if not tops or not bottoms:
        return 3.1
    extent = float(max(tops) - min(bottoms)) / font.units_per_em / x_height
    return min(6.0, max(2.6, 1.05 * extent))


def _measured_stem(font: Font, x_height: float) -> float:
    """Return the usual width of a stroke, x-heights: twice its area by its outline's length."""
    found = []
    for glyph in filter(None, map(font.nominal_glyph, "linouvk")):
        curves = font.outline(glyph).curves
        a, c = curves[:, 0], curves[:, 2]
        area = abs(float((a[:, 0] * c[:, 1] - c[:, 0] * a[:, 1]).sum())) / 2
        length = float(((c - a) ** 2).sum(axis=1).__pow__(0.5).sum())
        found.append(2 * area / max(length, 1.0) / font.units_per_em / x_height)
    stem = sorted(found)[len(found) // 2] if found else 0.13
    return min(0.4, max(0.03, stem))


def _measured_joins(font: Font) -> Joined:
    """Tell by the ink of common pairs whether letters touch: most, some or none of them."""
    touching = 0
    for pair in _JOIN_SAMPLES:
        inks = _inks(font, pair)
        if len(inks) < 2:
            continue
        ink_end = inks[0][-1, 0] + font.column_width
        ink_start = font.advance(font.nominal_glyph(pair[0])) + inks[1][0, 0]
        touching += bool(ink_end >= ink_start)
    share = touching / len(_JOIN_SAMPLES)
    return "fully" if share > 0.8 else "partly" if share > 0.35 else "no"
