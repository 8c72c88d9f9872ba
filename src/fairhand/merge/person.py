"""The parts of one person, as columns have them, put together: a name, and an address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from fairhand.merge.synonyms import key_of, synonyms
from fairhand.note.language import all_ands, all_titles

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = (
    "name", "prefix", "first_name", "last_name", "suffix", "organisation", "care_of", "address",
    "district", "city", "region", "postcode", "country", "salutation", "language", "hand", "card",
    "ink", "pen", "layout", "seed", "art", "imb", "neatness", "skip",
)  # fmt: skip
"""What fairhand knows of a person; everything else of a table is for the words only."""

_LINES = ("address_2", "unit", "address_3", "address_4")
_CITY_LINES = (
    re.compile(r"(?P<city>[^\d]+?),\s+(?P<region>[A-Z]{2})"),
    re.compile(r"(?P<city>[^\d]+?),?\s+(?P<region>[A-Z]{2})\.?,?\s+(?P<postcode>\d{5}(?:-\d{4})?)"),
    re.compile(r"(?P<postcode>(?:[A-Z]{1,3}-)?\d[\d -]*\d(?: ?[A-Z]{2}\b)?)\s+(?P<city>\D+)"),
    re.compile(r"(?P<city>[^\d]+?),?\s+(?P<postcode>[A-Z]{1,2}\d\w? ?\d[A-Z]{2}|\d{4,6})"),
)
_A_WORD = re.compile(r"[^\W\d_]{2,}")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@lru_cache(maxsize=4096)
def is_title(text: str) -> bool:
    """Tell whether a text is all titles, such as "Frau Dr." or "Mr. & Mrs."."""
    words = text.casefold().split()
    known = all_titles() | all_ands() | {"&", "+"}
    return bool(words) and all(
        word.strip(".") in known or (word[-1] == "." and len(word) < 8)
        for word in words
    )  # fmt: skip


def completed(
    parts: dict[str, str], lines: str, language: str, *, is_maybe_full: bool
) -> dict[str, str]:
    """Return the fields of a person, of the parts that are not empty and the address's lines.

    `is_maybe_full` says that the last name comes from a column called "Name", which some
    people fill with the whole name.
    """
    title = parts.pop("title", "")
    if title and "prefix" not in parts and is_title(title):
        parts["prefix"] = title
    salutation = parts.get("salutation", "")
    if salutation and is_title(salutation):
        del parts["salutation"]
        parts.setdefault("prefix", salutation)
    if lines:
        parts["address"] = lines
    else:
        parts.pop("address", None)
    first, last = parts.get("first_name", ""), parts.get("last_name", "")
    if is_maybe_full and first and last.startswith(f"{first} "):
        last = parts["last_name"] = last[len(first) + 1 :].strip()
    name = _name(parts, first, last, language)
    if name == parts.get("organisation"):
        # A vCard must have a full name, so that of a firm has the firm's.
        parts.pop("name", None)
    elif name:
        parts["name"] = name
    return {field: parts[field] for field in FIELDS if field in parts}


def _name(parts: Mapping[str, str], first: str, last: str, language: str) -> str:
    """Return the name as it stands on an envelope."""
    prefix, suffix = parts.get("prefix", ""), parts.get("suffix", "")
    name = parts.get("name", "")
    middle = parts.get("middle_name", "")
    if name in (f"{last}, {first}", f"{last}, {first} {middle}"):
        # So it is filed ("File As"); the parts say how it is written.
        name = ""
    if name:
        # A whole name often has its title already.
        prefix = "" if name.startswith(prefix) else prefix
        suffix = "" if name.endswith(suffix) else suffix
    elif not first and not last:
        return ""
    else:
        name = _joined(first, middle, last, language)
    return " ".join(part for part in (prefix, name, suffix) if part)


def _joined(first: str, middle: str, last: str, language: str) -> str:
    order = synonyms().order
    tag = language[:2].lower()
    is_eastern = bool(_IDEOGRAPHS.search(last) and _IDEOGRAPHS.search(first))
    # Names of Japan and its neighbours in Latin letters are written the western way.
    if first and last and (is_eastern or tag in ("hu", "vi")):
        given = " ".join(part for part in (middle, first) if part)
        return f"{last}{given}" if tag in order.without_space else f"{last} {given}"
    return " ".join(part for part in (first, middle, last) if part)


def address_lines(parts: dict[str, str], spoken: Mapping[str, tuple[str, str]]) -> str:
    """Return the lines above the city; the other parts stay, with the city's line taken apart.

    `spoken` has the language and the word of each column's name.
    """
    city_line = parts.pop("city_line", "")
    if city_line:
        parts.update(_of_city_line(city_line, parts))
    formatted = parts.pop("formatted", "")
    street = parts.pop("address", "")
    number = parts.pop("house_number", "")
    addition = parts.pop("house_addition", "")
    if number and addition:
        number = f"{number} {addition}" if addition[:1].isalnum() else f"{number}{addition}"
    if number:
        country = parts.get("country", "")
        is_before = _number_is_before(country, spoken["house_number"][0])
        street = f"{number} {street}" if is_before else f"{street} {number}"
    lines = [street.strip()]
    for part in _LINES:
        line = parts.pop(part, "")
        if line and part == "unit" and not _A_WORD.search(line):
            line = f"{spoken[part][1].capitalize()} {line}"
        lines.append(line)
    box = parts.pop("po_box", "")
    if box and not _A_WORD.search(box):
        words = synonyms().po_box
        box = f"{words.get(spoken['po_box'][0], words['en'])} {box}"
    lines.append(box)
    if not any(lines) and formatted:
        lines = [formatted]
        if not parts.get("city") or parts["city"] in formatted:
            for part in ("district", "city", "region", "postcode", "country"):
                if parts.get(part, "") in formatted:
                    parts.pop(part, None)
    return "\n".join(line.strip() for text in lines for line in text.split("\n") if line.strip())


@lru_cache(maxsize=1024)
def _number_is_before(country: str, language: str) -> bool:
    data = synonyms().house_number
    key = key_of(country)
    if key and key in map(key_of, data.countries_before):
        return True
    if key and key in map(key_of, data.countries_after):
        return False
    return language in data.languages_before


def _of_city_line(text: str, parts: Mapping[str, str]) -> dict[str, str]:
    """Take "10115 Berlin" or "Boston, MA 02035" apart; what cannot be is the city, whole."""
    for pattern in _CITY_LINES:
        found = pattern.fullmatch(text.strip())
        if found and not any(parts.get(part) for part in found.groupdict()):
            return {part: value.strip() for part, value in found.groupdict().items()}
    return {"city": text if not parts.get("city") else f"{parts['city']}\n{text}"}
