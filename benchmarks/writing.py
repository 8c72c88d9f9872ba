"""What writing costs: CPU milliseconds for a page, alone and with others, and for cold forms.

    python -m benchmarks.writing [--hand NAME] [--pages 384]

A page is the sample note on a 5 x 7 in card, composed once; it is written again and again with
another seed, as in a merge, so many pages at once; and then its forms are drawn with no store to
find them in. Goals: 1.5 ms a page alone, 0.3 ms with 31 others, 250 ms for the forms of one note.
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time

NOTE = Path(__file__).parents[1] / "samples" / "after-rejection" / "note.md"
ROUND = 64
"""Pages in a round."""

TOGETHER = (1, 8, 32, 64)
GOALS = {1: "1.5", 32: "0.3"}


def main() -> None:
    parser = argparse.ArgumentParser(description="What writing costs, CPU milliseconds.")
    parser.add_argument("--hand", default="mynerve")
    parser.add_argument("--pages", type=int, default=384)
    options = parser.parse_args()
    os.environ["FAIRHAND_CACHE"] = ""

    from fairhand.hand.forms import draw_form
    from fairhand.job import make, read
    from fairhand.write.hand_page import Task, write_page, write_pages

    made = make(read(NOTE, card="5x7", hand=options.hand), with_envelope=False)
    page = max(made.composed.pages, key=lambda page: len(page.lines))
    words = sum(len(line.words) for line in page.lines)
    print(f"{options.hand}: a page of {words} words in {len(page.lines)} lines")

    def tasks(first: int, count: int) -> list[Task]:
        seeds = map(str, range(first, first + count))
        return [Task(page, made.hand, made.ink, made.pen, seed, 1.0) for seed in seeds]

    for together in TOGETHER:
        write_pages(tasks(0, together))
        rounds = []
        for start in range(0, options.pages, ROUND):
            begun = process_time()
            for first in range(start, start + ROUND, together):
                write_pages(tasks(first, together))
            rounds.append((process_time() - begun) / ROUND * 1000)
        rounds.sort()
        goal = f" (goal {GOALS[together]})" if together in GOALS else ""
        print(
            f"{together:2} at once: median {statistics.median(rounds):.2f}, min {rounds[0]:.2f}, "
            f"max {rounds[-1]:.2f} ms CPU a page{goal}, "
            f"{getrusage(RUSAGE_SELF).ru_maxrss // 1024} MB in use at most so far"
        )
    written = write_page(page, made.hand, made.ink, made.pen, "1", 1.0)
    forms = {
        (glyph.glyph, form, word.weight)
        for line in written.lines
        for word in line.words
        for glyph, form in zip(word.shaped.glyphs, word.forms, strict=True)
    }
    begun = process_time()
    for glyph, form, weight in sorted(forms):
        draw_form(made.hand, glyph, form, 1.0, weight)
    cold = (process_time() - begun) * 1000
    print(f"forms:   {len(forms)} drawn in {cold:.0f} ms CPU, cold (goal 250)")


if __name__ == "__main__":
    main()
