"""What passes from a table of people to the words of their notes.

Both kinds are plain and small: hundreds of thousands of them cross from one
process to another while a merge runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One person in a table, as the table has them.

    ``number`` counts persons from 1; ``line`` is the line of the file on
    which the row begins (the row of the sheet in a workbook). ``trouble`` is
    one plain sentence when a reader found something wrong in this row (a cell
    too many, say), else it is empty.
    """

    number: int
    line: int
    cells: Mapping[str, str]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A row whose columns are understood.

    ``fields`` maps a field that fairhand knows (``name``, ``postcode``,
    ``hand``...) to its text, and has only those that are not empty; the lines
    of ``address`` are parted by line breaks. ``words`` has every column of
    the table under a name that may stand in ``{{ }}`` ("Gift item" becomes
    ``gift_item``) and every field fairhand knows; an empty cell is "".
    """

    row: Row
    fields: Mapping[str, str]
    words: Mapping[str, str]
