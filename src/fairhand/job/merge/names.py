"""Names of a merge's files: volumes by number, persons by key and name, safe on every system."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MOST = 60
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED: Final = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"
}
"""Names that Windows gives to devices, whatever ending follows (Microsoft, "Naming Files")."""

_TITLES: Final = {
    "cards": "Cards",
    "envelopes": "Envelopes",
    "envelope-backs": "Backs of the envelopes",
    "labels": "Labels",
    "sheets": "Sheets of cards",
    "sheets-fronts": "Sheets of cards, fronts",
    "sheets-backs": "Sheets of cards, backs",
    "proof": "Proof: the cards to look at first",
    "manifest": "List of all cards",
    "problems": "List of problems",
}
"""What the files of a merge are called on a page."""


def title_of(name: str) -> str:
    """Return what a file of a merge is called on a page: "Cards, part 3"."""
    piece, *parts = name.split(".")
    number = next((part for part in parts if part.isdigit()), "")
    return _TITLES.get(piece, piece) + (f", part {int(number)}" if number else "")


def volume_name(piece: str, volume: int, suffix: str) -> str:
    """Return the name of a volume's file, such as "cards.003.pdf"."""
    return f"{piece}{suffix}.{volume:03d}.pdf"


def alone(name: str) -> str:
    """Return the name that the file of a single volume gets: without its number."""
    return re.sub(r"\.\d{3,}\.pdf$", ".pdf", name)


def person_name(key: str, name: str, piece: str, suffix: str = "") -> str:
    """Return the name of one person's file, such as "0088 Jane Doe.card.pdf".

    No letter of it leads out of a folder or is refused by a file system; the key keeps the
    names of two persons apart.
    """
    plain = unicodedata.normalize("NFC", _UNSAFE.sub(" ", name))
    plain = "".join(c for c in plain if c.isprintable())
    plain = " ".join(plain.split())[:_MOST].strip(" .")
    while len(plain.encode()) > 3 * _MOST:
        plain = plain[:-1].strip(" .")
    if plain.split(".")[0].lower() in _RESERVED:
        plain = f"{plain}_"
    return " ".join(part for part in (key, plain) if part) + f".{piece}{suffix}.pdf"
