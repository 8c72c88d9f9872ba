"""The front of a card: its art, and the words on it, in any hand."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from fairhand.art.drawing import PdfPage, around, bounds
from fairhand.art.fronts import DRAWINGS
from fairhand.art.fronts.panel import FrontPanel
from fairhand.catalog import own_file, read_at_most
from fairhand.compose.card import refuse_written
from fairhand.compose.letters import refuse_missing
from fairhand.compose.lines import fitted_lines
from fairhand.compose.page import ComposedPage
from fairhand.compose.shape import shaper_for
from fairhand.errors import InputError, did_you_mean
from fairhand.geometry import Insets, Rect
from fairhand.hand.hand import bundled_hand, hand
from fairhand.job.over_art import LEAST_CONTRAST, choice
from fairhand.layout.front import Front, front, read_front
from fairhand.note.language import language
from fairhand.stationery.catalogue import ink
from fairhand.units import INCH
from fairhand.write.extent import ink_extent
from fairhand.write.hand_page import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.art.drawing import Drawn
    from fairhand.art.place import PlacedArt
    from fairhand.compose.card import ComposedCard
    from fairhand.geometry import Size
    from fairhand.hand.hand import Hand
    from fairhand.layout.model import CardLayout
    from fairhand.note.model import Art, Note
    from fairhand.note.read import NoteFile
    from fairhand.stationery.model import Ink, Pen
    from fairhand.write.page import WrittenPage

BLEED = INCH / 8
"""How far art reaches over the edges: what US shops ask for, and a little more than 3 mm."""

_LARGEST_FILE = 100_000_000
_AROUND = 0.04
"""White round art that is shown whole, a share of the panel's shorter side."""

_WORDS_BELOW = 0.3
"""The share of the front that is left to words under art that is shown whole."""

_BANDS = {"top": (0.64, 0.95), "bottom": (0.05, 0.36)}
"""The lower and upper edge of the places of words over art, shares of the front's height."""

_PAPER_WHITE = 0.85
_CAPTION = 0.7
_ANDS = ("and", "und", "et", "y", "e", "i", "og", "och", "en", "&", "+")
_HOUSES = (
    "the", "family", "die", "familie", "les", "famille", "los", "las", "familia", "família",
    "i", "gli", "famiglia", "os", "familjen", "familien", "rodzina",
)  # fmt: skip
"""How families begin their name: the Garcias are a G, Familie Müller is an M."""

_MOST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class FrontMade:
    """A finished front: its words composed (None where there are none), the page, what to tell.

    `title` names the art, for those who are told what was made.
    """

    words: ComposedPage | None
    page: WrittenPage
    title: str
    notices: tuple[str, ...]


def made_front(
    source: NoteFile, composed: ComposedCard, own_hand: Hand, own_ink: Ink, own_pen: Pen, seed: str
) -> FrontMade:
    """Return the front of a note's card: its art, its words, or both.

    InputError when the note itself is written on that panel, the art cannot be used, or the
    words do not fit or have letters that their hand lacks.
    """
    note, folder = source.note, Path(source.file).parent
    card, layout = composed.card, composed.layout
    field = "front" if note.front else "art"
    refuse_written(card, field, "front", {page.name for page in composed.pages})
    with _told_of("art"):
        design = _design(note.art, folder) if note.art else None
        path = own_file(design.file if design else note.art.file, folder) if note.art else folder
    text = _words(note, design)
    with _told_of("front_hand"):
        chosen_hand = _hand(note, design, own_hand, text, folder)
    missing = [("front", letter) for letter in chosen_hand.font.missing(text)]
    refuse_missing(missing, source, chosen_hand)
    safe = layout.safe_area(card, "front")
    art = None
    if note.art and (design is None or design.file):
        inner = _inner(safe, card.size, below=bool(text))
        art = _own_art(path, _stamp(path), note.art, card.size, inner)
    covers = art is not None and art.covers
    whole = around(map(bounds, art.things)) if art and not covers else None
    with _told_of("front_ink"):
        inks = _inks(note, design, own_ink, over=covers)
    x_height = _x_height(design, layout, under=whole is not None)
    tries: list[tuple[ComposedPage | None, WrittenPage]] = []
    for area in _places(note, design, layout, card.size, covers=covers, whole=whole):
        words = None
        if text:
            try:
                words = fitted_lines(
                    "front", "front", text.split("\n"), area.intersection(safe), card.size, safe,
                    shaper_for(chosen_hand, language(note.language)), x_height, "centre",
                )  # fmt: skip
            except InputError:
                if not tries:
                    raise
                continue
        page = write_page(
            words or ComposedPage("front", card.size, safe, safe, (), 0.5, 0.3, 10.0),
            chosen_hand, inks[0], own_pen, seed, note.neatness,
        )  # fmt: skip
        tries.append((words, page))
        if not (covers and words):
            break
    words, page = tries[0]
    notices = art.notices if art else ()
    if art and covers and words:
        chosen = choice([one for _, one in tries], inks, art.things)
        words, page = tries[chosen.number]
        page = replace(page, ink=chosen.ink)
        if chosen.contrast < LEAST_CONTRAST:
            notices += (
                f'The words on the front are hard to read over "{_title(note, design)}": try '
                'another "front_place" or "front_ink", or another part of it.',
            )
    drawn: tuple[Drawn, ...] = art.things if art else ()
    if design and design.drawing:
        with _told_of("art"):
            drawn = _drawing(design, note.art, page, layout)
    covered = covers or (design is not None and bool(design.drawing))
    if words and not covered and min(page.ink.rgb_fractions) > _PAPER_WHITE:
        notices += (f'The words on the front are in "{page.ink.name}", which paper does not show.',)
    return FrontMade(words, replace(page, under=drawn), _title(note, design), notices)


@contextmanager
def _told_of(field: str) -> Iterator[None]:
    """Tell the line of the note's field with an error, unless it is about a line elsewhere."""
    try:
        yield
    except InputError as error:
        field = "" if error.place.file else field
        raise InputError(error.message, hint=error.hint, place=error.place, field=field) from None


def _design(art: Art, folder: Path) -> Front | None:
    """Return the front of the catalogue, or the user's own (.toml); None for a file of art."""
    if art.file.lower().endswith(".toml"):
        return read_front(own_file(art.file, folder))
    return None if names_a_file(art.file) else front(art.file)


def names_a_file(name: str) -> bool:
    """Tell whether art is named by a path, and not as a front of the catalogue."""
    return "/" in name or "\\" in name or bool(Path(name).suffix)


def _words(note: Note, design: Front | None) -> str:
    """Return the words of a front: the note's, or the front's own in the note's language."""
    if note.front or design is None or (note.art and not note.art.words):
        return note.front
    if design.initials:
        return _initials(note, design)
    tag = note.language
    return design.words.get(tag, "") or design.words.get(tag.split("-")[0], "")


def _initials(note: Note, design: Front) -> str:
    name = note.from_.name if note.from_ else note.signature.split("\n")[0]
    titles = {title.rstrip(".").casefold() for title in language(note.language).titles}
    parts = [p for p in name.replace(".", " ").split() if p.rstrip(".").casefold() not in titles]
    while len(parts) > 1 and parts[0].casefold() in _HOUSES:
        parts = parts[1:]
    if len(parts) > 1 and parts[-1].casefold() in _HOUSES:
        parts = parts[:-1]
    ands = [part for part in parts if part.casefold() in _ANDS and not part.istitle()]
    letters = [part[0].upper()[0] for part in parts if part not in ands and part[0].isalpha()]
    if not letters:
        raise InputError(
            f'The front "{design.name}" shows initials, and the note does not say whose.',
            hint='Add "front: TR" with the letters that it shall show, or "from:" with a name.',
            field="art",
        )
    return " & ".join(letters[:2]) if ands else "".join(letters[:_MOST_INITIALS])


def _hand(note: Note, design: Front | None, own_hand: Hand, text: str, folder: Path) -> Hand:
    if note.front_hand != "auto":
        return hand(note.front_hand, folder)
    if design and design.hand:
        # The front's own hand, unless a name on it has letters that only the note's can write.
        chosen = bundled_hand(design.hand)
        if not chosen.font.missing(text):
            return chosen
    return own_hand


def _inks(note: Note, design: Front | None, own_ink: Ink, *, over: bool) -> tuple[Ink, ...]:
    """Return the ink of the words; over art where nobody named one, white may take its place."""
    if note.front_ink != "auto":
        return (ink(note.front_ink),)
    if design and design.ink:
        return (design.ink,)
    return (own_ink, ink("white")) if over else (own_ink,)


def _places(
    note: Note, design: Front | None, layout: CardLayout, panel: Size,
    *, covers: bool, whole: Rect | None,
) -> list[Rect]:  # fmt: skip
    """Return where the words may stand: as the note or the front says, under whole art, as usual.

    `whole` is where art lies that is shown whole. Over art that covers the front there are several
    places, for its middle is often a face.
    """
    wished = note.front_place
    if wished != "auto" and (whole or (design and design.drawing)):
        raise InputError(
            f'"front_place: {wished}" is for words alone, or over a picture that covers the front.',
            hint="Leave it out: this front has its own place for them.", field="front_place",
        )  # fmt: skip
    if design and (design.drawing or not whole) and wished == "auto":
        return [design.words_area(panel)]
    if whole:
        # As far below wide art as below high art: they are seen together.
        top = max(whole.bottom, _WORDS_BELOW * panel.height)
        return [Rect(0.08 * panel.width, top - _WORDS_BELOW * panel.height,
                     0.92 * panel.width, top)]  # fmt: skip
    places = {"middle": layout.front.rect(panel)}
    for name, (bottom, top) in _BANDS.items():
        places[name] = Rect(0.08 * panel.width, bottom * panel.height,
                            0.92 * panel.width, top * panel.height)  # fmt: skip
    if wished != "auto":
        return [places[wished]]
    return list(places.values()) if covers else [places["middle"]]


def _x_height(design: Front | None, layout: CardLayout, *, under: bool) -> float:
    """Return the wished size of the words; what stands under art is a caption to it."""
    if design:
        return design.x_height
    return layout.front_x_height * (_CAPTION if under else 1.0)


def _inner(safe: Rect, panel: Size, *, below: bool) -> Rect:
    around = _AROUND * min(panel)
    inner = safe.inset(Insets(around, around, around, around))
    return inner._replace(bottom=_WORDS_BELOW * panel.height) if below else inner


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file does; InputError when it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise InputError(f'The file "{path}" leads to another that is not there.',
                             hint="Name the picture itself.", field="art") from None  # fmt: skip
        near = did_you_mean(path.name, _names_beside(path))
        raise InputError(f'There is no file "{path}".', hint=near, field="art") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise InputError(f'The file "{path}" cannot be read: {reason}.', field="art") from None
    if not S_ISREG(found.st_mode):
        # What is read of a device or a pipe may never come, or never end.
        what = "a folder" if S_ISDIR(found.st_mode) else "no file of art"
        raise InputError(f'"{path}" is {what}.', hint="Name a picture, an SVG or a PDF.",
                         field="art")  # fmt: skip
    return found.st_mtime_ns, found.st_size


def _names_beside(path: Path) -> list[str]:
    try:
        return [one.name for one in path.parent.iterdir()][:200]
    except OSError:
        return []


@lru_cache(maxsize=16)
def _own_art(path: Path, _stamp: tuple[int, int], art: Art, panel: Size, inner: Rect) -> PlacedArt:
    """Read and place a file of art; kept, for the cards of a merge mostly show the same."""
    # Slow to load, and a drawn front has no need of it.
    from fairhand.art.place import Wish, placed, read_art

    wish = Wish(art.fit, art.across, art.down, art.zoom)
    try:
        data = read_at_most(path, _LARGEST_FILE)
    except OSError as error:
        raise InputError(f'The file "{path}" cannot be read: {error.strerror}.',
                         field="art") from None  # fmt: skip
    with _told_of("art"):
        source = read_art(data, art.page, path.name)
        shown = placed(source, panel, inner, BLEED, wish)
        return _flattened(shown, path.name) if getattr(source, "hides", False) else shown


def _flattened(art: PlacedArt, name: str) -> PlacedArt:
    """Return a page some of whose layers are off as a picture, in which they stay off."""
    # pdfium is slow to load, and few pages have layers.
    from fairhand.output.raster import PRINT_DPI, picture_of

    things = tuple(picture_of(one, PRINT_DPI) if isinstance(one, PdfPage) else one
                   for one in art.things)  # fmt: skip
    said = (f'Some layers of "{name}" are switched off, so its page is on the card as a picture, '
            f"{PRINT_DPI} to the inch.")  # fmt: skip
    return replace(art, things=things, notices=(*art.notices, said))


def _drawing(
    design: Front, art: Art | None, page: WrittenPage, layout: CardLayout
) -> tuple[Drawn, ...]:
    draw = DRAWINGS.get(design.drawing)
    if draw is None:
        raise InputError(
            f'There is no drawing "{design.drawing}" for the front "{design.name}".',
            hint=did_you_mean(design.drawing, DRAWINGS), field="art",
        )  # fmt: skip
    others = tuple(ink(name) for name in art.inks) if art else ()
    inks = (*others, *design.inks[len(others) :])
    size = page.size
    middle = Rect(size.width / 2, size.height / 2, size.width / 2, size.height / 2)
    return draw(FrontPanel(size, ink_extent(page) or middle, inks, layout.safe, BLEED))


def _title(note: Note, design: Front | None) -> str:
    if design:
        return design.title
    return Path(note.art.file).name if note.art else ""
