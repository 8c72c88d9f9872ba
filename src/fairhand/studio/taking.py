"""Files that are dropped on the page: looked at, and kept beside the note if good."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from fairhand.studio.asked import the_desk
from fairhand.studio.desk import Desk
from fairhand.studio.uploads import taken

router = APIRouter()
DeskHere = Annotated[Desk, Depends(the_desk)]


@router.put("/note/{note}/art")
async def art(note: str, request: Request, desk: DeskHere, name: str = "") -> dict[str, str]:
    """Take a picture, an SVG or a PDF for the front of a note's card."""
    return {"file": (await taken(desk.folder, note, "art", name, request.stream())).name}


@router.put("/note/{note}/hand")
async def hand(note: str, request: Request, desk: DeskHere, name: str = "") -> dict[str, str]:
    """Take a font as a hand of one's own."""
    return {"file": (await taken(desk.folder, note, "hand", name, request.stream())).name}
