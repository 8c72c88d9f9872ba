"""What a person wishes of a merge where no options are: plain choices, made into an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from fairhand.errors import InputError
from fairhand.job.calibrating import carried, correction_for
from fairhand.job.files import name_of_ours
from fairhand.job.labels import LabelWish, sheet_notices
from fairhand.job.merge.order import Order, PressWish
from fairhand.job.page_words import on_page
from fairhand.job.sheets import SheetWish, paper_for_cards
from fairhand.merge.faults import KINDS
from fairhand.merge.wording import Wording
from fairhand.stationery.label_catalogue import label_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fairhand.job.merge.order import Companion
    from fairhand.merge.faults import Fault


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wished of a merge.

    `labels` names their sheet, where `companion` is "labels"; `start` is the first place to be
    filled on it, or else on the sheets of cards. `on` is the paper of these, "" for sheets of the
    card's own size. `press`: files for a print shop.
    """

    skip_bad: bool = False
    keep_duplicates: bool = False
    companion: Companion = "envelopes"
    labels: str = ""
    start: int = 1
    press: bool = False
    on: str = ""


USUAL = Wishes()


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: rows read, cards made or `resumed`, bad rows; `count` rows are wanted."""

    rows: int
    cards: int
    bad: int
    resumed: int
    count: int


class RowProblem(NamedTuple):
    """What is wrong or odd with one row (from 1; `line` is that of the file), and what to do."""

    row: int
    line: int
    name: str
    kind: str
    title: str
    field: str
    message: str
    hint: str


def row_problem(one: Fault) -> RowProblem:
    """Return a fault in words for a page."""
    message = on_page(one.message) or one.message
    return RowProblem(
        one.row, one.line, one.name, one.kind.value, KINDS[one.kind].title, one.field, message,
        on_page(one.hint),
    )  # fmt: skip


def order_of(
    note: Path, output: Path, given: Mapping[str, str], wishes: Wishes
) -> tuple[Order, tuple[str, ...]]:
    """Return what is wished as an order, and what is to be said of it.

    InputError for wishes that do not go together, or name what there is not.
    """
    wording, said = words_of(note)
    if wishes.press and wishes.on:
        raise InputError("A print shop puts several cards on a sheet by itself.",
                         hint="Choose files for a print shop, or a larger paper.")  # fmt: skip
    labels = on = correction = None
    if wishes.companion == "labels":
        sheet = label_sheet(name_of_ours(wishes.labels))
        labels = LabelWish(sheet.sheet, wishes.start)
        said += sheet_notices(sheet)
    if wishes.on:
        on = SheetWish(paper_for_cards(wishes.on), start=1 if labels else wishes.start)
    if not wishes.press:
        found, told = correction_for()
        correction = found.correction if found else None
        said += (carried(found, "PDFs"),) if found else told
    order = Order(
        wording, output, given=given, companion=wishes.companion, labels=labels, on=on,
        press=PressWish() if wishes.press else None, correction=correction,
        skip_bad=wishes.skip_bad, keep_duplicates=wishes.keep_duplicates,
    )  # fmt: skip
    return order, said


def words_of(
    note: Path | str, overrides: Mapping[str, Any] | None = None
) -> tuple[Wording, tuple[str, ...]]:
    """Read the words of a note, and return what is to be said of it.

    To whom the note itself goes is left out, because the table says that. InputError for words
    that no table can fill in.
    """
    try:
        return Wording.read(note, overrides), ()
    except InputError:
        # What is wrong is perhaps to whom it goes, such as blanks that an occasion leaves there.
        pass
    wording = Wording.read(note, {**(overrides or {}), "to": None})
    return wording, ("Whom the note itself goes to is left out: the table says that.",)
