"""Fonts: each that letters are shown in is inside the file, whole, and as wide as it says."""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError

from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.streams import read_stream
from fairhand.press.preflight.subject import DAMAGED, number_of, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# What fontTools thinks of dates in a font is nothing for a preflight.
logging.getLogger("fontTools.ttLib.tables._h_e_a_d").setLevel(logging.ERROR)

_FILES = {
    "/FontFile": ("/Type1", "/MMType1"),
    "/FontFile2": ("/TrueType", "/CIDFontType2"),
    "/FontFile3": ("/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"),
}
_MOST_GLYPHS = 400
_APART = 2.0
"""Widths may differ by so many thousandths of the em: rounding."""


def font_findings(font: Any, page: int) -> Iterator[Finding]:
    """Yield what is wrong with a font that shows letters on a page (ISO 32000-1 section 9.9)."""
    name = _name(font)
    kind = str(font.get("/Subtype", ""))
    if kind == "/Type3":
        return
    described = font
    if kind == "/Type0":
        described = font.get("/DescendantFonts", [pikepdf.Dictionary()])[0]
        kind = str(described.get("/Subtype", ""))
    descriptor = described.get("/FontDescriptor")
    files = [key for key in _FILES if descriptor is not None and key in descriptor]
    if not files:
        yield Finding(
            "font-not-embedded", "error", f'The font "{name}" is not inside the file.',
            "Embed all fonts when you export, or turn the letters into outlines.", page,
            thing_of(font) or name,
        )  # fmt: skip
        return
    if len(files) > 1 or kind not in _FILES[files[0]]:
        yield Finding(
            "font-kind", "error", f'The font "{name}" is said to be {kind.lstrip("/")}, but its '
            f"file is another ({', '.join(f[1:] for f in files)}).",
            "Export it again with the font embedded anew.", page, thing_of(font) or name,
        )  # fmt: skip
    yield from _program(font, described, descriptor[files[0]], files[0], kind, name, page)


def _program(
    font: Any, described: Any, stream: Any, key: str, kind: str, name: str, page: int
) -> Iterator[Finding]:
    thing = thing_of(font) or name
    damaged = Finding(
        "font-damaged", "error", f'The font "{name}" inside the file is damaged.',
        "Export it again with the font embedded anew.", page, thing,
    )  # fmt: skip
    try:
        data = read_stream(stream)
    except DAMAGED:
        yield damaged
        return
    if key == "/FontFile":
        if not (data.startswith((b"%!", b"\x80\x01")) and b"eexec" in data):
            yield damaged
        return
    if key == "/FontFile3" and str(stream.get("/Subtype", "")) != "/OpenType":
        if len(data) < 4 or data[0] != 1 or data[2] > len(data):
            yield damaged
        return
    if key == "/FontFile2" and data[:4] not in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        yield damaged
        return
    try:
        program = TTFont(io.BytesIO(data), lazy=True)
        units = program["head"].unitsPerEm
        advances = [program["hmtx"][glyph][0] for glyph in program.getGlyphOrder()]
        _ = program["maxp"].numGlyphs, program["glyf"].keys() if "glyf" in program else ()
    except (TTLibError, *DAMAGED, AssertionError, EOFError, OSError):
        yield damaged
        return
    except Exception:  # fontTools raises whatever its parsers do
        yield damaged
        return
    if kind == "/CIDFontType2" and str(described.get("/CIDToGIDMap", "/Identity")) == "/Identity":
        scaled = [advance * 1000 / units for advance in advances]
        yield from _composite_widths(described, scaled, name, page, thing)


def _composite_widths(
    described: Any, advances: list[float], name: str, page: int, thing: str
) -> Iterator[Finding]:
    """Compare the widths that a composite font states with its glyphs' (9.7.4.3)."""
    usual = number_of(described.get("/DW", 1000)) or 0.0
    checked = 0
    for code, width in _stated_widths(described):
        if checked >= _MOST_GLYPHS:
            return
        if code < len(advances) and (width or usual):
            checked += 1
            if abs(width - advances[code]) > _APART:
                yield Finding(
                    "font-widths", "error",
                    f'The font "{name}" is not as wide as the file says (glyph {code}: '
                    f"{advances[code]:.0f}, but {width:.0f} is said).",
                    "Export it again with the font embedded anew.", page, thing,
                )  # fmt: skip
                return


def _stated_widths(described: Any) -> Iterator[tuple[int, float]]:
    with suppress(*DAMAGED):
        entries = list(described.get("/W", []))
        index = 0
        while index + 1 < len(entries):
            first = int(entries[index])
            if isinstance(entries[index + 1], pikepdf.Array):
                for offset, width in enumerate(entries[index + 1]):
                    yield first + offset, number_of(width) or 0.0
                index += 2
            else:
                last = min(int(entries[index + 1]), first + _MOST_GLYPHS)
                for code in range(first, last + 1):
                    yield code, number_of(entries[index + 2]) or 0.0
                index += 3


def _name(font: Any) -> str:
    with suppress(*DAMAGED):
        return str(font.get("/BaseFont", "/unnamed")).lstrip("/").split("+")[-1]
    return "unnamed"
