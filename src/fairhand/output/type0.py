"""A `FormFont` as PDF objects: a composite font, its widths, and its text.

Type0 with Identity-H, CIDFontType2, CIDToGIDMap Identity and a ToUnicode map (ISO 32000-1
sections 9.7.4, 9.7.6 and 9.10.3). The only module that knows PDF font objects.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
from reportlab.pdfbase import pdfdoc

from fairhand.output.numbers import number
from fairhand.output.pdf_page import Stream
from fairhand.output.truetype import assemble

if TYPE_CHECKING:
    from fairhand.output.form_font import FormFont

_SYMBOLIC = 4
_CMAP_BLOCK = 100


def font_object(document: Any, font: FormFont) -> Any:
    """Add a font's objects to a ReportLab document and return the reference to use it by."""
    encoded = font.records()
    file = assemble(font.units_per_em, encoded, font.advances)
    name = _subset_name(font, file)
    scale = 1000.0 / font.units_per_em
    boxes = np.array([glyph.box for glyph in encoded if glyph.points] or [(0, 0, 0, 0)]) * scale
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    box = [int(low[0]) - 1, int(low[1]) - 1, int(high[0]) + 1, int(high[1]) + 1]
    # Many forms have one advance.
    widths = {advance: number(advance * scale, 2) for advance in set(font.advances)}
    embedded = Stream(file, Length1=len(file))
    descriptor = _dictionary(
        Type=_name("FontDescriptor"),
        FontName=_name(name),
        Flags=_SYMBOLIC,
        FontBBox=pdfdoc.PDFArray(box),
        ItalicAngle=-round(font.hand.data.slant_degrees),
        Ascent=box[3],
        Descent=box[1],
        CapHeight=box[3],
        StemV=80,
        FontFile2=document.Reference(embedded),
    )
    descendant = _dictionary(
        Type=_name("Font"),
        Subtype=_name("CIDFontType2"),
        BaseFont=_name(name),
        CIDSystemInfo=_dictionary(
            Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0
        ),
        FontDescriptor=document.Reference(descriptor),
        DW=0,
        W=f"[0 [{' '.join(map(widths.__getitem__, font.advances))}]]",
        CIDToGIDMap=_name("Identity"),
    )
    composite = _dictionary(
        Type=_name("Font"),
        Subtype=_name("Type0"),
        BaseFont=_name(name),
        Encoding=_name("Identity-H"),
        DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant)]),
        ToUnicode=document.Reference(Stream(_to_unicode(font.texts))),
    )
    return document.Reference(composite)


def _subset_name(font: FormFont, file: bytes) -> str:
    digest = blake2b(file, digest_size=6).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest)
    family = "".join(c for c in font.hand.data.name.title() if c.isascii() and c.isalnum())
    return f"{tag}+{family or 'Hand'}-Forms"


def _to_unicode(texts: list[str]) -> bytes:
    pairs = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in enumerate(texts)
        if text
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), _CMAP_BLOCK):
        block = pairs[start : start + _CMAP_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _name(text: str) -> Any:
    return pdfdoc.PDFName(text)


def _dictionary(**entries: Any) -> Any:
    return pdfdoc.PDFDictionary(entries)
