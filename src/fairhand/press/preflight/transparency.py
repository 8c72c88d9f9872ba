"""Transparency: groups that blend in the wrong colours, and files that may have none."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pikepdf

from fairhand.press.preflight.colour_space import space_of
from fairhand.press.preflight.finding import STANDARDS, Finding
from fairhand.press.preflight.subject import DAMAGED, Page, number_of, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Subject


def check_transparency(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with transparency (ISO 15930-7 section 6.3, ISO 15930-6 6.15)."""
    for page in subject.pages:
        with suppress(*DAMAGED):
            yield from _group(subject, page.dictionary, page.number)
        with suppress(*DAMAGED):
            yield from _unstated(subject, page)
    for entry, number, _ in subject.things:
        if not isinstance(entry, pikepdf.Stream):
            continue
        with suppress(*DAMAGED):
            subtype = str(entry.get("/Subtype", ""))
            if subtype == "/Form":
                yield from _group(subject, entry, number)
            elif subtype == "/Image" and subject.wanted.standard != "x-4" and (
                "/SMask" in entry or number_of(entry.get("/SMaskInData", 0))
            ):  # fmt: skip
                yield _forbidden(subject, "A picture has a soft mask", entry, number)


def _group(subject: Subject, owner: Any, number: int) -> Iterator[Finding]:
    group = owner.get("/Group")
    if group is None or str(group.get("/S", "")) != "/Transparency":
        return
    if subject.wanted.standard != "x-4":
        yield _forbidden(subject, "There is a transparency group", owner, number)
        return
    if "/CS" not in group:
        return
    space = space_of(group.get("/CS"), owner.get("/Resources"))
    model = space.model if space.kind == "ICC" else space.kind.removeprefix("Cal")
    wanted = subject.space
    if wanted and model in ("RGB", "CMYK") and model != wanted:
        yield Finding(
            "group-space", "error",
            f"Transparency is blended in {model}, but the file is meant for {wanted}.",
            f"Set the blending space of the document to {wanted} and export again.",
            number, thing_of(owner),
        )  # fmt: skip
    elif model not in ("RGB", "CMYK", "Gray"):
        yield Finding(
            "group-space", "error", f"Transparency is blended in a space that cannot be blended "
            f"in ({space.kind}).", "Set the blending space to CMYK and export again.", number,
            thing_of(owner),
        )  # fmt: skip


def _unstated(subject: Subject, page: Page) -> Iterator[Finding]:
    """Yield pages that are transparent, and leave it to the RIP in which space to blend."""
    group = page.dictionary.get("/Group")
    if subject.wanted.standard != "x-4" or (group is not None and "/CS" in group):
        return
    states = page.resources.get("/ExtGState", {}) if page.resources is not None else {}
    for state in children_of(states):
        opacity = [number_of(state.get(key)) for key in ("/ca", "/CA")]
        blends = str(state.get("/BM", "/Normal")) not in ("/Normal", "/Compatible")
        masked = str(state.get("/SMask", "/None")) != "/None"
        if blends or masked or any(value is not None and value < 1 for value in opacity):
            yield Finding(
                "group-space-missing", "warning", "The page is transparent but does not say in "
                "which colours it is blended.",
                "Set the blending space of the document to that of the press (CMYK).",
                page.number, page.thing,
            )  # fmt: skip
            return


def children_of(dictionary: Any) -> list[Any]:
    """Return the dictionaries in a dictionary."""
    return [entry for entry in dict(dictionary).values() if isinstance(entry, pikepdf.Dictionary)]


def _forbidden(subject: Subject, what: str, owner: Any, page: int) -> Finding:
    name = STANDARDS[subject.wanted.standard].split(" (")[0]
    return Finding("transparency", "error", f"{what}, and {name} knows no transparency.",
                   "Flatten transparency, or choose PDF/X-4.", page, thing_of(owner))  # fmt: skip
