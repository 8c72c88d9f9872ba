# ruff: noqa: C408, E501 (a table is read by its rows)
"""Files with one fault each, made from a good one: what a preflight has to find.

Each row of `FAULTS` is the fault's name, the rule that finds it, and what spoils the file.
`python tests/press/faults.py FOLDER` writes them all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from spoilers import (
    Spoil,
    annotation,
    box,
    each_intent,
    good,
    group,
    intents,
    more,
    page,
    picture,
    profile,
    put,
    separation,
    set_root,
    spoilt,
    state,
    xmp,
)


def unembedded(document: pikepdf.Pdf) -> None:
    """Take the file of the font that shows the card's letters out."""
    for font in dict(page(document).Resources.Font).values():
        described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        if "/FontDescriptor" in described:
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in described.FontDescriptor:
                    del described.FontDescriptor[key]


def font_cut(document: pikepdf.Pdf) -> None:
    """Cut the font's file short."""
    for font in dict(page(document).Resources.Font).values():
        described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        data = described.FontDescriptor.FontFile2.read_bytes()
        described.FontDescriptor.FontFile2 = document.make_stream(data[: len(data) // 3])


def font_wide(document: pikepdf.Pdf) -> None:
    """State widths that the font does not have."""
    for font in dict(page(document).Resources.Font).values():
        font.DescendantFonts[0].W = Array([1, Array([1234] * 40)])


def lzw(document: pikepdf.Pdf) -> None:
    """Pack the page's content with LZW: codes of nine bits, cleared often enough."""
    data = page(document).Contents.read_bytes()
    bits = ""
    for start in range(0, len(data), 200):
        bits += f"{256:09b}" + "".join(f"{byte:09b}" for byte in data[start : start + 200])
    bits += f"{257:09b}"
    bits += "0" * (-len(bits) % 8)
    packed = bytes(int(bits[k : k + 8], 2) for k in range(0, len(bits), 8))
    page(document).Contents = Stream(document, packed, Filter=Name.LZWDecode)


def attached(document: pikepdf.Pdf) -> None:
    """Hide the second page's content in a stream of another file."""
    page(document).Resources.XObject = Dictionary(
        X=Stream(
            document,
            b"",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 9, 9]),
            F=String("elsewhere.bin"),
        )
    )


def other_size(document: pikepdf.Pdf) -> None:
    """Add a page of another finished size."""
    document.pages.append(document.pages[0])
    last = document.pages[-1].obj
    left, bottom, right, top = (float(part) for part in last.TrimBox)
    last.TrimBox = Array([left + 20, bottom + 20, right, top])


def second_intent(document: pikepdf.Pdf) -> None:
    """Name a second printing condition."""
    first = intents(document)[0]
    copy = Dictionary(dict(first.items()))
    copy.OutputConditionIdentifier = String("FOGRA47")
    document.Root.OutputIntents.append(document.make_indirect(copy))


def no_packet(document: pikepdf.Pdf) -> None:
    """Take the metadata out."""
    del document.Root.Metadata


def trapped(value: Any) -> Spoil:
    """Return what states the trapping."""

    def spoil(document: pikepdf.Pdf) -> None:
        document.docinfo["/Trapped"] = value
        xmp("<pdf:Trapped>False</pdf:Trapped>", "")(document)

    return spoil


def without(*keys: str) -> Callable[[Any, pikepdf.Pdf], None]:
    """Return what takes entries out of an output intent."""

    def change(intent: Any, _: pikepdf.Pdf) -> None:
        for key in keys:
            if f"/{key}" in intent:
                del intent[f"/{key}"]

    return change


def no_box(*names: str) -> Spoil:
    """Return what takes boxes off the first page."""

    def spoil(document: pikepdf.Pdf) -> None:
        for name in names:
            if f"/{name}" in page(document):
                del page(document)[f"/{name}"]

    return spoil


def calm_javascript(document: pikepdf.Pdf) -> None:
    """Hide a script in the names tree."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), document.make_indirect(script)]))
    )


def unpaired(document: pikepdf.Pdf) -> None:
    """Cut a content stream in the middle of a string."""
    data = page(document).Contents.read_bytes()
    page(document).Contents = document.make_stream(data[: data.rindex(b"TJ") - 5])


FAULTS: dict[str, tuple[str, Spoil]] = {
    # What the file says of itself
    "standard-missing": ("standard-missing", xmp("<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>", "")),
    "standard-wrong": ("standard-wrong", xmp(">PDF/X-4<", ">PDF/X-4p<")),
    "metadata-missing": ("metadata-missing", no_packet),
    "metadata-damaged": ("metadata-damaged", xmp("</x:xmpmeta>", "")),
    "title-missing": ("metadata-incomplete", xmp("<dc:title>.*?</dc:title>", "")),
    "date-missing": ("metadata-incomplete", xmp("<xmp:MetadataDate>.*?</xmp:MetadataDate>", "")),
    "document-id-missing": ("metadata-incomplete", xmp("<xmpMM:DocumentID>.*?</xmpMM:DocumentID>", "")),
    "title-differs": ("metadata-disagrees", xmp('x-default">', 'x-default">Another ')),
    "trapped-unknown": ("trapped", trapped(Name.Unknown)),
    "trapped-text": ("trapped", trapped(String("False"))),
    # Output intents
    "no-intent": ("output-intent-missing", lambda d: d.Root.__delitem__("/OutputIntents")),
    "two-intents": ("output-intent-twice", second_intent),
    "identifier-missing": ("output-condition-missing", each_intent(without("OutputConditionIdentifier"))),
    "info-missing": ("output-condition-info", each_intent(without("Info", "RegistryName"))),
    "profile-missing": ("output-profile-missing", each_intent(without("DestOutputProfile"))),
    "profile-display": ("output-profile-class", profile(put(12, b"mntr"))),
    "profile-lab": ("output-profile-space", profile(put(16, b"Lab "))),
    "profile-version": ("output-profile-version", profile(put(8, b"\x05"))),
    "profile-cut": ("output-profile-damaged", profile(lambda data: data[:5000])),
    "profile-without-tables": ("output-profile-damaged", profile(lambda data: data.replace(b"A2B0", b"XXXX"))),
    "profile-nonsense": ("output-profile-damaged", profile(lambda data: b"not a profile" * 30)),
    "profile-components": ("output-profile-components", profile(lambda data: data, 3)),
    # Boxes
    "no-trim": ("trim-box-missing", no_box("TrimBox")),
    "trim-and-art": ("trim-and-art-box", lambda d: page(d).__setitem__("/ArtBox", page(d).TrimBox)),
    "trim-outside-bleed": ("boxes-nesting", box("TrimBox", lambda b: [b[0] - 20, *b[1:]])),
    "trim-a-hair-outside": ("boxes-nesting", box("BleedBox", lambda b: [*b[:2], b[2] - 30, b[3]])),
    "bleed-outside-media": ("boxes-nesting", box("BleedBox", lambda b: [b[0], b[1], b[2] + 400, b[3]])),
    "trim-empty": ("box-damaged", box("TrimBox", lambda b: [b[0], b[1], b[0], b[3]])),
    "trim-of-words": ("box-damaged", lambda d: page(d).__setitem__("/TrimBox", Array([Name.A, 1, 2, 3]))),
    "crop-inside-trim": ("crop-box", lambda d: page(d).__setitem__("/CropBox", Array([60, 60, 200, 200]))),
    "sizes-differ": ("sizes-differ", other_size),
    "user-unit": ("user-unit", lambda d: page(d).__setitem__("/UserUnit", 2)),
    "view-area": ("view-area", set_root("ViewerPreferences", Dictionary(PrintArea=Name.TrimBox, PrintScaling=Name("/None")))),
    "scaling": ("print-scaling", set_root("ViewerPreferences", Dictionary())),
    # Fonts
    "font-not-embedded": ("font-not-embedded", unembedded),
    "font-cut": ("font-damaged", font_cut),
    "font-widths": ("font-widths", font_wide),
    "helvetica": ("font-not-embedded", more(
        "BT /Hv 12 Tf 0 0 0 1 k 120 120 Td (Merci) Tj ET",
        Font=dict(Hv=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))),
    # Colour
    "rgb-shape": ("rgb", more("1 0 0 rg 100 100 50 50 re f")),
    "rgb-line": ("rgb", more("1 0 0 RG 2 w 100 100 m 150 150 l S")),
    "rgb-text-space": ("rgb", more("/DeviceRGB cs 1 0 0 sc 100 100 50 50 re f")),
    "rgb-picture": ("rgb", more("q 50 0 0 50 100 100 cm /Bad Do Q", XObject=dict(
        Bad=picture(300, 300, Name.DeviceRGB, 3)))),
    "rgb-inline": ("rgb", more("q 20 0 0 20 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q")),
    "spot-from-rgb": ("rgb", more("/Sp cs 1 scn 100 100 50 50 re f", ColorSpace=dict(
        Sp=separation("Gold", Name.DeviceRGB)))),
    "ink-limit": ("ink-limit", more("1 1 1 1 k 100 100 50 50 re f")),
    "ink-limit-line": ("ink-limit", more("0.9 0.9 0.9 0.9 K 3 w 100 100 m 150 150 l S")),
    "wet-picture": ("ink-limit", more("q 50 0 0 50 100 100 cm /Bad Do Q", XObject=dict(
        Bad=picture(300, 300, sample=250)))),
    "registration": ("registration-ink", more("/Reg cs 1 scn 100 100 50 50 re f", ColorSpace=dict(
        Reg=separation("All", Name.DeviceCMYK)))),
    "white-overprints": ("white-overprints", more(
        "/Gbad gs 0 0 0 0 k 100 100 50 50 re f",
        ExtGState=dict(Gbad=Dictionary(Type=Name.ExtGState, op=True, OPM=1)))),
    # Lines, pictures, edges
    "hairline": ("hairline", more("0 0 0 1 K 0 w 100 100 m 150 150 l S")),
    "thin-line": ("hairline", more("0 0 0 1 K q 0.1 0 0 0.1 0 0 cm 1 w 1000 1000 m 1500 1500 l S Q")),
    "thin-rectangle": ("hairline", more("0 0 0 1 k 100 100 80 0.1 re f")),
    "coarse-picture": ("resolution", more("q 72 0 0 72 100 100 cm /Bad Do Q", XObject=dict(
        Bad=picture(72, 72)))),
    "bleed-missing": ("bleed-missing", lambda d: more(
        f"0.2 0.1 0 0 k {' '.join(str(float(part)) for part in page(d).TrimBox[:2])} 100 100 re f")(d)),
    "text-near-trim": ("text-near-trim", lambda d: more(
        f"BT /{next(iter(dict(page(d).Resources.Font)))[1:]} 12 Tf 0 0 0 1 k "
        f"{float(page(d).TrimBox[0]) + 2} 200 Td <00010002> Tj ET")(d)),
    # Transparency
    "group-rgb": ("group-space", group(Name.DeviceRGB)),
    "group-lab": ("group-space", group(Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))]))),
    # What may not be there
    "javascript": ("javascript", set_root("OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))),
    "javascript-name": ("javascript", calm_javascript),
    "action": ("action", set_root("OpenAction", Dictionary(S=Name.Launch, F=String("calc.exe")))),
    "page-action": ("action", lambda d: page(d).__setitem__("/AA", Dictionary(O=Dictionary(S=Name.Named, N=Name.Print)))),
    "note": ("annotation", annotation(Subtype=Name.Text, Contents=String("please check"))),
    "link": ("annotation", annotation(Subtype=Name.Link, Border=Array([0, 0, 0]))),
    "form": ("form", set_root("AcroForm", lambda d: Dictionary(Fields=Array([d.make_indirect(Dictionary(
        FT=Name.Tx, T=String("name")))])))),
    "lzw": ("lzw", lzw),
    "postscript": ("postscript", lambda d: page(d).Resources.__setitem__("/XObject", Dictionary(
        Ps=Stream(d, b"showpage", Type=Name.XObject, Subtype=Name.PS)))),
    "external": ("external-stream", attached),
    "opi": ("opi", lambda d: page(d).Resources.__setitem__("/XObject", Dictionary(
        Bad=picture(30, 30, OPI=Dictionary())(d)))),
    "alternates": ("alternates", lambda d: page(d).Resources.__setitem__("/XObject", Dictionary(
        Bad=picture(30, 30, Alternates=Array([]))(d)))),
    "transfer": ("transfer", state(TR=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2))),
    "halftone": ("halftone", state(HT=Dictionary(Type=Name.Halftone, HalftoneType=5, HalftoneName=String("x")))),
    "halftone-phase": ("halftone", state(HTP=Array([0, 0]))),
    "attachment": ("embedded-file", set_root("AF", lambda d: Array([d.make_indirect(Dictionary(
        Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=Stream(d, b"x"))))]))),
    "presentation": ("presentation", lambda d: page(d).__setitem__("/PresSteps", Dictionary())),
    # Damage
    "unknown-operator": ("content-damaged", more("1 2 3 frobnicate")),
    "missing-picture": ("content-damaged", more("/Nowhere Do")),
    "missing-font": ("content-damaged", more("BT /Nowhere 9 Tf (a) Tj ET")),
    "content-cut": ("content-damaged", unpaired),
}  # fmt: skip
"""Name of the fault: the rule that finds it, and what makes it."""


def main(folder: Path) -> None:
    """Write the good file and all others."""
    from faults_within import WITHIN

    data = good()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "good.pdf").write_bytes(data)
    for name, (_, spoil) in (FAULTS | WITHIN).items():
        (folder / f"{name}.pdf").write_bytes(spoilt(data, spoil))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
