# ruff: noqa: C408, E501 (a table is read by its rows)
"""Faults that stand two drawings deep or that no program shows, each alone in a good file.

`DEEP` has rows like those of `faults.FAULTS`; those in `DEEP_WARNED` are for a person to judge.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from faults_within import form, within
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String
from spoilers import ROOT, Spoil, each_intent, more, page, picture, state

_BLACK = "0 0 0 1 k 100 100 9 9 re f"
_BEND = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2)


def two_deep(**entries: Any) -> Spoil:
    """Return what shows a form with entries in its dictionary, from within another form."""
    inner = form(_BLACK, **entries)
    return more("/Out Do", XObject=dict(Out=form(
        "/In Do", Resources=lambda d: Dictionary(XObject=Dictionary(In=inner(d))))))  # fmt: skip


def lzw_two_deep(document: pikepdf.Pdf) -> None:
    """Pack an empty form in a form with LZW."""
    codes = int(f"{256:09b}{32:09b}{257:09b}" + "0" * 5, 2).to_bytes(4, "big")
    inner = Stream(document, codes, Type=Name.XObject, Subtype=Name.Form, Filter=Name.LZWDecode,
                   BBox=Array([0, 0, 9, 9]))  # fmt: skip
    more("/Out Do", XObject=dict(Out=form("/In Do", Resources=Dictionary(
        XObject=Dictionary(In=document.make_indirect(inner))))))(document)  # fmt: skip


def letters(text: str, *, stated: bool = True) -> Spoil:
    """Return what shows letters in a TrueType font that has those of "Dear" only."""

    def make(document: pikepdf.Pdf) -> Any:
        font = TTFont(ROOT / "fonts/kalam/Kalam-Regular.ttf")
        smaller = subset.Subsetter(subset.Options(layout_features=[]))
        smaller.populate(text="Dear")
        smaller.subset(font)
        buffer = io.BytesIO()
        font.save(buffer)
        glyphs, units = font.getBestCmap(), font["head"].unitsPerEm
        widths = [font["hmtx"][glyphs.get(code, ".notdef")][0] * 1000 / units
                  for code in range(32, 127)]  # fmt: skip
        made = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/Kalam-Regular"), FirstChar=32,
            LastChar=126, Encoding=Name.WinAnsiEncoding, Widths=Array([round(w) for w in widths]),
            FontDescriptor=document.make_indirect(Dictionary(
                Type=Name.FontDescriptor, FontName=Name("/Kalam-Regular"), Flags=32,
                FontFile2=Stream(document, buffer.getvalue()))),
        )  # fmt: skip
        if not stated:
            del made["/Widths"]
        return document.make_indirect(made)

    return more(f"BT /Tt 14 Tf 0 0 0 1 k 100 200 Td ({text}) Tj ET", Font=dict(Tt=make))


def little_bleed(points: float) -> Spoil:
    """Return what paints the whole page, and lets so little of it bleed."""

    def change(document: pikepdf.Pdf) -> None:
        left, bottom, right, top = (float(part) for part in page(document).TrimBox)
        page(document).BleedBox = Array(
            [left - points, bottom - points, right + points, top + points]
        )
        more("0.1 0 0.1 0 k 0 0 2000 2000 re f")(document)

    return change


def marked(kind: Name, rect: list[float], **entries: Any) -> Spoil:
    """Return what puts an annotation on the page."""
    return lambda document: page(document).__setitem__("/Annots", Array([document.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array(rect), **{
            key: value(document) if callable(value) else value for key, value in entries.items()}))]))  # fmt: skip


DEEP: dict[str, tuple[str, Spoil]] = {
    "group-rgb-two-deep": ("group-space", two_deep(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True))),
    "opi-two-deep": ("opi", two_deep(OPI=Dictionary())),
    "reference-two-deep": ("reference", two_deep(Ref=Dictionary(F=String("other.pdf"), Page=0))),
    "postscript-two-deep": ("postscript", two_deep(PS=lambda d: d.make_stream(b"showpage"))),
    "lzw-two-deep": ("lzw", lzw_two_deep),
    "transfer-two-deep": ("transfer", within(f"/G gs {_BLACK}", 2, ExtGState=dict(G=Dictionary(TR=_BEND)))),
    "halftone-two-deep": ("halftone", within(f"/G gs {_BLACK}", 2, ExtGState=dict(G=Dictionary(HTP=Array([0, 0]))))),
    "transfer-of-nothing": ("transfer", state(TR=Name.Identity)),
    "blend-unheard-of": ("blend-mode", state(BM=Name.Sparkle)),
    "intent-unheard-of": ("rendering-intent", more(f"/Pretty ri {_BLACK}")),
    "intent-of-a-state-unheard-of": ("rendering-intent", state(RI=Name.Pretty)),
    "intent-of-a-picture-unheard-of": ("rendering-intent", more("q 72 0 0 72 100 100 cm /New Do Q", XObject=dict(
        New=picture(300, 300, Intent=Name.Pretty)))),
    "ink-multiplied": ("ink-limit", more("1 1 0 0 k 100 100 50 50 re f /M gs 0 0 0.9 0.9 k 110 110 20 20 re f", ExtGState=dict(
        M=Dictionary(BM=Name.Multiply)))),
    "plate-of-a-separation": ("separated", lambda d: page(d).__setitem__("/SeparationInfo", Dictionary(
        Pages=Array([page(d)]), DeviceColorant=Name.Cyan))),
    "printers-mark-on-the-card": ("annotation", marked(Name.PrinterMark, [100, 100, 120, 120])),
    "rgb-look-of-one-state": ("rgb", marked(Name.PrinterMark, [0, 0, 9, 9], AP=lambda d: Dictionary(
        N=Dictionary(On=form("1 0 0 rg 0 0 2000 2000 re f")(d))))),
    "profile-no-stream": ("output-profile-missing", each_intent(lambda i, d: i.__setitem__("/DestOutputProfile", Dictionary(N=4)))),
    "media-box-missing": ("media-box-missing", lambda d: page(d).__delitem__("/MediaBox")),
    "media-box-of-three": ("media-box-missing", lambda d: page(d).__setitem__("/MediaBox", Array([0, 0, 500]))),
    "bleed-box-at-the-trim": ("bleed-small", little_bleed(0)),
    "bleed-of-a-millimetre": ("bleed-small", little_bleed(2.83)),
    "widths-missing": ("font-widths", letters("Dear", stated=False)),
    "letters-not-in-truetype": ("letter-missing", letters("Quay")),
}  # fmt: skip
"""Name of the fault: the rule that finds it, and what makes it."""

DEEP_WARNED = {
    "transfer-of-nothing", "printers-mark-on-the-card", "bleed-box-at-the-trim",
    "bleed-of-a-millimetre", "letters-not-in-truetype",
}  # fmt: skip

DEEP_OLDER: dict[str, tuple[str, Spoil]] = {
    "group-two-deep": ("transparency", two_deep(Group=Dictionary(S=Name.Transparency))),
    "transparent-two-deep": ("transparency", within(f"/G gs {_BLACK}", 2, ExtGState=dict(G=Dictionary(ca=0.4)))),
    "soft-mask-two-deep": ("transparency", within("q 72 0 0 72 100 100 cm /I Do Q", 2, XObject=dict(
        I=picture(300, 300, SMask=picture(300, 300, Name.DeviceGray, 1))))),
    "profile-no-stream": DEEP["profile-no-stream"],
}  # fmt: skip
"""The same for PDF/X-1a and PDF/X-3, which know no transparency."""
