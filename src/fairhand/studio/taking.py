"""Files that are dropped on the page: looked at first, and kept beside the note if they are good."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from fairhand.studio import uploads
from fairhand.studio.asked import the_desk
from fairhand.studio.desk import Desk

router = APIRouter()
DeskHere = Annotated[Desk, Depends(the_desk)]


@router.put("/note/{note}/art")
async def art(note: str, request: Request, desk: DeskHere, name: str = "") -> dict[str, str]:
    """Take a picture, an SVG or a PDF for the front of a note's card."""
    return {"file": await uploads.take(desk, note, "art", name, request.stream())}


@router.put("/note/{note}/hand")
async def hand(note: str, request: Request, desk: DeskHere, name: str = "") -> dict[str, str]:
    """Take a font as a hand of one's own."""
    return {"file": await uploads.take(desk, note, "hand", name, request.stream())}
