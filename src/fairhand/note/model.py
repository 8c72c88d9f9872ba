"""The note: what the sender wrote and which card, hand and ink it wants. Content only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from fairhand.catalog import Model
from fairhand.errors import InputError
from fairhand.note.dates import written_date
from fairhand.note.kinds import FewLines, Lines, OneLine, Word
from fairhand.note.language import language
from fairhand.note.party import Party as Party
from fairhand.note.text import tidy

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler


_LONGEST_POSTSCRIPT = 3_000


class Art(Model):
    """What is to be seen on the front of a card, and which part of it."""

    file: Word = Field(
        "", validate_default=True,
        description="A front of the catalogue, or a picture, SVG or PDF.",
    )  # fmt: skip
    page: int = Field(1, ge=1, description="Which page of a PDF.")
    fit: Literal["auto", "cover", "contain"] = Field(
        "auto", description="Over the whole front, cut where needed; or whole, with white round it."
    )
    across: float = Field(0.5, ge=0, le=1, description="What is kept: 0 the left, 1 the right.")
    down: float = Field(0.5, ge=0, le=1, description="What is kept: 0 the top, 1 the bottom.")
    zoom: float = Field(1.0, ge=1, le=8, description="How much larger than it needs to be.")
    inks: tuple[Word, ...] = Field((), description="Other inks for a drawn front, in its order.")
    words: bool = Field(True, description="Whether a front's own words are written on it.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"file": value} if isinstance(value, str | os.PathLike) else value

    @field_validator("inks", mode="before")
    @classmethod
    def _from_one_ink(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("file")
    @classmethod
    def _named(cls, value: str) -> str:
        if not value:
            raise InputError(
                "it names no art.",
                hint="Name a front of the catalogue or a file, or leave it out.",
            )
        if "://" in value:
            raise InputError(
                "it is an address, and nothing is fetched.",
                hint="Save the picture beside the note, and name that file.",
            )
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler.resolve_ref_schema(handler(core_schema))]}


class Note(Model):
    """A short note in somebody's own words. Everything but the words has a sensible default."""

    to: Party | None = Field(None, description="The recipient: a name, or a name and an address.")
    from_: Party | None = Field(
        None, alias="from", description="The sender: a name, or a name and a return address."
    )
    date: Word = Field("", description='A day ("2026-11-22") or words ("Sunday evening").')
    place: OneLine = Field("", description="Where it was written; set beside the date.")
    salutation: OneLine = Field("", description='The greeting, such as "Dear Ms. Okafor,".')
    paragraphs: Annotated[
        tuple[Lines, ...],
        WithJsonSchema(
            {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        ),
    ] = Field((), description="The body; a line break inside a paragraph is kept.")
    valediction: OneLine = Field("", description='The closing, such as "Sincerely,".')
    signature: FewLines = Field(
        "", description="The name under the closing; leave it out for room to sign by hand."
    )
    postscript: Lines = Field("", description='What comes after the signature, with its "P.S.".')
    front: FewLines = Field("", description="Words for the front of the card.")
    art: Art | None = Field(
        None, description='A front of the catalogue ("botanical"), or a picture, SVG or PDF.'
    )
    front_hand: Word = Field("auto", description="The hand of the words on the front.")
    front_ink: Word = Field("auto", description="Their ink.")
    front_place: Literal["auto", "top", "middle", "bottom"] = Field(
        "auto", description="Where they stand; over a picture, where it is calm unless said."
    )
    imprint: OneLine = Field("", description="A small line at the foot of the back.")
    language: Word = Field("en", description='A language tag: "en", "de", "en-GB", "pt-BR".')
    card: Word = Field("auto", description='A card of the catalogue, or "auto".')
    layout: Word = Field("auto", description='A layout, a path to one (.toml), or "auto".')
    hand: Word = Field("mynerve", description="A bundled hand, or a path to a .ttf or .otf file.")
    ink: Word = Field(
        "blue-black", description='An ink of the catalogue, "#1a2b3c" or "cmyk(100, 68, 12, 48)".'
    )
    pen: Word = Field("auto", description='A pen of the catalogue, or "auto": the hand\'s own.')
    seed: Word = Field("1", description="Another seed writes the same words anew.")
    neatness: float = Field(
        1.0, ge=0, le=1.5, description="How much the writing varies: 1 as people do, 0 not at all."
    )
    large: bool = Field(False, description="Write at an x-height of at least 3.5 mm.")
    return_address: Literal["front", "flap", "none"] = Field(
        "front", description="Where the sender's address goes on the envelope."
    )
    address_hand: Word = Field(
        "auto",
        description='The hand on the envelope: "auto", "plain" (type), "same" as the card\'s, '
        "or any other.",
    )
    imb: Word = Field(
        "", description="The digits of a USPS Intelligent Mail barcode: 20, 25, 29 or 31."
    )

    @field_validator("paragraphs", mode="before")
    @classmethod
    def _paragraphs(cls, value: object) -> object:
        if isinstance(value, str):
            value = [part for part in tidy(value).split("\n\n") if part.strip()]
        return value

    @field_validator("paragraphs")
    @classmethod
    def _without_empty(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(paragraph for paragraph in value if paragraph.strip())

    @field_validator("date")
    @classmethod
    def _a_day(cls, value: str) -> str:
        written_date(value, "en")
        return value

    @field_validator("postscript")
    @classmethod
    def _shorter_than_a_note(cls, value: str) -> str:
        if len(value) > _LONGEST_POSTSCRIPT:
            raise InputError(f"it has more than {_LONGEST_POSTSCRIPT:,} characters.")
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        return language(value).tag

    @field_validator(
        "hand", "card", "layout", "ink", "pen", "seed", "front_hand", "front_ink", "address_hand"
    )
    @classmethod
    def _not_empty(cls, value: str) -> str:
        if not value:
            raise InputError(
                "it is empty.",
                hint="Give it a value, or leave the key out; one that begins with # needs quotes.",
            )
        return value

    @model_validator(mode="after")
    def _has_words(self) -> Note:
        if not any((self.salutation, self.paragraphs, self.valediction, self.postscript)):
            raise InputError(
                "There are no words to write.", hint="Write a greeting, a sentence and a closing."
            )
        return self

    @property
    def heading(self) -> str:
        """The place and the date in the language's long form, as they are written."""
        return " ".join(self.heading_parts)

    @property
    def heading_parts(self) -> tuple[str, ...]:
        """The place with the mark after it, and the date; what is not given is left out."""
        day = written_date(self.date, self.language) if self.date else ""
        place = self.place
        if place and day:
            place += language(self.language).after_place
        return tuple(part for part in (place, day) if part)

    @property
    def blocks(self) -> tuple[str, ...]:
        """The texts of the card's inside in reading order, without those that are empty."""
        blocks = (
            self.heading, self.salutation, *self.paragraphs, self.valediction, self.signature,
            self.postscript,
        )  # fmt: skip
        return tuple(block for block in blocks if block)

    @property
    def words(self) -> str:
        """All the words of the card's inside in reading order, blocks one under the other."""
        return "\n\n".join(self.blocks)
