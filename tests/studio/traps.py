"""Files that are made to break, to fill or to keep busy whoever reads them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name

# Pictures


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_of(width: int, height: int, bits: int = 1, colour: int = 0, *extra: bytes) -> bytes:
    """Return a PNG of one colour, of any size, made line by line in little memory."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    line = b"\0" + bytes((width * bits * samples + 7) // 8)
    packing = zlib.compressobj(9)
    data = b"".join(packing.compress(line) for _ in range(height)) + packing.flush()
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), *extra, chunk(b"IDAT", data),
         chunk(b"IEND", b"")]
    )  # fmt: skip


def picture_of_100_megapixels() -> bytes:
    return png_of(10_000, 10_000)


def picture_that_says_it_is_endless() -> bytes:
    header = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 16, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def profile_that_unpacks_to_gigabytes() -> bytes:
    packed = zlib.compress(bytes(200_000_000), 9)
    return png_of(9, 9, 8, 2, chunk(b"iCCP", b"icc\0\0" + packed))


def text_that_unpacks_to_gigabytes() -> bytes:
    packed = zlib.compress(bytes(200_000_000), 9)
    return png_of(9, 9, 8, 2, chunk(b"zTXt", b"Comment\0\0" + packed))


PICTURES = {
    "a hundred megapixels": picture_of_100_megapixels,
    "endless by its own word": picture_that_says_it_is_endless,
    "a profile that unpacks to gigabytes": profile_that_unpacks_to_gigabytes,
    "a text that unpacks to gigabytes": text_that_unpacks_to_gigabytes,
}

# Drawings

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
BOX = b'viewBox="0 0 100 100">'


def drawing(inside: bytes, before: bytes = b"") -> bytes:
    return before + SVG + BOX + inside + b"</svg>"


def laughs() -> bytes:
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)]
    return drawing(b"<text>&a11;</text>", b"<!DOCTYPE svg [" + b"".join(lines) + b"]>")


DRAWINGS = {
    "an external entity": drawing(
        b"<text>&x;</text>", b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "an external document type": drawing(
        b"<text>&x;</text>", b'<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/evil.dtd">'
    ),
    "a parameter entity": drawing(
        b"", b'<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;]>'
    ),
    "a billion laughs": laughs(),
    "a script": drawing(b"<script>fetch('http://127.0.0.1:9/')</script>"),
    "a script of another file": drawing(b'<script href="http://127.0.0.1:9/a.js"/>'),
    "an event": drawing(b'<rect width="9" height="9" onload="alert(1)"/>'),
    "a script in a link": drawing(b'<a xlink:href="javascript:alert(1)"><rect width="9"/></a>'),
    "a picture from elsewhere": drawing(
        b'<image href="http://127.0.0.1:9/a.png" width="9" height="9"/>'
    ),
    "a file of this machine": drawing(
        b'<image xlink:href="file:///etc/passwd" width="9" height="9"/>'
    ),
    "a style sheet from elsewhere": drawing(
        b"", b'<?xml-stylesheet href="http://127.0.0.1:9/a.css"?>'
    ),
    "a page in the drawing": drawing(
        b'<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">a</p>'
        b"</foreignObject>"
    ),
    "groups without end": drawing(b"<g>" * 50_000 + b"</g>" * 50_000),
    "copies of copies": drawing(
        b'<defs><rect id="c0" width="9" height="9"/>'
        + b"".join(
            b'<g id="c%d">%s</g>' % (n, b'<use xlink:href="#c%d"/>' % (n - 1) * 10)
            for n in range(1, 12)
        )
        + b'</defs><use xlink:href="#c11"/>'
    ),
    "a copy of itself": drawing(b'<g id="a"><use href="#a"/></g>'),
}


def packed_drawing() -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    start = packing.compress(SVG + BOX)
    return start + b"".join(packing.compress(b" " * 1_000_000) for _ in range(900)) + (
        packing.flush())  # fmt: skip


def path_of_a_million_curves() -> bytes:
    return drawing(b'<path d="M0 0' + b"q9 9 1 1" * 2_000_000 + b'" stroke="red"/>')


def dashes_without_end() -> bytes:
    return drawing(
        b'<path d="M0 0h1e9" stroke="red" stroke-width=".01" stroke-dasharray="1e-6 1e-6"/>'
    )


# PDF


def pdf_of(arrange, painted: bytes = b"0 0 9 9 re f", size=(306, 396)) -> bytes:
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=size)
        page.Contents = document.make_stream(painted)
        arrange(document, page)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def with_script(document, page) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.launchURL('http://a.b')")
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F="/bin/sh"))
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["a", Dictionary(S=Name.JavaScript, JS="while(1);")]))
    )


def with_10_000_pages(document, page) -> None:
    for _ in range(10_000):
        document.add_blank_page(page_size=(306, 396))


def with_a_deep_tree(document, page) -> None:
    node = document.Root.Pages
    for _ in range(20_000):
        node = document.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
    document.Root.Pages = node


def with_a_tree_in_a_circle(document, page) -> None:
    document.Root.Pages.Kids = Array([document.Root.Pages])


def with_a_picture(width: int, height: int, **keys):
    def arrange(document, page) -> None:
        line = bytes((width + 7) // 8)
        packing = zlib.compressobj(9)
        data = b"".join(packing.compress(line) for _ in range(height)) + packing.flush()
        image = document.make_stream(b"")
        image.write(data, filter=Name.FlateDecode)
        entries = {
            "Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height,
            "BitsPerComponent": 1, "ColorSpace": Name.DeviceGray, **keys,
        }  # fmt: skip
        for key, value in entries.items():
            image[f"/{key}"] = value
        page.Resources = Dictionary(XObject=Dictionary(I=image))

    return arrange


def with_patterns_in_patterns(document, page) -> None:
    inner = None
    for number in range(12):
        pattern = document.make_stream(
            b"/Pattern cs /P scn 0 0 90 90 re f" if inner is not None else b"0 0 1 1 re f",
            Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
            BBox=Array([0, 0, 100, 100]), XStep=1, YStep=1,
            Resources=Dictionary(Pattern=Dictionary(P=inner)) if number else Dictionary(),
        )  # fmt: skip
        inner = document.make_indirect(pattern)
    page.Resources = Dictionary(Pattern=Dictionary(P=inner))


def with_a_fine_pattern(document, page) -> None:
    pattern = document.make_stream(
        b"0 0 1 1 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, 1000, 1000]), XStep=0.001, YStep=0.001, Resources=Dictionary(),
    )  # fmt: skip
    page.Resources = Dictionary(Pattern=Dictionary(P=pattern))


def with_masks_in_masks(document, page) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    painted = b"0 0 306 396 re f"
    state = None
    for _ in range(14):
        form = document.make_stream(
            painted, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 306, 396], Group=group,
            Resources=Dictionary(ExtGState=Dictionary(G=state)) if state else Dictionary(),
        )  # fmt: skip
        mask = Dictionary(S=Name.Luminosity, G=form)
        state = document.make_indirect(Dictionary(Type=Name.ExtGState, SMask=mask))
        painted = b"/G gs 0 0 306 396 re f " * 3
    page.Resources = Dictionary(ExtGState=Dictionary(G=state))


def with_letters_of_a_megabyte(document, page) -> None:
    letter = document.make_stream(b"500 0 d0 " + b"0 0 9 9 re f " * 100_000)
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], CharProcs={"/a": letter},
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=97, Widths=[500],
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        Resources=Dictionary(),
    )  # fmt: skip
    page.Resources = Dictionary(Font=Dictionary(F=document.make_indirect(font)))


PATTERNED = b"/Pattern cs /P scn 0 0 306 396 re f"

PDFS = {
    "ten thousand pages": lambda: pdf_of(with_10_000_pages),
    "a tree of pages twenty thousand deep": lambda: pdf_of(with_a_deep_tree),
    "a tree of pages in a circle": lambda: pdf_of(with_a_tree_in_a_circle),
    "a fine pattern": lambda: pdf_of(with_a_fine_pattern, PATTERNED),
    "patterns in patterns": lambda: pdf_of(with_patterns_in_patterns, PATTERNED),
    "masks in masks": lambda: pdf_of(with_masks_in_masks, b"/G gs 0 0 306 396 re f"),
    "letters of a megabyte": lambda: pdf_of(
        with_letters_of_a_megabyte, b"BT /F 9 Tf (%s) Tj ET" % (b"a" * 20_000)
    ),
    "a picture of four gigapixels, drawn often": lambda: pdf_of(
        with_a_picture(60_000, 60_000), b"306 0 0 396 0 0 cm " + b"/I Do " * 20_000
    ),
}
"""By what they are; the first three are refused by who reads them, the others by the clock."""

# Fonts


LETTERS = {code: f"u{code}" for code in range(0x20, 0x7F)}


def font_with(draw, others=(), *, cff: bool = False, finish=lambda font: None) -> bytes:
    """Return a font of ASCII whose glyphs `draw(pen, name)` draws, and others before them."""
    order = [".notdef", *others, *LETTERS.values()]
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(LETTERS)
    glyphs = {}
    for name in order:
        pen = T2CharStringPen(500, None) if cff else TTGlyphPen(dict.fromkeys(order))
        draw(pen, name)
        glyphs[name] = glyph = pen.getCharString() if cff else pen.glyph(dropImpliedOnCurves=False)
        if not cff:
            # To measure them is the trap that we set to others.
            glyph.xMin = glyph.yMin = 0
            glyph.xMax = glyph.yMax = 500
    builder.font.recalcBBoxes = False
    if cff:
        builder.setupCFF("Trap", {}, glyphs, {})
    else:
        builder.setupGlyf(glyphs, calcGlyphBounds=False)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Trap", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    finish(builder.font)
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def box(pen, left=50, bottom=0, right=450, top=480) -> None:
    pen.moveTo((left, bottom))
    for corner in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(corner)
    pen.closePath()


HERE = (1, 0, 0, 1, 0, 0)


def letters_of_themselves() -> bytes:
    def draw(pen, name) -> None:
        box(pen) if name == ".notdef" else pen.addComponent(name, HERE)

    return font_with(draw)


def letters_of_ten_of_ten_of_ten() -> bytes:
    steps = [f"s{number}" for number in range(8)]

    def draw(pen, name) -> None:
        if name in (".notdef", "s0"):
            box(pen)
            return
        part = f"s{int(name[1:]) - 1}" if name in steps else "s7"
        for number in range(10):
            pen.addComponent(part, (1, 0, 0, 1, number, 0))

    return font_with(draw, steps)


MANY = [f"u{code}" for code in range(0x61, 0x73)]


def letters_of_a_million_points() -> bytes:
    def draw(pen, name) -> None:
        for number in range(16_000 if name in MANY else 1):
            box(pen, number % 400, 0, number % 400 + 9, 480)

    return font_with(draw)


def subroutines_without_end() -> bytes:
    """Ten levels that each call the next 30 times (Adobe TN 5177 allows ten levels)."""

    def finish(font) -> None:
        top = font["CFF "].cff.topDictIndex[0]
        from fontTools.cffLib import SubrsIndex
        from fontTools.misc.psCharStrings import T2CharString

        private = top.Private
        private.Subrs = SubrsIndex()
        private.rawDict["Subrs"] = private.Subrs
        bias = 107
        for level in range(10):
            call = [level + 1 - bias, "callsubr"] * 30 if level < 9 else [5, 5, "rlineto"] * 9
            private.Subrs.append(T2CharString(program=[*call, "return"]))
        for name in LETTERS.values():
            string = top.CharStrings[name]
            string.decompile()
            string.program = [500, 0, 0, "rmoveto", -bias, "callsubr", "endchar"]
            string.bytecode = None

    return font_with(lambda pen, name: box(pen), cff=True, finish=finish)


def letters_that_become_more_and_more() -> bytes:
    """A letter is replaced by fifty of itself, thirty times over (GSUB type 2)."""
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString

    def finish(font) -> None:
        more = " ".join(["u97"] * 50)
        rules = "".join(f"lookup l{n} {{ sub u97 by {more}; }} l{n};" for n in range(30))
        uses = "".join(f"lookup l{n};" for n in range(30))
        addOpenTypeFeaturesFromString(font, f"{rules} feature liga {{ {uses} }} liga;")

    return font_with(lambda pen, name: box(pen), finish=finish)


def as_many_glyphs_as_there_can_be() -> bytes:
    """The header says 65,535; there are hardly any."""
    data = bytearray(font_with(lambda pen, name: box(pen)))
    where = data.index(b"maxp")
    offset = struct.unpack(">I", data[where + 8 : where + 12])[0]
    data[offset + 4 : offset + 6] = b"\xff\xff"
    return bytes(data)


def fonts_in_a_circle() -> bytes:
    """A collection whose billion fonts are the collection."""
    return b"ttcf" + struct.pack(">HHI", 1, 0, 2**30) + struct.pack(">I", 0) * 100


FONTS = {
    "letters of themselves": letters_of_themselves,
    "letters of ten of ten of ten": letters_of_ten_of_ten_of_ten,
    "letters of a million points": letters_of_a_million_points,
    "subroutines without end": subroutines_without_end,
    "letters that become more and more": letters_that_become_more_and_more,
    "as many glyphs as there can be": as_many_glyphs_as_there_can_be,
    "fonts in a circle": fonts_in_a_circle,
}

# Tables

WORKBOOK = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
    'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-office'
    'document.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.open'
    'xmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxml'
    'formats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
}
SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main"><sheetData>'
)


def row(*cells: bytes) -> bytes:
    return b"<row>" + b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % c for c in cells) + (
        b"</row>")  # fmt: skip


def workbook(parts, before: bytes = SHEET) -> bytes:
    """Return a workbook whose sheet is made of parts, each with how often it comes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in WORKBOOK.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(before)
            for part, times in parts:
                for _ in range(times):
                    sheet.write(part)
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


NAMES = row(b"Name", b"Street", b"City")
ANN = row(b"Ann Lee", b"1 Elm Street", b"Boston")

TABLES = {
    "a sheet of gigabytes": lambda: workbook([(NAMES, 1), (ANN * 5_000, 1), (b" " * 10**7, 205)]),
    "one cell of 300 megabytes": lambda: workbook(
        [(NAMES, 1), (b'<row><c t="inlineStr"><is><t>', 1), (b"a" * 10**7, 30),
         (b"</t></is></c></row>", 1)]
    ),
    "elements without end": lambda: workbook([(NAMES, 1), (ANN, 1), (b"<x>" * 10**6, 60)]),
    "a billion laughs": lambda: workbook(
        [(NAMES, 1), (row(b"&b;"), 1)],
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + SHEET,
    ),
    "laughs after a comment": lambda: workbook(
        [(NAMES, 1), (row(b"&z;"), 1)],
        b"<!--" + b"-" * 0 + b"x" * 5_000 + b'--><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(ord("b"), ord("{"))
        )
        + b"]>" + SHEET.partition(b"?>")[2],
    ),
}  # fmt: skip
