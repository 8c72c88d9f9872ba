"""The addresses of the studio, and how its errors are told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from fairhand.errors import FairhandError, InputError
from fairhand.studio import choosing, giving, pages, people, printer, taking, writing
from fairhand.studio.asked import told_of
from fairhand.studio.desk import ChangedElsewhereError
from fairhand.studio.guard import Guard
from fairhand.studio.names import NotHereError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from fairhand.studio.desk import Desk
    from fairhand.studio.errands import Errands

STATIC: Final = Path(__file__).parent / "static"


def studio_app(desk: Desk, errands: Errands, token: str, port: int) -> ASGIApp:
    """Return the studio for a desk, answering at 127.0.0.1:`port` below the token alone."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.desk = desk
    app.state.errands = errands
    for part in (pages, writing, choosing, taking, giving, printer, people):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), "static")
    app.add_exception_handler(FairhandError, _told)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(Exception, _broken)
    return Guard(app, token=token, port=port)


async def _told(request: Request, error: Exception) -> Response:
    """Tell what is wrong with what the person gave, or why it could not be done."""
    assert isinstance(error, FairhandError)
    status = 422 if isinstance(error, InputError) else 500
    status = 404 if isinstance(error, NotHereError) else status
    status = 409 if isinstance(error, ChangedElsewhereError) else status
    return _answer(request, status, **told_of(error))


async def _not_understood(request: Request, _: Exception) -> Response:
    return _answer(request, 422, "The studio did not understand its page.", "Load it again.")


async def _not_there(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _answer(request, status, "There is no such page.", "Go to your notes.")


async def _broken(request: Request, _: Exception) -> Response:
    return _answer(request, 500, "Something in the studio went wrong.",
                   "Your words are kept; load the page again.")  # fmt: skip


def _answer(
    request: Request, status: int, message: str, hint: str = "", field: str = ""
) -> Response:
    """Return a page to who looks for one, and data to our own script."""
    if "text/html" in request.headers.get("accept", ""):
        return pages.told(request, status, message, hint)
    return JSONResponse({"message": message, "hint": hint, "field": field}, status)
