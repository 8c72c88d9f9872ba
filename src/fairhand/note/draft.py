"""Drafts: notes that are still being written, from their file and back without a loss.

A draft is the fields of a note as they were typed: blanks and "{{ name }}" stay, and no setting is
checked. Its text is an ordinary note file. Where the words would be divided otherwise when they
are read again (a greeting that is none, a last paragraph that looks like a closing), or would not
come through at all ("<!--"), they stand in the front matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from fairhand.errors import InputError
from fairhand.note.front_matter import front_matter, without_loss
from fairhand.note.markdown import comments_in, without_comments
from fairhand.note.read import DATA_FORMS, LARGEST_FILE, LETTER_KEYS, fields_in, form_of
from fairhand.note.syntax import plain
from fairhand.note.text import decode, normalise, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EMPTY_LINES = re.compile(r"\n\s*\n")
_DIGITS = re.compile(r"-?[0-9]{1,9}")
_PARTIES = ("to", "from")
_ONE_LINE = ("salutation", "valediction")
_TRUE, _FALSE = ("true", "yes", "on", "1", "t", "y"), ("false", "no", "off", "0", "f", "n")
_MOST_ROUNDS = 8

_IN_BODY = (
    LETTER_KEYS,
    ("paragraphs", "valediction", "signature", "postscript"),
    ("salutation", "paragraphs", "postscript"),
    ("salutation", "paragraphs", "valediction", "signature"),
    ("salutation", "paragraphs"),
    ("paragraphs", "valediction", "signature"),
    ("paragraphs",),
    ("salutation",),
    (),
)
"""What may stand below the front matter, the most readable first."""


@dataclass(frozen=True)
class Draft:
    """The fields of a note as in its file, and the advice above them (without its marks).

    Spaces are tidied, and what is empty is left out. Paragraphs are one text with empty lines
    between them, parties one text of lines, or a mapping where they are given in parts; numbers
    and yes or no are such where they can be. InputError for what is nested deeper than a note.
    """

    fields: Mapping[str, Any]
    comment: str = ""

    def __post_init__(self) -> None:
        """Tidy what was given."""
        object.__setattr__(self, "fields", _tidied(plain(self.fields)))
        object.__setattr__(self, "comment", _comment(self.comment))


def read_draft(data: bytes, form: str = "") -> Draft:
    """Return the draft in a note file's bytes; `form` is its ending (".md", ".toml", ...) or "".

    InputError when it is no note: not text, settings that cannot be parsed, a part given twice.
    """
    text = normalise(decode(data))
    is_data = form in DATA_FORMS
    source = text if is_data else without_comments(text)
    fields, _ = fields_in(source, form_of(source, form))
    return Draft(fields, "" if is_data else "\n\n".join(comments_in(text)))


def draft_text(draft: Draft) -> str:
    """Return a draft as a note file in Markdown, from which `read_draft` makes the same draft.

    InputError when it is larger than any note.
    """
    for text in _texts(draft):
        if len(text) > LARGEST_FILE:
            break
        if _reads_as(text, draft):
            return text
    raise InputError(
        f"This is longer than {LARGEST_FILE // 1000} kB or more deeply nested, so it is not a note."
    )


def _texts(draft: Draft) -> Iterator[str]:
    """Yield ways to write a draft down, the most readable first; the last one is always right."""
    above = f"<!--\n{draft.comment}\n-->\n" if draft.comment else ""
    for keys in _IN_BODY:
        below = {key: draft.fields[key] for key in keys if key in draft.fields}
        if not all(isinstance(words, str) for words in below.values()):
            continue
        settings = {key: value for key, value in draft.fields.items() if key not in below}
        body = _body(below)
        if body and not settings:
            yield f"{above}\n{body}" if above else body
        yield f"{above}---\n{front_matter(settings)}---\n" + (f"\n{body}" if body else "")
    yield f"{above}---\n{without_loss(draft.fields)}---\n"


def _body(words: Mapping[str, str]) -> str:
    blocks = [words.get("salutation", "")]
    blocks += [_hard_lines(part) for part in words.get("paragraphs", "").split("\n\n")]
    closing = (words.get("valediction", ""), words.get("signature", ""))
    blocks.append("\n".join(part for part in closing if part))
    blocks.append(_hard_lines(words.get("postscript", "")))
    return "".join(f"{block}\n\n" for block in blocks if block).removesuffix("\n")


def _hard_lines(text: str) -> str:
    return text.replace("\n", "\\\n")


def _reads_as(text: str, draft: Draft) -> bool:
    try:
        data = text.encode()
        # To a guess it is Markdown, too.
        is_markdown = form_of(without_comments(text)) == ".md"
        return is_markdown and len(data) <= LARGEST_FILE and read_draft(data, ".md") == draft
    except (InputError, UnicodeEncodeError):
        return False


def _tidied(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a note's fields in the one way that a draft has them."""
    found: dict[str, Any] = {}
    for given, value in fields.items():
        key = "from" if given == "from_" else _whole(str(given))
        if key == "paragraphs":
            value = _paragraphs(value)
        elif key in _PARTIES:
            value = _party(value)
        elif key == "art":
            value = _settings({"file": value} if _is_scalar(value) else value, _ART)
        elif key in _NOTE:
            value = _NOTE[key](value) if _is_scalar(value) else _settings(value, {})
        else:
            value = _settings(value, {})
        if key in _ONE_LINE and isinstance(value, str):
            value = _words(" ".join(value.split()))
        if value not in ("", (), [], {}):
            found[key] = value
    return found


def _settings(value: Any, kinds: Mapping[str, Callable[[Any], Any]]) -> Any:
    """Return a value of any kind with its texts tidied, and without what is empty in it."""
    if isinstance(value, Mapping):
        found = {
            _whole(str(key)): kinds[key](child)
            if key in kinds and _is_scalar(child)
            else _settings(child, {})
            for key, child in value.items()
        }
        return {key: child for key, child in found.items() if child not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [child for one in value if (child := _settings(one, {})) not in ("", [], {})]
    return _words(value)


def _paragraphs(value: Any) -> Any:
    value = _joined(value, "\n\n")
    if not isinstance(value, str):
        return value
    return "\n\n".join(part for one in _EMPTY_LINES.split(value) if (part := _words(one)))


def _party(value: Any) -> Any:
    value = _joined(value, "\n")
    if isinstance(value, dict) and "address" in value:
        value["address"] = _party(value["address"])
    if not isinstance(value, str):
        return value
    return "\n".join(words for line in value.split("\n") if (words := _words(line)).strip())


def _joined(value: Any, by: str) -> Any:
    """Return a tidied value, a list of texts as one text."""
    value = _settings(value, {})
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return by.join(value)
    return value


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, Mapping | list | tuple)


def _words(value: Any) -> str:
    """Return a scalar as tidy text; characters that no note may have stay, to be told of."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _whole(value if isinstance(value, str) else str(value))
    for _ in range(_MOST_ROUNDS):
        try:
            tidied = tidy(text)
        except InputError:
            return text
        if tidied == text:
            break
        text = tidied
    return text


def _whole(text: str) -> str:
    """Return a text that can be sent and written: half a character (a surrogate) is U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(value: Any) -> Any:
    text = _words(value)
    if _DIGITS.fullmatch(text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    text = _words(value)
    if text.lower() in _TRUE:
        return True
    return False if text.lower() in _FALSE else text


_NOTE: Mapping[str, Callable[[Any], Any]] = {"neatness": _number, "large": _yes_or_no}
_ART: Mapping[str, Callable[[Any], Any]] = {
    "page": _number, "across": _number, "down": _number, "zoom": _number, "words": _yes_or_no,
}  # fmt: skip
"""Fields that are no text, where what was typed is none."""


def _comment(text: str) -> str:
    """Return an advice as it can stand between the marks of a comment."""
    text = _whole(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    for _ in range(_MOST_ROUNDS):
        kept = normalise(text).replace("-->", "—>").strip()
        if kept == text:
            break
        text = kept
    return text
