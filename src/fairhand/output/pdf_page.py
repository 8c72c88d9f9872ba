"""Pages and streams as a ReportLab document takes them, written at once.

ReportLab's own ask every number and name how it is to be written, which takes as long as to write
a card by hand; and they say in each page's dictionary what need not be said.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from fairhand.geometry import Rect
from fairhand.output.numbers import numbers

if TYPE_CHECKING:
    from fairhand.impose.sheet import Sheet


_LEVEL = 4
"""A quarter quicker than zlib's usual level, and 3 % larger."""


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A compressed stream (ISO 32000-1 section 7.3.8), and what its dictionary says of it."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, **entries: int | str) -> None:
        """Compress the content, and keep no more than what it becomes."""
        told = "".join(f" /{key} {value}" for key, value in entries.items())
        data = zlib.compress(content, _LEVEL)
        begun = f"<< /Filter /FlateDecode /Length {len(data)}{told} >>\nstream\n"
        self.written = begun.encode("ascii") + data + b"\nendstream"

    def format(self, document: Any) -> bytes:
        """Return the stream as it stands in the file."""
        return self.written


class Page(pdfdoc.PDFObject):  # type: ignore[misc]
    """One page (ISO 32000-1 section 7.7.3.3): its boxes, and what it refers to.

    `blended` names the colours in which see-through things are mixed (section 11.6.6), if there
    are any.
    """

    __RefOnly__ = 1

    def __init__(self, sheet: Sheet, contents: Any, resources: Any, blended: str = "") -> None:
        """Take the sheet for its boxes, and references to the rest."""
        self._boxes = _boxes(Rect.of(sheet.size), sheet.bleed or sheet.trim, sheet.trim)
        self._contents = contents
        self._resources = resources
        self._group = f" /Group << /S /Transparency /CS /{blended} >>" if blended else ""

    def format(self, document: Any) -> bytes:
        """Return the page's dictionary as it stands in the file."""
        parent = document.Reference(document.Pages)
        refers = {"Parent": parent, "Contents": self._contents, "Resources": self._resources}
        told = b"".join(
            b" /%s %s" % (key.encode(), reference.format(document))
            for key, reference in refers.items()
        )
        begun, group = f"<< /Type /Page{self._boxes}".encode("ascii"), self._group.encode("ascii")
        return begun + told + group + b" >>"


@lru_cache(maxsize=64)
def _boxes(media: Rect, bleed: Rect, trim: Rect) -> str:
    named = {"Media": media, "Bleed": bleed, "Trim": trim}
    return "".join(f" /{name}Box [{numbers(box)}]" for name, box in named.items())
