"""Rows of tables for tests: as the columns of a table would give them."""

from fairhand.merge.record import Record, Row

FIELDS = (
    "name", "prefix", "first_name", "last_name", "suffix", "organisation", "care_of", "address",
    "district", "city", "region", "postcode", "country", "salutation", "language", "hand", "card",
    "ink", "pen", "layout", "seed", "art", "imb", "neatness", "skip",
)  # fmt: skip


def record(number=1, trouble="", **cells):
    """Return the row with these cells; a cell under the name of a field is that field."""
    fields = {name: text for name, text in cells.items() if name in FIELDS and text}
    words = {**dict.fromkeys(FIELDS, ""), **cells}
    return Record(Row(number, number + 1, cells, trouble), fields, words)
