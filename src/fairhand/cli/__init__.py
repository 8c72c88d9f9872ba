"""The command line: options only; the work is done in `job`."""

from __future__ import annotations

import atexit
import gc
import os
import re
import sys

import click

from fairhand.cli.calibrate import calibrate_command
from fairhand.cli.check import check_command
from fairhand.cli.common import end_progress, say
from fairhand.cli.envelope import envelope_command
from fairhand.cli.guide import guide_command
from fairhand.cli.listing import (
    fronts_command,
    hands_command,
    layouts_command,
    occasions_command,
    schema_command,
    stationery_command,
)
from fairhand.cli.merge import merge_command
from fairhand.cli.new import new_command
from fairhand.cli.preview import preview_command
from fairhand.cli.print import print_command
from fairhand.cli.studio import studio_command
from fairhand.cli.write import write_command
from fairhand.errors import FairhandError

# Nothing here multiplies matrices, and the threads of numpy's BLAS cost time to start; the
# commands import numpy only when they run.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A process that ends need not look through all it has for circles of garbage.
atexit.register(gc.freeze)


class _InOrder(click.Group):
    """Lists the commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="fairhand", message="fairhand %(version)s")
def fairhand() -> None:
    """Turn a short note into a card that looks written by a person, with its envelope.

    \b
      fairhand studio                             all of it on a page of your own machine
      fairhand new after-rejection -o note.md     a starter note with blanks to fill
      fairhand write note.md                      note.card.pdf and note.envelope.pdf
      fairhand preview note.md                    a picture of the card as it will look
      fairhand merge note.md people.csv -o out    cards for everybody in a table
    """


for _command in (
    new_command, write_command, preview_command, check_command, envelope_command,
    merge_command, print_command, calibrate_command, guide_command,
    hands_command, layouts_command, fronts_command, occasions_command, stationery_command,
    schema_command, studio_command,
):  # fmt: skip
    fairhand.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Exit code 0 done, 1 failed, 2 wrong input."""
    try:
        fairhand.main(args=arguments, prog_name="fairhand", standalone_mode=False)
    except FairhandError as error:
        end_progress()
        say(f"fairhand: {error}")
        if error.hint:
            say(f"  {error.hint}")
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        say(f"fairhand: {_sentence(error)}")
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
        say(f"  How it is used: {path or 'fairhand'} --help.")
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        end_progress()
        say("fairhand: stopped; no file was written.")
        sys.exit(1)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except BrokenPipeError:
        # The reader of our output closed it; there is nobody left to tell.
        sys.stderr.close()
        sys.exit(1)
    except FileNotFoundError:
        say("fairhand: The folder that you are in is no longer there.")
        sys.exit(1)
    except OSError as error:
        # Whatever reads or writes files tells of its own; what is left is standard output.
        say(f"fairhand: Standard output cannot be written: {error.strerror}.")
        sys.stdout = None  # or Python would try once more when it ends
        sys.exit(1)


_IN_WORDS = {
    "valid float": "number",
    "valid integer range": "whole number",
    "valid integer": "whole number",
}


def _sentence(error: click.ClickException) -> str:
    """Return what click says of a wrong use as a sentence of ours."""
    message = re.sub(r"'([^']*)'", r'"\1"', error.format_message())
    for jargon, plain in _IN_WORDS.items():
        message = message.replace(f"is not a {jargon}", f"is not a {plain}")
    message = re.sub(r"in the range (\d+)<=x<=(\d+)", r"between \1 and \2", message)
    return message if message.endswith((".", "?")) else f"{message}."
