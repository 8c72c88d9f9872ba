"""The document under preflight, with the facts that many checks ask for, read once."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from fairhand.geometry import Rect
from fairhand.press.preflight.icc import Profile, profile_of
from fairhand.press.preflight.streams import read_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.finding import Standard, Wanted

BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
_INHERITED = ("MediaBox", "CropBox", "Rotate", "Resources")
_MOST_ANCESTORS = 60
_MOST_OBJECTS = 2_000_000
_LARGEST_PACKET = 4_000_000

PDFXID = "http://www.npes.org/pdfx/ns/id/"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"

DAMAGED = (
    pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError,
    OverflowError, RuntimeError, NotImplementedError, MemoryError,
)  # fmt: skip
"""What reading a damaged part of a PDF can raise."""


class Page(NamedTuple):
    """A page: its number from 1, its dictionary, and its boxes; None for one that is damaged.

    A box that is not there is not in `boxes`. `rotation` is in degrees, None for what is none.
    """

    number: int
    dictionary: Any
    boxes: dict[str, Rect | None]
    resources: Any
    rotation: float | None = 0

    @property
    def thing(self) -> str:
        """The page's object."""
        return thing_of(self.dictionary)

    @property
    def trim(self) -> Rect | None:
        """The finished piece: the TrimBox, else the ArtBox, else the page."""
        for name in ("TrimBox", "ArtBox", "CropBox", "MediaBox"):
            if self.boxes.get(name):
                return self.boxes[name]
        return None

    @property
    def bleed(self) -> Rect | None:
        """The BleedBox, which is the trim's where none is given."""
        return self.boxes.get("BleedBox") or self.trim


class Thing(NamedTuple):
    """A dictionary or stream, the first page that uses it (0: none), and its object.

    One that stands inside another object is called by that.
    """

    entry: Any
    page: int
    name: str


class Intent(NamedTuple):
    """An output intent: its dictionary, its kind (/GTS_PDFX), and its profile."""

    dictionary: Any
    kind: str
    stream: Any
    profile: Profile | None
    data: bytes


class Subject:
    """A document, and what it is held against."""

    def __init__(self, document: pikepdf.Pdf, wanted: Wanted) -> None:
        """Take an opened document."""
        self.document = document
        self.wanted = wanted

    @cached_property
    def root(self) -> Any:
        """The catalogue; an empty one where it is damaged."""
        try:
            return self.document.Root
        except DAMAGED:
            return pikepdf.Dictionary()

    @cached_property
    def pages(self) -> list[Page]:
        """All pages with their boxes, those that they inherit included."""
        found = []
        with suppress(*DAMAGED):
            for number, page in enumerate(self.document.pages, 1):
                found.append(_page(number, page.obj))
        return found

    @cached_property
    def intents(self) -> list[Intent]:
        """All output intents; damaged ones as far as they can be read."""
        found = []
        with suppress(*DAMAGED):
            for entry in self.root.get("/OutputIntents", []):
                with suppress(*DAMAGED):
                    found.append(_intent(entry))
        return found

    @cached_property
    def things(self) -> list[Thing]:
        """Every dictionary and stream that can be reached, once each, those of pages first."""
        found: list[Thing] = []
        seen: set[tuple[int, int]] = set()
        for page in self.pages:
            _collect([page.dictionary, page.resources], page.number, page.thing, found, seen)
        rest = [self.root]
        with suppress(*DAMAGED):
            rest.append(self.document.trailer.get("/Info"))
        _collect(rest, 0, "", found, seen)
        return found

    @property
    def press_intents(self) -> list[Intent]:
        """The output intents of PDF/X."""
        return [intent for intent in self.intents if intent.kind == "/GTS_PDFX"]

    @property
    def space(self) -> str:
        """The colour space that the file is meant for: "CMYK", "RGB", "GRAY" or "" (not said)."""
        for intent in self.press_intents:
            if intent.profile is not None:
                return intent.profile.space
        return "CMYK" if self.press_intents else ""

    @cached_property
    def layers_off(self) -> set[tuple[int, int]]:
        """The layers that are switched off when the document is opened."""
        found: set[tuple[int, int]] = set()
        with suppress(*DAMAGED):
            layers = self.root.get("/OCProperties", {})
            default = layers.get("/D", {})
            if str(default.get("/BaseState", "/ON")) == "/OFF":
                found |= {tuple(layer.objgen) for layer in layers.get("/OCGs", [])}
                found -= {tuple(layer.objgen) for layer in default.get("/ON", [])}
            found |= {tuple(layer.objgen) for layer in default.get("/OFF", [])}
        return found

    @cached_property
    def info(self) -> dict[str, str]:
        """The document information, as text."""
        found = {}
        with suppress(*DAMAGED):
            for key, value in dict(self.document.trailer.get("/Info", {})).items():
                with suppress(*DAMAGED):
                    found[key.lstrip("/")] = (
                        str(value).lstrip("/") if is_name(value) else str(value)
                    )
        return found

    @cached_property
    def packet(self) -> bytes | None:
        """The XMP packet's bytes; None without one."""
        with suppress(*DAMAGED):
            stream = self.root.get("/Metadata")
            if isinstance(stream, pikepdf.Stream):
                return read_stream(stream, _LARGEST_PACKET)
        return None

    @cached_property
    def xmp(self) -> dict[str, str] | None:
        """The properties of the XMP packet, "{namespace}name" to text; None if it is damaged.

        Packets that declare entities are taken for damaged: no program writes them, and they
        can be made to grow without end.
        """
        packet = self.packet
        if packet is None or b"<!" in packet.replace(b"<!--", b""):
            return None
        try:
            tree = ET.fromstring(packet.strip().strip(b"\x00").decode("utf-8-sig", "strict"))
        except (ET.ParseError, UnicodeDecodeError, ValueError):
            return None
        found: dict[str, str] = {}
        for description in tree.iter(f"{_RDF}Description"):
            found |= {key: value for key, value in description.attrib.items() if "}" in key}
            for element in description:
                parts = [element.text, *(item.text for item in element.iter(f"{_RDF}li"))]
                found[element.tag] = " ".join(part.strip() for part in parts if part).strip()
        return found


def claimed(document: pikepdf.Pdf) -> Standard | None:
    """Return the standard that a document says it keeps, None when it says none."""
    from fairhand.press.preflight.finding import Wanted

    subject = Subject(document, Wanted())
    said = subject.info.get("GTS_PDFXVersion", "")
    if "PDF/X-4" in (subject.xmp or {}).get(f"{{{PDFXID}}}GTS_PDFXVersion", "") or "X-4" in said:
        return "x-4"
    if "PDF/X-3" in said:
        return "x-3"
    if "PDF/X-1" in said:
        return "x-1a"
    return None


def thing_of(entry: Any) -> str:
    """Return how a PDF object is called in findings: "object 12 0", or nothing."""
    with suppress(*DAMAGED):
        number, generation = entry.objgen
        if number:
            return f"object {number} {generation}"
    return ""


def is_name(value: Any) -> bool:
    """Tell whether a value is a PDF name."""
    return isinstance(value, pikepdf.Name)


def number_of(value: Any) -> float | None:
    """Return a PDF number, None for anything else."""
    with suppress(*DAMAGED):
        if isinstance(value, bool) or is_name(value) or isinstance(value, pikepdf.String):
            return None
        result = float(value)
        return result if math.isfinite(result) else None
    return None


def rect_of(value: Any) -> Rect | None:
    """Return a PDF rectangle with its corners in order, None when it is none or has no area."""
    with suppress(*DAMAGED):
        if len(value) == 4:
            numbers = [number_of(part) for part in value]
            if None not in numbers:
                x0, y0, x1, y1 = (part or 0.0 for part in numbers)
                rect = Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                return rect if rect.width > 0 and rect.height > 0 else None
    return None


def matrix_of(value: Any) -> tuple[float, float, float, float, float, float]:
    """Return a PDF matrix; the one that moves nothing for anything else."""
    with suppress(*DAMAGED):
        if value is not None:
            a, b, c, d, e, f = (float(part) for part in value)
            return (a, b, c, d, e, f)
    return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def children(entry: Any) -> Iterator[Any]:
    """Yield the values that a dictionary, stream or array holds; the damaged ones left out."""
    with suppress(*DAMAGED):
        # A stream has items but no as_dict(), and what hides in its dictionary counts too.
        yield from list(entry if isinstance(entry, pikepdf.Array) else dict(entry.items()).values())


def _collect(
    start: list[Any], page: int, name: str, found: list[Thing], seen: set[tuple[int, int]]
) -> None:
    """Add to `found` what can be reached, other pages left out."""
    stack = [(entry, name, True) for entry in start]
    while stack and len(found) < _MOST_OBJECTS:
        entry, name, begins = stack.pop()
        if not isinstance(entry, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        with suppress(*DAMAGED):
            if entry.objgen != (0, 0):
                if entry.objgen in seen:
                    continue
                if page and not begins and _is_in_the_tree(entry):
                    continue
                seen.add(entry.objgen)
                name = thing_of(entry)
        if not isinstance(entry, pikepdf.Array):
            found.append(Thing(entry, page, name))
        stack += [(child, name, False) for child in children(entry)]


def _is_in_the_tree(entry: Any) -> bool:
    """Tell whether something is a page or a branch of the tree of pages."""
    return isinstance(entry, pikepdf.Dictionary) and str(entry.get("/Type", "")) in (
        "/Page", "/Pages", "/Catalog",
    )  # fmt: skip


def _page(number: int, dictionary: Any) -> Page:
    inherited: dict[str, Any] = {}
    node = dictionary
    for _ in range(_MOST_ANCESTORS):
        for key in _INHERITED:
            with suppress(*DAMAGED):
                if key not in inherited and f"/{key}" in node:
                    inherited[key] = node[f"/{key}"]
        try:
            node = node["/Parent"]
        except DAMAGED:
            break
    boxes = {}
    for name in BOXES:
        with suppress(*DAMAGED):
            if name in inherited:
                boxes[name] = rect_of(inherited[name])
            elif f"/{name}" in dictionary:
                boxes[name] = rect_of(dictionary[f"/{name}"])
    turned = number_of(inherited.get("Rotate", 0))
    return Page(number, dictionary, boxes, inherited.get("Resources"), turned)


def _intent(entry: Any) -> Intent:
    stream = entry.get("/DestOutputProfile")
    data = b""
    if isinstance(stream, pikepdf.Stream):
        with suppress(*DAMAGED):
            data = read_stream(stream)
    return Intent(entry, str(entry.get("/S", "")), stream, profile_of(data), data)
