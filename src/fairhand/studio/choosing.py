"""What there is to choose from, and pictures to choose by: hands in one's own words, fronts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from fairhand.job import NoteFile, choices
from fairhand.job.look import for_the_eye
from fairhand.pictures import front_picture, hand_strip, png_of
from fairhand.studio.asked import DeskHere
from fairhand.studio.desk import Desk
from fairhand.studio.named_files import checked_word

router = APIRouter()
_WIDTHS = (80, 1200)
_SCREEN_DPI = 96
_MOST_LABELS = 40


@router.get("/choices")
def all_choices(language: str = "en", card: str = "auto") -> dict[str, list[dict[str, str]]]:
    """Return cards, layouts for one of them, inks and the rest, with words about each."""
    found = {
        "cards": choices.cards_for(language),
        "layouts": choices.layouts_for(choices.kind_of(card, language)),
        "inks": choices.inks(),
        "pens": choices.pens(),
        "fronts": choices.fronts(),
        "papers": choices.papers(),
        "languages": choices.languages(),
    }
    return {name: [asdict(one) for one in entries] for name, entries in found.items()}


@router.get("/labels")
def labels(words: str = "") -> list[dict[str, str]]:
    """Return the sheets of labels in whose titles all words are found, the first of them."""
    return [asdict(one) for one in choices.label_sheets(words)[:_MOST_LABELS]]


@router.get("/note/{name}/hands")
def hands(name: str, desk: DeskHere) -> list[dict[str, Any]]:
    """Return the hands that have all the letters of a note."""
    with desk.work:
        fields = desk.folder.read(name).draft.fields
        words = "\n".join(one for one in fields.values() if isinstance(one, str))
        able = choices.hands_for(words, str(fields.get("language", "en")))
    return [asdict(one) for one in able]


@router.get("/note/{name}/hand/{hand}.png")
def hand_picture(name: str, hand: str, desk: DeskHere, width: int = 360) -> Response:
    """Return the first lines of a note in a hand."""
    with desk.after_writers():
        return _picture(hand_strip(_source(desk, name), checked_word(hand, "hand"), _held(width)))


@router.get("/note/{name}/front/{front}.png")
def front(name: str, front: str, desk: DeskHere, width: int = 240) -> Response:
    """Return the front of a note's card with one of the drawings."""
    with desk.after_writers():
        return _picture(
            front_picture(_source(desk, name), checked_word(front, "front"), _held(width))
        )


def _source(desk: Desk, name: str) -> NoteFile:
    opened = desk.folder.read(name)
    return for_the_eye(opened.draft.fields, desk.folder.path(opened.name))


def _held(width: int) -> int:
    return min(max(width, _WIDTHS[0]), _WIDTHS[1])


def _picture(picture: Any) -> Response:
    return Response(png_of(picture, _SCREEN_DPI), media_type="image/png")
