"""A person or household, and where they live: as lines, or in parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import Field, PrivateAttr, field_validator, model_validator

from fairhand.catalog import Model
from fairhand.errors import InputError
from fairhand.note.kinds import OneLine, Word, short
from fairhand.note.language import language
from fairhand.note.text import tidy

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler

_CARE_OF = re.compile(
    r"c\s?/\s?[oO]\b|℅|care of\b|p\s?/\s?a\b|a\s?/\s?c\b|chez\b|bei\b|presso\b|aux bons soins"
    r"|per adres\b|.*(?:方|気付|転交|收转|收轉|댁)$",
    re.IGNORECASE,
)
"""How people say themselves that somebody lives or works with somebody else."""


class Party(Model):
    """A person or household: a name, and an address as lines or in parts.

    With a district, city, region or postcode the address is in parts, and the rules of its
    country put them in order (`post.address`); without one its lines stand as they are.
    """

    name: OneLine = Field("", description="The name, as on the envelope's first line.")
    organisation: OneLine = Field("", description="A company, school or office.")
    care_of: OneLine = Field("", description='With whom they live or work; "c/o" is put before.')
    address: tuple[OneLine, ...] = Field(
        (),
        description="The lines below the name, in order, without the country; beside a city, "
        "region or postcode only the street, apartment or PO box.",
    )
    district: OneLine = Field("", description="A part of the city, or a village under a town.")
    city: OneLine = Field("", description="The city or post town.")
    region: OneLine = Field("", description="The state, province, county or prefecture.")
    postcode: Word = Field("", description="The postcode, ZIP code or CEP.")
    country: OneLine = Field("", description="The country's name, for mail that crosses a border.")

    _in_order: tuple[str, ...] = PrivateAttr(())

    @model_validator(mode="before")
    @classmethod
    def _from_lines(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = tidy(value).split("\n")
        if isinstance(value, list | tuple):
            if not all(isinstance(line, str) for line in value):
                raise InputError("each line of an address must be text.")
            lines = [line.strip() for line in value if line.strip()]
            return {"name": lines[0], "address": lines[1:]} if lines else {}
        return value

    @field_validator("address", mode="before")
    @classmethod
    def _address_lines(cls, value: object) -> object:
        if isinstance(value, str):
            value = tidy(value).split("\n")
        if isinstance(value, list | tuple):
            return tuple(line for line in value if not isinstance(line, str) or line.strip())
        return value

    @model_validator(mode="after")
    def _not_a_list(self) -> Party:
        short("\n".join(self.lines))
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        whole = handler.resolve_ref_schema(handler(core_schema))
        lines = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [{"type": "string"}, lines, whole]}

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines that are not empty, in the order of an envelope."""
        if self._in_order:
            return self._in_order
        lines = (
            self.name, self.care_of_line, self.organisation, *self.address, self.district,
            self.city, self.region, self.postcode, self.country,
        )  # fmt: skip
        return tuple(line for line in lines if line)

    @property
    def in_parts(self) -> bool:
        """Tell whether a country's rules are to put the address in order."""
        return bool(self.city or self.postcode or self.region or self.district)

    @property
    def care_of_line(self) -> str:
        """With whom they live, as a line of an address."""
        if not self.care_of or _CARE_OF.match(self.care_of):
            return self.care_of
        return f"c/o {self.care_of}"

    @property
    def is_set_out(self) -> bool:
        """Tell whether its lines are in their order already (`set_out`)."""
        return bool(self._in_order)

    def set_out(self, lines: tuple[str, ...]) -> Party:
        """Return the same party, whose lines are these, in this order, in every language."""
        party = self.model_copy()
        party._in_order = lines
        return party

    def lines_in(self, language_tag: str) -> tuple[str, ...]:
        """Return the lines as the language's posts want them: the name first, or last.

        A letter that crosses a border has the name first.
        """
        if self._in_order or self.country or not language(language_tag).name_last:
            return self.lines
        return tuple(line for line in (*self.lines[bool(self.name) :], self.name) if line)
