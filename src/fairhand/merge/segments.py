"""Where the words of a merge hold Jinja: `{{ }}`, `{% %}` and `{# #}` in a note's text.

A note is divided into its parts before anything is filled in, and YAML knows nothing of
`{{ }}`. So each of these segments is masked by a word of private-use characters, which no note
can hold, until the parts are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fairhand.errors import InputError, Place

_SEGMENT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MASK = re.compile("\ue000([0-9]+)\ue001")
_TAG_END = re.compile(r"[-+]?[%#]\}$")
_ESCAPED_FIRST = re.compile(r"""[^"'\\]*\\["']""")
"""A quote is escaped before any is open: the note's own form, JSON or YAML, asked for that."""

MAY_VANISH = "\ue002"
"""Stands at the beginning of a line of words that may come out empty; then the line goes."""

_VANISHED = re.compile(f"^{MAY_VANISH}+[ \t]*(?:\n|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose segments are masked, and the segments in order."""

    text: str
    segments: tuple[str, ...]

    def unmasked(self, text: str) -> str:
        """Return part of the text with its segments as they were."""
        return MASK.sub(self._segment, text)

    def without_comments(self, text: str) -> str:
        """Return settings without the lines on which only `{# #}` stands; every line stays.

        InputError for a condition around settings: they are read before there are rows.
        """
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line.startswith("\ue000") and not self._residue(line, written=False):
                if any(not self._segment(match).startswith("{#") for match in MASK.finditer(line)):
                    raise around_settings(number + 1)
                lines[number] = ""
        return "\n".join(lines)

    def words(self, text: str) -> str:
        """Return part of the text as it will read: a word for each `{{ }}`, nothing for the rest.

        For what is looked for before there are rows: blanks, and the name under the closing.
        """
        lines = (self._as_words(line) for line in text.split("\n"))
        return "\n".join(line for line in lines if line is not None)

    def _as_words(self, line: str) -> str | None:
        if line.strip() and not self._residue(line, written=False):
            return None
        return MASK.sub(lambda match: match[0] if self._writes(match) else "", line)

    def in_lines(self, text: str) -> str:
        """Return part of the text with its segments, so that lines without words leave no trace.

        A line of `{% %}` or `{# #}` alone goes, and so does one that comes out empty. Every
        line keeps its number: the break moves into the tag.
        """
        *lines, last = text.split("\n")
        return "".join([*(self._filled_line(f"{line}\n") for line in lines),
                        self._filled_line(last)])  # fmt: skip

    def _filled_line(self, line: str) -> str:
        masks = list(MASK.finditer(line))
        if not masks:
            return line
        if not self._residue(line, written=False):
            tags = "".join(map(self._segment, masks))
            return _TAG_END.sub(r"\n\g<0>", tags) if line.endswith("\n") else tags
        tagged = any(not self._writes(match) for match in masks)
        mark = MAY_VANISH if tagged or not self._residue(line, written=True) else ""
        return mark + self.unmasked(line)

    def _residue(self, line: str, *, written: bool) -> str:
        """Return a line without its tags, and without what is `written` by `{{ }}` too."""
        return MASK.sub(
            lambda match: "" if written or not self._writes(match) else match[0], line
        ).strip()

    def _writes(self, match: re.Match[str]) -> bool:
        return self._segment(match).startswith("{{")

    def _segment(self, match: re.Match[str]) -> str:
        return self.segments[int(match[1])]


def masked(text: str) -> Masked:
    """Return a text with its segments masked."""
    segments: list[str] = []

    def mask(match: re.Match[str]) -> str:
        segment = match[0]
        if _ESCAPED_FIRST.match(segment):
            segment = segment.replace('\\"', '"').replace("\\'", "'")
        segments.append(segment)
        return f"\ue000{len(segments) - 1}\ue001"

    return Masked(_SEGMENT.sub(mask, text), tuple(segments))


def without_vanished(text: str) -> str:
    """Return filled-in words without the lines that came out empty."""
    if MAY_VANISH in text:
        text = _VANISHED.sub("", text).replace(MAY_VANISH, "")
    return text


def around_settings(line: int) -> InputError:
    """Return the error for a condition that decides about a setting from outside."""
    return InputError(
        "A condition stands around a setting, or in its name.",
        hint="Put it into the value, behind the colon: "
        'language: {% if country == "Germany" %}de{% else %}en{% endif %}',
        place=Place(line=line),
    )
