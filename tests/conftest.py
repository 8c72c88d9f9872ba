"""What all tests share: programs of other makers, which judge our files independently."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(name: str) -> str:
    """Return the path of an external program; without it skip, but fail where CI is set."""
    path = shutil.which(name)
    if path is not None:
        return path
    reason = f'the program "{name}" is not installed'
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI needs it", pytrace=False)
    pytest.skip(reason)
