"""How many more words a card takes before something changes that its writer would see."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING, Literal

from fairhand.compose.copyfit import Setter, comfortable_trials, size_range, smallest_trials
from fairhand.compose.setting import parts_of
from fairhand.layout.panels import panels_of
from fairhand.note.characters import counts_characters, is_east_asian, portions
from fairhand.units import MM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairhand.compose.card import ComposedCard
    from fairhand.compose.copyfit import Trial
    from fairhand.compose.shape import Shaper
    from fairhand.note.model import Note

Until = Literal["size", "usual size", "panel", "larger card", "card"]
"""What comes next: smaller writing than now or than usual, another panel or card, or no room."""

_SAME = 0.02 * MM
_MOST = 2_000
_NOT_OF_THE_NOTE = ("front", "address", "imprint")
_FINE = 20
"""A number is found to a twentieth of it."""

_NEAR = 3
"""About half of a line: the first step from the estimate, words."""


@dataclass(frozen=True, slots=True)
class Spare:
    """About how many more words (or characters, where people count these), and until what."""

    count: int
    until: Until


@dataclass(frozen=True, slots=True)
class _Limit:
    """What a note may grow to: on these panels, in one of these ways."""

    until: Until
    flow: tuple[str, ...]
    trials: tuple[Trial, ...]


def words_to_spare(
    note: Note, composed: ComposedCard, shaper: Shaper,
    *, is_last_card: bool = True, is_auto: bool = False,
) -> Spare:  # fmt: skip
    """Return how many more words of its own length a note may have before something changes.

    Comfortable writing: until it must be smaller, or runs onto another panel; smaller writing:
    until the card is full. Without `is_last_card` a larger card is taken before anything else.
    Where the card is chosen (`is_auto`) the last one, too, is left as soon as its writing is not
    comfortable, for more panels, perhaps of a smaller card.
    """
    limit = _limit(note, composed, is_last_card=is_last_card, is_auto=is_auto)
    layout, card = composed.layout, composed.card
    floor = size_range(layout, large=note.large)[0]
    filler = _filler(note)

    def holds(count: int) -> bool:
        longer = _with_more(note, list(islice(cycle(filler), count)))
        setter = Setter(parts_of(longer, layout, shaper), panels_of(layout, card), shaper, floor)
        return any(setter.attempt(limit.flow, trial) for trial in limit.trials)

    count = _most(holds, _estimate(note, composed, limit, shaper)) if filler else 0
    if counts_characters(note.words):
        count = len("".join("".join(islice(cycle(filler), count)).split()))
    return Spare(count, limit.until)


def _limit(note: Note, composed: ComposedCard, *, is_last_card: bool, is_auto: bool) -> _Limit:
    layout = composed.layout
    floor, comfortable, _ = size_range(layout, large=note.large)
    flows = panels_of(layout, composed.card).tries
    easy = tuple(comfortable_trials(layout, comfortable))
    now = composed.x_height_mm * MM
    if now < comfortable - _SAME:
        return _Limit("card", tuple(flows[-1]), (*smallest_trials(layout, floor), *easy))
    used = {
        page.name
        for page in composed.pages
        if any(line.role not in _NOT_OF_THE_NOTE for line in page.lines)
    }
    flow = next(
        (
            flow[: max(map(flow.index, used & set(flow)), default=0) + 1]
            for flow in flows
            if used <= set(flow)
        ),
        flows[-1],
    )
    if composed.comfortable and (is_auto or not is_last_card):
        until: Until = "panel" if is_last_card else "larger card"
        return _Limit(until, tuple(flows[0]), tuple(t for t in easy if t.tightness == 0))
    if len(flow) < len(flows[-1]):
        return _Limit("panel", tuple(flow), easy)
    return _Limit("size" if now < comfortable + _SAME else "usual size", tuple(flow), easy)


def _filler(note: Note) -> list[str]:
    """Return the words that a note grows by: its own, which have its own length."""
    words = [word for text in (note.paragraphs or note.blocks) for word in portions(text)]
    return [word if word[-1].isspace() or is_east_asian(word[-1]) else f"{word} " for word in words]


def _with_more(note: Note, words: Sequence[str]) -> Note:
    if not words:
        return note
    *others, last = note.paragraphs or ("",)
    seam = "" if not last or is_east_asian(last[-1]) else " "
    longer = f"{last}{seam}{''.join(words).rstrip()}"
    return note.model_copy(update={"paragraphs": (*others, longer)})


def _estimate(note: Note, composed: ComposedCard, limit: _Limit, shaper: Shaper) -> int:
    """Estimate how many words fit by the areas of the panels and of the writing."""
    panels = panels_of(composed.layout, composed.card)
    room = max(
        sum(
            area.width * area.height
            for area in (panels.area(name, trial.tightness) for name in limit.flow)
        )
        / (trial.x_height**2 * trial.leading)
        for trial in limit.trials
    )
    written = [page for page in composed.pages if page.name in limit.flow and page.lines]
    if not written:
        return 0
    leading = written[0].pitch / (composed.x_height_mm * MM * shaper.hand.data.leading)
    taken = sum(page.block.width * page.block.height for page in written)
    taken *= composed.fill / ((composed.x_height_mm * MM) ** 2 * leading)
    return round(len(portions(note.words)) * (room / taken - 1)) if taken else 0


def _most(holds: Callable[[int], bool], estimate: int) -> int:
    """Return the greatest number that holds, looking about an estimate first; 0 always does."""
    low, high = 0, _MOST
    at, step = min(max(estimate, 1), _MOST - 1), _NEAR
    while low < at < high:
        if holds(at):
            low = at
            at += step
        else:
            high = at
            at -= step
        step *= 2
        if low and high < _MOST:
            break
    while high - low > max(1, low // _FINE):
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low
