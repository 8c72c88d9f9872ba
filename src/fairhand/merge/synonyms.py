"""How columns are called in several languages; the data is `layouts/columns.toml`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from fairhand.catalog import Model, layouts_folder, read_model

Names = dict[str, dict[str, tuple[str, ...]]]
"""Field, language, names."""


class Beside(Model):
    """What a name of a column means beside others.

    In which languages "name" is a part of the name beside a column for the other part, and
    what is a state beside a city and a ZIP code.
    """

    bare: tuple[str, ...]
    name_is_last: tuple[str, ...]
    name_is_first: tuple[str, ...]
    state: tuple[str, ...]


class Answers(Model):
    """How cells say yes and no."""

    yes: frozenset[str]
    no: frozenset[str]


class Order(Model):
    """The languages in which the family's name comes first."""

    family_first: tuple[str, ...]
    without_space: tuple[str, ...]


class HouseNumber(Model):
    """On which side of the street's name the number stands."""

    languages_before: tuple[str, ...]
    countries_before: tuple[str, ...]
    countries_after: tuple[str, ...]


class Synonyms(Model):
    """The whole of the file."""

    fields: Names
    address: Names
    groups: dict[str, tuple[str, ...]]
    beside: Beside
    answers: Answers
    order: Order
    house_number: HouseNumber
    po_box: dict[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's name says: a part, which of several addresses, and how well it says it.

    `group` is "" for all that is no address, "plain" for the address of a table that has one.
    A lower `rank` is a better name. `word` is the name as the data has it.
    """

    part: str
    group: str
    rank: int
    language: str
    word: str


@cache
def synonyms() -> Synonyms:
    """Return the data."""
    return read_model(Synonyms, layouts_folder() / "columns.toml")


@lru_cache(maxsize=4096)
def key_of(header: str) -> str:
    """Return a name without case, accents, spaces and punctuation."""
    apart = unicodedata.normalize("NFKD", header.casefold())
    return "".join(character for character in apart if character.isalnum())


@cache
def _index() -> tuple[dict[str, Meaning], dict[str, Meaning]]:
    """Return all names of fields, and of the parts of an address, by their keys."""
    found: list[dict[str, Meaning]] = []
    for names, group in ((synonyms().fields, ""), (synonyms().address, "plain")):
        index: dict[str, Meaning] = {}
        for part, languages in names.items():
            for language, words in languages.items():
                for rank, word in enumerate(words):
                    index.setdefault(key_of(word), Meaning(part, group, rank, language, word))
        found.append(index)
    return found[0], found[1]


@cache
def _groups() -> tuple[tuple[str, str], ...]:
    """Return (word, group), the longest words first."""
    words = {key_of(word): group for group, words in synonyms().groups.items() for word in words}
    return tuple(sorted(words.items(), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4096)
def meaning(header: str) -> Meaning | None:
    """Return what a column is by its name, or None."""
    key = key_of(header)
    fields, parts = _index()
    if key in fields:
        return fields[key]
    if key in parts and parts[key].part != "kind":
        return parts[key]
    for word, group in _groups():
        for rest in (key.removeprefix(word), key.removesuffix(word)):
            found = parts.get(rest) if rest != key else None
            # What an address is called matters only where there are several.
            if found and (found.part != "kind" or group not in ("plain", "mail")):
                return Meaning(found.part, group, found.rank, found.language, found.word)
    return None


def is_known(header: str) -> bool:
    """Tell whether a name is that of a column of people's tables."""
    return meaning(header) is not None
