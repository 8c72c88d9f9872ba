"""The folder of notes, which the person sees too: notes, and what lies beside each of them.

    Note to Ms. Okafor.md             the note; its stem names all that is its own
    Note to Ms. Okafor.front.png      art of the user's own for the front
    Note to Ms. Okafor.hand.ttf       a font of the user's own
    Note to Ms. Okafor.people.csv     a table of people
    Note to Ms. Okafor cards/         what was made for them
    Removed notes/                    what was removed, in case it is missed

Files are written whole or not at all. A note's version is a digest of its bytes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fairhand.errors import FailureError, InputError
from fairhand.job import save
from fairhand.job.drafts import Draft, draft_text, read_draft
from fairhand.studio import companions
from fairhand.studio.named_files import check_fields
from fairhand.studio.names import (
    COMPANIONS,
    DATA_NOTES,
    MADE,
    MARKDOWN,
    NotHereError,
    checked_note_name,
    key_of,
    numbered,
    stem_of,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REMOVED: Final = "Removed notes"
_LARGEST_NOTE = 100_000
_MOST_NOTES = 2_000
_BEGINNING = 80
_UNNAMED: Final = "Note"
_ASIDE: Final = "(changed elsewhere)"


@dataclass(frozen=True, slots=True)
class Listed:
    """A note of the folder, for a list: when it was changed (seconds since 1970), how it begins.

    `about` is the first line of the note's comment, which in a starter says what the occasion is;
    `fault` is one sentence when the file cannot be read as a note.
    """

    name: str
    title: str
    changed: float
    about: str = ""
    beginning: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A note as its file holds it, and the version of that."""

    name: str
    draft: Draft
    version: str


def open_folder(path: Path | None = None) -> Folder:
    """Return the folder of notes, made when it is not there: "fairhand" in the documents.

    FailureError when it cannot be made; InputError when it is no folder.
    """
    if path is None:
        # Asked for once, and slow to load.
        from platformdirs import user_documents_path

        path = user_documents_path() / "fairhand"
    try:
        if path.exists() and not path.is_dir():
            raise InputError(f'"{path}" is a file, not a folder of notes.')
        path.mkdir(parents=True, exist_ok=True)
        return Folder(path.resolve(strict=True))
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise FailureError(
            f'The folder "{path}" cannot be made: {reason}.',
            hint="Name another one: fairhand studio FOLDER.",
        ) from None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of notes; `root` is its resolved path. Names come from requests, unchecked."""

    root: Path

    def path(self, name: str) -> Path:
        """Return the path of a note that is there; NotHereError when there is none."""
        path = within(self.root, checked_note_name(name))
        if not path.is_file():
            raise NotHereError(f'There is no note "{name}".')
        return path

    def notes(self) -> tuple[Listed, ...]:
        """Return all notes, those that were changed last first.

        A note in another form than Markdown is left out where its Markdown stands beside it.
        """
        found = []
        for name in self._names():
            with suppress(OSError, NotHereError):
                changed = self.path(name).stat().st_mtime
                found.append((changed, name))
        listed = (self._listed(name, changed) for changed, name in sorted(found, reverse=True))
        return tuple(one for one in listed if one is not None)

    def _names(self) -> Iterator[str]:
        names = [path.name for path in _files_in(self.root)][:_MOST_NOTES]
        written = {Path(name).stem for name in names if Path(name).suffix.lower() in MARKDOWN}
        for name in names:
            is_data = Path(name).suffix.lower() in DATA_NOTES
            if not (is_data and Path(name).stem in written):
                yield name

    def _listed(self, name: str, changed: float) -> Listed | None:
        title = Path(name).stem
        try:
            draft = self._read(name).draft
        except InputError as error:
            # Other files in these forms are no notes; one in Markdown is a broken one.
            is_note = Path(name).suffix.lower() in MARKDOWN
            return Listed(name, title, changed, fault=error.message) if is_note else None
        about = next((line for line in draft.comment.splitlines() if line.strip()), "").strip()
        first = _beginning(_text_of(draft.fields.get("paragraphs")))
        return Listed(name, title, changed, about, first)

    def read(self, name: str) -> Opened:
        """Return a note; one in another form than Markdown is opened as its copy in Markdown.

        NotHereError when it is not there; InputError when it is no note.
        """
        if Path(name).suffix.lower() in MARKDOWN:
            return self._read(name)
        stem = self.path(name).stem
        if self._has(f"{stem}.md"):
            return self._read(f"{stem}.md")
        return self._written(self.root / f"{stem}.md", self._read(name).draft)

    def _read(self, name: str) -> Opened:
        path = self.path(name)
        data = _bytes_of(path, name)
        return Opened(name, read_draft(data, path.suffix.lower()), version_of(data))

    def version(self, name: str) -> str:
        """Return the version of a note's file."""
        return version_of(_bytes_of(self.path(name), name))

    def write(self, name: str, draft: Draft) -> Opened:
        """Write a note that is there already; FailureError when the disk does not take it."""
        path = self.path(name)
        if path.suffix.lower() not in MARKDOWN:
            raise NotHereError(f'"{name}" is opened as a copy in Markdown.')
        return self._written(path, draft)

    def _written(self, path: Path, draft: Draft) -> Opened:
        data = draft_text(draft).encode()
        if len(data) > _LARGEST_NOTE:
            raise InputError("This is longer than any card can hold.", hint="Shorten it.")
        save({path: data})
        return Opened(path.name, draft, version_of(data))

    def put_back(self, name: str, draft: Draft) -> Opened:
        """Write a note whose file is gone, under its name; NotHereError where it is not Markdown.

        InputError when there is something of that name again.
        """
        path = within(self.root, checked_note_name(name))
        if path.suffix.lower() not in MARKDOWN:
            raise NotHereError("There is no note of this name.")
        if path.exists():
            raise InputError(f'There is a note "{path.stem}" already.')
        return self._written(path, draft)

    def keep_aside(self, name: str) -> str:
        """Copy a note's file as it is, which is about to be written over; return the copy's name.

        FailureError when the disk does not take it.
        """
        path = self.path(name)
        stem = self._free_stem(stem_of(f"{path.stem} {_ASIDE}"))
        copy = self.root / f"{stem}{path.suffix}"
        save({copy: _bytes_of(path, name)})
        return copy.name

    def create(self, draft: Draft, wish: str) -> Opened:
        """Write a new note under a name made of `wish`, with a number when it is taken."""
        return self._written(self.root / f"{self._free_stem(stem_of(wish))}.md", draft)

    def duplicate(self, name: str) -> Opened:
        """Copy a note, with its art, its font and its people, and return the copy."""
        opened = self.read(name)
        stem = Path(opened.name).stem
        new = self._free_stem(stem)
        companions.copy(self.root, stem, new)
        return self._written(self.root / f"{new}.md", companions.renamed(opened.draft, stem, new))

    def rename(self, name: str, wish: str) -> Opened:
        """Give a note another name, and all that is its own; InputError for a name it cannot have.

        Whatever a merge of it is writing must have ended.
        """
        opened = self.read(name)
        path = self.path(opened.name)
        stem, new = path.stem, stem_of(wish.removesuffix(path.suffix))
        if not new:
            raise InputError("A note needs a name.", field="name")
        if new == stem:
            return opened
        is_another = key_of(new) != key_of(stem)
        if is_another and key_of(new) in self._taken():
            raise InputError(f'There is a note "{new}" already.', field="name")
        companions.move(self.root, stem, self.root, new)
        target = self.root / f"{new}.md"
        if not is_another:
            # To some file systems it is the same file, which must not be removed then.
            path.replace(target)
        written = self._written(target, companions.renamed(opened.draft, stem, new))
        if is_another:
            path.unlink()
        return written

    def remove(self, name: str) -> None:
        """Move a note and all that is its own into the folder of removed notes."""
        path = self.path(name)
        folder = within(self.root, REMOVED)
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise FailureError(f'"{folder}" cannot be made: {error.strerror}.') from None
        taken = {key_of(one.name) for one in _files_in(folder)}
        stem = next(one for one in numbered(path.stem) if not _has_any_of(key_of(one), taken))
        companions.move(self.root, path.stem, folder, stem)
        path.replace(folder / f"{stem}{path.suffix}")

    def companion(self, name: str, kind: str) -> Path | None:
        """Return the file of a kind (`names.COMPANIONS`) beside a note, None without one."""
        return companions.companion(self.root, self.path(name).stem, kind)

    def place_for(self, name: str, kind: str, ending: str) -> Path:
        """Return where a file of a kind is to be put beside a note."""
        return companions.place_for(self.root, self.path(name).stem, kind, ending)

    def drop_companions(self, name: str, kind: str, besides: Path | None = None) -> None:
        """Take away the files of a kind beside a note, all `besides` one."""
        companions.drop(self.root, self.path(name).stem, kind, besides)

    def made_folder(self, name: str) -> Path:
        """Return the folder of what a merge of a note makes, which may not be there yet."""
        return companions.made_folder(self.root, self.path(name).stem)

    def made_files(self, name: str) -> tuple[Path, ...]:
        """Return the files of a merge that may be downloaded, by name."""
        return companions.made_files(self.root, self.path(name).stem)

    def made_file(self, name: str, file: str) -> Path:
        """Return one file of a merge; NotHereError when it is none that may be downloaded."""
        return companions.made_file(self.root, self.path(name).stem, file)

    def check_fields(self, fields: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Refuse a path that leads out of the folder, unless the note's file has it already.

        `fields` come from a request, `known` from the file. InputError names the field.
        """
        check_fields(self.root, fields, known)

    def _has(self, name: str) -> bool:
        with suppress(NotHereError):
            return self.path(name).is_file()
        return False

    def _taken(self) -> set[str]:
        """Return the stems that a new note must not have, since something there has them."""
        found = set()
        for path in _files_in(self.root):
            stem = path.name.removesuffix(MADE) if path.suffix == "" else path.stem
            last = Path(stem).suffix.lower().removeprefix(".")
            found.add(key_of(Path(stem).stem if last in COMPANIONS else stem))
        return found

    def _free_stem(self, stem: str) -> str:
        taken = self._taken()
        return next(one for one in numbered(stem or _UNNAMED) if key_of(one) not in taken)


def _files_in(folder: Path) -> list[Path]:
    """Return what lies in a folder; FailureError when it cannot be read, or is gone."""
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise FailureError(
            f'The folder "{folder}" cannot be read: {error.strerror}.',
            hint="If it was moved, put it back, or start the studio with the folder where it is.",
        ) from None


def _has_any_of(key: str, taken: set[str]) -> bool:
    """Tell whether a note, or what is a note's own, is among the keys of some names."""
    return any(one == key or one.startswith((f"{key}.", f"{key}{MADE}")) for one in taken)


def version_of(data: bytes) -> str:
    """Return what tells one content of a file from another."""
    return blake2b(data, digest_size=12).hexdigest()


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_NOTE + 1)
    except OSError as error:
        raise InputError(f'"{name}" cannot be read: {error.strerror}.') from None
    if len(data) > _LARGEST_NOTE:
        raise InputError(f'"{name}" is longer than a note.')
    return data


def _beginning(text: str) -> str:
    """Return what of a text stands on a line or two, to the end of a word where words have ends."""
    words = " ".join(text.split())
    cut = words[:_BEGINNING]
    return words if cut == words else f"{cut.rpartition(' ')[0] or cut} …"


def _text_of(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return value if isinstance(value, str) else ""
