"""Files that are dropped on the page: looked at, and kept beside the note if good."""

from __future__ import annotations

from fastapi import APIRouter, Request

from fairhand.studio.asked import DeskHere
from fairhand.studio.uploads import taken

router = APIRouter()


@router.put("/note/{note}/art")
async def art(note: str, request: Request, desk: DeskHere, name: str = "") -> dict[str, str]:
    """Take a picture, an SVG or a PDF for the front of a note's card."""
    return {"file": (await taken(desk.folder, note, "art", name, request.stream())).name}


@router.put("/note/{note}/hand")
async def hand(note: str, request: Request, desk: DeskHere, name: str = "") -> dict[str, str]:
    """Take a font as a hand of one's own."""
    return {"file": (await taken(desk.folder, note, "hand", name, request.stream())).name}
