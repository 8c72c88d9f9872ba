"""Notes begun from an occasion, and the drafts that they are until they are finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairhand.note.blanks import BlankField as BlankField
from fairhand.note.blanks import fill
from fairhand.note.draft import Draft as Draft
from fairhand.note.draft import draft_text as draft_text
from fairhand.note.draft import read_draft as read_draft
from fairhand.note.language import language as language_of
from fairhand.note.model import Note
from fairhand.note.occasions import groups, occasion, occasions

if TYPE_CHECKING:
    from collections.abc import Mapping

_USUAL = str(Note.model_fields["language"].default)


@dataclass(frozen=True, slots=True)
class Starter:
    """An occasion to begin a note with: what it is, what makes it good, in which languages it is.

    `advice` are its sentences in English, `group` names the heading under which it is shown.
    """

    name: str
    title: str
    summary: str
    advice: tuple[str, ...]
    languages: tuple[str, ...]
    group: str


def starters() -> tuple[Starter, ...]:
    """Return all occasions in the order in which they are shown."""
    tags: dict[str, list[str]] = {}
    for entry in occasions():
        tags.setdefault(entry.name, []).append(entry.language)
    first = {
        entry.name: entry for entry in occasions() if entry.language == _first(tags[entry.name])
    }
    return tuple(
        Starter(
            name, first[name].title, first[name].meaning, first[name].advice,
            tuple(sorted(tags[name], key=lambda tag: (tag != first[name].language, tag))), group,
        )
        for name, group in groups().items()
    )  # fmt: skip


def advice_for(name: str, language: str) -> tuple[str, ...]:
    """Return what makes a note for an occasion good, in the language of the note."""
    return occasion(name, language).advice


def blanks_of(name: str, language: str) -> tuple[BlankField, ...]:
    """Return what is to be filled in for an occasion, each once, in the order of the note.

    InputError when there is no such occasion in the language.
    """
    return occasion(name, language).blank_fields


def begun(name: str, language: str, values: Mapping[str, str]) -> Draft:
    """Return a note for an occasion with the blanks filled that have a value.

    InputError for an unknown occasion, language or blank, and for words of more than one line.
    """
    chosen = occasion(name, language)
    given = chosen.given({key: words for key, words in values.items() if words.strip()})
    starter = read_draft(chosen.text.encode(), ".md")
    fields = {key: _filled(value, given) for key, value in starter.fields.items()}
    return Draft(_in(language, fields), starter.comment)


def empty(language: str) -> Draft:
    """Return a note without any words in a language; InputError for what is no language."""
    return Draft(_in(language, {}))


def _filled(value: Any, given: Mapping[str, str]) -> Any:
    return fill(value, given) if isinstance(value, str) else value


def _in(language: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    tag = language_of(language).tag
    return dict(fields) if tag == _USUAL else {**fields, "language": tag}


def _first(tags: list[str]) -> str:
    return _USUAL if _USUAL in tags else tags[0]
