"""CSV with any delimiter, TSV, and the contact lists that Google and Outlook export as CSV.

RFC 4180, read with patience: any of the four delimiters in use, any line ending, quoted cells
over many lines, and the "sep=;" line that Excel writes. A quotation mark that is never closed
costs its own row only, not all rows up to the next one.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from fairhand.errors import InputError, Place
from fairhand.merge.encoding import beginning, text_of
from fairhand.merge.form import LONGEST_LINE, Opened, checked_headers, is_title, trouble_of
from fairhand.merge.record import Row
from fairhand.merge.synonyms import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.merge.form import Wishes
    from fairhand.merge.source import Source

_SPOKEN = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_NAMED = {
    "comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|",
    "space": " ", "colon": ":",
}  # fmt: skip
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\r?\n?$', re.IGNORECASE)
_LOOKED_AT = 30
"""Records from which the delimiter is guessed."""

_SWALLOWED = re.compile(r"[,;\t|].*\n")
"""In a cell of a record that is too short: what looks as if the next record were in it."""

_UNCLOSED_AT_ALL = "A quotation mark opens a cell here, and none closes it where a cell ends."
_UNCLOSED = (
    "A quotation mark opens a cell here, and what comes after the next one is neither the "
    "end of the cell nor another mark; write a quotation mark inside a cell twice."
)


def is_it(source: Source) -> bool:
    """Say yes: every text may be CSV."""
    return True


def read(source: Source, wishes: Wishes, tell: Callable[[str], None]) -> Opened:
    """Open CSV; InputError for one without a header, or with one that cannot be used."""
    lines = _Lines(text_of(source, wishes.encoding, tell), source.name)
    said = _SEPARATOR_LINE.match(lines.peek())
    if said:
        lines.next_record()
        next(lines)
    if wishes.delimiter:
        delimiter = _named(wishes.delimiter)
    elif said:
        delimiter = said[1]
    else:
        delimiter = _guessed(beginning(source, wishes.encoding), source.ending)
    records = _records(lines, delimiter)
    above = list(islice(records, 2))
    if not above:
        raise InputError("It is empty.")
    if len(above) > 1 and is_title(above[0][1], above[1][1], tell):
        del above[0]
    line, cells, trouble = above[0]
    if trouble:
        raise InputError(trouble, place=Place(source.name, line))
    headers = checked_headers(cells)
    spoken = _SPOKEN.get(delimiter, f'"{delimiter}"')
    if len(headers) > 1:
        tell(f"Its cells are parted by {spoken}.")
    return Opened(
        headers,
        _rows(chain(above[1:], records), headers),
        "There is only a row with names of columns.",
    )


def _named(given: str) -> str:
    delimiter = given if len(given) == 1 else _NAMED.get(given.strip().lower(), "")
    if not delimiter or delimiter in '"\r\n\0':
        raise InputError(
            f'"{given}" cannot part cells.',
            hint="Say one character, or comma, semicolon, tab or pipe.",
        )
    return delimiter


def _guessed(text: str, ending: str) -> str:
    """Return the delimiter with which the first records have as many cells as the header.

    Between two of them that of which more names of columns are known is taken.
    """
    text = text[: text.rfind("\n") + 1] or text
    best, most = ",", (0.0, 0, 0)
    for delimiter in "\t,;|" if ending in (".tsv", ".tab") else ",;\t|":
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True
        )
        widths: list[int] = []
        known = 0
        try:
            for record in reader:
                # A title above the table has one cell.
                if any(record) and (widths or len(record) > 1):
                    known = known if widths else sum(map(is_known, record))
                    widths.append(len(record))
                if len(widths) > _LOOKED_AT:
                    break
        except csv.Error:
            pass
        if not widths:
            continue
        alike = Counter(widths)[widths[0]] / len(widths)
        if (alike, known, widths[0]) > most:
            best, most = delimiter, (alike, known, widths[0])
    return best


class _Lines:
    """Lines with their endings and numbers; those of the record being read can be read again."""

    def __init__(self, stream: io.TextIOWrapper, file: str) -> None:
        self._stream = stream
        self._file = file
        self._again: list[str] = []
        self._record: list[str] = []
        self.number = 0
        """The line that was read last."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= LONGEST_LINE:
            raise InputError(
                f"This line has more than {LONGEST_LINE // 1_000_000} million characters, "
                "so this is no table of people.",
                place=Place(self._file, self.number),
            )
        self._record.append(line)
        return line

    def peek(self) -> str:
        """Return the next line without reading it."""
        line = next(self, "")
        self.read_again(0)
        return line

    def next_record(self) -> int:
        """Forget the lines of the last record; return the line in which the next begins."""
        self._record.clear()
        return self.number + 1

    def read_again(self, after: int) -> None:
        """Go back to the line so many after the one in which the record began."""
        back = self._record[after:]
        self._again += reversed(back)
        self.number -= len(back)
        del self._record[after:]


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield (line, cells, trouble) of every record that is not empty."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        line = lines.next_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            spans = lines.number - line
            lines.read_again(1)
            reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
            if "field larger" in str(error) and not spans:
                yield line, [], "A cell in it has more than 131,072 characters."
            elif "end of data" in str(error) or "field larger" in str(error):
                yield line, [], _UNCLOSED_AT_ALL
            else:
                yield line, [], _UNCLOSED
            continue
        if lines.number != line:
            cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
        cells = list(map(str.strip, cells))
        if any(cells):
            yield line, cells, ""


def _unwrapped(cell: str) -> str:
    """Return 02035 for ="02035", by which a sheet is kept from reckoning with it."""
    return cell[2:-1] if cell[:2] == '="' and cell[-1] == '"' and len(cell) > 2 else cell


def _rows(records: Iterator[tuple[int, list[str], str]], headers: tuple[str, ...]) -> Iterator[Row]:
    width = len(headers)
    nothing = [""] * width
    for number, (line, cells, trouble) in enumerate(records, start=1):
        if len(cells) > width:
            beyond = [cell for cell in cells[width:] if cell]
            if beyond:
                columns = f"{width} columns have names" if width > 1 else "one column has a name"
                trouble = (
                    f"It has {len(cells)} cells, but only {columns}; a cell "
                    "that holds the delimiter must stand in quotation marks."
                )
            del cells[width:]
        elif len(cells) < width:
            if not trouble and any(map(_SWALLOWED.search, cells)):
                trouble = _UNCLOSED_AT_ALL
            cells += nothing[len(cells) :]
        trouble = trouble or trouble_of(headers, cells)
        if any(cell[:2] == '="' for cell in cells):
            cells = [_unwrapped(cell) for cell in cells]
        if not trouble and any("\0" in cell for cell in cells):
            trouble = "A cell in it holds a zero byte (U+0000), which is no letter."
        yield Row(number, line, dict(zip(headers, cells, strict=True)), trouble)
