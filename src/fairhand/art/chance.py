"""Chance for drawings: a sequence that belongs to a name, the same on every machine."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_PARTS = 2.0**53


class Chance:
    """Numbers in a row, made of a name and how many were asked for before (BLAKE2b)."""

    def __init__(self, name: str) -> None:
        """Begin the sequence of that name."""
        self._name = name.encode()
        self._asked = 0

    def share(self) -> float:
        """Return a number from 0 up to 1, every one as likely."""
        self._asked += 1
        digest = blake2b(self._name, digest_size=8, salt=self._asked.to_bytes(16, "big"))
        return (int.from_bytes(digest.digest(), "big") >> 11) / _PARTS

    def between(self, least: float, most: float) -> float:
        """Return a number between two."""
        return least + (most - least) * self.share()

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of some things."""
        return things[int(self.share() * len(things))]
