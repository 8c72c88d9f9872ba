"""One preflight: a PDF's bytes to a report of findings."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2

from fairhand.press.preflight.annotations import check_annotations
from fairhand.press.preflight.boxes import check_boxes
from fairhand.press.preflight.finding import Finding, Standard, Wanted
from fairhand.press.preflight.identity import check_identity
from fairhand.press.preflight.intents import check_intents
from fairhand.press.preflight.objects import check_objects
from fairhand.press.preflight.pages import check_pages
from fairhand.press.preflight.stored import check_reading
from fairhand.press.preflight.streams import bounded
from fairhand.press.preflight.subject import DAMAGED, Subject, claimed
from fairhand.press.preflight.transparency import check_transparency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MOST_OF_A_RULE = 12
_HEADER_WITHIN = 1024
_AGAIN = "Export or download the file again; this copy is damaged."


USUAL = Wanted()

CHECKS: tuple[Callable[[Subject], Iterable[Finding]], ...] = (
    check_identity,
    check_intents,
    check_boxes,
    check_objects,
    check_annotations,
    check_transparency,
    check_pages,
    check_reading,
)
"""Every check of a document, in the order in which findings are told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a preflight found. `more` counts, by rule, the findings that are not listed."""

    standard: Standard
    claims: bool
    pages: int
    findings: tuple[Finding, ...]
    more: tuple[tuple[str, int], ...] = ()

    @property
    def errors(self) -> int:
        """How many findings make the file unfit, those not listed left out."""
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def passes(self) -> bool:
        """Whether nothing makes the file unfit."""
        return not self.errors


def preflight(data: bytes, wanted: Wanted = USUAL, standard: Standard | None = None) -> Report:
    """Return what is wrong with a file for a press.

    It is held against `standard`; else against the one that it says it keeps; else PDF/X-4.
    Never raises for what is in the file: what cannot be read is a finding.
    """
    with bounded():
        return _preflight(data, wanted, standard)


def _preflight(data: bytes, wanted: Wanted, standard: Standard | None) -> Report:
    try:
        document = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        return _unread(wanted, standard, Finding(
            "encrypted", "error", "The file is encrypted and opens only with a password.",
            "Save it without a password and without restrictions.",
        ))  # fmt: skip
    except DAMAGED:
        is_pdf = b"%PDF-" in data[:_HEADER_WITHIN]
        return _unread(wanted, standard, Finding(
            "file-damaged" if is_pdf else "not-a-pdf", "error",
            "The file is cut short or damaged, and cannot be read." if is_pdf
            else "The file is empty." if not data else "The file is not a PDF.",
            _AGAIN if is_pdf else "Export your card as PDF, and check that file.",
        ))  # fmt: skip
    with document:
        said = claimed(document)
        chosen = standard or said or "x-4"
        subject = Subject(document, replace(wanted, standard=chosen))
        findings, more = _limited(_all(subject, data))
        return Report(chosen, said == chosen, len(subject.pages), findings, more)


def _all(subject: Subject, data: bytes) -> Iterator[Finding]:
    for check in CHECKS:
        try:
            yield from check(subject)
        except (*DAMAGED, RecursionError, zlib.error):
            yield Finding("file-damaged", "error", "A part of the file could not be looked at.",
                          _AGAIN)  # fmt: skip
    yield from _ends(data)
    yield from _second_reader(subject, data)


def _ends(data: bytes) -> Iterator[Finding]:
    """Yield that a file does not begin or end as it should (ISO 32000-1 7.5.2 and 7.5.5)."""
    if not data.startswith(b"%PDF-"):
        yield Finding("file-begins-late", "warning", "Something stands in the file before the PDF "
                      "begins, which some programs refuse.",
                      "Export or download the file again.")  # fmt: skip
    if b"%%EOF" not in data[-_HEADER_WITHIN:]:
        yield Finding("file-damaged", "error", "The file is cut short: its last line is missing.",
                      _AGAIN)  # fmt: skip


def _second_reader(subject: Subject, data: bytes) -> Iterator[Finding]:
    """Yield that another program reads the file differently, as print shops' do."""
    count: Any = None
    with suppress(pypdfium2.PdfiumError):
        other = pypdfium2.PdfDocument(data)
        try:
            count = len(other)
        finally:
            other.close()
    if count != len(subject.pages):
        seen = "cannot open it" if count is None else f"sees {count} pages"
        yield Finding("readers-differ", "error", f"One reader sees {len(subject.pages)} pages in "
                      f"the file, another {seen}.", _AGAIN)  # fmt: skip


def _unread(wanted: Wanted, standard: Standard | None, finding: Finding) -> Report:
    return Report(standard or wanted.standard, False, 0, (finding,))


def _limited(
    findings: Iterable[Finding],
) -> tuple[tuple[Finding, ...], tuple[tuple[str, int], ...]]:
    """Return findings without repetitions and at most so many of a rule; and how many more."""
    kept: dict[Finding, None] = {}
    count: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for finding in findings:
        if finding in kept:
            continue
        if count[finding.rule] >= _MOST_OF_A_RULE:
            left[finding.rule] += 1
            continue
        count[finding.rule] += 1
        kept[finding] = None
    ordered = sorted(kept, key=lambda finding: finding.level)
    return tuple(ordered), tuple(left.items())
