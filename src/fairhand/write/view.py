"""A composed page as effects see it: arrays over its lines and words, and keys to draw from.

Unit: points, unless a name says em or the text says x-heights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairhand.hand.noise import deviates, keys, many_deviates, mixed, text_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairhand.compose.page import ComposedPage
    from fairhand.stationery.model import Pen

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

_ALIGN = {"left": 0.0, "centre": 0.5, "right": 1.0}
DRIFTS: Final[dict[str, tuple[float, bool]]] = {
    "baseline": (9.0, False),
    "slant": (14.0, False),
    "turn": (11.0, False),
    "size": (16.0, False),
    "pressure": (1.6, True),
    "fill": (2.3, True),
}
"""What changes slowly: how far the hand goes until it has become another value, x-heights
along each line, or lines down the page (True)."""

_DRIFT_NUMBER: Final = {name: number for number, name in enumerate(DRIFTS)}
_LENGTHS: Final = np.array([[length] for length, _ in DRIFTS.values()])
_DOWN_THE_PAGE: Final = np.array([[down] for _, down in DRIFTS.values()])
_DRIFT_KEYS: Final = keys([text_key("drift", name) for name in DRIFTS])[:, None]
_STARTS_FREE = {("left", False): 1.0, ("right", True): -1.0}
_NEXT = np.uint64(1)
_CLOSING = ("valediction", "signature")


@dataclass(frozen=True, slots=True, eq=False)
class PageView:
    """A page of m lines and n words.

    For each word: `line_of`, its line; `em`, the size of its em; `x`, `advance`, and
    `body_left`, `body_right`, the ends of its ink about the x-height, from its left end;
    `spaced`, whether a space follows; `along`, its middle from the line's start, x-heights.
    For each line: `line_em`; `y`; `align` (0 left, 1 right); `starts_free`, 1 or -1 where its
    start may drift to the right or left, else 0; `closing` and `signature`, 1 or 0; `first`,
    its first word, and `left` and `right`, where that one starts and the last one ends.
    `written` is how far the hand has gone when it writes each word, lines of full length: it
    counts whole lines, so that a changed word does not move those after it.
    """

    line_of: Ints
    em: Floats
    x: Floats
    advance: Floats
    body_left: Floats
    body_right: Floats
    spaced: Flags
    along: Floats
    line_em: Floats
    y: Floats
    align: Floats
    starts_free: Floats
    closing: Floats
    signature: Floats
    first: Ints
    left: Floats
    right: Floats
    written: Floats
    x_height_em: float
    ruled: bool
    pen: Pen
    line_keys: Keys
    word_keys: Keys
    page_key: Keys
    effects: tuple[str, ...]
    line_draws: Floats
    word_draws: Floats
    drifts: Floats

    @property
    def down(self) -> Floats:
        """Each line's place on the page, lines from the first."""
        return np.arange(len(self.y), dtype=np.float64)

    def line_deviate(self, effect: str, number: int = 0) -> Floats:
        """Return a deviate for each line; an effect has two of them, 0 and 1."""
        deviate: Floats = self.line_draws[self.effects.index(effect), number]
        return deviate

    def word_deviate(self, effect: str, number: int = 0) -> Floats:
        """Return a deviate for each word; an effect has two of them, 0 and 1."""
        deviate: Floats = self.word_draws[self.effects.index(effect), number]
        return deviate

    def page_deviate(self, effect: str) -> float:
        """Return one deviate for the page."""
        return float(deviates(self.page_key, text_key(effect))[0])

    def drift(self, name: str) -> Floats:
        """Return a deviate for each word that changes slowly: one of `DRIFTS`."""
        drift: Floats = self.drifts[_DRIFT_NUMBER[name]]
        return drift


def _drifts(along: Floats, written: Floats, line_keys: Keys, page_key: Keys) -> Floats:
    """Return all drifts of each word: value noise between nodes that are keyed by place."""
    place = np.where(_DOWN_THE_PAGE, written, along) / _LENGTHS
    cell = place.astype(np.uint64)
    t = place - cell
    t *= t * (3.0 - 2.0 * t)
    node = np.where(_DOWN_THE_PAGE, page_key, line_keys) + _DRIFT_KEYS + cell
    here, after = deviates(np.stack([node, node + _NEXT]), text_key("drift"))
    # Interpolated values vary less than their nodes; this factor makes up for it.
    drifted: Floats = (here + (after - here) * t) * 1.2
    return drifted


def view(page: ComposedPage, pen: Pen, seed: str, effects: tuple[str, ...]) -> PageView:
    """Look at a composed page that has words as these effects need it.

    A line's key is made of its number, a word's of its line, its text, and how many times
    it has come on that line.
    """
    lines = page.lines
    words = [word for line in lines for word in line.words]
    shaped = [word.shaped for word in words]
    times: list[int] = []
    for line in lines:
        texts = [word.shaped.text for word in line.words]
        if len(set(texts)) == len(texts):
            times += [0] * len(texts)
        else:
            times += [texts[:index].count(text) for index, text in enumerate(texts)]
    x = np.array([word.x for word in words])
    width_em = np.array([word.width_em for word in shaped])
    left_em = np.array([word.body_left_em for word in shaped])
    right_em = np.array([word.body_right_em for word in shaped])
    line_of = np.repeat(np.arange(len(lines)), [len(line.words) for line in lines])
    line_em = np.array([line.size for line in lines])
    em = line_em[line_of]
    text_keys = [text_key("word", word.text) for word in shaped]
    page_key = keys([text_key(seed, "page", page.name)])
    line_keys = mixed(np.arange(len(lines), dtype=np.uint64) + page_key, 1)
    word_keys = mixed(keys(text_keys) + keys(times), 2) ^ mixed(line_keys, 3)[line_of]
    numbers = np.arange(len(lines))
    first = np.searchsorted(line_of, numbers)
    last = np.searchsorted(line_of, numbers, side="right") - 1
    first = np.minimum(first, len(words) - 1)
    advance = width_em * em
    along = (x + 0.5 * advance - x[first][line_of]) / (page.x_height_em * em)
    measure = page.block.width / (page.x_height_em * float(line_em[0]))
    written = line_of + np.minimum(along / measure, 1.0)
    return PageView(
        line_of,
        em,
        x,
        advance,
        left_em * em,
        right_em * em,
        np.array([word.spaced for word in words]),
        along,
        line_em,
        np.array([line.y for line in lines]),
        np.array([_ALIGN[line.align] for line in lines]),
        np.array([_STARTS_FREE.get((line.align, line.rtl), 0.0) for line in lines]),
        np.array([float(line.role in _CLOSING) for line in lines]),
        np.array([float(line.role == "signature") for line in lines]),
        first,
        x[first],
        (x + advance)[last],
        written,
        page.x_height_em,
        bool(page.rules),
        pen,
        line_keys,
        word_keys,
        page_key,
        effects,
        many_deviates(line_keys, effects),
        many_deviates(word_keys, effects),
        _drifts(along, written, line_keys[line_of], page_key),
    )
