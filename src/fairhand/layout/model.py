"""A card's layout and an envelope's. Lengths in points, shares from 0 to 1."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from fairhand.catalog import Length, Model, between, held, length_of
from fairhand.errors import InputError
from fairhand.geometry import Insets, Rect, Size
from fairhand.stationery.model import Card, Ink, Kind, Panel, Plates, Screen
from fairhand.units import MM

Align = Literal["left", "centre", "right"]
Role = Literal[
    "heading", "salutation", "body", "valediction", "signature", "details", "postscript",
    "address", "front", "imprint",
]  # fmt: skip

_PERCENT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*%\s*$")
_MOST_SHARE = 0.9
_MOST = 1500


def _length_or_share(value: Any) -> Any:
    percent = _PERCENT.match(value) if isinstance(value, str) else None
    # A share is kept as a negative number: the panel's size is known only later.
    return -float(percent[1]) / 100 if percent else length_of(value)


def _on_a_panel(distance: float) -> float:
    if distance >= 0:
        return held(distance, 0, _MOST)
    if distance < -_MOST_SHARE:
        raise InputError(f"a share of the panel may be at most {_MOST_SHARE:.0%}.")
    return distance


Distance = Annotated[
    float,
    BeforeValidator(_length_or_share),
    AfterValidator(_on_a_panel),
    WithJsonSchema({"type": "string"}),
]
"""Points, or a share of the panel ("52%") kept as a negative fraction."""


class Margin(Model):
    """Distances of the text from the panel's edges, and how little they may become."""

    top: Distance = 12 * MM
    right: Distance = 12 * MM
    bottom: Distance = 12 * MM
    left: Distance = 12 * MM
    least: Length = 9 * MM

    def insets(self, panel: Size, tightness: float) -> Insets:
        """Return the insets; tightness 0 as written, 1 the least, in between linearly."""

        def one(distance: float, extent: float) -> float:
            if distance < 0:
                return -distance * extent
            return distance + tightness * min(0.0, self.least - distance)

        return Insets(
            one(self.top, panel.height),
            one(self.right, panel.width),
            one(self.bottom, panel.height),
            one(self.left, panel.width),
        )


WritingSize = Annotated[Length, between(1, 20)]
ShowSize = Annotated[Length, between(0.5, 50)]


class XHeight(Model):
    """The writing size as the height of an x (RNIB clear print asks 2.5 mm or near it)."""

    floor: WritingSize = 2.0 * MM
    comfortable: WritingSize = 2.5 * MM
    ceiling: WritingSize = 3.0 * MM


class Leading(Model):
    """Line pitch as a factor of what the hand asks for."""

    least: float = Field(0.94, ge=0.5, le=3)
    usual: float = Field(1.0, ge=0.5, le=3)
    most: float = Field(1.18, ge=0.5, le=3)


class Block(Model):
    """How one part of the note is set."""

    align: Align = "left"
    indent: float = Field(0.0, ge=0, le=0.8, description="Share of the measure, every line.")
    first_indent: float = Field(0.0, ge=0, le=0.5, description="Share of the measure, first line.")
    space_before: float = Field(0.0, ge=0, le=20, description="Extra room above, in lines.")
    size: float = Field(1.0, ge=0.6, le=3, description="Factor of the note's writing size.")


_USUAL_BLOCK = Block()


class Ruling(Model):
    """Ruled lines under the writing."""

    line: Annotated[Length, between(0, 5)] = 0.3
    cmyk: Plates = (20, 10, 5, 0)
    rgb: Screen = "#c9d4e2"

    @property
    def ink(self) -> Ink:
        """The rules' colour."""
        return Ink(name="ruling", title="Ruling", cmyk=self.cmyk, rgb=self.rgb)


class Shares(Model):
    """A part of a panel by shares of its size, from the lower left corner."""

    left: float = Field(ge=0, le=1)
    bottom: float = Field(ge=0, le=1)
    right: float = Field(ge=0, le=1)
    top: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _not_inside_out(self) -> Shares:
        if self.left >= self.right or self.bottom >= self.top:
            raise InputError("its right and top must lie beyond its left and bottom.")
        return self

    def rect(self, panel: Size) -> Rect:
        """Return the part in points."""
        return Rect(
            self.left * panel.width,
            self.bottom * panel.height,
            self.right * panel.width,
            self.top * panel.height,
        )


class Slot(Shares):
    """A part of a panel that is named."""

    panel: Panel


class Balance(Model):
    """Where the writing stands on a panel that it does not fill."""

    above: float = Field(0.42, ge=0, le=1, description="Share of the spare height above it.")


Try = Annotated[tuple[Panel, ...], Field(min_length=1)]


class Flow(Model):
    """The panels that take the note's text, for each fold.

    Each is a list of tries: the first that holds the note comfortably is taken, so a short
    note uses one panel and a long one the next try's panels in their order.
    """

    left: tuple[Try, ...] = ()
    top: tuple[Try, ...] = ()
    none: tuple[Try, ...] = ()

    @model_validator(mode="after")
    def _somewhere(self) -> Flow:
        if not (self.left or self.top or self.none):
            raise InputError('it names no panels; write, for example, none = [["front"]].')
        return self


class CardLayout(Model):
    """Panels, margins, text blocks and writing sizes for kinds of cards."""

    name: str = Field("", description="The name of the layout's file; not written in it.")
    title: str
    description: str = ""
    kinds: tuple[Kind, ...] = Field(min_length=1)
    default_for: tuple[Kind, ...] = ()
    default_with_art: tuple[Kind, ...] = ()
    flow: Flow
    margin: Margin = Margin()
    safe: Length = Field(6.35 * MM, description="No ink nearer to a cut edge than this.")
    fold_safe: Length = Field(3 * MM, description="No ink nearer to a fold than this.")
    x_height: XHeight = XHeight()
    leading: Leading = Leading()
    balance: Balance = Balance()
    ruling: Ruling | None = None
    address: Slot | None = None
    front: Slot = Slot(panel="front", left=0.12, bottom=0.3, right=0.88, top=0.8)
    front_x_height: ShowSize = 4.2 * MM
    imprint: Slot = Slot(panel="back", left=0.15, bottom=0.055, right=0.85, top=0.14)
    imprint_x_height: ShowSize = 1.5 * MM
    blocks: dict[Role, Block] = Field({}, description="How each part of a note is set.")

    @model_validator(mode="after")
    def _in_their_places(self) -> CardLayout:
        for field, slot in (("front", self.front), ("imprint", self.imprint)):
            panel = {"front": "front", "imprint": "back"}[field]
            if slot.panel != panel:
                raise InputError(f'The panel of "{field}" must be "{panel}".')
        return self

    def block(self, role: Role) -> Block:
        """Return how a role is set; the defaults when the layout does not say.

        The details under a name stand where it stands, in the size of the body.
        """
        if role == "details" and role not in self.blocks:
            return self.block("signature").model_copy(update={"size": 1.0, "space_before": 0.0})
        return self.blocks.get(role, _USUAL_BLOCK)

    def flows(self, card: Card) -> tuple[tuple[str, ...], ...]:
        """Return the tries for a card's fold; InputError when the layout is not for it."""
        tries: tuple[tuple[str, ...], ...] = getattr(self.flow, card.fold)
        if card.kind in self.kinds and not tries:
            raise InputError(
                f'The layout "{self.name}" does not say which panels of the card '
                f'"{card.name}" to fill.',
                hint=f'Add "{card.fold}" to its flow, or choose another card.',
            )
        if card.kind not in self.kinds:
            raise InputError(
                f'The layout "{self.name}" is for {" and ".join(self.kinds)} cards, '
                f'but "{card.name}" is a {card.kind} one.',
                hint='Choose another with "layout", or leave it out.',
            )
        written = [panel for flow in tries for panel in flow]
        slots = [self.address.panel] if self.address else []
        if any(len(set(flow)) < len(flow) for flow in tries):
            raise InputError(f'The layout "{self.name}" fills one panel twice.')
        for panel in (*written, *slots):
            if panel not in card.panels:
                raise InputError(
                    f'The layout "{self.name}" writes on a panel "{panel}" '
                    f'that the card "{card.name}" does not have.',
                    hint=f"It has: {', '.join(card.panels)}.",
                )
            room = Rect.of(card.size).inset(self.margin.insets(card.size, 1.0))
            room = room.intersection(self.safe_area(card, panel))
            if min(room.width, room.height) <= 0:
                raise InputError(
                    f'The margins of the layout "{self.name}" leave no room on the card '
                    f'"{card.name}".',
                    hint='Make "margin", "safe" or "fold_safe" smaller.',
                )
        return tries

    def safe_area(self, card: Card, panel: str) -> Rect:
        """Return where ink may stand on a panel: clear of cut edges and of the fold."""
        edge = card.fold_edge(panel)
        return Rect.of(card.size).inset(
            Insets(*(self.fold_safe if edge == side else self.safe for side in Insets._fields))
        )


class EnvelopeLayout(Model):
    """Zones of an envelope's address side, by the rules of the post named in its file."""

    name: str
    title: str
    side: Length
    read_bottom: Length
    read_top: Length
    delivery_left: float = Field(ge=0, le=1, description="Share of the width.")
    delivery_middle: float = Field(ge=0, le=1, description="Share of the height.")
    delivery_width: Length = 1000.0
    clear_width: Length
    clear_height: Length
    stamp_width: Length
    stamp_height: Length
    return_top: Length
    x_height: XHeight = XHeight()
    x_height_of_type: XHeight = XHeight.model_validate(
        {"floor": "1.75mm", "comfortable": "2.15mm", "ceiling": "2.6mm"}
    )
    """Of plain type: 9 to 14 pt, its capitals 2.3 to 3.5 mm high."""
