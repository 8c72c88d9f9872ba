"""What all tests share: programs of other makers, which judge our files, and hands apart."""

from __future__ import annotations

import os
import shutil

import pytest

from fairhand.hand.hand import all_hands


@pytest.fixture(scope="session", autouse=True)
def settings_of_nobody(tmp_path_factory):
    """Print as if no printer was ever calibrated here, and keep nothing in the settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAIRHAND_CONFIG", str(tmp_path_factory.mktemp("settings")))
        yield


def tool(name: str) -> str:
    """Return the path of an external program; without it skip, but fail where CI is set."""
    path = shutil.which(name)
    if path is not None:
        return path
    missing(f'the program "{name}" is not installed')
    raise AssertionError


def needs_hand(name: str) -> str:
    """Return the name of a hand of another package; without it skip, but fail where CI is set."""
    if name not in all_hands():
        missing(f'the hand "{name}" is not installed (pip install ./fonts/cjk)')
    return name


def missing(reason: str) -> None:
    """Skip a test that cannot be run here, but fail where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI needs it", pytrace=False)
    pytest.skip(reason)
