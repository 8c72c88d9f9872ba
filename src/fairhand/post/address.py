"""Addresses in the order of their country, with nothing lost: `addressed`.

Every field of a party that is not empty stands in the lines, or it is an InputError. What the
country's rules find odd (a postcode of another form, a state that they do not know, a part that
is missing) is a warning, and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.post.address_checks import AddressWarning
from fairhand.post.address_place import Journey, Parts, Place, folded, place_of, tidied
from fairhand.post.country import (
    country_code,
    country_line,
    has_region,
    home_of,
    is_latin,
    one_post,
)

if TYPE_CHECKING:
    from fairhand.note.model import Party

__all__ = ["AddressWarning", "AddressedParty", "addressed"]


@dataclass(frozen=True, slots=True)
class AddressedParty:
    """The lines of an address as they go on the paper, and what is odd about them."""

    lines: tuple[str, ...]
    warnings: tuple[AddressWarning, ...] = ()


@lru_cache(maxsize=256)
def addressed(
    party: Party, *, sender_country: str = "", language: str = "en", capitals: bool = True
) -> AddressedParty:
    """Put a party's address into lines, as its country orders them.

    `sender_country` is the country that the letter leaves, in any words or as a code; "" is
    where the language's letters are posted (`country.home_of`). The recipient's country is the
    last line, in the sender's language and in capitals, unless both are the same or it is not
    given. `capitals`: so is the town, where a post wants it; without, both are written as in a
    letter, for a hand whose capitals join. A party without a district, city, region or postcode
    keeps its lines.

    InputError, with the name of the field, for a field that would be lost.
    """
    sender = country_code(sender_country, language) or home_of(language)
    code = country_code(party.country, language)
    assumed = not sender_country and not has_region(language)
    warnings: tuple[AddressWarning, ...] = ()
    if code and one_post(sender, code) and assumed:
        warnings = (_taken_for_home(party.country),)
    journey = Journey(sender, code, language, assumed, capitals)
    if not party.in_parts:
        told = warnings if party.country.upper() == code else ()
        return AddressedParty(_as_given(party, journey), told)
    street = tuple(line for line in map(tidied, party.address) if line)
    place = place_of(
        Parts(party.district, party.city, party.region, party.postcode, party.country),
        journey,
        has_street=bool(street),
        latin_street=all(map(is_latin, street)),
    )
    return AddressedParty(_lines(party, street, place), (*warnings, *place.warnings))


def _as_given(party: Party, journey: Journey) -> tuple[str, ...]:
    """Return a party's lines; a country that is only a code is written out, for people read it."""
    sender, code, language, _, capitals = journey
    if not code or party.country.upper() != code:
        return party.lines_in(language)
    last = ""
    if not one_post(sender, code):
        latin = all(map(is_latin, party.address))
        last = country_line(code, sender, language, latin=latin, capitals=capitals)
    return party.model_copy(update={"country": last}).lines_in(language)


def _taken_for_home(country: str) -> AddressWarning:
    return AddressWarning(
        "from country",
        f'"{country}" is left off, for the letter is taken to be posted there.',
        "Say where it is posted: a country under from, or a language such as en-GB.",
    )


def _lines(party: Party, street: tuple[str, ...], place: Place) -> tuple[str, ...]:
    """Return the lines of a party in a place; InputError for a field that stands in none."""
    name, organisation = tidied(party.name), tidied(party.organisation)
    names = tuple(line for line in (name, _care_of(party, place)) if line)
    values = {
        **place.texts,
        "N": names[::-1] if place.name_last else names,
        "O": (organisation,) if organisation else (),
        "A": street,
    }
    lines: list[str] = []
    once: list[str] = []
    for row in place.rows:
        if row.line is None:
            lines.append(row.text)
            once.append(row.folded)
        else:
            filled = place.filled(row.line, values)
            lines += filled
            once += map(folded, filled)
    own = (
        *(("name", text) for text in names or (party.name,)),
        ("organisation", party.organisation),
        *(("address", text) for text in street or party.address),
        *place.unsure,
    )
    _refuse_lost(own, once)
    # A town that is its country, an office that is its own addressee: once is enough.
    return tuple(
        line
        for number, line in enumerate(lines)
        if number + 1 == len(lines) or once[number] != once[number + 1]
    )


def _care_of(party: Party, place: Place) -> str:
    if not party.care_of:
        return ""
    line = tidied(party.care_of_line)
    if line != tidied(party.care_of) and place.rules.code == "JP" and not is_latin(line):
        return f"{tidied(party.care_of)}様方"
    return line


def _refuse_lost(fields: tuple[tuple[str, str], ...], folded_lines: list[str]) -> None:
    """Raise InputError for a field whose text stands in none of the lines."""
    whole = "\n".join(folded_lines)
    for name, text in fields:
        if folded(tidied(text)) not in whole:
            raise InputError(
                f'"{name}" would be lost from the address: "{text}".',
                hint="Write the address as lines.",
                field=name,
            )
