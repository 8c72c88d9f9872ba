"""Attacks on a studio that runs: each is refused with a sentence, and the studio answers on.

What a browser would never send is sent by hand, byte by byte.
"""

from __future__ import annotations

import http.server
import json
import re
import socket
import threading
import time
from urllib.parse import quote

import httpx
import pytest
from programs import tool
from traps import DRAWINGS, PDFS, drawing, picture_of_100_megapixels

from fairhand.studio import app

SECRET = "a-secret-of-this-machine"
LIVING = 0.05


@pytest.fixture(autouse=True)
def lives_on(studio):
    """After each attack the studio answers a page of its own at once, and nothing is broken."""
    yield
    assert studio.process.poll() is None
    with studio.client() as client:
        start = time.monotonic()
        assert client.get("").status_code == 200
        assert time.monotonic() - start < 10


@pytest.fixture
def note(studio):
    """Put a note into the folder, and a secret beside the folder; return the note's address."""
    (studio.folder.parent / "secret.md").write_text(f"Dear {SECRET},\n\nHi.\n")
    (studio.folder.parent / "secret.png").write_text(SECRET)
    return studio.with_note("Ana.md")


def raw(studio, request: bytes, *, wait: float = 20.0) -> bytes:
    """Send bytes as they are, and return all that comes back until the line is closed or rests."""
    with socket.create_connection(("127.0.0.1", studio.port), timeout=wait) as line:
        answer = b""
        try:
            line.sendall(request)
            while part := line.recv(65_536):
                answer += part
        except OSError:
            pass
        return answer


def statuses(answer: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3})", answer)]


def head(
    studio, *lines: str, host: str | None = None, version="1.1", method="GET", path=""
) -> bytes:
    """Return a request's bytes; `host` is that of the studio unless it is given, "" for none."""
    named = f"127.0.0.1:{studio.port}" if host is None else host
    first = f"{method} /{studio.token}/{path} HTTP/{version}"
    rows = [first, *([f"Host: {named}"] if named else []), *lines, "Connection: close", "", ""]
    return "\r\n".join(rows).encode()


def routes():
    """Yield every address of the studio with the methods that it takes."""
    yield "GET", "static/base.css"
    parts = [part.router for part in vars(app).values() if hasattr(part, "router")]
    for route in (route for part in parts for route in part.routes):
        for method in sorted(route.methods - {"HEAD"}):
            yield method, route.path.strip("/")


ROUTES = sorted(set(routes()))
CHANGING = [(method, path) for method, path in ROUTES if method != "GET"]
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def filled(path: str, **values: str) -> str:
    """Return an address with its parameters filled in: those of a note that is there."""
    usual = {
        "note": "Ana.md",
        "name": "Ana.md",
        "number": "1",
        "panel": "front",
        "what": "card.pdf",
    }
    return PARAMETER.sub(lambda m: {**usual, **values}.get(m[1], "x"), path)


def test_the_table_of_attacked_addresses_is_that_of_the_studio():
    assert len(ROUTES) > 25
    assert {"GET", "POST", "PUT", "DELETE"} <= {method for method, _ in ROUTES}
    assert any("{" in path for _, path in ROUTES)


# Who asks


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.:{port}",
     "127.0.0.1:{port}.", "127.0.0.1:{port}@evil.example", "[::ffff:127.0.0.1]:{port}", "0:{port}"],
)  # fmt: skip
def test_another_host_is_refused(studio, host):
    answer = raw(studio, head(studio, host=host.format(port=studio.port)))
    assert statuses(answer) in ([403], [400])
    assert studio.token.encode() not in answer


def test_two_hosts_are_none_and_so_is_no_host(studio):
    ours = f"Host: 127.0.0.1:{studio.port}"
    for request in (
        head(studio, "Host: evil.example"), head(studio, ours), head(studio, host=""),
        head(studio, host="", version="1.0"), head(studio, "Host: evil.example", version="1.0"),
        head(studio, f" {ours}", host=""), head(studio, f"X: y\r\n {ours}", host=""),
        head(studio, ours.replace(":", " :", 1), host=""),
    ):  # fmt: skip
        assert statuses(raw(studio, request)) in ([403], [400])


def test_an_address_in_full_does_not_take_the_place_of_the_host(studio):
    place = f"http://127.0.0.1:{studio.port}/{studio.token}/"
    for host in ("evil.example", f"127.0.0.1:{studio.port}"):
        for target in (place, place.replace("127.0.0.1", "evil.example"), f"//{studio.token}/"):
            request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            assert statuses(raw(studio, request.encode())) in ([403], [400])


@pytest.mark.parametrize("token", ["", "x", "static", "%2e", "..", "{token}x", "{token}%00"])
def test_without_the_token_no_address_answers(studio, token):
    start = token.format(token=studio.token)
    for method, path in ROUTES:
        request = (
            f"{method} /{start}/{quote(filled(path))} HTTP/1.1\r\nHost: 127.0.0.1:{studio.port}\r\n"
            f"Origin: {studio.origin}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        answer = raw(studio, request.encode())
        assert statuses(answer) == [403], path
        assert studio.token.encode() not in answer


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_nothing_is_changed_for_a_page_of_another_site(studio, note, method, path):
    before = (studio.folder / "Ana.md").read_bytes()
    address = studio.address + filled(path)
    for headers in (
        {}, {"Origin": "http://evil.example"}, {"Origin": "null"},
        {"Origin": f"http://localhost:{studio.port}"}, {"Origin": f"{studio.origin}.evil.example"},
        {"Origin": studio.origin, "Sec-Fetch-Site": "cross-site"},
        {"Origin": studio.origin, "Sec-Fetch-Site": "same-site"},
    ):  # fmt: skip
        answer = httpx.request(method, address, headers=headers, json={"fields": {}})
        assert answer.status_code == 403
        assert answer.json()["message"].endswith(".")
    assert (studio.folder / "Ana.md").read_bytes() == before
    assert [path.name for path in studio.folder.iterdir()] == ["Ana.md"]


def test_no_address_that_can_be_opened_by_a_link_changes_anything(studio, note):
    """A link needs the token; even so, to follow one is to look and not to do."""
    before = {path: path.read_bytes() for path in studio.folder.iterdir()}
    with studio.client() as client:
        for method, path in ROUTES:
            if method == "GET":
                client.get(quote(filled(path)))
    assert {path: path.read_bytes() for path in studio.folder.iterdir()} == before


# Smuggled


def test_one_request_is_not_hidden_in_another(studio, note):
    within = head(studio, method="DELETE", path="calibration").decode()
    origin = f"Origin: {studio.origin}"
    for lines in (
        ["Content-Length: 4", "Transfer-Encoding: chunked"], ["Transfer-Encoding: xchunked"],
        ["Content-Length: 0", f"Content-Length: {len(within)}"], ["Content-Length: +4"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], ["Content-Length : 4"],
        ["Transfer-Encoding:\x0bchunked"], ["X: a\nTransfer-Encoding: chunked"],
    ):  # fmt: skip
        request = head(studio, origin, *lines, method="PUT", path="note/Ana.md") + within.encode()
        (status,) = statuses(raw(studio, request))
        assert 400 <= status < 500, lines


def test_each_of_several_requests_on_one_line_is_looked_at(studio):
    good = head(studio).replace(b"Connection: close\r\n", b"")
    bad = head(studio, host="evil.example")
    found = statuses(raw(studio, good + bad + good))
    assert found == [200, 403]


def test_what_is_not_http_is_answered_and_closed(studio):
    odd = (b"\0" * 100, b"GET\r\n\r\n", b"\x16\x03\x01" + b"x" * 200, b"G" * 200_000,
           b"GET / HTTP/9.9\r\n\r\n", head(studio, "X: " + "a" * 200_000))  # fmt: skip
    for request in odd:
        found = statuses(raw(studio, request, wait=2))
        assert all(400 <= status < 500 for status in found)


def test_there_is_no_web_socket(studio):
    lines = ["Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
             "Sec-WebSocket-Version: 13", f"Origin: {studio.origin}"]  # fmt: skip
    request = head(studio, *lines).replace(b"Connection: close", b"Connection: Upgrade, close")
    assert 101 not in statuses(raw(studio, request))


# Ways out of the folder


WAYS_OUT = [
    "../secret.md", "..%2fsecret.md", "..%2Fsecret.md", "%2e%2e%2fsecret.md", "%2e%2e/secret.md",
    "..%5csecret.md", "..\\secret.md", "%2e%2e%5csecret.md", "%252e%252e%252fsecret.md",
    "..%c0%afsecret.md", "..%ef%bc%8fsecret.md", "....//secret.md", "./../secret.md",
    "Ana.md%00.png", "Ana.md%0a", "%00", ".", "..", "%2e", "%2e%2e", "~", "~root", "con.md", "nul",
    "/etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd", "C:%5cboot.ini", "a" * 3000 + ".md",
    "a" * 1500 + ".md", "%ff%fe.md", "secret.md%20", ".%00./secret.md", "Ana.md/../../secret.md",
    "%e2%80%ae.md", "Ana.md::$DATA", "\x01.md",
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), [one for one in ROUTES if "{" in one[1]])
def test_no_parameter_of_a_path_leads_out_of_the_folder(studio, note, method, path):
    outside = {one: one.read_bytes() for one in studio.folder.parent.glob("secret*")}
    around = set(studio.folder.parent.iterdir())
    for parameter in PARAMETER.finditer(path):
        for way in WAYS_OUT:
            place = filled(path, **{parameter[1]: way})
            lines = [f"Origin: {studio.origin}", "Content-Type: application/json",
                     "Content-Length: 13"]  # fmt: skip
            request = head(studio, *lines, method=method, path=place) + b'{"fields":{}}'
            answer = raw(studio, request.replace(b"\\x01", b"\x01"))
            (status,) = statuses(answer)
            assert 400 <= status < 500, (way, answer[:300])
            assert SECRET.encode() not in answer
            assert b"root:" not in answer
    assert {one: one.read_bytes() for one in outside} == outside
    assert {one.name for one in studio.folder.iterdir()} <= {"Ana.md", "Removed notes"}
    assert set(studio.folder.parent.iterdir()) == around


@pytest.mark.parametrize(
    "query",
    ["note/Ana.md/download/labels.pdf?sheet={}", "note/Ana.md/download/sheets.pdf?paper={}",
     "note/Ana.md/download/card.press.pdf?condition={}", "note/Ana.md/download/card.pdf?printer={}",
     "note/Ana.md/download/guide.pdf?paper={}", "calibration.pdf?paper={}", "choices?language={}",
     "choices?card={}", "occasion/after-rejection?language={}", "note/Ana.md/hand/caveat.png?v={}",
     "note/Ana.md/download/loading.pdf?paper={}", "labels?words={}"],
)  # fmt: skip
def test_no_wish_in_an_address_opens_a_file(studio, note, client, query):
    for way in ("../secret.md", str(studio.folder.parent / "secret.md"), "/etc/passwd", "~/x.toml",
                "..\\secret.toml", "a\0b", "x" * 5_000, "http://127.0.0.1:9/x.icc"):  # fmt: skip
        answer = client.get(query.format(quote(way, safe="")))
        assert answer.status_code < 500, way
        assert SECRET not in answer.text


@pytest.mark.parametrize("field", ["art", "hand", "front_hand", "address_hand", "layout"])
def test_no_field_of_a_note_opens_a_file_outside_its_folder(studio, note, client, field):
    for way in ("../secret.png", str(studio.folder.parent / "secret.png"), "~/a.ttf",
                "//evil.example/a.ttf", "http://evil.example/a.png", "..\\secret.png"):  # fmt: skip
        fields = {"paragraphs": "Hi.", field: {"file": way} if field == "art" else way}
        for path, method in ((note, "PUT"), (f"{note}/remedies", "POST")):
            answer = client.request(method, path, json={"fields": fields})
            assert answer.status_code == 422
            assert answer.json()["field"] == field
            assert SECRET not in answer.text
    assert b"secret" not in (studio.folder / "Ana.md").read_bytes()


def test_a_name_that_a_person_gives_stays_in_the_folder(studio, note, client):
    for wish in ("../../evil", "/etc/evil", "a\0b", "..\\evil", "con", "x" * 199):
        address = client.post(f"{note}/rename", json={"name": wish}).json()["address"]
        assert len([one for one in studio.folder.iterdir() if one.suffix == ".md"]) == 1
        note = address
    assert client.post(f"{note}/remove").status_code == 200
    assert not (studio.folder.parent / "evil.md").exists()


# What is sent


def put(client, path, data, name="x.png"):
    return client.put(path, params={"name": name}, content=data)


def test_a_picture_of_a_hundred_megapixels_is_refused(studio, note, client):
    answer = put(client, f"{note}/art", picture_of_100_megapixels())
    assert answer.status_code == 422
    assert "10000 x 10000 pixels" in answer.json()["message"]
    assert [path.name for path in studio.folder.iterdir() if path.is_file()] == ["Ana.md"]


@pytest.mark.parametrize("case", ["an external entity", "a billion laughs", "a script", "an event"])
def test_a_drawing_with_entities_or_scripts_is_refused(studio, note, client, case):
    answer = put(client, f"{note}/art", DRAWINGS[case], "drawing.svg")
    assert answer.status_code == 422
    assert answer.json()["message"].endswith(".")
    assert "root:" not in answer.text
    assert [path.name for path in studio.folder.iterdir() if path.is_file()] == ["Ana.md"]


def test_others_write_on_while_a_trap_is_looked_at(studio, note, client):
    trap = PDFS["a fine pattern"]()
    found: list[int] = []

    def attack() -> None:
        with studio.client() as other:
            found.append(put(other, f"{note}/art", trap, "a.pdf").status_code)

    attacking = threading.Thread(target=attack)
    attacking.start()
    times = []
    while attacking.is_alive() and len(times) < 20:
        start = time.monotonic()
        assert client.get(f"{note}/fields").status_code == 200
        times.append(time.monotonic() - start)
        time.sleep(LIVING)
    attacking.join(60)
    assert found == [422]
    assert sorted(times)[len(times) // 2] < 1.0


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("kind", ["art", "hand", "people", "fields"])
def test_a_gigabyte_is_refused_unread_and_in_little_memory(studio, note, kind, chunked):
    before = studio.memory()
    path = "note/Ana.md" if kind == "fields" else f"note/Ana.md/{kind}"
    size = 10**9
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    origin = f"Origin: {studio.origin}"
    request = head(studio, origin, length, method="PUT", path=path)
    piece = b"x" * 1_000_000
    if chunked:
        piece = b"f4240\r\n" + piece + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", studio.port), timeout=30) as line:
        line.sendall(request)
        try:
            while sent < size:
                line.sendall(piece)
                sent += len(piece)
        except OSError:
            pass
        answer = b""
        try:
            while part := line.recv(65_536):
                answer += part
        except OSError:
            pass
    assert sent < 100_000_000
    assert statuses(answer) == [413]
    assert b"which is the most here" in answer
    assert studio.memory() - before < 120_000_000
    assert [one.name for one in studio.folder.iterdir() if one.is_file()] == ["Ana.md"]


def test_a_browser_that_sends_too_much_is_told_so(studio, note, client):
    answer = put(client, f"{note}/art", b"x" * 41_000_000)
    assert answer.status_code == 413
    assert "40 MB" in answer.json()["message"]
    assert answer.json()["hint"]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[]", b'"x"', b"[" * 100_000, b'{"fields": {"art": ' + b"[" * 50_000,
     b'{"fields": null}', b'{"fields": {"paragraphs": "\\ud800"}}', b'{"fields":{},"number":1e999}',
     b'{"fields": {"paragraphs": NaN}}', b'{"fields": {"seed": ' + b"9" * 10_000 + b"}}",
     b'{"fields": {"paragraphs": "' + b"x" * 900_000 + b'"}}', b'{"fields": {}, "row": -1}',
     b'{"fields": {}, "other": 1}', b"\xff\xfe", b'{"fields": {"to": {"a": {"b": [1, {"c": 2}]}}}}',
     json.dumps({"fields": {f"f{n}": n for n in range(5_000)}}).encode()],
)  # fmt: skip
def test_odd_data_is_an_error_of_who_sent_it(studio, note, client, data):
    before = (studio.folder / "Ana.md").read_bytes()
    headers = {"Content-Type": "application/json"}
    for path, method in ((note, "PUT"), (f"{note}/rename", "POST"), ("begin", "POST"),
                         (f"{note}/remedies", "POST"), ("calibration", "POST")):  # fmt: skip
        answer = client.request(method, path, content=data, headers=headers)
        assert answer.status_code < 500, (path, answer.text[:200])
        if answer.status_code >= 400:
            assert answer.json()["message"].endswith(".")
    if b'"to"' not in data and b"row" not in data:
        assert b"Okafor" in before


def test_one_who_is_slow_keeps_nobody_waiting(studio, note, client):
    lines = []
    try:
        for _ in range(40):
            line = socket.create_connection(("127.0.0.1", studio.port), timeout=20)
            request = head(studio, f"Origin: {studio.origin}", "Content-Length: 1000", method="PUT",
                           path="note/Ana.md")  # fmt: skip
            line.sendall(request + b'{"fi')
            lines.append(line)
        start = time.monotonic()
        assert client.get(f"{note}/fields").status_code == 200
        assert time.monotonic() - start < 5
    finally:
        for line in lines:
            line.close()


# In a browser


class Evil(http.server.BaseHTTPRequestHandler):
    """Another site: a page that does to the studio whatever a page can do."""

    page = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page.encode())

    def log_message(self, *_) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Evil) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


DEEDS = """<!doctype html><title>evil</title><form id=f method=post action="{at}note/Ana.md/remove"
enctype=text/plain target=frame><input name='{{"a' value='":1}}'></form>
<iframe name=frame></iframe><iframe id=shown src="{at}"></iframe>
<img id=i src="{at}static/mark.svg"><script src="{at}static/app.js"></script>
<link rel=stylesheet href="{at}static/base.css">
<script>
window.done = (async () => {{
  const found = [];
  for (const mode of ["cors", "no-cors"]) for (const method of ["GET", "POST", "PUT", "DELETE"])
    try {{
      const answer = await fetch("{at}note/Ana.md/fields", {{method, mode,
        body: method == "GET" ? undefined : '{{"fields": {{}}}}', credentials: "include"}});
      found.push(await answer.text());
    }} catch (error) {{ found.push(""); }}
  document.getElementById("f").submit();
  await new Promise((go) => setTimeout(go, 800));
  let framed = "";
  try {{ framed = document.getElementById("shown").contentDocument.body.innerText; }} catch (e) {{}}
  return {{found: found.join(""), framed, image: document.getElementById("i").naturalWidth,
           styled: document.styleSheets.length}};
}})();
</script>"""


def test_a_page_of_another_site_can_neither_read_nor_change_anything(
    studio, note, browser, elsewhere
):
    """Even one that knows the token."""
    before = (studio.folder / "Ana.md").read_bytes()
    for address in (studio.address, studio.address.replace("127.0.0.1", "localhost")):
        Evil.page = DEEDS.format(at=address)
        page = browser.new_page()
        page.goto(elsewhere)
        seen = page.evaluate("window.done")
        page.close()
        assert seen["found"] == ""
        assert "Okafor" not in seen["framed"]
        assert seen["image"] == 0
        assert (studio.folder / "Ana.md").read_bytes() == before


def test_a_name_that_is_pointed_here_shows_nothing(studio, note, browser):
    """DNS rebinding: the browser believes that evil.example is this machine."""
    args = ["--host-resolver-rules=MAP evil.example 127.0.0.1", "--no-sandbox"]
    rebound = browser.browser_type.launch(executable_path=tool("chromium"), args=args)
    try:
        page = rebound.new_page()
        answer = page.goto(studio.address.replace("127.0.0.1", "evil.example"))
        assert answer.status == 403
        assert "Okafor" not in page.content()
    finally:
        rebound.close()


HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def test_words_that_are_a_script_are_shown_as_words(studio, page):
    """Also those of files that came from elsewhere: a note, a table of people."""
    fields = {
        "to": f"{HOSTILE}\n1 Elm Street", "salutation": f"Dear {HOSTILE},",
        "paragraphs": f"{HOSTILE} [name: {HOSTILE}]", "signature": "{{constructor}}",
    }  # fmt: skip
    text = f"<!--\n{HOSTILE}\n-->\n---\n{json.dumps(fields)}\n---\n"
    note = studio.with_note("Hostile 'note' & co.md", text)
    table = studio.folder / "Hostile 'note' & co.people.csv"
    table.write_text(f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",Name\nx,<b>Ann</b>\n')
    for path in ("", note, f"{note}/people", "occasion/after-rejection"):
        page.goto(studio.address + path)
        page.wait_for_timeout(1_500)
        assert page.title() != "owned"
        assert page.locator("img[src='x']").count() == 0
        assert page.evaluate(
            "[...document.scripts].every((one) =>"
            " one.type === 'application/json' || !one.textContent.includes('owned'))"
        )


def test_a_drawing_is_given_as_a_file_and_not_as_a_page(studio, note, client):
    (studio.folder / "Ana.front.svg").write_bytes(drawing(b""))
    answer = client.get(f"{note}/download/card.svg")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert client.get("note/Ana.front.svg").status_code == 404
