"""Programs of other makers, which judge our files, and hands apart.

Without them a test is skipped; where CI is set it fails.
"""

from __future__ import annotations

import os
import shutil

import pytest

from fairhand.hand.hand import all_hands


def tool(name: str) -> str:
    """Return the path of an external program."""
    path = shutil.which(name)
    if path is not None:
        return path
    missing(f'the program "{name}" is not installed')
    raise AssertionError


def needs_hand(name: str) -> str:
    """Return the name of a hand of another package."""
    if name not in all_hands():
        missing(f'the hand "{name}" is not installed (pip install ./fonts/cjk)')
    return name


def missing(reason: str) -> None:
    """Skip a test that cannot be run here, but fail where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI needs it", pytrace=False)
    pytest.skip(reason)
