"""The words of a merge: a note whose text names columns, filled in for each row of a table.

The note is read as every note is, and only then filled in, part by part. So what stands in a
cell cannot become a setting, a heading or an instruction: it is text, whatever it looks like.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairhand.errors import InputError, Place, did_you_mean
from fairhand.merge.cells import blank_in, refuse_outside, tidied
from fairhand.merge.recipient import NAME_FIELDS, name_of
from fairhand.merge.row_fields import add_letter, add_recipient, add_settings, settled
from fairhand.merge.sandbox import BREAK, Words, empty
from fairhand.merge.segments import MASK, Masked, around_settings, masked, without_vanished
from fairhand.note.blanks import Blank, BlanksLeftError, find_blanks, refuse_blanks
from fairhand.note.letter import split_letter
from fairhand.note.markdown import split_front_matter, without_comments
from fairhand.note.model import Art, Note
from fairhand.note.read import (
    DATA_FORMS,
    LETTER_KEYS,
    blanks_in,
    bytes_in,
    bytes_of,
    fields_in,
    form_of,
    noted,
)
from fairhand.note.shared import shared_note
from fairhand.note.syntax import from_yaml, given_twice, key_lines
from fairhand.note.text import decode, normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from fairhand.merge.record import Record
    from fairhand.note.read import NoteFile

_STANDARD_INPUT = "standard input"

_MAY_BE_FILES = ("hand", "layout", "art", "front_hand")
_SOMETHING = {"salutation": "Dear Ana,"}


class Wording:
    """A note whose words hold `{{ first_name }}`, `{% if gift %}` and the like.

    `used` are the names of columns in the words; `written` are those of them that are written,
    and not only asked for in conditions.
    """

    def __init__(
        self, data: bytes, file: str, form: str = "", overrides: Mapping[str, Any] | None = None
    ) -> None:
        """Read the note in a file's bytes; `form` is the file's ending (".md", ...) or "".

        `overrides` are fields that take the place of the file's own.

        InputError for what every note is refused for, for blanks that no table fills, for words
        that cannot be filled in, and when nobody is named who sends the cards.
        """
        self._made_of = (data, file, form, dict(overrides or {}))
        self.file = file
        try:
            self._read(data, form, overrides or {})
        except InputError as error:
            raise error.at(Place(file)) from None
        self._lines: dict[str, int] = {}
        every = [*_words_in(self._filled), *([self._body] if self._body else [])]
        for words in every:
            for name, line in words.used.items():
                self._lines[name] = min(line, self._lines.get(name, line))
        self.used = frozenset(self._lines)
        self.written = frozenset[str]().union(*(words.written for words in every))
        self._empty = {name: empty(name) for name in self.used}

    @classmethod
    def read(cls, path: Path | str, overrides: Mapping[str, Any] | None = None) -> Wording:
        """Read the words from a file, or from standard input when it is "-"."""
        if str(path) != "-":
            path = Path(path)
            return cls(bytes_of(path), str(path), path.suffix.lower(), overrides)
        if sys.stdin is None:
            raise InputError("Standard input is closed.", hint="Name a file to read from.")
        data = bytes_in(sys.stdin.buffer, _STANDARD_INPUT)
        return cls(data, _STANDARD_INPUT, overrides=overrides)

    @property
    def in_order(self) -> tuple[str, ...]:
        """The names of columns in the words, in the order in which they come."""
        return tuple(sorted(self._lines, key=self._lines.__getitem__))

    @property
    def chosen(self) -> Collection[str]:
        """The keys of the note that a row's cells choose."""
        return self._filled.keys()

    @property
    def made_of(self) -> tuple[bytes, str, str, dict[str, Any]]:
        """The note's bytes, its file and that one's ending, and what takes the place of fields."""
        return self._made_of

    @property
    def language(self) -> str:
        """The language that the note says, where no row says another."""
        return str(self._fixed.get("language", "en"))

    @property
    def card(self) -> str:
        """The card that the note says for all rows; "" where each row says its own."""
        return "" if "card" in self._filled else str(self._fixed.get("card", "auto"))

    def senders(self, note: Note) -> str:
        """Return the language of who sends a row's note where the row has one of its own, or ""."""
        return self.language if note.language != self.language else ""

    def with_overrides(self, overrides: Mapping[str, Any]) -> Wording:
        """Return the same words with further fields that take the place of the file's own."""
        data, file, form, own = self._made_of
        return Wording(data, file, form, {**own, **overrides})

    def __reduce__(self) -> tuple[type[Wording], tuple[Any, ...]]:
        # Compiled words cannot go to another process; there they are compiled again.
        return Wording, self._made_of

    def check(self, columns: Collection[str]) -> None:
        """Raise InputError, with the line, when the words name a column that is not there."""
        unknown = sorted(self.used.difference(columns), key=self._lines.__getitem__)
        if not unknown:
            return
        name, *more = unknown
        others = "".join(f', nor "{other}"' for other in more)
        raise InputError(
            f'The table has no column "{name}"{others}.',
            hint=did_you_mean(name, columns) or f"It has: {', '.join(sorted(columns))}.",
            place=Place(self.file, self._lines[name]),
            field=name,
        )

    def note_for(self, record: Record) -> NoteFile:
        """Return the note of one row.

        InputError, with the field and what to do, for a row of which no note can be made;
        `MissingFieldError` where that is because of empty cells.
        """
        self.check(record.words.keys())
        try:
            cells = self._cells(record)
            fields = {key: _filled(value, cells) for key, value in self._filled.items()}
            fields = {**self._fixed, **{k: value for k, value in fields.items() if value != ""}}
            if self._body:
                add_letter(fields, self._body.filled(cells))
            add_settings(fields, record.fields, self._filled)
            add_recipient(fields, record.fields)
        except InputError as error:
            raise error.at(Place(self.file)) from None
        source = shared_note(fields, self.lines, self.text, self.file)
        self._refuse_outside(source.note, record)
        if not _names_sender(source.note):
            raise _no_sender().at(Place(self.file))
        return source

    def _refuse_outside(self, note: Note, record: Record) -> None:
        """Raise InputError for files that a row names elsewhere than in the note's folder.

        What is looked at is what will be opened: the note's text is tidied, and a space or an
        invisible mark in front of a path is gone.
        """
        for key in _MAY_BE_FILES:
            if key in self._filled or key in record.fields:
                value = getattr(note, key)
                refuse_outside(key, value.file if isinstance(value, Art) else value or "")

    def _read(self, data: bytes, form: str, overrides: Mapping[str, Any]) -> None:
        self.text = normalise(decode(data))
        source = self.text if form in DATA_FORMS else without_comments(self.text)
        masks = masked(source)
        form = form_of(masks.text, form)
        body, before = "", 0
        if form in DATA_FORMS:
            settings = masks.without_comments(masks.text)
            fields, _ = fields_in(settings, form)
        else:
            front, body, _ = split_front_matter(masks.text)
            settings = masks.without_comments(front)
            fields = from_yaml(settings) if settings.strip() else {}
            before = masks.unmasked(masks.text[: len(masks.text) - len(body)]).count("\n")
            if not fields:
                fields_in(masks.text, form)
        self.lines = {k: n for k, n in key_lines(settings).items() if k not in overrides}
        fields = {key: value for key, value in fields.items() if key not in overrides}
        if _is_to_be_filled_in(fields.get("to")):
            del fields["to"]
        self._refuse_blanks(masks, fields, body, before, overrides.get("from"))
        self._filled: dict[str, Any] = {}
        self._fixed: dict[str, Any] = dict(overrides)
        for key, value in fields.items():
            line = self.lines.get(key, 0)
            if _has_masks(value):
                self._filled[key] = _compiled(masks, value, line)
            else:
                self._fixed[key] = value
        self._body = Words(masks.in_lines(body), before) if body.strip() else None
        self._check_fixed()

    def _refuse_blanks(
        self, masks: Masked, fields: Mapping[str, Any], body: str, before: int, given: Any
    ) -> None:
        """Raise InputError for blanks that no table fills, and where nobody is named as sender.

        `given` takes the place of the note's own sender.
        """
        read = {key: _as_read(masks, value) for key, value in fields.items()}
        parts = split_letter(masks.words(body), before)
        for key in LETTER_KEYS:
            if (written := getattr(parts, key)) and key not in read:
                read[key] = written
            elif written:
                raise given_twice(key, self.lines.get(key, 0))
        lines = {**self.lines, **parts.lines}
        found = blanks_in(read, lines, masks.text)
        try:
            refuse_blanks([Blank(masks.unmasked(text), line) for text, line in found], self.file)
        except BlanksLeftError as error:
            hint = "Write your own words in place of each; what a column says is {{ gift }}."
            raise BlanksLeftError(error.message, hint=hint, place=error.place) from None
        sender = given or read.get("from", "")
        named = sender.get("name") or sender.get("organisation") if isinstance(sender, dict) \
            else sender  # fmt: skip
        if not (named or read.get("signature")):
            raise _no_sender()

    def _check_fixed(self) -> None:
        """Raise InputError for settings that no row could make right."""
        known = {field.alias or name for name, field in Note.model_fields.items()}
        for key in self._filled:
            if key not in known:
                raise InputError(
                    f'"{key}" is not a key that can be used here.',
                    hint=did_you_mean(key, known),
                    place=Place(line=self.lines.get(key, 0)),
                )
        fixed = noted({**self._fixed, **_SOMETHING}, self.lines, self.text, "", self.file, {}).note
        if fixed.to and fixed.to.name and "to" in self._fixed:
            raise InputError(
                f'The words are for "{fixed.to.name}" alone, and a merge is for everybody in the '
                "table.",
                hint='Leave "to" out: names and addresses come from the columns.',
                place=Place(line=self.lines.get("to", 0)),
                field="to",
            )
        if "from" in self._fixed and fixed.from_:
            # Checked once; it is the same in every row.
            self._fixed["from"] = fixed.from_

    def _cells(self, record: Record) -> dict[str, Any]:
        """Return what the words see of a row: tidied text, and what stands for an empty cell."""
        cells: dict[str, Any] = {}
        for name in self.used:
            text = record.words[name]
            if not text and name == "name":
                text = name_of(record.fields)
            if text:
                text = tidied(text, name, one_line=name in NAME_FIELDS)
                if name in self.written and (blank := blank_in(text)):
                    raise BlanksLeftError(
                        f'"{name}" is still to be filled in: {blank}.',
                        hint="Write into the cell what shall stand there.",
                        field=name,
                    )
            cells[name] = text or self._empty[name]
        return cells


def _words_in(value: Any) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _words_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from _words_in(child)


def _has_masks(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_masks(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(map(_has_masks, value))
    return isinstance(value, str) and bool(MASK.search(value))


def _compiled(masks: Masked, value: Any, line: int) -> Any:
    """Return a value whose texts are `Words` wherever a segment stands in them."""
    if isinstance(value, dict):
        if any(map(_has_masks, value)):
            raise around_settings(line)
        return {key: _compiled(masks, child, line) for key, child in value.items()}
    if isinstance(value, list):
        return [_compiled(masks, child, line) for child in value]
    if not _has_masks(value):
        return value
    # The lines of a text that is indented under its key begin on the next.
    return Words(masks.in_lines(value), line if "\n" in value.strip() else max(0, line - 1))


def _is_to_be_filled_in(value: Any) -> bool:
    """Tell whether each line of an address is a blank, as in a starter: then the rows fill it."""
    lines = [line.strip() for line in value.splitlines()] if isinstance(value, str) else []
    return bool(lines) and all([blank.text for blank in find_blanks(one)] == [one] for one in lines)


def _as_read(masks: Masked, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_read(masks, child) for key, child in value.items()}
    if isinstance(value, list):
        return [_as_read(masks, child) for child in value]
    return masks.words(value) if isinstance(value, str) else value


def _filled(value: Any, cells: dict[str, Any]) -> Any:
    """Return a value with a row's cells in it."""
    if isinstance(value, Words):
        return settled(without_vanished(value.filled(cells)).replace(BREAK, ""))
    if isinstance(value, dict):
        return {key: _filled(child, cells) for key, child in value.items()}
    if isinstance(value, list):
        return [_filled(child, cells) for child in value]
    return value


def _names_sender(note: Note) -> bool:
    return bool(note.signature or (note.from_ and (note.from_.name or note.from_.organisation)))


def _no_sender() -> InputError:
    return InputError(
        "Nobody is named who sends these cards.",
        hint='Write "from: Your Name" above the words, or your name under the closing.',
        field="from",
    )
