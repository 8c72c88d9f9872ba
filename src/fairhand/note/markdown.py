"""The file around a letter: front matter above it, and comments for the writer."""

from __future__ import annotations

import re

from fairhand.errors import InputError

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NO_BREAK = re.compile(r"[^\n]")
_COMMENT_START, _COMMENT_END = "<!--", "-->"


def without_comments(text: str) -> str:
    """Return the text with comments blanked out; every line keeps its number."""
    kept: list[str] = []
    here = 0
    while (start := text.find(_COMMENT_START, here)) >= 0:
        end = text.find(_COMMENT_END, start + len(_COMMENT_START))
        if end < 0:
            break
        end += len(_COMMENT_END)
        kept += [text[here:start], _NO_BREAK.sub("", text[start:end])]
        here = end
    return "".join([*kept, text[here:]])


def comments_in(text: str) -> list[str]:
    """Return what stands in the comments of a text, without their marks."""
    found: list[str] = []
    here = 0
    while (start := text.find(_COMMENT_START, here)) >= 0:
        start += len(_COMMENT_START)
        end = text.find(_COMMENT_END, start)
        if end < 0:
            break
        found.append(text[start:end].strip())
        here = end + len(_COMMENT_END)
    return [comment for comment in found if comment]


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
