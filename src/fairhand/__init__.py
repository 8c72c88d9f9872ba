"""fairhand turns a short note into a card that looks written by a person.

The road of one card, and the rooms it runs through; no module imports from a later room:

    note        a file of words becomes a `Note`
    stationery  cards, folds, envelopes, inks: data
    layout      panels, margins, text blocks: data
    art         shapes, pictures and pages of other PDFs, for fronts and marks
    hand        a font, its outlines, and the several forms of its letters
    compose     which letter lands where: shaping, line breaking, copyfit -> ComposedPage
    write       how the hand moved: drift, slant, gaps, forms            -> WrittenPage
    impose      panels on the sides of real sheets                       -> Sheet
    output      .pdf, .png, .svg, and pictures of the finished thing
    post        addresses, envelopes and labels: a few more composed pages
    merge       tables of people: read, matched to fields, worded into notes
    press       preflight of PDF files; printers, their sheets and their corrections
    job         the one room that knows the whole road
    pictures    what is to be looked at of a finished job
    studio      all of it on a page of one's own machine
    cli         the commands

    import fairhand
    made = fairhand.write("note.md", output="out/")
    made.card_pdf(), made.envelope_pdf()
    fairhand.merge("note.md", "people.csv", output="thanks/")
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from fairhand.errors import FailureError, FairhandError, InputError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from PIL.Image import Image

    from fairhand.job import Made
    from fairhand.job.merge.run import Merged
    from fairhand.note.model import Note

__version__ = "0.1.0"

__all__ = [
    "FailureError",
    "FairhandError",
    "InputError",
    "Note",
    "Place",
    "merge",
    "preview",
    "write",
]


class _Face(ModuleType):
    """Keeps `write` and `merge` the functions when the rooms of these names are imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in ("write", "merge") and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name: str) -> Any:
    # Pydantic is slow to import, and who catches an error does not need it.
    if name == "Note":
        from fairhand.note.model import Note

        return Note
    raise AttributeError(f"module 'fairhand' has no attribute {name!r}")


def write(
    note: Path | str | bytes | Mapping[str, Any] | Note,
    *,
    output: Path | str | None = None,
    **overrides: Any,
) -> Made:
    """Make a card and its envelope, as `fairhand write` does.

    `note` is a path, a file's bytes, a mapping of the note's fields, or a `Note`;
    `overrides` replace its fields (card="a6", hand="caveat"). With `output`, a folder,
    card.pdf and envelope.pdf are written there. Raises InputError in one plain sentence.
    """
    from pathlib import Path

    from fairhand.job import make, read, save

    made = make(read(note, **overrides))
    if output is not None:
        files = {Path(output) / "card.pdf": made.card_pdf()}
        envelope = made.envelope_pdf()
        if envelope is not None:
            files[Path(output) / "envelope.pdf"] = envelope
        save(files)
    return made


def preview(note: Path | str | bytes | Mapping[str, Any] | Note, **overrides: Any) -> Image:
    """Return a picture of the card as it will look, as `fairhand preview` does."""
    from fairhand.job import make, read
    from fairhand.pictures import mockup_of

    return mockup_of(make(read(note, **overrides)))


def merge(
    note: Path | str,
    people: Path | str | Iterable[Mapping[str, Any]],
    *,
    output: Path | str,
    columns: Mapping[str, str] | None = None,
    rows: str | Iterable[int] | None = None,
    skip_bad: bool = False,
    per_file: int = 500,
    jobs: int = 1,
    envelopes: bool = True,
    **overrides: Any,
) -> Merged:
    """Make the cards of a note for everybody in a table, as `fairhand merge` does.

    `people` is a table, or mappings of columns to cells. `columns` says which column a field is
    in, `rows` which rows are wanted ("88-91,120", or numbers), `overrides` replace settings of
    the note. Bad rows make no card of any row unless they are
    to be left out: then `cards` is 0, and `faults` names them. Raises InputError for what is
    wrong with the note or the table as a whole.
    """
    from fairhand.job.merge.from_python import merged_people

    return merged_people(
        note, people, output, overrides, columns=columns, rows=rows, skip_bad=skip_bad,
        per_file=per_file, jobs=jobs, envelopes=envelopes,
    )  # fmt: skip
