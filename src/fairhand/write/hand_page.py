"""Write composed pages: sum the effects, settle the words, deal out the forms.

What a page of a merge costs is not its hundred words, but what it takes to begin each of some
hundreds of array operations; so pages that are alike are written together, as one long page.
Each comes out as if it were alone.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, cast

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
from fairhand.write.pen_line import even_weight, pressed, tones, weights
from fairhand.write.pitch import pitch
from fairhand.write.pressure import pressure
from fairhand.write.settle import settled
from fairhand.write.size import size
from fairhand.write.slope import slope
from fairhand.write.tone import tone
from fairhand.write.view import PageView, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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

_TOGETHER = 32
"""So many pages are written at once: more would save little, and take memory."""

_KEPT = 24 * 2**20
"""Bytes: the arrays of so many pages, and more."""

_CALMER = (1.0, 0.75, 0.5, 0.25)

# Named tuples without the detour by their names: a merge makes millions of them.
_AFFINE: Final = cast("Callable[[Iterable[float]], Affine]", partial(tuple.__new__, Affine))
_WORD: Final = cast(
    "Callable[[Iterable[object]], WrittenWord]", partial(tuple.__new__, WrittenWord)
)


class Task(NamedTuple):
    """A page to be written by a hand; `strength` 1 as people vary, 0 exactly as composed."""

    page: ComposedPage
    hand: Hand
    ink: Ink
    pen: Pen
    seed: str
    strength: float


def write_page(
    page: ComposedPage, hand: Hand, ink: Ink, pen: Pen, seed: str, strength: float
) -> WrittenPage:
    """Write a page by hand: `strength` 1 as people vary, 0 exactly as composed, as type always is.

    Where a page is too full for so much motion it is written more calmly, never outside
    the safe area and never with lines that touch.
    """
    return write_pages([Task(page, hand, ink, pen, seed, strength)])[0]


def write_pages(tasks: Sequence[Task]) -> list[WrittenPage]:
    """Write pages as `write_page` does, and just the same; dozens at once cost a quarter."""
    if len(tasks) > 1:
        _keep_memory()
    lines: list[tuple[WrittenLine, ...] | None] = [None] * len(tasks)
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, task in enumerate(tasks):
        moves = task.strength > 0 and task.hand.data.kind != "type"
        if moves and any(line.words for line in task.page.lines):
            alike.setdefault(_kind(task), []).append(number)
    for numbers in alike.values():
        for first in range(0, len(numbers), _TOGETHER):
            left = numbers[first : first + _TOGETHER]
            for calm in _CALMER:
                for number, found in zip(left, _tried([tasks[n] for n in left], calm), strict=True):
                    lines[number] = found
                left = [number for number in left if lines[number] is None]
                if not left:
                    break
    return [
        _written(task, found, task.strength) if found is not None else _as_composed(task)
        for task, found in zip(tasks, lines, strict=True)
    ]


@cache
def _keep_memory() -> None:
    """Have the process keep what memory it frees.

    The C library of Linux gives it back, and to get it anew for the arrays of the next pages
    would take as long as to write them. It gives back no less than twice the largest block that
    was ever freed (mallopt(3), M_MMAP_THRESHOLD); so one is freed here, untouched.
    """
    np.empty(_KEPT, dtype=np.uint8)


def _kind(task: Task) -> tuple[object, ...]:
    """Return all that tasks must have in common to be written together."""
    page = task.page
    return (
        task.hand, task.pen, task.strength,
        page.x_height_em, page.size.width, page.safe, page.keep_clear, bool(page.rules),
    )  # fmt: skip


def _tried(tasks: Sequence[Task], calm: float) -> list[tuple[WrittenLine, ...] | None]:
    """Return the lines of each of some pages that are alike; None where they do not fit.

    The hand moves `calm` times as much as it would like to.
    """
    _, hand, _, pen, _, strength = tasks[0]
    pages, seeds = [task.page for task in tasks], [task.seed for task in tasks]
    seen = view(pages, seeds, pen, tuple(EFFECTS))
    manner = hand.data.manner
    wished = total([(effect(seen), getattr(manner, name)) for name, effect in EFFECTS.items()])
    motion = wished.scaled(strength).spread(len(seen.y), len(seen.x))
    largest = seen.x_height_em * np.maximum.reduceat(seen.em, seen.first_word)
    even, heavier = even_weight(largest, hand, pen), pressed(motion)
    heaviest = np.maximum(0.0, np.maximum.reduceat(heavier, seen.first_word))
    heaviest = even + hand.data.stem * heaviest
    placed, fits = settled(seen, motion.scaled(calm), strength, heaviest)
    if not fits.any():
        return [None] * len(tasks)
    words = list(
        map(
            _WORD,
            zip(
                seen.shaped,
                choose_forms(seen),
                map(_AFFINE, zip(*placed.numbers(), strict=True)),
                seen.spaced.tolist(),
                weights(even[seen.page_of][seen.line_of], heavier, hand).tolist(),
                tones(motion).tolist(),
                strict=True,
            ),
        )
    )
    lines = [
        WrittenLine(tuple(words[first:end]))
        for first, end in zip(seen.first.tolist(), seen.end.tolist(), strict=True)
    ]
    begins = [*seen.first_line.tolist(), len(lines)]
    return [
        tuple(lines[first:end]) if fit else None
        for fit, (first, end) in zip(fits.tolist(), pairwise(begins), strict=True)
    ]


def _as_composed(task: Task) -> WrittenPage:
    """Return a page on which the hand did not move."""
    page = task.page
    sizes = [line.size for line in page.lines if line.words]
    if not sizes:
        return _written(task, (), task.strength)
    largest = np.array([page.x_height_em * max(sizes)])
    even = even_weight(largest, task.hand, task.pen)
    (weight,) = weights(even, np.zeros(1), task.hand).tolist()
    lines = tuple(
        WrittenLine(
            tuple(
                WrittenWord(
                    word.shaped,
                    (0,) * len(word.shaped.glyphs),
                    Affine(line.size, 0.0, 0.0, line.size, word.x, line.y),
                    word.spaced,
                    weight,
                )
                for word in line.words
            )
        )
        for line in page.lines
    )
    return _written(task, lines, 0.0)


def _written(task: Task, lines: tuple[WrittenLine, ...], strength: float) -> WrittenPage:
    page = task.page
    return WrittenPage(
        page.name, page.size, page.safe, lines, _rules(page), task.hand, task.ink, strength
    )


def _rules(page: ComposedPage) -> tuple[Shape, ...]:
    if page.rule_ink is None:
        return ()
    return tuple(
        line(page.block.left, y, page.block.right, y, page.rule_ink, page.rule_width)
        for y in page.rules
    )
