"""A hand's font through HarfBuzz: shaping, coverage, outlines. Unit: font units."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import uharfbuzz

from fairhand.catalog import read_at_most
from fairhand.errors import InputError
from fairhand.hand.outline import Outline, columns, draw_outline, moved_outline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from fairhand.hand.model import Reshape

_LARGEST_FILE = 100_000_000
_COLUMN_EM = 0.04
_MOST_EM, _MOST_UNITS = 12, 30_000
"""How far from its origin a glyph may reach: no writing does; TrueType's numbers end there."""

_MOST_RUNS, _MOST_TEXTS = 2_000, 500
"""So many are kept, for a merge brings new names without end."""


class ShapedGlyph(NamedTuple):
    """A glyph in visual order; `text` is what it stands for, empty if another carries it."""

    glyph: int
    advance: int
    dx: int
    dy: int
    text: str


class Font:
    """One font file. Shaped runs, outlines and ink columns are kept once asked for."""

    def __init__(
        self,
        data: bytes,
        features: Mapping[str, bool],
        spelling: Mapping[str, str],
        glyphs: Mapping[str, str],
        reshape: Mapping[str, Reshape],
        x_height_em: float,
        apart: Sequence[str] = (),
    ) -> None:
        """Open a font from its bytes; InputError when it is none.

        `reshape` is by character, in x-heights. Letters that are `apart` make no ligature.
        """
        blob = uharfbuzz.Blob(data)
        face = uharfbuzz.Face(blob)
        if face.glyph_count == 0 or data[:4] not in _SIGNATURES:
            raise InputError("This is not a TrueType or OpenType font.")
        self.units_per_em: int = face.upem
        self.digest = blake2b(data, digest_size=16).digest()
        self._font: Any = uharfbuzz.Font(face)
        self._features = {"kern": True, "liga": True, "calt": True, **features}
        self._apart = tuple(apart)
        # A hyphen at a line end of ours is a soft hyphen in the text and a hyphen on paper.
        self._spelling = {"\u00ad": "-", **spelling}
        self._instead = {
            self._font.glyph_from_string(old): self._font.glyph_from_string(new)
            for old, new in glyphs.items()
        }
        self._x_height = x_height_em * face.upem
        self._reshaped = {self.nominal_glyph(letter): how for letter, how in reshape.items()}
        self._joining: set[int] = set()
        self._runs: dict[tuple[str, bool, str], tuple[ShapedGlyph, ...]] = {}
        self._outlines: dict[int, Outline] = {}
        self._columns: dict[int, NDArray[np.float64]] = {}
        self._advances: dict[int, int] = {}
        self._covered: dict[str, bool] = {}
        self._always_covered: set[str] = set()
        self._drawable: set[str] = set()

    @classmethod
    def open(
        cls,
        path: Path,
        features: Mapping[str, bool],
        spelling: Mapping[str, str],
        glyphs: Mapping[str, str],
        reshape: Mapping[str, Reshape] | None = None,
        x_height_em: float = 1.0,
        apart: Sequence[str] = (),
    ) -> Font:
        """Open a font file; InputError when it is missing or no font."""
        try:
            data = read_at_most(path, _LARGEST_FILE)
        except FileNotFoundError:
            raise InputError(f'There is no font file "{path}".') from None
        except OSError as error:
            raise InputError(f'The font "{path}" cannot be read: {error.strerror}.') from None
        try:
            return cls(data, features, spelling, glyphs, reshape or {}, x_height_em, apart)
        except InputError:
            raise InputError(
                f'"{path}" is not a TrueType or OpenType font.',
                hint="Name a .ttf or .otf file, or one of the bundled hands.",
            ) from None

    def shape(self, text: str, *, rtl: bool, language: str) -> tuple[ShapedGlyph, ...]:
        """Shape a run of one direction, with the font's own features, in visual order."""
        key = (text, rtl, language)
        run = self._runs.get(key)
        if run is None:
            if len(self._runs) >= _MOST_RUNS:
                self._runs.clear()
            run = self._runs[key] = self._shape(text, rtl=rtl, language=language)
        return run

    def _shape(self, text: str, *, rtl: bool, language: str) -> tuple[ShapedGlyph, ...]:
        spelled, origin = self._spelled(text)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(spelled)
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.guess_segment_properties()
        buffer.language = language
        uharfbuzz.shape(self._font, buffer, self._features_of(spelled))
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        clusters = [*sorted({info.cluster for info in infos}), len(spelled)]
        text_of = {
            start: text[origin[start] : origin[end] if end < len(spelled) else len(text)]
            for start, end in pairwise(clusters)
        }
        members: dict[int, list[int]] = {}
        for index, info in enumerate(infos):
            members.setdefault(info.cluster, []).append(index)
        if _JOINING_SCRIPTS.search(text):
            self._joining.update(info.codepoint for info in infos)
        texts = [""] * len(infos)
        for cluster, indices in members.items():
            whole = text_of[cluster]
            logical = list(reversed(indices)) if rtl else indices
            if len(indices) == len(whole) > 1:
                for index, character in zip(logical, whole, strict=True):
                    texts[index] = character
            else:
                texts[logical[0]] = whole
        return tuple(
            self._mended(ShapedGlyph(i.codepoint, p.x_advance, p.x_offset, p.y_offset, t))
            for i, p, t in zip(infos, positions, texts, strict=True)
        )

    def _features_of(self, text: str) -> Mapping[str, Any]:
        """Return the features of a run: no ligature where letters are to stand apart."""
        places = [
            (found.start(), found.start() + len(letters), False)
            for letters in self._apart
            for found in re.finditer(re.escape(letters), text)
        ]
        return {**self._features, "liga": [(0, len(text), True), *places]} if places else (
            self._features)  # fmt: skip

    def _mended(self, glyph: ShapedGlyph) -> ShapedGlyph:
        """Return what is drawn for a glyph that misleads or is reshaped, with its own width."""
        drawn = self._instead.get(glyph.glyph, glyph.glyph)
        if drawn == glyph.glyph and drawn not in self._reshaped:
            return glyph
        wider = self.advance(drawn) - int(self._font.get_glyph_h_advance(glyph.glyph))
        return glyph._replace(glyph=drawn, advance=glyph.advance + wider)

    def _spelled(self, text: str) -> tuple[str, list[int]]:
        if not any(character in self._spelling for character in text):
            return text, list(range(len(text)))
        out: list[str] = []
        origin: list[int] = []
        for index, character in enumerate(text):
            for drawn in self._spelling.get(character, character):
                out.append(drawn)
                origin.append(index)
        return "".join(out), origin

    def joins(self, glyph: int) -> bool:
        """Tell whether a glyph is one of a script whose letters hang together by nature."""
        return glyph in self._joining

    def missing(self, text: str) -> list[str]:
        """Return the letters (with their accents) that this font cannot draw, each once.

        A glyph without ink counts as missing: several fonts have empty ones. So does an accent
        for which the font has no place on that letter: it would stand beside it.
        """
        # Most texts have nothing new or have come before, and this takes no time for those.
        if text in self._drawable:
            return []
        if self._always_covered.issuperset(text):
            if len(self._drawable) >= _MOST_TEXTS:
                self._drawable.clear()
            self._drawable.add(text)
            return []
        found: list[str] = []
        for letter in dict.fromkeys(_letters(text)):
            covered = self._covered.get(letter)
            if covered is None:
                covered = self._covered[letter] = self._covers(letter)
                if covered and len(letter) == 1 and not _is_part_of_a_letter(letter):
                    self._always_covered.add(letter)
            if not covered:
                found.append(letter)
        return found

    def _covers(self, letter: str) -> bool:
        if letter.isspace():
            return True
        rtl = unicodedata.bidirectional(letter[0]) in ("R", "AL")
        run = self._shape(letter, rtl=rtl, language="en")
        if any(glyph.glyph == 0 for glyph in run):
            return False
        inked = [glyph for glyph in run if self.outline(glyph.glyph).inked]
        standing = sum((glyph.dx, glyph.dy) == (0, 0) for glyph in inked)
        # One glyph may stand by itself, the letter; a mark that does has no place on it.
        return bool(inked) and (standing <= 1 or not any(map(_goes_by_anchors, letter[1:])))

    def advance(self, glyph: int) -> int:
        """Return a glyph's own advance, before kerning."""
        value = self._advances.get(glyph)
        if value is None:
            value = self._font.get_glyph_h_advance(glyph)
            how = self._reshaped.get(glyph)
            if how:
                value = round(value * how.width + (how.before + how.after) * self._x_height)
            self._advances[glyph] = value
        return value

    def space_advance(self) -> int:
        """Return the advance of the space; a quarter em when the font has none."""
        glyph = self._font.get_nominal_glyph(0x20)
        return self.advance(glyph) if glyph else self.units_per_em // 4

    def outline(self, glyph: int) -> Outline:
        """Return a glyph's outline; InputError when it is of no size that can be written."""
        outline = self._outlines.get(glyph)
        if outline is None:
            outline = draw_outline(self._font, glyph, self.units_per_em)
            most = min(_MOST_EM * self.units_per_em, _MOST_UNITS)
            if outline.inked and not abs(outline.curves).max() <= most:
                raise InputError(
                    "The font is damaged: it draws letters of no size that can be written.",
                    hint="Name another font, or one of the bundled hands.",
                )
            how = self._reshaped.get(glyph)
            if how:
                place = (how.before * self._x_height, how.up * self._x_height)
                outline = moved_outline(outline, (how.width, how.height), place)
            self._outlines[glyph] = outline
        return outline

    def columns(self, glyph: int) -> NDArray[np.float64]:
        """Return a glyph's ink columns, 0.04 em wide: rows of (left, lowest, highest)."""
        found = self._columns.get(glyph)
        if found is None:
            found = columns(self.outline(glyph), _COLUMN_EM * self.units_per_em)
            self._columns[glyph] = found
        return found

    @property
    def column_width(self) -> float:
        """Width of an ink column."""
        return _COLUMN_EM * self.units_per_em

    def nominal_glyph(self, character: str) -> int:
        """Return the glyph of a character, 0 when there is none."""
        return self._font.get_nominal_glyph(ord(character)) or 0


_JOINING_SCRIPTS = re.compile(r"[\u0600-\u07bf\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc]")
_FIRST_CLASS_WITH_ANCHORS = 10
_MOST_RUNS = 10_000
"""So many shaped runs are kept at most, so that a merge of any length needs bounded memory."""

_SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")


def _goes_by_anchors(character: str) -> bool:
    """Tell whether fonts place a mark by anchors; those of Indic scripts have other ways."""
    return unicodedata.combining(character) >= _FIRST_CLASS_WITH_ANCHORS


def _is_part_of_a_letter(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


def _letters(text: str) -> list[str]:
    if text.isascii():
        return list(text)
    letters: list[str] = []
    for character in text:
        if letters and _is_part_of_a_letter(character):
            letters[-1] += character
        else:
            letters.append(character)
    return letters
