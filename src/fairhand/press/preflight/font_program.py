"""Font programs inside a PDF: how wide each glyph really is (ISO 32000-1 sections 9.6 to 9.9)."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf
from fontTools.agl import AGL2UV
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.eexec import decrypt
from fontTools.misc.psCharStrings import T2WidthExtractor
from fontTools.ttLib import TTFont

from fairhand.press.preflight.subject import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Callable

Width = float | None
"""Thousandths of the em; None where the program has no such glyph."""

MISSING = -1.0
"""The width of a code for which the program surely has no glyph."""

_SPACES = (32, 160)
_TYPE_1_GLYPH = re.compile(rb"/([!-~]+?)\s+(\d+)\s+(?:RD|-\|)\s")
_EEXEC, _CHARSTRING = 55665, 4330
_SYMBOLS = 0xF000


def width_by_code(font: Any, described: Any, data: bytes, key: str) -> Callable[[int], Width]:
    """Return how wide the glyph of a code is in an embedded font program.

    `described` is the font itself, or what a Type0 font descends to; `key` is where the program
    stands (/FontFile2). Raises what fontTools does for a damaged program.
    """
    composite = str(font.get("/Subtype", "")) == "/Type0"
    if composite and str(font.get("/Encoding", "")) not in ("/Identity-H", "/Identity-V"):
        return lambda _: None
    if key == "/FontFile":
        return _type_1(font, data)
    if data[:4] in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        program = TTFont(io.BytesIO(data), lazy=True)
        return _composite(described, program) if composite else _simple(font, program)
    return _compact(font, data, composite=composite)


def _composite(described: Any, program: TTFont) -> Callable[[int], Width]:
    if "CFF " in program and str(described.get("/Subtype", "")) == "/CIDFontType0":
        return lambda _: None
    advances = _advances(program)
    table = described.get("/CIDToGIDMap")
    glyphs = bytes(table.read_bytes()) if isinstance(table, pikepdf.Stream) else None

    def width(code: int) -> Width:
        glyph = code if glyphs is None else int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
        return advances[glyph] if glyph < len(advances) else MISSING

    return width


def _simple(font: Any, program: TTFont) -> Callable[[int], Width]:
    advances = dict(zip(program.getGlyphOrder(), _advances(program), strict=True))
    tables = {(table.platformID, table.platEncID): table.cmap for table in program["cmap"].tables}
    names = _names(font)

    def width(code: int) -> Width:
        candidates: list[str | None] = []
        if names is not None and (3, 1) in tables:
            candidates.append(tables[3, 1].get(AGL2UV.get(names.get(code, ""), -1)))
        elif (3, 0) in tables:
            symbols = tables[3, 0]
            candidates += [symbols.get(_SYMBOLS + code), symbols.get(code)]
        elif (1, 0) in tables and names is None:
            candidates.append(tables[1, 0].get(code))
        glyph = next((name for name in candidates if name), None)
        if glyph:
            return advances.get(glyph)
        return MISSING if lacks(code) else None

    def lacks(code: int) -> bool:
        """Tell whether no way of 9.6.6.4 leads from a code to a glyph."""
        name = (names or {}).get(code, "")
        if code in _SPACES or (3, 1) not in tables or name in ("", ".notdef"):
            return False
        return name not in advances and not any(
            code in table or AGL2UV.get(name, code) in table for table in tables.values()
        )

    return width


def _advances(program: TTFont) -> list[float]:
    units = program["head"].unitsPerEm
    metrics = program["hmtx"]
    return [metrics[glyph][0] * 1000 / units for glyph in program.getGlyphOrder()]


def _compact(font: Any, data: bytes, *, composite: bool) -> Callable[[int], Width]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[0]
    glyphs = top.CharStrings
    scale = 1000 * (getattr(top, "FontMatrix", None) or [0.001])[0]
    by_number = hasattr(top, "ROS")
    names = None if composite else _names(font, base=None)
    own = None if composite else top.Encoding

    def width(code: int) -> Width:
        if composite:
            name = f"cid{code:05d}" if by_number else _nth(top.charset, code)
        else:
            name = (names or {}).get(code) or _own_name(own, code)
        if not name or (by_number and not composite):
            return None
        if name not in glyphs:
            return None if code in _SPACES else MISSING
        outline = glyphs[name]
        private = outline.private
        reader = T2WidthExtractor(
            getattr(private, "Subrs", []), outline.globalSubrs, private.nominalWidthX,
            private.defaultWidthX,
        )  # fmt: skip
        reader.execute(outline)
        return float(reader.width * scale) if scale > 0 else None

    return width


def _nth(names: list[str], index: int) -> str:
    return ".notdef" if index == 0 else names[index] if index < len(names) else "missing glyph"


def _own_name(encoding: Any, code: int) -> str:
    """Return a code's glyph in a program's own encoding."""
    if encoding == "StandardEncoding":
        return str(StandardEncoding[code])
    if isinstance(encoding, list) and code < len(encoding):
        return str(encoding[code])
    return ""


def is_whole_type_1(data: bytes) -> bool:
    """Tell whether a Type 1 program goes on to the end of its letters."""
    private = _private(data)
    letters = list(_TYPE_1_GLYPH.finditer(private))
    if not letters:
        return b"/CharStrings" in private
    end = letters[-1].end() + int(letters[-1][2])
    return end <= len(private) and b"end" in private[end:]


def is_whole_compact(data: bytes) -> bool:
    """Tell whether all letters of a compact program (CFF) and their parts can be read.

    Raises what fontTools does for one that is damaged in other ways.
    """
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    glyphs = fonts[0].CharStrings
    for name in glyphs.keys():  # noqa: SIM118 (it is no dictionary)
        outline = glyphs[name]
        for parts in (getattr(outline.private, "Subrs", None), outline.globalSubrs):
            if parts is not None and len(parts):
                _ = parts[len(parts) - 1].bytecode
    return len(glyphs.keys()) > 0


def _private(data: bytes) -> bytes:
    """Return the encrypted part of a Type 1 program, in clear."""
    start = data.index(b"eexec") + 5
    hidden = data[start:].lstrip(b" \t\r\n")
    if re.match(rb"[0-9A-Fa-f\s]{8}", hidden[:8]):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", hidden)
        hidden = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    private: bytes = decrypt(hidden, _EEXEC)[0]
    return private


def _type_1(font: Any, data: bytes) -> Callable[[int], Width]:
    private = _private(data)
    found: dict[str, float] = {}
    for match in _TYPE_1_GLYPH.finditer(private):
        packed = private[match.end() : match.end() + min(int(match[2]), 200)]
        with suppress(*DAMAGED):
            width = _side_bearing_width(decrypt(packed, _CHARSTRING)[0][4:])
            if width is not None:
                found[match[1].decode("latin-1")] = width
    names = _names(font, base=None) or {}

    def width_of(code: int) -> Width:
        name = names.get(code, "")
        return found.get(name) if name else None

    return width_of


def _side_bearing_width(outline: bytes) -> float | None:
    """Return the width that the hsbw at the beginning of a Type 1 charstring states."""
    numbers: list[float] = []
    at = 0
    while at < len(outline):
        byte = outline[at]
        if 32 <= byte <= 246:
            numbers.append(byte - 139)
            at += 1
        elif byte <= 250 and byte >= 247:
            numbers.append((byte - 247) * 256 + outline[at + 1] + 108)
            at += 2
        elif 251 <= byte <= 254:
            numbers.append(-(byte - 251) * 256 - outline[at + 1] - 108)
            at += 2
        elif byte == 255:
            numbers.append(int.from_bytes(outline[at + 1 : at + 5], "big", signed=True))
            at += 5
        elif byte == 12 and outline[at + 1] == 12 and len(numbers) >= 2:
            last = numbers.pop()
            numbers[-1] /= last
            at += 2
        else:
            return numbers[1] if byte == 13 and len(numbers) == 2 else None
    return None


def _names(font: Any, base: str | None = "/StandardEncoding") -> dict[int, str] | None:
    """Return the glyph names of a simple font's codes; None where the font states none."""
    encoding = font.get("/Encoding")
    if encoding is None:
        return None
    differences: Any = []
    if not isinstance(encoding, pikepdf.Name):
        differences = encoding.get("/Differences", [])
        encoding = encoding.get("/BaseEncoding", base)
    names = dict(_BASES.get(str(encoding), {}))
    code = 0
    for entry in differences:
        if isinstance(entry, pikepdf.Name):
            names[code] = str(entry).lstrip("/")
            code += 1
        else:
            code = int(entry)
    return names


def _windows() -> dict[int, str]:
    by_character = {value: name for name, value in reversed(AGL2UV.items())}
    names = {}
    for code in range(32, 256):
        with suppress(UnicodeDecodeError):
            names[code] = by_character.get(ord(bytes([code]).decode("cp1252")), "")
    return names | {0xA0: "space", 0xAD: "hyphen"}


_BASES: dict[str, dict[int, str]] = {
    "/WinAnsiEncoding": _windows(),
    "/MacRomanEncoding": dict(enumerate(MacRoman)),
    "/StandardEncoding": dict(enumerate(StandardEncoding)),
}
