"""The pages: rendered on the server, in words that a translation replaces."""

from __future__ import annotations

import json
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fairhand.job import drafts
from fairhand.studio.asked import DeskHere
from fairhand.studio.desk import Desk
from fairhand.studio.texts import best_of, texts

if TYPE_CHECKING:
    from collections.abc import Callable

router = APIRouter()
_PAGES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


@router.get("/")
def start(request: Request, desk: DeskHere) -> Response:
    """Return the first page: the notes that there are, and the occasions for new ones."""
    groups = groupby(drafts.starters(), attrgetter("group"))
    return _page(
        request, "start.html", notes=desk.folder.notes(), folder=str(desk.folder.root),
        groups=[(group, list(ones)) for group, ones in groups],
    )  # fmt: skip


@router.get("/occasion/{name}")
def occasion(request: Request, name: str, language: str = "en") -> Response:
    """Return an occasion's page: what makes the note good, and its blanks as fields."""
    starter = next((one for one in drafts.starters() if one.name == name), None)
    blanks = drafts.blanks_of(name, language)
    return _page(
        request, "occasion.html", starter=starter, language=language, blanks=blanks,
        advice=drafts.advice_for(name, language),
    )  # fmt: skip


@router.get("/note/{name}")
def desk_of(request: Request, name: str, desk: DeskHere) -> Response:
    """Return the desk: the note to be written, beside its card."""
    return _page(request, "desk.html", **_of_note(desk, name))


@router.get("/note/{name}/people")
def people(request: Request, name: str, desk: DeskHere) -> Response:
    """Return the page of a spreadsheet for a note."""
    return _page(request, "people.html", **_of_note(desk, name))


@router.get("/printer")
def printer(request: Request) -> Response:
    """Return the page on which a printer is calibrated."""
    return _page(request, "printer.html")


def told(request: Request, status: int, message: str, hint: str) -> Response:
    """Return a page that says what is wrong."""
    return _page(request, "told.html", status, message=message, hint=hint)


def _of_note(desk: Desk, name: str) -> dict[str, Any]:
    opened = desk.folder.read(name)
    return {"name": opened.name, "title": Path(opened.name).stem, "fields": opened.draft.fields,
            "version": opened.version}  # fmt: skip


def _page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    language = best_of(request.headers.get("accept-language", ""))
    words = texts(language)
    page = _PAGES.get_template(template).render(
        base=f"{request.scope.get('root_path', '')}/", t=_teller(words),
        texts=json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"), lang=language,
        **values,
    )  # fmt: skip
    return HTMLResponse(page, status)


def _teller(words: dict[str, str]) -> Callable[..., str]:
    """Return what templates say words by: t("start.title", name=...)."""

    def tell(key: str, **values: Any) -> str:
        return words[key].format(**values) if values else words[key]

    return tell
