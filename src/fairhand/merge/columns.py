"""The columns of a table matched to what fairhand knows of a person, by their names."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from fairhand.errors import InputError, did_you_mean
from fairhand.merge.identifiers import identifiers
from fairhand.merge.person import FIELDS, address_lines, completed
from fairhand.merge.record import Record
from fairhand.merge.synonyms import Meaning, key_of, meaning, synonyms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from fairhand.merge.record import Row

_ABOVE_THE_CITY = (
    "address", "house_number", "house_addition", "address_2", "unit", "address_3", "address_4",
    "po_box", "formatted",
)  # fmt: skip
_PLACED = (*_ABOVE_THE_CITY, "city", "postcode", "city_line")
"""Without any of these there is no address: a country alone stands in many rows."""

_NAME_PARTS = ("prefix", "title", "first_name", "middle_name", "last_name", "suffix")
_NUMBERED = ("first", "second", "third")
_NOTHING = dict.fromkeys(FIELDS, "")


@dataclass(frozen=True, slots=True)
class Address:
    """One of the addresses in a table: the column of each part, and its language and word."""

    group: str
    parts: Mapping[str, str]
    spoken: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table's columns are understood.

    `parts` are the columns of all but addresses; a row goes to the first of `addresses` that
    it has. `unused` feed no field, but may stand in the wording, where `identifiers` are the
    columns' names and `named` are columns by the names that a person gave. `notices` are sentences
    about what was not plain.
    """

    headers: tuple[str, ...]
    parts: Mapping[str, str]
    addresses: tuple[Address, ...]
    unused: tuple[str, ...]
    notices: tuple[str, ...]
    identifiers: tuple[str, ...]
    language: str = ""
    is_maybe_full: bool = False
    named: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def words(self) -> set[str]:
        """All names that may stand in the wording."""
        return {*self.identifiers, *self.named, *FIELDS}

    @property
    def by_field(self) -> dict[str, tuple[str, ...]]:
        """The columns from which each field is made, in the order in which they are asked."""
        found = {}
        for field in FIELDS:
            columns = [header for group in self._asked(field) for header in group]
            if columns:
                found[field] = tuple(dict.fromkeys(columns))
        return found

    def _asked(self, field: str) -> list[tuple[str, ...]]:
        """Return the columns of a field; several groups where one stands in for another."""
        if field in self.parts:
            return [(self.parts[field],)]
        if field == "name":
            return [tuple(self.parts[part] for part in _NAME_PARTS if part in self.parts)]
        if field == "prefix" and "title" in self.parts:
            return [(self.parts["title"],)]
        return [_of_field(field, address.parts) for address in self.addresses]

    def shown(self) -> tuple[str, ...]:
        """Return a line for each field, such as 'postcode <- "ZIP"', for the person to check."""
        lines = []
        for field in self.by_field:
            groups = [
                ", ".join(f'"{header}"' for header in group)
                for group in self._asked(field)
                if group
            ]
            lines.append(f"{field} <- {', else '.join(dict.fromkeys(groups))}")
        return (*lines, *(f'{name} <- "{header}"' for name, header in self.named.items()))

    def record(self, row: Row) -> Record:
        """Return a row with its fields and its words; costs about 0.01 ms."""
        cells = row.cells
        found = {part: text for part, header in self.parts.items() if (text := cells[header])}
        lines = ""
        if self.addresses:
            address, place = self._address_of(cells)
            lines = address_lines(place, address.spoken)
            found.update(place)
        fields = completed(
            found,
            lines,
            found.get("language") or self.language,
            is_maybe_full=self.is_maybe_full,
        )
        words = dict(zip(self.identifiers, cells.values(), strict=True))
        words.update(_NOTHING)
        words.update(fields)
        for name, header in self.named.items():
            words[name] = cells[header]
        return Record(row, fields, words)

    def _address_of(self, cells: Mapping[str, str]) -> tuple[Address, dict[str, str]]:
        """Return the address to which a row goes, and the parts of it that are not empty.

        Google marks the preferred one of several with a star; of numbered ones that of the home
        goes before others.
        """
        chosen: tuple[Address, dict[str, str]] | None = None
        rest: tuple[Address, dict[str, str]] = self.addresses[0], {}
        is_settled = False
        for address in self.addresses:
            place = {}
            for part, header in address.parts.items():
                if text := cells[header]:
                    place[part] = text
            kind = place.pop("kind", "")
            if not any(part in place for part in _PLACED):
                rest = rest if rest[1] else (address, place)
                continue
            if kind.startswith("*"):
                return address, place
            is_home = bool(kind) and key_of(kind) in _home_keys()
            if chosen is None or (is_home and not is_settled):
                chosen = address, place
                is_settled = is_home or address.group not in _NUMBERED
        return chosen or rest


@cache
def _home_keys() -> frozenset[str]:
    return frozenset(map(key_of, synonyms().groups["home"]))


def _of_field(field: str, parts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns of an address's parts that make a field."""
    names = {"address": _ABOVE_THE_CITY}.get(field, (field,))
    found = tuple(parts[part] for part in names if part in parts)
    is_in_line = field in ("city", "region", "postcode") and not found and "city_line" in parts
    return (parts["city_line"],) if is_in_line else found


def matched(
    headers: Iterable[str], given: Mapping[str, str] | None = None, language: str = "",
    words: Collection[str] = (),
) -> Columns:  # fmt: skip
    """Match columns to fields by their names; `given` (field, header) goes before all names.

    An empty header in `given` leaves the field out. What is no field but one of the `words` that
    the wording uses names a column there. `language` is that of the notes, for the order of names.
    InputError for a field or a header that does not exist.
    """
    headers = tuple(headers)
    known = _known_fields()
    named = {
        name: column_named(header, headers)
        for name, header in (given or {}).items()
        if name in words and name not in known and header.strip()
    }
    given = {name: header for name, header in (given or {}).items()
             if name not in words or name in known}  # fmt: skip
    wishes = _wishes(headers, given)
    notices: list[str] = []
    taken = _taken(headers, wishes, notices)
    is_maybe_full = _name_beside(taken, wishes)
    _state_beside(headers, taken, wishes)
    parts = {part: header for (group, part), (_, header) in taken.items() if not group}
    parts.update((part, header) for part, header in wishes.items() if not _is_place(part))
    parts = {part: header for part, header in parts.items() if header}
    addresses = _addresses(taken, wishes)
    used = {*parts.values(), *(header for one in addresses for header in one.parts.values())}
    sources = {*parts.items(), *(pair for one in addresses for pair in one.parts.items())}
    return Columns(
        headers,
        parts,
        addresses,
        tuple(header for header in headers if header not in {*used, *named.values()}),
        identifiers=identifiers(headers, FIELDS, sources, notices.append),
        notices=tuple(notices),
        language=language,
        is_maybe_full=is_maybe_full,
        named=named,
    )


def column_named(name: str, headers: Sequence[str]) -> str:
    """Return the column of a name that a person wrote; InputError when there is none."""
    by_key = {key_of(header): header for header in reversed(headers)}
    found = name if name in headers else by_key.get(key_of(name), "")
    if not found:
        raise InputError(
            f'The table has no column "{name}".',
            hint=did_you_mean(name, headers) or f"It has: {', '.join(headers[:20])}.",
        )
    return found


def _known_fields() -> set[str]:
    return {*FIELDS, *synonyms().fields, *synonyms().address} - {"kind"}


def _wishes(headers: tuple[str, ...], given: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that the person gave to fields, with both names as they are known."""
    known = _known_fields()
    wishes: dict[str, str] = {}
    for name, header in given.items():
        field = name.strip().lower().replace("-", "_").replace(" ", "_")
        if field not in known:
            found = meaning(name)
            if found is None or found.group not in ("", "plain"):
                raise InputError(
                    f'There is no field "{name}" to which a column can be given.',
                    hint=did_you_mean(name, known) or f"Fields: {', '.join(FIELDS)}.",
                )
            field = found.part
        if field in wishes:
            raise InputError(
                f'"{name}" and another --map both say where the {field.replace("_", " ")} is.',
                hint="Leave one of them out.",
            )
        wishes[field] = column_named(header, headers) if header.strip() else ""
    return wishes


_Taken = dict[tuple[str, str], tuple[Meaning, str]]
"""Group and part of a column by its meaning, and its name."""


def _taken(headers: tuple[str, ...], wishes: Mapping[str, str], notices: list[str]) -> _Taken:
    """Return for each part the column with the best name; those that it beats are told."""
    taken: _Taken = {}
    given = set(wishes.values())
    for header in headers:
        found = meaning(header)
        if not found or header in given or (not found.group and found.part in wishes):
            continue
        place = (found.group, found.part)
        other = taken.get(place)
        if other is None:
            taken[place] = found, header
            continue
        worse = header
        if found.rank < other[0].rank:
            taken[place], worse = (found, header), other[1]
        if found.part != "kind":
            better = taken[place][1]
            notices.append(
                f'"{better}" and "{worse}" could both be the {found.part.replace("_", " ")}; '
                f'"{better}" is taken (--map {found.part}="{worse}" takes the other).'
            )
    return taken


def _name_beside(taken: _Taken, wishes: Mapping[str, str]) -> bool:
    """Make "Name" beside "Vorname" the last name, and "Nome" beside "Cognome" the first.

    Returns whether it was made the last name; some write the whole name there all the same.
    """
    data = synonyms().beside
    name = taken.get(("", "name"))
    if not name or key_of(name[1]) not in data.bare or {"name", *_NAME_PARTS} & wishes.keys():
        return False
    first, last = taken.get(("", "first_name")), taken.get(("", "last_name"))
    if first and not last and first[0].language in data.name_is_last:
        taken["", "last_name"] = taken.pop(("", "name"))
        return True
    if last and not first and last[0].language in data.name_is_first:
        taken["", "first_name"] = taken.pop(("", "name"))
    return False


def _state_beside(headers: tuple[str, ...], taken: _Taken, wishes: Mapping[str, str]) -> None:
    """Make "ST" the state where there are a city and a ZIP code, and no other state."""
    place = {part for group, part in taken if group} | wishes.keys()
    if "region" in place or not {"city", "postcode"} <= place:
        return
    for header in headers:
        if key_of(header) in synonyms().beside.state and header not in wishes.values():
            group = next((group for group, part in taken if part == "city"), "plain")
            taken[group, "region"] = Meaning("region", group, 0, "en", header), header
            return


def _is_place(part: str) -> bool:
    return part in synonyms().address


def _addresses(taken: _Taken, wishes: Mapping[str, str]) -> tuple[Address, ...]:
    """Return the addresses of the table in the order in which they are asked.

    A column that is given and belongs to one of them brings that one to the front; any other
    takes its place in all of them.
    """
    groups: dict[str, dict[str, tuple[Meaning, str]]] = {}
    first: list[str] = []
    for (group, part), column in taken.items():
        if group:
            groups.setdefault(group, {})[part] = column
    for part, header in wishes.items():
        if not _is_place(part):
            continue
        found = meaning(header) if header else None
        if found and found.part == part and found.group:
            groups.setdefault(found.group, {})[part] = found, header
            first.append(found.group)
            continue
        column = found or Meaning(part, "plain", 0, "en", header), header
        for parts in groups.values() if groups else [groups.setdefault("plain", {})]:
            parts[part] = column
            if not header:
                del parts[part]
    plain = groups.get("plain", {})
    below, above = {*_PLACED} - {*_ABOVE_THE_CITY}, {*_ABOVE_THE_CITY}
    # "Street 1" and "Ship City" are one address: lines without a city, a city without lines.
    is_split = len(groups) == 2 and not below & plain.keys() and not any(
        above & parts.keys() for parts in groups.values() if parts is not plain
    )  # fmt: skip
    if len(groups) > 1 and (is_split or not above & plain.keys()):
        # "Home Street" and "City": the parts that say of no address whose they are, are of all.
        groups.pop("plain", None)
        groups = {group: {**plain, **parts} for group, parts in groups.items()}
    order = [*first, *synonyms().groups]
    return tuple(
        Address(
            group,
            {part: header for part, (_, header) in groups[group].items()},
            {part: (found.language, found.word) for part, (found, _) in groups[group].items()},
        )
        for group in dict.fromkeys(order)
        if groups.get(group)
    )
