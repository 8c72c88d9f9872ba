"""Functions of one number, as shadings have them (ISO 32000-1 section 7.10)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pikepdf

from fairhand.press.preflight.streams import read_stream
from fairhand.press.preflight.subject import DAMAGED, number_of

_MOST_NESTED = 6


def value_at(function: Any, x: float, depth: int = 0) -> tuple[float, ...]:
    """Return a function's values at `x`; nothing when it is damaged or a PostScript one."""
    if depth > _MOST_NESTED:
        return ()
    with suppress(*DAMAGED):
        if isinstance(function, pikepdf.Array):
            parts = [value_at(part, x, depth + 1) for part in function]
            return tuple(part[0] for part in parts) if all(parts) else ()
        domain = _numbers(function.get("/Domain", [0, 1]))
        x = min(max(x, domain[0]), domain[1])
        match int(function.get("/FunctionType", -1)):
            case 0:
                return _sampled(function, x, domain)
            case 2:
                low = _numbers(function.get("/C0", [0]))
                high = _numbers(function.get("/C1", [1]))
                share = x ** (number_of(function.get("/N")) or 1.0)
                return tuple(a + share * (b - a) for a, b in zip(low, high, strict=True))
            case 3:
                return _stitched(function, x, domain, depth)
    return ()


def _sampled(function: Any, x: float, domain: list[float]) -> tuple[float, ...]:
    size = _numbers(function["/Size"])
    bits = int(function["/BitsPerSample"])
    outer = _numbers(function["/Range"])
    if len(size) != 1 or bits != 8:
        return ()
    decode = _numbers(function.get("/Decode", function["/Range"]))
    count = len(outer) // 2
    data = read_stream(function)
    span = (domain[1] - domain[0]) or 1.0
    at = round((x - domain[0]) / span * (size[0] - 1))
    samples = data[at * count : (at + 1) * count]
    return tuple(
        decode[2 * k] + sample / 255 * (decode[2 * k + 1] - decode[2 * k])
        for k, sample in enumerate(samples)
    )


def _stitched(function: Any, x: float, domain: list[float], depth: int) -> tuple[float, ...]:
    bounds = [domain[0], *_numbers(function["/Bounds"]), domain[1]]
    encode = _numbers(function["/Encode"])
    parts = list(function["/Functions"])
    index = next((k for k in range(len(parts)) if x < bounds[k + 1]), len(parts) - 1)
    span = (bounds[index + 1] - bounds[index]) or 1.0
    low, high = encode[2 * index : 2 * index + 2]
    return value_at(parts[index], low + (x - bounds[index]) / span * (high - low), depth + 1)


def _numbers(values: Any) -> list[float]:
    return [float(value) for value in values]
