"""vCards 2.1 (versit), 3.0 (RFC 2426) and 4.0 (RFC 6350), as address books export them.

A reader of our own, of the few properties that an envelope needs: it reads cards as a stream,
passes over photos without keeping them, and takes what phones write (bare parameters, soft
line breaks of quoted-printable, cards within cards).
"""

from __future__ import annotations

import quopri
import re
from typing import TYPE_CHECKING, TextIO

from fairhand.errors import InputError
from fairhand.merge.encoding import text_of
from fairhand.merge.form import LONGEST_CELL, LONGEST_LINE, Opened, trouble_of
from fairhand.merge.record import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.merge.form import Wishes
    from fairhand.merge.source import Source

HEADERS = (
    "full name", "name prefix", "first name", "middle name", "last name", "name suffix",
    "organisation", "department", "formatted address", "street", "extended address", "po box",
    "city", "region", "postcode", "country", "language", "nickname", "birthday", "categories",
    "note",
)  # fmt: skip
"""The columns of every file of vCards."""

_NAME = ("last name", "first name", "middle name", "name prefix", "name suffix")
_ADDRESS = ("po box", "extended address", "street", "city", "region", "postcode", "country")
_TEXTS = {
    "FN": "full name", "LANG": "language", "NICKNAME": "nickname", "BDAY": "birthday",
    "CATEGORIES": "categories", "NOTE": "note",
}  # fmt: skip
_WANTED = {*_TEXTS, "N", "ORG", "ADR", "LABEL", "KIND"}
_HEAD = re.compile(r"\s*(?:[\w-]+\.)?([\w-]+)")
_NO_END = "This card has no end (END:VCARD)."
_BEGIN = re.compile(rb"\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_PARAMETER = re.compile(r';([^=;:"]+)(?:=((?:"[^"]*"|[^";:])*))?')
_COMPONENT = re.compile(r"(?:^|;)((?:[^;\\]|\\.)*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARETS = {"^n": "\n", "^^": "^", "^'": '"'}


def is_it(source: Source) -> bool:
    """Tell whether it begins with a vCard, or is called as if it did."""
    if source.ending in (".vcf", ".vcard"):
        return True
    return _begins(source.head)


def _begins(head: bytes) -> bool:
    return bool(_BEGIN.match(head[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")))


def read(source: Source, wishes: Wishes, tell: Callable[[str], None]) -> Opened:
    """Open a file of vCards; groups of people are passed over, and told.

    InputError where it does not begin as one.
    """
    if not _begins(source.head):
        raise InputError("It does not begin with BEGIN:VCARD, so it holds no vCards.")
    return Opened(HEADERS, _rows(text_of(source, wishes.encoding, tell), tell))


class Property:
    """One line of a vCard: its name, its parameters in capitals, and its value as it stands."""

    __slots__ = ("name", "parameters", "value")

    def __init__(self, name: str, line: str, at: int) -> None:
        """Take a line apart whose name ends at a place; ValueError when it has no value."""
        self.name = name
        self.parameters: dict[str, list[str]] = {}
        while parameter := _PARAMETER.match(line, at):
            key, values = parameter[1].strip().upper(), parameter[2]
            if values is None:
                # vCard 2.1 has bare values: "ADR;HOME;PREF:".
                key, values = ("ENCODING" if "PRINTABLE" in key else "TYPE"), key
            items = [values] if '"' in values else values.split(",")
            self.parameters.setdefault(key, []).extend(item.strip('" ') for item in items)
            at = parameter.end()
        if line[at : at + 1] != ":":
            raise ValueError
        self.value = line[at + 1 :]
        if self.parameters and "QUOTED-PRINTABLE" in map(
            str.upper, self.parameters.get("ENCODING", ())
        ):
            charset = self.parameters.get("CHARSET", ["utf-8"])[0]
            data = quopri.decodestring(self.value.encode("utf-8"))
            try:
                self.value = data.decode(charset)
            except (LookupError, ValueError):
                self.value = data.decode("utf-8", "replace")

    @property
    def types(self) -> set[str]:
        """Its TYPE parameters in capitals, with PREF among them."""
        types = {
            part.upper() for kind in self.parameters.get("TYPE", ()) for part in kind.split(",")
        }
        return types | ({"PREF"} if "PREF" in self.parameters else set())

    @property
    def preference(self) -> tuple[int, int]:
        """How early it is to be taken: the preferred one, then that of the home."""
        types = self.types
        preferred = self.parameters.get("PREF", ["1" if "PREF" in types else "101"])[0]
        place = 0 if "HOME" in types else 1 if "WORK" not in types else 2
        return int(preferred[:3]) if preferred.isdecimal() else 100, place

    def parts(self) -> list[str]:
        """Its components, with their escapes undone."""
        if "\\" not in self.value:
            return [part.strip() for part in self.value.split(";")]
        return [_plain(part) for part in _COMPONENT.findall(self.value)]


def _plain(text: str) -> str:
    if "\\" not in text and "\n" not in text:
        return text.strip()
    text = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _logical_lines(text: TextIO) -> Iterator[tuple[int, str]]:
    """Yield (number, line) with folded lines joined; what is not wanted is not kept."""
    whole: list[str] = []
    begun = number = size = 0
    soft = False
    while line := text.readline(LONGEST_LINE):
        number += 1
        content = line.rstrip("\r\n")
        if whole and (soft or content[:1] in (" ", "\t")):
            piece = content if soft else content[1:]
            size += len(piece)
            if size <= 2 * LONGEST_CELL:
                whole.append(piece)
        else:
            if whole:
                yield begun, "".join(whole)
            whole, begun, size = ([content], number, len(content)) if content else ([], number, 0)
        soft = (
            content.endswith("=") and bool(whole)
            and "QUOTED-PRINTABLE" in whole[0].partition(":")[0].upper()
        )  # fmt: skip
        if soft:
            whole[-1] = whole[-1].removesuffix("=")
    if whole:
        yield begun, "".join(whole)


def _cards(text: TextIO) -> Iterator[tuple[int, list[Property], str]]:
    """Yield (line, properties, trouble) of every card; cards within cards are passed over."""
    inner = begun = 0
    is_agent = False
    properties: list[Property] = []
    trouble = ""
    for line, content in _logical_lines(text):
        head = _HEAD.match(content)
        name = head[1].upper() if head else ""
        if name == "BEGIN":
            if begun and is_agent:
                inner += 1
            else:
                if begun:
                    yield begun, properties, _NO_END
                inner, begun, properties, trouble = 0, line, [], ""
        elif name == "END":
            if inner:
                inner -= 1
            elif begun:
                yield begun, properties, trouble
                begun = 0
        elif head and name in _WANTED and begun and not inner:
            try:
                properties.append(Property(name, content, head.end()))
            except ValueError:
                trouble = trouble or f"Line {line} of this card cannot be read."
        is_agent = name == "AGENT"
    if begun:
        yield begun, properties, _NO_END


def _rows(text: TextIO, tell: Callable[[str], None]) -> Iterator[Row]:
    number = groups = several = 0
    for line, properties, trouble in _cards(text):
        if any(p.name == "KIND" and p.value.strip().lower() == "group" for p in properties):
            groups += 1
            continue
        cells, has_several = _cells(properties)
        if trouble or any(cells.values()):
            several += has_several
            number += 1
            yield Row(number, line, cells, trouble or trouble_of(HEADERS, tuple(cells.values())))
    if groups:
        told = "1 vCard is a group" if groups == 1 else f"{groups} vCards are groups"
        tell(f"{told} of people; it is left out." if groups == 1 else f"{told}; they are left out.")
    if several:
        cards = "1 card has" if several == 1 else f"{several} cards have"
        tell(f"{cards} several addresses; the preferred one, or that of the home, is taken.")


def _cells(properties: list[Property]) -> tuple[dict[str, str], bool]:
    """Return the cells of one card, and whether it has several addresses."""
    cells = dict.fromkeys(HEADERS, "")
    addresses: list[tuple[tuple[int, int], dict[str, str]]] = []
    labels: list[tuple[tuple[int, int], str]] = []
    for found in properties:
        if found.name == "N" and not cells["last name"] and not cells["first name"]:
            cells.update(zip(_NAME, found.parts(), strict=False))
        elif found.name == "ORG" and not cells["organisation"]:
            cells["organisation"], _, rest = "\n".join(found.parts()).partition("\n")
            cells["department"] = ", ".join(rest.split("\n"))
        elif found.name == "ADR":
            address = dict(zip(_ADDRESS, found.parts(), strict=False))
            label = _plain(_uncareted(", ".join(found.parameters.get("LABEL", ()))))
            if any(address.values()):
                addresses.append((found.preference, address))
            elif label:
                labels.append((found.preference, label))
        elif found.name == "LABEL":
            labels.append((found.preference, _plain(found.value)))
        elif (key := _TEXTS.get(found.name, "")) and not cells[key]:
            cells[key] = _plain(found.value)
    if addresses:
        cells.update(min(addresses, key=lambda pair: pair[0])[1])
    elif labels:
        cells["formatted address"] = min(labels, key=lambda pair: pair[0])[1]
    return cells, len({tuple(address.items()) for _, address in addresses}) > 1


def _uncareted(text: str) -> str:
    """Undo the escapes of RFC 6868 in the value of a parameter."""
    return re.sub(r"\^[n^']", lambda found: _CARETS[found[0]], text)
