# ruff: noqa: C408, E501 (a table is read by its rows)
"""Good files of other makers, by what is unusual in them: none may be blamed for it.

`GOOD` has the standard and what makes the file from a plain one of ReportLab's making.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import faults_within as within
import pikepdf
from fontTools.misc.eexec import encrypt
from pikepdf import Array, Dictionary, Name, Stream, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from spoilers import ROOT, Spoil, picture

from fairhand.stationery.condition import conditions

MEDIA = (0, 0, 378, 522)
ROOM = 9
PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 pdfxid:GTS_PDFXVersion="PDF/X-4" xmp:CreateDate="2026-03-05T10:00:00+01:00"
 xmp:ModifyDate="2026-03-05T10:00:00+01:00" xmp:MetadataDate="2026-03-05T10:00:00+01:00"
 xmpMM:DocumentID="uuid:1" xmpMM:VersionID="1" xmpMM:RenditionClass="default" pdf:Trapped="False">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A card</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@cache
def plain() -> bytes:
    """Return two pages by ReportLab: a tint that bleeds, a line of text, a rule."""
    font = next((ROOT / "fonts" / "kalam").glob("*.ttf"))
    pdfmetrics.registerFont(TTFont("Kalam", font))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, MEDIA[2:], initialFontName="Kalam", invariant=1)
    for number in range(2):
        canvas.setFillColorCMYK(0.2, 0.1, 0, 0)
        canvas.rect(*MEDIA, fill=1, stroke=0)
        canvas.setFillColorCMYK(0, 0, 0, 1)
        canvas.setStrokeColorCMYK(0, 0, 0, 1)
        canvas.setFont("Kalam", 14)
        canvas.drawString(60, 300, f"Dear Zoë, thank you — {number}")
        canvas.setLineWidth(0.5)
        canvas.line(60, 280, 300, 280)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def dressed(document: pikepdf.Pdf, standard: str = "x-4", box: str = "TrimBox") -> None:
    """Give a document what a standard asks for: boxes, intent, metadata."""
    profile = document.make_stream(next(iter(conditions().values())).profile())
    profile.N = 4
    document.Root.OutputIntents = Array([Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"),
        RegistryName=String("http://www.color.org"), Info=String("Coated"), DestOutputProfile=profile,
    )])  # fmt: skip
    document.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"))
    for page in document.pages:
        left, bottom, right, top = (float(part) for part in page.mediabox)
        page.obj[f"/{box}"] = Array([left + ROOM, bottom + ROOM, right - ROOM, top - ROOM])
        page.obj.BleedBox = page.mediabox
    moment = String("D:20260305100000+01'00'")
    stated = dict(Title=String("A card"), CreationDate=moment, ModDate=moment, Creator=String("x"),
                  Producer=String("y"), Trapped=Name("/False"))  # fmt: skip
    if standard == "x-4":
        packet = document.make_stream(PACKET.encode(), Type=Name.Metadata, Subtype=Name.XML)
        document.Root.Metadata = packet
    else:
        stated["GTS_PDFXVersion"] = String(f"PDF/{standard.upper().replace('A', 'a')}:2003")
    document.trailer.Info = document.make_indirect(Dictionary(**stated))


def made(standard: str, change: Spoil, box: str = "TrimBox", data: bytes | None = None) -> bytes:
    """Return a file of a standard after a change."""
    with pikepdf.open(io.BytesIO(data or plain())) as document:
        dressed(document, standard, box)
        change(document)
        buffer = io.BytesIO()
        packed = (
            pikepdf.ObjectStreamMode.generate
            if standard == "x-4"
            else pikepdf.ObjectStreamMode.disable
        )
        document.save(buffer, fix_metadata_version=False, object_stream_mode=packed, deterministic_id=True,
                      force_version="1.6" if standard == "x-4" else "1.4")  # fmt: skip
        return buffer.getvalue()


def also(operators: str, **resources: dict[str, Any]) -> Spoil:
    """Return what adds operators to the first page, kept apart from what is there."""

    def change(document: pikepdf.Pdf) -> None:
        first = document.pages[0]
        for kind, entries in resources.items():
            first.obj.Resources[f"/{kind}"] = Dictionary(dict(first.obj.Resources.get(f"/{kind}", Dictionary()).items()) | {
                f"/{key}": value(document) if callable(value) else value for key, value in entries.items()})  # fmt: skip
        first.obj.Contents = document.make_stream(
            b"q\n" + first.Contents.read_bytes() + b"\nQ\n" + operators.encode()
        )

    return change


def inherited(document: pikepdf.Pdf) -> None:
    """Leave MediaBox and resources to the tree."""
    for key in ("/MediaBox", "/Resources"):
        document.Root.Pages[key] = document.pages[0].obj[key]
        for page in document.pages:
            del page.obj[key]


def negative(document: pikepdf.Pdf) -> None:
    """Move the origin to the upper right corner, and write boxes from there."""
    for page in document.pages:
        for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
            left, bottom, right, top = (float(part) for part in page.obj[key])
            page.obj[key] = Array([right - 378, top - 522, left - 378, bottom - 522])
        data = b"q 1 0 0 1 -378 -522 cm\n" + page.Contents.read_bytes() + b"\nQ"
        page.obj.Contents = document.make_stream(data)


def turned(document: pikepdf.Pdf) -> None:
    """Turn the pages."""
    for page in document.pages:
        page.obj.Rotate = 90


def layered(document: pikepdf.Pdf) -> None:
    """Put guides on a layer that is switched off: thin, unbled, in a second ink."""
    art, guides = (
        document.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        for name in ("Art", "Guides")
    )
    document.Root.OCProperties = Dictionary(OCGs=Array([art, guides]), D=Dictionary(
        Name=String("Usual"), Order=Array([art, guides]), OFF=Array([guides])))  # fmt: skip
    also("/OC /G BDC 1 0 1 0 K 0 w 12 12 m 300 12 l S EMC", Properties=dict(G=guides))(document)


def blended(document: pikepdf.Pdf) -> None:
    """Blend in the press's colours, behind a soft mask that has a transfer function."""
    document.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    also(
        "q /G gs 0 .5 .5 0 k 100 100 60 60 re f Q q /M gs 0 0 1 0 k 100 200 60 60 re f Q",
        ExtGState=dict(
            G=Dictionary(Type=Name.ExtGState, ca=0.5, BM=Name.Multiply),
            M=within.masked("0.5 g 0 0 2000 2000 re f"),
        ),
    )(document)
    document.pages[0].obj.Resources.ExtGState.M.SMask.TR = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), N=2
    )


def printers_mark(document: pikepdf.Pdf) -> None:
    """Put a printer's mark beside the card, as an annotation."""
    look = within.form("0 0 0 1 k 0 0 2000 2000 re f")(document)
    document.pages[0].obj.Annots = Array([Dictionary(
        Type=Name.Annot, Subtype=Name.PrinterMark, Rect=Array([0, 0, 8, 8]), AP=Dictionary(N=look))])  # fmt: skip


def tagged_picture(document: pikepdf.Pdf) -> None:
    """Show a picture in sRGB that says so."""
    shown = picture(300, 300, within.tagged(within.rgb_profile(), 3)(document), 3)(document)
    also("q 72 0 0 72 100 100 cm /I Do Q", XObject=dict(I=shown))(document)


def type_1(document: pikepdf.Pdf, own: int, stated: int) -> Any:
    """Return a font of Type 1 with the letter a, so wide in itself and in the file's words."""
    # Four bytes of nothing, 0 and the width, hsbw, endchar (Adobe Type 1 Font Format, 6.4).
    outline, _ = encrypt(b"\0\0\0\0\x8b\xff" + own.to_bytes(4, "big") + b"\x0d\x0e", 4330)
    private = b"dup /Private 1 dict dup begin /CharStrings 1 dict dup begin\n/a %d RD %b ND\nend"
    hidden, _ = encrypt(b"\0\0\0\0" + private % (len(outline), outline), 55665)
    clear = b"%!PS-AdobeFont-1.0: A\ncurrentfile eexec\n"
    program = document.make_stream(
        clear + hidden, Length1=len(clear), Length2=len(hidden), Length3=0
    )
    return document.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.A, FirstChar=97, LastChar=97, Widths=Array([stated]),
        Encoding=Name.WinAnsiEncoding, FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name.A, Flags=32, FontFile=program)))  # fmt: skip


GOOD: dict[str, tuple[str, Spoil]] = {
    "plain x-4": ("x-4", lambda d: None),
    "plain x-3": ("x-3", lambda d: None),
    "plain x-1a": ("x-1a", lambda d: None),
    "turned": ("x-4", turned),
    "inherited": ("x-4", inherited),
    "negative boxes": ("x-4", negative),
    "layers": ("x-4", layered),
    "transparency": ("x-4", blended),
    "tagged picture": ("x-4", tagged_picture),
    "tagged picture in x-3": ("x-3", tagged_picture),
    "printers' mark": ("x-4", printers_mark),
    "black overprints": ("x-4", also("/G gs 0 0 0 1 k 100 100 60 60 re f", ExtGState=dict(G=Dictionary(OP=True, op=True, OPM=1)))),
    "a spot colour": ("x-1a", also("/S cs 1 scn 100 100 60 60 re f", ColorSpace=dict(S=within.separation("PANTONE 871 C", Name.DeviceCMYK)))),
    "letters to be searched only": ("x-4", also("BT /H 12 Tf 3 Tr 100 100 Td (Merci) Tj ET", Font=dict(H=within.HELVETICA))),
    "default rgb": ("x-4", also("1 0 0 rg 100 100 60 60 re f", ColorSpace=dict(DefaultRGB=within.tagged(within.rgb_profile(), 3)))),
    "plates in a jpeg": ("x-1a", also("q 72 0 0 72 100 100 cm /I Do Q", XObject=dict(I=within.jpeg("CMYK", (60, 40, 20, 10), Decode=Array([1, 0] * 4))))),
    "srgb in a jpeg 2000": ("x-4", also("q 72 0 0 72 100 100 cm /I Do Q", XObject=dict(I=within.jpeg_2000("RGB")))),
    "run lengths": ("x-4", also("q 72 0 0 72 100 100 cm /I Do Q", XObject=dict(I=lambda d: Stream(
        d, b"\x81\x30" * 704 + b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=300, Height=300, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Filter=Name.RunLengthDecode)))),
    "thin white rules": ("x-4", also("0 0 0 0 K 0.1 w 100 100 m 150 150 l S")),
}  # fmt: skip
"""What is unusual: the standard, and what makes it so."""
