"""A finished merge brought to where it shall be: its volumes, the manifest, the problems."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
from contextlib import suppress
from filecmp import cmp
from typing import TYPE_CHECKING, Final, NamedTuple

from fairhand.errors import FailureError
from fairhand.job.files import save
from fairhand.job.merge.journal import FOLDER, holds
from fairhand.job.merge.names import alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from fairhand.job.merge.journal import Journal
    from fairhand.job.merge.order import FileFacts, Order, VolumeMade

PUBLISHED: Final = "published.json"
_HEADER: Final = ("row", "line", "key", "name", "postcode", "country", "imb")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Published(NamedTuple):
    """The files of a merge, and what became of those that an earlier run brought, by name.

    `replaced` by others of the same name, `taken_away` because this run makes none such, and
    whether there are some that are `kept` as they were, because this run made no card.
    """

    files: tuple[Path, ...]
    replaced: tuple[str, ...] = ()
    taken_away: tuple[str, ...] = ()
    kept: bool = False


def publish(
    order: Order, journal: Journal, beside: Mapping[str, Iterable[bytes]], *, refused: bool = False
) -> Published:
    """Bring all files of a merge to its output folder and return where they are.

    `beside` are the parts of further files by their names. What an earlier run of the same merge
    brought there, and this one has not made, is taken away, so that no old volume lies among new
    ones. A run that was `refused` brings only what is `beside`, and leaves all else as it was.
    FailureError when that cannot be, or a file that no merge has made lies where one shall be.
    """
    files = [] if refused else [file for one in journal.files() for file in one]
    names = final_names(order, journal)
    record = journal.folder / PUBLISHED
    before = _read(record)
    now = [*(names[file.name] for file in files), *beside]
    targets = {names[file.name]: (file, journal.place_of(file)) for file in files}
    refuse_foreign(order, (n for n in now if n not in targets or not _is_at(order, *targets[n], n)))
    replaced: list[str] = []
    old = sorted(name for name in set(before) - set(now) if (order.output / name).exists())
    try:
        # Known before they are there, so that a stopped run leaves none that nobody knows of.
        save({record: json.dumps([*dict.fromkeys([*before, *now])]).encode()})
        for name, (_, source) in targets.items():
            if source != order.output / name:
                replaced += [name] * _is_other(order.output / name, source)
                source.replace(order.output / name)
        for name in () if refused else old:
            with suppress(FileNotFoundError):
                (order.output / name).unlink()
        for name, parts in beside.items():
            # First where nobody looks, so that a stopped run leaves no half of one in sight.
            hidden = journal.folder / f".{name}"
            with hidden.open("wb") as stream:
                stream.writelines(parts)
            target = order.output / name
            replaced += [name] * _is_other(target, hidden)
            hidden.replace(target)
    except OSError as error:
        raise FailureError(
            f'The finished files cannot be brought to "{order.output}": {error.strerror}.',
            hint="Close those that are open elsewhere, and start the same command again.",
        ) from None
    save({record: json.dumps([*now, *(old if refused else ())]).encode()})
    there = tuple(order.output / name for name in now)
    if refused:
        return Published(there, tuple(replaced), kept=bool(old))
    return Published(there, tuple(replaced), tuple(old))


def refuse_foreign(order: Order, names: Iterable[str]) -> None:
    """Raise FailureError when one of some files is in the output already, and not from a merge."""
    found = [name for name in names if os.path.lexists(order.output / name)]
    if not found:
        return
    known = {name for record in order.output.glob(f"{FOLDER}/*/{PUBLISHED}")
             for name in _read(record)}  # fmt: skip
    for name in found:
        if name not in known:
            raise FailureError(
                f'"{order.output / name}" is there already, and no merge has made it.',
                hint="Move it away and start the same command again, or choose another folder "
                "with -o.",
            )


def _is_other(there: Path, new: Path) -> bool:
    """Tell whether a file is there, and not the same as the new one."""
    return there.exists() and not cmp(there, new, shallow=False)


def _is_at(order: Order, file: FileFacts, source: Path, name: str) -> bool:
    """Tell whether a finished file lies where it shall be."""
    return source == order.output / name or holds(order.output / name, file)


def final_names(order: Order, journal: Journal) -> dict[str, str]:
    """Return the names that finished files get in the end: a single volume needs no number."""
    volumes = journal.files()
    single = len(volumes) == 1 and order.shard.count == 1 and not order.one_each
    names = [file.name for files in volumes for file in files]
    return {name: alone(name) if single else name for name in names}


def manifest(order: Order, journal: Journal) -> Iterator[bytes]:
    """Yield the manifest: a line for each card, with its key, files, pages and their SHA-256.

    Postcode, country, barcode and the columns to be kept are those of the table, for a mail house.
    UTF-8 with the mark by which Excel knows it; a part for each volume.
    """
    names = final_names(order, journal)
    pieces = tuple(dict.fromkeys(file.piece for files in journal.files() for file in files))
    shown = [f"{piece} {what}" for piece in pieces for what in ("file", "page", "SHA-256")]
    heads = [*_HEADER, *map(harmless, order.keep), "volume", *shown]
    yield codecs.BOM_UTF8 + _csv([heads])
    for made in journal.volumes():
        yield _csv(_lines(made, names, pieces))


def _csv(lines: Iterable[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(lines)
    return buffer.getvalue().encode("utf-8", "replace")


def _lines(
    made: VolumeMade, names: Mapping[str, str], pieces: tuple[str, ...]
) -> Iterator[list[str]]:
    for card in sorted(made.cards):
        of_table = map(harmless, (card.name, *card.post, *card.kept))
        line = [str(card.row), str(card.line), card.key, *of_table, str(made.number)]
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
