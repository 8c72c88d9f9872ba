"""Dates as people write them in their language."""

from __future__ import annotations

import datetime
import re

from fairhand.errors import InputError

_ISO = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}$")
_ONLY_FIGURES = re.compile(r"^[\d\s./:\-T+Z,]+$")


def written_date(text: str, language_tag: str) -> str:
    """Turn "2026-11-22" into the language's long form; words ("Tuesday evening") stay.

    InputError for a day that does not exist, and for figures that could be read two ways.
    """
    if _ISO.match(text):
        try:
            day = datetime.date(*(int(part) for part in text.split("-")))
        except ValueError:
            raise InputError(
                f'"{text}" is not a day in the calendar.', hint="Write it as year-month-day."
            ) from None
        return _long_form(day, language_tag)
    if _ONLY_FIGURES.match(text):
        raise InputError(
            f'The date "{text}" could be read in more than one way.',
            hint='Write it as year-month-day, like "2026-11-22", or in words.',
        )
    return text


def _long_form(day: datetime.date, language_tag: str) -> str:
    # Babel knows every language's long form (CLDR), but is slow to import.
    from babel.core import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        locale = Locale.parse(language_tag, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(format_date(day, format="long", locale=locale))
