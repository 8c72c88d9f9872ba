"""The recipient of a row: the name and the address that its columns give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.note.characters import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Mapping

ADDRESS_FIELDS = ("organisation", "care_of", "district", "city", "region", "postcode", "country")
"""What stands on an envelope besides the name and the lines of the address; of one line each."""

NAME_FIELDS = ("name", "prefix", "first_name", "last_name", "suffix")


def named(fields: Mapping[str, str]) -> str:
    """Return what a row is called in a report: its person, or its organisation."""
    return name_of(fields) or fields.get("organisation", "")


def name_of(fields: Mapping[str, str]) -> str:
    """Return the name of a row: its `name`, or prefix, first name, last name and suffix.

    Where the names are written in Japanese, Korean or Chinese the last name comes first and
    what honours its bearer stands behind: "山田太郎 様".
    """
    if "name" in fields:
        return fields["name"]
    first, last = fields.get("first_name", ""), fields.get("last_name", "")
    prefix, suffix = fields.get("prefix", ""), fields.get("suffix", "")
    if first and last and all(map(is_east_asian, first + last)):
        parts = [f"{last}{first}", prefix, suffix]
    elif first or last:
        parts = [prefix, first, last, suffix]
    else:
        return ""
    return " ".join(part for part in parts if part)


def recipient_of(fields: Mapping[str, str]) -> dict[str, object]:
    """Return the parts of a `Party` that a row's fields give, only those that are not empty."""
    found: dict[str, object] = {}
    if name := name_of(fields):
        found["name"] = name
    if address := fields.get("address", ""):
        found["address"] = [line for line in address.split("\n") if line.strip()]
    for field in ADDRESS_FIELDS:
        if field in fields:
            found[field] = fields[field]
    return found
