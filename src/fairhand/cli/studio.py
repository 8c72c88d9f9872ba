"""`fairhand studio`: all of it on a page of one's own machine."""

from __future__ import annotations

from pathlib import Path

import click

from fairhand.cli.common import say


@click.command(name="studio", short_help="All of it on a page of your own machine.")
@click.argument("folder", metavar="[FOLDER]", required=False)
@click.option("--port", type=click.IntRange(0, 65535), help="The port; any free one with 0.")
@click.option("--no-browser", is_flag=True, help="Only tell the address, open no browser.")
def studio_command(folder: str | None, port: int | None, no_browser: bool) -> None:
    """Open a page on which you write, and see the card as it will be.

    It is served by this machine for this machine alone: nothing leaves it. Notes are ordinary
    files in FOLDER (Documents/fairhand if none is named). Ctrl-C ends it.

    \b
      fairhand studio
      fairhand studio ~/thank-you-notes
    """
    from fairhand.studio.serving import serve

    def said(address: str, where: Path) -> None:
        click.echo(address)
        how = "Open this address in a browser of this machine" if no_browser \
            else "The studio opens in your browser"  # fmt: skip
        say(f"{how}; Ctrl-C ends it. Your notes are in {where}.")

    serve(Path(folder) if folder else None, port, browser=not no_browser, said=said)
