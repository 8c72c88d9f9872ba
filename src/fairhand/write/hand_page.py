"""Write a composed page: sum the effects, settle the words, deal out the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairhand.geometry import Affine
from fairhand.write.baseline import baseline
from fairhand.write.forms import choose_forms
from fairhand.write.gap import gap
from fairhand.write.lean import lean
from fairhand.write.margin import margin
from fairhand.write.motion import Motion, PageView, view
from fairhand.write.page import Rule, WrittenLine, WrittenPage, WrittenWord
from fairhand.write.pitch import pitch
from fairhand.write.settle import settled_words, spread
from fairhand.write.size import size

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairhand.compose.page import ComposedPage
    from fairhand.hand.hand import Hand
    from fairhand.stationery.model import Ink

EFFECTS: Final[dict[str, Callable[[PageView], Motion]]] = {
    "margin": margin,
    "pitch": pitch,
    "baseline": baseline,
    "gap": gap,
    "lean": lean,
    "size": size,
}
"""Every kind of variation of lines and words; letters vary by their forms."""

_CALMER = (1.0, 0.75, 0.5, 0.25)


def write_page(page: ComposedPage, hand: Hand, ink: Ink, seed: str, strength: float) -> WrittenPage:
    """Write a page by hand: `strength` 1 as people vary, 0 exactly as composed.

    Where a page is too full for so much motion it is written more calmly, never outside
    the safe area and never with lines that touch.
    """
    lively = strength * hand.data.manner.liveliness
    seen = view(page, seed)
    wished = Motion()
    if strength > 0:
        for effect in EFFECTS.values():
            wished = wished + effect(seen)
    matrices = None
    forms_strength = 0.0
    for calm in _CALMER if strength > 0 else ():
        motion = spread(wished.scaled(lively * calm), len(page.lines), len(seen.line_of))
        matrices = settled_words(page, motion, strength)
        if matrices is not None:
            forms_strength = strength
            break
    if matrices is None:
        matrices = _as_composed(page)
    lines = []
    for number, (line, places) in enumerate(zip(page.lines, matrices, strict=True)):
        if forms_strength > 0:
            forms = choose_forms(line, number, seed)
        else:
            forms = [(0,) * len(word.shaped.glyphs) for word in line.words]
        lines.append(
            WrittenLine(
                tuple(
                    WrittenWord(word.shaped, form, matrix, word.spaced)
                    for word, form, matrix in zip(line.words, forms, places, strict=True)
                )
            )
        )
    return WrittenPage(
        page.name, page.size, page.safe, tuple(lines), _rules(page), hand, ink, forms_strength
    )


def _as_composed(page: ComposedPage) -> list[list[Affine]]:
    return [
        [Affine(line.size, 0.0, 0.0, line.size, word.x, line.y) for word in line.words]
        for line in page.lines
    ]


def _rules(page: ComposedPage) -> tuple[Rule, ...]:
    if page.rule_ink is None:
        return ()
    return tuple(
        Rule(page.block.left, page.block.right, y, page.rule_width, page.rule_ink)
        for y in page.rules
    )
