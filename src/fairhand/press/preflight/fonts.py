"""Fonts: each that letters are shown in is inside the file, whole, and as wide as it says."""

from __future__ import annotations

import io
import logging
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError

from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.font_program import (
    MISSING,
    is_whole_compact,
    is_whole_type_1,
    width_by_code,
)
from fairhand.press.preflight.streams import read_stream
from fairhand.press.preflight.subject import DAMAGED, thing_of
from fairhand.press.preflight.type_metrics import metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# What fontTools thinks of dates and of spare bytes in a font is nothing for a preflight.
for _table in ("_h_e_a_d", "_h_m_t_x"):
    logging.getLogger(f"fontTools.ttLib.tables.{_table}").setLevel(logging.ERROR)

_FILES = {
    "/FontFile": ("/Type1", "/MMType1"),
    "/FontFile2": ("/TrueType", "/CIDFontType2"),
    "/FontFile3": ("/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"),
}
_CODES = re.compile(
    r"/((GB|GBpc|GBK|GBKp|CNS|KSC|KSCpc)-EUC|GBK2K|Uni(GB|CNS|JIS|KS)-(UCS2|UTF16)|UniJIS-UCS2-HW|"
    r"(B5pc|HKscs-B5|ETen-B5|ETenms-B5)|(83pv|90ms|90msp|90pv|Add|Ext)-RKSJ|EUC|"
    r"KSCms-UHC(-HW)?|Identity)-[HV]|/[HV]"
)
"""Tables of codes that every reader has (ISO 32000-1 table 118)."""

_OF_EVERY_READER = ("Helvetica", "Times", "Courier", "Symbol", "ZapfDingbats")
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
        encoding = font.get("/Encoding")
        if not isinstance(encoding, pikepdf.Stream) and not _CODES.fullmatch(str(encoding)):
            yield Finding(
                "font-encoding", "error", f'The font "{name}" has a table of codes (CMap) that is '
                f"not in the file ({str(encoding).lstrip('/')[:40]}).",
                "Export it again with the font embedded anew.", page, thing_of(font) or name,
            )  # fmt: skip
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
    # Only the fourteen fonts of every reader may do without widths (9.6.2.2).
    if (
        kind in ("/Type1", "/MMType1", "/TrueType")
        and not font.get("/Widths")
        and not name.startswith(_OF_EVERY_READER)
    ):
        yield Finding(
            "font-widths", "error", f'The font "{name}" does not say how wide its letters are '
            "(Widths).", "Export it again with the font embedded anew.", page,
            thing_of(font) or name,
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
        if not (
            data.startswith((b"%!", b"\x80\x01")) and b"eexec" in data and is_whole_type_1(data)
        ):
            yield damaged
        return
    if key == "/FontFile3" and str(stream.get("/Subtype", "")) != "/OpenType":
        try:
            whole = len(data) > 4 and data[0] == 1 and is_whole_compact(data)
        except Exception:  # fontTools raises whatever its parsers do
            whole = False
        if not whole:
            yield damaged
        return
    if key == "/FontFile2" and data[:4] not in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        yield damaged
        return
    try:
        program = TTFont(io.BytesIO(data), lazy=True)
        _ = program["head"].unitsPerEm
        _ = [program["hmtx"][glyph][0] for glyph in program.getGlyphOrder()]
        _ = program["maxp"].numGlyphs, program["glyf"].keys() if "glyf" in program else ()
    except (TTLibError, *DAMAGED, AssertionError, EOFError, OSError):
        yield damaged
        return
    except Exception:  # fontTools raises whatever its parsers do
        yield damaged
        return


def width_findings(font: Any, codes: set[int], page: int) -> Iterator[Finding]:
    """Yield that letters which are shown are wider or narrower than the file says (9.7.4.3)."""
    described = font
    if str(font.get("/Subtype", "")) == "/Type0":
        described = font["/DescendantFonts"][0]
    descriptor = described.get("/FontDescriptor")
    key = next((key for key in _FILES if descriptor is not None and key in descriptor), None)
    if key is None:
        return
    name, thing = _name(font), thing_of(font)
    try:
        width_of = width_by_code(font, described, read_stream(descriptor[key]), key)
        metrics = metrics_of(font)
        for code in sorted(codes)[:_MOST_GLYPHS]:
            width, stated = width_of(code), metrics.widths.get(code)
            if width == MISSING:
                yield Finding(
                    "letter-missing", "warning", f'A letter is shown that the font "{name}" does '
                    f"not have (code {code}); an empty box or nothing stands in its place.",
                    "Choose a font that has it.", page, thing or name,
                )  # fmt: skip
                return
            if width is None or (stated is None and not metrics.is_composite):
                continue
            stated = metrics.usual if stated is None else stated
            if abs(width - stated) > _APART:
                yield Finding(
                    "font-widths", "error", f'The font "{name}" is not as wide as the file says '
                    f"(code {code}: {width:.0f}, but {stated:.0f} is said).",
                    "Export it again with the font embedded anew.", page, thing or name,
                )  # fmt: skip
                return
    except Exception:  # fontTools raises whatever its parsers do; damage is told elsewhere
        return


def _name(font: Any) -> str:
    with suppress(*DAMAGED):
        return str(font.get("/BaseFont", "/unnamed")).lstrip("/").split("+")[-1]
    return "unnamed"
