"""Note files of every form (Markdown, TOML, YAML, JSON, standard input) to one `Note`."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from fairhand.catalog import first_fault
from fairhand.errors import InputError, Place
from fairhand.note.blanks import Blank, find_blanks, refuse_blanks
from fairhand.note.letter import split_letter
from fairhand.note.markdown import split_front_matter, without_comments
from fairhand.note.model import Note
from fairhand.note.text import decode, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LARGEST_FILE = 1_000_000
_LARGEST_TREE = 5_000
_LETTER_KEYS = ("salutation", "paragraphs", "valediction", "signature", "postscript")


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note and where its words stand: the file's name, its text, each field's line."""

    note: Note
    file: str
    text: str
    lines: Mapping[str, int]

    def place_of(self, field: str, character: str = "") -> Place:
        """Return the place of a field, or of a character's first standing at or after it."""
        line = self.lines.get(field) or self.lines.get(field.split(" ")[0], 0)
        if character:
            for number, content in enumerate(self.text.split("\n"), start=1):
                if number >= line and character in content:
                    return Place(self.file, number)
        return Place(self.file, line)


def read_note(path: Path, overrides: Mapping[str, Any] | None = None) -> NoteFile:
    """Read a note file; its form goes by its ending, and is guessed when that says nothing.

    `overrides` are fields that take the place of the file's own.

    InputError in one sentence for a missing file, bad encoding, bad syntax, unknown keys,
    wrong types, bad dates, and blanks left to fill.
    """
    try:
        if path.is_dir():
            raise InputError(f'"{path}" is a folder, not a note.')
        if path.stat().st_size > _LARGEST_FILE:
            raise InputError("The file is larger than 1 MB, so it is not a note.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f'There is no file "{path}".', hint="fairhand new OCCASION -o FILE writes a starter."
        ) from None
    except InputError as error:
        raise error.at(Place(str(path))) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError(f'The file "{path}" cannot be read: {reason}.') from None
    return parse_note(data, file=str(path), form=path.suffix.lower(), overrides=overrides)


def parse_note(
    data: bytes,
    *,
    file: str = "the note",
    form: str = "",
    overrides: Mapping[str, Any] | None = None,
) -> NoteFile:
    """Make a `NoteFile` of a file's bytes; `form` is its ending (".md", ".toml", ...) or ""."""
    try:
        text = normalise(decode(data))
        source = without_comments(text) if form not in (".toml", ".yaml", ".yml", ".json") else text
        fields, lines = _fields(source, form or _guessed_form(source))
        refuse_blanks(_blanks(fields, lines, source), file)
        note = Note.model_validate({**fields, **(overrides or {})})
    except ValidationError as error:
        fault = first_fault(error, Note)
        field = str(error.errors(include_url=False)[0]["loc"][:1] or "")
        line = next((n for key, n in lines.items() if f"'{key}'" in field), 0)
        raise fault.at(Place(file, line)) from None
    except InputError as error:
        raise error.at(Place(file)) from None
    return NoteFile(note, file, text, lines)


def _blanks(fields: dict[str, Any], lines: dict[str, int], source: str) -> list[Blank]:
    """Find the blanks in the fields' values, and for each the line where it stands."""
    standing = find_blanks(source)
    found: list[Blank] = []
    for key, value in fields.items():
        start = lines.get(key) or lines.get(f"{key} 1", 1)
        for text in _texts(value):
            for blank in find_blanks(text):
                here = next(
                    (b for b in standing if b.text == blank.text and b.line >= start),
                    Blank(blank.text, start),
                )
                if here in standing:
                    standing.remove(here)
                found.append(here)
    return sorted(found, key=lambda blank: blank.line)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child)


def _guessed_form(text: str) -> str:
    if text.lstrip().startswith("{"):
        return ".json"
    first = next((line for line in text.split("\n") if line.strip(" #")), "")
    return ".toml" if re.match(r"^[a-z_]+ *= *[\"'\[{\d]", first) else ".md"


def _fields(text: str, form: str) -> tuple[dict[str, Any], dict[str, int]]:
    match form:
        case ".toml":
            return _toml(text), _key_lines(text)
        case ".json":
            return _json(text), _key_lines(text)
        case ".yaml" | ".yml":
            return _yaml(text), _key_lines(text)
        case _:
            return _markdown(text)


def _markdown(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    front, body, before = split_front_matter(text)
    fields = _yaml(front) if front.strip() else {}
    parts = split_letter(body, before)
    lines = _key_lines(front)
    for key in _LETTER_KEYS:
        written = getattr(parts, key)
        if written and key in fields:
            raise InputError(
                f'"{key}" is given twice: in the front matter and in the text.',
                hint="Keep one of the two.",
                place=Place(line=lines.get(key, 0)),
            )
        if written:
            fields.setdefault(key, written)
    return fields, {**lines, **parts.lines}


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else 0
        content = text.split("\n")[line - 1] if line else ""
        key = re.match(r"\s*([\w-]+)\s*=\s*(.*)", content)
        place = Place(line=line)
        if key and "overwrite" in str(error):
            raise _given_twice(key[1], line) from None
        if key and key[1] == "date":
            raise InputError(
                f"The date {key[2]} is not a day in the calendar.",
                hint='Write it as date = "2026-11-22", or in words.',
                place=place,
            ) from None
        reason = str(error).split(" (at")[0]
        raise InputError(
            f"This is not valid TOML: {reason[0].lower()}{reason[1:]}.", place=place
        ) from None
    except (ValueError, RecursionError):
        raise InputError("This TOML holds a number or a nesting that no note has.") from None


def _json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise InputError(
            f"This is not valid JSON: {error.msg.lower()}.", place=Place(line=error.lineno)
        ) from None
    except InputError as error:
        standing = [
            number
            for number, line in enumerate(text.split("\n"), start=1)
            if f'"{error.field}"' in line
        ]
        raise error.at(Place(line=standing[1] if len(standing) > 1 else 0)) from None
    except (ValueError, RecursionError):
        raise InputError("This JSON holds a number or a nesting that no note has.") from None
    return _mapping(data)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _given_twice(key)
        result[key] = value
    return result


def _given_twice(key: str, line: int = 0) -> InputError:
    return InputError(
        f'"{key}" is given twice.',
        hint="Keep one of the two.",
        place=Place(line=line),
        field=key,
    )


def _mapping(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise InputError(
            "The settings of a note must be a list of keys with values.",
            hint='Write each as "key: value", for example "hand: caveat".',
        )
    return data


def _yaml(text: str) -> dict[str, Any]:
    # Scalars stay the text that was typed: "no" is Norwegian and 02035 keeps its zero.
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise InputError(
            f"The settings cannot be read: {error.problem or 'bad YAML'}.",
            hint='Write each as "key: value"; put a value that holds a colon in quotes.',
            place=Place(line=line),
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise InputError("The settings cannot be read as YAML.") from None
    if node is None:
        return {}
    return _mapping(_Tree().plain(node, depth=0))


class _Tree:
    """Turns YAML nodes into plain data, refusing doubled keys and runaway aliases."""

    def __init__(self) -> None:
        self.seen = 0

    def plain(self, node: yaml.Node, depth: int) -> Any:
        self.seen += 1
        if self.seen > _LARGEST_TREE or depth > 20:
            raise InputError("The settings are nested too deeply to be a note's.")
        if isinstance(node, yaml.MappingNode):
            result: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(self.plain(key_node, depth + 1))
                if key in result:
                    raise _given_twice(key, key_node.start_mark.line + 1)
                result[key] = self.plain(value_node, depth + 1)
            return result
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, depth + 1) for child in node.value]
        return node.value


def _key_lines(text: str) -> dict[str, int]:
    """Return the line of each top-level key of YAML, TOML or JSON text, from 1."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = re.match(r'^[\s{,]*"?([A-Za-z_]+)"?\s*[:=]', line) or re.match(
            r"^\[([A-Za-z_]+)\]", line
        )
        if match:
            lines.setdefault(match[1], number)
    return lines
