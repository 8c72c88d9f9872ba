"""A spreadsheet of people beside a note: looked through, its bad rows first, then made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from fairhand.studio.asked import Asked, DeskHere, ErrandsHere
from fairhand.studio.merging import Merging
from fairhand.studio.uploads import taken

router = APIRouter(prefix="/note/{note}/people")


def the_merging(note: str, desk: DeskHere, errands: ErrandsHere) -> Merging:
    """Return the table of a note and what is at work on it."""
    return Merging(desk, errands, note)


MergingHere = Annotated[Merging, Depends(the_merging)]


class Matched(Asked):
    """Which column each field is in."""

    columns: dict[str, str] = Field(max_length=100)


class Making(Asked):
    """How the cards of a table are wished."""

    skip_bad: bool = False
    keep_duplicates: bool = False
    companion: Literal["envelopes", "labels", "none"] = Field("envelopes", alias="envelopes")
    labels: str = Field("", max_length=100)
    start: int = Field(1, ge=1)
    press: bool = False
    on: str = Field("", max_length=60)


@router.put("")
async def take(merging: MergingHere, request: Request, name: str = "") -> dict[str, Any]:
    """Take a table of people for a note, in place of the one that was there."""
    await taken(merging.desk.folder, merging.note, "people", name, request.stream())
    return await run_in_threadpool(merging.begun_anew)


@router.get("/state")
def state(merging: MergingHere) -> dict[str, Any]:
    """Return the table, what is wrong with its rows, and how far its cards are."""
    return merging.state()


@router.post("/columns")
def match(merging: MergingHere, asked: Matched) -> dict[str, Any]:
    """Say which column each field is in."""
    merging.match(asked.columns)
    return merging.state()


@router.post("/make")
def make(merging: MergingHere, asked: Making) -> dict[str, Any]:
    """Begin to make the cards of all good rows."""
    merging.make(asked.model_dump())
    return merging.state()


@router.post("/stop")
def stop(merging: MergingHere) -> dict[str, Any]:
    """Stop after the volume that is being made; what is finished is kept."""
    merging.stop()
    return merging.state()


@router.delete("")
def without(merging: MergingHere) -> dict[str, Any]:
    """Take the table away from the note; what was made of it stays."""
    merging.without()
    return merging.state()


@router.get("/worst/{number}.png")
def worst(merging: MergingHere, number: int) -> Response:
    """Return one of the worst cards, with its envelope, as it will look."""
    return Response(merging.worst_picture(number), media_type="image/png")


@router.get("/file/{file}")
def file(merging: MergingHere, file: str) -> Response:
    """Return one of the files that were made."""
    path = merging.desk.folder.made_file(merging.note, file)
    return FileResponse(path, filename=path.name, media_type=_KINDS.get(path.suffix, _OTHER))


_KINDS = {".pdf": "application/pdf", ".csv": "text/csv; charset=utf-8"}
_OTHER = "application/octet-stream"
