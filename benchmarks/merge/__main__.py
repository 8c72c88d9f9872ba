"""What a merge costs: whole processes, from start to exit, ratios in the same run.

python -m benchmarks.merge                          1,000 cards, beside what peers are here
python -m benchmarks.merge --peers PYTHON           a Python that has typst and handright
python -m benchmarks.merge --memory 100000          memory and time of so many, by a pipe
python -m benchmarks.merge --two-jobs 10000         two processes against one
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.merge import peers
from benchmarks.merge.task import ROOT, write_note, write_people

_HANDRIGHT_CARDS = 4
_GOAL_KB = 4.0
_GOAL_MEMORY = 1.3
_GOAL_MEMORY_MB = 400.0
_GOAL_TWO_JOBS = 1.8


@dataclass
class Contender:
    """A command, how many cards it makes, and what its runs have cost."""

    name: str
    command: list[str]
    cards: int
    stdin: Path | None = None
    cpu: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run once; keep CPU seconds (with child processes), seconds, and peak megabytes."""
        source = self.stdin.open("rb") if self.stdin else None
        start = time.monotonic()
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                self.command, cwd=ROOT, stdin=source, stdout=output, stderr=output
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                output.seek(0)
                said = output.read().decode(errors="replace")
                sys.exit(f"{self.name} ended with {process.returncode}:\n{said}")
        if source:
            source.close()
        unit = 1 if sys.platform == "darwin" else 1024
        self.seconds.append(time.monotonic() - start)
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.memory.append(usage.ru_maxrss * unit / 1e6)

    def per(self, cards: int) -> float:
        """Return the median CPU seconds for so many cards."""
        return statistics.median(self.cpu) * cards / self.cards


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="What a merge costs.")
    parser.add_argument("--cards", type=int, default=1000, help="cards (1000)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each (5)")
    parser.add_argument("--peers", default=sys.executable, help="a Python with typst, handright")
    parser.add_argument("--memory", type=int, help="compare the memory of so many cards")
    parser.add_argument("--two-jobs", type=int, help="compare one and two processes on so many")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.memory:
            return _memory(folder, options.cards, options.memory)
        if options.two_jobs:
            return _two_jobs(folder, options.two_jobs, options.rounds)
        return _against_peers(folder, options.cards, options.rounds, options.peers)


def _own(folder: Path, count: int, jobs: int = 1, *, piped: bool = False) -> Contender:
    """Return our merge; it begins anew each time, for a finished one would not be made again."""
    note, people = write_note(folder), write_people(folder, count)
    output = folder / f"out-{count}-{jobs}"
    command = [
        sys.executable, "-c",
        "import shutil, sys; from fairhand.cli import main; "
        "shutil.rmtree(sys.argv[1], ignore_errors=True); main(sys.argv[2:])",
        str(output), "merge", str(note), "-" if piped else str(people), "-o", str(output),
        "--no-envelope", "--jobs", str(jobs),
    ]  # fmt: skip
    return Contender("fairhand merge", command, count, people if piped else None)


def _against_peers(folder: Path, count: int, rounds: int, python: str) -> int:
    own = _own(folder, count)
    found = [own]
    for name, command, cards in (
        ("XeLaTeX", peers.xelatex(folder, count), count),
        ("Typst", peers.typst(folder, count, python), count),
        ("ReportLab, broken lines", peers.reportlab(folder, count), count),
        ("Handright", peers.handright(folder, _HANDRIGHT_CARDS, python), _HANDRIGHT_CARDS),
    ):
        if command is None:
            print(f"{name} is not here, so it is left out.")
        else:
            found.append(Contender(name, command, cards))
    for number in range(-1, max(1, rounds)):
        turn = max(0, number) % len(found)
        for contender in found[turn:] + found[:turn]:
            contender.run()
        if number < 0:  # once uncounted: bytecode is compiled, files are in the cache
            for contender in found:
                contender.cpu.clear()
                contender.seconds.clear()
    print(f"{count:,} cards, whole processes, {rounds} rounds in turn; a peer's of fewer scaled up")
    print(f"{'':26}  CPU s    min    max  x fairhand  peak MB")
    mine = own.per(count)
    for one in found:
        factor = count / one.cards
        cpu = one.per(count)
        print(
            f"{one.name:26} {cpu:6.2f} {min(one.cpu) * factor:6.2f} {max(one.cpu) * factor:6.2f} "
            f"{cpu / mine:11.2f} {max(one.memory):8.0f}"
        )
    by_name = {one.name: one.per(count) for one in found}
    goals = [("than XeLaTeX", "XeLaTeX", 1.0), ("than a third of Typst", "Typst", 1 / 3),
             ("than a 500th of Handright", "Handright", 1 / 500),
             ("than ReportLab with broken lines", "ReportLab, broken lines", 1.0)]  # fmt: skip
    missed = False
    for told, name, share in goals:
        if name in by_name:
            holds = mine < share * by_name[name]
            missed |= not holds
            print(f"goal fewer CPU seconds {told}: {'holds' if holds else 'MISSED'}")
    size = _kb_a_card(Path(own.command[3]), count)
    missed |= size > _GOAL_KB
    print(
        f"goal at most {_GOAL_KB:g} KB a card on top of the font: {size:.2f} KB, "
        f"{'holds' if size <= _GOAL_KB else 'MISSED'}"
    )
    return int(missed)


def _kb_a_card(output: Path, count: int) -> float:
    """Return the kilobytes (1,024 bytes) of a card in the volumes, without their fonts.

    A font is its file, its letters' widths, and what they mean (ISO 32000-1 section 9.7.4).
    """
    import pikepdf

    total = 0
    for path in output.glob("cards*.pdf"):
        total += path.stat().st_size
        with pikepdf.open(path) as file:
            for thing in file.objects:
                if not isinstance(thing, pikepdf.Dictionary):
                    continue
                for key in ("/FontFile2", "/ToUnicode"):
                    total -= len(thing[key].read_raw_bytes()) if key in thing else 0
                total -= len(thing.W.unparse()) if "/W" in thing else 0
    return total / count / 1024


def _memory(folder: Path, few: int, many: int) -> int:
    small, large = _own(folder, few, piped=True), _own(folder, many, piped=True)
    for contender in (small, large):
        contender.run()
        print(
            f"{contender.cards:,} cards by a pipe: {contender.seconds[0]:.0f} s, "
            f"{contender.cpu[0]:.0f} CPU s, {contender.memory[0]:.0f} MB at most"
        )
        shutil.rmtree(contender.command[3])
    ratio = large.memory[0] / small.memory[0]
    holds = ratio <= _GOAL_MEMORY and large.memory[0] <= _GOAL_MEMORY_MB
    print(
        f"goal {_GOAL_MEMORY:g} times the memory and {_GOAL_MEMORY_MB:g} MB at most: "
        f"{ratio:.2f} times, {'holds' if holds else 'MISSED'}"
    )
    return int(not holds)


def _two_jobs(folder: Path, count: int, rounds: int) -> int:
    one, two = _own(folder, count, 1), _own(folder, count, 2)
    for _ in range(rounds):
        one.run()
        two.run()
    ratio = statistics.median(one.seconds) / statistics.median(two.seconds)
    print(
        f"{count:,} cards: one process {statistics.median(one.seconds):.1f} s, two "
        f"{statistics.median(two.seconds):.1f} s: {ratio:.2f} times as fast, "
        f"{'holds' if ratio >= _GOAL_TWO_JOBS else 'MISSED'} (goal {_GOAL_TWO_JOBS:g})"
    )
    return int(ratio < _GOAL_TWO_JOBS)


if __name__ == "__main__":
    sys.exit(main())
