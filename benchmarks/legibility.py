"""Whether the variation costs legibility: tesseract reads the same note typed and written.

Every unjoined hand writes a note at neatness 0, exactly as its font sets it, and at
neatness 1, as people vary. The share of wrong characters (Levenshtein distance over length) may
rise by at most two percentage points, the median over some seeds.

    python -m benchmarks.legibility
    python -m benchmarks.legibility --hand mynerve --seeds 9
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.likeness.ours import NOTE, joined, latin_hands, panel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

GOAL_MORE: Final = 0.02
READS_AT_ALL: Final = 0.25
"""A hand of whose exact type a quarter is misread says nothing of the variation."""

_PLAIN = str.maketrans("‘’“”–—\u00ad", "''\"\"---")


@dataclass(frozen=True, slots=True)
class Reading:
    """The share of characters that tesseract misread of one hand's pages."""

    hand: str
    typed: float
    written: tuple[float, ...]

    @property
    def more(self) -> float:
        """How much more of the written page is misread, the median over its seeds."""
        return statistics.median(self.written) - self.typed


def reading(hand: str, seeds: Iterable[int], tesseract: str, note: Path = NOTE) -> Reading:
    """Let tesseract read a note in one hand, typed and in each of the seeds."""
    pages = [panel(hand, 1, 0.0, note), *(panel(hand, seed, 1.0, note) for seed in seeds)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        read = list(pool.map(lambda page: read_by(tesseract, page.picture), pages))
    wrong = [misread(page.text, text) for page, text in zip(pages, read, strict=True)]
    return Reading(hand, wrong[0], tuple(wrong[1:]))


def read_by(tesseract: str, picture: Image.Image) -> str:
    """Return what tesseract reads in a picture, taken for one block of English text."""
    png = io.BytesIO()
    picture.save(png, "PNG", dpi=(300, 300))
    done = subprocess.run(
        [tesseract, "-", "-", "--psm", "6", "-l", "eng"],
        input=png.getvalue(), capture_output=True, check=True, timeout=120,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def misread(written: str, read: str) -> float:
    """Return the share of characters misread: edits from one text to the other, over length."""
    a, b = (re.sub(r"\s+", " ", text.translate(_PLAIN)).strip() for text in (written, read))
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (letter != other))
    return row[-1] / max(1, len(a))


def unjoined_hands(note: Path = NOTE) -> list[str]:
    """Return the hands whose letters stand apart: no reader of print reads joined ones."""
    return [hand for hand in latin_hands(note) if joined(hand) == "no"]


def main() -> int:
    """Read, print, and return 1 when a hand that can be read loses more than the goal."""
    parser = argparse.ArgumentParser(description="Whether the variation costs legibility.")
    parser.add_argument("--hand", action="append", help="a hand (all unjoined ones)")
    parser.add_argument("--seeds", type=int, default=5, help="written pages of each hand (5)")
    parser.add_argument("--note", type=Path, default=NOTE, help="the note to write")
    options = parser.parse_args()
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        print('The program "tesseract" is not installed.', file=sys.stderr)
        return 2
    print(f"Characters misread by tesseract, {options.seeds} written pages a hand")
    print(f"{'':26}   typed  written     (of its pages)      more")
    missed = 0
    for hand in options.hand or unjoined_hands(options.note):
        found = reading(hand, range(1, options.seeds + 1), tesseract, options.note)
        verdict = ""
        if found.typed > READS_AT_ALL:
            verdict = "not readable even as type"
        elif found.more > GOAL_MORE:
            verdict = "MISSED"
            missed += 1
        low, high = min(found.written), max(found.written)
        print(
            f"{hand:26} {found.typed:7.1%} {statistics.median(found.written):8.1%}"
            f"   ({low:6.1%} to {high:6.1%}) {100 * found.more:+8.1f}  {verdict}"
        )
    print(f"goal: at most {100 * GOAL_MORE:.0f} percentage points more written than typed")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
