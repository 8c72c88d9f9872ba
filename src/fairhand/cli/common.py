"""What the commands share: options of a note, messages, and the one place that prints errors."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fairhand.errors import FailureError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairhand.note.read import NoteFile

_STANDARD_INPUT = ("-", "/dev/stdin")
_STANDARD_OUTPUT = ("-", "/dev/stdout")
CommandT = TypeVar("CommandT", bound="Callable[..., Any]")

_NOTE_OPTIONS = (
    click.option("--card", metavar="NAME", help="A card: a7, 5x7, iso-a6 (fairhand stationery)."),
    click.option("--layout", metavar="NAME|FILE", help="A layout, or your own .toml file."),
    click.option(
        "--hand", metavar="NAME|FILE", help="A hand, your own .ttf or .otf, or a hand's folder."
    ),
    click.option(
        "--art", metavar="NAME|FILE",
        help="The front: botanical, monogram (fairhand fronts), or a picture, SVG or PDF.",
    ),
    click.option(
        "--address-hand", metavar="auto|plain|same|NAME",
        help="The envelope's: one that machines read (auto), type, the card's, or another.",
    ),
    click.option("--ink", metavar="NAME|#HEX", help="An ink, or a colour such as #1b2a52."),
    click.option("--pen", metavar="NAME", help="A pen: ballpoint, fountain-fine, pencil."),
    click.option("--seed", metavar="TEXT", help="Write the same words anew."),
    click.option(
        "--neatness", type=float, metavar="0-1.5",
        help="How much the writing varies: 1 as people do, 0 exact type.",
    ),
    click.option("--large", is_flag=True, default=None, help="Large writing for weak eyes."),
)  # fmt: skip


colour_option = click.option(
    "--colour", "--color", type=click.Choice(["rgb", "cmyk"]), default="rgb", show_default=True,
    help="RGB for a home printer, CMYK for a print shop.",
)  # fmt: skip


def note_options(command: CommandT) -> CommandT:
    """Add the options that take the place of a note's own settings."""
    for option in reversed(_NOTE_OPTIONS):
        command = option(command)
    return command


def given_overrides(overrides: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that were given, files among them by their whole paths."""
    from fairhand.catalog import own_file
    from fairhand.hand.hand import is_path

    given = {key: value for key, value in overrides.items() if value is not None}
    for key in ("hand", "address_hand", "layout"):
        # A path on the command line starts where the person stands, not at the note.
        value = given.get(key, "")
        is_file = Path(value).suffix.lower() in (".ttf", ".otf", ".ttc", ".toml")
        if is_file or (key != "layout" and is_path(value)):
            given[key] = str(own_file(value).absolute())
    if "art" in given:
        from fairhand.job.own_art import names_a_file

        if names_a_file(given["art"]) and "://" not in given["art"]:
            given["art"] = str(own_file(given["art"]).absolute())
    return given


def read_source(path: str, overrides: dict[str, Any]) -> NoteFile:
    """Read a note from a path, or from standard input when it is "-"."""
    from fairhand.job import read
    from fairhand.note.read import read_stream

    given = given_overrides(overrides)
    if path not in _STANDARD_INPUT:
        return read(Path(path), **given)
    if sys.stdin is None:
        raise InputError("Standard input is closed.", hint="Name a file to read the note from.")
    return read_stream(sys.stdin.buffer, "standard input", overrides=given)


def say(message: str) -> None:
    """Print a message for the person on standard error."""
    click.echo(message, err=True)


def progress(message: str) -> None:
    """Show what is being done on one line that is overwritten; silent off a terminal."""
    if sys.stderr.isatty() and "CI" not in os.environ:
        click.echo(f"\r\x1b[K{message} ...", err=True, nl=False)


def end_progress() -> None:
    """Clear the progress line."""
    if sys.stderr.isatty() and "CI" not in os.environ:
        click.echo("\r\x1b[K", err=True, nl=False)


def goes_alone(output: str | None) -> bool:
    """Tell whether the output goes where only one file can: standard output, a pipe, a device."""
    from fairhand.output.save import is_stream

    if not output or output in _STANDARD_OUTPUT:
        return bool(output)
    try:
        return not Path(output).suffix and is_stream(Path(output))
    except (OSError, ValueError):
        return False


def put(data: bytes, output: str) -> None:
    """Write one file to standard output, a pipe or a device."""
    from fairhand.output.save import save

    if output not in _STANDARD_OUTPUT:
        save({Path(output): data})
        return
    if sys.stdout is None:
        raise FailureError("Standard output is closed.", hint="Name a file with -o.")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def place_of_note(source: NoteFile) -> tuple[Path, str]:
    """Return the folder and the stem of a note's file; here and "note" when it came by a pipe."""
    path = Path(source.file)
    return (path.parent, path.stem) if path.is_file() else (Path(), "note")


def loading_path(name: str | None) -> Path | None:
    """Return where the loading picture goes, if one is wanted; InputError when it is no PDF."""
    if name is None:
        return None
    if Path(name).suffix.lower() != ".pdf":
        raise InputError("The loading picture is a PDF.", hint="Name a file that ends in .pdf.")
    return Path(name)


def outputs(
    source: NoteFile, given: str | None, ending: str = ".pdf", piece: str = "card"
) -> tuple[Path, Path]:
    """Return where the card (or another piece) and the envelope go.

    Beside the note, in a folder, or as named.
    """
    from fairhand.output.formats import FORMATS

    folder, stem = place_of_note(source)
    if given is None:
        return folder / f"{stem}.{piece}{ending}", folder / f"{stem}.envelope{ending}"
    path = Path(given)
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        raise InputError(f'"{given}" cannot be the name of a file.') from None
    if path.suffix.lower() in FORMATS and not is_folder:
        return path, path.with_name(f"{path.stem}.envelope{path.suffix}")
    if path.suffix and not is_folder:
        raise InputError(
            f'"{path.suffix}" is not a kind of file that can be made.',
            hint=f"There are: {', '.join(FORMATS)}; a name without an ending is a folder.",
        )
    return path / f"{stem}.{piece}{ending}", path / f"{stem}.envelope{ending}"
