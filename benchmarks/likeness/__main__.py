"""Measure pages and print them beside people's.

    python -m benchmarks.likeness                       every bundled Latin hand
    python -m benchmarks.likeness --hand caveat --seeds 20 --note FILE
    python -m benchmarks.likeness --page SCAN.png --dpi 300
    python -m benchmarks.likeness --picture OUT.png --labels

Exit code 1 when a hand lies outside the human band, 2 when nothing can be measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from benchmarks.likeness import eye, table
from benchmarks.likeness.ink import UnreadableError
from benchmarks.likeness.letters import LetterStatistics, letter_statistics
from benchmarks.likeness.ours import NOTE, latin_hands, letters_of, panel
from benchmarks.likeness.page import STATISTICS, PageStatistics, measure
from fairhand.errors import FairhandError

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTER_PAGES = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _options(arguments)
    try:
        if options.page:
            return _one_page(options.page, options.dpi)
        if options.picture:
            hands = tuple(options.hand or eye.HANDS)
            made = eye.picture(
                hands, options.note, seed=1, neatness=options.neatness, labelled=options.labels
            )
            made.save(options.picture)
            return 0
        return _hands(options)
    except FairhandError as error:
        print(error.message, error.hint or "", file=sys.stderr)
    except (UnreadableError, OSError) as error:
        print(error, file=sys.stderr)
    return 2


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.likeness", description="How near pages come to people's."
    )
    parser.add_argument("--hand", action="append", help="a hand (all that have the letters)")
    parser.add_argument("--seeds", type=int, default=10, help="pages of each hand (10)")
    parser.add_argument("--note", type=Path, default=NOTE, help="the note to write")
    parser.add_argument("--neatness", type=float, default=1.0, help="0 as typed, 1 as people (1)")
    parser.add_argument("--page", type=Path, help="measure this picture of any page instead")
    parser.add_argument("--dpi", type=float, help="the picture's dots per inch (what it says)")
    parser.add_argument("--picture", type=Path, help="make a picture of some hands instead")
    parser.add_argument("--labels", action="store_true", help="name the hands in the picture")
    return parser.parse_args(arguments)


def _one_page(path: Path, dpi: float | None) -> int:
    with Image.open(path) as picture:
        dpi = dpi or float(picture.info.get("dpi", (300.0,))[0])
        found = measure(picture)
    for line in table.heading():
        print(line)
    values = {name: abs(getattr(found, name)) for name in STATISTICS}
    print(table.row(path.name, values.values(), marked=True))
    print(
        f"found {found.lines} lines and {found.words} words; x-height {found.x_height:.1f} px "
        f"({found.x_height / dpi * 25.4:.1f} mm at {dpi:.0f} dpi)"
    )
    print(
        f"margin drifts {found.drift:+.1f} degrees ({found.drift_x_heights:+.2f} x-heights "
        f"a line), lines rise {found.slope:+.2f} degrees, stand {found.pitch:.1f} x-heights apart; "
        f"gaps are {found.gap:.1f}"
    )
    print(f"measured on {found.slopes} slopes, {found.starts} line starts, {found.pitches} pitches")
    return int(bool(table.outside(values)))


def _hands(options: argparse.Namespace) -> int:
    hands = options.hand or latin_hands(options.note)
    neat = options.neatness
    print(
        f"Median over {options.seeds} seeds at neatness {neat:g}; < and > are outside the people's "
        "10 to 90 %;\nlast: lines and words found of those written"
    )
    for line in table.heading():
        print(line)
    missed = []
    typed = []
    letters = []
    work = partial(_hand, seeds=options.seeds, neatness=neat, note=options.note)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for hand, (pages, plain, lines, words, found) in zip(
            hands, pool.map(work, hands), strict=True
        ):
            print(table.hand_row(hand, pages, lines, words), flush=True)
            missed += [hand] if table.outside(table.medians(pages)) else []
            typed.append(plain)
            letters.append(table.letter_row(hand, found))
    floor = {name: [abs(getattr(page, name)) for page in typed] for name in STATISTICS}
    print(table.row("typed (neatness 0), median", map(statistics.median, floor.values()), True))
    print(table.row("typed (neatness 0), most", map(max, floor.values()), True))
    print("Other programs, one picture each, measured once:")
    for line in [*table.other_rows(), "", *table.letter_heading(), *letters]:
        print(line)
    print(f"outside the people's band: {', '.join(missed) or 'none'}")
    return int(bool(missed))


def _hand(
    hand: str, seeds: int, neatness: float, note: Path
) -> tuple[list[PageStatistics], PageStatistics, int, int, LetterStatistics]:
    panels = [panel(hand, seed, neatness, note) for seed in range(1, seeds + 1)]
    pages = [measure(one.picture) for one in panels]
    plain = measure(panel(hand, 1, 0.0, note).picture)
    letters = letter_statistics(letters_of(one.page) for one in panels[:_LETTER_PAGES])
    return pages, plain, panels[0].lines, panels[0].words, letters


if __name__ == "__main__":
    sys.exit(main())
