"""Printing conditions: what paper and ink a press prints with, and the profile that tells."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from pydantic import Field

from fairhand.catalog import Model, build, layouts_folder, lookup, own_file, read_at_most, read_toml
from fairhand.errors import InputError, Place

_LARGEST_PROFILE = 20_000_000
_HEADER = 128


class Condition(Model):
    """A printing condition as a PDF names it (ISO 15930-7 section 6.2.2)."""

    name: str
    title: str
    identifier: str = Field(description="Its name in the registry, such as FOGRA39.")
    registry: str = "http://www.color.org"
    file: str = Field(description="The ICC profile: a file in layouts/conditions, or a path.")
    most_ink: float = Field(300.0, gt=0, le=400, description="All plates together, per cent.")
    regions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str

    def profile(self) -> bytes:
        """Return the ICC profile's bytes."""
        return _profile(layouts_folder() / "conditions" / self.file)


@cache
def conditions() -> dict[str, Condition]:
    """Return every printing condition by its name."""
    path = layouts_folder() / "conditions.toml"
    return {
        name: build(Condition, {**block, "name": name}, Place(f"{path} [{name}]"))
        for name, block in read_toml(path).items()
    }


def condition(name: str, region: str) -> Condition:
    """Return a condition by name or alias, "auto" for a region's usual one, or by a profile.

    A path ending in .icc or .icm is a profile of the user's own, which must be a CMYK
    output profile. InputError otherwise.
    """
    if name == "auto":
        known = conditions().values()
        return next((one for one in known if region in one.regions), next(iter(known)))
    if name.lower().endswith((".icc", ".icm")):
        return _own(own_file(name))
    aliases = {alias: one for one in conditions().values() for alias in one.aliases}
    return lookup("condition", name.lower(), {**aliases, **conditions()})


def _own(path: Path) -> Condition:
    described = _description(_profile(path)) or path.stem
    return Condition(
        name=path.stem, title=described, identifier=described, registry="",
        file=str(path.absolute()), source="the user's own profile",
    )  # fmt: skip


def _profile(path: Path) -> bytes:
    """Read a profile; InputError unless it is one of a CMYK printer (ICC.1:2010 section 7.2)."""
    try:
        data = read_at_most(path, _LARGEST_PROFILE)
    except FileNotFoundError:
        raise InputError(f'There is no file "{path}".') from None
    except OSError as error:
        raise InputError(f'The file "{path}" cannot be read ({error.strerror}).') from None
    if (
        len(data) < _HEADER
        or data[36:40] != b"acsp"
        or struct.unpack(">I", data[:4])[0] > len(data)
    ):
        raise InputError(f'"{path}" is not a whole ICC profile.')
    if data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        raise InputError(
            f'"{path}" is not the profile of a CMYK printing condition.',
            hint="Take the profile that the print shop names, such as PSOcoated_v3.icc.",
        )
    return data


def _description(profile: bytes) -> str:
    """Return a profile's own name: its desc tag, of version 2 or 4 (ICC.1:2010 section 10.13)."""
    count = struct.unpack(">I", profile[128:132])[0]
    for entry in range(min(count, 100)):
        tag, at, size = struct.unpack(">4sII", profile[132 + 12 * entry : 144 + 12 * entry])
        body = profile[at : at + size]
        if tag != b"desc":
            continue
        if body[:4] == b"desc":
            length = struct.unpack(">I", body[8:12])[0]
            return body[12 : 12 + length].rstrip(b"\0").decode("ascii", "replace")
        if body[:4] == b"mluc":
            length, start = struct.unpack(">II", body[20:28])
            return body[start : start + length].decode("utf-16-be", "replace").strip("\0")
    return ""
