"""Sheets to SVG: outlines of the same forms, one file a sheet.

Unit: the file's size is in millimetres, its user unit is the point; y runs down (SVG 1.1).
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from fairhand.art.drawing import Clipped, Picture, Shape
from fairhand.hand.forms import draw_form
from fairhand.output.contours import contours
from fairhand.output.numbers import number as _n
from fairhand.units import in_mm

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from fairhand.art.drawing import Drawn
    from fairhand.impose.sheet import Sheet
    from fairhand.output.pdf import About
    from fairhand.write.page import WrittenPage


def svg(sheets: Iterable[Sheet], about: About) -> list[bytes]:
    """Return one SVG file for each sheet."""
    return [_sheet(sheet, about).encode() for sheet in sheets]


def _sheet(sheet: Sheet, about: About) -> str:
    width, height = sheet.size
    shapes: dict[str, str] = {}
    clips: list[str] = []
    body: list[str] = []
    for placement in sheet.placements:
        matrix = " ".join(_n(value) for value in placement.matrix)
        clip = placement.clip if placement.page.under else None
        if clip:
            corner = f'x="{_n(clip.left)}" y="{_n(clip.bottom)}"'
            extent = f'width="{_n(clip.width)}" height="{_n(clip.height)}"'
            clips.append(f'<clipPath id="c{len(clips)}"><rect {corner} {extent}/></clipPath>')
            body.append(f'<g clip-path="url(#c{len(clips) - 1})">')
        body.append(f'<g transform="matrix({matrix})">')
        body += _page(placement.page, shapes)
        body.append("</g>" * (2 if clip else 1))
    body += map(_drawn, sheet.marks)
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
            *clips,
            "</defs>",
            f'<g transform="matrix(1 0 0 -1 0 {_n(height)})">',
            *body,
            "</g>",
            "</svg>",
            "",
        ]
    )


def _page(page: WrittenPage, shapes: dict[str, str]) -> list[str]:
    body = [_drawn(thing) for thing in page.under]
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


def _drawn(thing: Drawn) -> str:
    """Return a thing as elements: shapes as paths, pictures as images inside the file."""
    if isinstance(thing, Shape):
        path = "".join(_OPERATORS[op] + " ".join(map(_n, xy)) for op, xy in thing.path)
        fill = thing.fill.rgb if thing.fill else "none"
        rule = ' fill-rule="evenodd"' if thing.even_odd else ""
        stroke = ""
        if thing.stroke and thing.width:
            ends = ("round", "round") if thing.rounded else ("butt", "miter")
            dash = f' stroke-dasharray="{" ".join(map(_n, thing.dash))}"' if thing.dash else ""
            stroke = (
                f' stroke="{thing.stroke.rgb}" stroke-width="{_n(thing.width)}"'
                f' stroke-linecap="{ends[0]}" stroke-linejoin="{ends[1]}"{dash}'
            )
        clear = f' fill-opacity="{_n(thing.opacity)}" stroke-opacity="{_n(thing.opacity)}"'
        return f'<path d="{path}" fill="{fill}"{rule}{stroke}{clear if thing.opacity < 1 else ""}/>'
    if isinstance(thing, Clipped):
        # An inner drawing shows nothing outside its own edges.
        rect = thing.rect
        corner, extent = f"{_n(rect.left)} {_n(rect.bottom)}", f"{_n(rect.width)} {_n(rect.height)}"
        x, y, width, height = (*corner.split(), *extent.split())
        return "".join(
            (f'<svg x="{x}" y="{y}" width="{width}" height="{height}" '
             f'viewBox="{corner} {extent}">', *map(_drawn, thing.things), "</svg>")
        )  # fmt: skip
    # pdfium is slow to load, and few cards have a picture on them.
    from fairhand.output.raster import picture_file, picture_of

    if not isinstance(thing, Picture):
        thing = picture_of(thing)
    kind, data = picture_file(thing)
    # An image of SVG runs down from its top left corner.
    matrix = " ".join(map(_n, thing.matrix))
    return (
        f'<g transform="matrix({matrix})"><image width="1" height="1" '
        f'preserveAspectRatio="none" transform="matrix(1 0 0 -1 0 1)" '
        f'href="data:image/{kind};base64,{b64encode(data).decode()}"/></g>'
    )


_OPERATORS = {"m": "M", "l": "L", "c": "C", "h": "Z"}


def _path(points: NDArray[np.int64], on_curve: NDArray[np.bool_], ends: NDArray[np.int64]) -> str:
    """Write TrueType contours as path data."""
    return "".join(
        "".join(f"{op.upper()}{' '.join(map(_n, xy))}" for op, xy in steps) + "Z"
        for steps in contours(points, on_curve, ends)
    )
