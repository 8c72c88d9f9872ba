"""Looks at rows one at a time, before anything is printed: `Checks.looked`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from fairhand.errors import InputError
from fairhand.merge.cells import CharacterError, blank_in, tidied
from fairhand.merge.faults import Fault, Kind, fault, fault_of
from fairhand.merge.recipient import ADDRESS_FIELDS, NAME_FIELDS, name_of, recipient_of
from fairhand.merge.skipped import is_unclear
from fairhand.note.model import Party
from fairhand.post.address import addressed
from fairhand.post.address_note import sender_country

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fairhand.merge.record import Record
    from fairhand.merge.wording import Wording
    from fairhand.note.read import NoteFile
    from fairhand.post.address_checks import AddressWarning

LONGEST_LINE = 50
"""Characters of a line of an envelope; more is hard to set, and many printers cut it."""

_ON_ENVELOPES = (*NAME_FIELDS[1:], "name", "address", *ADDRESS_FIELDS)
"""The parts of a name before all of it: what is wrong with one of them is told once."""

_PLACES = ("address", "district", "city", "region", "postcode")
_LEFTOVER = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|ERROR!)"
    r"|None|NULL|null|nan|NaN|undefined|\(null\)|\(blank\)|N/A|n/a|#+"
)
"""What spreadsheets and programs write for nothing; Null is a name that people have."""


_ODD_IN_NAME = re.compile(r"[,(+\[]|\bplus\b", re.IGNORECASE)
_LAST_FIRST = re.compile(r"([^,&]+),\s*([^,&]+)")
_BEHIND_NAMES = re.compile(
    r"(?:[JS]r|Esq|I{1,3}|IV|V|[A-Z]{2,5}|Ph\.?\s?D|M\.?\s?[DA]|[A-Z](?:\.[A-Z])+|Inc|Ltd|jun|sen"
    r"|[BM]\.?Sc|D\.?Phil|(?:.*\s)?(?:and|und|et|y|e|en)\s.*)\.?"
)
"""What stands behind a comma in a name that is in its order, and what goes on in a list."""

_REMARK = re.compile(
    r"\([^)]*\)?|\[[^\]]*\]?|(?:\+|\bplus\b)\s*(?:\d+|one|guests?)\b|\+\s*$", re.IGNORECASE
)
"""Who comes with a guest, and other words that are for the sender only."""


class Looked(NamedTuple):
    """A row's note, or None where none can be made, and what is wrong with the row."""

    note: NoteFile | None
    faults: tuple[Fault, ...]


class Checks:
    """What a table's rows are looked at for, given the words and the fields that it has.

    `fields` are the fields that columns of the table are matched to: only where there is a
    column for it can a name or an address be missing.
    """

    def __init__(self, wording: Wording, fields: Collection[str]) -> None:
        self.wording = wording
        self._names = not {*NAME_FIELDS, "organisation"}.isdisjoint(fields)
        self._addresses = not set(_PLACES).isdisjoint(fields)
        self._seen = tuple(dict.fromkeys((*_ON_ENVELOPES, *sorted(wording.written))))

    def looked(self, record: Record) -> Looked:
        """Return a row's note and all that is wrong with the row; nothing is remembered."""
        row = record.row
        faults = [fault(row, Kind.ROW, "", row.trouble)] if row.trouble else []
        if is_unclear(record.fields):
            message = f'"{record.fields["skip"]}" is neither yes nor no.'
            hint = "Write yes to leave the row out, or no."
            faults.append(fault(row, Kind.SETTING, "skip", message, hint))
        faults += self._in_cells(record)
        note: NoteFile | None = None
        try:
            note = self.wording.note_for(record)
        except InputError as error:
            found = fault_of(error, row.number, row.line)
            told = {one.kind for one in faults if not one.is_warning}
            if found.kind not in told and not (told and found.kind is Kind.WORDS):
                faults.append(found)
        faults += self._in_party(record, note)
        return Looked(note, tuple(faults))

    def _in_cells(self, record: Record) -> Iterator[Fault]:
        """Yield what is wrong with the texts that are written on a card or an envelope."""
        seen: set[str] = set()
        bad: list[str] = []
        for field in self._seen:
            text = record.fields.get(field) or record.words.get(field, "")
            if not text or text in seen:
                continue
            seen.add(text)
            if field == "name" and any(part in text for part in bad):
                continue
            try:
                text = tidied(text, field)
            except CharacterError as error:
                bad.append(text)
                yield fault_of(error, record.row.number, record.row.line)
                continue
            if blank := blank_in(text):
                bad.append(text)
                message = f"It is still to be filled in: {blank}."
                yield fault(record.row, Kind.BLANK, field, message)
            elif _LEFTOVER.fullmatch(text):
                yield fault(record.row, Kind.LEFTOVER, field, f'"{text}" is no word of yours.')
            if len(text) > LONGEST_LINE and field in _ON_ENVELOPES:
                longest = max(map(len, text.split("\n")))
                if longest > LONGEST_LINE:
                    message = f"A line has {longest} characters."
                    yield fault(record.row, Kind.LONG_LINE, field, message)

    def _in_party(self, record: Record, note: NoteFile | None) -> Iterator[Fault]:
        """Yield what is missing or odd in to whom the row goes."""
        row = record.row
        yield from _in_name(record)
        party = note.note.to if note else _party(record)
        named = party and (party.name or party.organisation)
        if self._names and not (named or (note is None and name_of(record.fields))):
            yield fault(row, Kind.NAME, "name", "The row names nobody.")
        if party is None:
            if self._addresses and (note or not recipient_of(record.fields)):
                yield fault(row, Kind.ADDRESS, "address", "The row has no address.")
            return
        if not (party.address or party.in_parts):
            if self._addresses:
                yield fault(row, Kind.ADDRESS, "address", "The row has no address.")
            return
        home = sender_country(note.note, self.wording.senders(note.note)) if note else ""
        language = note.note.language if note else "en"
        try:
            result = addressed(party, sender_country=home, language=language)
        except InputError as error:
            yield fault(row, Kind.ADDRESS, error.field, error.message, error.hint)
            return
        for odd in result.warnings:
            kind = _kind_of(party, odd)
            # Without a note nobody has said where it is posted, so nothing is taken for granted.
            if note or kind is not Kind.NO_COUNTRY:
                yield fault(row, kind, odd.field, odd.message, odd.hint)


def _in_name(record: Record) -> Iterator[Fault]:
    """Yield what a guest list's or an office's way to write a name would do to an envelope."""
    name = name_of(record.fields)
    if not _ODD_IN_NAME.search(name):
        return
    turned = _LAST_FIRST.fullmatch(name)
    if turned and not _BEHIND_NAMES.fullmatch(turned[2]):
        message = f'"{name}" has the last name first.'
        yield fault(record.row, Kind.ODD_NAME, "name", message)
    elif remark := _REMARK.search(name):
        message = f'"{remark[0].strip()}" in "{name}" would be written.'
        yield fault(record.row, Kind.ODD_NAME, "name", message)


def _kind_of(party: Party, odd: AddressWarning) -> Kind:
    """Return the kind of what the post finds odd about a part: missing, wrong, or unusual."""
    if getattr(party, odd.field, "") and not odd.is_sure:
        return Kind.ODD_ADDRESS
    return Kind.ADDRESS if odd.field in _PLACES else Kind.NO_COUNTRY


def _party(record: Record) -> Party | None:
    """Return to whom a row goes of which no note can be made, as far as that can be told."""
    given = recipient_of(record.fields)
    try:
        return Party.model_validate(given) if given else None
    except (ValidationError, InputError):
        return None
