"""A walk over everything that a document reaches, and what may not be in a press file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.subject import DAMAGED, number_of, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Subject, Thing

_ACTION_KEYS = ("/AA", "/OpenAction")
_HALFTONES = (1, 5)
_TRANSFERS = ("/TR", "/TR2")
RENDERING_INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
_BLENDS = {
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten",
    "/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue",
    "/Saturation", "/Color", "/Luminosity",
}  # fmt: skip


def check_objects(subject: Subject) -> Iterator[Finding]:
    """Yield what may not stand anywhere in a press file (ISO 15930-7 sections 6.4 to 6.17)."""
    for thing in subject.things:
        with suppress(*DAMAGED):
            if isinstance(thing.entry, pikepdf.Stream):
                yield from _stream(subject, thing)
            yield from _dictionary(subject, thing)
    yield from _catalogue(subject)


def _stream(subject: Subject, place: Thing) -> Iterator[Finding]:
    stream = place.entry

    def fault(rule: str, message: str, remedy: str) -> Finding:
        return Finding(rule, "error", message, remedy, place.page, place.name)

    filters = _names(stream.get("/Filter"))
    if "/LZWDecode" in filters:
        yield fault("lzw", "A part of the file is compressed with LZW.",
                    "Save it with Flate (ZIP) compression.")  # fmt: skip
    if "/Crypt" in filters:
        yield fault("crypt-filter", "A part of the file is encrypted.",
                    "Save it without encryption.")  # fmt: skip
    old = subject.wanted.standard != "x-4"
    if old and {"/JPXDecode", "/JBIG2Decode"} & set(filters):
        yield fault("jpeg2000", "A picture is compressed with JPEG 2000 or JBIG2, which this "
                    "standard does not know.", "Save it with JPEG or ZIP compression.")  # fmt: skip
    if "/F" in stream and str(stream.get("/Subtype", "")) != "/Link":
        yield fault("external-stream", "A part of the content is in a file of its own.",
                    "Embed it, and export the file again.")  # fmt: skip
    subtype = str(stream.get("/Subtype", ""))
    is_drawing = subtype == "/Form"
    if subtype == "/PS" or str(stream.get("/Subtype2", "")) == "/PS" or (
        is_drawing and "/PS" in stream
    ):  # fmt: skip
        yield fault("postscript", "The file has PostScript code in it (a PS XObject).",
                    "Export it again without embedded PostScript.")  # fmt: skip
    if is_drawing and "/Ref" in stream:
        yield fault("reference", "A part of a page is shown from another file.",
                    "Embed the placed file and export again.")  # fmt: skip
    if subtype == "/Image" and str(stream.get("/Intent", "/Perceptual")) not in RENDERING_INTENTS:
        yield unknown_intent(str(stream.get("/Intent")), place.page, place.name)
    if "/OPI" in stream:
        yield fault("opi", "A picture is only a stand-in for another one (OPI).",
                    "Put the picture itself in, and export without OPI.")  # fmt: skip
    if "/Alternates" in stream:
        yield fault("alternates", "A picture has alternates, so it is not certain which is "
                    "printed.", "Export it again with one picture.")  # fmt: skip
    if old and number_of(stream.get("/BitsPerComponent", 8)) == 16:
        yield fault("bits", "A picture has 16 bits for each colour, which this standard does not "
                    "know.", "Turn it into 8 bits.")  # fmt: skip


def _dictionary(subject: Subject, place: Thing) -> Iterator[Finding]:
    entry = place.entry

    def fault(rule: str, message: str, remedy: str) -> Finding:
        return Finding(rule, "error", message, remedy, place.page, place.name)

    kind = str(entry.get("/S", ""))
    if kind == "/JavaScript" or "/JS" in entry:
        yield fault("javascript", "The file has JavaScript in it.", "Save it without scripts.")
    elif kind.startswith("/") and _is_action(entry, kind):
        yield fault("action", f"The file does something when it is opened or clicked "
                    f"({kind.lstrip('/')}).", "Save it without links and actions.")  # fmt: skip
    for key in _ACTION_KEYS:
        if key in entry and not isinstance(entry.get(key), pikepdf.Array):
            yield fault("action", "The file acts when it or a page is opened "
                        f"({key.lstrip('/')}).", "Save it without actions.")  # fmt: skip
    if str(entry.get("/Type", "")) == "/Halftone" or "/HalftoneType" in entry:
        if number_of(entry.get("/HalftoneType")) not in _HALFTONES:
            yield fault("halftone", "The file brings a screen of its own (HalftoneType "
                        f"{entry.get('/HalftoneType')}).",
                        "Export it without halftone screens.")  # fmt: skip
        if "/HalftoneName" in entry:
            yield fault("halftone", "The file names a screen (HalftoneName).",
                        "Export it without halftone screens.")  # fmt: skip
        if "/TransferFunction" in entry and str(entry.get("/TransferFunction")) != "/Identity":
            yield fault("transfer", "A screen bends the colours (TransferFunction).",
                        "Export it without transfer functions.")  # fmt: skip
    if _is_graphics_state(entry):
        yield from _graphics_state(subject, place)
    if str(entry.get("/Type", "")) == "/Filespec" or "/EF" in entry:
        yield Finding("embedded-file", "error" if subject.wanted.standard != "x-4" else "warning",
                      "The file carries other files.", "Save it without attachments.",
                      place.page, place.name)  # fmt: skip
    if "/OPI" in entry and not isinstance(entry, pikepdf.Stream):
        yield fault("opi", "The file refers to pictures elsewhere (OPI).",
                    "Put the pictures themselves in, and export without OPI.")  # fmt: skip


def _is_action(entry: Any, kind: str) -> bool:
    kinds = {
        "/GoTo", "/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide",
        "/Named", "/SubmitForm", "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition",
        "/Trans", "/GoTo3DView",
    }  # fmt: skip
    return kind in kinds and ("/Type" not in entry or str(entry.get("/Type")) == "/Action")


def _is_graphics_state(entry: Any) -> bool:
    if isinstance(entry, pikepdf.Stream) or str(entry.get("/S", "")) in ("/Alpha", "/Luminosity"):
        return False
    return str(entry.get("/Type", "")) == "/ExtGState" or any(
        key in entry for key in ("/ca", "/CA", "/BM", "/SMask", "/TR", "/TR2", "/HTP", "/HT")
    )


def _graphics_state(subject: Subject, place: Thing) -> Iterator[Finding]:
    state, page, thing = place
    for key in _TRANSFERS:
        value = state.get(key)
        if value is None or (key == "/TR2" and str(value) == "/Default"):
            continue
        # Only TR2 of Default may be there; Identity bends nothing, but is in the press's way.
        yield Finding("transfer", "warning" if str(value) == "/Identity" else "error",
                      f"A graphics state bends the colours ({key[1:]}).",
                      "Export it without transfer functions.", page=page, thing=thing)  # fmt: skip
    if "/HTP" in state:
        yield Finding("halftone", "error", "A graphics state moves the screen (HTP).",
                      "Export it without halftone settings.", page=page, thing=thing)  # fmt: skip
    yield from _choices(state, place)
    if subject.wanted.standard == "x-4":
        return
    opacity = [number_of(state.get(key)) for key in ("/ca", "/CA")]
    blend = _names(state.get("/BM")) or ["/Normal"]
    mask = state.get("/SMask")
    if any(value is not None and value != 1 for value in opacity) or (
        not set(blend) <= {"/Normal", "/Compatible"}
    ) or (mask is not None and str(mask) != "/None"):  # fmt: skip
        yield Finding("transparency", "error", "The file is transparent in places, which this "
                      "standard does not know.", "Flatten transparency, or choose PDF/X-4.",
                      page=page, thing=thing)  # fmt: skip


def _choices(state: Any, place: Thing) -> Iterator[Finding]:
    """Yield names that a graphics state chooses and that no reader knows (tables 70 and 136)."""
    intent = state.get("/RI")
    if intent is not None and str(intent) not in RENDERING_INTENTS:
        yield unknown_intent(str(intent), place.page, place.name)
    strange = set(_names(state.get("/BM"))) - _BLENDS
    if strange:
        yield Finding("blend-mode", "error", "A graphics state blends in a way that is not "
                      f"known ({min(strange)[1:40]}).", "Choose a blend mode such as Normal or "
                      "Multiply, and export again.", place.page, place.name)  # fmt: skip


def unknown_intent(name: str, page: int, thing: str) -> Finding:
    """Return the finding of a rendering intent that is none (ISO 32000-1 table 70)."""
    return Finding(
        "rendering-intent", "error", f"The colours are to be fitted to the press in a way that is "
        f"not known (rendering intent {name.lstrip('/')[:40]}).",
        "Export it again with the usual rendering intent (relative colorimetric).", page, thing,
    )  # fmt: skip


def _catalogue(subject: Subject) -> Iterator[Finding]:
    root = subject.root
    with suppress(*DAMAGED):
        names = root.get("/Names", {})
        if "/JavaScript" in names:
            yield Finding("javascript", "error", "The file has JavaScript in it.",
                          "Save it without scripts.", thing=thing_of(root))  # fmt: skip
    with suppress(*DAMAGED):
        form = root.get("/AcroForm")
        if form is not None:
            if "/XFA" in form:
                yield Finding("form", "error", "The file is a form of Adobe's (XFA).",
                              "Print it to a PDF without form.", thing=thing_of(form))  # fmt: skip
            elif len(form.get("/Fields", [])):
                yield Finding("form", "error", "The file has form fields to fill.",
                              "Flatten the form.", thing=thing_of(form))  # fmt: skip
            if form.get("/NeedAppearances", False):
                yield Finding("form", "error", "The form's fields have no looks of their own.",
                              "Flatten the form.", thing=thing_of(form))  # fmt: skip
    with suppress(*DAMAGED):
        layers = root.get("/OCProperties")
        if layers is None:
            return
        if subject.wanted.standard != "x-4":
            yield Finding("layers", "error", "The file has layers, which this standard does not "
                          "know.", "Flatten the layers.", thing=thing_of(layers))  # fmt: skip
            return
        others = list(layers.get("/Configs", []))
        for config in others:
            if not str(config.get("/Name", "")):
                yield Finding("layers", "error", "A configuration of the layers has no name.",
                              "Flatten the layers.", thing=thing_of(config))  # fmt: skip
        configs = [layers.get("/D"), *others]
        for config in configs:
            if config is not None and "/AS" in config:
                yield Finding("layers", "error", "Layers switch themselves on or off (AS).",
                              "Flatten the layers.", thing=thing_of(config))  # fmt: skip


def _names(value: Any) -> list[str]:
    """Return a name or an array of names as a list."""
    if value is None:
        return []
    if isinstance(value, pikepdf.Array):
        return [str(part) for part in value]
    return [str(value)]
