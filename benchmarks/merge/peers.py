"""The same cards by other programs, in plain type: their sources, and what runs them."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

from benchmarks.merge.task import (
    FONT,
    HEIGHT_IN,
    MARGIN_IN,
    PITCH,
    SIZE,
    WIDTH_IN,
    names,
    paragraphs,
)

if TYPE_CHECKING:
    from pathlib import Path

_TYPST = """\
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""

_REPORTLAB = """\
import json, sys
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
rl_config.useA85 = 0
font, cards, target, width, height, margin, size, pitch = json.load(open(sys.argv[1]))
pdfmetrics.registerFont(TTFont("hand", font))
page = Canvas(target, pagesize=(width, height), pageCompression=1)
for lines in cards:
    page.setFont("hand", size)
    y = height - margin - size
    for line in lines:
        page.drawString(margin, y, line)
        y -= pitch
    page.showPage()
page.save()
"""

_HANDRIGHT = """\
import json, sys
from PIL import Image, ImageFont
from handright import Template, handwrite
font, cards, target, width, height, margin, size, pitch = json.load(open(sys.argv[1]))
scale = 300 / 72
px = lambda points: round(points * scale)
paper = Template(
    background=Image.new("L", (px(width), px(height)), 255),
    font=ImageFont.truetype(font, px(size)), line_spacing=px(pitch),
    left_margin=px(margin), right_margin=px(margin), top_margin=px(margin),
    bottom_margin=px(margin), word_spacing=px(0.5), line_spacing_sigma=1, font_size_sigma=2,
    word_spacing_sigma=1, perturb_x_sigma=2, perturb_y_sigma=2, perturb_theta_sigma=0.05,
)
pages = [page for lines in cards for page in handwrite("\\n".join(lines), paper)]
pages[0].save(target, save_all=True, append_images=pages[1:], resolution=300)
"""


def xelatex(folder: Path, count: int) -> list[str] | None:
    """Return the command by which XeLaTeX sets the cards; None where it is not there."""
    program = shutil.which("xelatex")
    if program is None:
        return None
    words = "\n\n".join(paragraphs())
    parts = [
        r"\documentclass{article}",
        rf"\usepackage[paperwidth={WIDTH_IN}in,paperheight={HEIGHT_IN}in,margin={MARGIN_IN}in]"
        r"{geometry}",
        r"\usepackage{fontspec}",
        rf"\setmainfont[Path={FONT.parent}/]{{{FONT.name}}}",
        r"\pagestyle{empty}\setlength\parindent{0pt}\setlength\parskip{6pt}",
        rf"\begin{{document}}\fontsize{{{SIZE}}}{{{PITCH}}}\selectfont",
        *(f"Dear {name},\n\n{words}\\newpage\n" for name in names(count)),
        r"\end{document}",
    ]
    source = folder / "cards-xelatex.tex"
    source.write_text("\n".join(parts), encoding="utf-8")
    return [program, "-interaction=batchmode", f"-output-directory={folder}", str(source)]


def typst(folder: Path, count: int, python: str) -> list[str] | None:
    """Return the command by which Typst sets the cards; None where it is not there."""
    program = shutil.which("typst")
    words = "\n\n".join(f"#par[{text}]" for text in paragraphs())
    parts = [
        f'#set text(font: "Mynerve", size: {SIZE}pt, top-edge: "baseline", '
        'bottom-edge: "baseline")',
        f"#set par(leading: {PITCH}pt, spacing: {1.35 * PITCH}pt)",
        f"#set page(width: {WIDTH_IN}in, height: {HEIGHT_IN}in, margin: {MARGIN_IN}in)",
        "\n#pagebreak()\n".join(f"#par[Dear {name},]\n\n{words}" for name in names(count)),
    ]
    source, target = folder / "cards.typ", folder / "cards-typst.pdf"
    source.write_text("\n".join(parts), encoding="utf-8")
    if program:
        command = [program, "compile", "--ignore-system-fonts", "--font-path", str(FONT.parent)]
        return [*command, str(source), str(target)]
    if _has(python, "typst"):
        return [python, "-c", _TYPST, str(source), str(target), str(FONT.parent)]
    return None


def reportlab(folder: Path, count: int) -> list[str]:
    """Return the command by which plain ReportLab draws lines that are already broken."""
    return _script("reportlab", _REPORTLAB, folder, count, sys.executable)


def handright(folder: Path, count: int, python: str) -> list[str] | None:
    """Return the command by which Handright draws the cards as pictures at 300 dpi."""
    if not _has(python, "handright"):
        return None
    return _script("handright", _HANDRIGHT, folder, count, python)


def _script(name: str, text: str, folder: Path, count: int, python: str) -> list[str]:
    script, task = folder / f"cards-{name}.py", folder / f"cards-{name}.json"
    script.write_text(text, encoding="utf-8")
    broken = [line for text in paragraphs() for line in [*_lines(text), ""]]
    cards = [[f"Dear {person},", "", *broken] for person in names(count)]
    page = [WIDTH_IN * 72, HEIGHT_IN * 72, MARGIN_IN * 72, SIZE, PITCH * 0.8]
    target = str(folder / f"cards-{name}.pdf")
    task.write_text(json.dumps([str(FONT), cards, target, *page]), encoding="utf-8")
    return [python, str(script), str(task)]


def _lines(text: str) -> list[str]:
    """Break a paragraph as a typist would."""
    return textwrap.wrap(text, 40)


def _has(python: str, package: str) -> bool:
    if python == sys.executable:
        return importlib.util.find_spec(package) is not None
    asked = subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False)
    return asked.returncode == 0
