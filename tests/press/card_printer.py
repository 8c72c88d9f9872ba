"""A printer that takes cards: `ippeveprinter` of CUPS, started for a test and ended after it.

Built with Avahi, it wants to be found in the network, and does not start without a message bus.
It gets a bus of its own: that of the machine may be missing, in use, or a socket that somebody
left behind. On its own bus there is no Avahi, and it is content to wait for one.
Where this does not help: it listens at ::1 too, and so needs a machine that knows IPv6.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from conftest import missing, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS = Path(__file__).with_name("card-printer.conf")
_PATIENCE_SECONDS = 15.0
_TRIES = 3
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/> <allow own="*"/> <allow send_destination="*"/> <allow receive_sender="*"/>
  </policy>
</busconfig>
"""


class CardPrinter(NamedTuple):
    """Where a printer is asked, and the folder of what it received."""

    uri: str
    spool: Path


@contextmanager
def card_printer(folder: Path) -> Iterator[CardPrinter]:
    """Run a printer, whose files are in a folder; where it cannot run the test is skipped."""
    program = tool("ippeveprinter")
    with _bus() as environment:
        told = ""
        for _ in range(_TRIES):
            # Another test's printer may take the port between our look at it and our start.
            port = _free_port()
            spool = Path(tempfile.mkdtemp(prefix="spool-", dir=folder))
            log = spool.with_suffix(".log")
            with log.open("w") as stream, _running(
                [program, "-v", "-k", "-d", str(spool), "-n", "localhost", "-p", str(port),
                 "-r", "off", "-a", str(_SETTINGS), "-c", shutil.which("true") or "true",
                 "Card Printer"], environment, stream,
            ) as server:  # fmt: skip
                if _listens(server, log, port):
                    yield CardPrinter(f"ipp://localhost:{port}/ipp/print", spool)
                    return
            told = log.read_text()[-400:]
    missing(f"the printer of CUPS does not start here: {told}")


@contextmanager
def _bus() -> Iterator[dict[str, str]]:
    """Run a message bus for one program, and give the environment in which that finds it."""
    program = shutil.which("dbus-daemon")
    if program is None:
        # Then CUPS is likely built without Avahi and needs none; if not, it says so itself.
        yield dict(os.environ)
        return
    # A folder of its own with a short name: the path of a socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="bus-") as folder:
        settings = Path(folder) / "bus.conf"
        settings.write_text(_BUS.format(folder=folder))
        command = [program, f"--config-file={settings}", "--nofork", "--nopidfile",
                   "--print-address"]  # fmt: skip
        with (
            subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            ) as bus,
            _ended(bus),
        ):
            address = bus.stdout.readline().strip() if bus.stdout else ""
            yield os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": address}


@contextmanager
def _running(command: list[str], environment: dict[str, str], log) -> Iterator[subprocess.Popen]:
    with (
        subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment) as process,
        _ended(process),
    ):
        yield process


@contextmanager
def _ended(process: subprocess.Popen) -> Iterator[None]:
    """End a process, whatever happened."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(server: subprocess.Popen, log: Path, port: int) -> bool:
    """Wait until this very printer listens, not another that took its port."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        if f":{port}/ipp/print" in log.read_text():
            with socket.socket() as probe:
                probe.settimeout(1.0)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return True
        time.sleep(0.05)
    return False
