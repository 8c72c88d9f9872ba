# ruff: noqa: C408, E501 (a table is read by its rows)
"""Faults that hide: in forms, patterns, letters, masks and palettes, behind names and filters.

`WITHIN` has rows like those of `faults.FAULTS`.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
from faults import unembedded
from pikepdf import Array, Dictionary, Name, Stream, String
from spoilers import Make, Spoil, more, page, picture, separation, set_root

RED = "1 0 0 rg 100 100 50 50 re f"
CYAN = "1 0 0 0 k"
HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def form(operators: str, **entries: Any) -> Make:
    """Return what makes a form as large as any card."""

    def make(document: pikepdf.Pdf) -> Any:
        stream = document.make_stream(operators.encode(), Type=Name.XObject, Subtype=Name.Form,
                                      BBox=Array([0, 0, 2000, 2000]))  # fmt: skip
        for key, value in entries.items():
            stream[f"/{key}"] = value(document) if callable(value) else value
        return stream

    return make


def within(operators: str, deep: int = 1, **resources: Any) -> Spoil:
    """Return what puts operators into a form, as many forms deep."""

    def make(document: pikepdf.Pdf) -> Any:
        own = Dictionary({f"/{kind}": Dictionary({f"/{key}": value(document) if callable(value) else value
                          for key, value in entries.items()}) for kind, entries in resources.items()})  # fmt: skip
        made = form(operators, Resources=own)(document)
        for _ in range(deep - 1):
            made = form("/In Do", Resources=Dictionary(XObject=Dictionary(In=made)))(document)
        return made

    return more("/Out Do", XObject={"Out": make})


def tiling(operators: str, kind: int = 1, **resources: Any) -> Make:
    """Return what makes a tiling pattern."""

    def make(document: pikepdf.Pdf) -> Any:
        return document.make_stream(
            operators.encode(), Type=Name.Pattern, PatternType=1, PaintType=kind, TilingType=1,
            BBox=Array([0, 0, 20, 20]), XStep=20, YStep=20, Resources=Dictionary(**resources),
        )  # fmt: skip

    return make


def drawn_letters(operators: str) -> Make:
    """Return what makes a Type 3 font of one letter."""

    def make(document: pikepdf.Pdf) -> Any:
        return document.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=97, LastChar=97,
            Widths=Array([1000]), Encoding=Dictionary(Differences=Array([97, Name.a])),
            CharProcs=Dictionary(a=document.make_stream(operators.encode())), Resources=Dictionary(),
        ))  # fmt: skip

    return make


def masked(operators: str, **resources: Any) -> Make:
    """Return what makes a graphics state with a soft mask."""

    def make(document: pikepdf.Pdf) -> Any:
        group = form(operators, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
                     Resources=Dictionary(**resources))(document)  # fmt: skip
        return Dictionary(Type=Name.ExtGState,
                          SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group))  # fmt: skip

    return make


def palette(base: Any, colours: bytes) -> Array:
    """Return an indexed colour space."""
    count = 4 if base == Name.DeviceCMYK else 3
    return Array([Name.Indexed, base, len(colours) // count - 1, String(colours)])


def gradient(space: Any, first: list[float], last: list[float], kind: int = 2) -> Dictionary:
    """Return an axial gradient across the card."""
    function = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array(first), C1=Array(last), N=1
    )
    return Dictionary(ShadingType=kind, ColorSpace=space, Coords=Array([100, 100, 200, 100]),
                      Function=function, Extend=Array([True, True]))  # fmt: skip


def mesh(space: Any, corner: bytes) -> Make:
    """Return a free-form gradient of one triangle with corners of one colour."""

    def make(document: pikepdf.Pdf) -> Any:
        count = len(corner)
        data = b"".join(b"\0" + place + corner for place in (b"\0\0", b"\xff\0", b"\0\xff"))
        return document.make_stream(
            data, ShadingType=4, ColorSpace=space, BitsPerCoordinate=8, BitsPerComponent=8,
            BitsPerFlag=8, Decode=Array([100, 200, 100, 200, *([0, 1] * count)]),
        )  # fmt: skip

    return make


def jpeg_2000(mode: str, *, bare: bool = False) -> Make:
    """Return what makes a JPEG 2000 picture that names no colour space but its own; a `bare` one none."""

    def make(document: pikepdf.Pdf) -> Any:
        from PIL import Image

        buffer = io.BytesIO()
        Image.new(mode, (300, 300), 128).save(buffer, "JPEG2000", no_jp2=bare)
        return Stream(document, buffer.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=300,
                      Height=300, BitsPerComponent=8, Filter=Name.JPXDecode)  # fmt: skip

    return make


def jpeg(mode: str, colour: Any, **entries: Any) -> Make:
    """Return what makes a JPEG picture."""

    def make(document: pikepdf.Pdf) -> Any:
        from PIL import Image

        buffer = io.BytesIO()
        Image.new(mode, (300, 300), colour).save(buffer, "JPEG", quality=95)
        space = {"CMYK": Name.DeviceCMYK, "RGB": Name.DeviceRGB, "L": Name.DeviceGray}[mode]
        shown = {"ColorSpace": space, "BitsPerComponent": 8, **entries}
        return Stream(document, buffer.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=300,
                      Height=300, Filter=Name.DCTDecode, **shown)  # fmt: skip

    return make


def shown(make: Make, size: int = 50) -> Spoil:
    """Return what shows a picture so large (points)."""
    return more(f"q {size} 0 0 {size} 100 100 cm /Bad Do Q", XObject=dict(Bad=make))


def n_plates(names: list[str], alternate: Any, full: list[float]) -> Make:
    """Return what makes a DeviceN space, by a PostScript function."""

    def make(document: pikepdf.Pdf) -> Any:
        code = "{ " + "pop " * len(names) + " ".join(str(part) for part in full) + " }"
        function = document.make_stream(
            code.encode(), FunctionType=4, Domain=Array([0, 1] * len(names)),
            Range=Array([0, 1] * len(full)),
        )  # fmt: skip
        return Array(
            [Name.DeviceN, Array([Name(f"/{name}") for name in names]), alternate, function]
        )

    return make


def tagged(profile: bytes, count: int) -> Make:
    """Return what makes a space of an ICC profile that is said to have so many colours."""

    def make(document: pikepdf.Pdf) -> Any:
        stream = document.make_stream(profile)
        stream.N = count
        return Array([Name.ICCBased, stream])

    return make


def rgb_profile(kind: bytes = b"mntr") -> bytes:
    """Return sRGB as an ICC profile of version 2, which all standards know, of a class."""
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[8:10] = b"\x02\x10"
    data[12:16] = kind
    return bytes(data)


def last_page(spoil: Spoil) -> Spoil:
    """Return what spoils the last of three pages only."""

    def change(document: pikepdf.Pdf) -> None:
        for _ in range(2):
            document.pages.append(document.pages[0])
        first = document.pages[0].obj
        last = document.pages[-1].obj
        kept = first.Contents, first.Resources
        first.Resources = Dictionary(dict(last.Resources.items()))
        spoil(document)
        last.Contents, last.Resources = first.Contents, first.Resources
        first.Contents, first.Resources = kept

    return change


def filtered(operators: bytes, *filters: str) -> Spoil:
    """Return what shows a form that is packed by filters."""

    def make(document: pikepdf.Pdf) -> Any:
        data = operators
        for name in reversed(filters):
            data = zlib.compress(data) if name == "FlateDecode" else data.hex().encode() + b">"
        made = form("")(document)
        made.write(data, filter=Array([Name(f"/{name}") for name in filters]))
        return made

    return more("/Out Do", XObject={"Out": make})


def inherited(document: pikepdf.Pdf) -> None:
    """Leave the boxes, the finished size with them, to the tree above the page."""
    for name in ("MediaBox", "TrimBox", "BleedBox"):
        if f"/{name}" in page(document):
            document.Root.Pages[f"/{name}"] = page(document)[f"/{name}"]
            del page(document)[f"/{name}"]


WITHIN: dict[str, tuple[str, Spoil]] = {
    # Colours in a drawing in a drawing
    "rgb-in-a-form": ("rgb", within(RED)),
    "rgb-six-forms-deep": ("rgb", within(RED, 6)),
    "rgb-on-the-last-page": ("rgb", last_page(more(RED))),
    "rgb-in-a-pattern": ("rgb", more("/Pattern cs /P scn 100 100 90 90 re f", Pattern=dict(P=tiling("1 0 0 rg 0 0 9 9 re f")))),
    "rgb-behind-a-pattern": ("rgb", more("/Un cs 1 0 0 /P scn 100 100 90 90 re f", Pattern=dict(P=tiling("0 0 9 9 re f", 2)),
                              ColorSpace=dict(Un=Array([Name.Pattern, Name.DeviceRGB])))),
    "rgb-in-a-letter": ("rgb", more("BT /D 12 Tf 120 120 Td (a) Tj ET", Font=dict(D=drawn_letters("1000 0 d0 1 0 0 rg 0 0 800 800 re f")))),
    "rgb-gradient": ("rgb", more("q 100 100 90 90 re W n /Sh sh Q", Shading=dict(Sh=gradient(Name.DeviceRGB, [1, 0, 0], [0, 1, 0])))),
    "rgb-gradient-pattern": ("rgb", more("/Pattern cs /P scn 100 100 90 90 re f", Pattern=dict(P=Dictionary(
        PatternType=2, Shading=gradient(Name.DeviceRGB, [1, 0, 0], [0, 1, 0]))))),
    "rgb-palette": ("rgb", shown(picture(300, 300, palette(Name.DeviceRGB, b"\xff\0\0\0\0\xff"), 1, 1))),
    "rgb-under-plates": ("rgb", more("/Nn cs 1 1 scn 100 100 50 50 re f", ColorSpace=dict(Nn=n_plates(["Gold", "Red"], Name.DeviceRGB, [1, 0, 0])))),
    "rgb-by-default": ("rgb", more("0 0 0 1 k 100 100 50 50 re f 100 100 50 50 re f 0 0 1 0 k /Cs cs 1 0 0 sc 100 100 50 50 re f", ColorSpace=dict(Cs=Name.DeviceRGB))),
    "rgb-jpeg": ("rgb", shown(jpeg("RGB", (200, 0, 0)))),
    "rgb-jpeg-2000": ("rgb", shown(jpeg_2000("RGB", bare=True))),
    "rgb-in-a-mask": ("rgb", more("/Gm gs 0 0 0 1 k 100 100 50 50 re f", ExtGState=dict(Gm=masked(RED)))),
    "profile-of-other-colours": ("profile-damaged", more("/T cs 1 0 0 0 sc 100 100 50 50 re f", ColorSpace=dict(T=tagged(rgb_profile(), 4)))),
    "profile-is-no-profile": ("profile-damaged", more("/T cs 1 0 0 sc 100 100 50 50 re f", ColorSpace=dict(T=tagged(b"no profile" * 99, 3)))),
    "profile-is-a-link": ("profile-damaged", more("/T cs 1 0 0 sc 100 100 50 50 re f", ColorSpace=dict(T=tagged(rgb_profile(b"link"), 3)))),
    "black-text-in-rgb": ("rich-black-text", lambda d: more(
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 9 Tf /T cs 0 0 0 sc 150 200 Td <00010002> Tj ET",
        ColorSpace=dict(T=tagged(rgb_profile(), 3)))(d)),
    # Ink
    "black-of-four-plates": ("rich-black-text", lambda d: more(
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 8 Tf .6 .5 .5 .9 k 150 200 Td <00010002> Tj ET")(d)),
    "black-of-three-plates": ("rich-black-text", lambda d: more(
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 8 Tf .9 .9 .9 0 k 150 200 Td <00010002> Tj ET")(d)),
    "wet-form": ("ink-limit", within("1 1 .9 .9 k 100 100 50 50 re f")),
    "wet-pattern": ("ink-limit", more("/Pattern cs /P scn 100 100 90 90 re f", Pattern=dict(P=tiling("1 1 1 1 k 0 0 9 9 re f")))),
    "wet-gradient": ("ink-limit", more("q 100 100 90 90 re W n /Sh sh Q", Shading=dict(Sh=gradient(Name.DeviceCMYK, [0, 0, 0, 0], [1, 1, 1, 1])))),
    "wet-mesh": ("ink-limit", more("/Sh sh", Shading=dict(Sh=mesh(Name.DeviceCMYK, b"\xff\xff\xff\xff")))),
    "wet-palette": ("ink-limit", shown(picture(300, 300, palette(Name.DeviceCMYK, b"\0\0\0\0\xff\xff\xff\xff"), 1, 1))),
    "wet-jpeg": ("ink-limit", shown(jpeg("CMYK", (250, 250, 250, 250), Decode=Array([1, 0] * 4)))),
    "wet-plates": ("ink-limit", more("/Nn cs 1 1 1 1 scn 100 100 50 50 re f", ColorSpace=dict(
        Nn=n_plates(["Cyan", "Magenta", "Yellow", "Gold"], Name.DeviceCMYK, [1, 1, 1, 0])))),
    "registration-picture": ("registration-ink", shown(lambda d: picture(300, 300, separation("All", Name.DeviceCMYK)(d), 1)(d))),
    "registration-letters": ("registration-ink", lambda d: more(
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 9 Tf /Reg cs 1 scn 150 200 Td <00010002> Tj ET",
        ColorSpace=dict(Reg=separation("All", Name.DeviceCMYK)))(d)),
    "overprints-until-wet": ("ink-limit", more(
        "1 1 0.5 0 k 100 100 90 90 re f /Go gs 0 0 0 1 k 110 110 50 50 re f", ExtGState=dict(Go=Dictionary(OP=True, op=True, OPM=1)))),
    "white-line-overprints": ("white-overprints", more("/Go gs 0 0 0 0 K 4 w 100 100 m 200 200 l S", ExtGState=dict(Go=Dictionary(OP=True, OPM=1)))),
    "white-mask-overprints": ("white-overprints", more("/Go gs 0 0 0 0 k q 50 0 0 50 100 100 cm /M Do Q",
        ExtGState=dict(Go=Dictionary(OP=True, OPM=1)), XObject=dict(M=lambda d: d.make_stream(
            b"\xaa" * 12000, Type=Name.XObject, Subtype=Name.Image, Width=600, Height=160, BitsPerComponent=1, ImageMask=True)))),
    "spots-alike-but-for-case": ("spots-alike", more("/S1 cs 1 scn 100 100 9 9 re f /S2 cs 1 scn 120 120 9 9 re f", ColorSpace=dict(
        S1=separation("Gold", Name.DeviceCMYK), S2=separation("GOLD", Name.DeviceCMYK)))),
    "spot-of-two-mixtures": ("spots-alike", more("/S1 cs 1 scn 100 100 9 9 re f /S2 cs 1 scn 120 120 9 9 re f", ColorSpace=dict(
        S1=separation("Gold", Name.DeviceCMYK), S2=Array([*separation("Gold", Name.DeviceCMYK)(None)[:3], Dictionary(
            FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 1, 0]), N=1)])))),
    "six-spots": ("spots-many", more(" ".join(f"/S{k} cs 1 scn {100 + 9 * k} 100 8 8 re f" for k in range(6)), ColorSpace={
        f"S{k}": separation(f"Spot{k}", Name.DeviceCMYK) for k in range(6)})),
    # Fonts
    "font-in-a-form": ("font-not-embedded", within("BT /H 12 Tf 0 0 0 1 k 120 120 Td (a) Tj ET", 2, Font=dict(H=HELVETICA))),
    "font-in-a-pattern": ("font-not-embedded", more("/Pattern cs /P scn 100 100 90 90 re f", Pattern=dict(P=tiling(
        "BT /H 12 Tf 0 0 0 1 k 2 2 Td (a) Tj ET", Font=Dictionary(H=HELVETICA))))),
    "font-in-a-mask": ("font-not-embedded", more("/Gm gs 0 0 0 1 k 100 100 50 50 re f", ExtGState=dict(Gm=masked(
        "BT /H 12 Tf 1 g 120 120 Td (a) Tj ET", Font=Dictionary(H=HELVETICA))))),
    "font-by-graphics-state": ("font-not-embedded", more("/Gf gs BT 0 0 0 1 k 120 120 Td (a) Tj ET", ExtGState=dict(
        Gf=lambda d: Dictionary(Font=Array([d.make_indirect(Dictionary(dict(HELVETICA.items()))), 12]))))),
    "font-on-the-last-page": ("font-not-embedded", last_page(more("BT /H 12 Tf 0 0 0 1 k 120 120 Td (a) Tj ET", Font=dict(H=HELVETICA)))),
    "arial-as-truetype": ("font-not-embedded", more("BT /A 12 Tf 0 0 0 1 k 120 120 Td (a) Tj ET", Font=dict(A=Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.ArialMT, Encoding=Name.WinAnsiEncoding, FirstChar=97, LastChar=97,
        Widths=Array([556]), FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name.ArialMT, Flags=32))))),
    "codes-unknown": ("font-encoding", lambda d: [font.__setitem__("/Encoding", Name("/Nonsense-H"))
        for font in dict(page(d).Resources.Font).values()]),
    "cjk-font-by-name": ("font-not-embedded", more("BT /A 12 Tf 0 0 0 1 k 120 120 Td <3042> Tj ET", Font=dict(A=Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/HeiseiMin-W3"), Encoding=Name("/UniJIS-UCS2-H"), DescendantFonts=Array([Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/HeiseiMin-W3"), CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2))]))))),
    # Lines, pictures
    "hairline-in-a-pattern": ("hairline", more("/Pattern cs /P scn 100 100 90 90 re f", Pattern=dict(P=tiling("0 0 0 1 K 0 w 0 0 m 20 20 l S")))),
    "hairline-round-letters": ("hairline", lambda d: more(
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 20 Tf 1 Tr 0.05 w 0 0 0 1 K 150 200 Td <00010002> Tj ET")(d)),
    "hairline-filled": ("hairline", more("0 0 0 1 k 100 100 m 200 100 l f")),
    "hairline-by-graphics-state": ("hairline", more("/Gw gs 0 0 0 1 K 100 100 m 150 150 l S", ExtGState=dict(Gw=Dictionary(LW=0)))),
    "coarse-in-a-form": ("resolution", more("q 4 0 0 4 100 100 cm /Out Do Q", XObject=dict(Out=lambda d: form(
        "q 20 0 0 20 0 0 cm /P Do Q", Resources=Dictionary(XObject=Dictionary(P=picture(60, 60)(d))))(d)))),
    "coarse-bits": ("resolution", shown(lambda d: d.make_stream(b"\xaa" * 5000, Type=Name.XObject, Subtype=Name.Image, Width=200,
        Height=200, BitsPerComponent=1, ColorSpace=Name.DeviceGray), 100)),
    "picture-too-short": ("picture-damaged", shown(lambda d: d.make_stream(b"\x10" * 900, Type=Name.XObject, Subtype=Name.Image, Width=300,
        Height=300, BitsPerComponent=8, ColorSpace=Name.DeviceCMYK))),
    "picture-without-end": ("picture-damaged", shown(lambda d: d.make_stream(b"abc", Type=Name.XObject, Subtype=Name.Image,
        Width=2_000_000_000, Height=2_000_000_000, BitsPerComponent=8, ColorSpace=Name.DeviceCMYK))),
    "picture-of-no-colours": ("picture-damaged", shown(lambda d: d.make_stream(b"a" * 90000, Type=Name.XObject, Subtype=Name.Image,
        Width=300, Height=300, BitsPerComponent=8))),
    "picture-of-odd-depth": ("picture-damaged", shown(picture(300, 300, BitsPerComponent=7))),
    "mask-in-colour": ("picture-damaged", shown(picture(300, 300, SMask=picture(10, 10, Name.DeviceRGB, 3)))),
    "jpeg-cut": ("picture-damaged", shown(lambda d: Stream(d, jpeg("CMYK", (9, 9, 9, 9))(d).read_raw_bytes()[:700], Type=Name.XObject, Subtype=Name.Image,
        Width=300, Height=300, BitsPerComponent=8, ColorSpace=Name.DeviceCMYK, Filter=Name.DCTDecode))),
    "jpeg-of-other-colours": ("picture-damaged", shown(jpeg("RGB", (9, 9, 9), ColorSpace=Name.DeviceCMYK))),
    "tiny-letters": ("text-small", lambda d: more(
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 3 Tf 0 0 0 1 k 150 200 Td <00010002> Tj ET")(d)),
    "thin-white-letters": ("text-small", lambda d: more(
        "0 0 0 1 k 140 190 60 30 re f "
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 5 Tf 0 0 0 0 k 150 200 Td <00010002> Tj ET")(d)),
    # What may not be there
    "lzw-inline": ("lzw", more("q 20 0 0 20 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x0b\x60\x50 EI Q")),
    "group-in-a-form": ("group-space", more("/Out Do", XObject=dict(Out=form("0 0 0 1 k 100 100 9 9 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))))),
    "group-of-other-profile": ("group-space", lambda d: page(d).__setitem__("/Group", Dictionary(S=Name.Transparency, CS=tagged(rgb_profile(), 3)(d)))),
    "transfer-2": ("transfer", more("/Gt gs 0 0 0 1 k 100 100 9 9 re f", ExtGState=dict(Gt=Dictionary(TR2=Array([
        Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2)] * 4))))),
    "transfer-in-a-screen": ("transfer", more("/Gt gs 0 0 0 1 k 100 100 9 9 re f", ExtGState=dict(Gt=Dictionary(HT=Dictionary(
        HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round, TransferFunction=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2)))))),
    "screen-of-type-6": ("halftone", more("/Gt gs 0 0 0 1 k 100 100 9 9 re f", ExtGState=dict(Gt=lambda d: Dictionary(HT=d.make_stream(
        b"\0" * 16, HalftoneType=6, Width=4, Height=4))))),
    "reference": ("reference", more("/Out Do", XObject=dict(Out=form("", Ref=Dictionary(F=String("other.pdf"), Page=0))))),
    "opi-in-a-form": ("opi", more("/Out Do", XObject=dict(Out=form("", OPI=Dictionary())))),
    "postscript-form": ("postscript", more("/Out Do", XObject=dict(Out=form("", Subtype2=Name.PS, PS=lambda d: d.make_stream(b"showpage"))))),
    "unknown-operator-excused": ("unknown-operator", more("BX 1 2 frobnicate EX 0 0 0 1 k")),
    "outline-script": ("javascript", set_root("Outlines", lambda d: d.make_indirect(Dictionary(First=d.make_indirect(Dictionary(
        Title=String("a"), A=Dictionary(S=Name.Named, N=Name.Print, Next=Array([Dictionary(S=Name.JavaScript, JS=String("1"))])))))))),
    "movie-beside-the-card": ("annotation", lambda d: page(d).__setitem__("/Annots", Array([d.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 1, 1])))]))),
    "annots-no-list": ("file-damaged", lambda d: page(d).__setitem__("/Annots", Dictionary(A=1))),
    "rgb-printers-mark": ("rgb", lambda d: page(d).__setitem__("/Annots", Array([d.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.PrinterMark, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=form("1 0 0 rg 0 0 2000 2000 re f")(d))))]))),
    "stamp-on-the-last-page": ("annotation", last_page(lambda d: d.pages[-1].obj.__setitem__("/Annots", Array([d.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([100, 100, 150, 150])))])))),
    "layers-without-name": ("layers", set_root("OCProperties", lambda d: Dictionary(OCGs=Array([]), D=Dictionary(Name=String("a")), Configs=Array([Dictionary()])))),
    "layers-that-switch": ("layers", set_root("OCProperties", lambda d: Dictionary(OCGs=Array([]), D=Dictionary(Name=String("a"), AS=Array([]))))),
    "rgb-packed-twice": ("rgb", filtered(RED.encode(), "ASCIIHexDecode", "FlateDecode")),
    # Pages
    "boxes-inherited": ("trim-box-missing", inherited),
    "turned-askew": ("rotation", lambda d: page(d).__setitem__("/Rotate", 45)),
    "trim-beside-the-page": ("boxes-nesting", lambda d: [page(d).__setitem__(f"/{name}", Array([5000, 5000, 5200, 5300])) for name in ("TrimBox", "BleedBox")]),
    "blank": ("page-blank", lambda d: page(d).__setitem__("/Contents", d.make_stream(b""))),
    "no-content": ("page-blank", lambda d: page(d).__delitem__("/Contents")),
    "white-only": ("page-blank", lambda d: page(d).__setitem__("/Contents", d.make_stream(b"1 g 100 100 50 50 re f"))),
    "standards-two": ("standards-two", lambda d: d.docinfo.__setitem__("/GTS_PDFXVersion", String("PDF/X-3:2003"))),
    "identifier-empty": ("output-condition-missing", lambda d: [i.__setitem__("/OutputConditionIdentifier", String("")) for i in d.Root.OutputIntents]),
    "fonts-of-a-descendant": ("font-not-embedded", unembedded),
}  # fmt: skip
"""Name of the fault: the rule that finds it, and what makes it."""
