"""Bytes to clean text: encodings, and the invisible characters that pasting brings along.

What is kept, changed or refused:

- UTF-8 with or without a byte order mark, UTF-16 with one, and cp1252 are read.
- Letters and their combining accents become one character where Unicode has it (NFC).
- No-break, thin and other fancy spaces and tabs become a space: which words stay
  together is the language's affair and is decided when lines are broken.
- Soft hyphens, zero-width spaces, joiners outside the scripts that need them, and
  direction marks are taken out; they have no ink.
- Control characters and private-use characters are refused: such a file is not a note.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from fairhand.errors import InputError, Place

_JOINERS = "\u200c\u200d"
_JOINING_SCRIPTS = re.compile(
    r"[\u0600-\u07bf\u08a0-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc]"
)
_SAME_BUT_PLAIN = {"\u2010": "-", "\u2011": "-", "\u2028": "\n", "\u2029": "\n\n", "\u0085": "\n"}

_USUAL = re.compile(r"[\n -~]+")

_KINDS = {
    b"\x89PNG": "a picture (PNG)", b"\xff\xd8\xff": "a picture (JPEG)", b"GIF8": "a picture (GIF)",
    b"II*\0": "a picture (TIFF)", b"MM\0*": "a picture (TIFF)", b"%PDF-": "a PDF",
    b"PK\3\4": "a ZIP file, or a document of Word or LibreOffice",
    b"\xd0\xcf\x11\xe0": "a document of an old Word", b"{\\rtf": "a document in RTF",
}  # fmt: skip
"""How files begin that are given for a note by mistake."""


def decode(data: bytes) -> str:
    """Return the text of a file's bytes; InputError when it is no text in a known encoding."""
    for beginning, kind in _KINDS.items():
        if data.startswith(beginning):
            raise InputError(
                f"This is {kind}, not a note.", hint="Save the note as plain text in UTF-8."
            )
    text = _decoded(data)
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        for character in line:
            if unicodedata.category(character) == "Cc" and character not in "\t\f\v\u0085":
                raise InputError(
                    f"Line {number} holds a control character (U+{ord(character):04X}), "
                    "so this is not a text file.",
                    hint="Save the note as plain text in UTF-8.",
                )
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise InputError(
                "The file begins like UTF-16 but cannot be read as such.",
                hint="Save it again as UTF-8.",
            ) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"Line {line} holds bytes that are text in none of UTF-8, UTF-16 and cp1252.",
            hint="Save the note as plain text in UTF-8.",
        ) from None


def normalise(text: str) -> str:
    """Return the text as it will be set: NFC, plain spaces, no invisible characters.

    Line breaks stay. InputError names a character that cannot stand in a note.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    if all(map(_stays, set(_USUAL.sub("", text)))):
        return unicodedata.normalize("NFC", text)
    out: list[str] = []
    for index, character in enumerate(text):
        if character.isascii():
            if not character.isprintable() and character not in "\n\t\f\v":
                raise InputError(
                    f"The text holds a control character (U+{ord(character):04X}).",
                    hint="Take it out; it is no letter.",
                    place=Place(line=text.count("\n", 0, index) + 1),
                )
            out.append(" " if character in "\t\f\v" else character)
        elif character in _SAME_BUT_PLAIN:
            out.append(_SAME_BUT_PLAIN[character])
        elif character in _JOINERS:
            around = text[max(0, index - 1) : index + 2]
            out.append(character if _JOINING_SCRIPTS.search(around) else "")
        else:
            try:
                out.append(_plain(character))
            except InputError as error:
                raise error.at(Place(line=text.count("\n", 0, index) + 1)) from None
    return unicodedata.normalize("NFC", "".join(out))


@lru_cache(maxsize=8192)
def _stays(character: str) -> bool:
    """Tell whether a character stays what it is wherever it stands."""
    if character.isascii() or character in _SAME_BUT_PLAIN or character in _JOINERS:
        return False
    try:
        return _plain(character) == character
    except InputError:
        return False


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Cf" or character in "\ufe0e\ufe0f":
        return ""
    if category in ("Co", "Cn", "Cs"):
        raise InputError(
            f"The character U+{ord(character):04X} is not a letter of any script.",
            hint="Take it out or write it anew; it often comes from a copied PDF or symbol font.",
        )
    return character


@lru_cache(maxsize=512)
def tidy(text: str) -> str:
    """Return one line or paragraph with single spaces; line breaks in it are kept."""
    lines = (" ".join(line.split(" ")).strip() for line in normalise(text).split("\n"))
    return "\n".join(re.sub(" +", " ", line) for line in lines).strip("\n")
