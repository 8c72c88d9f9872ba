"""Markdown as people write letters: front matter, a greeting, paragraphs, a closing.

Paragraphs are parted by empty lines and their lines are joined; a backslash or two spaces
at a line's end keep the line break (CommonMark 0.31, section 6.7). HTML comments are for
the writer and left out. Everything else is words: an asterisk is an asterisk.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fairhand.errors import InputError
from fairhand.note.characters import count_words, is_ideographic, run_on
from fairhand.note.language import (
    all_closing_formulas,
    all_closing_openings,
    all_greeting_endings,
    all_greetings,
    all_valedictions,
)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_POSTSCRIPT_START = re.compile(
    r"^(P\.\s?-?\s?S\.|PS\b|P\.\s?D\.|PD\b|P\.\s?P\.\s?S\.|PPS\b|追伸|二伸|又及|附言|추신)"
)
_KISSES = re.compile(r"^[xXoO♥❤ ]+$")
_GREETING_ENDS = (",", ":", "!", "—", "–", "-", "،", "、", "，", "：", "！")
_FULL_STOPS = (".", "?", "。", "？")
_COMMAS = (",", "،", "，", "、")
_SENTENCE_ENDS = (
    ".", "!", "?", "…", ".”", "!”", "?”", '."', '!"', '?"', ")", "»", ":)", "。", "！", "？", "」",
    "）", "♪",
)  # fmt: skip
_ENDS = (".", ",", "。", "，", "！")
_STOPS = (".", "!", "。", "！")
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
        elif len(blocks) > 1:
            # "Love," and "Tom" parted by an empty line.
            name, before = blocks[-1], blocks[-2]
            formula = _starts_with(before.lines[0], all_closing_formulas())
            if _is_name(name.lines) and (
                formula or (len(before.lines) == 1 and is_closing(before.lines[0]))
            ):
                valediction = " ".join(line.strip(" \\") for line in before.lines)
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
    words = count_words(text)
    if not words or words > _MOST_GREETING_WORDS or text.endswith(_FULL_STOPS):
        return False
    known = _starts_with(text, all_greetings()) or text.endswith(all_greeting_endings())
    ends = text.endswith(_GREETING_ENDS)
    if known and (ends or alone):
        return True
    return alone and ends and words <= 5


def is_closing(line: str) -> bool:
    """Tell whether a line may close a letter: short, one clause, such as "With love,"."""
    text = line.strip(" \\")
    words = count_words(text)
    if text.rstrip(".。").casefold() in all_valedictions():
        return True
    if not words or text.endswith((":", ";", *_FULL_STOPS)) or re.search(r"[.!?] |[。！？].", text):
        return False
    if text.endswith(("!", "！", *_COMMAS)):
        return words <= 5 or (words <= _MOST_CLOSING_WORDS and _opens_closing(text))
    return words <= 6 and not any(comma in text for comma in _COMMAS) and _opens_closing(text)


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
    return [part for block in blocks for part in _postscript_apart(block)]


def _postscript_apart(block: Block) -> list[Block]:
    """Divide a block where a postscript stands right under the name."""
    for index in range(1, len(block.lines)):
        short = count_words(block.lines[index - 1]) <= 6
        if short and _POSTSCRIPT_START.match(block.lines[index]):
            above = Block(block.lines[:index], block.line)
            return [above, Block(block.lines[index:], block.line + index)]
    return [block]


def _without_first_line(blocks: list[Block]) -> list[Block]:
    first = blocks[0]
    rest = [Block(first.lines[1:], first.line + 1)] if len(first.lines) > 1 else []
    return rest + blocks[1:]


def _joined(lines: tuple[str, ...]) -> str:
    text = ""
    for line in lines:
        # A line of ideographs goes on in the next without a space (CSS Text 3, 4.1.3).
        if text.endswith(" ") and run_on(text[:-1], line):
            text = text[:-1]
        hard = line.endswith(("\\", "  "))
        text += line.rstrip(" \\") + ("\n" if hard else " ")
    return text.strip()


def _joined_hard(lines: tuple[str, ...]) -> str:
    return "\n".join(line.strip(" \\") for line in lines)


def _closing_start(lines: tuple[str, ...], *, only_block: bool) -> int | None:
    """Return the index of the line at which a block's closing begins, or None."""
    for start, line in enumerate(lines):
        after = lines[start + 1 :]
        if _starts_with(line, all_closing_formulas()) and (_name_lines(after) or not only_block):
            return start
        if start and not lines[start - 1].rstrip(" \\").endswith(_SENTENCE_ENDS):
            continue
        if after and is_closing(line) and _is_name(after):
            return start
        if after:
            continue
        text = line.strip(" \\")
        if _name_after_comma(text):
            return start
        alone = start == 0 and not only_block
        if text.endswith(",") and _opens_closing(text) and (alone or start):
            return start
        if alone and count_words(text) <= 4 and _closes_by_itself(text):
            return start
    return None


def _closes_by_itself(text: str) -> bool:
    return _starts_with(text, all_valedictions()) and is_closing(text)


def _opens_closing(text: str) -> bool:
    return _starts_with(text, all_valedictions()) or _starts_with(text, all_closing_openings())


def _name_after_comma(text: str) -> bool:
    """Tell whether one line holds closing and name: "Love, Tom"."""
    before, comma, name = text.partition(",")
    return bool(
        comma
        and name.strip()
        and len(before.split()) <= 4
        and _opens_closing(before)
        and len(name.split()) <= 4
        and _is_name((name,))
    )


def _split_closing(closing: list[str]) -> tuple[str, str]:
    if _starts_with(closing[0], all_closing_formulas()):
        names = _name_lines(tuple(closing[1:]))
        formula = closing[: len(closing) - len(names)]
        return " ".join(formula), "\n".join(names)
    if len(closing) > 1:
        return closing[0], "\n".join(closing[1:])
    if _name_after_comma(closing[0]):
        before, _, after = closing[0].partition(",")
        return before + ",", after.strip()
    return closing[0], ""


def _name_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines at the end that can be a signature under a sentence."""
    for start in range(max(0, len(lines) - _MOST_SIGNATURE_LINES), len(lines)):
        ended = start == 0 or lines[start - 1].rstrip(" \\").endswith(_ENDS)
        short = all(
            count_words(line) <= 4 and not line.endswith((".", "!", "！")) for line in lines[start:]
        )
        if ended and short and _is_name(lines[start:]):
            return lines[start:]
    return ()


def _is_name(lines: tuple[str, ...]) -> bool:
    """Tell whether lines can be a signature: short, and each beginning as names do."""
    return (
        bool(lines)
        and len(lines) <= _MOST_SIGNATURE_LINES
        and all(
            count_words(line) <= 7
            and not line.strip(" \\").endswith((":", "?", ";", "：", "？", "。", *_COMMAS))
            and (not line.strip(" \\")[:1].islower() or bool(_KISSES.match(line.strip(" \\"))))
            for line in lines
        )
    )


def _starts_with(text: str, openings: frozenset[str]) -> bool:
    folded = text.casefold()
    return any(
        folded.startswith(opening)
        and (
            len(folded) == len(opening)
            or not folded[len(opening)].isalnum()
            or is_ideographic(opening[-1])
        )
        for opening in openings
    )
