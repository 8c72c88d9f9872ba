"""A note's two addresses as lines, before anything is composed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.post.address import addressed
from fairhand.post.address_rules import found_region, rules_of
from fairhand.post.country import country_code, has_region, home_of

if TYPE_CHECKING:
    from fairhand.note.model import Note, Party

_TOWNS_AND_STATES = ("", "GE", "JE", "LB", "LU", "MC", "SG")
"""Countries whose names are those of a state or a town too, and say nothing on a last line."""

_AMERICAN = re.compile(
    r"(?:(?:^|[\s,])([A-Z]{2})|,\s*([A-Z][a-z]+(?: [A-Z][a-z]+)?))[.,]?\s+(\d{5})(?:-\d{4})?$"
)
_CANADIAN = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d$", re.IGNORECASE)
_BRITISH = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}$", re.IGNORECASE)
_OF_ISLANDS = ("GY", "IM", "JE")
_GERMAN = re.compile(r"(?:^|\s)D-\d{5}(?:\s|$)")
_FIVE_DIGITS = re.compile(r"(?:^\d{5}\s+\D|\s\d{5}$)")


def sender_country(note: Note, senders: str = "") -> str:
    """Return the country that a note's letter leaves, as far as the note says so, or "".

    The country of `from`, the last line of `from` where that is a country, that of which its
    postcode plainly is, or the region of the language's tag ("en-GB"). For "" `addressed` takes
    what is likeliest for the language. `senders` is the language of who posts it, where that may
    be another than the note's, as in a merge whose rows have their own: then it says the country
    in any case.
    """
    said = _country_said(note.from_, note.language) or _country_by_postcode(
        note.from_, note.language
    )
    if said or not (senders or has_region(note.language)):
        return said
    return home_of(senders or note.language)


def addressed_note(
    note: Note, senders: str = "", *, capitals: bool = True
) -> tuple[Note, tuple[str, ...]]:
    """Return a note whose parties are set out as lines, and the warnings as sentences.

    `senders` is the language of who posts it, where it may be another (`sender_country`).

    The same note where neither has an address in parts nor a country that is only a code, or
    where they are set out already. `capitals` as for `addressed`.
    InputError, with "to" or "from" as its field, for an address that would lose a part.
    """
    changed: dict[str, Party] = {}
    told: list[str] = []
    home = sender_country(note, senders)
    # The sender's own country, where it is given, is for the way back: the reader's post reads it.
    away = home
    if note.from_ and note.from_.country:
        away = _country_said(note.to, note.language) or home
    for field, party, here in (("to", note.to, home), ("from", note.from_, away)):
        if party is None or party.is_set_out or not (party.in_parts or len(party.country) == 2):
            continue
        try:
            result = addressed(
                party, sender_country=here, language=note.language, capitals=capitals
            )
        except InputError as error:
            raise InputError(f'"{field}": {error.message}', hint=error.hint, field=field) from None
        changed["from_" if field == "from" else field] = party.set_out(result.lines)
        told += [f'"{field}": {warning}' for warning in result.warnings]
    return (note.model_copy(update=changed) if changed else note), tuple(told)


def _country_by_postcode(party: Party | None, language: str) -> str:
    """Return the country whose postcode ends an address and is no other country's, or ""."""
    if party is None or not (party.in_parts or len(party.address) > 1):
        return ""
    if party.in_parts:
        place = f"{party.city}, {party.region}" if party.region else party.city
        return _country_of(f"{place} {party.postcode}".strip(), language)
    return _country_of(party.address[-1], language)


@lru_cache(maxsize=64)
def _country_of(line: str, language: str) -> str:
    if found := _AMERICAN.search(line):
        state = found_region(rules_of("US"), found[1] or found[2])
        if state and state.postcodes and state.postcodes.match(found[3]):
            return "US"
    if _CANADIAN.search(line):
        return "CA"
    if (found := _BRITISH.search(line)) and found[1].upper() not in _OF_ISLANDS:
        return "GB"
    # Five digits are a postcode in many countries, but of those that speak German in one.
    is_german = _GERMAN.search(line) or (language[:2] == "de" and _FIVE_DIGITS.search(line))
    return "DE" if is_german else ""


def _country_said(party: Party | None, language: str) -> str:
    if party is None or party.country or party.in_parts or len(party.address) < 2:
        return party.country if party else ""
    last = party.address[-1]
    # No country's name has a figure, and to look for one in all languages takes a while.
    if len(last) <= 3 or any(character.isdigit() for character in last):
        return ""
    code = country_code(last, language)
    return "" if code in _TOWNS_AND_STATES else code
