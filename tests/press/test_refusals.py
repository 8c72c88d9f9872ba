"""Whatever a printer answers, the person reads one sentence and what to do, and no traceback."""

from __future__ import annotations

import socket
import struct
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairhand.cli import fairhand
from fairhand.errors import FailureError, FairhandError, InputError
from fairhand.job import printing
from fairhand.press import ipp, ipp_client, job_watch, printers
from fairhand.press.ipp import ENUM, JOB, NAME, OPERATION, PRINTER, UNSUPPORTED, Range, Tagged
from fairhand.press.printers import printer_at

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
QUIET = {"attributes-charset": Tagged(ipp.CHARSET, "utf-8")}
LETTER = {"x-dimension": 21590, "y-dimension": 27940}
ANY_SIZE = {"x-dimension": Range(7620, 21590), "y-dimension": Range(12700, 35560)}
ABLE = {
    "printer-name": Tagged(NAME, "Test"),
    "media-size-supported": [LETTER, ANY_SIZE],
    "media-type-supported": ["stationery", "cardstock"],
}


def message(code: int = 0, *groups, version=(2, 0)) -> bytes:
    return ipp.encoded(ipp.Message(code, 1, ((OPERATION, QUIET), *groups), version))


def job(state: int, *reasons: str) -> tuple:
    told = {"job-id": 7, "job-state": Tagged(ENUM, state)}
    return (JOB, told | ({"job-state-reasons": list(reasons)} if reasons else {}))


@contextmanager
def answering(answers, status: int = 200):
    """Run a printer that answers each operation with these bytes (or what a function returns)."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            (operation,) = struct.unpack(">h", body[2:4])
            given = answers.get(operation, b"") if isinstance(answers, dict) else answers
            data = given(body) if callable(given) else given
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"ipp://127.0.0.1:{server.server_port}/ipp/print"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def connected(talk):
    """Run what accepts a connection, and lets a function talk with it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        over = threading.Event()

        def serve():
            with listener.accept()[0] as caller:
                talk(caller, over)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"ipp://127.0.0.1:{listener.getsockname()[1]}/ipp/print"
        over.set()
        thread.join(timeout=5)


def print_on(uri: str, *more: str):
    return CliRunner().invoke(fairhand, ["print", str(SAMPLE), "--printer", uri, *more])


def refused(uri: str) -> FairhandError:
    """Print, and return the error, which is one sentence and a hint."""
    error = print_on(uri).exception
    assert isinstance(error, FairhandError), error
    assert error.message.endswith(".")
    assert error.hint.endswith(".")
    return error


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "wants a name and a password"), (403, "not allowed"), (404, "no such printer"),
     (426, "in secret only"), (500, "HTTP 500"), (503, "busy"), (302, "HTTP 302")],
)  # fmt: skip
def test_an_error_of_the_web_is_a_sentence(status, told):
    with answering(b"no", status) as uri:
        assert told in refused(uri).message


@pytest.mark.parametrize("garbage", [b"", b"<html>hello</html>", b"\x02\x00", b"\xff" * 5000])
def test_garbage_is_no_printer(garbage):
    with answering(garbage) as uri:
        assert "no IPP" in refused(uri).message


def test_one_that_hangs_up_is_told():
    with connected(lambda caller, _: caller.recv(10)) as uri:
        assert "hung up" in refused(uri).message


def test_one_that_speaks_something_else_is_told():
    with connected(lambda caller, _: caller.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")) as uri:
        assert "no printer" in refused(uri).message


def test_one_that_is_silent_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(ipp_client, "_TIMEOUT_SECONDS", 0.3)
    with connected(lambda _, over: over.wait(5)) as uri:
        assert "does not answer" in refused(uri).message


def test_one_that_dribbles_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(ipp_client, "_LONGEST_SECONDS", 0.5)

    def dribble(caller, over):
        caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
        while not over.wait(0.05):
            try:
                caller.sendall(b"x")
            except OSError:
                return

    start = time.monotonic()
    with connected(dribble) as uri:
        assert "does not answer" in refused(uri).message
    assert time.monotonic() - start < 5


def test_an_older_printer_is_asked_in_its_own_version():
    def answer(body):
        if body[:2] == b"\x02\x00":
            return message(0x0503, version=(1, 1))
        return message(0, (PRINTER, ABLE), version=(1, 1))

    with answering({ipp_client.GET_PRINTER: answer}) as uri:
        assert printer_at(uri).name == "Test"


@pytest.mark.parametrize(
    ("code", "told"),
    [(0x0401, "not allowed"), (0x0402, "a name and a password"), (0x0406, "no such printer"),
     (0x040A, "cannot print PDF"), (0x0500, "failed inside"), (0x0506, "takes no jobs"),
     (0x0507, "busy"), (0x0999, "0x0999")],
)  # fmt: skip
def test_a_job_that_is_refused_says_why(code, told):
    able = message(0, (PRINTER, ABLE))
    with answering({ipp_client.GET_PRINTER: able, ipp_client.PRINT_JOB: message(code)}) as uri:
        assert told in refused(uri).message


def test_a_refusal_names_what_the_printer_lacks():
    no = message(0x040B, (UNSUPPORTED, {"media-col": Tagged(0x10, None)}))
    able = message(0, (PRINTER, ABLE))
    with answering({ipp_client.GET_PRINTER: able, ipp_client.PRINT_JOB: no}) as uri:
        assert "the size, type or tray of the paper" in refused(uri).message


def taking(state: int, *reasons: str, code: int = 0, lacking=None):
    unsupported = ((UNSUPPORTED, lacking),) if lacking else ()
    return answering({
        ipp_client.GET_PRINTER: message(0, (PRINTER, ABLE)),
        ipp_client.PRINT_JOB: message(code, *unsupported, job(3)),
        ipp_client.GET_JOB: message(0, job(state, *reasons)),
    })  # fmt: skip


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(job_watch, "_PAUSES_SECONDS", (0.01, 0.01))


def test_a_job_that_the_printer_gives_up_is_a_failure():
    with taking(8, "aborted-by-system", "document-format-error") as uri:
        error = refused(uri)
    assert isinstance(error, FailureError)
    assert "gave it up" in error.message
    assert "cannot read the file" in error.message


@pytest.mark.parametrize(
    ("state", "reason", "told"),
    [(6, "media-needed", "waits for you to put the paper in"), (6, "media-jam-error", "jammed"),
     (5, "toner-low-warning", "toner is low"), (4, "none", "it waits")],
)  # fmt: skip
def test_a_printer_that_waits_says_for_what(state, reason, told):
    with taking(state, reason) as uri:
        done = print_on(uri)
    assert done.exit_code == 0
    assert told in done.output


def test_a_job_that_is_done_needs_no_more_words():
    with taking(9, "job-completed-successfully") as uri:
        assert "says" not in print_on(uri).output


def test_to_stop_watching_takes_nothing_back(monkeypatch):
    """Ctrl-C after the job was sent: it is the printer's, and "nothing was done" would be a lie."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(printing, "watched", interrupted)
    with taking(5) as uri:
        done = print_on(uri)
    assert done.exit_code == 0
    assert "Sent" in done.output


def test_what_a_printer_took_otherwise_than_wished_is_told():
    with taking(9, code=1, lacking={"media-col": Tagged(0x10, None)}) as uri:
        assert "did not take: the size, type or tray of the paper" in print_on(uri).output
    # CUPS lists what it put into its own words, and takes it all the same.
    with taking(9, code=0, lacking={"media-col": Tagged(0x10, None)}) as uri:
        assert "did not take" not in print_on(uri).output


def test_a_printer_that_is_closed_or_in_trouble_says_so_before_anything_is_sent():
    told = ABLE | {"printer-is-accepting-jobs": False}
    with answering({ipp_client.GET_PRINTER: message(0, (PRINTER, told))}) as uri:
        assert "takes no jobs" in refused(uri).message
    told = ABLE | {"printer-state-reasons": ["media-empty-error", "none"]}
    with answering({ipp_client.GET_PRINTER: message(0, (PRINTER, told))}) as uri:
        assert "it is out of paper" in print_on(uri, "--dry-run").output


def test_a_printer_without_card_stock_says_so():
    told = ABLE | {"media-type-supported": ["stationery", "labels"]}
    with answering({ipp_client.GET_PRINTER: message(0, (PRINTER, told))}) as uri:
        done = print_on(uri, "--dry-run")
    assert "no paper type for card stock" in done.output
    assert "stationery, labels" in done.output


def test_the_flap_of_an_envelope_is_not_forgotten(tmp_path):
    note = tmp_path / "note.md"
    note.write_text(SAMPLE.read_text().replace("---\n", "---\nreturn_address: flap\n", 1))
    with answering({ipp_client.GET_PRINTER: message(0, (PRINTER, ABLE))}) as uri:
        arguments = ["print", str(note), "--printer", uri, "--envelope", "--dry-run"]
        assert "The flap is not printed yet" in CliRunner().invoke(fairhand, arguments).output
        assert "yet" not in CliRunner().invoke(fairhand, [*arguments, "--side", "2"]).output


def test_a_queue_takes_the_sizes_that_it_lists_apart_from_the_others():
    """CUPS 2.4 has the named sizes in its database, and the range of sizes in another list."""
    told = ABLE | {"media-col-database": {"media-size": LETTER, "media-top-margin": 635}}
    with answering({ipp_client.GET_PRINTER: message(0, (PRINTER, told))}) as uri:
        media = printer_at(uri).media
    assert [medium.told for medium in media] == [
        "216 x 279 mm", "any size from 76 x 127 mm to 216 x 356 mm",
    ]  # fmt: skip


# The printers of this machine


def server(monkeypatch, *names: str, usual: str = "", tells: bool = True):
    known = [printing._silent(name) for name in names]
    monkeypatch.setattr(printing, "printers", lambda: known if tells else [])
    monkeypatch.setattr(printing, "queue_names", lambda: list(names))
    monkeypatch.setattr(printing, "default_queue", lambda: usual)


def test_the_only_printer_or_the_usual_one_is_meant_when_none_is_named(monkeypatch):
    server(monkeypatch, "Canon")
    assert printing.printer_named("").name == "Canon"
    server(monkeypatch, "Canon", "HP", usual="HP")
    assert printing.printer_named("").name == "HP"
    assert printing.printer_named(" canon ").name == "Canon"
    server(monkeypatch, "Canon", "HP")
    with pytest.raises(InputError, match="several printers") as caught:
        printing.printer_named("")
    assert "Canon, HP" in caught.value.hint


def test_a_printer_that_is_not_there_is_answered_with_those_that_are(monkeypatch):
    server(monkeypatch, "Canon")
    with pytest.raises(InputError, match='no printer "192') as caught:
        printing.printer_named("192.168.1.5")
    assert "Canon" in caught.value.hint
    assert "ipp://" in caught.value.hint
    server(monkeypatch)
    with pytest.raises(InputError, match="no printer on this machine") as caught:
        printing.printer_named("")
    assert "viewer" in caught.value.hint


def test_a_queue_that_tells_nothing_is_printed_to_upright_and_with_a_warning(monkeypatch):
    server(monkeypatch, "Old", tells=False)
    monkeypatch.setattr(printing.shutil, "which", lambda _: None)
    done = print_on("Old")
    assert isinstance(done.exception, FailureError)
    assert "178 x 254 mm, the edge of 178 mm first" in done.output
    assert "does not tell what it takes" in done.output
    assert "viewer" in done.exception.hint


@pytest.mark.parametrize(
    ("named", "address"),
    [("", "ipp://localhost:631/"), ("printserver", "ipp://printserver:631/"),
     ("host:6631/version=1.1", "ipp://host:6631/"), ("/run/cups/cups.sock", "ipp://localhost:631/")],
)  # fmt: skip
def test_the_print_server_is_the_one_of_lp(monkeypatch, named, address):
    monkeypatch.setattr(printers, "_lpstat", lambda _: "")
    monkeypatch.setenv("CUPS_SERVER", named)
    assert printers.server() == address
    monkeypatch.delenv("CUPS_SERVER")
    monkeypatch.setattr(printers, "_lpstat", lambda _: f"{named}\n")
    assert printers.server() == address
