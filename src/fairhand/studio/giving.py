"""Finished files to download, and notes to a printer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import Field

from fairhand.job import printing
from fairhand.job.downloads import download
from fairhand.studio.asked import Asked, the_desk
from fairhand.studio.desk import Desk

router = APIRouter()
DeskHere = Annotated[Desk, Depends(the_desk)]


class Print(Asked):
    """A note for a printer: which piece of it, how often, and of what stock."""

    printer: str = Field("", max_length=300)
    piece: str = Field("card", pattern="^(card|envelope)$")
    copies: int = Field(1, ge=1, le=999)
    side: int = Field(0, ge=0, le=2)
    type: str = Field("auto", max_length=60)
    tray: str = Field("auto", max_length=60)


@router.get("/note/{name}/download/{what}")
def give(name: str, what: str, request: Request, desk: DeskHere) -> Response:
    """Return a file of a note; what is wished of it is in the address."""
    wishes = {key: value for key, value in request.query_params.items() if key not in ("row",)}
    with desk.work:
        found = download(desk.source(name), what, **wishes)
    return attached(found.data, found.name, found.media_type)


@router.get("/printers")
def printers() -> list[dict[str, Any]]:
    """Return the printers of this machine."""
    return [
        {"name": one.name, "title": one.title, "types": list(one.types), "trays": list(one.sources),
         "troubles": list(one.troubles)} for one in printing.printers_here()
    ]  # fmt: skip


@router.post("/note/{name}/print")
def to_printer(name: str, asked: Print, desk: DeskHere) -> dict[str, list[str]]:
    """Send a card or its envelope to a printer."""
    with desk.work:
        source = desk.source(name)
    said = printing.print_note(
        source, asked.printer, piece=asked.piece, copies=asked.copies, side=asked.side,
        type=asked.type, tray=asked.tray,
    )  # fmt: skip
    return {"said": list(said)}


def attached(data: bytes, name: str, media_type: str) -> Response:
    """Return a file that a browser keeps under a name, whatever letters that has (RFC 6266)."""
    from urllib.parse import quote

    plain = "".join(c if c.isascii() and (c.isalnum() or c in " .-_") else "_" for c in name)
    given = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"Content-Disposition": given})
