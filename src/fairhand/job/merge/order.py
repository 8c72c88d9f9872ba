"""What a person wants of a merge, and what comes of it: plain data that crosses processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from fairhand.merge.selection import ALL, WHOLE, Selection, Shard
from fairhand.stationery.condition import condition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fairhand.impose.corrected import Correction
    from fairhand.job.labels import LabelWish
    from fairhand.job.sheets import SheetWish
    from fairhand.merge.faults import Fault, Kind
    from fairhand.merge.record import Record
    from fairhand.merge.wording import Wording
    from fairhand.output.pdf_colour import Colour
    from fairhand.stationery.condition import Condition

Parts = Literal["both", "fronts", "backs", "apart"]
"""Which sides of sheets are in the files."""

Companion = Literal["envelopes", "labels", "none"]
"""What goes with each card into the post."""

USUAL_VOLUME = 500


class PressWish(NamedTuple):
    """Files for a print shop: the printing condition, and what is on them."""

    condition: str = "auto"
    outlines: bool = False
    marks: bool = True
    most_ink: float | None = None

    def chosen(self, region: str) -> Condition:
        """Return the condition for a region's cards; InputError when there is none such."""
        found = condition(self.condition, region)
        if self.most_ink is None:
            return found
        return found.model_copy(update={"most_ink": self.most_ink})


@dataclass(frozen=True, slots=True)
class Order:
    """A merge as it is wished. `given` says which column is which field.

    Without `cards` there are their companions alone. `per_file` persons go into a volume; with
    `one_each` every person gets files of his own. `keys`: a small number on the back of each card
    and envelope tells which row it is. `on` and `sides` impose cards on sheets, which all must be
    of one `card` then. `keep` are columns of the table that are in the manifest too, `fields`
    those that the table has a column for. `correction` is that of the printer at home; `jobs`
    processes work at once.
    """

    wording: Wording
    output: Path
    given: Mapping[str, str] = field(default_factory=dict)
    cards: bool = True
    companion: Companion = "envelopes"
    labels: LabelWish | None = None
    on: SheetWish | None = None
    sides: Parts = "both"
    press: PressWish | None = None
    correction: Correction | None = None
    colour: Colour = "rgb"
    card: str = ""
    fields: frozenset[str] = frozenset()
    keep: tuple[str, ...] = ()
    keep_duplicates: bool = False
    per_file: int = USUAL_VOLUME
    one_each: bool = False
    rows: Selection = ALL
    reverse: bool = False
    keys: bool = True
    skip_bad: bool = False
    shard: Shard = WHOLE
    jobs: int = 1

    @property
    def part(self) -> str:
        """Which files these are of all that may be made of the table: "" for all rows at home.

        Each has a hidden folder of its own, so that parts live beside each other.
        """
        return ".".join(name for name in (self._beside, self.rows.name, self.shard.name) if name)

    @property
    def mark(self) -> str:
        """What the names of proof, manifest and problems say: which part they are of."""
        return f".{self.part}" if self.part else ""

    @property
    def suffix(self) -> str:
        """What the names of its files say beside the piece and the number."""
        return "".join(f".{name}" for name in (self._beside, self.rows.name) if name)

    @property
    def suffix_of_one(self) -> str:
        """What the names of one person's files say beside the piece."""
        return f".{self._beside}" if self._beside else ""

    @property
    def _beside(self) -> str:
        """What tells files that lie beside others of the same rows."""
        return ".".join(["alone"] * (not self.cards) + ["press"] * (self.press is not None))


class Arrived(NamedTuple):
    """A row as it comes from the table, and that its person has come before, if so."""

    record: Record
    duplicate: Fault | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """The persons of one volume, in order; `check_only` makes no files of them."""

    number: int
    records: tuple[Record, ...]
    check_only: bool = False


class FileFacts(NamedTuple):
    """A finished file: its piece, name, pages, bytes, and their SHA-256 in hexadecimal digits."""

    piece: str
    name: str
    pages: int
    size: int
    sha256: str


class CardFacts(NamedTuple):
    """What is known of one person's card: by it proofs are chosen and the manifest is written.

    `letters` are the different letters of its words. `post` are postcode, country and barcode as
    the table has them, `kept` the cells of columns that the manifest has beside. `places` tells
    for each piece the file, by its number among the volume's, and the page in it, from 1.
    """

    row: int
    line: int
    key: str
    name: str
    words: int
    address_lines: int
    x_height_mm: float
    letters: str
    post: tuple[str, str, str]
    kept: tuple[str, ...]
    places: Mapping[str, tuple[int, int]]


class Noticed(NamedTuple):
    """What is to be known of some rows of a volume; without `rows` of all that have a card."""

    kind: Kind
    message: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class VolumeMade:
    """A volume's files and cards, and the rows that were left out of it.

    `own` are the paths of files of the user's own that its cards were made of.
    """

    number: int
    files: tuple[FileFacts, ...]
    cards: tuple[CardFacts, ...]
    faults: tuple[Fault, ...]
    own: frozenset[str] = frozenset()
    notices: tuple[Noticed, ...] = ()
