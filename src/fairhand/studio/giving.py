"""Finished files to download, and notes to a printer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from fairhand.job.at_the_printer import PrintChoice, print_note, printer_shown, printers_shown
from fairhand.job.downloads import download
from fairhand.job.page_words import on_page
from fairhand.studio.asked import Asked, DeskHere
from fairhand.studio.named_files import checked_word

router = APIRouter()


class File(Asked):
    """What is wished of a file where it has a choice."""

    paper: str = Field("", max_length=60)
    sheet: str = Field("", max_length=100)
    copies: int = Field(0, ge=0, le=1000)
    start: int = Field(1, ge=1)
    sender: bool = False
    corrected: bool = True
    condition: str = Field("auto", max_length=60)


class Print(Asked):
    """A note for a printer: which piece of it, how often, and on what stock."""

    printer: str = Field("", max_length=300)
    piece: Literal["card", "envelope"] = "card"
    copies: int = Field(1, ge=1, le=999)
    side: int = Field(0, ge=0, le=2)
    type: str = Field("auto", max_length=60)
    tray: str = Field("auto", max_length=60)
    borderless: bool = False
    corrected: bool = True
    paper: str = Field("", max_length=60)


@router.get("/note/{name}/download/{what}")
def give(name: str, what: str, wished: Annotated[File, Query()], desk: DeskHere) -> Response:
    """Return a file of a note; what is wished of it is in the address."""
    checked_word(wished.condition, "condition")
    with desk.work:
        found = download(desk.source(name), what, **wished.model_dump())
    return attached(found.data, found.name, found.media_type)


@router.get("/printers")
def printers(address: Annotated[str, Query(max_length=300)] = "") -> list[dict[str, Any]]:
    """Return the printers of this machine, or the one at an address."""
    found = (printer_shown(address),) if address.strip() else printers_shown()
    return [asdict(one) for one in found]


@router.post("/note/{name}/print")
def to_printer(name: str, asked: Print, desk: DeskHere) -> dict[str, list[str]]:
    """Send a card or its envelope to a printer."""
    choice = PrintChoice(**asked.model_dump(exclude={"printer"}))
    # A printer is looked after for some seconds, in which others go on writing.
    said = print_note(desk.source(name), asked.printer, choice)
    return {"said": [on_page(one) for one in said]}


def attached(data: bytes, name: str, media_type: str) -> Response:
    """Return a file that a browser keeps under a name, whatever letters that has (RFC 6266)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " .-_") else "_" for c in name)
    given = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"Content-Disposition": given})
