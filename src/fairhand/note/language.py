"""What each language asks of a note; the data is `layouts/languages.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from fairhand.catalog import Model, build, layouts_folder, read_toml
from fairhand.errors import InputError, Place
from fairhand.note.characters import is_ideographic


class Language(Model):
    """One language's conventions; words are lower case."""

    tag: str
    region: str = "iso"
    greetings: tuple[str, ...] = ()
    greeting_endings: tuple[str, ...] = ()
    valedictions: tuple[str, ...] = ()
    closing_openings: tuple[str, ...] = ()
    closing_formulas: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    tie_before: tuple[str, ...] = ()
    tie_after: tuple[str, ...] = ()
    after_place: str = ","
    name_last: bool = False
    for_example: tuple[str, ...] = ()
    blank_words: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    ands: tuple[str, ...] = ()
    households: tuple[str, ...] = ()


@cache
def _table() -> tuple[dict[str, Any], Place]:
    path = layouts_folder() / "languages.toml"
    return read_toml(path), Place(str(path))


@cache
def language(tag: str) -> Language:
    """Return the conventions for a BCP 47 tag: its own block over that of its first part.

    A language without a block gets the neutral defaults. InputError when the tag is none.
    """
    parts = tag.replace("_", "-").split("-")
    if not (parts[0].isalpha() and 2 <= len(parts[0]) <= 3 and all(p.isalnum() for p in parts)):
        raise InputError(
            f'"{tag}" is not a language tag.', hint='Write it like "en", "de" or "en-GB".'
        )
    parts[0] = parts[0].lower()
    name = "-".join([parts[0], *[p.upper() if len(p) == 2 else p for p in parts[1:]]])
    table, place = _table()
    merged = {**table.get(parts[0], {}), **table.get(name, {})}
    return build(Language, {**merged, "tag": name}, place)


@cache
def language_names() -> dict[str, tuple[str, str]]:
    """Return the languages that have a block, by tag: their names in English and in themselves."""
    # Babel is slow to import, and only a list of languages needs it here.
    from babel.core import Locale

    found = {}
    for tag in _table()[0]:
        locale = Locale.parse(tag, sep="-")
        found[tag] = (str(locale.get_display_name("en")), str(locale.get_display_name()))
    return found


@cache
def all_greetings() -> frozenset[str]:
    """Return the greetings of every language: a note may greet in another than its own."""
    return _words("greetings")


@cache
def all_greeting_endings() -> tuple[str, ...]:
    """Return how greetings end in languages that name the reader before saying so ("山田様")."""
    return tuple(sorted(_words("greeting_endings")))


@cache
def all_valedictions() -> frozenset[str]:
    """Return the valedictions of every language that close a note by themselves."""
    return _words("valedictions")


@cache
def all_closing_openings() -> frozenset[str]:
    """Return the words of every language with which a closing may begin."""
    return _words("closing_openings")


@cache
def all_closing_formulas() -> frozenset[str]:
    """Return how closings begin that are whole sentences ("Je vous prie d'agréer ...")."""
    return _words("closing_formulas")


@cache
def all_blank_words() -> frozenset[str]:
    """Return the words by which a blank in <angle brackets> is known ("your", "name")."""
    return _words("blank_words")


@cache
def all_for_example() -> frozenset[str]:
    """Return the words of every language that begin an example ("such as", "z. B.")."""
    return _words("for_example")


@cache
def all_numbered() -> frozenset[str]:
    """Return the words beside which "XXX" is a number ("siglo", "chapter")."""
    return _words("numbered")


@cache
def all_ands() -> frozenset[str]:
    """Return the words of every language that join two names ("and", "und")."""
    return _words("ands")


@cache
def all_households() -> frozenset[str]:
    """Return the words beside a household's name in every language ("the Garcias", "Familie")."""
    return _words("households")


def starts_with(text: str, openings: frozenset[str]) -> bool:
    """Tell whether a text begins with one of some words or phrases, whatever its case."""
    folded = text.casefold()
    return any(
        folded.startswith(opening)
        and (
            len(folded) == len(opening)
            or not folded[len(opening)].isalnum()
            or is_ideographic(opening[-1])
        )
        for opening in _by_first_letter(openings).get(folded[:1], ())
    )


@cache
def _by_first_letter(openings: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for opening in openings:
        found.setdefault(opening[:1], []).append(opening)
    return found


def _words(key: str) -> frozenset[str]:
    return frozenset(
        word.casefold() for block in _table()[0].values() for word in block.get(key, ())
    )


@cache
def all_titles() -> frozenset[str]:
    """Return the titles of every language ("mr.", "frau"), without the stops at their ends."""
    return frozenset(title.strip(".") for title in _words("titles"))
