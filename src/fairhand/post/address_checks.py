"""What is odd about an address, as warnings: nothing is changed, and nothing refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.post.address_rules import found_region

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairhand.post.address_rules import Region, Rules

_OLD_PREFIX = re.compile(r"^[A-Z]{1,3}[ -](?=\d)")
"""D-10115: country letters of the time before the country's line; the post reads over them."""


_FIGURES = re.compile(r"[0-9]+(?:[ -][0-9]+)*")


@dataclass(frozen=True, slots=True)
class AddressWarning:
    """Something odd about a field of an address: one sentence, and what to do."""

    field: str
    message: str
    hint: str = ""
    is_sure: bool = False
    """Whether it cannot be meant: who makes hundreds of cards unseen is better stopped by it."""

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def warnings_of(
    rules: Rules,
    parts: Mapping[str, str],
    region: Region | None,
    *,
    has_street: bool,
    is_guessed: bool = False,
) -> Iterator[AddressWarning]:
    """Yield what a country's rules find odd about the parts of an address.

    `region` is what `found_region` made of the region that was written; `is_guessed`: neither
    the address nor its sender's says the country.
    """
    yield from _missing(rules, parts, has_street=has_street)
    yield from _odd_region(rules, parts, region)
    yield from _odd_postcode(rules, parts["postcode"], region, is_guessed=is_guessed)


def _missing(
    rules: Rules, parts: Mapping[str, str], *, has_street: bool
) -> Iterator[AddressWarning]:
    if "A" in rules.require and not has_street:
        yield AddressWarning(
            "address", "The address has no street and no box.", "Add a line for it."
        )
    if "C" in rules.require and not parts["city"] and not _is_a_city(rules, parts["region"]):
        yield AddressWarning("city", f"The address in {rules.place} has no city.", "Add it.")
    if "S" in rules.require and not parts["region"] and not found_region(rules, parts["city"]):
        word = rules.region_word
        yield AddressWarning("region", f"The address in {rules.place} has no {word}.", "Add it.")
    if "Z" in rules.require and not parts["postcode"]:
        yield AddressWarning(
            "postcode",
            f"The address in {rules.place} has no {rules.postcode_word}.",
            f"Add it; it looks like {rules.examples}." if rules.examples else "Add it.",
        )


def _is_a_city(rules: Rules, region: str) -> bool:
    """Tell whether a region can stand for a city, as Hong Kong's and Beijing's do."""
    return bool(region) and found_region(rules, region) is not None and not rules.abbreviate


def _odd_region(
    rules: Rules, parts: Mapping[str, str], region: Region | None
) -> Iterator[AddressWarning]:
    written = parts["region"]
    if not written:
        return
    if rules.regions and region is None:
        yield AddressWarning(
            "region",
            f'"{written}" is not a {rules.region_word} that is known in {rules.place}.',
            "Look for a slip; it is written as it stands.",
        )
    elif "S" not in rules.uses and rules.code not in _MAY_HAVE_REGIONS:
        yield AddressWarning(
            "region",
            f'Addresses in {rules.place} have no region: "{written}" gets a line of its own.',
            "Leave it out, if the city says enough.",
        )


_MAY_HAVE_REGIONS = ("", "GB", "GG", "IM", "JE", "NZ", "ZA", "HU", "PT")
"""Where people write a county or a province too, and the posts bear with it."""


def _odd_postcode(
    rules: Rules, written: str, region: Region | None, *, is_guessed: bool
) -> Iterator[AddressWarning]:
    if not written:
        return
    if "Z" not in rules.uses and rules.code:
        yield AddressWarning(
            "postcode",
            f'Addresses in {rules.place} have no postcode, and "{written}" is given.',
            "Leave it out, if it was only asked for by a form.",
        )
        return
    if rules.postcode is None:
        return
    code = _OLD_PREFIX.sub("", written.upper()).removeprefix(rules.prefix).strip()
    code = code.removeprefix("〒").strip()
    word = rules.postcode_word
    if not _fits(rules.postcode, code):
        zeros = _with_zeros(rules, code, region)
        is_in_region = bool(zeros and region and region.postcodes)
        yield AddressWarning(
            "postcode",
            f'"{written}" is not a {word} of {rules.place}'
            f"{f'; it may have been {zeros}' if zeros else ''}.",
            "A spreadsheet takes zeros from the front: format the column as text, then type the "
            "codes or open the file anew."
            if zeros
            else f"It looks like {rules.examples}."
            if rules.examples
            else "Look for a slip.",
            is_sure=is_in_region or bool(zeros and not is_guessed),
        )
    elif region and region.postcodes and not region.postcodes.match(code):
        yield AddressWarning(
            "postcode",
            f'The {word} "{written}" is not in "{region.key}".',
            f"Look whether the {rules.region_word} or the {word} is wrong.",
        )


def _with_zeros(rules: Rules, code: str, region: Region | None) -> str:
    """Return a postcode with the zeros that a spreadsheet took, or "" where it lacks none.

    Spreadsheets drop the zeros at the front of whatever they take for a number.
    """
    if rules.postcode is None or not _FIGURES.fullmatch(code):
        return ""
    for zeros in (f"0{code}", code.zfill(len(rules.examples.split(" or ")[0]))):
        if zeros != code and _fits(rules.postcode, zeros):
            is_elsewhere = region and region.postcodes and not region.postcodes.match(zeros)
            return "" if is_elsewhere else zeros
    return ""


def _fits(pattern: re.Pattern[str], code: str) -> bool:
    return bool(pattern.fullmatch(code) or pattern.fullmatch(code.replace(" ", "")))
