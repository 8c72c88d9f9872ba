"""`fairhand stationery labels [NAME]`: the sheets of labels that there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from fairhand.cli.common import say
from fairhand.units import in_inches, in_mm

if TYPE_CHECKING:
    from fairhand.stationery.label import LabelSheet
    from fairhand.stationery.label_catalogue import Listed

_LENGTHS = ("width", "height", "cell_width", "cell_height", "left", "top", "across", "down",
            "corner")  # fmt: skip


def list_labels(words: str, *, as_json: bool) -> None:
    """List the makers of label sheets, those that the words fit, or tell about one sheet.

    InputError when there are none.
    """
    from fairhand.errors import InputError
    from fairhand.stationery.label import is_own
    from fairhand.stationery.label_catalogue import label_sheet, listed, listed_like

    if not words:
        _everything(listed(), as_json=as_json)
        return
    try:
        sheet = label_sheet(words).sheet
    except InputError as error:
        found = [] if is_own(words) else listed_like(words)
        if not found:
            raise error from None
        _table(found, as_json=as_json)
        return
    _tell(words, sheet, as_json=as_json)


def _everything(found: list[Listed], *, as_json: bool) -> None:
    if as_json:
        _table(found, as_json=True)
        return
    makers: dict[str, list[Listed]] = {}
    for one in found:
        makers.setdefault(one.maker, []).append(one)
    widest = max(map(len, makers))
    for maker, some in makers.items():
        examples = ", ".join(one.name for one in some[:3])
        click.echo(f"  {maker:<{widest}}  {len(some):>4}  {examples}{' ...' if some[3:] else ''}")
    say(
        f"{len(found)} sheets. Those of a maker: fairhand stationery labels herma; of a kind: "
        "fairhand stationery labels shipping; one: fairhand stationery labels avery-5160."
    )


def _paper(one: Listed) -> str:
    return f"{one.row.width:.4g} x {one.row.height:.4g}"


def _table(found: list[Listed], *, as_json: bool) -> None:
    if as_json:
        entries = []
        for one in found:
            row = one.row
            entries.append({
                "name": one.name, "maker": one.maker, "part": one.part, "title": row.title,
                "paper_mm": [row.width, row.height], "columns": row.columns, "rows": row.rows,
                "label_mm": [row.cell_width, row.cell_height], "left_mm": row.left,
                "top_mm": row.top, "across_mm": row.across, "down_mm": row.down,
                "shape": row.shape, "databases": list(one.databases),
            })  # fmt: skip
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return
    rows = [(one.name, one.row.told, _paper(one), one.row.title) for one in found]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for name, size, paper, title in rows:
        click.echo(f"  {name:<{widths[0]}}  {size:<{widths[1]}}  {paper:<{widths[2]}}  {title}")
    say(f"{len(found)} sheets.")


def _tell(words: str, sheet: LabelSheet, *, as_json: bool) -> None:
    """Tell all about one sheet: its measures in each database, and whether they agree."""
    from fairhand.stationery.label import agree, difference_mm
    from fairhand.stationery.label_catalogue import drawings, label_sheet, same_cells
    from fairhand.stationery.label_rows import slug

    drawn = drawings(sheet.maker, slug(sheet.part)) if sheet.maker else {"": sheet}
    sheets = list(drawn.values())
    agreed = all(agree(sheets[0], one) for one in sheets[1:])
    apart = difference_mm(*sheets) if len(sheets) == 2 else None
    same = same_cells(sheet) if sheet.maker else []
    if as_json:
        about: dict[str, Any] = {
            "name": sheet.name, "maker": sheet.maker, "part": sheet.part, "title": sheet.title,
            "labels": sheet.count, "shape": sheet.shape, "used": sheet.source,
            "agree": agreed, "difference_mm": None if apart is None else round(apart, 2),
            "drawings": {one.source: _measures(one) for one in sheets}, "same_cells": same,
        }  # fmt: skip
        click.echo(json.dumps(about, ensure_ascii=False, indent=2))
        return
    click.echo(f"  {'name':<16} {sheet.name}")
    for key in ("title", "same_as"):
        if getattr(sheet, key):
            click.echo(f"  {key.replace('_', ' '):<16} {getattr(sheet, key)}")
    shape = "" if sheet.shape == "rectangle" else f" ({sheet.shape})"
    click.echo(f"  {'labels':<16} {sheet.count}: {sheet.columns} across, {sheet.rows} down{shape}")
    heads = [one.source for one in sheets]
    click.echo(f"  {'':<16} " + "  ".join(f"{head:<26}" for head in heads).rstrip())
    for key in _LENGTHS:
        values = [getattr(one, key) for one in sheets]
        if any(values):
            shown = "  ".join(
                f"{f'{in_mm(value):.2f} mm ({in_inches(value):.4g} in)':<26}" for value in values
            )
            click.echo(f"  {key.replace('_', ' '):<16} {shown.rstrip()}")
    if same:
        shown = ", ".join(same[:12]) + (f" and {len(same) - 12} more" if same[12:] else "")
        click.echo(f"  {'same cells':<16} {shown}")
    notice = label_sheet(words).notice
    if notice:
        say(notice)
    elif len(sheets) > 1:
        say("Both databases agree within 0.6 mm.")


def _measures(sheet: LabelSheet) -> dict[str, Any]:
    lengths = {f"{key}_mm": round(in_mm(getattr(sheet, key)), 3) for key in _LENGTHS}
    return {"columns": sheet.columns, "rows": sheet.rows, **lengths}
