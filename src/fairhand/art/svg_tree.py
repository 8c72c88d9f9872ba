"""SVG files as trees of elements, read with distrust.

A file from elsewhere may be a trap. Nothing outside it is ever fetched, entities and scripts
are refused, and size, depth and the number of elements have bounds.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from fairhand.errors import InputError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 20_000_000
"""The most bytes of a file, packed or not."""

MOST_ELEMENTS = 50_000
"""The most elements of a file, and the most that are drawn when each `use` is followed."""

MOST_DEPTH = 100
"""The most elements inside each other."""

_MOST_ATTRIBUTES = 1_000

EXPORT = "Export the drawing as PDF, or as a PNG of 300 ppi."

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_GZIP = b"\x1f\x8b"
_EVENT = re.compile(r"^on[a-z]+$", re.IGNORECASE)
_ANIMATION = {"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"}


@dataclass(slots=True, eq=False)
class Node:
    """An element of SVG; `tag` is "" for those of other namespaces."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def all(self) -> Iterator[Node]:
        """Yield this element and all in it, in the order of the file."""
        nodes = [self]
        while nodes:
            node = nodes.pop()
            yield node
            nodes += reversed(node.children)


def refusal(what: str, line: int, hint: str = EXPORT) -> InputError:
    """Return the error that a drawing holds something which cannot be shapes in ink."""
    return InputError(
        f"The drawing holds {what}, which cannot be printed from an SVG file.",
        hint=hint,
        place=Place(line=line),
    )


def broken(what: str, line: int = 0, hint: str = "Save the drawing anew as SVG.") -> InputError:
    """Return the error that a drawing is not written as SVG is."""
    return InputError(what, hint=hint, place=Place(line=line))


def read_tree(data: bytes) -> Node:
    """Return the root of an SVG file, packed by gzip or not; InputError for what is none."""
    data = _unpacked(data)
    if not data.strip():
        raise broken("The file is empty.")
    tree = _Tree()
    try:
        tree.parser.Parse(data, True)
    except expat.ExpatError as error:
        if not tree.root:
            raise broken("The file is not an SVG drawing.") from None
        reason = expat.ErrorString(error.code)
        raise broken(
            f"The file is damaged: it is not proper XML ({reason}).", error.lineno
        ) from None
    except (LookupError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise broken(
            "The file names an encoding that is not known.", hint="Save the drawing in UTF-8."
        ) from None
    if tree.root is None:
        raise broken("The file is not an SVG drawing.")
    return tree.root


def _unpacked(data: bytes) -> bytes:
    if len(data) <= MOST_BYTES and data.startswith(_GZIP):
        unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            data = unpacking.decompress(data, MOST_BYTES + 1)
        except zlib.error:
            raise broken("The packed file (.svgz) is damaged.") from None
        if len(data) <= MOST_BYTES and not unpacking.eof:
            raise broken("The packed file (.svgz) is damaged.")
    if len(data) > MOST_BYTES:
        raise broken(
            f"The drawing is too large: {MOST_BYTES // 1_000_000} MB is the most.", hint=EXPORT
        )
    return data


class _Tree:
    """Builds the tree while expat reads, so that a trap is seen before it closes."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0
        self._space = _SVG
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        space, _, local = name.rpartition(" ")
        if self.root is None:
            if local != "svg" or space not in ("", _SVG):
                raise broken(f"The file is not an SVG drawing: it begins with <{local}>.", line)
            self._space = space
        self._count += 1
        if len(attributes) > _MOST_ATTRIBUTES:
            raise refusal("an element with too many attributes", line)
        if self._count > MOST_ELEMENTS or len(self._open) >= MOST_DEPTH:
            what = (
                "too many elements" if len(self._open) < MOST_DEPTH else "too deeply nested groups"
            )
            raise refusal(what, line)
        tag = local if space == self._space else ""
        node = Node(tag, _plain(attributes), line)
        _safe(local, node)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        if self._open[-1].tag:
            self._open[-1].text += text

    def _doctype(
        self, _name: str, _system: str | None, _public: str | None, internal: bool
    ) -> None:
        if internal:
            self._entity()

    def _entity(self, *_declaration: object) -> None:
        raise broken(
            "The file declares entities of its own, which may be a trap.",
            self.parser.CurrentLineNumber,
            "Save the drawing as plain SVG, without the data of the program that made it.",
        )

    def _instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            raise refusal("a style sheet in another file", self.parser.CurrentLineNumber)


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Keep the attributes of SVG itself; xlink:href is an older name of href."""
    kept = {name: value for name, value in attributes.items() if " " not in name}
    link = attributes.get(f"{_XLINK} href")
    return {"href": link, **kept} if link is not None else kept


def _safe(local: str, node: Node) -> None:
    """Refuse what runs: scripts, event attributes, links to scripts, animation."""
    if local.lower() == "script":
        raise _unsafe("a script", node.line)
    if local in _ANIMATION and node.tag:
        raise refusal("animation", node.line)
    if not node.tag:
        return
    for name, value in node.attributes.items():
        if _EVENT.match(name):
            raise _unsafe(f'an event attribute ("{name}")', node.line)
        if name == "href" and "".join(value[:40].split()).lower().startswith("javascript:"):
            raise _unsafe("a script in a link", node.line)


def _unsafe(what: str, line: int) -> InputError:
    return InputError(
        f"The drawing holds {what}, so it is not safe to open.",
        hint="Save it as plain SVG from a drawing program, or export it as PDF.",
        place=Place(line=line),
    )
