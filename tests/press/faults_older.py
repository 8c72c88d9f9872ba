# ruff: noqa: C408, E501 (a table is read by its rows)
"""Files of the older standards with one fault each, and the good ones that they are made from.

`OLD` makes good files; `OLDER` has rows like those of `faults.FAULTS`, for PDF/X-1a and X-3;
`ONLY_X1A` those that PDF/X-3 allows.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from faults_within import form, gradient, masked, palette, rgb_profile, shown, tagged
from pikepdf import Array, Dictionary, Name, Stream, String
from spoilers import Spoil, group, more, page, picture, profile, put, saved, set_root, state, xmp


def older(data: bytes, version: str, *, conformance: str = "") -> bytes:
    """Return a good file as one of the older standards wants it."""
    with pikepdf.open(io.BytesIO(data)) as document:
        document.docinfo["/GTS_PDFXVersion"] = version
        if conformance:
            document.docinfo["/GTS_PDFXConformance"] = conformance
        xmp("<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>", "")(document)
        return saved(document, force_version="1.3" if conformance else "1.4")


OLD: dict[str, Callable[[bytes], bytes]] = {
    "x-3": lambda data: older(data, "PDF/X-3:2003"),
    "x-1a": lambda data: older(data, "PDF/X-1a:2003"),
    "x-1a of 2001": lambda data: older(data, "PDF/X-1:2001", conformance="PDF/X-1a:2001"),
}


def resource(kind: str, make: Callable[[pikepdf.Pdf], Any]) -> Spoil:
    """Return what gives the first page a resource that it does not use."""

    def spoil(document: pikepdf.Pdf) -> None:
        page(document).Resources[f"/{kind}"] = Dictionary(Bad=make(document))

    return spoil


def stated(key: str, value: Any) -> Spoil:
    """Return what states something in the document information; None takes it out."""

    def spoil(document: pikepdf.Pdf) -> None:
        if value is None:
            del document.docinfo[f"/{key}"]
        else:
            document.docinfo[f"/{key}"] = value

    return spoil


def lab(_: pikepdf.Pdf) -> Any:
    """Make a space of CIE Lab colours."""
    return Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])


OLDER: dict[str, tuple[str, Spoil]] = {
    "transparency": ("transparency", state(ca=0.5)),
    "transparent lines": ("transparency", state(CA=0.5)),
    "blend mode": ("transparency", state(BM=Name.Multiply)),
    "blend modes in a list": ("transparency", state(BM=Array([Name.Screen, Name.Normal]))),
    "group": ("transparency", group(Name.DeviceCMYK)),
    "group in a form": ("transparency", more("/Out Do", XObject=dict(Out=form(
        "0 0 0 1 k 100 100 9 9 re f", Group=Dictionary(S=Name.Transparency))))),
    "mask of a graphics state": ("transparency", more("/Gm gs 0 0 0 1 k 100 100 50 50 re f", ExtGState=dict(
        Gm=masked("0.5 g 100 100 50 50 re f")))),
    "soft mask": ("transparency", more("q 90 0 0 90 100 100 cm /New Do Q", XObject={
        "New": picture(400, 400, SMask=picture(400, 400, Name.DeviceGray, 1))})),
    "jpeg 2000": ("jpeg2000", resource("XObject", lambda d: Stream(
        d, b"", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, Filter=Name.JPXDecode))),
    "jbig2": ("jpeg2000", resource("XObject", lambda d: Stream(
        d, b"", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, Filter=Name.JBIG2Decode))),
    "sixteen bits": ("bits", resource("XObject", picture(4, 4, BitsPerComponent=16))),
    "layers": ("layers", set_root("OCProperties", Dictionary(D=Dictionary()))),
    "no title": ("metadata-incomplete", stated("Title", None)),
    "no date": ("metadata-incomplete", stated("CreationDate", None)),
    "no date of change": ("metadata-incomplete", stated("ModDate", None)),
    "date of words": ("metadata-date", stated("ModDate", String("last Tuesday"))),
    "later version in the catalogue": ("version", set_root("Version", Name("/1.7"))),
    "standard of words": ("standard-wrong", stated("GTS_PDFXVersion", String("PDF/X-1a:2003 and PDF/X-3"))),
    "trapping unlike the metadata": ("metadata-disagrees", stated("Trapped", Name("/True"))),
    "trap network": ("annotation", lambda d: page(d).__setitem__("/Annots", Array([d.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.TrapNet, Rect=Array([0, 0, 1, 1])))]))),
    "rgb in a form": ("rgb", more("/Out Do", XObject=dict(Out=form("1 0 0 rg 100 100 50 50 re f")))),
    "rgb profile of the press": ("output-profile-space", profile(put(16, b"Lab "))),
    "attachment": ("embedded-file", set_root("AF", lambda d: Array([d.make_indirect(Dictionary(
        Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=Stream(d, b"x"))))]))),
}  # fmt: skip
"""Name of the fault: the rule that finds it, and what makes it."""


ONLY_X1A: dict[str, tuple[str, Spoil]] = {
    "tagged rgb": ("rgb", more("/T cs 1 0 0 sc 100 100 50 50 re f", ColorSpace=dict(T=tagged(rgb_profile(), 3)))),
    "tagged picture": ("rgb", shown(lambda d: picture(300, 300, tagged(rgb_profile(), 3)(d), 3)(d))),
    "calibrated rgb": ("rgb", more("/T cs 1 0 0 sc 100 100 50 50 re f", ColorSpace=dict(
        T=Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])))),
    "lab": ("rgb", more("/T cs 50 0 0 sc 100 100 50 50 re f", ColorSpace=dict(T=lab))),
    "lab gradient": ("rgb", more("/Sh sh", Shading=dict(Sh=lambda d: gradient(lab(d), [50, 0, 0], [90, 0, 0])))),
    "lab palette": ("rgb", shown(lambda d: picture(300, 300, palette(lab(d), b"\x80\x80\x80\0\0\0"), 1, 1)(d))),
    "default rgb": ("rgb", more("1 0 0 rg 100 100 50 50 re f", ColorSpace=dict(DefaultRGB=tagged(rgb_profile(), 3)))),
    "rgb press": ("output-profile-space", profile(put(16, b"RGB "))),
}  # fmt: skip
"""What PDF/X-1a has not, and PDF/X-3 may have."""


OTHER_PRESSES: dict[str, tuple[str, Spoil]] = {
    "cmyk for an rgb press": ("cmyk-untagged", profile(put(16, b"RGB "), 3)),
    "cmyk for a grey press": ("cmyk-untagged", profile(put(16, b"GRAY"), 1)),
}
"""Files of PDF/X-4 for presses of other colours than the pages have."""
