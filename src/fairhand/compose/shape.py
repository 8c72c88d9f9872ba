"""Words to shaped units: bidirectional levels, shaping, and where a line may break.

A unit is what no line break and no change of direction divides. Levels follow UAX 9
(`bidi`), break opportunities inside words UAX 14 (uniseg).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from fairhand.compose.bidi import embedding_levels, may_run_right_to_left
from fairhand.compose.division import SOFT_HYPHEN, is_address, pieces
from fairhand.compose.page import ShapedWord
from fairhand.compose.ties import is_tied
from fairhand.note.characters import is_ideographic, is_seam

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairhand.hand.font import ShapedGlyph
    from fairhand.hand.hand import Hand
    from fairhand.note.language import Language

_MOST_WORDS, _MOST_LINES = 3_000, 500
"""So much is kept at most, so that a merge of any length needs bounded memory."""

_LEAST_VISIBLE_GAP = 1.0
_BODY_LOW, _BODY_HIGH = -0.15, 1.25
"""The zone, in x-heights, whose ink the eye takes for the ends of a word."""

_HYPHEN_CLEAR = 0.12
"""Least distance of a hyphen's ink from the next letter's, x-heights."""

_SEAM_EM = 0.25
"""The gap between ideographs and Latin letters or figures where none is typed (JLREQ 3.2.6)."""

_OPENING_MARKS = "（「『【〔〈《［｛"
_AFTER_MARKS = (
    ("。！？．", 0.4),
    ("、，：；", 0.3),
    ("）」』】〕〉》］｝・", 0.2),
    (_OPENING_MARKS, 0.2),
)
"""What is left of the blank beside full-width marks, em of their square."""

_BESIDE_MARK = 0.1
_BESIDE_QUOTE = 0.2
_QUOTES = "“”‘’"
_WIDER = 0.05
"""What is added between letters that are kept apart, x-heights."""

_HYPHENS = f"-{SOFT_HYPHEN}–—"


@dataclass(frozen=True, slots=True)
class Unit:
    """A shaped piece; `spaced`: a space follows; `may_break`: a line may end after it.

    `level` is the piece's embedding level, `space_level` that of the space; `address` tells
    that it is of a web or mail address, in which a hyphen would mislead; `square` that no
    space follows though a line may end after it as after a word, as between ideographs.
    """

    shaped: ShapedWord
    level: int
    spaced: bool
    may_break: bool
    tied: bool = False
    space_level: int = 0
    address: bool = False
    square: bool = False


@lru_cache(maxsize=16)
def shaper_for(hand: Hand, language: Language, apart: float = 0.0) -> Shaper:
    """Return the shaper of a hand and a language, which keeps what it has shaped.

    In a merge nearly every word has come before, and nearly every paragraph.
    """
    return Shaper(hand, language, apart)


class Shaper:
    """Shapes words in one hand; every word is shaped once, and every line while it is kept."""

    def __init__(self, hand: Hand, language: Language, apart: float = 0.0) -> None:
        """Take the hand and the language that rules its local forms and its ties.

        `apart` is the least room between the inks of unjoined letters, x-heights.
        """
        self.hand = hand
        self.language = language
        self._apart = apart
        self._words: dict[tuple[str, bool], ShapedWord] = {}
        self._lines: dict[tuple[str, bool], tuple[Unit, ...]] = {}
        self._pairs: dict[tuple[str, str], list[Unit]] = {}

    def word(self, text: str, *, rtl: bool = False) -> ShapedWord:
        """Shape a run of one direction by itself, so that no other word can change it."""
        key = (text, rtl)
        shaped = self._words.get(key)
        if shaped is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            shaped = self._words[key] = shape_word(
                self.hand, text, rtl, self.language.tag, self._apart
            )
        return shaped

    def units(self, line: str, *, rtl: bool) -> tuple[Unit, ...]:
        """Shape one paragraph (or one hard line of it) into units, in logical order."""
        units = self._lines.get((line, rtl))
        if units is None:
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            units = self._lines[line, rtl] = tuple(self._shaped_units(line, rtl=rtl))
        return units

    def _shaped_units(self, line: str, *, rtl: bool) -> list[Unit]:
        words = [word for word in line.split(" ") if word]
        text = " ".join(words)
        units: list[Unit] = []
        if not rtl and not may_run_right_to_left(text):
            for word, after in pairwise([*words, ""]):
                units += self._plain_units(word, after)
        else:
            levels = [*embedding_levels(text, rtl=rtl), int(rtl)]
            start = 0
            for word, after in pairwise([*words, ""]):
                end = start + len(word) + 1
                units += self._word_units(word, after, levels[start:end])
                start = end
        if units:
            units[-1] = replace(units[-1], spaced=False)
        return units

    def _plain_units(self, word: str, after: str) -> list[Unit]:
        """Return the units of a word that runs from left to right, as its whole line does."""
        key = (word, after)
        units = self._pairs.get(key)
        if units is None:
            if len(self._pairs) >= _MOST_WORDS:
                self._pairs.clear()
            units = self._pairs[key] = self._word_units(word, after, [0] * (len(word) + 1))
        return units

    def _word_units(self, word: str, after: str, levels: list[int]) -> list[Unit]:
        """Shape a word; `levels` are those of its characters and of the space after it."""
        tied = bool(after) and is_tied(word, after, self.language)
        parts = pieces(word)
        address = is_address(word)
        units: list[Unit] = []
        offset = 0
        for number, piece in enumerate(parts):
            last_piece = number == len(parts) - 1
            runs = _runs(piece, levels[offset : offset + len(piece)])
            for index, (text, level) in enumerate(runs):
                ends = index == len(runs) - 1
                last = last_piece and ends
                around = text[-1] + ("" if last_piece else parts[number + 1][0])
                units.append(
                    Unit(
                        self.word(text, rtl=level % 2 == 1),
                        level,
                        spaced=last,
                        may_break=ends,
                        tied=last and tied,
                        space_level=levels[-1],
                        address=address,
                        square=ends and not last and any(map(is_ideographic, around)),
                    )
                )
            offset += len(piece)
        return units


def shape_word(
    hand: Hand, text: str, rtl: bool, language_tag: str, apart: float = 0.0
) -> ShapedWord:
    """Shape a run and measure its ink; widths and columns are in em.

    Unjoined letters are put `apart` by so many x-heights at least.
    """
    font = hand.font
    em = float(font.units_per_em)
    glyphs = _clear_of_hyphens(font.shape(text, rtl=rtl, language=language_tag), hand)
    if is_ideographic(text[-1]) or is_ideographic(text[0]):
        glyphs = _closed_up(glyphs, hand)
    if apart:
        glyphs = _kept_apart(glyphs, hand, apart)
    x = 0
    inks, counts, moves = [], [], []
    for glyph in glyphs:
        ink = font.columns(glyph.glyph)
        if len(ink):
            inks.append(ink)
            counts.append(len(ink))
            moves.append((x + glyph.dx, glyph.dy, glyph.dy))
        x += glyph.advance
    columns = np.zeros((0, 3))
    if inks:
        columns = (np.concatenate(inks) + np.repeat(np.array(moves), counts, axis=0)) / em
    column_em = font.column_width / em
    ink_left = float(columns[:, 0].min()) if inks else 0.0
    ink_right = float(columns[:, 0].max()) + column_em if inks else x / em
    low, high = _BODY_LOW * hand.x_height_em, _BODY_HIGH * hand.x_height_em
    body = columns[(columns[:, 1] < high) & (columns[:, 2] > low)]
    spelled = [glyph.text for glyph in (reversed(glyphs) if rtl else glyphs)]
    return ShapedWord(
        text=text,
        rtl=rtl,
        glyphs=glyphs,
        width_em=x / em,
        ink_left_em=ink_left,
        ink_right_em=ink_right,
        body_left_em=float(body[:, 0].min()) if len(body) else ink_left,
        body_right_em=float(body[:, 0].max()) + column_em if len(body) else ink_right,
        columns=columns,
        column_em=column_em,
        plain="".join(spelled) == text and all(spelled),
    )


def _clear_of_hyphens(glyphs: tuple[ShapedGlyph, ...], hand: Hand) -> tuple[ShapedGlyph, ...]:
    """Make room about a hyphen that a neighbour's lead-in or exit stroke would cover."""
    if not any(glyph.text in _HYPHENS for glyph in glyphs if glyph.text):
        return glyphs
    font = hand.font
    cleared = list(glyphs)
    for index, (glyph, after) in enumerate(pairwise(glyphs)):
        ink, next_ink = font.columns(glyph.glyph), font.columns(after.glyph)
        hyphen = any(g.text and g.text in _HYPHENS for g in (glyph, after))
        if hyphen and len(ink) and len(next_ink):
            end = float(ink[:, 0].max()) + font.column_width
            start = glyph.advance + float(next_ink[:, 0].min())
            wanted = end + _HYPHEN_CLEAR * hand.x_height_em * font.units_per_em
            if start < wanted:
                cleared[index] = glyph._replace(advance=glyph.advance + round(wanted - start))
    return tuple(cleared)


def _kept_apart(
    glyphs: tuple[ShapedGlyph, ...], hand: Hand, apart: float
) -> tuple[ShapedGlyph, ...]:
    """Set letters that do not join a little wider, their inks so many x-heights apart at least."""
    font = hand.font
    x_height = hand.x_height_em * font.units_per_em
    least, even = apart * x_height, _WIDER * x_height
    kept = list(glyphs)
    standing = [number for number, glyph in enumerate(glyphs) if glyph.advance]
    for number, after in pairwise(standing):
        one, other = glyphs[number], glyphs[after]
        if hand.data.joined != "no" or font.joins(one.glyph) or font.joins(other.glyph):
            continue
        ink = font.columns(one.glyph) + np.array([one.dx, one.dy, one.dy])
        next_ink = font.columns(other.glyph) + np.array([other.dx, other.dy, other.dy])
        level = (ink[:, None, 1] - least < next_ink[None, :, 2]) & (
            next_ink[None, :, 1] < ink[:, None, 2] + least
        )
        if level.any():
            between = next_ink[None, :, 0] - ink[:, None, 0] - font.column_width
            gap = one.advance + float(between[level].min())
            more = max(even, least - gap)
            kept[number] = one._replace(advance=one.advance + round(more))
    return tuple(kept)


def _closed_up(glyphs: tuple[ShapedGlyph, ...], hand: Hand) -> tuple[ShapedGlyph, ...]:
    """Take the blank half of a full-width mark's square away: a pen does not leave it."""
    font = hand.font
    closed = []
    for glyph in glyphs:
        room = next((after for marks, after in _AFTER_MARKS if glyph.text in marks), 0.0)
        ink = font.columns(glyph.glyph)
        if room and glyph.text and len(ink):
            left, right = float(ink[:, 0].min()), float(ink[:, 0].max()) + font.column_width
            opening = glyph.text in _OPENING_MARKS
            start = min(left, (room if opening else _BESIDE_MARK) * font.units_per_em)
            end = min(
                float(glyph.advance) - right,
                (_BESIDE_MARK if opening else room) * font.units_per_em,
            )
            moved = round(start - left)
            advance = round(start + (right - left) + max(0.0, end))
            glyph = glyph._replace(dx=glyph.dx + moved, advance=advance)
        closed.append(glyph)
    return tuple(closed)


def merged(units: Sequence[Unit], shaper: Shaper) -> list[Unit]:
    """Return a line's units with the pieces of each word that stand side by side made one.

    What is one word to the eye is so for a reader of the file too. Pieces of different
    directions stay apart, and so do ideographs, which are words of their own.
    """
    result: list[Unit] = []
    for unit in units:
        if result and _is_one_word(result[-1], unit):
            text = result[-1].shaped.text.removesuffix(SOFT_HYPHEN) + unit.shaped.text
            result[-1] = replace(unit, shaped=shaper.word(text, rtl=unit.level % 2 == 1))
        else:
            result.append(unit)
    return result


def _is_one_word(unit: Unit, after: Unit) -> bool:
    if unit.spaced or unit.level != after.level:
        return False
    return not any(map(is_ideographic, (unit.shaped.text[-1], after.shaped.text[0])))


def gap_after(unit: Unit, after: Unit, hand: Hand) -> float:
    """Return the space between two units, em: the hand's own, or more where ink would meet.

    Swashes and lead-in strokes reach into the space; what the eye sees is the gap between
    inks, and words whose inks are nearer than an x-height read as one.
    """
    left, right = (after, unit) if after.level % 2 and unit.level % 2 else (unit, after)
    bearings = (left.shaped.width_em - left.shaped.body_right_em) + right.shaped.body_left_em
    if not unit.spaced:
        around = unit.shaped.text[-1], after.shaped.text[0]
        wished = _SEAM_EM if is_seam(*around) else 0.0
        if unit.square and any(character in _QUOTES for character in around):
            wished = _BESIDE_QUOTE
        if wished:
            blank = left.shaped.width_em - left.shaped.ink_right_em + right.shaped.ink_left_em
            return max(0.0, wished - blank)
        hyphen = unit.shaped.text[-1:] in _HYPHENS
        return max(0.0, _HYPHEN_CLEAR * hand.x_height_em - bearings) if hyphen else 0.0
    return max(hand.space_em, _LEAST_VISIBLE_GAP * hand.x_height_em - bearings)


def _runs(piece: str, levels: list[int]) -> list[tuple[str, int]]:
    """Divide a piece where its direction changes, and where ideographs meet other letters."""
    runs: list[tuple[str, int]] = []
    for character, level in zip(piece, levels, strict=True):
        if runs and runs[-1][1] == level and not is_seam(runs[-1][0][-1], character):
            runs[-1] = (runs[-1][0] + character, level)
        else:
            runs.append((character, level))
    return runs
