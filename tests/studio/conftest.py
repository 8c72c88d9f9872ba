"""A studio that runs, a client that asks it as its own pages do, and a browser that shows them.

Test modules elsewhere import some names of "conftest", and may mean this file, so it has them too.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import httpx
import pytest
from programs import missing as missing
from programs import needs_hand as needs_hand
from programs import tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/")

NOTE = """---
to: Ms. Okafor
---

Dear Ms. Okafor,

Thank you for the time you gave me on Tuesday.

Sincerely,
Jordan
"""


@dataclass(frozen=True)
class Studio:
    """A running studio: the address that it has shown, its folder of notes, its process."""

    address: str
    folder: Path
    process: subprocess.Popen[str]

    @property
    def origin(self) -> str:
        """Return what a browser says of its pages."""
        return f"http://{urlsplit(self.address).netloc}"

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def token(self) -> str:
        return urlsplit(self.address).path.strip("/")

    def client(self) -> httpx.Client:
        """Return a client that asks as a page of the studio does."""
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=60)

    def with_note(self, name: str, text: str = NOTE) -> str:
        """Put a note into the folder and return its address below the token."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return f"note/{quote(name)}"

    def memory(self) -> int:
        """Return how many bytes the server holds, where the system tells it (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.is_file():
            pytest.skip("how much memory a process has is not told here")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) * 1024


@contextmanager
def running(folder: Path) -> Iterator[Studio]:
    """Run the studio as the person does, with settings of its own, and end it."""
    settings = str(folder.parent / f"settings of {folder.name}")
    command = [sys.executable, "-m", "fairhand", "studio", str(folder), "--port", "0",
               "--no-browser"]  # fmt: skip
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**os.environ, "PYTHONUNBUFFERED": "1", "FAIRHAND_CONFIG": settings},
    )  # fmt: skip
    try:
        shown = ADDRESS.search(process.stdout.readline())
        if shown is None:
            process.kill()
            raise AssertionError(process.communicate()[1])
        yield Studio(shown[0], folder, process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def studio(tmp_path_factory) -> Iterator[Studio]:
    """Return a studio of an empty folder; the tests of a module share it."""
    with running(tmp_path_factory.mktemp("notes")) as one:
        yield one


@pytest.fixture
def client(studio) -> Iterator[httpx.Client]:
    with studio.client() as one:
        yield one


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium; in a container of root's it runs without its sandbox."""
    try:
        from playwright import sync_api as playwright
    except ImportError:
        missing("the package playwright is not installed (pip install '.[test]')")
        raise
    # A machine that does much else is slow, not wrong.
    playwright.expect.set_options(timeout=15_000)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with playwright.sync_playwright() as one:
        chromium = one.chromium.launch(
            executable_path=tool("chromium"), args=["--no-sandbox"] if is_root else []
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """Return an empty page; a test fails when a script of ours does, or the policy stops one."""
    context = browser.new_context()
    one = context.new_page()
    faults: list[str] = []
    one.on("pageerror", lambda error: faults.append(str(error)))
    one.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield one
    context.close()
    assert not faults
