"""Bytes to text: in which encoding a table is written is found out while it is read.

A file is tried as UTF-8 from end to end; of a pipe, which has no way back, the first bytes
that are not ASCII decide. What is no UTF-8 is in one of the encodings that spreadsheets save
CSV in: that of Windows for western languages, unless its letters would stand where no
language has them and those of another encoding would not.
"""

from __future__ import annotations

import codecs
import io
import unicodedata
from typing import TYPE_CHECKING

from fairhand.errors import InputError, Place, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.merge.source import Source

_SPOKEN = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252",
    "cp1250": "Windows-1250", "cp1251": "Windows-1251", "mac_roman": "Mac Roman",
    "cp850": "DOS 850", "cp932": "Shift JIS",
}  # fmt: skip
_MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
}  # fmt: skip
_OTHERS = ("mac_roman", "cp1250", "cp1251", "cp850", "cp932")
_OFTEN_MEANT = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "iso-8859-15", "mac-roman",
                "cp850", "shift-jis", "gbk", "big5", "euc-kr")  # fmt: skip
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r")
_SAY = "If letters come out wrong, say --encoding."
_SAVE = 'Save it as UTF-8 (in Excel "CSV UTF-8"), or say its encoding with --encoding.'


def text_of(source: Source, given: str | None, tell: Callable[[str], None]) -> io.TextIOWrapper:
    """Return a source as text with its own line endings; `tell` is told what it was read as.

    InputError for an encoding that is not known, and later for bytes that are not in it, with
    their line.
    """
    name, mark = _marked(source.head)
    if given:
        known = _known(given)
        # UTF-16 without its order of bytes, which the mark says.
        name = name if mark and known == name[: len(known)] else known
    elif not name:
        _refuse_binary(source)
        name = _of_file(source) if source.is_file else _name_of(source.head)
    tell(_notice(name, mark, given))
    decoder = _Decoder(source.name, name, mark, tell)
    stream = io.BufferedReader(_AsUtf8(source.chunks(), decoder), 65_536)
    return io.TextIOWrapper(stream, encoding="utf-8", newline="")


def beginning(source: Source, given: str | None) -> str:
    """Return the first text of a source without raising, for guesses; its last line may be cut."""
    name, mark = _marked(source.head)
    name = given or name
    head = source.head[len(mark) :]
    if not name:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
            name = "utf-8"
        except UnicodeDecodeError:
            name = "cp1252"
    try:
        return head.decode(name, "ignore").removeprefix("\ufeff")
    except (LookupError, ValueError):
        return head.decode("latin-1")


def _notice(name: str, mark: bytes, given: str | None) -> str:
    spoken = _SPOKEN.get(name or "utf-8", name)
    if mark and not given:
        return f"Read as {spoken}, as the mark at its beginning says."
    return f"Read as {spoken}." + ("" if given or name in ("", "utf-8") else f" {_SAY}")


def _marked(head: bytes) -> tuple[str, bytes]:
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name, mark
    return "", b""


def _known(given: str) -> str:
    try:
        found = codecs.lookup(given.strip())
        b"a\n".decode(found.name, "ignore")
    except (LookupError, ValueError):
        hint = did_you_mean(given, _OFTEN_MEANT) or f"Such as: {', '.join(_OFTEN_MEANT)}."
        raise InputError(f'There is no encoding "{given}".', hint=hint) from None
    name = found.name.lower()
    return {"utf-8-sig": "utf-8"}.get(name, name)


def _refuse_binary(source: Source) -> None:
    """InputError where the beginning has more control codes than cells have by accident."""
    head = source.head[:4096]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls < 10 or controls * 20 <= len(head):
        return
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 > len(head) and min(even, odd) * 20 < len(head):
        name = "utf-16-le" if odd > even else "utf-16-be"
        raise InputError(
            "It looks like UTF-16, but the mark that says so is missing.",
            hint=f"Say --encoding {name}, or save it as UTF-8.",
            place=source.place,
        )
    raise InputError(
        "This is no text, so it is not a table of people.",
        hint="Give a table: CSV, .xlsx, JSON Lines or vCards.",
        place=source.place,
    )


def _of_file(source: Source) -> str:
    """Return the encoding of a whole file; InputError when it is UTF-8 only at first."""
    decoder = _Decoder(source.name, "", b"")
    for chunk in source.chunks():
        decoder.utf8(chunk)
        if decoder.name not in ("", "utf-8"):
            return decoder.name
    decoder.rest()
    return decoder.name or "utf-8"


class _Decoder:
    """Turns chunks of bytes into UTF-8, and finds out on the way in which encoding they are."""

    def __init__(
        self, file: str, name: str, mark: bytes, tell: Callable[[str], None] | None = None
    ) -> None:
        self.name = ""
        self._file = file
        self._line = 1
        self._skip = len(mark)
        self._tell = tell
        self._waiting = b""
        if name:
            self._take(name)

    def _take(self, name: str) -> None:
        self.name = name
        self._codec = codecs.getincrementaldecoder(name)()

    def utf8(self, chunk: bytes) -> bytes:
        """Return a chunk as UTF-8; some of it may be kept for the next."""
        if self._skip:
            chunk, self._skip = chunk[self._skip :], 0
        if not self.name:
            chunk = self._waiting + chunk
            self._waiting = b""
            if chunk.isascii():
                self._count(chunk.decode("ascii"))
                return chunk
            self._take(_name_of(chunk) or "")
            if not self.name:
                self._waiting = chunk
                return b""
            self._say_so(chunk)
        return self._decoded(chunk, final=False)

    def rest(self) -> bytes:
        """Return what was kept, at the end of all."""
        if not self.name:
            self._take(single_byte(self._waiting) if self._waiting else "utf-8")
            self._say_so(self._waiting)
        return self._decoded(self._waiting, final=True)

    def _decoded(self, chunk: bytes, *, final: bool) -> bytes:
        try:
            text = self._codec.decode(chunk, final)
        except (UnicodeDecodeError, UnicodeError) as error:
            before = b""
            if isinstance(error, UnicodeDecodeError):
                before = error.object[: error.start]
            self._count(before.decode(self.name, "ignore"))
            spoken = _SPOKEN.get(self.name, self.name)
            raise InputError(
                f"This line holds bytes that are not {spoken}, as the rest of it is.",
                hint=_SAVE,
                place=Place(self._file, self._line),
            ) from None
        self._count(text)
        return text.encode("utf-8", "replace")

    def _say_so(self, chunk: bytes) -> None:
        if self._tell and self.name != "utf-8":
            before = chunk[: _first_beyond_ascii(chunk)].decode("ascii")
            line = self._line + _lines_in(before)
            self._tell(f"From line {line} on read as {_SPOKEN.get(self.name, self.name)}. {_SAY}")

    def _count(self, text: str) -> None:
        self._line += _lines_in(text)


def _lines_in(text: str) -> int:
    return max(text.count("\n"), text.count("\r"))


def _first_beyond_ascii(chunk: bytes) -> int:
    return next((place for place, byte in enumerate(chunk) if byte > 127), len(chunk))


def _name_of(chunk: bytes) -> str:
    """Return the encoding by bytes that are not all ASCII, or "" when more of them are needed."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(chunk)
    except UnicodeDecodeError as error:
        first = _first_beyond_ascii(chunk)
        # Letters of other encodings hardly ever come in pairs that are UTF-8 by accident.
        return "utf-8" if error.start > first else single_byte(chunk[first and first - 1 :])
    return "" if text.isascii() else "utf-8"


def single_byte(sample: bytes) -> str:
    """Return the encoding other than UTF-8 in which these bytes make most sense.

    Western Windows is preferred: another is taken only where that has characters which no
    language puts there, or bytes without a meaning, and the other has nearly none.
    """
    strange = {name: _strangeness(sample[:65_536], name) for name in ("cp1252", *_OTHERS)}
    best = min(_OTHERS, key=lambda name: strange[name])
    western = strange["cp1252"]
    return best if western > 0.05 and strange[best] < min(0.2, western / 2) else "cp1252"


def _strangeness(sample: bytes, name: str) -> float:
    """Return which share of the characters beyond ASCII stands where none of its kind would."""
    text = f" {sample.decode(name, 'replace')} "
    places = [place for place in range(1, len(text) - 1) if not text[place].isascii()]
    # A character of two bytes may be cut off at the end of the sample.
    strange = sum(_is_strange(text, place) for place in places if place < len(text) - 2)
    return strange / max(len(places), 1)


def _is_strange(text: str, place: int) -> bool:
    before, character, after = text[place - 1], text[place], text[place + 1]
    if character == "\ufffd" or "\uff61" <= character <= "\uff9f":
        return True
    if not character.isalpha() or character in "ªº":
        opens, closes = character in "“„‘«¿¡‚‹", character in "”’“»…–—®™©ªº›‘"
        return (before.isalpha() and not closes) or (
            after.isalpha() and not (opens or character in "’–—")
        )
    is_latin = "LATIN" in unicodedata.name(character, "")
    if not is_latin:
        return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    if character.isupper():
        return before.islower()
    # Five letters with accents of seven are letters of another script.
    around = text[max(0, place - 3) : place + 4]
    return len(around) == 7 and sum(not c.isascii() for c in around) >= 5


class _AsUtf8(io.RawIOBase):
    """Chunks of bytes, decoded, as a file in UTF-8."""

    def __init__(self, chunks: Iterator[bytes], decoder: _Decoder) -> None:
        super().__init__()
        self._chunks = chunks
        self._decoder = decoder
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            if self._ended:
                return 0
            chunk = next(self._chunks, None)
            self._ended = chunk is None
            utf8 = self._decoder.rest() if chunk is None else self._decoder.utf8(chunk)
            self._ready = memoryview(utf8)
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size
