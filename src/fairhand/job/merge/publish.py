"""A finished merge brought to where it shall be: its volumes, the manifest, the problems."""

from __future__ import annotations

import csv
import io
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from fairhand.errors import FailureError
from fairhand.job.files import save
from fairhand.job.merge.names import alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fairhand.job.merge.journal import Journal
    from fairhand.job.merge.order import Order, VolumeMade

_PUBLISHED = "published.json"
_HEADER: Final = ("row", "line", "key", "name", "volume")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def publish(
    order: Order, journal: Journal, beside: Mapping[str, bytes], *, volumes: bool = True
) -> list[Path]:
    """Bring all files of a merge to its output folder and return where they are.

    `beside` are further files by their names; without `volumes` there are none but these. What
    an earlier run of the same merge brought there, and this one has not made, is taken away, so
    that no old volume lies among new ones.
    FailureError when that cannot be.
    """
    files = [file for made in journal.volumes() for file in made.files] if volumes else []
    names = final_names(order, journal)
    record = journal.folder / _PUBLISHED
    before = _read(record)
    now = [*(names[file.name] for file in files), *beside]
    try:
        # Known before they are there, so that a stopped run leaves none that nobody knows of.
        save({record: json.dumps([*dict.fromkeys([*before, *now])]).encode()})
        for file in files:
            target = order.output / names[file.name]
            source = journal.place_of(file)
            if source != target:
                source.replace(target)
        for name in set(before) - set(now):
            with suppress(FileNotFoundError):
                (order.output / name).unlink()
    except OSError as error:
        raise FailureError(
            f'The finished files cannot be brought to "{order.output}": {error.strerror}.',
            hint="Close those that are open elsewhere, and start the same command again.",
        ) from None
    save({order.output / name: data for name, data in beside.items()})
    save({record: json.dumps(now).encode()})
    return [order.output / name for name in now]


def final_names(order: Order, journal: Journal) -> dict[str, str]:
    """Return the names that finished files get in the end: a single volume needs no number."""
    volumes = [[file.name for file in made.files] for made in journal.volumes()]
    single = len(volumes) == 1 and order.shard.count == 1 and not order.one_each
    return {name: alone(name) if single else name for names in volumes for name in names}


def manifest(order: Order, journal: Journal) -> bytes:
    """Return the manifest: a line for each card, with its key, files, pages and their SHA-256."""
    names = final_names(order, journal)
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    pieces = tuple(dict.fromkeys(file.piece for v in journal.volumes() for file in v.files))
    shown = [f"{piece} {what}" for piece in pieces for what in ("file", "page", "SHA-256")]
    table.writerow([*_HEADER, *shown])
    for made in journal.volumes():
        table.writerows(_lines(made, names, pieces))
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _lines(
    made: VolumeMade, names: Mapping[str, str], pieces: tuple[str, ...]
) -> Iterator[list[str]]:
    for card in sorted(made.cards):
        line = [str(card.row), str(card.line), card.key, harmless(card.name), str(made.number)]
        for piece in pieces:
            place = card.places.get(piece)
            if place is None:
                line += ["", "", ""]
                continue
            file = made.files[place[0]]
            line += [harmless(names[file.name]), str(place[1]), file.sha256]
        yield line


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _read(record: Path) -> list[str]:
    """Return the names that an earlier run brought; only plain names of files are believed."""
    with suppress(OSError, ValueError):
        names = json.loads(record.read_text(encoding="utf-8"))
        if isinstance(names, list):
            return [n for n in names if isinstance(n, str) and os.path.basename(n) == n]  # noqa: PTH119
    return []
