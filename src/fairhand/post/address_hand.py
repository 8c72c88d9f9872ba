"""The hand in which an envelope is addressed: one that machines and strangers read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from fairhand.errors import InputError
from fairhand.hand.hand import bundled_hand, hand, hands, hands_that_have, suits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fairhand.hand.hand import Hand
    from fairhand.note.model import Note, Party

PLAIN: Final = "plain"
"""The bundled type."""

_LEGIBLE: Final = ("playpen-sans", "playpen-sans-hebrew", "mynerve", "kalam")
"""Unjoined hands, in the order in which an OCR program read postcodes on our envelopes: Playpen
Sans nearly as well as type, Kalam's figures only where nothing else has the letters (Hindi)."""

_FOR_MACHINES: Final = ", which machines read"
_MOST_NAMED = 4
_LONGEST_CODE = 3
"""Fewer capitals are read in any hand: NY, USA."""


def address_hand(
    note: Note, own: Hand, folder: Path, *, on: Literal["envelope", "card"] = "envelope"
) -> tuple[Hand, str]:
    """Return the hand for a note's addresses, and what the sender is to know of the choice.

    `on` what they are written: a postcard has no envelope. `own` is the card's hand. "auto" is
    that where machines read it, else another that they read and that has the letters; "same" is
    it in any case, "plain" is type, and any other name is a hand. Where it lacks a letter of the
    addresses one that has them all takes its place; where there is none it stays, and whoever
    sets the addresses refuses the letter. InputError for a hand that is not there.
    """
    text = "\n".join(line for party in _parties(note, on) for line in party.lines)
    wish = note.address_hand
    chosen = own if wish in ("auto", "same") else _wished(wish, folder)
    missing = chosen.font.missing(text)
    if not missing:
        if wish != "auto" or is_read_by_machines(own):
            return chosen, ""
        legible = next(legible_hands(text), own)
        return legible, _why_not(own, legible, on) if legible is not own else ""
    able = next((one for one in _others(text) if not one.font.missing(text)), None)
    if able is None:
        return chosen, ""
    named = ", ".join(f'"{letter}"' for letter in missing[:_MOST_NAMED])
    more = " and more" if len(missing) > _MOST_NAMED else ""
    return able, (
        f"The {on} is addressed in {able.data.name}: {chosen.data.name} has no {named}{more}."
    )


def capitals_stand_apart(note: Note, own: Hand, folder: Path) -> bool:
    """Tell whether a note's addresses are in a hand of which words in capitals are read.

    Where letters join, capitals were never drawn to stand beside each other: PARIS is a tangle.
    """
    wish = note.address_hand
    if wish in ("auto", PLAIN):
        return True
    return (own if wish == "same" else _wished(wish, folder)).data.joined == "no"


def _wished(name: str, folder: Path) -> Hand:
    try:
        return hand(name, folder)
    except InputError as error:
        raise InputError(
            error.message, hint=error.hint, place=error.place, field="address_hand"
        ) from None


def capitals_notice(lines: Iterable[str], hand: Hand) -> str:
    """Return what is to be said of words in capitals where these join; "" where there are none."""
    found = next((line for line in lines if any(map(_is_in_capitals, line.split()))), "")
    if hand.data.joined == "no" or not found:
        return ""
    return (
        f'Capitals are hard to read in {hand.data.name}: write "{found}" as in a letter, or leave '
        "the choice of its hand to auto."
    )


def _is_in_capitals(word: str) -> bool:
    return len(word) > _LONGEST_CODE and word.isalpha() and word.isupper()


def is_read_by_machines(hand: Hand) -> bool:
    """Tell whether machines read addresses in a hand, as far as its data say."""
    data = hand.data
    return data.joined == "no" and data.legibility == "high" and "envelope" in data.uses


def _parties(note: Note, on: str) -> Iterator[Party]:
    if note.to:
        yield note.to
    if (
        on == "envelope"
        and note.from_
        and note.return_address != "none"
        and len(note.from_.lines) > 1
    ):
        yield note.from_


def legible_hands(text: str) -> Iterator[Hand]:
    """Yield the hands that machines read and that have all letters of a text, the best first."""
    for name in _LEGIBLE:
        if suits(hands()[name], text) and not bundled_hand(name).font.missing(text):
            yield bundled_hand(name)


def _others(text: str) -> Iterator[Hand]:
    """Yield what may take a hand's place: legible hands, type, and any that has the letters."""
    yield from islice(legible_hands(text), 1)
    yield bundled_hand(PLAIN)
    yield from map(bundled_hand, hands_that_have([text]))


def is_for_machines(said: str) -> bool:
    """Tell whether a hand was chosen for machines, and not for want of a letter."""
    return _FOR_MACHINES in said


def _why_not(own: Hand, chosen: Hand, on: str) -> str:
    why = "letters join" if own.data.joined != "no" else "figures are hard to read"
    return (
        f"The {on} is addressed in {chosen.data.name}{_FOR_MACHINES}; the {why} in "
        f'{own.data.name} (the address hand "same" keeps it).'
    )
