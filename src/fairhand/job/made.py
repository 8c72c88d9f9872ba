"""What a job made of a note, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.output.pdf import About, pdf

if TYPE_CHECKING:
    from fairhand.compose.card import ComposedCard
    from fairhand.compose.page import ComposedPage
    from fairhand.hand.hand import Hand
    from fairhand.impose.sheet import Sheet
    from fairhand.job.front import FrontMade
    from fairhand.note.model import Note
    from fairhand.note.read import NoteFile
    from fairhand.output.pdf_colour import Colour
    from fairhand.stationery.model import Envelope, Ink, Pen


@dataclass(frozen=True, slots=True)
class Made:
    """A note made into sheets, with everything that was chosen for it."""

    source: NoteFile
    hand: Hand
    ink: Ink
    pen: Pen
    composed: ComposedCard
    card_sheets: tuple[Sheet, ...]
    envelope: Envelope | None
    envelope_sheets: tuple[Sheet, ...]
    notices: tuple[str, ...]
    front: FrontMade | None = None
    envelope_pages: tuple[ComposedPage, ...] = ()

    def card_about(self, colour: Colour) -> About:
        """Return what the card's file says of itself."""
        return card_about(self.source.note, colour)

    def envelope_about(self, colour: Colour) -> About:
        """Return what the envelope's file says of itself."""
        return _about(self.source.note, "Envelope", colour)

    def card_pdf(self, colour: Colour = "rgb") -> bytes:
        """Return the card as a PDF, a page for each written side."""
        return pdf(self.card_sheets, self.card_about(colour))

    def envelope_pdf(self, colour: Colour = "rgb") -> bytes | None:
        """Return the envelope as a PDF, or None when the note names no recipient."""
        if not self.envelope_sheets:
            return None
        return pdf(self.envelope_sheets, self.envelope_about(colour))


def card_about(note: Note, colour: Colour) -> About:
    """Return what the file of a note's card says of itself."""
    return _about(note, "Card", colour)


def _about(note: Note, what: str, colour: Colour) -> About:
    name = note.to.name if note.to else ""
    sender = note.from_.name if note.from_ else note.signature.split("\n")[0]
    return About(f"{what} for {name}" if name else what, note.language, sender, colour)
