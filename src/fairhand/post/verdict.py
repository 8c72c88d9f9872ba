"""What each post makes of an envelope before there is ink on it: `layouts/posts.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from fairhand.catalog import Length, Model, build, layouts_folder, read_toml
from fairhand.errors import Place
from fairhand.post.address_hand import is_read_by_machines
from fairhand.post.address_note import sender_country
from fairhand.post.country import country_code
from fairhand.units import in_inches, in_mm

if TYPE_CHECKING:
    from fairhand.geometry import Size
    from fairhand.hand.hand import Hand
    from fairhand.note.model import Note
    from fairhand.stationery.model import Card, Envelope

OTHERS = "upu"
"""The layout of envelopes that leave a country whose post has none of its own."""

_ROUNDING = 0.02
"""Points: 241.3 mm are 9.5 in only nearly, once both were made points."""

_SQUARE = 1.03
"""A post's eye sees a square where length and height differ by less than this factor."""


class PostClass(Model):
    """A class of letters by size; `least` and `most` are length and height in points."""

    name: str
    least: tuple[Length, Length]
    most: tuple[Length, Length]
    aspect: tuple[float, float] | None = Field(None, description="Length by height.")
    extra: bool = Field(False, description="Whether it costs more than the usual class.")


class Post(Model):
    """A post: whose letters it takes, its classes with the usual one first, and their source."""

    name: str
    title: str
    countries: tuple[str, ...]
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    unit: Literal["in", "mm"]
    classes: tuple[PostClass, ...] = Field(min_length=1)
    handwriting: str = Field("", description="What its machines make of handwriting.")
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a post makes of an envelope.

    `kind` is the class that it belongs to, "" where the post takes it for no letter at all;
    `why` is what keeps it from the class before that, "" where it is of the usual one.
    """

    post: Post
    kind: str
    extra: bool
    why: str

    @property
    def summary(self) -> str:
        """The class, and why it is not the usual one: a line beside the post's title."""
        if not self.why:
            return self.kind
        return f"{self.kind or 'no letter'}: {self.why}" + ("; costs extra" if self.extra else "")

    def sentence(self, envelope: Envelope) -> str:
        """Return a sentence for the sender; "" where it is the post's usual letter."""
        if not self.why:
            return ""
        if not self.kind:
            return f'{self.post.title} does not take the envelope "{envelope.name}": {self.why}.'
        return (
            f'{self.post.title} takes the envelope "{envelope.name}" as a {self.kind}, because '
            f"{self.why}: it costs extra."
        )


@cache
def posts() -> dict[str, Post]:
    """Return every post that is known by its name."""
    path = layouts_folder() / "posts.toml"
    return {
        name: build(Post, {**block, "name": name}, Place(f"{path} [{name}]"))
        for name, block in read_toml(path).items()
    }


def verdict(post: Post, size: Size) -> Verdict:
    """Return what a post makes of an envelope by its size, its address along the width."""
    why = ""
    for kind in post.classes:
        faults = _faults(kind, size, post.unit)
        if not faults:
            return Verdict(post, kind.name, kind.extra, why)
        # A square too high for a letter is no letter for its height: the last class tells.
        why = faults[0]
    widest = max(post.classes, key=lambda kind: kind.most)
    return Verdict(post, "", False, _faults(widest, size, post.unit)[0])


def verdicts(size: Size) -> list[Verdict]:
    """Return what every post makes of an envelope."""
    return [verdict(post, size) for post in posts().values()]


def costs_extra(size: Size) -> str:
    """Return with which posts an envelope costs more, or is not taken, for a list of envelopes."""
    extra = [one.post.title for one in verdicts(size) if one.extra]
    never = [one.post.title for one in verdicts(size) if not one.kind]
    found = [f"costs extra with {', '.join(extra)}"] if extra else []
    found += [f"not taken by {', '.join(never)}"] if never else []
    return f" ({'; '.join(found)})" if found else ""


def sending_post(note: Note, card: Card) -> Post | None:
    """Return the post that a note's letter is given to, or None for one that we do not know.

    That of the country which the note says it leaves, else of the region in whose shops the card
    is sold, else of the country that the language is at home in.
    """
    country = country_code(sender_country(note), note.language)
    if country:
        return next((post for post in posts().values() if country in post.countries), None)
    language = note.language.partition("-")[0]
    for post in posts().values():
        if card.region in post.regions or language in post.languages:
            return post
    return None


def layout_name(post: Post | None) -> str:
    """Return the name of the layout of a post's envelopes (`layouts/envelopes`)."""
    return post.name if post else OTHERS


def face_notice(post: Post | None, hand: Hand, *, bulk: bool = False) -> str:
    """Return what a post's machines make of the writing on an envelope; "" where they read it.

    `bulk`: at the rates of business mail, for which some posts ask for type.
    """
    name = hand.data.name
    if hand.data.kind == "type":
        return ""
    if bulk and post and post.handwriting:
        return (
            f"{post.title}: {post.handwriting}; the addresses are in {name} "
            '(the address hand "plain" sets them in type).'
        )
    if is_read_by_machines(hand):
        return ""
    return (
        f'Machines may not read the addresses in {name}; the address hand "plain" sets them in '
        'type, and "auto" in a hand that they read.'
    )


def _faults(kind: PostClass, size: Size, unit: str) -> list[str]:
    """Return why an envelope is not of a class, what a person sees first of all first."""
    length, height = max(size), min(size)
    aspect = size.width / size.height
    found = []
    if kind.aspect and aspect < kind.aspect[0] - 1e-6:
        square = length < _SQUARE * height
        found.append(
            "it is square" if square
            else f"its length is less than {kind.aspect[0]:g} times its height"
        )  # fmt: skip
    if kind.aspect and aspect > kind.aspect[1] + 1e-6:
        found.append(f"its length is more than {kind.aspect[1]:g} times its height")
    if height > kind.most[1] + _ROUNDING:
        found.append(f"it is higher than {_length(kind.most[1], unit)}")
    if length > kind.most[0] + _ROUNDING:
        found.append(f"it is longer than {_length(kind.most[0], unit)}")
    if length < kind.least[0] - _ROUNDING or height < kind.least[1] - _ROUNDING:
        least = " x ".join(_length(side, unit).removesuffix(f" {unit}") for side in kind.least)
        found.append(f"it is smaller than {least} {unit}")
    return found


def _length(points: float, unit: str) -> str:
    return f"{in_inches(points):.4g} in" if unit == "in" else f"{in_mm(points):.4g} mm"
