"""Sheets to SVG: outlines of the same forms, one file a sheet.

Unit: the file's size is in millimetres, its user unit is the point; y runs down (SVG 1.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from fairhand.hand.forms import draw_form
from fairhand.units import in_mm

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from fairhand.impose.sheet import Sheet
    from fairhand.output.pdf import About
    from fairhand.write.page import WrittenPage


def svg(sheets: Iterable[Sheet], about: About) -> list[bytes]:
    """Return one SVG file for each sheet."""
    return [_sheet(sheet, about).encode() for sheet in sheets]


def _sheet(sheet: Sheet, about: About) -> str:
    width, height = sheet.size
    shapes: dict[str, str] = {}
    body: list[str] = []
    for placement in sheet.placements:
        matrix = " ".join(_n(value) for value in placement.matrix)
        body.append(f'<g transform="matrix({matrix})">')
        body += _page(placement.page, shapes)
        body.append("</g>")
    defs = [f'<path id="{name}" d="{path}"/>' for path, name in shapes.items()]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(in_mm(width))}mm" '
            f'height="{_n(in_mm(height))}mm" viewBox="0 0 {_n(width)} {_n(height)}" '
            f"xml:lang={quoteattr(about.language)}>",
            f"<title>{escape(about.title)}</title>",
            "<defs>",
            *defs,
            "</defs>",
            f'<g transform="matrix(1 0 0 -1 0 {_n(height)})">',
            *body,
            "</g>",
            "</svg>",
            "",
        ]
    )


def _page(page: WrittenPage, shapes: dict[str, str]) -> list[str]:
    body = [
        f'<path d="M{_n(rule.left)} {_n(rule.y)}H{_n(rule.right)}" '
        f'stroke="{rule.ink.rgb}" stroke-width="{_n(rule.width)}"/>'
        for rule in page.rules
    ]
    em = page.hand.font.units_per_em
    body.append(f'<g fill="{page.ink.rgb}">')
    for line in page.lines:
        for word in line.words:
            a, b, c, d, e, f = word.matrix
            matrix = " ".join([*(f"{v / em:.7f}" for v in (a, b, c, d)), _n(e), _n(f)])
            paint = f' fill="{page.ink.toned(word.tone).rgb}"' if word.tone < 1 else ""
            body.append(
                f'<g transform="matrix({matrix})"{paint} aria-label={quoteattr(word.shaped.text)}>'
            )
            x = 0
            for glyph, form in zip(word.shaped.glyphs, word.forms, strict=True):
                outline = page.hand.font.outline(glyph.glyph)
                if outline.inked:
                    points = draw_form(page.hand, glyph.glyph, form, page.strength, word.weight)
                    path = _path(points, outline.on_curve, outline.ends)
                    name = shapes.setdefault(path, f"f{len(shapes)}")
                    body.append(f'<use href="#{name}" x="{x + glyph.dx}" y="{glyph.dy}"/>')
                x += glyph.advance
            body.append("</g>")
    body.append("</g>")
    return body


def _path(points: NDArray[np.int64], on_curve: NDArray[np.bool_], ends: NDArray[np.int64]) -> str:
    """Write TrueType contours as path data; implied points lie midway (OpenType 1.9, glyf)."""
    parts: list[str] = []
    start = 0
    for end in ends:
        xy = [(float(x), float(y)) for x, y in points[start : end + 1]]
        on = [bool(flag) for flag in on_curve[start : end + 1]]
        start = int(end) + 1
        if not on[0]:
            xy, on = [*xy[1:], xy[0]], [*on[1:], on[0]]
        parts.append(f"M{_n(xy[0][0])} {_n(xy[0][1])}")
        count = len(xy)
        index = 1
        while index <= count:
            x, y = xy[index % count]
            if on[index % count]:
                parts.append(f"L{_n(x)} {_n(y)}" if index < count else "")
                index += 1
                continue
            after, after_on = xy[(index + 1) % count], on[(index + 1) % count]
            if index + 1 > count:
                after, after_on = xy[0], True
            to = after if after_on else ((x + after[0]) / 2, (y + after[1]) / 2)
            parts.append(f"Q{_n(x)} {_n(y)} {_n(to[0])} {_n(to[1])}")
            index += 2 if after_on else 1
        parts.append("Z")
    return "".join(parts)


def _n(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
