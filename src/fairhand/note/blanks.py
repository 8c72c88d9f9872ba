"""Blanks: what a starter note leaves for the sender to fill in, and what people type for it.

Found are "[one thing you admire]", "{{ name }}", "{% if gift %}", "<name>", "<your company>",
"____", "TODO", "TBD", "FIXME", and "xx", "xxx" or "XXX" as a word of its own. Words are: "xx" at
the end of a closing or a name (kisses), "siglo XXX" (a number), "<little one>" and "a<b>c".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fairhand.errors import InputError, Place
from fairhand.note.language import all_blank_words, all_for_example, all_numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK = re.compile(
    r"""
      \[ [^\[\]\n]* (?:\n[^\[\]\n]+)* \]      # [name], [admire: one concrete thing]
    | \{\{ [^{}\n]* \}\}                      # {{ name }}
    | \{% [^{}\n]* %\}                        # {% if gift %}
    | (?<! [\w<] ) <{1,2} (?P<words> [^\W\d_][\w' -]* ) >{1,2} (?!\w)   # <name>
    | _{3,}                                   # ____
    | \b (?:TODO|TBD|FIXME) \b
    | (?<!\w) (?: (?P<kisses> x{2,5} ) | (?P<number> XXX ) | X{4,5} ) (?!\w)
    """,
    re.VERBOSE,
)
_SIGNS = ("[", "{{", "{%", "<", "___", "TODO", "TBD", "FIXME", "xx", "XXX")
"""One of these is in every text that `BLANK` finds something in."""

_KEYED = re.compile(r"\[([^\[\]:]+?)(?::([^\[\]]*))?\]")
_SENTENCE_END = re.compile(r"[.!?…,]\s")
_LINE_END = re.compile(r"[ .!]*(?:\n|$)")
_LONGEST_WORD = 40
_MOST_WORDS_BEFORE_KISSES = 4
_MOST_NAMED = 20


class BlanksLeftError(InputError):
    """Blanks are still to be filled in."""


class Blank(NamedTuple):
    """One blank: its words as they stand, and its line, from 1; 0 where there is no file."""

    text: str
    line: int


class BlankField(NamedTuple):
    """What a starter note asks for: its key, what it asks for in words, and an example if any.

    "[gift: the present, named exactly, such as a pot]" asks for "The present, named exactly", and
    a blank without such words for its key.
    """

    key: str
    title: str
    example: str


def find_blanks(text: str, *, kisses: bool = False) -> list[Blank]:
    """Return the blanks of a text, in order; `kisses` says that its lines may end in them."""
    blanks: list[Blank] = []
    if not may_have_blanks(text):
        return blanks
    line, counted = 1, 0
    for match in BLANK.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if not _is_words(text, match, kisses=kisses):
            blanks.append(Blank(" ".join(match[0].split()), line))
    return blanks


def may_have_blanks(text: str) -> bool:
    """Tell whether a text has any of the signs of blanks; most texts of a merge have not.

    It takes a hundredth of the time of the pattern.
    """
    for sign in _SIGNS:  # noqa: SIM110 - a generator takes three times as long
        if sign in text:
            return True
    return False


def _is_words(text: str, match: re.Match[str], *, kisses: bool) -> bool:
    """Tell whether what looks like a blank is meant to be written."""
    if match["words"]:
        words = match["words"].casefold().split()
        return len(words) > 1 and not all_blank_words() & set(words)
    if match["number"]:
        return bool(all_numbered() & _neighbours(text, match))
    return bool(match["kisses"]) and kisses and _ends_its_line(text, match)


def _neighbours(text: str, match: re.Match[str]) -> set[str]:
    before = text[max(0, match.start() - _LONGEST_WORD) : match.start()].split()[-1:]
    after = text[match.end() : match.end() + _LONGEST_WORD].split()[:1]
    return {word.strip(".,;:!?()«»“”\"'").casefold() for word in (*before, *after)}


def _ends_its_line(text: str, match: re.Match[str]) -> bool:
    if not _LINE_END.match(text, match.end()):
        return False
    sentence = _SENTENCE_END.split(text[text.rfind("\n", 0, match.start()) + 1 : match.start()])[-1]
    return len(sentence.split()) <= _MOST_WORDS_BEFORE_KISSES


def refuse_blanks(blanks: list[Blank], file: str) -> None:
    """Raise one BlanksLeftError that names the blanks with their lines, if there are any."""
    if not blanks:
        return
    named = "; ".join(
        f"{blank.text} (line {blank.line})" if blank.line else blank.text
        for blank in blanks[:_MOST_NAMED]
    )
    more = len(blanks) - _MOST_NAMED
    count = "1 blank is" if len(blanks) == 1 else f"{len(blanks)} blanks are"
    hint = "Write your own words in place of each, then run the command again."
    if any(blank.text.startswith(("{{", "{%")) for blank in blanks):
        hint = f"{for_a_merge(file)} Or write your own words in place of each."
    raise BlanksLeftError(
        f"{count} still to be filled in: {named}{f' and {more} more' if more > 0 else ''}.",
        hint=hint,
        place=Place(file, blanks[0].line),
    )


def for_a_merge(file: str) -> str:
    """Return what to do with a note whose words are filled in from a table."""
    name = f'"{file}"' if " " in file else file
    return f"This note is for a merge: fairhand merge {name} people.csv."


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with each "[key]" or "[key: hint]" whose key has a value replaced."""
    folded = {key.strip().lower(): value for key, value in values.items()}

    def replacement(match: re.Match[str]) -> str:
        return folded.get(" ".join(match[1].lower().split()), match[0])

    return _KEYED.sub(replacement, text)


def blank_fields(text: str) -> tuple[BlankField, ...]:
    """Return the "[key: hint]" blanks of a text, each key once, in order."""
    hints: dict[str, tuple[str, str]] = {}
    for match in _KEYED.finditer(text):
        name, hint = (" ".join((words or "").split()) for words in match.groups())
        key = key_of(match[0])
        if key not in hints or (hint and not hints[key][1]):
            hints[key] = name, hint
    return tuple(_asked(key, *words) for key, words in hints.items())


def _asked(key: str, name: str, hint: str) -> BlankField:
    begins = "|".join(map(re.escape, sorted(all_for_example())))
    what, *example = re.split(rf",\s+(?=(?:{begins})\s)", hint, maxsplit=1, flags=re.IGNORECASE)
    title = what or name
    return BlankField(key, title[:1].upper() + title[1:], "".join(example))


def keys(text: str) -> list[str]:
    """Return the keys of the "[key: hint]" blanks of a text, each once, in order."""
    return [blank.key for blank in blank_fields(text)]


def key_of(blank: str) -> str:
    """Return the key of a blank "[key]" or "[key: hint]"; "" for blanks of other kinds."""
    match = _KEYED.fullmatch(blank)
    return " ".join(match[1].lower().split()) if match else ""
