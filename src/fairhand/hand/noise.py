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

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_LANES: Final = (np.uint64(0), np.uint64(16), np.uint64(32), np.uint64(48))
_LANE_MASK: Final = np.uint64(0xFFFF)
# Four uniforms on 0..65535: mean 131070, variance 4 * (65536^2 - 1) / 12.
_MEAN: Final = 131070.0
_SCALE: Final = 1.0 / (65536.0 * 0.5773502691896258)

LARGEST_DEVIATE: Final = 3.47
"""No deviate is farther from zero than this many standard deviations."""


@lru_cache(maxsize=65536)
def text_key(*parts: str | int) -> int:
    """Return a 64-bit key for some words and numbers."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def keys(values: list[int]) -> Keys:
    """Return an array of keys."""
    return np.array(values, dtype=np.uint64)


def mixed(key: Keys, salt: int) -> Keys:
    """Return new keys, independent of the old ones and of those of another salt."""
    with np.errstate(over="ignore"):
        z: Keys = key + _GOLDEN * np.uint64(salt % 2**64)
        z = (z ^ (z >> np.uint64(30))) * _MIX_1
        z = (z ^ (z >> np.uint64(27))) * _MIX_2
        return z ^ (z >> np.uint64(31))


def deviates(key: Keys, salt: int) -> Floats:
    """Return one nearly normal deviate for each key: mean 0, variance 1, within ±3.47."""
    bits = mixed(key, salt)
    total = np.zeros(bits.shape)
    for lane in _LANES:
        total += ((bits >> lane) & _LANE_MASK).astype(np.float64)
    return (total - _MEAN) * _SCALE


def lattice(key: int, shape: tuple[int, ...]) -> Floats:
    """Return an array of deviates of that shape for one key."""
    count = int(np.prod(shape))
    return deviates(np.uint64(key) ^ mixed(np.arange(count, dtype=np.uint64), 1), 2).reshape(shape)


def fade(t: Floats) -> Floats:
    """Return the quintic 6t^5 - 15t^4 + 10t^3 on 0..1: smooth to the second derivative."""
    t = np.clip(t, 0.0, 1.0)
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
