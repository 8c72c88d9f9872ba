"""Randomness that is keyed, never drawn: the same key gives the same number everywhere.

Keys are unsigned 64-bit integers made of text (BLAKE2b) and mixed with SplitMix64
(Steele, Lea & Flood 2014). Deviates are sums of uniforms (Irwin-Hall), so only integer
arithmetic, additions and multiplications are used, which every machine rounds alike.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Floats = NDArray[np.float64]

_GOLDEN: Final = 0x9E3779B97F4A7C15
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)
_32, _48, _LANE = np.uint64(32), np.uint64(48), np.uint64(0xFFFF)
# Four uniforms on 0..65535: mean 131070, variance 4 * (65536^2 - 1) / 12.
_MEAN: Final = 131070.0
_SCALE: Final = 1.0 / (65536.0 * 0.5773502691896258)


@lru_cache(maxsize=2048)
def text_key(*parts: str | int) -> int:
    """Return a 64-bit key for some words and numbers."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def keys(values: list[int]) -> Keys:
    """Return an array of keys."""
    return np.array(values, dtype=np.uint64)


def mixed(key: Keys, salt: int) -> Keys:
    """Return new keys, independent of the old ones and of those of another salt."""
    z: Keys = key + np.uint64((_GOLDEN * salt) % 2**64)
    z ^= z >> _30
    z *= _MIX_1
    z ^= z >> _27
    z *= _MIX_2
    z ^= z >> _31
    return z


def deviates(key: Keys, salt: int) -> Floats:
    """Return one nearly normal deviate for each key: mean 0, variance 1, within ±3.47."""
    drawn: Floats = _TABLE.take((mixed(key, salt) >> _48).view(np.int64))
    return drawn


def numbers(key: Keys, names: tuple[str, ...]) -> Keys:
    """Return a number for each name and key, an array (names, keys), to make deviates of."""
    return mixed(key + _salts(names), 5)


def deviate_of(number: Keys, which: int) -> Floats:
    """Return one of the two deviates, 0 or 1, that are in each number."""
    lane = number >> _48 if which == 0 else (number >> _32) & _LANE
    drawn: Floats = _TABLE.take(lane.view(np.int64))
    return drawn


@lru_cache(maxsize=64)
def _salts(names: tuple[str, ...]) -> Keys:
    return keys([text_key(name) for name in names])[:, None]


def _table() -> Floats:
    """Return 65536 deviates, drawn once: a key's highest 16 bits choose one of them."""
    # The four 16-bit lanes of a mixed number are its uniforms; their order does not matter.
    lanes = mixed(np.arange(65536, dtype=np.uint64), 4).view(np.uint16).reshape(-1, 4)
    total: Floats = lanes.sum(axis=-1, dtype=np.float64)
    return (total - _MEAN) * _SCALE


_TABLE: Final = _table()


@lru_cache(maxsize=64)
def _counters(shape: tuple[int, ...]) -> Keys:
    return mixed(np.arange(int(np.prod(shape)), dtype=np.uint64), 1)


def lattice(key: int, shape: tuple[int, ...]) -> Floats:
    """Return an array of deviates of that shape for one key."""
    return deviates(_counters(shape) ^ np.uint64(key), 2).reshape(shape)


def fade(t: Floats) -> Floats:
    """Return the quintic 6t^5 - 15t^4 + 10t^3 on 0..1: smooth to the second derivative."""
    t = np.clip(t, 0.0, 1.0)
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
