"""Occasions: starter notes with blanks, one Markdown file each in `layouts/occasions/`.

`after-rejection.md` is English, `after-rejection.de.md` German. A file opens with a comment
for the writer whose first line says what the occasion is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairhand.catalog import layouts_folder, read_toml
from fairhand.errors import InputError, did_you_mean
from fairhand.note.blanks import BlankField, blank_fields, fill, keys
from fairhand.note.text import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A starter note: its name, its language tag, one line that says what it is, its text."""

    name: str
    language: str
    summary: str
    text: str

    @property
    def title(self) -> str:
        """What the occasion is called: the first words of its summary."""
        return self.summary.partition(":")[0].strip()

    @property
    def meaning(self) -> str:
        """What a note for it says: the summary without the title."""
        words = self.summary.partition(":")[2].strip() or self.summary
        return words[:1].upper() + words[1:]

    @property
    def advice(self) -> tuple[str, ...]:
        """What makes a note for it good, sentence by sentence."""
        comment = _COMMENT.match(self.text)
        below = comment[1].partition("\n\n")[2].split("\n") if comment else []
        return tuple(line.strip() for line in below[1:] if line.strip())

    @property
    def blank_fields(self) -> tuple[BlankField, ...]:
        """What is to be filled in, each once, in order."""
        return blank_fields(self._letter)

    @property
    def blanks(self) -> list[str]:
        """The keys that `--set` can fill, in order."""
        return keys(self._letter)

    @property
    def _letter(self) -> str:
        return _COMMENT.sub("", self.text, count=1)

    def given(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return tidy words for blanks.

        InputError names a key that this occasion does not have, or whose words are not one line.
        """
        given = {key: tidy(words) for key, words in values.items()}
        for key, words in given.items():
            if " ".join(key.lower().split()) not in self.blanks:
                raise InputError(
                    f'The occasion "{self.name}" has no blank "{key}".',
                    hint=did_you_mean(key, self.blanks),
                )
            if "\n" in words:
                raise InputError(
                    f'What "{key}" is filled with must be one line.',
                    hint="Lines of an address go into the note itself.",
                )
        return given

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the starter with the blanks filled whose keys are given.

        InputError as for `given`.
        """
        comment = _COMMENT.match(self.text)
        start = comment.end() if comment else 0
        return self.text[:start] + fill(self.text[start:], self.given(values))


def occasions() -> list[Occasion]:
    """Return all occasions in all their languages, by name."""
    found = []
    for path in sorted((layouts_folder() / "occasions").glob("*.md")):
        name, _, tag = path.stem.partition(".")
        text = path.read_text(encoding="utf-8")
        comment = _COMMENT.search(text)
        summary = comment[1].split("\n", 1)[0] if comment else ""
        found.append(Occasion(name, tag or "en", summary, text))
    return found


def groups() -> dict[str, str]:
    """Return the heading under which each occasion is shown, in the order in which they are.

    Those that no heading names come last, under "further".
    """
    table = read_toml(layouts_folder() / "occasions.toml")
    found = {name: group for group, names in table.items() for name in names}
    return found | {entry.name: "further" for entry in occasions() if entry.name not in found}


def occasion(name: str, language_tag: str = "en") -> Occasion:
    """Return one occasion in a language; InputError names the languages that it has."""
    everything = occasions()
    same_name = [entry for entry in everything if entry.name == name]
    if not same_name:
        raise InputError(
            f'There is no occasion named "{name}".',
            hint=did_you_mean(name, {entry.name for entry in everything})
            or "All of them: fairhand occasions.",
        )
    wanted = language_tag.split("-")[0].lower()
    for entry in same_name:
        if entry.language == wanted:
            return entry
    tags = ", ".join(entry.language for entry in same_name)
    raise InputError(
        f'The occasion "{name}" is not written in "{language_tag}" yet.',
        hint=f"It is there in: {tags}.",
    )
