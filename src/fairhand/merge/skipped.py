"""Rows that a column of their table leaves out: "skip", "Do Not Mail"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.merge.synonyms import synonyms

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_skipped(fields: Mapping[str, str]) -> bool:
    """Tell whether a row's `skip` says yes, in any of our languages."""
    return "skip" in fields and fields["skip"].casefold() in synonyms().answers.yes


def is_unclear(fields: Mapping[str, str]) -> bool:
    """Tell whether a row's `skip` says neither yes nor no."""
    answers = synonyms().answers
    return "skip" in fields and fields["skip"].casefold() not in answers.yes | answers.no
