"""What there is to choose from, and pictures to choose by: hands in one's own words, fronts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from fairhand.job import choices
from fairhand.job.look import for_the_eye
from fairhand.pictures import front_picture, hand_strip, png_of
from fairhand.studio.asked import the_desk
from fairhand.studio.desk import Desk

router = APIRouter()
DeskHere = Annotated[Desk, Depends(the_desk)]
_KEEP = {"Cache-Control": "private, max-age=600"}
_WIDTHS = (80, 1200)


@router.get("/choices")
def all_choices(language: str = "en", card: str = "auto") -> dict[str, list[dict[str, str]]]:
    """Return cards, layouts, inks and the rest by their names, with words about each."""
    found = choices.all_choices(language, card)
    return {name: [_plain(one) for one in entries] for name, entries in found.items()}


@router.get("/note/{name}/hands")
def hands(name: str, desk: DeskHere) -> list[dict[str, Any]]:
    """Return the hands, and which of them have all the letters of a note."""
    with desk.work:
        fields = desk.folder.read(name).draft.fields
        return [{**_plain(one), "suits": suits} for one, suits in choices.hands_for_fields(fields)]


@router.get("/note/{name}/hand/{hand}.png")
def hand_picture(name: str, hand: str, desk: DeskHere, width: int = 360) -> Response:
    """Return the first lines of a note in a hand."""
    with desk.work:
        source = for_the_eye(desk.folder.read(name).draft.fields, desk.folder.path(name))
        return _picture(png_of(hand_strip(source, hand, _held(width))))


@router.get("/note/{name}/front/{front}.png")
def front(name: str, front: str, desk: DeskHere, width: int = 240) -> Response:
    """Return the front of a note's card with one of the drawings."""
    with desk.work:
        source = for_the_eye(desk.folder.read(name).draft.fields, desk.folder.path(name))
        return _picture(png_of(front_picture(source, front, _held(width))))


def _plain(one: choices.Choice) -> dict[str, str]:
    return {"name": one.name, "title": one.title, "about": one.about, "group": one.group,
            "colour": one.colour}  # fmt: skip


def _held(width: int) -> int:
    return min(max(width, _WIDTHS[0]), _WIDTHS[1])


def _picture(data: bytes) -> Response:
    return Response(data, media_type="image/png", headers=_KEEP)
