"""What a hand's `hand.toml` says, and what the rooms need to know of a hand."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fairhand.catalog import Model

Joined = Literal["fully", "partly", "no"]
"""Whether the letters of a hand touch: all that can, some, or none."""


class Manner(Model):
    """How much a hand varies; 1 is the median of the writers that were measured."""

    liveliness: float = Field(1.0, ge=0, le=2, description="Factor of all natural variation.")


class HandData(Model):
    """A hand's data. "_em" is a fraction of the em; other lengths are x-heights."""

    name: str
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
    pen: str = "rollerball"
    lacks: str = ""
    x_height_em: float = Field(gt=0.05, lt=1.5)
    slant_degrees: float = 0.0
    leading: float = Field(3.1, ge=1.5, le=8, description="Line pitch, x-heights.")
    word_space_add: float = Field(0.0, ge=-1, le=2, description="Added to a space, x-heights.")
    features: dict[str, bool] = Field({}, description="OpenType features on and off.")
    spelling: dict[str, str] = Field({}, description="Characters drawn by others' glyphs.")
    glyphs: dict[str, str] = Field(
        {}, description="Glyphs of the font that mislead, by name, and what stands for them."
    )
    manner: Manner = Manner()
