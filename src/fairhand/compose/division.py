"""Where a word may be cut: at its own hyphens, in web and mail addresses, and at the last resort.

A word that fits on a line is never cut but after a hyphen of its own. One that fits on no line
is hyphenated by its language's patterns (pyphen) where it has them, else cut between letters
as readers see them (grapheme clusters, UAX 29). A hyphen is printed between two letters of a
word, and never in an address, where it would be taken for a part of it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from fairhand.note.characters import is_counted, is_east_asian, is_hangul

if TYPE_CHECKING:
    from fairhand.compose.shape import Shaper, Unit

SOFT_HYPHEN = "\u00ad"
"""A hyphen of ours at a line's end; drawn as "-", read as a soft hyphen when copied."""

_ONE_PIECE = re.compile(r"^[^\W\d_]+[.,;:!?]?$")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_ADDRESS = re.compile(
    r"""^[\W_]*(
        [a-z][a-z0-9+.-]*://\S+              # https://example.org/a
        | www\.\S+
        | [\w.+-]+@[\w-]+(\.[\w-]+)+        # ann@example.org
        | [\w-]+(\.[\w-]+)*\.[a-z]{2,}/\S*   # example.org/a
        | [\w-]+(\.[\w-]+)*\.(com|org|net|edu|gov|info|io|eu|uk|de|at|ch|fr|it|es|nl|jp|kr|cn)
    )[\W_]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS_PIECE = re.compile(r"[^/.@?&=#_-]*[/.@?&=#_-]+|[^/.@?&=#_-]+")
_LEAST_OF_ADDRESS = 5


def is_address(word: str) -> bool:
    """Tell whether a word is a web or mail address."""
    if "." not in word and "/" not in word:
        return False
    return bool(_ADDRESS.match(word)) and not any(map(is_east_asian, word))


def pieces(word: str) -> list[str]:
    """Divide a word where a line may end inside it though it would fit on the next.

    That is after a hyphen or a slash and between ideographs (UAX 14), and in an address after
    its own marks.
    """
    if word.isascii() and (len(word) < 4 or word.isalnum()):
        return [word]
    if _ONE_PIECE.match(word) and ord(max(word)) < 0x0E00:
        return [word]
    if is_address(word):
        return _joined(_ADDRESS_PIECE.findall(word), _LEAST_OF_ADDRESS, _LEAST_OF_ADDRESS)
    from uniseg.linebreak import line_break_units

    found = [str(piece) for piece in line_break_units(word)]
    # A number keeps its sign, a hyphen its first two letters: "e-mail" is not "e-" and "mail".
    return _kept_whole(found) if any(map(is_east_asian, word)) else _joined(found, 3, 2)


def _kept_whole(found: list[str]) -> list[str]:
    """Join pieces of Japanese, Korean or Chinese that belong together though UAX 14 parts them.

    Korean words are parted by spaces only, and a figure stays with what it counts.
    """
    joined: list[str] = []
    for piece in found:
        if joined:
            here, after = joined[-1][-1], piece[0]
            foreign = not (is_east_asian(here) or is_east_asian(after))
            short = foreign and (len(joined[-1]) < 3 or len(piece) < 2)
            if short or is_hangul(here) or is_hangul(after) or is_counted(here, after):
                joined[-1] += piece
                continue
        joined.append(piece)
    return joined


def _joined(found: list[str], least_before: int, least_after: int) -> list[str]:
    """Return the pieces with those that are too short for themselves joined to the one before."""
    joined: list[str] = []
    for piece in found:
        short = joined and (len(joined[-1]) < least_before or len(piece) < least_after)
        if short and ord(max(piece)) < 0x2E80:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def parts_that_fit(unit: Unit, measure: float, shaper: Shaper) -> list[str]:
    """Cut a unit that is wider than the measure (em) into parts that are not."""
    from uniseg.graphemecluster import grapheme_cluster_boundaries

    text = unit.shaped.text
    rtl = unit.level % 2 == 1
    cuts = [int(place) for place in grapheme_cluster_boundaries(text)][1:]
    wished = set() if unit.address else _hyphenation_points(text, shaper.language.tag)

    def part(start: int, end: int) -> str:
        hyphen = not rtl and not unit.address and _between_letters(text, end)
        return text[start:end] + (SOFT_HYPHEN if hyphen else "")

    parts: list[str] = []
    start, first = 0, 0
    while start < len(text):
        # How many clusters fit, by doubling and halving steps; one at least.
        low, step = first, 8
        while low < len(cuts) - 1:
            tried = min(low + step, len(cuts) - 1)
            if shaper.word(part(start, cuts[tried]), rtl=rtl).width_em <= measure:
                low, step = tried, step * 2
            elif step > 1:
                step //= 2
            else:
                break
        if cuts[low] < len(text):
            low = max((n for n in range(first, low + 1) if cuts[n] in wished), default=low)
        parts.append(part(start, cuts[low]))
        start, first = cuts[low], low + 1
    return parts


def _hyphenation_points(text: str, language_tag: str) -> set[int]:
    """Return where the language's patterns divide the words in a text, whatever is about them."""
    import pyphen

    # Pyphen's "en" is British; a note's is American, as its card sizes and dates are.
    wished = "en_US" if language_tag == "en" else language_tag.replace("-", "_")
    tag = pyphen.language_fallback(wished)
    if not tag:
        return set()
    patterns = pyphen.Pyphen(lang=tag)
    return {
        word.start() + int(point)
        for word in _LETTERS.finditer(text)
        for point in patterns.positions(word[0])
    }


def _between_letters(text: str, place: int) -> bool:
    around = text[place - 1 : place + 1]
    return (
        len(around) == 2
        and not any(map(is_east_asian, around))
        and all(unicodedata.category(c)[0] in "LM" for c in around)
    )
