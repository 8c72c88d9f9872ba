"""A walk over a page's content: every operator, form, pattern and letter, as things painted.

ISO 32000-1 sections 8 and 9. Clips are taken as the boxes about them, and what soft masks
hide is taken for seen: a check may then find too much, never too little.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.press.preflight.content import Content
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.painted import Matrix, Painted, times
from fairhand.press.preflight.state import State, box_of
from fairhand.press.preflight.streams import LARGEST, read_stream
from fairhand.press.preflight.subject import DAMAGED, matrix_of, rect_of, thing_of
from fairhand.press.preflight.type_metrics import Metrics, metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Page, Subject

_DEEPEST = 12
_MOST_FORMS = 3_000
_MOST_APPEARANCES = 500
_MOST_PARTS = 2_000_000
"""Numbers, names and operators of a page that fit into half a gigabyte when they are read."""

_USUAL_PARTS = 5_000
_MOST_OF_ALL = 8_000_000
"""Parts of all pages together, beyond the usual ones of each: half a minute's reading."""
_AGAIN = "Export the file again; this copy is damaged."


@dataclass(slots=True)
class Known:
    """What is learnt on one page and of use on the next."""

    metrics: dict[object, Metrics] = field(default_factory=dict)
    parts: int = 0
    stopped: bool = False


class Walk:
    """One page under way. `painted()` yields what it paints, and findings about damage."""

    def __init__(self, subject: Subject, page: Page, known: Known) -> None:
        """Take a page; what is `known` is shared between the pages of a document."""
        self._subject = subject
        self._page = page
        self._known = known
        # Streams made in the document would stay in it until it is closed.
        self._scratch = pikepdf.new()
        self._inside: set[object] = set()
        self._seen: set[object] = set()
        self._forms = 0
        self._parts = 0

    def painted(self) -> Iterator[Painted | Finding]:
        """Walk over the page."""
        dictionary = self._page.dictionary
        data = b""
        try:
            contents = dictionary.get("/Contents")
            parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            room = LARGEST
            for part in parts:
                if part is not None:
                    data += b"\n" + read_stream(part, room)
                    room = LARGEST - len(data)
        except DAMAGED:
            yield self._damage("The page's content cannot be read.")
            return
        state = State(self._page.boxes.get("MediaBox"))
        yield from self._content(data, self._page.resources, state, self._page.thing, 0)
        yield from self._appearances()

    def _appearances(self) -> Iterator[Painted | Finding]:
        """Walk over what annotations look like: printers' marks have colours and fonts too."""
        shown: list[Any] = []
        with suppress(*DAMAGED):
            for entry in list(self._page.dictionary.get("/Annots", []))[:_MOST_APPEARANCES]:
                look = entry.get("/AP", {}).get("/N")
                place = rect_of(entry.get("/Rect"))
                # Those of several states have a dictionary of looks.
                looks = [look] if isinstance(look, pikepdf.Stream) else dict(look.items()).values()
                shown += [(one, place) for one in looks
                          if isinstance(one, pikepdf.Stream) and place is not None]  # fmt: skip
        for look, place in shown:
            with suppress(*DAMAGED):
                own = rect_of(look.get("/BBox")) or place
                moved = box_of(own, matrix_of(look.get("/Matrix")))
                across, up = place.width / moved.width, place.height / moved.height
                fitted = (across, 0.0, 0.0, up, place.left - moved.left * across,
                          place.bottom - moved.bottom * up)  # fmt: skip
                state = State(self._page.boxes.get("MediaBox"))
                matrix = times(matrix_of(look.get("/Matrix")), fitted)
                yield from self.form(look, self._page.resources, state, matrix, 0)

    def _damage(self, message: str, thing: str = "") -> Finding:
        return Finding("content-damaged", "error", message, _AGAIN, self._page.number,
                       thing or self._page.thing)  # fmt: skip

    def _content(
        self, data: bytes, resources: Any, state: State, thing: str, depth: int
    ) -> Iterator[Painted | Finding]:
        cut = self._damage("The content cannot be read to its end.", thing)
        if self._is_too_much(data):
            if self.first_time("too much") and not self._known.stopped:
                self._known.stopped = self._known.parts > _MOST_OF_ALL
                pages = " and those after it are" if self._known.stopped else " is"
                yield Finding(
                    "content-large", "warning", f"The page{pages} drawn in more parts than could "
                    "be looked at.", "Flatten its drawings into pictures, or make files of fewer "
                    "pages.", self._page.number, thing,
                )  # fmt: skip
            return
        try:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                steps = pikepdf.parse_content_stream(self._scratch.make_stream(data))
        except DAMAGED:
            yield cut
            return
        if told:
            yield cut
        yield from Content(self, resources, state, thing, depth).run(steps)

    # What the content asks of the whole page.

    def _is_too_much(self, data: bytes) -> bool:
        """Count what is to be read, before it is; tell whether it is too much."""
        parts = sum(data.count(mark) for mark in (b" ", b"\n", b"\r", b"/", b"(", b"<", b"["))
        self._parts += parts
        beyond = max(self._parts - max(self._parts - parts, _USUAL_PARTS), 0)
        self._known.parts += beyond
        return self._parts > _MOST_PARTS or self._known.parts > _MOST_OF_ALL

    def is_off(self, layer: Any) -> bool:
        """Tell whether a layer is switched off in the document as it is opened (8.11.4.3)."""
        with suppress(*DAMAGED):
            return layer is not None and tuple(layer.objgen) in self._subject.layers_off
        return False

    def metrics(self, font: Any) -> Metrics:
        """Return a font's metrics, read once for the document."""
        key: object = id(font)
        with suppress(*DAMAGED):
            if font.objgen != (0, 0):
                key = tuple(font.objgen)
        if not isinstance(key, tuple):
            return metrics_of(font)
        if key not in self._known.metrics:
            self._known.metrics[key] = metrics_of(font)
        return self._known.metrics[key]

    def form(
        self, form: Any, resources: Any, state: State, matrix: Matrix, depth: int
    ) -> Iterator[Painted | Finding]:
        """Walk over a form, a pattern's cell or a letter of a Type 3 font."""
        self._forms += 1
        key = self._key(form)
        if key in self._inside:
            if self.first_time(("circle", key)):
                yield Finding(
                    "content-deep", "error", "A drawing on the page shows itself, without end.",
                    "Take it out, or export the page again.", self._page.number, thing_of(form),
                )  # fmt: skip
            return
        if depth >= _DEEPEST or self._forms > _MOST_FORMS:
            if self._forms <= _MOST_FORMS + 1 or depth == _DEEPEST:
                yield Finding(
                    "content-deep", "warning", "The page nests more drawings in each other than "
                    "could be looked at.", "Flatten the page, or export it again.",
                    self._page.number, thing_of(form),
                )  # fmt: skip
                self._forms = max(self._forms, _MOST_FORMS + 1)
            return
        try:
            data = read_stream(form)
            inner = state.copied()
            inner.matrix = times(matrix, state.matrix)
            if "/Group" in form:  # A group is blended as a whole (11.6.6).
                inner.blend, inner.alone = "/Normal", True
            box = rect_of(form.get("/BBox"))
            if box is not None:
                inner.clipped(box_of(box, inner.matrix))
            own = form.get("/Resources", resources)
        except DAMAGED:
            yield self._damage("A drawing on the page cannot be read.", thing_of(form))
            return
        self._inside.add(key)
        yield from self._content(data, own, inner, thing_of(form), depth + 1)
        self._inside.discard(key)

    @staticmethod
    def _key(form: Any) -> object:
        with suppress(*DAMAGED):
            if form.objgen != (0, 0):
                return tuple(form.objgen)
        return object()

    def first_time(self, key: object) -> bool:
        """Tell whether something is met for the first time on this page."""
        new = key not in self._seen
        self._seen.add(key)
        return new

    @property
    def number(self) -> int:
        """The page's number."""
        return self._page.number

    def damage(self, message: str, thing: str) -> Iterator[Finding]:
        """Yield a finding about damage, once for each message and thing."""
        if self.first_time((message, thing)):
            yield self._damage(message, thing)
