"""Data files: where fonts/ and layouts/ are, and TOML files as checked models.

An installed wheel carries both folders inside the package (`fairhand/data/`); a checkout
has them at its top level. Every model that reads a file derives from `Model`: unknown keys
are refused, and what pydantic finds is retold as one sentence with a file and a field.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    WithJsonSchema,
)

from fairhand.errors import FailureError, FairhandError, InputError, Place, did_you_mean
from fairhand.units import in_mm, parse_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Model(BaseModel):
    """Frozen, and strict about keys: a misspelt one is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def length_of(value: object) -> object:
    """Return a file's length in points; InputError for a number without a unit."""
    if isinstance(value, str):
        return parse_length(value)
    if isinstance(value, bool | int | float) and value:
        raise InputError("a length needs a unit.", hint='Write it like "12mm" or "0.5in".')
    return value


def held(points: float, least: float, most: float) -> float:
    """Return a length that lies between two limits, mm; InputError for any other."""
    # Written so that what is no number is refused too.
    if not least <= round(in_mm(points), 3) <= most:
        raise InputError(f"it must be between {least:g} and {most:g} mm.")
    return points


def between(least: float, most: float) -> AfterValidator:
    """Return what holds a field's length between two limits, mm."""
    return AfterValidator(lambda points: held(points, least, most))


Length = Annotated[
    float, BeforeValidator(length_of), between(0, 1500), WithJsonSchema({"type": "string"})
]
"""Points inside; in a file a string with its unit, such as "4.25in" or "148mm"."""

HANDS_GROUP = "fairhand.hands"
"""The entry-point group by which a package says that it holds hands."""

ModelT = TypeVar("ModelT", bound=Model)

_LARGEST_TOML = 1_000_000

# tomllib needs memory by the square of a dotted key's parts.
_LONG_KEY = re.compile(
    r"""(?<![\w.-]) (?: (?: [\w-]++ | "[^"\n]*+" | '[^'\n]*+' ) [ \t]*+ \. [ \t]*+ ){20}""",
    re.VERBOSE,
)


@cache
def _root(folder: str) -> Path:
    package = Path(__file__).parent
    for candidate in (package / "data" / folder, package.parents[1] / folder):
        if candidate.is_dir():
            return candidate
    raise FailureError(
        f'The folder "{folder}" of this installation is missing.', hint="Install fairhand again."
    )


def fonts_folder() -> Path:
    """Return the folder with one folder for each bundled hand."""
    return _root("fonts")


@cache
def bundled_hands() -> dict[str, Path]:
    """Return the folder of every hand that comes with fairhand, by its name."""
    return {path.parent.name: path.parent for path in sorted(fonts_folder().glob("*/hand.toml"))}


@cache
def other_hands() -> dict[str, Path]:
    """Return the folders of the hands that other packages bring, by their names.

    A package that holds folders with a hand.toml names itself in the entry-point group
    `fairhand.hands`. A checkout has those of fairhand-cjk without its being installed. To ask
    costs time, so this is done only when a name is not among the bundled ones or all are
    listed.
    """
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found: dict[str, Path] = {}
    places = [fonts_folder() / "cjk"]
    for point in sorted(entry_points(group=HANDS_GROUP), key=lambda point: point.value):
        with suppress(ImportError, ValueError):
            spec = find_spec(point.module)
            places += map(Path, (spec and spec.submodule_search_locations) or ())
    for place in places:
        for path in sorted(place.glob("*/hand.toml")):
            found.setdefault(path.parent.name, path.parent)
    return {name: path for name, path in found.items() if name not in bundled_hands()}


def layouts_folder() -> Path:
    """Return the folder with stationery, layouts, occasions, inks and languages."""
    return _root("layouts")


def own_file(name: str, folder: Path | None = None) -> Path:
    """Return the path of a file of the user's own; a relative one is taken from `folder`.

    InputError for the home ("~ann/") of somebody who has none here.
    """
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        raise InputError(
            f'There is no home folder for "{name}".', hint="Write the path in full."
        ) from None
    return path if path.is_absolute() or folder is None else folder / path


def read_at_most(path: Path, most: int) -> bytes:
    """Return a file's bytes; InputError when there are more than `most`, as a device has."""
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(f'"{path}" is larger than {most / 1e6:g} MB.')
    return data


def load_toml(text: str) -> dict[str, Any]:
    """Return what TOML text holds; InputError for a number or a nesting that no file of ours has.

    TOMLDecodeError, which knows a line, for what is no TOML.
    """
    try:
        if not _LONG_KEY.search(text):
            return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError):
        pass
    raise InputError("This TOML holds a number or a nesting that no file of ours has.")


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's content; InputError when it is missing or cannot be parsed."""
    try:
        return load_toml(read_at_most(path, _LARGEST_TOML).decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f'There is no file "{path}".') from None
    except OSError as error:
        raise InputError(f'The file "{path}" cannot be read ({error.strerror}).') from None
    except UnicodeDecodeError:
        raise InputError("The file is not UTF-8 text.", place=Place(str(path))) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"This is not valid TOML: {error}.", place=Place(str(path))) from None
    except InputError as error:
        raise error.at(Place(str(path))) from None


def build(model: type[ModelT], data: Mapping[str, Any], place: Place) -> ModelT:
    """Make the model from the data; InputError with the first fault, told plainly."""
    try:
        return model.model_validate(dict(data))
    except ValidationError as error:
        raise first_fault(error, model).at(place) from None


def read_model(model: type[ModelT], path: Path) -> ModelT:
    """Read one TOML file as one model."""
    return build(model, read_toml(path), Place(str(path)))


def first_fault(error: ValidationError, model: type[BaseModel]) -> InputError:
    """Retell what pydantic found first: the field, what is wrong, and what would be right."""
    fault = error.errors(include_url=False)[0]
    field = _field_name(fault["loc"])
    cause = fault.get("ctx", {}).get("error")
    if isinstance(cause, FairhandError):
        whole = not field or cause.message[:1].isupper()
        return InputError(
            cause.message if whole else f'"{field}": {cause.message}', hint=cause.hint
        )
    match fault["type"]:
        case "extra_forbidden":
            unknown = str(fault["loc"][-1])
            return InputError(
                f'"{unknown}" is not a key that can be used here.',
                hint=did_you_mean(unknown, _keys(model, fault["loc"][:-1])),
            )
        case "missing":
            return InputError(f'"{field}" is missing.')
        case "bool_parsing" | "bool_type":
            return InputError(f'"{field}" must be true or false.')
        case "int_parsing" | "int_type" | "int_from_float":
            return InputError(f'"{field}" must be a whole number.')
        case "float_parsing" | "float_type" | "finite_number":
            return InputError(f'"{field}" must be a number.')
        case "string_type":
            return InputError(f'"{field}" must be text.')
        case "list_type" | "tuple_type":
            return InputError(f'"{field}" must be a list.')
        case "value_error" | "assertion_error":
            return InputError(f'"{field}": {cause}' if field else str(cause))
        case "less_than_equal" | "less_than":
            return InputError(f'"{field}" may be at most {_limit(fault)}.')
        case "greater_than_equal" | "greater_than":
            return InputError(f'"{field}" must be at least {_limit(fault)}.')
        case "literal_error":
            expected = str(fault.get("ctx", {}).get("expected", "")).replace("'", '"')
            return InputError(f'"{field}" must be {expected}.')
        case "model_type" | "model_attributes_type" | "dict_type":
            return InputError(f'"{field}" must be text, lines of text, or keys with values.')
        case "too_short":
            return InputError(f'"{field}" must have at least one entry.')
        case "too_long":
            return InputError(f'"{field}" has too many entries.')
        case _:
            return InputError(f'"{field}" cannot be read.')


def _limit(fault: Mapping[str, Any]) -> str:
    limits = [value for value in fault.get("ctx", {}).values() if isinstance(value, int | float)]
    return f"{limits[0]:g}" if limits else "another number"


def _field_name(location: tuple[int | str, ...]) -> str:
    words = [f"{part + 1}" if isinstance(part, int) else part for part in location]
    return " ".join(word for word in words if not word.startswith(("function-", "[")))


def _keys(model: type[BaseModel], location: tuple[int | str, ...]) -> Iterable[str]:
    current: Any = model
    for part in location:
        if isinstance(current, type) and issubclass(current, BaseModel) and isinstance(part, str):
            by_alias = {field.alias or name: field for name, field in current.model_fields.items()}
            current = by_alias[part].annotation if part in by_alias else None
        arguments = getattr(current, "__args__", ())
        current = next(
            (a for a in (current, *arguments) if isinstance(a, type) and issubclass(a, BaseModel)),
            None,
        )
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [field.alias or name for name, field in current.model_fields.items()]
    return []


def lookup(kind: str, name: str, known: Mapping[str, ModelT]) -> ModelT:
    """Return the entry of that name; InputError "There is no card named …" with a suggestion."""
    if name in known:
        return known[name]
    hint = did_you_mean(name, known) or f"All of them: fairhand {_LISTED_BY[kind]}."
    if not hint.startswith("Did you mean"):
        hint += _OR_ELSE.get(kind, "")
    raise InputError(f'There is no {kind} named "{name}".', hint=hint, field=kind)


_OR_ELSE = {
    "ink": ' Or a colour: "#1b2a52", "cmyk(100, 68, 12, 48)", '
    '"spot(PANTONE 286 C, 100, 66, 0, 2)" with the plates that stand in for it.',
    "condition": " Or the print shop's own profile, a file that ends in .icc.",
}
"""What a person may name besides, where a list is not all that there is."""

_LISTED_BY = {
    "card": "stationery",
    "condition": "stationery",
    "envelope": "stationery",
    "front": "fronts",
    "hand": "hands",
    "ink": "stationery",
    "layout": "layouts",
    "occasion": "occasions",
    "paper": "stationery",
    "pen": "stationery",
}
