"""A letter as people type it, in its parts: greeting, paragraphs, closing, name, postscript.

Paragraphs are parted by empty lines and their lines are joined; a backslash or two spaces
at a line's end keep the line break (CommonMark 0.31, section 6.7). Everything else is words:
an asterisk is an asterisk.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fairhand.note.characters import count_words, run_on
from fairhand.note.closing import Closing, find_closing, is_kisses
from fairhand.note.language import all_greeting_endings, all_greetings, starts_with

_POSTSCRIPT_START = re.compile(
    r"^(P\.\s?-?\s?S\.|PS\b|P\.\s?D\.|PD\b|P\.\s?P\.\s?S\.|PPS\b|追伸|二伸|又及|附言|추신)",
    re.IGNORECASE,
)
_GREETING_ENDS = (",", ":", "!", "—", "–", "-", "،", "、", "，", "：", "！")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_FULL_STOPS = (".", "?", "。", "？")
_MOST_GREETING_WORDS = 9
_MOST_WORDS_OVER_POSTSCRIPT = 6


class Block(NamedTuple):
    """A run of lines between empty ones; `line` is its first line in the file, from 1."""

    lines: tuple[str, ...]
    line: int

    @property
    def plain(self) -> tuple[str, ...]:
        """The lines without the marks of hard line breaks."""
        return tuple(line.strip(" \\") for line in self.lines)

    @property
    def joined(self) -> str:
        """The lines as one paragraph, broken where a mark says so."""
        text = ""
        for line in self.lines:
            # A line of ideographs goes on in the next without a space (CSS Text 3, 4.1.3).
            if text.endswith(" ") and run_on(text[:-1], line):
                text = text[:-1]
            hard = line.endswith(("\\", "  "))
            text += line.rstrip(" \\") + ("\n" if hard else " ")
        return text.strip()


class Parts(NamedTuple):
    """What a letter's text divides into; `lines` gives each field's line in the file."""

    salutation: str
    paragraphs: list[str]
    valediction: str
    signature: str
    postscript: str
    lines: dict[str, int]


def split_letter(body: str, lines_before: int) -> Parts:
    """Divide a letter's text into greeting, paragraphs, closing, signature and postscript."""
    # Most letters of a merge differ above their first empty line only.
    begins = len(body) - len(body.lstrip("\n"))
    at = body.find("\n\n", begins)
    above, below = (body[:at], body[at:]) if at >= 0 else (body, "")
    blocks = _blocks(above, lines_before)
    if not blocks:
        above, below = body, ""
        blocks = _blocks(above, lines_before)
    lines: dict[str, int] = {}
    salutation = ""
    if blocks and is_greeting(blocks[0].lines[0], alone=len(blocks[0].lines) == 1):
        salutation = blocks[0].plain[0]
        lines["salutation"] = blocks[0].line
        blocks = _without_first_line(blocks)
    rest = _below_greeting(tuple(blocks), below, lines_before + above.count("\n"))
    return rest._replace(
        salutation=salutation, paragraphs=[*rest.paragraphs], lines={**lines, **rest.lines}
    )


@lru_cache(maxsize=64)
def _below_greeting(above: tuple[Block, ...], text: str, lines_before: int) -> Parts:
    """Divide what stands below a greeting: some blocks, and a text."""
    lines: dict[str, int] = {}
    blocks, closing, postscript = _divided([*above, *_blocks(text, lines_before)], lines)
    for index, block in enumerate(blocks):
        lines[f"paragraphs {index + 1}"] = block.line
    if postscript:
        lines["postscript"] = postscript[0].line
    return Parts(
        "",
        [block.joined for block in blocks],
        closing.valediction if closing else "",
        closing.signature if closing else "",
        "\n".join(block.joined for block in postscript),
        lines,
    )


@lru_cache(maxsize=1024)
def is_greeting(line: str, *, alone: bool = True) -> bool:
    """Tell whether a first line greets: short, and ending or beginning as greetings do.

    A blank is one word of it, however long what it asks for: "[greeting: Dear or Hello] [Name],".
    """
    text = _BRACKETED.sub("[]", line).strip(" \\")
    words = count_words(text)
    if not words or words > _MOST_GREETING_WORDS or text.endswith(_FULL_STOPS):
        return False
    known = starts_with(text, all_greetings()) or text.endswith(all_greeting_endings())
    ends = text.endswith(_GREETING_ENDS)
    if known and (ends or alone):
        return True
    return alone and ends and words <= 5


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


@lru_cache(maxsize=1024)
def _postscript_apart(block: Block) -> tuple[Block, ...]:
    """Divide a block where a postscript stands right under the name."""
    for index in range(1, len(block.lines)):
        short = count_words(block.lines[index - 1]) <= _MOST_WORDS_OVER_POSTSCRIPT
        if short and _POSTSCRIPT_START.match(block.lines[index]):
            above = Block(block.lines[:index], block.line)
            return above, Block(block.lines[index:], block.line + index)
    return (block,)


def _without_first_line(blocks: list[Block]) -> list[Block]:
    first = blocks[0]
    rest = [Block(first.lines[1:], first.line + 1)] if len(first.lines) > 1 else []
    return rest + blocks[1:]


def _divided(
    blocks: list[Block], lines: dict[str, int]
) -> tuple[list[Block], Closing | None, list[Block]]:
    """Return the body, the closing, and the postscript, which is all that comes after a closing.

    Under a letter without a closing it is all from its first "P.S." on.
    """
    starts = [n for n, block in enumerate(blocks) if _POSTSCRIPT_START.match(block.lines[0])]
    for end in [*starts, len(blocks)]:
        body, closing = _without_closing(blocks[:end], lines)
        if closing:
            return body, closing, blocks[end:]
    end = starts[0] if starts else len(blocks)
    return blocks[:end], None, blocks[end:]


def _without_closing(
    blocks: list[Block], lines: dict[str, int]
) -> tuple[list[Block], Closing | None]:
    """Return the blocks above the closing, and the closing with its name and kisses."""
    kisses: list[str] = []
    while len(blocks) > 1 and len(blocks[-1].lines) == 1 and is_kisses(blocks[-1].plain[0]):
        kisses.insert(0, blocks[-1].plain[0])
        blocks = blocks[:-1]
    if not blocks:
        return blocks, None
    *above, last = blocks
    closing = find_closing(last.plain, below=bool(above))
    if closing is None and above:
        # The name stands apart from the closing.
        *above, before = above
        closing = find_closing(
            before.plain + last.plain, below=bool(above), apart=len(before.lines)
        )
        numbers = [before.line + n for n in range(len(before.lines))] + [
            last.line + n for n in range(len(last.lines))
        ]
        last = Block(before.lines + last.lines, before.line)
    else:
        numbers = [last.line + n for n in range(len(last.lines))]
    if closing is None:
        return blocks, None
    lines["valediction"] = numbers[closing.start]
    lines["signature"] = numbers[min(closing.name_start, len(numbers) - 1)]
    if closing.start:
        above.append(Block(last.lines[: closing.start], last.line))
    signature = "\n".join(part for part in (closing.signature, *kisses) if part)
    return above, closing._replace(signature=signature)
