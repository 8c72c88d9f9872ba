"""What all tests share."""

from __future__ import annotations

import pytest
from programs import missing as missing
from programs import needs_hand as needs_hand
from programs import tool as tool


@pytest.fixture(scope="session", autouse=True)
def settings_of_nobody(tmp_path_factory):
    """Print as if no printer was ever calibrated here, and keep nothing in the settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAIRHAND_CONFIG", str(tmp_path_factory.mktemp("settings")))
        yield
