"""What every route needs of a request: the desk, and the errands that run behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from fairhand.job.page_words import for_page
from fairhand.studio.desk import Desk
from fairhand.studio.errands import Errands

if TYPE_CHECKING:
    from fairhand.errors import FairhandError


class Asked(BaseModel):
    """What a page sends: strict, and nothing that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def told_of(error: FairhandError) -> dict[str, str]:
    """Return an error as a page is told of it."""
    found = for_page(error)
    told = {"message": found.message, "hint": found.hint, "field": found.field}
    # What was asked for may be half a character, which no answer can hold.
    return {key: said.encode(errors="replace").decode() for key, said in told.items()}


def the_desk(request: Request) -> Desk:
    """Return the desk of the studio that was asked."""
    desk: Desk = request.app.state.desk
    return desk


def the_errands(request: Request) -> Errands:
    """Return what works behind the studio that was asked."""
    errands: Errands = request.app.state.errands
    return errands


DeskHere = Annotated[Desk, Depends(the_desk)]
ErrandsHere = Annotated[Errands, Depends(the_errands)]
"""What a route takes to be given them."""
