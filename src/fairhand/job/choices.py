"""What one may choose from, with a title and a few words each: hands, cards, inks and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.errors import InputError
from fairhand.hand.hand import all_hands, bundled_hand, suits
from fairhand.layout.catalogue import card_layouts
from fairhand.layout.front import fronts as drawn_fronts
from fairhand.note.language import language, language_names
from fairhand.note.model import Note
from fairhand.stationery import catalogue
from fairhand.stationery.label_catalogue import listed, listed_like
from fairhand.stationery.paper import papers as all_papers
from fairhand.units import in_inches, in_mm

if TYPE_CHECKING:
    from fairhand.hand.model import HandData
    from fairhand.stationery.model import Card, Kind

_JOINED = {"no": "Not joined", "partly": "Partly joined", "fully": "Joined"}
_KINDS: dict[Kind, str] = {
    "folded": "Folded cards", "flat": "Flat cards", "postcard": "Postcards", "sheet": "Sheets",
}  # fmt: skip
_ELSEWHERE = "Sizes of other countries"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a field: its name in the note, and how it is shown to a person.

    `group` is the heading under which it stands; `colour` that of an ink ("#1b2a52").
    """

    name: str
    title: str
    about: str
    group: str = ""
    colour: str = ""


def hands_for(words: str, language_tag: str = "en") -> tuple[Choice, ...]:
    """Return the hands that can write some words, the usual one first.

    Without words, those that can write the language's own greetings.
    """
    text = words if words.strip() else " ".join(language(language_tag).greetings)
    able = {name: data for name, data in all_hands().items() if _can_write(name, data, text)}
    usual = Note.model_fields["hand"].default
    ordered = sorted(able, key=lambda name: (name != usual, list(_JOINED).index(able[name].joined)))
    return tuple(
        Choice(name, able[name].name, able[name].character, _JOINED[able[name].joined])
        for name in ordered
    )


def _can_write(name: str, data: HandData, text: str) -> bool:
    return suits(data, text) and not bundled_hand(name).font.missing(text)


def cards_for(region_or_language: str = "en") -> tuple[Choice, ...]:
    """Return all cards, those of a region ("us", "iso", "jp") or of a language's first."""
    regions = {entry.region for entry in catalogue.cards().values()}
    region = region_or_language
    if region not in regions:
        region = language(region_or_language).region
        region = region if region in regions else "iso"
    own = [entry for entry in catalogue.cards().values() if entry.region == region]
    others = [entry for entry in catalogue.cards().values() if entry.region != region]
    return (
        Choice("auto", "The smallest that holds the note", ""),
        *(_card(entry, _KINDS[kind]) for kind in _KINDS for entry in own if entry.kind == kind),
        *(_card(entry, _ELSEWHERE) for kind in _KINDS for entry in others if entry.kind == kind),
    )


def _card(entry: Card, group: str) -> Choice:
    return Choice(entry.name, entry.title, _size(entry.width, entry.height), group)


def layouts_for(kind: Kind) -> tuple[Choice, ...]:
    """Return the layouts for a kind of card ("folded", "flat", "postcard", "sheet")."""
    return (
        Choice("auto", "As usual", "The layout that this card mostly has."),
        *(
            Choice(name, entry.title, entry.description)
            for name, entry in card_layouts().items()
            if kind in entry.kinds
        ),
    )


def kind_of(card: str, language_tag: str = "en") -> Kind:
    """Return the kind of a card by its name; "auto" is a folded one, as is any that is not."""
    try:
        return catalogue.card(card, language(language_tag).region).kind
    except InputError:
        return "folded"


def inks() -> tuple[Choice, ...]:
    """Return the inks, with their colours on a screen."""
    return tuple(Choice(i.name, i.title, "", colour=i.rgb) for i in catalogue.inks().values())


def pens() -> tuple[Choice, ...]:
    """Return the pens, the hand's own first."""
    return (
        Choice("auto", "The hand's own", ""),
        *(Choice(p.name, p.title, f"{in_mm(p.width):.2f} mm") for p in catalogue.pens().values()),
    )


def fronts() -> tuple[Choice, ...]:
    """Return the drawn fronts, with the colour of their first ink."""
    return tuple(
        Choice(name, f.title, f.description, colour=f.inks[0].rgb if f.inks else "")
        for name, f in drawn_fronts().items()
    )


def papers() -> tuple[Choice, ...]:
    """Return the papers and the card stock that several cards are printed on."""
    return tuple(
        Choice(
            p.name, p.title, _size(p.width, p.height), "Cut or scored" if p.is_stock else "Plain"
        )
        for p in all_papers().values()
    )


def label_sheets(words: str = "") -> tuple[Choice, ...]:
    """Return sheets of labels, by maker: all of them, or those in which every word is found."""
    found = listed_like(words) if words.strip() else listed()
    return tuple(
        Choice(
            one.name, f"{one.maker.replace('-', ' ').title()} {one.part}",
            one.row.told, one.maker,
        )
        for one in found
    )  # fmt: skip


def languages() -> tuple[Choice, ...]:
    """Return the languages whose ways of writing letters are known, by their own names too."""
    return tuple(Choice(tag, english, own) for tag, (english, own) in language_names().items())


def _size(width: float, height: float) -> str:
    inches = f"{in_inches(width):.4g} x {in_inches(height):.4g} in"
    return f"{in_mm(width):.0f} x {in_mm(height):.0f} mm ({inches})"
