"""The rows of layouts/stationery/labels/, made from the two open databases of label sheets.

    python -m benchmarks.label_rows TEMPLATES LABELS.XML

TEMPLATES is the folder of XML files of gLabels (Debian's glabels-data:
usr/share/libglabels-3.0/templates), LABELS.XML the file of LibreOffice (libreoffice-common:
usr/lib/libreoffice/share/labels/labels.xml). Every row is held against the model that reads
it; what makes no sheet of labels is left out, and counted by reason.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from fairhand.catalog import layouts_folder
from fairhand.errors import InputError
from fairhand.stationery.label_rows import COLUMNS, LabelRow, sheet_of, slug

MM = {"pt": 25.4 / 72, "": 25.4 / 72, "in": 25.4, "mm": 1.0, "cm": 10.0, "pc": 25.4 / 6}
TOUCH = 0.15
"""Labels that overlap by no more, mm, touch in truth: the measures were rounded."""

GLABELS_NOTICE = """\
# Label sheets of gLabels 3.4.1 (templates/*.xml), by Jim Evins and many contributors; their
# measures in millimetres, made by benchmarks/label_rows.py.
# Copyright (c) 2001-2009 Jim Evins. MIT/X licence: LICENSE.txt in this folder."""
LIBREOFFICE_NOTICE = """\
# Label sheets of LibreOffice 7.4 (extras/source/labels/labels.xml); their measures in
# millimetres, made by benchmarks/label_rows.py.
# This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy
# of the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
# It incorporates work of Apache OpenOffice: licensed to the Apache Software Foundation (ASF)
# under one or more contributor license agreements, and by the ASF under the Apache License,
# Version 2.0: http://www.apache.org/licenses/LICENSE-2.0 ."""

MAKERS = {
    "Avery A4": "avery", "Avery A4/Asia": "avery", "Avery Letter Size": "avery",
    "Avery Zweckform": "avery-zweckform", "Zweckform": "avery-zweckform",
    "Herma A4": "herma", "Herma A5": "herma",
}  # fmt: skip
ROUND = re.compile(r"\bround\b|\brund\b|\bkreise?\b|\boval\b", re.IGNORECASE)
DISC = re.compile(r"\bCD\b(?!.*(case|cover|insert|einleger|booklet|h.lle|spine|box|card))|CD-R\b|"
                  r"DVD", re.IGNORECASE)  # fmt: skip
ODD = re.compile(r"sterne|taillierte|konturgestanzt", re.IGNORECASE)


@dataclass
class Tally:
    """How many rows were left out, by reason, and how many labels were trimmed to touch."""

    dropped: Counter[str]
    trimmed: int = 0


def length(text: str | None) -> float:
    """Return a length of gLabels in millimetres; nothing is none."""
    if not text:
        return 0.0
    match = re.fullmatch(r"\s*(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+))\s*(pt|in|mm|cm|pc|)\s*", text)
    if match is None:
        raise ValueError(text)
    return float(match[1]) * MM[match[2]]


def glabels(folder: Path, tally: Tally) -> dict[str, list[LabelRow]]:
    """Return the rows of gLabels by maker; a part that has another's cells names it."""
    papers = {
        p.get("id"): (length(p.get("width")), length(p.get("height")))
        for p in ET.parse(folder / "paper-sizes.xml").iter("Paper-size")
    }
    rows: dict[str, list[LabelRow]] = defaultdict(list)
    kept: set[tuple[str, str]] = set()
    twins = []
    for file in sorted(folder.glob("*-templates.xml")):
        for template in ET.parse(file).iter("Template"):
            brand = template.get("brand", "")
            maker = MAKERS.get(brand, slug(brand))
            part = template.get("part", "").strip()
            if template.get("equiv"):
                twins.append((maker, part, template.get("equiv", "").strip()))
                continue
            labels = [child for child in template if child.tag.startswith("Label-")]
            layouts = labels[0].findall("Layout")
            if len(labels) != 1 or len(layouts) != 1:
                tally.dropped["labels that are not in one grid"] += 1
                continue
            shape = labels[0].tag.removeprefix("Label-")
            label, layout = labels[0], layouts[0]
            try:
                width, height = papers.get(template.get("size")) or (
                    length(template.get("width")), length(template.get("height")))  # fmt: skip
                across = 2 * length(label.get("radius")) or length(label.get("width"))
                along = 2 * length(label.get("radius")) or length(label.get("height"))
                row = LabelRow(
                    part, template.get("_description") or template.get("description") or "",
                    width, height, int(layout.get("nx", "1")), int(layout.get("ny", "1")),
                    across, along, length(layout.get("x0")), length(layout.get("y0")),
                    length(layout.get("dx")), length(layout.get("dy")),
                    {"rectangle": "rectangle", "cd": "ring"}.get(shape, "ellipse"),
                    length(label.get("round")),
                )  # fmt: skip
            except ValueError:
                tally.dropped["a measure that is no number"] += 1
                continue
            if _keep(rows[maker], maker, row, tally):
                kept.add((maker, part))
    for maker, part, head in twins:
        if (maker, head) in kept:
            rows[maker].append(LabelRow(part, same_as=head))
        else:
            tally.dropped["the same as one that was left out"] += 1
    return rows


def libreoffice(
    file: Path, shapes: dict[tuple[str, str], str], tally: Tally
) -> dict[str, list[LabelRow]]:
    """Return the rows of LibreOffice by maker, with the shapes that gLabels knows.

    What its names say of shapes counts too, for it knows no shapes of its own.
    """
    found: dict[tuple[str, str], list[LabelRow]] = defaultdict(list)
    for manufacturer in ET.parse(file).iter("manufacturer"):
        brand = manufacturer.get("name", "")
        maker = MAKERS.get(brand, slug(brand))
        for label in manufacturer.iter("label"):
            name = " ".join((label.findtext("name") or "").split())
            kind, *measures = (label.findtext("measure") or "").split(";")
            if kind != "S":
                tally.dropped["endless paper, not sheets"] += 1
                continue
            if ODD.search(name):
                tally.dropped["labels of another outline (stars, waisted, punched)"] += 1
                continue
            dx, dy, w, h, left, top, columns, rows, width, height = map(int, measures)
            first, _, rest = name.partition(" ")
            is_part = re.search(r"\d", first) or re.fullmatch(r"[A-Z]+-[A-Z]+", first)
            part, title = (first, rest) if is_part else (name, name)
            shape = shapes.get((maker, slug(part)), "rectangle")
            if ROUND.search(name):
                shape = "ellipse"
            elif DISC.search(name) and w == h:
                shape = "ring"
            found[maker, part].append(LabelRow(
                part, title.strip(" -*"), width / 100, height / 100, columns, rows, w / 100,
                h / 100, left / 100, top / 100, dx / 100, dy / 100, shape, 0.0,
            ))  # fmt: skip
    made: dict[str, list[LabelRow]] = defaultdict(list)
    for (maker, part), several in found.items():
        different = []
        for row in several:
            if not any(replace(row, title="") == replace(one, title="") for one in different):
                different.append(row)
        for row in different:
            # One part, several kinds of labels on it: each is a sheet of its own.
            named = row if len(different) == 1 else replace(row, part=f"{part} {row.title}")
            _keep(made[maker], maker, named, tally)
    return made


def _keep(rows: list[LabelRow], maker: str, row: LabelRow, tally: Tally) -> bool:
    """Add a row that makes a sheet; labels that overlap by less than `TOUCH` are trimmed."""
    trimmed = row
    if row.columns > 1 and 0 < row.cell_width - row.across <= TOUCH:
        trimmed = replace(trimmed, cell_width=row.across)
    if row.rows > 1 and 0 < row.cell_height - row.down <= TOUCH:
        trimmed = replace(trimmed, cell_height=row.down)
    tally.trimmed += trimmed != row
    trimmed = replace(
        trimmed,
        across=trimmed.across if row.columns > 1 else trimmed.cell_width,
        down=trimmed.down if row.rows > 1 else trimmed.cell_height,
    )
    if min(row.left, row.top) < 0:
        tally.dropped["labels over the edge of the paper"] += 1
        return False
    try:
        sheet_of(maker, trimmed, "")
    except InputError as error:
        tally.dropped[_REASONS.get(error.message, error.message)] += 1
        return False
    if any(slug(one.part) == slug(row.part) for one in rows):
        tally.dropped["another drawing of the same part in the same database"] += 1
        return False
    rows.append(trimmed)
    return True


_REASONS = {
    "The cells overlap.": "labels that overlap",
    "The cells reach over the edge of the sheet.": "labels over the edge of the paper",
    "A label is at least 5 mm wide and high.": "labels narrower than 5 mm",
}


def main(templates: Path, labels: Path) -> None:
    """Write the files, and tell what was left out."""
    total = 0
    shapes: dict[tuple[str, str], str] = {}
    for name, notice in (("glabels", GLABELS_NOTICE), ("libreoffice", LIBREOFFICE_NOTICE)):
        tally = Tally(Counter())
        if name == "glabels":
            rows = glabels(templates, tally)
            for maker, some in rows.items():
                own = {row.part: row.shape for row in some if not row.same_as}
                for row in some:
                    shapes[maker, slug(row.part)] = own.get(row.same_as) or row.shape
        else:
            rows = libreoffice(labels, shapes, tally)
        folder = layouts_folder() / "stationery" / "labels" / name
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.tsv"):
            old.unlink()
        for maker, some in sorted(rows.items()):
            lines = [notice, "\t".join(COLUMNS), *(row.line for row in some)]
            (folder / f"{maker}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        count = sum(map(len, rows.values()))
        total += count
        print(f"{name}: {count} sheets, {tally.trimmed} of them with labels trimmed to touch")
        for reason, number in tally.dropped.most_common():
            print(f"  left out {number}: {reason}")
    print(f"together {total}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
