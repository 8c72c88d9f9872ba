"""The Unicode Bidirectional Algorithm (UAX 9) for text without formatting characters.

A note holds no embeddings, overrides or isolates (`note.text` takes them out), so a whole
paragraph is one isolating run and rules X1 to X10 have nothing to do. What remains is done
here in full, paired brackets (N0) included: weak types W1 to W7, neutrals N0 to N2, implicit
levels I1 and I2, and reordering L2.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RTL_LANGUAGES = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi")
_RIGHT = ("R", "AL")
_NEUTRAL = ("B", "S", "WS", "ON", "BN")
_MOST_OPEN_BRACKETS = 63
_LEAST_SHARE = 0.2
"""So many letters from right to left make a paragraph of a right-to-left note one of its own."""

# BidiBrackets.txt (Unicode 16) but for mathematical ones that no hand draws.
_PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟨⟩⟪⟫⟦⟧⦅⦆⸢⸣⸤⸥"
    "⸦⸧⸨⸩〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝｟｠｢｣"
)
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}


_OTHER_WAY = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe50-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of the scripts that are written from right to left, and of their figures."""


def may_run_right_to_left(text: str) -> bool:
    """Tell whether a text has any character of a script from right to left (R, AL, AN)."""
    return not text.isascii() and bool(_OTHER_WAY.search(text))


def strong_direction(character: str) -> str:
    """Return "L" or "R" for a letter of a writing direction, "" for everything else."""
    kind = unicodedata.bidirectional(character)
    return "R" if kind in _RIGHT else kind if kind == "L" else ""


def note_reads_right_to_left(text: str, language_tag: str) -> bool:
    """Tell the direction of a whole note: its language's, else that of most of its letters."""
    if language_tag.split("-")[0] in _RTL_LANGUAGES:
        return True
    if not may_run_right_to_left(text):
        return False
    directions = [found for found in map(strong_direction, text) if found]
    right = directions.count("R")
    return 2 * right > len(directions) or (
        2 * right == len(directions) > 0 and directions[0] == "R"
    )


def reads_right_to_left(text: str, *, within: bool) -> bool:
    """Tell a paragraph's base direction; `within` is that of the note that it stands in.

    In a note from left to right the first letter decides (P2, P3). In one from right to
    left a Latin name may come first without turning the paragraph round (HL1): only a
    paragraph that begins in Latin letters and has hardly any others runs the other way.
    """
    if not within and not may_run_right_to_left(text):
        return False
    directions = [found for found in map(strong_direction, text) if found]
    if not directions:
        return within
    if not within or directions[0] == "R":
        return directions[0] == "R"
    return directions.count("R") >= _LEAST_SHARE * len(directions)


def embedding_levels(text: str, *, rtl: bool) -> list[int]:
    """Return each character's level: even runs from left to right, odd from right to left."""
    base = int(rtl)
    classes = [unicodedata.bidirectional(character) or "L" for character in text]
    if not rtl and not any(kind in ("R", "AL", "AN") for kind in classes):
        return [0] * len(text)
    outside = "R" if rtl else "L"
    kinds = _weak(classes, outside)
    _brackets(text, classes, kinds, outside)
    _neutrals(kinds, outside)
    levels = []
    for kind in kinds:
        if base:
            levels.append(1 if kind == "R" else 2)
        else:
            levels.append({"L": 0, "R": 1}.get(kind, 2))
    return levels


def visual_order(levels: Sequence[int]) -> list[int]:
    """Return the indices from left to right for a line's embedding levels (L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order


def _weak(classes: list[str], outside: str) -> list[str]:
    """Resolve weak types (W1 to W7): marks, numbers and what belongs to numbers."""
    kinds: list[str] = []
    before, strong = outside, outside
    for kind in classes:
        if kind == "NSM":
            kind = before
        before = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kind = "AN"
        kinds.append(kind)
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for index in range(1, len(kinds) - 1):
        near, far = kinds[index - 1], kinds[index + 1]
        joins_number = kinds[index] == "CS" or (kinds[index] == "ES" and near == "EN")
        if joins_number and near == far and near in ("EN", "AN"):
            kinds[index] = near
    for start, end in _runs(kinds, ("ET", "BN")):
        if "EN" in (*kinds[max(0, start - 1) : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
    strong = outside
    for index, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[index] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _brackets(text: str, classes: list[str], kinds: list[str], outside: str) -> None:
    """Resolve paired brackets (N0): a pair goes one way, by what it holds and what is before."""
    for opening, closing in _bracket_pairs(text, kinds):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]}
        if outside in inside:
            chosen = outside
        elif inside & {"L", "R"}:
            before = (_direction(kind) for kind in reversed(kinds[:opening]))
            chosen = next(filter(None, before), outside)
        else:
            continue
        for place in (opening, closing):
            kinds[place] = chosen
            # Marks on a bracket go with it.
            after = place + 1
            while after < len(text) and classes[after] == "NSM":
                kinds[after] = chosen
                after += 1


def _bracket_pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Return the places of all bracket pairs, by their opening ones (BD16)."""
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if kinds[index] != "ON":
            continue
        # U+2329 and U+232A are the same brackets as U+3008 and U+3009.
        character = unicodedata.normalize("NFC", character)
        if character in _CLOSING:
            if len(stack) == _MOST_OPEN_BRACKETS:
                return []
            stack.append((character, index))
        elif character in _OPENING:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _OPENING[character]:
                    insort(pairs, (stack[depth][1], index))
                    del stack[depth:]
                    break
    return pairs


def _neutrals(kinds: list[str], outside: str) -> None:
    """Resolve neutrals (N1, N2): between two of one direction they follow it."""
    for start, end in _runs(kinds, _NEUTRAL):
        before = _direction(kinds[start - 1]) if start else outside
        after = _direction(kinds[end]) if end < len(kinds) else outside
        kinds[start:end] = [before if before == after else outside] * (end - start)


def _direction(kind: str) -> str:
    """Return the direction that a resolved type has for its neighbours; numbers count as R."""
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _runs(kinds: list[str], wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each longest run of types that are wanted."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] in wanted:
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)
