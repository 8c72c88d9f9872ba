"""A form whose graphics states are kept and brought back in pairs.

ISO 32000-1 section 8.4.2 asks it of every page, and forgives none; yet programs write pages that
bring back more states than they kept, which readers mend on a page, but not in a form.
"""

from __future__ import annotations

import re

import pikepdf

_STATES = re.compile(rb"(?<![^\x00\t\n\f\r \]>)])[qQ](?![^\x00\t\n\f\r \[<(/%])")


def balance(form: pikepdf.Stream) -> None:
    """Leave out what brings back no state (Q), and bring back what is kept to the end (q)."""
    found = [step[0] for step in _STATES.findall(form.read_bytes())]
    if _even(found):
        return
    # That may have been letters in a string or samples of a picture, so look properly.
    try:
        steps = pikepdf.parse_content_stream(form)
    except pikepdf.PdfError:
        return
    kept: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    depth = 0
    for step in steps:
        operator = str(step.operator)
        if operator == "Q" and depth == 0:
            continue
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        kept.append(step)
    if depth == 0 and len(kept) == len(steps):
        return
    form.write(pikepdf.unparse_content_stream(kept) + b"\nQ" * depth)


def _even(states: list[int]) -> bool:
    depth = 0
    for state in states:
        depth += 1 if state == ord("q") else -1
        if depth < 0:
            return False
    return depth == 0
