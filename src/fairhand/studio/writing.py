"""Notes are begun, written and looked at: each change is saved, and answered with the card."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from fairhand.job import what_was_chosen
from fairhand.job.drafts import Draft, begun, empty
from fairhand.job.look import remedies
from fairhand.job.page_words import on_page
from fairhand.pictures import panel_picture, png_of, shown_panels
from fairhand.studio.asked import Asked, DeskHere, ErrandsHere, told_of
from fairhand.studio.desk import Desk
from fairhand.studio.names import NotHereError

if TYPE_CHECKING:
    from fairhand.job.look import Look
    from fairhand.studio.folder import Opened

router = APIRouter()
_MOST_FIELDS = 80


class Beginning(Asked):
    """A note to begin: an occasion, or "" for an empty card, and words for its blanks."""

    occasion: str = Field("", max_length=60)
    language: str = Field("en", max_length=20)
    values: dict[str, str] = Field(default_factory=dict, max_length=_MOST_FIELDS)


class Naming(Asked):
    """Another name for a note, without an ending."""

    name: str = Field(max_length=200)


class Written(Asked):
    """All fields of a note as they stand on the page, and which of its requests it is.

    `version` is the file's that the page began from or saved last, "" for any. `over`: the person
    was asked, and wants these words, whatever became of the file.
    """

    fields: dict[str, Any] = Field(max_length=_MOST_FIELDS)
    number: int = 0
    row: int = Field(0, ge=0)
    version: str = Field("", max_length=60)
    over: bool = False


class Wished(Asked):
    """The fields of a note that does not fit."""

    fields: dict[str, Any] = Field(max_length=_MOST_FIELDS)


@router.post("/begin")
def begin(asked: Beginning, desk: DeskHere) -> dict[str, str]:
    """Make a new note of an occasion, or an empty one."""
    with desk.work:
        if asked.occasion:
            draft = begun(asked.occasion, asked.language, asked.values)
        else:
            draft = empty(asked.language)
        return _at(desk.folder.create(draft, _name_for(draft, asked.occasion)))


@router.post("/note/{name}/duplicate")
def duplicate(name: str, desk: DeskHere) -> dict[str, str]:
    """Copy a note and the files that it names."""
    return _at(desk.folder.duplicate(name))


@router.post("/note/{name}/rename")
def rename(name: str, asked: Naming, desk: DeskHere, errands: ErrandsHere) -> dict[str, str]:
    """Give a note another name; what belongs to it moves along."""
    errands.leave(name)
    return _at(desk.folder.rename(name, asked.name))


@router.post("/note/{name}/remove")
def remove(name: str, desk: DeskHere, errands: ErrandsHere) -> dict[str, str]:
    """Put a note away, where the person can still find it."""
    errands.leave(name)
    desk.folder.remove(name)
    return {}


@router.get("/note/{name}/fields")
def fields_of(name: str, desk: DeskHere) -> dict[str, Any]:
    """Return a note's fields as they are in its file."""
    opened = desk.folder.read(name)
    return {"fields": opened.draft.fields, "version": opened.version}


@router.put("/note/{name}", response_model=None)
def write(name: str, asked: Written, desk: DeskHere) -> dict[str, Any] | Response:
    """Save a note, then make its card: what it looks like, what is wrong, what room is left.

    Where the file was changed by somebody else since, nothing is saved, and the page is told what
    is in the file (409). A page that writes `over` it has the file's words kept in a copy.
    """
    with desk.saving:
        saved = _saved(name, asked, desk)
    if isinstance(saved, Response):
        return saved
    # What is seen is what the file now holds, not what was sent, so that a reload changes nothing.
    key = desk.look(saved.name, saved.draft.fields, saved.version, asked.row)
    look = desk.looked(key)
    return {
        "number": asked.number,
        "version": saved.version,
        "finished": look.is_finished,
        "blanks": [{**asdict(one), "asked": one.asked} for one in look.blanks],
        "fault": look.fault and told_of(look.fault),
        "meter": _meter(look),
        "look": _card(key, look),
    }


def _saved(name: str, asked: Written, desk: Desk) -> Opened | Response:
    """Return a note as it is saved now, or what is answered where it is not."""
    try:
        before = desk.folder.read(name)
    except NotHereError:
        if not asked.over:
            raise
        desk.folder.check_fields(asked.fields, {})
        return desk.folder.put_back(name, Draft(asked.fields))
    draft = replace(before.draft, fields=asked.fields)
    desk.folder.check_fields(draft.fields, before.draft.fields)
    if draft.fields == before.draft.fields:
        return before
    if asked.version not in ("", before.version):
        if not asked.over:
            told = {"message": f'"{before.name}" was changed elsewhere.', "hint": "", "field": ""}
            now = {"fields": before.draft.fields, "version": before.version}
            return JSONResponse(jsonable_encoder({**told, **now}), 409)
        desk.folder.keep_aside(before.name)
    return desk.folder.write(before.name, draft)


@router.post("/note/{name}/remedies")
def ways_out(name: str, asked: Wished, desk: DeskHere) -> list[dict[str, Any]]:
    """Return what would make a note fit: other cards, other hands."""
    with desk.work:
        desk.folder.check_fields(asked.fields, desk.folder.read(name).draft.fields)
        found = remedies(asked.fields, desk.folder.path(name))
    return [{"title": one.title, "fields": dict(one.fields)} for one in found]


@router.get("/picture/{key}/{panel}.png")
def picture(key: str, panel: str, desk: DeskHere, dpi: int = 144) -> Response:
    """Return a panel of a card, or a side of its envelope: the PDF's own raster."""
    made = desk.looked(key).made
    with desk.for_writers():
        if made is None:
            return Response(status_code=404)
        held = min(max(dpi, 30), 600)
        data = png_of(panel_picture(made, panel, held), held)
    return Response(data, media_type="image/png")


def _at(opened: Opened) -> dict[str, str]:
    return {"address": f"note/{quote(opened.name)}"}


def _name_for(draft: Draft, occasion: str) -> str:
    """Return how the file of a new note is called: what it is, and to whom it goes if known."""
    to = str(draft.fields.get("to", "")).split("\n")[0].strip()
    known = to if to and not to.startswith("[") else ""
    what = occasion.replace("-", " ").capitalize() or "Note"
    return f"{what} to {known}" if known else what


def _meter(look: Look) -> dict[str, Any] | None:
    one = look.meter
    return None if one is None else asdict(one)


def _card(key: str, look: Look) -> dict[str, Any] | None:
    made = look.made
    if made is None:
        return None
    card = made.composed.card
    return {
        "key": key,
        "card": card.name,
        "card_title": card.title,
        "fold": card.fold,
        "hand": made.hand.slug,
        "chosen": what_was_chosen(made),
        "notices": [on_page(one) for one in made.notices],
        "panels": [
            {
                "name": one.name,
                "width_mm": one.width_mm,
                "height_mm": one.height_mm,
                "blank": one.is_blank,
                "picture": "" if one.is_blank else f"picture/{key}/{one.name}.png",
            }
            for one in shown_panels(made)
        ],
        "marks": [asdict(one) for one in look.marks],
    }
