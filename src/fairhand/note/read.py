"""Note files of every form (Markdown, TOML, YAML, JSON, standard input) to one `Note`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from fairhand.catalog import Model, first_fault
from fairhand.errors import InputError, Place
from fairhand.note.blanks import Blank, find_blanks, for_a_merge, refuse_blanks
from fairhand.note.letter import split_letter
from fairhand.note.markdown import split_front_matter, without_comments
from fairhand.note.model import Note
from fairhand.note.syntax import from_json, from_toml, from_yaml, given_twice, key_lines, plain
from fairhand.note.text import decode, normalise

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_ART = {
    "a picture": (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a"),
    "a drawing": (b"<svg",),
    "a PDF": (b"%PDF-",),
}
"""How files begin that may be a front's art and never are a note."""

LARGEST_FILE = 100_000
"""Bytes."""

LONGEST_NOTE = 15_000
"""Characters; the narrowest hand puts fewer than 10,000 on both sides of a letter sheet."""

LETTER_KEYS = ("salutation", "paragraphs", "valediction", "signature", "postscript")
_WRITTEN_KEYS = (*LETTER_KEYS, "to", "from", "date", "place", "front", "imprint")
_MAY_END_IN_KISSES = ("valediction", "signature", "postscript", "front")
DATA_FORMS = (".toml", ".yaml", ".yml", ".json")
_MARKDOWN_FORMS = (".md", ".markdown")


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
    data = bytes_of(path)
    return parse_note(data, file=str(path), form=path.suffix.lower(), overrides=overrides)


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a note file; InputError for what is none, or cannot be read."""
    try:
        if path.is_dir():
            raise InputError(f'"{path}" is a folder, not a note.', place=Place(str(path)))
        with path.open("rb") as stream:
            return bytes_in(stream, str(path))
    except FileNotFoundError:
        raise InputError(
            f'There is no file "{path}".', hint="fairhand new OCCASION -o FILE writes a starter."
        ) from None
    except InputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError(f'The file "{path}" cannot be read: {reason}.') from None


def read_stream(
    stream: BinaryIO, file: str, *, form: str = "", overrides: Mapping[str, Any] | None = None
) -> NoteFile:
    """Read a note from an open file that may have no end (a pipe, a device)."""
    return parse_note(bytes_in(stream, file), file=file, form=form, overrides=overrides)


def bytes_in(stream: BinaryIO, file: str) -> bytes:
    """Return the bytes of a note in an open file; InputError for more than a note has."""
    try:
        data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from None
    _refuse_art(data, file)
    if len(data) > LARGEST_FILE:
        raise InputError(
            f"This is longer than {LARGEST_FILE // 1000} kB, so it is not a note.",
            place=Place(file),
        )
    return data


def _refuse_art(data: bytes, file: str) -> None:
    """InputError for a picture, a drawing or a PDF, which people name in place of the note."""
    start = data[:1024].lstrip()
    kind = next((kind for kind, begins in _ART.items() if start.startswith(begins)), "")
    if start.startswith(b"<?xml") and b"<svg" in start:
        kind = "a drawing"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        kind = "a picture"
    if kind:
        name = file.replace("\\", "/").rsplit("/", 1)[-1]
        raise InputError(
            f"This is {kind}, not a note.",
            hint=f'Put it on the front of one: write "art: {name}" in the note, or --art {name}.',
            place=Place(file),
        )


def parse_note(
    data: bytes,
    *,
    file: str = "the note",
    form: str = "",
    overrides: Mapping[str, Any] | None = None,
) -> NoteFile:
    """Make a `NoteFile` of a file's bytes; `form` is its ending (".md", ".toml", ...) or ""."""
    text = ""
    try:
        text = normalise(decode(data))
        source = text if form in DATA_FORMS else without_comments(text)
        fields, lines = fields_in(source, form_of(source, form))
    except InputError as error:
        line = error.place.line
        content = "".join(text.split("\n")[line - 1 : line])
        hint = for_a_merge(file) if "{{" in content or "{%" in content else error.hint
        raise InputError(error.message, hint=hint, place=Place(file, line)) from None
    return noted(fields, lines, text, source, file, overrides or {})


def note_of(
    fields: Mapping[str, Any], *, file: str = "the note",
    overrides: Mapping[str, Any] | None = None, with_blanks: bool = False,
) -> NoteFile:  # fmt: skip
    """Make a `NoteFile` of fields that are data already; refused is what a file would be.

    `with_blanks`: blanks that are left in it are words, for one who only looks at it.
    """
    try:
        return noted(plain(fields), {}, "", "", file, overrides or {}, with_blanks=with_blanks)
    except InputError as error:
        raise error.at(Place(file)) from None


def noted(
    fields: Mapping[str, Any], lines: Mapping[str, int], text: str, source: str, file: str,
    overrides: Mapping[str, Any], *, with_blanks: bool = False,
) -> NoteFile:  # fmt: skip
    """Check what every note must pass, however its fields came together."""
    # Python's "from" is a keyword, so there the field is called "from_".
    fields = {
        "from" if key == "from_" else key: value for key, value in {**fields, **overrides}.items()
    }
    lines = {key: line for key, line in lines.items() if key.split(" ")[0] not in overrides}
    try:
        length = sum(len(words) for value in fields.values() for words in texts_of(value))
        if length > LONGEST_NOTE:
            raise InputError(
                f"The note has {length:,} characters; the largest sheet holds about 10,000.",
                hint="Shorten it.",
            )
        if not with_blanks:
            refuse_blanks(blanks_in(fields, lines, source), file)
        note = Note.model_validate(fields)
    except ValidationError as error:
        fault = first_fault(error, Note)
        field = str(next(iter(error.errors(include_url=False)[0]["loc"]), ""))
        place = Place(file, lines.get(field, 0))
        raise InputError(fault.message, hint=fault.hint, place=place, field=field) from None
    except InputError as error:
        raise error.at(Place(file)) from None
    return NoteFile(note, file, text, lines)


def blanks_in(fields: Mapping[str, Any], lines: Mapping[str, int], source: str) -> list[Blank]:
    """Return the blanks in what will be written, and for each the line where it stands."""
    standing: dict[str, list[int]] = {}
    for blank in find_blanks(source):
        standing.setdefault(blank.text, []).append(blank.line)
    found: list[Blank] = []
    for key in fields:
        if key not in _WRITTEN_KEYS:
            continue
        start = lines.get(key) or lines.get(f"{key} 1", 0)
        texts = texts_of(fields[key])
        for number, text in enumerate(texts, start=1):
            last = key == "paragraphs" and number == len(texts)
            for blank in find_blanks(text, kisses=last or key in _MAY_END_IN_KISSES):
                rows = standing.get(blank.text, []) if start else []
                at = bisect_left(rows, start)
                line = rows.pop(at) if at < len(rows) else start
                found.append(Blank(blank.text, line))
    return sorted(found, key=lambda blank: blank.line)


def texts_of(value: object) -> list[str]:
    """Return all text in a field's value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Model):
        value = value.__dict__
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        return [text for child in value for text in texts_of(child)]
    return []


def form_of(text: str, ending: str = "") -> str:
    """Return the form of a note's text (".md", ".toml", ...): its file's ending, or a guess."""
    if ending in DATA_FORMS or ending in _MARKDOWN_FORMS:
        return ending
    first = _first_line(text)
    if first.startswith("{"):
        return ".json"
    if re.match(r"^[a-z_]+ *= *[\"'\[{\d]", first):
        return ".toml"
    has_words = re.search(rf"^(?:{'|'.join(LETTER_KEYS)}):(?: |$)", text, re.MULTILINE)
    return ".yaml" if has_words and _is_setting(first) else ".md"


def _first_line(text: str) -> str:
    return next((line for line in text.split("\n") if line.strip(" #")), "").strip()


def _is_setting(line: str) -> bool:
    """Tell whether a line sets a field of the note as YAML does."""
    key, colon, value = line.partition(":")
    known = {field.alias or name for name, field in Note.model_fields.items()}
    return bool(colon) and key in known and value[:1] in ("", " ")


def fields_in(text: str, form: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the fields of a note's text in a form (`form_of`), and the line of each."""
    match form:
        case ".toml":
            return from_toml(text), key_lines(text)
        case ".json":
            return from_json(text), key_lines(text)
        case ".yaml" | ".yml":
            return from_yaml(text), key_lines(text)
        case _:
            return _markdown(text)


def _markdown(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    front, body, before = split_front_matter(text)
    if not front and _is_setting(_first_line(body)):
        raise InputError(
            "The settings begin without a line of three hyphens above them.",
            hint='Put "---" above the first of them and below the last.',
            place=Place(line=1),
        )
    fields = from_yaml(front) if front.strip() else {}
    parts = split_letter(body, before)
    lines = key_lines(front)
    for key in LETTER_KEYS:
        written = getattr(parts, key)
        if written and key in fields:
            twice = given_twice(key, lines.get(key, 0))
            raise InputError(
                f'"{key}" is given twice: in the front matter and in the text.',
                hint=twice.hint,
                place=twice.place,
            )
        if written:
            fields.setdefault(key, written)
    return fields, {**lines, **parts.lines}
