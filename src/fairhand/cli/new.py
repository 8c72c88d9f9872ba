"""`fairhand new`: a starter note with blanks to fill."""

from __future__ import annotations

import os
from pathlib import Path

import click

from fairhand.cli.common import goes_alone, put, say


@click.command(name="new", short_help="Begin a note for an occasion.")
@click.argument("occasion_name", metavar="OCCASION")
@click.option("-o", "--output", metavar="FILE", help="The new note; standard output otherwise.")
@click.option("--to", "to", metavar="NAME", help="The recipient's name.")
@click.option("--from", "sender", metavar="NAME", help="Your name.")
@click.option("--set", "values", metavar="KEY=WORDS", multiple=True, help="Fill a blank.")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="en, de, fr, es.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def new_command(
    occasion_name: str, output: str | None, to: str | None, sender: str | None,
    values: tuple[str, ...], language: str, force: bool,
) -> None:  # fmt: skip
    """Write a starter note for OCCASION (all of them: fairhand occasions).

    What is in [brackets] is for you to fill; the comment says what makes this note good.

    \b
      fairhand new after-rejection -o note.md
      fairhand new after-rejection --to "Ms. Okafor" --set company="Meridian Health" -o note.md
      fairhand new condolence --language de -o note.md
    """
    from fairhand.errors import InputError
    from fairhand.note.occasions import occasion
    from fairhand.output.save import save

    chosen = occasion(occasion_name.lower(), language)
    given = {}
    for value in values:
        key, equals, words = value.partition("=")
        if not equals or not key.strip():
            raise InputError(f'"{value}" is not KEY=WORDS.', hint='Write --set company="Meridian".')
        given[key] = words
    if to:
        given["name"] = to
    if sender:
        given["your name"] = sender
    text = chosen.filled(given)
    if output is None or goes_alone(output):
        put(text.encode(), output or "-")
        return
    path = Path(output)
    if os.path.lexists(path) and not force:
        raise InputError(f'"{path}" is there already.', hint="Choose another name, or add --force.")
    save({path: text.encode()})
    click.echo(str(path))
    say(f'Fill in what is in [brackets], then: fairhand write "{path}"')
