"""What a hand's `hand.toml` says, and what the rooms need to know of a hand."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from fairhand.catalog import Model

Joined = Literal["fully", "partly", "no"]
"""Whether the letters of a hand touch: all that can, some, or none."""


Kind = Literal["hand", "type"]
"""A handwriting, or plain type: exact always, for addresses and labels that machines read."""

Legibility = Literal["high", "good", "fair"]
"""Whether machines and children read a hand, whoever reads handwriting, or only at leisure."""

Amount = Annotated[float, Field(ge=0, le=3)]
"""A factor of an effect; 1 is the median of the writers that were measured."""


class Manner(Model):
    """How much a hand varies, effect by effect; 1 is the median writer, 0 a machine."""

    letters: Amount = 1.0
    margin: Amount = 1.0
    pitch: Amount = 1.0
    slope: Amount = 1.0
    baseline: Amount = 1.0
    gap: Amount = 1.0
    lean: Amount = 1.0
    size: Amount = 1.0
    hurry: Amount = 1.0
    closing: Amount = 1.0
    pressure: Amount = 1.0
    tone: Amount = 1.0


class Reshape(Model):
    """How a letter is drawn other than in the font: factors, and x-heights upwards."""

    width: float = Field(1.0, gt=0.3, lt=3)
    height: float = Field(1.0, gt=0.3, lt=3)
    up: float = Field(0.0, gt=-1.5, lt=1.5)
    before: float = Field(0.0, gt=-1, lt=1, description="Room added to its left, x-heights.")
    after: float = Field(0.0, gt=-1, lt=1, description="Room added to its right, x-heights.")


class HandData(Model):
    """A hand's data. "_em" is a fraction of the em; other lengths are x-heights."""

    name: str
    kind: Kind = "hand"
    aliases: tuple[str, ...] = Field((), description='Other names, such as "joined".')
    character: str = ""
    font: str
    licence: str = ""
    licence_file: str = ""
    copyright: str = ""
    source: str = ""
    scripts: tuple[str, ...] = ()
    joined: Joined = "no"
    uses: tuple[Literal["card", "signature", "envelope"], ...] = ("card",)
    pen: str = Field("", description="Its natural pen; that nearest to its strokes else.")
    legibility: Legibility = "good"
    lacks: str = ""
    x_height_em: float = Field(gt=0.05, lt=1.5)
    stem: float = Field(gt=0.01, lt=0.6, description="Usual width of a stroke, x-heights.")
    slant_degrees: float = 0.0
    leading: float = Field(3.1, ge=1.5, le=8, description="Line pitch, x-heights.")
    word_space_add: float = Field(0.0, ge=-1, le=2, description="Added to a space, x-heights.")
    features: dict[str, bool] = Field({}, description="OpenType features on and off.")
    apart: tuple[str, ...] = Field((), description="Letters whose ligature misleads.")
    spelling: dict[str, str] = Field({}, description="Characters drawn by others' glyphs.")
    glyphs: dict[str, str] = Field(
        {}, description="Glyphs of the font that mislead, by name, and what stands for them."
    )
    reshape: dict[str, Reshape] = Field({}, description="Letters drawn too large, low, close.")
    manner: Manner = Manner()


class Specimen(Model):
    """What a specimen shows of one script: groups of lines, in a language."""

    language: str
    groups: tuple[tuple[str, ...], ...]
