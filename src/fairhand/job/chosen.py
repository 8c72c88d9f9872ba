"""What was chosen for a card, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairhand.job.made import Made

_PANELS = {
    "front": "the front",
    "back": "the back",
    "inside-left": "the left inside",
    "inside-right": "the right inside",
    "inside-top": "the upper inside",
    "inside-bottom": "the lower inside",
}


def what_was_chosen(made: Made) -> str:
    """Tell in plain words where the writing stands, in which hand and how large."""
    front = made.front
    words = front.words if front else None
    names = [_PANELS[page.name] for page in made.composed.pages if page is not words]
    places = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    shown = [f'"{front.title}"'] if front and front.title else []
    shown += ["words"] if words else []
    on_front = f", with {' and '.join(shown)} on the front" if shown else ""
    return (
        f"{made.composed.card.title}, written on {places}, in {made.hand.data.name}, "
        f"small letters {made.composed.x_height_mm:.1f} mm high{on_front}"
    )
