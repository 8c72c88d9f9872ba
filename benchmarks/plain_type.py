"""A note as Typst source: the same words, font and paper, set as plain type.

Prints the source for `one_card.py`. It runs in a process of its own, because a large parent
would count in the memory of the programs that are measured after it.

    python benchmarks/plain_type.py samples/after-rejection/note.md
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fairhand.job import make, read

if TYPE_CHECKING:
    from fairhand.geometry import Size
    from fairhand.job import Made


def plain_type(made: Made) -> str:
    """Return Typst source that sets a note's card and envelope, a page each."""
    note = made.source.note
    sheet = next(sheet for sheet in made.card_sheets if sheet.name != "outside")
    page = made.composed.pages[0]
    line, block = page.lines[0], page.block
    left = sheet.placements[0].matrix.e + block.left
    top = page.size.height - line.y
    pitch = page.pitch
    parts = [
        # Edges on the baseline make the leading the distance from line to line.
        f'#set text(font: "{made.hand.data.name}", size: {line.size:.3f}pt, '
        'top-edge: "baseline", bottom-edge: "baseline")',
        f"#set par(leading: {pitch:.2f}pt, spacing: {1.35 * pitch:.2f}pt)",
        _page(sheet.size, left, top, sheet.size.width - left - block.width),
        *(_paragraph(text) for text in note.words.split("\n\n")),
    ]
    if made.envelope is not None and note.to is not None:
        size = made.envelope.size
        parts.append(_page(size, 0.06 * size.width, 0.12 * size.height, 0))
        if note.from_:
            parts.append(_paragraph("\n".join(note.from_.lines)))
        address = _words("\n".join(note.to.lines))
        across, down = 0.36 * size.width, 0.42 * size.height
        parts.append(f"#place(top + left, dx: {across:.1f}pt, dy: {down:.1f}pt)[{address}]")
    return "\n\n".join(parts) + "\n"


def _page(size: Size, left: float, top: float, right: float) -> str:
    return (
        f"#set page(width: {size.width}pt, height: {size.height}pt, "
        f"margin: (left: {left:.1f}pt, right: {right:.1f}pt, top: {top:.1f}pt, bottom: 0pt))"
    )


def _paragraph(text: str) -> str:
    return f"#par[{_words(text)}]"


def _words(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return "#linebreak()".join(f'#"{line}"' for line in quoted.split("\n"))


if __name__ == "__main__":
    made_note = make(read(Path(sys.argv[1])))
    print(f"// fonts: {made_note.hand.path.parent}")
    print(plain_type(made_note), end="")
