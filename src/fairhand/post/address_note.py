"""A note's two addresses as lines, before anything is composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.post.address import addressed
from fairhand.post.country import country_code, has_region, home_of

if TYPE_CHECKING:
    from fairhand.note.model import Note, Party

_TOWNS_AND_STATES = ("", "GE", "JE", "LB", "LU", "MC", "SG")
"""Countries whose names are those of a state or a town too, and say nothing on a last line."""


def sender_country(note: Note) -> str:
    """Return the country that a note's letter leaves, as far as the note says so, or "".

    The country of `from`, the last line of `from` where that is a country, or the region of the
    language's tag ("en-GB"). For "" `addressed` takes what is likeliest for the language.
    """
    said = _country_said(note.from_, note.language)
    if said or not has_region(note.language):
        return said
    return home_of(note.language)


def addressed_note(note: Note, *, capitals: bool = True) -> tuple[Note, tuple[str, ...]]:
    """Return a note whose parties are set out as lines, and the warnings as sentences.

    The same note where neither has an address in parts nor a country that is only a code, or
    where they are set out already. `capitals` as for `addressed`.
    InputError, with "to" or "from" as its field, for an address that would lose a part.
    """
    changed: dict[str, Party] = {}
    told: list[str] = []
    home = sender_country(note)
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


def _country_said(party: Party | None, language: str) -> str:
    if party is None or party.country or party.in_parts or len(party.address) < 2:
        return party.country if party else ""
    last = party.address[-1]
    code = country_code(last, language) if len(last) > 3 else ""
    return "" if code in _TOWNS_AND_STATES else code
