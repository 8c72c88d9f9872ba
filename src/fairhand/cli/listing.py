"""`fairhand hands | layouts | fronts | occasions | stationery | schema`: what there is."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import click

from fairhand.cli.common import say
from fairhand.units import in_inches, in_mm

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")


@click.command(name="hands", short_help="The hands one can write in.")
@click.argument("name", required=False)
@click.option("-o", "--output", metavar="FILE", help="The specimen; NAME.specimen.png else.")
@_JSON
def hands_command(name: str | None, output: str | None, as_json: bool) -> None:
    """List the hands, or tell all about one (NAME) and draw its specimen.

    \b
      fairhand hands caveat
      fairhand hands caveat -o caveat.png
    """
    from fairhand.errors import InputError
    from fairhand.hand.hand import all_hands, bundled_hand, types

    known = {**all_hands(), **types()}
    if output and not name:
        raise InputError("Name the hand whose specimen is wanted.", hint="See: fairhand hands.")
    if name:
        chosen = bundled_hand(name.lower())
        _tell({"hand": chosen.slug, **chosen.data.model_dump(mode="json")}, as_json=as_json)
        if output or not as_json:
            _draw_specimen(chosen.slug, Path(output or f"{chosen.slug}.specimen.png"))
        return
    if as_json:
        _json([{"hand": key, **data.model_dump()} for key, data in known.items()])
        return
    for heading, kind in (("", "hand"), ("\nType, for envelopes and labels", "type")):
        if heading:
            click.echo(heading)
        _table([(key, _scripts(data.scripts), data.character)
                for key, data in known.items() if data.kind == kind])  # fmt: skip


def _draw_specimen(name: str, path: Path) -> None:
    from fairhand.errors import InputError
    from fairhand.job import save
    from fairhand.output.formats import png_file
    from fairhand.pictures import SPECIMEN_DPI, specimen

    if path.suffix.lower() != ".png":
        raise InputError(f'A specimen is a PNG picture, so "{path.name}" must end in .png.')
    save({path: png_file(specimen(name), SPECIMEN_DPI)})
    say(str(path))


@click.command(name="layouts", short_help="The layouts of cards.")
@click.argument("name", required=False)
@_JSON
def layouts_command(name: str | None, as_json: bool) -> None:
    """List the layouts, or print the file of one (NAME) to begin your own with."""
    from fairhand.catalog import layouts_folder, lookup
    from fairhand.layout.catalogue import card_layouts

    known = card_layouts()
    if name:
        layout = lookup("layout", name.lower(), known)
        if as_json:
            _json(layout.model_dump())
        else:
            # The file itself: it says its lengths as people do, and is there to be copied.
            path = layouts_folder() / "cards" / f"{layout.name}.toml"
            click.echo(f"# {path.name}")
            click.echo(path.read_text(encoding="utf-8"), nl=False)
        return
    if as_json:
        _json([layout.model_dump() for layout in known.values()])
        return
    _table([(key, ", ".join(entry.kinds), entry.description) for key, entry in known.items()])


@click.command(name="fronts", short_help="The drawn fronts of cards.")
@click.argument("name", required=False)
@_JSON
def fronts_command(name: str | None, as_json: bool) -> None:
    """List the drawn fronts, or print the file of one (NAME) to begin your own with.

    \b
      fairhand write note.md --art botanical
      fairhand preview note.md --fronts -o fronts.png     the note's card with each of them
    """
    from fairhand.catalog import layouts_folder
    from fairhand.layout.front import front, fronts

    if name:
        chosen = front(name)
        if as_json:
            _json(chosen.model_dump())
        else:
            path = layouts_folder() / "fronts" / f"{chosen.name}.toml"
            click.echo(f"# {path.name}")
            click.echo(path.read_text(encoding="utf-8"), nl=False)
        return
    if as_json:
        _json([entry.model_dump() for entry in fronts().values()])
        return
    _table(
        [
            (key, f'"{entry.words["en"]}"' if entry.words else "initials", entry.description)
            for key, entry in fronts().items()
        ]
    )


@click.command(name="occasions", short_help="The occasions with a starter note.")
@click.argument("name", required=False)
@_JSON
def occasions_command(name: str | None, as_json: bool) -> None:
    """List the occasions, or show one's starter note (NAME)."""
    from fairhand.note.occasions import occasion, occasions

    if name:
        chosen = occasion(name.lower())
        if as_json:
            _json({"occasion": chosen.name, "summary": chosen.summary, "blanks": chosen.blanks,
                   "text": chosen.text})  # fmt: skip
        else:
            click.echo(chosen.text, nl=False)
        return
    languages: dict[str, list[str]] = {}
    summaries: dict[str, str] = {}
    for entry in occasions():
        languages.setdefault(entry.name, []).append(entry.language)
        if entry.language == "en":
            summaries[entry.name] = entry.summary
    if as_json:
        _json([{"occasion": key, "languages": sorted(tags), "summary": summaries.get(key, "")}
               for key, tags in languages.items()])  # fmt: skip
        return
    _table(
        [(key, " ".join(sorted(tags)), summaries.get(key, "")) for key, tags in languages.items()]
    )


@click.command(name="stationery", short_help="The cards, envelopes, sheets, inks and pens.")
@click.argument("name", required=False)
@click.argument("words", nargs=-1)
@_JSON
def stationery_command(name: str | None, words: tuple[str, ...], as_json: bool) -> None:
    """List cards, envelopes, sheets, inks, pens and conditions, or tell about one (NAME).

    \b
      fairhand stationery a7
      fairhand stationery labels                  the makers of label sheets
      fairhand stationery labels shipping         sheets by words of their titles
      fairhand stationery labels avery-5160       all about one
    """
    from fairhand.errors import InputError, did_you_mean
    from fairhand.post.verdict import costs_extra, posts, verdicts
    from fairhand.stationery.catalogue import (
        card,
        cards,
        envelope,
        envelopes,
        ink,
        inks,
        pen,
        pens,
    )  # fmt: skip
    from fairhand.stationery.condition import condition, conditions
    from fairhand.stationery.model import Envelope
    from fairhand.stationery.paper import paper, papers

    if name == "labels":
        from fairhand.cli.label_listing import list_labels

        list_labels(" ".join(words), as_json=as_json)
        return
    if words:
        name = " ".join((name or "", *words))
    if name:
        found = []
        for kind, find in (
            ("card", card), ("envelope", envelope), ("sheet", paper), ("ink", ink), ("pen", pen),
            ("printing condition", partial(condition, region="")),
        ):  # fmt: skip
            try:
                entry = find(name)
            except InputError:
                continue
            found.append({"kind of thing": kind, **entry.model_dump()})
            if isinstance(entry, Envelope):
                found[-1]["posts"] = {one.post.title: one.summary for one in verdicts(entry.size)}
        if not found:
            everything = {*cards(), *envelopes(), *papers(), *inks(), *pens(), *conditions()}
            raise InputError(
                f'There is no stationery named "{name}".', hint=did_you_mean(name, everything)
            )
        if as_json:
            _json(found)
        else:
            for told in found:
                _tell(told, as_json=False)
        return
    if as_json:
        _json({"cards": [c.model_dump() for c in cards().values()],
               "envelopes": [e.model_dump() for e in envelopes().values()],
               "posts": [p.model_dump() for p in posts().values()],
               "sheets": [p.model_dump() for p in papers().values()],
               "conditions": [c.model_dump() for c in conditions().values()],
               "inks": [i.model_dump() for i in inks().values()],
               "pens": [p.model_dump() for p in pens().values()]})  # fmt: skip
        return
    click.echo("Cards (closed size)")
    _table([(c.name, _size(c.width, c.height), c.title) for c in cards().values()])
    click.echo("\nEnvelopes")
    _table(
        [
            (e.name, _size(e.width, e.height), e.title + costs_extra(e.size))
            for e in envelopes().values()
        ]
    )
    click.echo("\nPapers and card stock (--on)")
    _table([(p.name, _size(p.width, p.height), p.title) for p in papers().values()])
    click.echo("  and sheets of labels: fairhand stationery labels")
    click.echo("\nPrinting conditions (--press --condition)")
    _table([(c.name, f"{c.most_ink:.0f} % ink", c.title) for c in conditions().values()])
    click.echo("\nInks")
    _table([(i.name, i.rgb, i.title) for i in inks().values()])
    click.echo("\nPens")
    _table([(p.name, f"{in_mm(p.width):.2f} mm", p.title) for p in pens().values()])


@click.command(name="schema", short_help="The JSON Schema of a note or a layout.")
@click.argument("what", type=click.Choice(["note", "layout", "front", "hand"]))
def schema_command(what: str) -> None:
    """Print the JSON Schema by which editors complete and check a file."""
    from fairhand.hand.model import HandData
    from fairhand.layout.front import Front
    from fairhand.layout.model import CardLayout
    from fairhand.note.model import Note

    models = {"note": Note, "layout": CardLayout, "front": Front, "hand": HandData}
    model: Any = models[what]
    schema = model.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    _json(schema)


def _size(width: float, height: float) -> str:
    inches = f"{in_inches(width):.4g} x {in_inches(height):.4g} in"
    return f"{inches} ({in_mm(width):.0f} x {in_mm(height):.0f} mm)"


def _scripts(scripts: tuple[str, ...]) -> str:
    return (
        ", ".join(script for script in scripts if script not in ("Latin-1", "ASCII")) or "Latin-1"
    )


def _table(rows: list[tuple[str, str, str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for first, second, third in rows:
        click.echo(f"  {first:<{widths[0]}}  {second:<{widths[1]}}  {third}")


def _tell(entry: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        _json(entry)
        return
    for key, value in entry.items():
        if value in ("", None, (), {}, []):
            continue
        if key == "posts":
            for post, said in value.items():
                click.echo(f"  {post:<18} {said}")
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, tuple | list) else value
        if key in ("width", "height") and isinstance(value, float):
            shown = f"{in_inches(value):.4g} in ({in_mm(value):.1f} mm)"
        click.echo(f"  {key.replace('_', ' '):<18} {shown}")


def _json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
