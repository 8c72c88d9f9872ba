"""Colours: which spaces a press file may use, and how much ink lies on the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairhand.press.preflight.finding import STANDARDS, Finding
from fairhand.press.preflight.function import value_at
from fairhand.press.preflight.icc import profile_of
from fairhand.press.preflight.mesh import corners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.colour_space import Space
    from fairhand.press.preflight.painted import Painted
    from fairhand.press.preflight.subject import Page, Subject

_ROUNDING = 0.5
_SMALL_TEXT = 12.0
_DARK = 0.6
_COLOURED = 0.1
"""Parts of RGB that differ by more make a colour, which cannot be set in black alone."""

_OF_ONE_COLOUR = ("fill", "stroke", "text", "picture")
_STEPS = 9
_FIRST_MESH = 4
_OUTSIDE = 0.5
_OLD_ICC = 2
_INPUT_CLASSES = ("scnr", "mntr", "prtr", "spac")
_ON_PLATES = ("Gray", "CMYK", "Spot", "Indexed", "Pattern", "unknown")
_CONVERT = "Convert it to CMYK with the print shop's profile, and export the file again."


def check_spaces(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield colour spaces that the standard or the output intent does not allow (6.2.4)."""
    if thing.kind == "font" or not (thing.visible or thing.hidden) or thing.box is None:
        return
    for space in thing.colour.space.inside():
        yield from _space(space, thing, page, subject)


def _space(space: Space, thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    def fault(rule: str, message: str, remedy: str = _CONVERT) -> Finding:
        return Finding(rule, "error", message, remedy, page.number, thing.thing)

    what = _WORDS[thing.kind]
    if subject.wanted.standard == "x-1a" and space.kind not in _ON_PLATES:
        name = space.kind if space.kind != "ICC" else f"tagged {space.model}"
        yield fault("rgb", f"{what} is in {name}, but {STANDARDS['x-1a'].split(' (')[0]} knows "
                    "CMYK, grey and spot colours only.")  # fmt: skip
        return
    if space.kind == "RGB" and subject.space != "RGB":
        yield fault("rgb", f"{what} is in RGB without a profile, which a press cannot print.")
    elif space.kind == "CMYK" and subject.space not in ("CMYK", ""):
        yield fault(
            "cmyk-untagged", f"{what} is in CMYK, but the file is meant for {subject.space}.",
            "Choose a CMYK output intent, or tag the colours with their profile.",
        )  # fmt: skip
    if space.kind == "ICC":
        profile = profile_of(space.profile)
        if profile is None or not profile.whole or (
            profile.components and profile.components != space.count
        ):  # fmt: skip
            yield fault("profile-damaged", f"{what} has an ICC profile that is damaged or has "
                        "another number of colours.",
                        "Export it again with a whole profile.")  # fmt: skip
        elif subject.wanted.standard != "x-4" and profile.major > _OLD_ICC:
            yield Finding(
                "profile-version", "warning", f"{what} has a profile of ICC version "
                f"{profile.major}, which programs of this standard's time do not know.",
                "Use a profile of version 2, or choose PDF/X-4.", page.number, thing.thing,
            )  # fmt: skip
        elif profile.kind not in _INPUT_CLASSES:
            yield fault("profile-damaged", f"{what} has an ICC profile that cannot say what its "
                        f'colours are (class "{profile.kind}").',
                        "Export it again with the profile of its colour space.")  # fmt: skip
        elif space.model == "CMYK" and any(
            space.profile == intent.data for intent in subject.press_intents
        ):
            yield Finding(
                "profile-again", "warning", f"{what} is tagged with the output intent's own "
                "profile, so overprinting differs from plain CMYK.",
                "Export it as CMYK without a profile.", page.number, thing.thing,
            )  # fmt: skip


def check_ink(thing: Painted, page: Page, subject: Subject) -> Iterator[Finding]:
    """Yield colours with more ink than the paper bears, and inks where they should not be."""
    if not _counts(thing, page):
        return
    space, parts = thing.colour.space, thing.colour.parts
    if thing.colour.pattern is not None:
        return
    what = _WORDS[thing.kind]
    if thing.kind == "shading":
        total = _shading_ink(thing)
    elif thing.kind == "picture" and not parts and not space.is_registration:
        return
    else:
        total = space.ink(parts)
    inked = not parts if thing.kind in ("picture", "shading") else bool(parts and parts[0] > 0)
    if space.is_registration and (inked or (parts and parts[0] > 0)):
        if thing.box and page.trim and _inside(thing, page):
            yield Finding(
                "registration-ink", "error", f"{what} on the card is in the registration colour, "
                "which prints on every plate.", "Set it in black (K only).", page.number,
                thing.thing,
            )  # fmt: skip
        return
    if total > subject.wanted.most_ink + _ROUNDING:
        yield Finding(
            "ink-limit", "error", f"{what} has {total:.0f} % of ink, all plates together; "
            f"the paper bears {subject.wanted.most_ink:.0f} %.",
            "Use a lighter mixture; for black text, black (K) alone.", page.number, thing.thing,
        )  # fmt: skip
    elif thing.kind == "text" and thing.size < _SMALL_TEXT and _is_rich(space, parts):
        yield Finding(
            "rich-black-text", "warning", f"Small dark text ({thing.size:.0f} pt) is printed with "
            "several plates, and blurs when they do not meet exactly.",
            "Set small text in black (K) alone.", page.number, thing.thing,
        )  # fmt: skip
    if thing.overprints and thing.kind in _OF_ONE_COLOUR and space.white(parts):
        yield Finding(
            "white-overprints", "error", f"{what} is white and set to overprint, so it is not "
            "printed at all.", "Turn overprint off for white.", page.number, thing.thing,
        )  # fmt: skip


def _is_rich(space: Space, parts: tuple[float, ...]) -> bool:
    """Tell whether a colour is a black, or nearly, that several plates make."""
    match space.kind, space.model:
        case ("CMYK", _) | ("ICC", "CMYK"):
            return (parts[3] >= _DARK and sum(parts[:3]) >= 0.3) or min(parts[:3]) >= _DARK
        case ("CalRGB", _) | ("ICC", "RGB"):
            return max(parts) <= 1 - _DARK and max(parts) - min(parts) < _COLOURED
        case "Lab", _:
            return parts[0] <= 100 * (1 - _DARK) and max(abs(parts[1]), abs(parts[2])) < 15
    return False


def _counts(thing: Painted, page: Page) -> bool:
    """Tell whether something can be seen on the card or in its bleed."""
    if thing.kind == "font" or not thing.visible or thing.box is None:
        return False
    around = page.bleed
    if around is None:
        return True
    shared = thing.box.intersection(around)
    return shared.width >= 0 and shared.height >= 0


def _inside(thing: Painted, page: Page) -> bool:
    if thing.box is None or page.trim is None:
        return False
    shared = thing.box.intersection(page.trim)
    return shared.width > _OUTSIDE or shared.height > _OUTSIDE if (
        shared.width >= 0 and shared.height >= 0
    ) else False  # fmt: skip


def _shading_ink(thing: Painted) -> float:
    if (
        int(thing.picture.get("/ShadingType", 2)) >= _FIRST_MESH
        and "/Function" not in thing.picture
    ):
        return max(
            (thing.colour.space.ink(corner) for corner in corners(thing.picture)), default=0.0
        )
    function = thing.picture.get("/Function") if thing.picture is not None else None
    if function is None:
        return 0.0
    low, high = 0.0, 1.0
    domain = thing.picture.get("/Domain")
    if domain is not None and len(domain) == 2:
        low, high = float(domain[0]), float(domain[1])
    values = [value_at(function, low + k / (_STEPS - 1) * (high - low)) for k in range(_STEPS)]
    return max((thing.colour.space.ink(value) for value in values if value), default=0.0)


_WORDS = {
    "fill": "A shape", "stroke": "A line", "text": "Text", "picture": "A picture",
    "shading": "A gradient", "font": "A font",
}  # fmt: skip
