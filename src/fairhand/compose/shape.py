"""Words to shaped units: bidirectional levels, shaping, and where a line may break.

A unit is what no line break and no change of direction divides. Levels follow UAX 9
(`bidi`), break opportunities inside words UAX 14 (uniseg).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from fairhand.compose.bidi import embedding_levels
from fairhand.compose.page import ShapedWord
from fairhand.compose.ties import tied_after

if TYPE_CHECKING:
    from fairhand.hand.font import ShapedGlyph
    from fairhand.hand.hand import Hand
    from fairhand.note.language import Language

_LEAST_VISIBLE_GAP = 1.0
_BODY_LOW, _BODY_HIGH = -0.15, 1.25
"""The zone, in x-heights, whose ink the eye takes for the ends of a word."""

_HYPHEN_CLEAR = 0.12
"""Least distance of a hyphen's ink from the next letter's, x-heights."""

_HYPHENS = "-\u00ad\u2013\u2014"
_ONE_PIECE = re.compile(r"^[^\W\d_]+[.,;:!?]?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A shaped piece; `spaced`: a space follows; `may_break`: a line may end after it.

    `level` is the piece's embedding level, `space_level` that of the space.
    """

    shaped: ShapedWord
    level: int
    spaced: bool
    may_break: bool
    tied: bool = False
    space_level: int = 0


class Shaper:
    """Shapes the words of one note in one hand; every word is shaped once."""

    def __init__(self, hand: Hand, language: Language) -> None:
        """Take the hand and the language that rules its local forms and its ties."""
        self.hand = hand
        self.language = language
        self._words: dict[tuple[str, bool], ShapedWord] = {}

    def word(self, text: str, *, rtl: bool = False) -> ShapedWord:
        """Shape a run of one direction by itself, so that no other word can change it."""
        key = (text, rtl)
        shaped = self._words.get(key)
        if shaped is None:
            shaped = self._words[key] = shape_word(self.hand, text, rtl, self.language.tag)
        return shaped

    def units(self, line: str, *, rtl: bool) -> list[Unit]:
        """Shape one paragraph (or one hard line of it) into units, in logical order."""
        words = [word for word in line.split(" ") if word]
        levels = [*embedding_levels(" ".join(words), rtl=rtl), int(rtl)]
        ties = tied_after(words, self.language)
        units: list[Unit] = []
        start = 0
        for word, tied in zip(words, ties, strict=True):
            pieces = _pieces(word)
            offset = start
            for number, piece in enumerate(pieces):
                last_piece = number == len(pieces) - 1
                runs = _runs(piece, levels[offset : offset + len(piece)])
                for index, (text, level) in enumerate(runs):
                    last = last_piece and index == len(runs) - 1
                    units.append(
                        Unit(
                            self.word(text, rtl=level % 2 == 1),
                            level,
                            spaced=last,
                            may_break=index == len(runs) - 1,
                            tied=last and tied,
                            space_level=levels[start + len(word)],
                        )
                    )
                offset += len(piece)
            start += len(word) + 1
        if units:
            units[-1] = replace(units[-1], spaced=False)
        return units


def shape_word(hand: Hand, text: str, rtl: bool, language_tag: str) -> ShapedWord:
    """Shape a run and measure its ink; widths and columns are in em."""
    font = hand.font
    em = float(font.units_per_em)
    glyphs = _clear_of_hyphens(font.shape(text, rtl=rtl, language=language_tag), hand)
    x = 0
    rows = []
    for glyph in glyphs:
        ink = font.columns(glyph.glyph)
        if len(ink):
            rows.append(ink + np.array([x + glyph.dx, glyph.dy, glyph.dy]))
        x += glyph.advance
    columns = np.concatenate(rows) / em if rows else np.zeros((0, 3))
    column_em = font.column_width / em
    ink_left = float(columns[:, 0].min()) if rows else 0.0
    ink_right = float(columns[:, 0].max()) + column_em if rows else x / em
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


def gap_after(unit: Unit, after: Unit, hand: Hand) -> float:
    """Return the space between two units, em: the hand's own, or more where ink would meet.

    Swashes and lead-in strokes reach into the space; what the eye sees is the gap between
    inks, and words whose inks are nearer than an x-height read as one.
    """
    left, right = (after, unit) if after.level % 2 and unit.level % 2 else (unit, after)
    bearings = (left.shaped.width_em - left.shaped.body_right_em) + right.shaped.body_left_em
    if not unit.spaced:
        hyphen = unit.shaped.text[-1:] in _HYPHENS
        return max(0.0, _HYPHEN_CLEAR * hand.x_height_em - bearings) if hyphen else 0.0
    return max(hand.space_em, _LEAST_VISIBLE_GAP * hand.x_height_em - bearings)


def _runs(piece: str, levels: list[int]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for character, level in zip(piece, levels, strict=True):
        if runs and runs[-1][1] == level:
            runs[-1] = (runs[-1][0] + character, level)
        else:
            runs.append((character, level))
    return runs


def _pieces(word: str) -> list[str]:
    """Divide a word where UAX 14 lets a line end inside it: after a hyphen, between kanji."""
    if len(word) < 4 and word.isascii():
        return [word]
    if _ONE_PIECE.match(word) and ord(max(word)) < 0x0E00:
        return [word]
    from uniseg.linebreak import line_break_units

    pieces = [str(piece) for piece in line_break_units(word)]
    # A number keeps its sign, a hyphen its first two letters: "e-mail" is not "e-" and "mail".
    joined: list[str] = []
    for piece in pieces:
        if joined and (len(joined[-1]) < 3 or len(piece) < 2) and ord(max(piece)) < 0x2E80:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
