"""A preflight's report in words and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fairhand.press.preflight.finding import STANDARDS

if TYPE_CHECKING:
    from fairhand.press.preflight.finding import Finding
    from fairhand.press.preflight.run import Report


def as_text(report: Report, file: str) -> str:
    """Return the report for a person: the verdict, then each finding with its remedy."""
    name = STANDARDS[report.standard].split(" (")[0]
    pages = f"{report.pages} page{'s' * (report.pages != 1)}"
    warnings = len(report.findings) - report.errors
    if report.passes:
        told = f"{file}: fit for a press ({name}, {pages})"
        lines = [told + (f"; {_count(warnings, 'thing')} to look at:" if warnings else ".")]
    else:
        lines = [f"{file}: not fit for a press as {name} ({pages}): "
                 f"{_count(report.errors, 'error')}"
                 + (f", {_count(warnings, 'warning')}:" if warnings else ":")]  # fmt: skip
    for finding in report.findings:
        lines.append(f"  {finding.level}: {where(finding)}{finding.message}")
        lines.append(f"    {finding.remedy}  [{finding.rule}]")
    for rule, count in report.more:
        lines.append(f"  and {count} more of the same kind [{rule}]")
    return "\n".join(lines)


def as_json(report: Report, file: str) -> str:
    """Return the report for a program."""
    return json.dumps(
        {
            "file": file,
            "ok": report.passes,
            "standard": STANDARDS[report.standard].split(" (")[0],
            "claimed": report.claims,
            "pages": report.pages,
            "findings": [
                {"rule": finding.rule, "level": finding.level, "message": finding.message,
                 "remedy": finding.remedy, "page": finding.page or None,
                 "object": finding.thing or None, "place": finding.place or None}
                for finding in report.findings
            ],
            "more": dict(report.more),
        },
        ensure_ascii=False, indent=2,
    )  # fmt: skip


def where(finding: Finding) -> str:
    """Return "page 2, 35 mm from the left and 8 mm from the top, object 12 0: ", as is known."""
    parts = [f"page {finding.page}" if finding.page else "", finding.place, finding.thing]
    told = ", ".join(part for part in parts if part)
    return f"{told}: " if told else ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"
