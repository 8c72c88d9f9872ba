"""The printing condition that a file is meant for: its output intent and ICC profile."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pikepdf

from fairhand.press.preflight.finding import Finding
from fairhand.press.preflight.subject import DAMAGED, Intent, thing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Subject

_CHOOSE = "Export it again and choose the printing condition that the print shop names (FOGRA39)."
_REGISTRY = "http://www.color.org"


def check_intents(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with the output intents (ISO 15930-7 section 6.2)."""
    found = subject.press_intents
    if not found:
        yield Finding(
            "output-intent-missing", "error",
            "The file does not say for which printing condition it was made (no output intent).",
            _CHOOSE,
        )  # fmt: skip
        return
    if len(found) > 1:
        yield Finding(
            "output-intent-twice", "error",
            f"The file names {len(found)} printing conditions (PDF/X output intents).",
            "Keep one output intent.", thing=thing_of(found[1].dictionary),
        )  # fmt: skip
    for intent in found:
        yield from _intent(subject, intent)
    profiles = {_identity(intent) for intent in subject.intents if intent.data}
    if len(profiles) > 1 and len(found) == 1:
        yield Finding(
            "output-intent-differs", "error",
            "The output intents of PDF/X and PDF/A have different profiles.",
            "Let both use one profile, or leave out PDF/A.",
        )  # fmt: skip


def _identity(intent: Intent) -> object:
    with suppress(*DAMAGED):
        if intent.stream.objgen != (0, 0):
            return tuple(intent.stream.objgen)
    return intent.data


def _intent(subject: Subject, intent: Intent) -> Iterator[Finding]:
    standard = subject.wanted.standard
    thing = thing_of(intent.dictionary)

    def fault(rule: str, message: str, remedy: str = _CHOOSE) -> Finding:
        return Finding(rule, "error", message, remedy, thing=thing)

    def said(key: str) -> str:
        with suppress(*DAMAGED):
            value = intent.dictionary.get(key)
            return "" if value is None else str(value).strip()
        return ""

    identifier = said("/OutputConditionIdentifier")
    registered = said("/RegistryName").rstrip("/") == _REGISTRY
    if not identifier:
        yield fault("output-condition-missing", "The output intent does not name its condition "
                    "(OutputConditionIdentifier).")  # fmt: skip
    if not said("/Info") and not registered:
        yield fault("output-condition-info", "The output intent does not describe its condition "
                    "(Info).")  # fmt: skip
    if not isinstance(intent.stream, pikepdf.Stream):
        named = "/DestOutputProfile" in intent.dictionary
        if named or standard == "x-4" or not (registered and identifier):
            refers = said("/DestOutputProfileRef")
            yield fault(
                "output-profile-missing",
                "The output intent refers to a profile outside the file, which is PDF/X-4p."
                if refers else "The output intent has no ICC profile in it.",
                "Export it again with the output profile embedded.",
            )  # fmt: skip
        return
    profile = intent.profile
    embed = "Embed the output profile of the printing condition, whole and of class prtr."
    if profile is None:
        yield fault("output-profile-damaged", "The output profile is no ICC profile.", embed)
        return
    if not profile.whole:
        yield fault("output-profile-damaged", "The output profile is cut short or damaged.", embed)
    elif profile.space == "CMYK" and not {"A2B0", "B2A0"} <= profile.tags:
        yield fault("output-profile-damaged", "The output profile has no tables from plates to "
                    "colours and back (A2B0, B2A0).", embed)  # fmt: skip
    if profile.kind != "prtr":
        kinds = {"mntr": "a display", "scnr": "a scanner", "spac": "a colour space",
                 "link": "a device link", "abst": "an abstract profile"}  # fmt: skip
        yield fault(
            "output-profile-class",
            f"The output profile is that of {kinds.get(profile.kind, repr(profile.kind))}, not of "
            "an output device (class prtr).", embed,
        )  # fmt: skip
    allowed = {"x-4": ("GRAY", "RGB", "CMYK"), "x-3": ("GRAY", "RGB", "CMYK"),
               "x-1a": ("CMYK", "GRAY")}[standard]  # fmt: skip
    if profile.space not in allowed:
        yield fault(
            "output-profile-space",
            f"The output profile's colours are {profile.space or 'unknown'}, "
            f"not {' or '.join(allowed)}.", embed,
        )  # fmt: skip
    # PDF 1.4, and so the older standards, knows ICC.1:1998-09 only (ISO 32000-1 table 67).
    if profile.major not in ((2, 4) if standard == "x-4" else (2,)):
        yield fault(
            "output-profile-version",
            f"The output profile is of ICC version {profile.major}, which this standard does "
            "not know.", embed,
        )  # fmt: skip
    with suppress(*DAMAGED):
        count = int(intent.stream.get("/N", -1))
        if profile.components and count != profile.components:
            yield fault(
                "output-profile-components",
                f"The output profile has {profile.components} colours, but the file says {count}.",
                embed,
            )  # fmt: skip
