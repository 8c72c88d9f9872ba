"""The options of a merge as the order that they describe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fairhand.cli.common import given_overrides
from fairhand.cli.correction_options import CORRECTION_WISHES, correction_wish
from fairhand.cli.label_options import LABEL_WISHES, label_wish
from fairhand.cli.press_options import press_wish
from fairhand.cli.sheet_options import SHEET_WISHES, sheet_wish
from fairhand.errors import InputError

if TYPE_CHECKING:
    from fairhand.job.merge.order import Order, Parts

_ADDRESS_LINES = ("address", "address_2", "address_3", "address_4")
_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xls", ".jsonl", ".ndjson", ".vcf", ".vcard")
_NOTES = (".md", ".markdown", ".txt", ".yaml", ".yml", ".toml")
_PRESS = ("press", "condition", "outlines", "no_marks", "most_ink")


def refuse_swapped(note: str, people: str) -> None:
    """Raise InputError where the table is named first and the note behind it."""
    if Path(note).suffix.lower() in _TABLES and Path(people).suffix.lower() in _NOTES:
        raise InputError(
            f'"{note}" is a table, and the note comes first.',
            hint=f'Write: fairhand merge "{people}" "{note}"',
        )


def order_of(
    note: str, output: str, mapped: tuple[str, ...], wishes: dict[str, Any]
) -> tuple[Order, list[str]]:
    """Return the order that the options describe, and what is to be said of it.

    What the options leave over are the note's own settings.

    InputError for options that do not go together.
    """
    from fairhand.job.calibrating import carried
    from fairhand.job.merge.order import Order
    from fairhand.job.merge.workers import usual_jobs
    from fairhand.merge.selection import selection, shard
    from fairhand.merge.wording import Wording

    press = press_wish(**{name: wishes.pop(name) for name in _PRESS})
    found = correction_wish({name: wishes.pop(name) for name in CORRECTION_WISHES}, press)
    start, reverse, labels = wishes.pop("start"), wishes.pop("reverse"), wishes.pop("labels")
    outline, no_envelope = wishes.pop("outline"), wishes.pop("no_envelope")
    label_start, no_cards = wishes.pop("label_start"), wishes.pop("no_cards")
    one_each = wishes.pop("one_each")
    how: dict[str, Any] = {
        "colour": wishes.pop("colour"),
        "per_file": wishes.pop("per_file"),
        "rows": selection(wishes.pop("rows"), wishes.pop("first")),
        "keys": not wishes.pop("no_key"),
        "keep": wishes.pop("keep"),
        "keep_duplicates": wishes.pop("keep_duplicates"),
        "skip_bad": wishes.pop("skip_bad"),
        "shard": shard(wishes.pop("share")),
        "jobs": wishes.pop("jobs") or usual_jobs(),
    }
    sheets = {key: wishes.pop(key, None) for key in SHEET_WISHES}
    own = given_overrides(wishes)
    on = sheet_wish(sheets | ({"start": start, "reverse": reverse} if sheets["paper"] else {}))
    on_labels = None
    if labels:
        first = label_start or (1 if on else start)
        wish = {"labels": labels, "start": first, "outline": outline}
        on_labels = label_wish(dict.fromkeys(LABEL_WISHES) | wish)
    if press and on:
        raise InputError("A print shop imposes cards itself.", hint="Leave out --press or --on.")
    if labels and no_envelope:
        raise InputError(
            "Labels take the place of envelopes already.",
            hint="Leave out --no-envelope; --no-cards makes the labels alone.",
        )
    if no_cards and no_envelope:
        raise InputError("Without cards and envelopes there is nothing to make.",
                         hint="Leave out --no-cards or --no-envelope.")  # fmt: skip
    if no_cards and on:
        raise InputError("--on is about cards on larger sheets.",
                         hint="Leave out --no-cards or --on.")  # fmt: skip
    if no_cards and labels and press:
        raise InputError("Labels are printed at home or in an office, not on a press.",
                         hint="Leave out --press.")  # fmt: skip
    if label_start and not labels:
        raise InputError("--label-start is about sheets of labels.", hint="Add --labels.")
    if label_start and start > 1 and not on:
        raise InputError("--start and --label-start both say where the labels begin.",
                         hint="Leave one of them out.")  # fmt: skip
    if start > 1 and not labels and not on:
        raise InputError(
            "--start is about sheets of labels or of several cards.", hint="Add --labels or --on."
        )
    if start > 1 and labels and on and not label_start:
        raise InputError(
            "--start could be about the sheets of labels or about those of cards.",
            hint="It is for the cards; say where the labels begin too: --label-start 1.",
        )
    if outline and not labels:
        raise InputError("--outline is about sheets of labels.", hint="Add --labels.")
    if one_each and (on or labels):
        raise InputError(
            "Files of one person have no sheets of several.",
            hint="Leave out --one-each, or --on and --labels.",
        )
    order = Order(
        Wording.read("-" if note == "/dev/stdin" else note, own),
        Path(output),
        given=given_columns(mapped),
        cards=not no_cards,
        companion="labels" if labels else "none" if no_envelope else "envelopes",
        labels=on_labels[0] if on_labels else None,
        on=on[0] if on else None,
        sides=cast("Parts", on[1]) if on else "both",
        press=press,
        correction=found.correction if found else None,
        reverse=reverse,
        one_each=one_each,
        **how,
    )
    notices = on_labels[1] if on_labels else []
    if found:
        notices.append(carried(found, "PDFs"))
    return order, notices


def given_columns(mapped: tuple[str, ...]) -> dict[str, str]:
    """Return the columns of fields; an address that is named again goes on in a further line.

    InputError for what names no column, and for any other field that is named twice.
    """
    given: dict[str, str] = {}
    for one in mapped:
        field, equals, column = one.partition("=")
        if not (field.strip() and equals):
            raise InputError(
                f'"--map {one}" does not say which column a field is in.',
                hint='Write it like --map name="Full Name".',
            )
        name = field.strip()
        if name.lower() == "address":
            name = next((line for line in _ADDRESS_LINES if line not in given), name)
        if name in given:
            hint = "Leave one of them out."
            if name.lower() == "address":
                hint = f"An address has {len(_ADDRESS_LINES)} lines above the city at most."
            raise InputError(f'--map says twice which column "{name}" is in.', hint=hint)
        given[name] = column.strip()
    return given
