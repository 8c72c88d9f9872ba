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
from fairhand.post.address_checks import AddressWarning, warnings_of
from fairhand.post.address_rules import FIELDS, found_region, grouped, order_of, rules_of
from fairhand.post.country import (
    country_code,
    country_line,
    folded_name,
    has_region,
    home_of,
    in_capitals,
    is_latin,
    one_post,
)

if TYPE_CHECKING:
    from fairhand.note.model import Party
    from fairhand.post.address_rules import Line, Order, Rules

__all__ = ["AddressWarning", "AddressedParty", "addressed"]

_MILITARY = {"APO", "FPO", "DPO"}
_MILITARY_REGIONS = {"AA", "AE", "AP"}
_MILITARY_ORDER = "%N%n%O%n%A%n%D%n%C %S %Z"
"""USPS Publication 28, section 225: overseas military addresses take no comma and no country."""


@dataclass(frozen=True, slots=True)
class AddressedParty:
    """The lines of an address as they go on the paper, and what is odd about them."""

    lines: tuple[str, ...]
    warnings: tuple[AddressWarning, ...] = ()


@lru_cache(maxsize=256)
def addressed(party: Party, *, sender_country: str = "", language: str = "en") -> AddressedParty:
    """Put a party's address into lines, as its country orders them.

    `sender_country` is the country that the letter leaves, in any words or as a code; "" is
    where the language's letters are posted (`country.home_of`). The recipient's country is the
    last line, in the sender's language and in capitals, unless both are the same or it is not
    given. A party without a district, city, region or postcode keeps its lines.

    InputError, with the name of the field, for a field that would be lost.
    """
    sender = country_code(sender_country, language) or home_of(language)
    code = country_code(party.country, language)
    assumed = not sender_country and not has_region(language)
    warnings: list[AddressWarning] = []
    if code and one_post(sender, code) and assumed:
        warnings.append(_taken_for_home(party.country))
    if not party.in_parts:
        told = warnings if party.country.upper() == code else []
        return AddressedParty(_as_given(party, code, sender, language), tuple(told))
    parts = {name: _tidy(getattr(party, name)) for name in _PARTS}
    street = [line for line in map(_tidy, party.address) if line]
    forces = _is_of_the_forces(party, code, parts)
    code = "US" if forces else code
    country = code or ("" if party.country else sender)
    at_home = one_post(sender, country)
    if party.country and not code:
        warnings.append(_unknown(party.country))
    if country != "US" and one_post("US", country):
        parts, country = _territory(parts, country), "US"
    rules = rules_of(country)
    parts["postcode"] = grouped(parts["postcode"], rules)
    region = found_region(rules, parts["region"]) if rules.regions else None
    odd = tuple(warnings_of(rules, parts, street, region))
    if odd and not code and not party.country and assumed:
        warnings.append(_set_as_at_home(rules.place))
    latin = all(map(is_latin, (*street, parts["district"], parts["city"], parts["region"])))
    last = party.country
    if at_home:
        last = ""
    elif code:
        last = country_line(code, sender, language, latin=latin)
    if region and rules.abbreviate:
        parts["region"] = region.key
    values = _values(party, parts, street, rules, abroad=not at_home)
    order = order_of(_MILITARY_ORDER) if forces else rules.latin if latin else rules.own
    if order.name_last:
        values["N"].reverse()
    lines = _lines(order, values, rules, last, at_home=at_home)
    _refuse_lost(party, values, lines)
    return AddressedParty(tuple(lines), (*warnings, *odd))


_PARTS = ("organisation", "district", "city", "region", "postcode")


def _tidy(text: str) -> str:
    """Return a field without the commas that tables leave at its ends, nor doubled spaces."""
    return " ".join(text.split()).strip(" ,;")


def _as_given(party: Party, code: str, sender: str, language: str) -> tuple[str, ...]:
    """Return a party's lines; a country that is only a code is written out, for people read it."""
    if not code or party.country.upper() != code:
        return party.lines_in(language)
    last = ""
    if not one_post(sender, code):
        latin = all(map(is_latin, party.address))
        last = country_line(code, sender, language, latin=latin)
    return party.model_copy(update={"country": last}).lines_in(language)


def _territory(parts: dict[str, str], code: str) -> dict[str, str]:
    """Return the parts of an address in Puerto Rico and the like as a state of the US has them."""
    region = parts["region"]
    known = found_region(rules_of("US"), region)
    if region and (known is None or known.key != code):
        parts = {**parts, "district": ", ".join(filter(None, (parts["district"], region)))}
    return {**parts, "region": code}


def _is_of_the_forces(party: Party, code: str, parts: dict[str, str]) -> bool:
    """Tell whether an address is one of the US forces; InputError where it names a country."""
    office, region = parts["city"].upper(), parts["region"].upper()
    if office not in _MILITARY or region not in _MILITARY_REGIONS:
        return False
    if party.country and code != "US":
        raise InputError(
            f'An address at {office} {region} has no country of its own, and "{party.country}" '
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


def _taken_for_home(country: str) -> AddressWarning:
    return AddressWarning(
        "from country",
        f'"{country}" is left off, for the letter is taken to be posted there.',
        "Say where it is posted: a country under from, or a language such as en-GB.",
    )


def _set_as_at_home(place: str) -> AddressWarning:
    return AddressWarning(
        "country",
        f"No country is given, so the address is set as one in {place}.",
        "Write the country, if it is another.",
    )


def _values(
    party: Party, parts: dict[str, str], street: list[str], rules: Rules, *, abroad: bool
) -> dict[str, list[str]]:
    """Return the lines of each field, in capitals where the post wants them."""
    values = {
        letter: [parts[name]] if parts.get(name) else []
        for letter, name in FIELDS.items()
        if letter not in "NA"
    }
    name, care_of = _tidy(party.name), _tidy(party.care_of_line)
    if care_of != _tidy(party.care_of) and rules.code == "JP" and not is_latin(care_of):
        care_of = f"{_tidy(party.care_of)}様方"
    values["N"] = [line for line in (name, care_of) if line]
    values["A"] = street
    if values["C"] and values["S"] and folded_name(parts["city"]) == folded_name(parts["region"]):
        # A city that is a region of its own (Berlin, Moscow, Beijing) is written once.
        alone = next(line for line in rules.latin.lines if any(f == "C" for _, f in line))
        values["C" if len(alone) == 1 else "S"] = []
    if values["Z"] and folded_name(parts["city"]) in rules.says:
        values["C"] = []
    # Abroad the town is in capitals too (DIN 5008, Swiss Post, Korea Post).
    capitals = rules.capitals_abroad if abroad else rules.capitals
    if abroad and not values["C"]:
        capitals |= {"S"}
    for letter in capitals:
        values[letter] = [in_capitals(text, rules.code.lower()) for text in values[letter]]
    return values


def _lines(
    order: Order, values: dict[str, list[str]], rules: Rules, last: str, *, at_home: bool
) -> list[str]:
    lines: list[str] = []
    for line in order.lines:
        if not line[0][1]:
            if folded(line[0][0]) != folded(last):
                lines.append(line[0][0])
            continue
        lines += _filled(line, values, rules, at_home=at_home)
    if last:
        lines.append(last)
    # A town that is its country, an office that is its own addressee: once is enough.
    once = [folded(line) for line in lines]
    return [
        line
        for number, line in enumerate(lines)
        if number + 1 == len(lines) or once[number] != once[number + 1]
    ]


def _filled(line: Line, values: dict[str, list[str]], rules: Rules, *, at_home: bool) -> list[str]:
    """Return a line's fields with what stands between them; nothing where all are empty."""
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


def folded(text: str) -> str:
    """Return a text as it is compared: without its capitals, its spaces and its i's dots."""
    return "".join(text.translate(_SAME_I).upper().casefold().split())


_SAME_I = str.maketrans({"İ": "i", "ı": "i"})


def _refuse_lost(party: Party, values: dict[str, list[str]], lines: list[str]) -> None:
    """Raise InputError for a field that does not stand in the lines."""
    written = [folded(line) for line in lines]
    whole = "\n".join(written)
    for letter, name in FIELDS.items():
        given = getattr(party, name)
        texts = values[letter] or (
            [] if not given else [given] if isinstance(given, str) else given
        )
        for text in texts:
            if folded(_tidy(text)) not in whole:
                raise InputError(
                    f'"{name}" would be lost from the address: "{text}".',
                    hint="Write the address as lines.",
                    field=name,
                )
