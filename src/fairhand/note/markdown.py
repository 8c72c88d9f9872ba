"""Markdown as people write letters: front matter, a greeting, paragraphs, a closing.

Paragraphs are parted by empty lines and their lines are joined; a backslash or two spaces
at a line's end keep the line break (CommonMark 0.31, section 6.7). HTML comments are for
the writer and left out. Everything else is words: an asterisk is an asterisk.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fairhand.errors import InputError
from fairhand.note.language import all_greetings, all_valedictions

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_POSTSCRIPT_START = re.compile(r"^(P\.\s?S\.|PS\b|P\.\s?D\.|PD\b|P\.\s?P\.\s?S\.)")
_GREETING_ENDS = (",", ":", "!", "—", "–", "-", "،", "、", "，")
_MOST_GREETING_WORDS = 9
_MOST_CLOSING_WORDS = 9
_MOST_SIGNATURE_LINES = 3


class Block(NamedTuple):
    """A run of lines between empty ones; `line` is its first line in the file, from 1."""

    lines: tuple[str, ...]
    line: int


class Parts(NamedTuple):
    """What a letter's text divides into; `lines` gives each field's line in the file."""

    salutation: str
    paragraphs: list[str]
    valediction: str
    signature: str
    postscript: str
    lines: dict[str, int]


def without_comments(text: str) -> str:
    """Return the text with comments blanked out; every line keeps its number."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", "", match[0]), text)


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Return the front matter, the body, and the number of lines before the body.

    Front matter stands between two lines of three hyphens, the first of them the first
    line that is not empty. InputError when the second is missing.
    """
    fences = list(_FENCE.finditer(text))
    if not fences or text[: fences[0].start()].strip():
        return "", text, 0
    if len(fences) < 2:
        raise InputError(
            'The front matter has no end: its closing line "---" is missing.',
            hint='Put a line of three hyphens between the settings and "Dear ...".',
        )
    # Empty lines in front keep the line numbers of errors right.
    lead = "\n" * text.count("\n", 0, fences[0].end())
    body_start = fences[1].end()
    before = text.count("\n", 0, body_start)
    return lead + text[fences[0].end() : fences[1].start()], text[body_start:], before


def split_letter(body: str, lines_before: int) -> Parts:
    """Divide a letter's text into greeting, paragraphs, closing, signature and postscript."""
    blocks = _blocks(body, lines_before)
    lines: dict[str, int] = {}
    salutation = ""
    if blocks and is_greeting(blocks[0].lines[0], alone=len(blocks[0].lines) == 1):
        salutation = blocks[0].lines[0].strip(" \\")
        lines["salutation"] = blocks[0].line
        blocks = _without_first_line(blocks)
    postscripts: list[str] = []
    while blocks and _POSTSCRIPT_START.match(blocks[-1].lines[0].strip()):
        postscripts.insert(0, _joined(blocks[-1].lines))
        lines["postscript"] = blocks.pop().line
    valediction, signature = "", ""
    if blocks:
        start = _closing_start(blocks[-1].lines, only_block=len(blocks) == 1)
        if start is not None:
            last = blocks.pop()
            closing = [line.strip(" \\") for line in last.lines[start:]]
            valediction, signature = _split_closing(closing)
            lines["valediction"] = last.line + start
            lines["signature"] = last.line + start + (1 if len(closing) > 1 else 0)
            if start:
                blocks.append(Block(last.lines[:start], last.line))
        elif len(blocks) > 1 and not signature:
            # "Love," and "Tom" parted by an empty line.
            name, before = blocks[-1], blocks[-2]
            if _is_name(name.lines) and len(before.lines) == 1 and is_closing(before.lines[0]):
                valediction = before.lines[0].strip(" \\")
                signature = _joined_hard(name.lines)
                lines["valediction"], lines["signature"] = before.line, name.line
                blocks = blocks[:-2]
    for index, block in enumerate(blocks):
        lines[f"paragraphs {index + 1}"] = block.line
    paragraphs = [_joined(block.lines) for block in blocks]
    return Parts(salutation, paragraphs, valediction, signature, "\n".join(postscripts), lines)


def is_greeting(line: str, *, alone: bool = True) -> bool:
    """Tell whether a first line greets: short, and ending or beginning as greetings do."""
    text = line.strip(" \\")
    words = text.split()
    if not words or len(words) > _MOST_GREETING_WORDS or text.endswith((".", "?")):
        return False
    known = _starts_with(text, all_greetings())
    ends = text.endswith(_GREETING_ENDS)
    if known and (ends or alone):
        return True
    return alone and ends and len(words) <= 5


def is_closing(line: str) -> bool:
    """Tell whether a line closes a letter: short, without a full stop inside, "Love," or alike."""
    text = line.strip(" \\")
    words = text.split()
    if not words or len(words) > _MOST_CLOSING_WORDS or text.endswith(("?", ":", ".")):
        return False
    return _starts_with(text, all_valedictions()) or (text.endswith(",") and len(words) <= 5)


def _blocks(body: str, lines_before: int) -> list[Block]:
    blocks: list[Block] = []
    current: list[str] = []
    first = 0
    for number, line in enumerate([*body.split("\n"), ""], start=lines_before + 1):
        if line.strip():
            if not current:
                first = number
            current.append(line.lstrip())
        elif current:
            blocks.append(Block(tuple(current), first))
            current = []
    return blocks


def _without_first_line(blocks: list[Block]) -> list[Block]:
    first = blocks[0]
    rest = [Block(first.lines[1:], first.line + 1)] if len(first.lines) > 1 else []
    return rest + blocks[1:]


def _joined(lines: tuple[str, ...]) -> str:
    text = ""
    for line in lines:
        hard = line.endswith(("\\", "  "))
        text += line.rstrip(" \\") + ("\n" if hard else " ")
    return text.strip()


def _joined_hard(lines: tuple[str, ...]) -> str:
    return "\n".join(line.strip(" \\") for line in lines)


def _closing_start(lines: tuple[str, ...], *, only_block: bool) -> int | None:
    """Return the index of the line at which a block's closing begins, or None."""
    for start in range(len(lines)):
        after = len(lines) - start - 1
        if after > _MOST_SIGNATURE_LINES or not is_closing(lines[start]):
            continue
        if not _is_name(lines[start + 1 :]):
            continue
        text = lines[start].strip(" \\")
        if after or _starts_with(text, all_valedictions()):
            # A lone short line is a closing only when it reads like one, or signs "Love, Tom".
            if start == 0 and not after and only_block and not text.endswith(","):
                return None
            return start
    return None


def _split_closing(closing: list[str]) -> tuple[str, str]:
    if len(closing) > 1:
        return closing[0], "\n".join(closing[1:])
    before, comma, after = closing[0].partition(",")
    if comma and after.strip() and len(after.split()) <= 4:
        return before + ",", after.strip()
    return closing[0], ""


def _is_name(lines: tuple[str, ...]) -> bool:
    return len(lines) <= _MOST_SIGNATURE_LINES and all(
        len(line.split()) <= 6 and not line.strip(" \\").endswith((",", ":", "?", ";"))
        for line in lines
    )


def _starts_with(text: str, openings: frozenset[str]) -> bool:
    folded = text.casefold()
    return any(
        folded.startswith(opening)
        and (len(folded) == len(opening) or not folded[len(opening)].isalnum())
        for opening in openings
    )
