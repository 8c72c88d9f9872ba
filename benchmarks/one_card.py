"""What one card and its envelope cost: whole processes, from start to exit.

Measures CPU seconds (user and system) and peak memory of `fairhand write`, beside a bare
Python start and, where Typst is at hand, beside Typst setting the same words in plain type,
in the same font and on the same paper. The contenders take turns, so that a slow moment of
the machine falls on all of them.

    python benchmarks/one_card.py
    python benchmarks/one_card.py --rounds 21 --typst PATH
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTE = ROOT / "samples" / "after-rejection" / "note.md"

GOAL_CPU_S = 1.0
GOAL_MEMORY_MB = 150.0
GOAL_CARD_KB = 150.0

_TYPST_BY_PYTHON = """\
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""


@dataclass
class Contender:
    """A command, the files it makes, and what its runs have cost."""

    name: str
    command: list[str]
    files: list[Path] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> tuple[float, float]:
        """Run once; return CPU seconds and peak megabytes of that process alone."""
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(self.command, cwd=ROOT, stdout=output, stderr=output)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                output.seek(0)
                said = output.read().decode(errors="replace")
                sys.exit(f"{self.name} ended with {process.returncode}:\n{said}")
        # Linux counts kibibytes, macOS bytes.
        unit = 1 if sys.platform == "darwin" else 1024
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6

    @property
    def size_kb(self) -> list[float]:
        """Kilobytes of each file it made."""
        return [path.stat().st_size / 1e3 for path in self.files]


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="What one card and its envelope cost.")
    parser.add_argument("--rounds", type=int, default=11, help="runs of each (11)")
    parser.add_argument("--note", type=Path, default=NOTE, help="the note to write")
    parser.add_argument("--typst", help="the typst program, or a Python that has its package")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        contenders = _contenders(options.note.resolve(), Path(folder), options.typst)
        for contender in contenders:
            contender.run()  # once uncounted: bytecode is compiled, files are in the cache
        for number in range(max(1, options.rounds)):
            turn = number % len(contenders)
            for contender in contenders[turn:] + contenders[:turn]:
                cpu, memory = contender.run()
                contender.cpu.append(cpu)
                contender.memory.append(memory)
        return _report(contenders)


def _contenders(note: Path, folder: Path, typst: str | None) -> list[Contender]:
    stem = folder / note.stem
    own = Contender(
        "fairhand write",
        [sys.executable, "-m", "fairhand", "write", str(note), "-o", str(folder)],
        [stem.with_suffix(".card.pdf"), stem.with_suffix(".envelope.pdf")],
    )
    found = [Contender("python -c pass", [sys.executable, "-c", "pass"]), own]
    plain = _typst(note, folder, typst)
    return [*found, plain] if plain else found


def _typst(note: Path, folder: Path, given: str | None) -> Contender | None:
    program = given or shutil.which("typst")
    if program is None and importlib.util.find_spec("typst"):
        program = sys.executable
    if program is None:
        return None
    script = Path(__file__).with_name("plain_type.py")
    made = subprocess.run(
        [sys.executable, str(script), str(note)], cwd=ROOT, check=True, capture_output=True,
        text=True, encoding="utf-8",
    ).stdout  # fmt: skip
    fonts = made.split("\n", 1)[0].removeprefix("// fonts: ")
    source, target = folder / "plain.typ", folder / "plain.pdf"
    source.write_text(made, encoding="utf-8")
    if Path(program).name.startswith("python"):
        command = [program, "-c", _TYPST_BY_PYTHON, str(source), str(target), fonts]
        return Contender("typst (Python package)", command, [target])
    command = [program, "compile", "--ignore-system-fonts", "--font-path", fonts]
    return Contender("typst compile", [*command, str(source), str(target)], [target])


def _report(contenders: list[Contender]) -> int:
    bare, own = contenders[0], contenders[1]
    base, mine = statistics.median(bare.cpu), statistics.median(own.cpu)
    print(f"One card with its envelope, whole processes, {len(own.cpu)} rounds in turn")
    print(f"{'':24}  CPU s    min    max  x bare  peak MB  files KB")
    for entry in contenders:
        cpu = statistics.median(entry.cpu)
        files = " + ".join(f"{size:.1f}" for size in entry.size_kb) or "-"
        seconds = f"{cpu:6.3f} {min(entry.cpu):6.3f} {max(entry.cpu):6.3f}"
        print(f"{entry.name:24} {seconds} {cpu / base:7.1f} {max(entry.memory):8.1f}  {files}")
    if len(contenders) == 2:
        print("Typst is not here: install it, or name its program or a Python with --typst.")
    else:
        print(f"fairhand takes {mine / statistics.median(contenders[2].cpu):.0f} x Typst's CPU.")
    goals = [
        ("CPU", mine, GOAL_CPU_S, "s"),
        ("peak memory", max(own.memory), GOAL_MEMORY_MB, "MB"),
        ("card file", own.size_kb[0], GOAL_CARD_KB, "KB"),
    ]
    for what, value, goal, unit in goals:
        verdict = "holds" if value <= goal else "MISSED"
        print(f"goal {what:12} {value:8.3g} {unit:2} of at most {goal:g} {unit}: {verdict}")
    return int(any(value > goal for _, value, goal, _ in goals))


if __name__ == "__main__":
    sys.exit(main())
