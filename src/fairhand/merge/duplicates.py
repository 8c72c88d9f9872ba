"""People who stand in a table twice.

What is compared is folded first: no capitals, accents or punctuation, and "Road" is "rd". All
rows are remembered, so only digests of 64 bits are kept, in a file of SQLite's own that it opens
for as long as it is needed and that nobody else sees: memory stays bounded for any table. With a
million rows, chance makes one wrong pair in some ten million tables.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from fairhand.errors import FailureError
from fairhand.merge.faults import Fault, Kind, fault
from fairhand.merge.recipient import ADDRESS_FIELDS, name_of
from fairhand.note.language import all_titles

if TYPE_CHECKING:
    from types import TracebackType

    from fairhand.merge.record import Record

_SAME = {
    "road": "rd", "street": "st", "saint": "st", "avenue": "ave", "av": "ave", "drive": "dr",
    "lane": "ln", "boulevard": "blvd", "court": "ct", "place": "pl", "square": "sq",
    "terrace": "ter", "apartment": "apt", "suite": "ste", "north": "n", "south": "s", "east": "e",
    "west": "w", "strasse": "str", "rue": "r", "calle": "c", "platz": "pl", "and": "",
    "und": "", "et": "", "y": "",
}  # fmt: skip
"""Words of addresses and names that people shorten, and what is compared instead of them."""

_MORE_TITLES = {"miss", "mx", "madam", "professor", "doctor", "rev", "reverend", "hon", "sra",
                "srta", "fr", "hr"}  # fmt: skip
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
_ZIP_4 = re.compile(r"\s*(\d{5})-?\d{4}\s*")
"""A ZIP Code with the four digits that many rows lack."""
_WORD = re.compile(r"[^\W_]+")
_UMLAUT = re.compile("([aou])e")
_NO_MARKS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})


class Duplicates:
    """Remembers who has come; `fault_of` says of each row whether it came before."""

    def __init__(self) -> None:
        """Open the list; it is closed by `close`, or at the end of a `with`."""
        # An empty name is a file that goes with the connection (sqlite.org/inmemorydb.html).
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -4000",
            "CREATE TABLE seen (who INTEGER PRIMARY KEY, number INTEGER)", "BEGIN",
        ):  # fmt: skip
            self._base.execute(statement)

    def __enter__(self) -> Duplicates:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget everybody."""
        self._base.close()

    def fault_of(self, record: Record) -> Fault | None:
        """Remember a row; return a fault or a warning when its person has come before.

        FailureError when the disk is full.
        """
        name, address = _who(record)
        if not name:
            return None
        try:
            # A town alone is where many of one name live.
            has_street = "address" in record.fields
            same = self._seen(f"same {name} {address}", record.row.number) if has_street else 0
            near = self._seen(_nearly(record, name, address), record.row.number)
        except sqlite3.Error as error:
            raise FailureError(
                f"The list of who has come cannot be kept: {error}.", hint="Is the disk full?"
            ) from None
        shown = name_of(record.fields)
        if same:
            message = f'"{shown}" at the same address is in row {same} already.'
            return fault(record.row, Kind.DUPLICATE, "name", message)
        if near:
            message = f'"{shown}" may be the person in row {near}.'
            return fault(record.row, Kind.NEAR_DUPLICATE, "name", message)
        return None

    def _seen(self, text: str, number: int) -> int:
        """Return the row in which a text has come before, or 0 and remember it."""
        if not text:
            return 0
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        who = int.from_bytes(digest, "big", signed=True)
        added = self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (who, number))
        if added.rowcount:
            return 0
        row = self._base.execute("SELECT number FROM seen WHERE who = ?", (who,)).fetchone()
        return int(row[0])


def _who(record: Record) -> tuple[str, str]:
    """Return the folded name and address of a row."""
    fields = record.fields
    name = name_of(fields) or fields.get("organisation", "")
    keys = [key for key in ("address", *ADDRESS_FIELDS) if key in fields
            and (key != "organisation" or name != fields[key])]  # fmt: skip
    parts = [_code(fields[key]) if key == "postcode" else fields[key] for key in keys]
    return " ".join(_folded(name)), "".join(map(_joined, parts))


def _nearly(record: Record, name: str, address: str) -> str:
    """Return what a row shares with rows that may be of the same person, or "".

    The name without titles, initials and order; the postcode with the first number of the
    address, or all of the address. Without an address it is a name of two words or more.
    """
    words = name.split()
    titles = _titles()
    plain = sorted(word for word in words if len(word) > 1 and word not in titles)
    if len(plain) < 2:
        plain = words
    if len(plain) < 2 and "address" not in record.fields:
        return ""
    postcode = _joined(_code(record.fields.get("postcode", "")))
    house = re.search(r"\d+", record.fields.get("address", ""))
    where = f"{postcode} {house[0]}" if postcode and house else address
    return f"near {' '.join(plain)} {where}"


def _code(postcode: str) -> str:
    code = _ZIP_4.fullmatch(postcode)
    return code[1] if code else postcode


@cache
def _titles() -> frozenset[str]:
    return all_titles() | _MORE_TITLES


@lru_cache(maxsize=32)
def _joined(text: str) -> str:
    return "".join(_folded(text))


def _folded(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    text = text.casefold()
    if not text.isascii():
        text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_NO_MARKS)
    words = map(_word, _WORD.findall(text.replace("'", "")))
    return [word for word in words if word]


def _word(word: str) -> str:
    word = _SAME.get(word, word)
    if word.endswith("strasse"):
        word = word.removesuffix("asse")
    return _UMLAUT.sub(r"\1", word) if "e" in word else word
