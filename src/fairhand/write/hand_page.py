"""Write a composed page: sum the effects, settle the words, deal out the forms."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from fairhand.art.drawing import line
from fairhand.geometry import Affine
from fairhand.write.baseline import baseline
from fairhand.write.closing import closing
from fairhand.write.forms import choose_forms
from fairhand.write.gap import gap
from fairhand.write.hurry import hurry
from fairhand.write.lean import lean
from fairhand.write.margin import margin
from fairhand.write.motion import Motion, total
from fairhand.write.page import WrittenLine, WrittenPage, WrittenWord
from fairhand.write.pitch import pitch
from fairhand.write.pressure import pressure
from fairhand.write.settle import settled_words
from fairhand.write.size import size
from fairhand.write.slope import slope
from fairhand.write.tone import tone
from fairhand.write.view import PageView, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fairhand.art.drawing import Shape
    from fairhand.compose.page import ComposedPage
    from fairhand.hand.hand import Hand
    from fairhand.stationery.model import Ink, Pen

EFFECTS: Final[dict[str, Callable[[PageView], Motion]]] = {
    "margin": margin,
    "pitch": pitch,
    "slope": slope,
    "baseline": baseline,
    "gap": gap,
    "lean": lean,
    "size": size,
    "hurry": hurry,
    "closing": closing,
    "pressure": pressure,
    "tone": tone,
}
"""Every kind of variation of lines and words, by the key of its amount in `hand.toml`; letters
vary by their forms."""

# Named tuples without the detour by their names: a merge makes millions of them.
_AFFINE: Final = cast("Callable[[Iterable[float]], Affine]", partial(tuple.__new__, Affine))
_WORD: Final = cast(
    "Callable[[Iterable[object]], WrittenWord]", partial(tuple.__new__, WrittenWord)
)

_KEY_BITS = np.uint64(40)
_CALMER = (1.0, 0.75, 0.5, 0.25)

_THINNEST, _HEAVIEST = -0.25, 0.6
"""How much thinner or heavier than drawn a font's strokes may become, shares of its own."""

_LEAST_LEFT = 0.6
"""What is left of a stroke's width at least, with a thin pen where it presses least."""

_WEIGHT_STEP = 0.06
"""Words differ in weight by steps of this share, so that a document has few outlines."""

_TONES = 32
_MOST_PALE = 0.45
"""However dry the pen, words stay legible."""


def write_page(
    page: ComposedPage, hand: Hand, ink: Ink, pen: Pen, seed: str, strength: float
) -> WrittenPage:
    """Write a page by hand: `strength` 1 as people vary, 0 exactly as composed, as type always is.

    Where a page is too full for so much motion it is written more calmly, never outside
    the safe area and never with lines that touch.
    """
    lines: list[WrittenLine] = []
    if hand.data.kind == "type":
        strength = 0.0
    if any(line.words for line in page.lines):
        lines, strength = _written(page, hand, pen, seed, strength)
    return WrittenPage(
        page.name, page.size, page.safe, tuple(lines), _rules(page), hand, ink, strength
    )


def _written(
    page: ComposedPage, hand: Hand, pen: Pen, seed: str, strength: float
) -> tuple[list[WrittenLine], float]:
    """Return the lines and the strength at which they could be written."""
    seen = view(page, pen, seed, tuple(EFFECTS))
    stem = hand.data.stem
    pen_weight = _pen_weight(page, hand, pen)
    count = len(seen.line_of)
    matrices = None
    motion = Motion().spread(len(page.lines), count)
    heavier = np.zeros(count)
    if strength > 0:
        manner = hand.data.manner
        wished = total([(effect(seen), getattr(manner, name)) for name, effect in EFFECTS.items()])
        motion = wished.scaled(strength).spread(len(page.lines), count)
        heavier = _stepped(motion)
        heaviest = pen_weight + stem * max(0.0, float(heavier.max()))
        for calm in _CALMER:
            calmer = motion if calm == 1.0 else motion.scaled(calm)
            matrices = settled_words(page, seen, calmer, strength, heaviest)
            if matrices is not None:
                break
    if matrices is None:
        strength = 0.0
        matrices = [
            [em, 0.0, 0.0, em, x, y]
            for em, x, y in zip(
                seen.em.tolist(), seen.x.tolist(), seen.y[seen.line_of].tolist(), strict=True
            )
        ]
        motion, heavier = Motion().spread(len(page.lines), count), np.zeros(count)
    weights = np.maximum(pen_weight + stem * heavier, _LEAST_LEFT * stem - stem)
    weights = np.round(weights, 5).tolist()
    pale: Any = motion.pale
    tones = (1.0 - np.round(np.minimum(pale, _MOST_PALE) * _TONES) / _TONES).tolist()
    composed = [word for line in page.lines for word in line.words]
    shaped = [word.shaped for word in composed]
    if strength > 0:
        forms = choose_forms(page.lines, shaped, (seen.word_keys >> _KEY_BITS).view(np.int64))
    else:
        forms = [(0,) * len(word.glyphs) for word in shaped]
    spaced = [word.spaced for word in composed]
    words = map(
        _WORD, zip(shaped, forms, map(_AFFINE, matrices), spaced, weights, tones, strict=True)
    )
    lines = [WrittenLine(tuple(islice(words, len(line.words)))) for line in page.lines]
    return lines, strength


def _pen_weight(page: ComposedPage, hand: Hand, pen: Pen) -> float:
    """Return what the pen adds to the width of the font's strokes, x-heights.

    The pen's line is as wide on every card; the font's grows with the writing. It follows
    the pen as far as its drawing bears it.
    """
    if hand.data.kind == "type":
        return 0.0
    x_height = page.x_height_em * max(line.size for line in page.lines if line.words)
    stem = hand.data.stem
    return min(max(pen.width / x_height - stem, _THINNEST * stem), _HEAVIEST * stem)


def _stepped(motion: Motion) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return words' weights in steps, as shares of the stem."""
    weight: Any = motion.weight
    stepped: np.ndarray[Any, np.dtype[np.float64]] = (
        np.round(np.minimum(weight, _HEAVIEST) / _WEIGHT_STEP) * _WEIGHT_STEP
    )
    return stepped


def _rules(page: ComposedPage) -> tuple[Shape, ...]:
    if page.rule_ink is None:
        return ()
    return tuple(
        line(page.block.left, y, page.block.right, y, page.rule_ink, page.rule_width)
        for y in page.rules
    )
