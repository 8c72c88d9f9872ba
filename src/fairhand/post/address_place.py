"""Where an address is: what stands below its street, in the order of its country.

Many people of a merge live in one place. What its country asks is found out once for all of
them; each has only a name and a street of his own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError
from fairhand.post.address_checks import AddressWarning, warnings_of
from fairhand.post.address_rules import FIELDS, found_region, grouped, order_of, rules_of
from fairhand.post.country import (
    country_line,
    folded_name,
    in_capitals,
    is_latin,
    one_post,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairhand.post.address_rules import Line, Rules

_MILITARY = {"APO", "FPO", "DPO"}
_MILITARY_REGIONS = {"AA", "AE", "AP"}
_MILITARY_ORDER = "%N%n%O%n%A%n%D%n%C %S %Z"
"""USPS Publication 28, section 225: overseas military addresses take no comma and no country."""

_LONGEST_CODE = 3
"""A region of so few letters is a code: NY, NSW."""

_PERSONAL = frozenset("NOA")
"""The letters of what two people of one place have each for himself."""


class Parts(NamedTuple):
    """The fields of a party that say where it is, as they were given."""

    district: str
    city: str
    region: str
    postcode: str
    country: str


class Journey(NamedTuple):
    """Where a letter comes from and goes to, as codes, and in which language it is written.

    `assumed` tells that nobody has said where it is posted; `capitals`, that towns and countries
    are in capitals where posts want them.
    """

    sender: str
    code: str
    language: str
    assumed: bool
    capitals: bool = True


class Row(NamedTuple):
    """A line of an address, and how it is compared; with `line` it is still to be filled in."""

    text: str
    folded: str
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is written: rows from the top, and the texts of its own fields by letter.

    `unsure` are fields whose texts its own rows do not hold; somebody's own rows may.
    """

    rules: Rules
    rows: tuple[Row, ...]
    texts: Mapping[str, tuple[str, ...]]
    name_last: bool
    at_home: bool
    unsure: tuple[tuple[str, str], ...]
    warnings: tuple[AddressWarning, ...]

    def filled(self, line: Line, values: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Return a line's fields with what stands between; nothing where all are empty."""
        return _filled(line, values, self.rules, at_home=self.at_home)


@lru_cache(maxsize=1024)
def place_of(given: Parts, journey: Journey, *, has_street: bool, latin_street: bool) -> Place:
    """Put a place in order; `latin_street` tells that the letters of its street are Latin ones.

    InputError, with the name of the field, for a country that would send it astray.
    """
    parts = {name: tidied(text) for name, text in given._asdict().items()}
    country_given = given.country
    sender, code, language, assumed, capitals = journey
    warnings: list[AddressWarning] = []
    forces = _is_of_the_forces(country_given, code, parts)
    code = "US" if forces else code
    country = code or ("" if country_given else sender)
    at_home = one_post(sender, country)
    if country_given and not code:
        warnings.append(_unknown(country_given))
    if country != "US" and one_post("US", country):
        parts, country = _territory(parts, country), "US"
    rules = rules_of(country)
    parts["postcode"] = grouped(parts["postcode"], rules)
    region = found_region(rules, parts["region"]) if rules.regions else None
    is_guessed = assumed and not code and not forces
    odd = tuple(warnings_of(rules, parts, region, has_street=has_street, is_guessed=is_guessed))
    if odd and not code and not country_given and assumed:
        warnings.append(_set_as_at_home(rules.place))
    latin = latin_street and all(map(is_latin, (parts["district"], parts["city"], parts["region"])))
    last = country_given
    if at_home:
        last = ""
    elif code:
        last = country_line(code, sender, language, latin=latin, capitals=capitals)
    if region and rules.abbreviate:
        parts["region"] = region.key
    texts = _texts(parts, rules, abroad=not at_home, capitals=capitals)
    order = order_of(_MILITARY_ORDER) if forces else rules.latin if latin else rules.own
    rows: list[Row] = []
    for line in order.lines:
        if not line[0][1]:
            if folded(line[0][0]) != folded(last):
                rows.append(_row(line[0][0]))
        elif _PERSONAL.isdisjoint(letter for _, letter in line):
            rows += map(_row, _filled(line, texts, rules, at_home=at_home))
        else:
            rows.append(Row("", "", line))
    if last:
        rows.append(_row(last))
    unsure = tuple(_not_in(rows, given, texts))
    return Place(rules, tuple(rows), texts, order.name_last, at_home, unsure, (*warnings, *odd))


def tidied(text: str) -> str:
    """Return a field without the commas that tables leave at its ends, nor doubled spaces."""
    return " ".join(text.split()).strip(" ,;")


def folded(text: str) -> str:
    """Return a text as it is compared: without its capitals, its spaces and its i's dots."""
    if text.isascii():
        return "".join(text.casefold().split())
    return "".join(text.translate(_SAME_I).upper().casefold().split())


_SAME_I = str.maketrans({"İ": "i", "ı": "i"})


def _row(text: str) -> Row:
    return Row(text, folded(text))


def _territory(parts: dict[str, str], code: str) -> dict[str, str]:
    """Return the parts of an address in Puerto Rico and the like as a state of the US has them."""
    region = parts["region"]
    known = found_region(rules_of("US"), region)
    if region and (known is None or known.key != code):
        parts = {**parts, "district": ", ".join(filter(None, (parts["district"], region)))}
    return {**parts, "region": code}


def _is_of_the_forces(country: str, code: str, parts: dict[str, str]) -> bool:
    """Tell whether an address is one of the US forces; InputError where it names a country."""
    office, region = parts["city"].upper(), parts["region"].upper()
    if office not in _MILITARY or region not in _MILITARY_REGIONS:
        return False
    if country and code != "US":
        raise InputError(
            f'An address at {office} {region} has no country of its own, and "{country}" '
            "would send it into the wrong post.",
            hint="Leave the country out, or write USA.",
            field="country",
        )
    return True


def _unknown(country: str) -> AddressWarning:
    return AddressWarning(
        "country",
        f'"{country}" is not a country that is known here, so it stands as it is.',
        "Write its name in English or its code, such as DE.",
    )


def _set_as_at_home(place: str) -> AddressWarning:
    return AddressWarning(
        "country",
        f"No country is given, so the address is set as one in {place}.",
        "Write the country, if it is another.",
    )


def _texts(
    parts: Mapping[str, str], rules: Rules, *, abroad: bool, capitals: bool
) -> dict[str, tuple[str, ...]]:
    """Return the text of each field, in capitals where the post wants them.

    Without `capitals` only codes are: postcodes, and short names of states.
    """
    texts: dict[str, tuple[str, ...]] = {
        letter: (parts[name],) if parts[name] else ()
        for letter, name in FIELDS.items()
        if letter not in _PERSONAL
    }
    if texts["C"] and texts["S"] and folded(parts["city"]) == folded(parts["region"]):
        # A city that is a region of its own (Berlin, Moscow, Beijing) is written once.
        alone = next(line for line in rules.latin.lines if any(f == "C" for _, f in line))
        texts["C" if len(alone) == 1 else "S"] = ()
    if texts["Z"] and folded_name(parts["city"]) in rules.says:
        texts["C"] = ()
    # Abroad the town is in capitals too (DIN 5008, Swiss Post, Korea Post).
    wanted = rules.capitals_abroad if abroad else rules.capitals
    if abroad and not texts["C"]:
        wanted |= {"S"}
    for letter in wanted:
        if capitals or letter == "Z" or (letter == "S" and len(parts["region"]) <= _LONGEST_CODE):
            texts[letter] = tuple(in_capitals(text, rules.code.lower()) for text in texts[letter])
    return texts


def _filled(
    line: Line, values: Mapping[str, tuple[str, ...]], rules: Rules, *, at_home: bool
) -> list[str]:
    written: list[str] = []
    for number, (before, letter) in enumerate(line):
        texts = values[letter]
        if not texts:
            continue
        first, *others = texts
        if written:
            written[-1] += before + first
        elif number == 0 and _wants(before, first, rules, at_home=at_home):
            written.append(before.lstrip() + first)
        else:
            written.append(first)
        written += others
    return written


def _wants(before: str, postcode: str, rules: Rules, *, at_home: bool) -> bool:
    """Tell whether the letters before a postcode are wanted: abroad, and not written already."""
    prefix = rules.prefix.strip(" -")
    if not prefix or before.strip(" -") != prefix:
        return True
    return (not at_home or rules.prefix_at_home) and not postcode.startswith(prefix)


def _not_in(
    rows: list[Row], given: Parts, texts: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, str]]:
    """Return the place's fields, each with its text, that its own rows do not hold."""
    whole = "\n".join(row.folded for row in rows)
    found: list[tuple[str, str]] = []
    for letter in "DCSZ":
        name = FIELDS[letter]
        for text in texts[letter] or (getattr(given, name),):
            if folded(tidied(text)) not in whole:
                found.append((name, text))
    return found
