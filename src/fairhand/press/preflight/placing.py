"""Pictures on a page: those that are placed, and those in the content itself."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.geometry import Rect
from fairhand.press.preflight.colour_space import UNKNOWN, Space, space_of
from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.jpeg_2000 import space_in
from fairhand.press.preflight.painted import Colour, Painted
from fairhand.press.preflight.state import box_of
from fairhand.press.preflight.streams import filters_of
from fairhand.press.preflight.subject import DAMAGED, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.content import Content


def picture_of(content: Content, picture: Any, stream: Any) -> Painted:
    """Return a picture painted; `stream` is its object, None for one in the content."""
    state = content.state
    if stream is None:
        mask = bool(picture.image_mask)
        space = UNKNOWN if mask else _inline_space(picture, content.resources)
    else:
        mask = bool(picture.get("/ImageMask", False))
        space = UNKNOWN if mask else space_of(picture.get("/ColorSpace"), content.resources)
        if space is UNKNOWN and not mask and "/JPXDecode" in filters_of(picture):
            space = space_in(bytes(picture.get_raw_stream_buffer()))
    colour = state.fill if mask else Colour(space)
    box = state.seen(box_of(Rect(0, 0, 1, 1), state.matrix))
    thing = thing_of(stream) if stream is not None else f"a picture in {content.thing}"
    return Painted(content.walk.number, "picture", box, colour, thing, picture=picture,
                   overprints=state.overprints(colour), matrix=state.matrix,
                   visible=state.visible, hidden=state.hidden)  # fmt: skip


def packed(content: Content, picture: Any) -> Iterator[Finding]:
    """Yield a picture in the content that is packed with LZW."""
    if any("LZW" in str(name) for name in picture.filters):
        yield Finding("lzw", "error", "A picture in the content is compressed with LZW.",
                      "Save it with Flate (ZIP) compression.", content.walk.number,
                      content.thing)  # fmt: skip


def _inline_space(picture: Any, resources: Any) -> Space:
    with suppress(*DAMAGED):
        entry = picture.obj.get("/CS", picture.obj.get("/ColorSpace"))
        if entry is not None:
            return space_of(entry, resources)
    return space_of(pikepdf.Name(str(picture.colorspace)), resources)
