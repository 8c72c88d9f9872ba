"""The guard before the studio: whom it lets through, what it refuses, and how much it reads."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest
from awaiting import awaited

from fairhand.studio import guard
from fairhand.studio.guard import LARGEST_BODIES, LARGEST_BODY, POLICY, Guard

TOKEN, PORT = "a-token-of-this-run", 8123
HOST = f"127.0.0.1:{PORT}"
OURS = {"origin": f"http://{HOST}"}


class Asked:
    """A request to a guarded application that answers with the path it saw and what it read."""

    def __init__(
        self, path="/", *, method="GET", host=HOST, token=TOKEN, headers=(), raw=None,
        pieces=(b"",), ends=True, app=None, kind="http",
    ) -> None:  # fmt: skip
        self.sent: list[dict] = []
        self.read = 0
        self.reached = False
        self.pieces = list(pieces)
        self.ends = ends
        target = f"/{token}{path}" if token is not None else path
        pairs = headers.items() if isinstance(headers, dict) else headers
        self.scope = {
            "type": kind, "method": method, "path": target, "query_string": b"", "root_path": "",
            "raw_path": raw or target.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in pairs],
        }  # fmt: skip
        if host is not None:
            self.scope["headers"].append((b"host", host.encode()))
        guarded = Guard(app or self.app, token=TOKEN, port=PORT)
        # A server tells in its log what an application raises, and goes on.
        with suppress(RuntimeError):
            awaited(guarded(self.scope, self.give, self.take))

    async def app(self, scope, receive, send) -> None:
        self.reached = True
        more = scope["method"] not in ("GET", "HEAD")
        while more:
            more = (await receive())["more_body"]
        below = scope["path"].removeprefix(scope["root_path"])
        headers = [(b"content-type", b"text/plain"), (b"Cache-Control", b"public")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": below.encode()})

    async def give(self):
        if not self.pieces:
            await asyncio.sleep(3600)
        piece = self.pieces.pop(0)
        self.read += len(piece)
        more = bool(self.pieces) or not self.ends
        return {"type": "http.request", "body": piece, "more_body": more}

    async def take(self, message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])

    @property
    def headers(self) -> dict[bytes, bytes]:
        pairs = [(name.lower(), value) for name, value in self.sent[0]["headers"]]
        assert len(pairs) == len(dict(pairs)), "a header is sent twice"
        return dict(pairs)


def put(path, **more) -> Asked:
    return Asked(path, method="PUT", headers={**OURS, **more.pop("headers", {})}, **more)


# Who may ask


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}"])
def test_one_who_knows_the_address_is_let_through_and_the_token_is_taken_off(host):
    asked = Asked("/note/Ana.md", host=host)
    assert (asked.status, asked.body) == (200, b"/note/Ana.md")


@pytest.mark.parametrize(
    "host",
    [
        None, "", "127.0.0.1", "localhost", "127.0.0.1:80", f"evil.example:{PORT}",
        f"localhost.:{PORT}", f"127.0.0.1.:{PORT}", f"127.0.0.1:{PORT}.", f"127.0.0.1:0{PORT}",
        f"127.1:{PORT}", f"2130706433:{PORT}", f"0.0.0.0:{PORT}", f"[::1]:{PORT}", f" {HOST}",
        f"user@{HOST}", f"{HOST},{HOST}", f"{HOST}/", f"localhost.evil.example:{PORT}",
    ],
)  # fmt: skip
def test_any_other_host_is_refused_for_its_name_may_have_been_pointed_here(host):
    asked = Asked("/", host=host)
    assert asked.status == 403
    assert not asked.reached


def test_a_host_that_is_sent_twice_is_none():
    for first, second in [(HOST, "evil.example"), ("evil.example", HOST), (HOST, HOST)]:
        assert Asked("/", headers={"host": first}, host=second).status == 403


def test_the_usual_port_of_the_web_may_be_left_out_as_browsers_do():
    async def ask() -> list[dict]:
        sent: list[dict] = []

        async def take(message) -> None:
            sent.append(message)

        async def app(scope, receive, send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})

        scope = {"type": "http", "method": "GET", "path": f"/{TOKEN}/", "raw_path": b"",
                 "query_string": b"", "headers": [(b"host", b"localhost")]}  # fmt: skip
        await Guard(app, token=TOKEN, port=80)(scope, None, take)
        return sent

    assert awaited(ask())[0]["status"] == 200


@pytest.mark.parametrize(
    "path",
    ["", "/", "//", f"//{TOKEN}/", f"/{TOKEN[:-1]}/", f"/{TOKEN}x/", f"/x/{TOKEN}/", "/token/",
     f"/{TOKEN.upper()}/", f"http://{HOST}/{TOKEN}/", f"x/{TOKEN}/", "*", f"/{TOKEN}\x00/", "/ł/"],
)  # fmt: skip
def test_without_the_token_nothing_is_shown_and_nothing_is_told_of_it(path):
    asked = Asked(path, token=None)
    assert asked.status == 403
    assert not asked.reached
    told = json.loads(asked.body)
    assert told["message"].endswith(".")
    assert TOKEN not in str(asked.sent)


def test_a_person_is_told_in_words_and_a_script_in_data():
    asked = Asked("/", token="wrong", headers={"accept": "text/html,*/*"})
    assert asked.headers[b"content-type"].startswith(b"text/plain")
    assert b"fairhand studio" in asked.body
    assert b"{" not in asked.body


def test_the_token_alone_leads_to_the_first_page():
    asked = Asked("")
    assert asked.status == 308
    assert asked.headers[b"location"] == f"/{TOKEN}/".encode()
    assert Asked("", headers={"sec-fetch-site": "none"}, host="evil.example").status == 403


# From where


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "image"}, OURS,
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate",
         "sec-fetch-dest": "document"},
    ],
)  # fmt: skip
def test_what_the_person_opens_and_what_our_own_pages_load_is_shown(headers):
    assert Asked("/", headers=headers).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none, cross-site", "", "odd"])
@pytest.mark.parametrize("dest", ["image", "script", "iframe", "embed", "empty"])
def test_no_page_of_another_site_loads_anything_of_ours(site, dest):
    for mode in ("no-cors", "cors", "navigate"):
        headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
        assert Asked("/", headers=headers).status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "origin",
    [None, "null", "", "http://evil.example", f"https://{HOST}", "http://127.0.0.1",
     f"http://{HOST}/", f"http://localhost:{PORT}", f"http://{HOST}.evil.example", "file://",
     f"http://127.0.0.1:{PORT + 1}"],
)  # fmt: skip
def test_what_changes_something_comes_from_our_own_pages_only(method, origin):
    asked = Asked("/note/a.md", method=method, headers={"origin": origin} if origin else {})
    assert asked.status == 403
    assert not asked.reached


def test_a_page_of_ours_may_change_something():
    assert put("/note/a.md").status == 200
    assert put("/note/a.md", headers={"sec-fetch-site": "same-origin"}).status == 200
    origin = f"http://localhost:{PORT}"
    asked = Asked("/a", method="POST", host=f"localhost:{PORT}", headers={"origin": origin})
    assert asked.status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_browser_that_says_it_comes_from_elsewhere_is_believed(site):
    assert put("/note/a.md", headers={"sec-fetch-site": site}).status == 403


def test_an_origin_that_is_sent_twice_is_none():
    twice = [*OURS.items(), *OURS.items()]
    assert Asked("/a", method="POST", headers=twice).status == 403


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "PATCH", "put", "PROPFIND"])
def test_other_methods_are_none_of_ours_and_no_preflight_is_answered(method):
    asked = Asked("/", method=method, headers=OURS)
    assert asked.status == 405
    assert not asked.reached
    assert not any(name.startswith(b"access-control") for name in asked.headers)


def test_there_are_no_web_sockets():
    asked = Asked("/", kind="websocket")
    assert [message["type"] for message in asked.sent] == ["websocket.close"]
    assert not asked.reached


# Paths


@pytest.mark.parametrize(
    "path",
    ["/note/../x", "/note/..", "/./x", "/static/../../etc/passwd", "/note/a\\b.md", "/note/a\0.md",
     "/note//x", "/note/a\x1b.md", "/note/a\ufffd.md", "/../", "/note/%00".replace("%00", "\x00")],
)  # fmt: skip
def test_no_path_leads_up_or_holds_what_names_do_not(path):
    asked = Asked(path)
    assert asked.status == 404
    assert not asked.reached


@pytest.mark.parametrize("hidden", ["%2f", "%2F", "%5c", "%5C", "%00", "%0a", "%0D", "%1b", "%7f"])
def test_nothing_is_hidden_in_a_name_of_the_path(hidden):
    raw = f"/{TOKEN}/note/..{hidden}a.md".encode()
    assert Asked("/note/a.md", raw=raw).status == 404


def test_an_address_has_a_longest():
    assert Asked("/" + "a" * 1_500).status == 200
    assert Asked("/" + "a" * 2_500).status == 404


# What is always said


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Asked("/"), lambda: Asked("/", host="evil.example"), lambda: Asked("/a/../b"),
        lambda: Asked("/", token="no"), lambda: Asked(""), lambda: Asked("/", method="TRACE"),
        lambda: put("/note/a.md", headers={"content-length": "9999999999"}),
        lambda: put("/note/a.md", headers={"transfer-encoding": "chunked"},
                    pieces=[b"x" * 900_000] * 9),
    ],
)  # fmt: skip
def test_every_answer_has_the_headers_that_keep_it_safe(ask):
    headers = ask().headers
    assert headers[b"content-security-policy"] == POLICY.encode()
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"no-referrer"
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"cross-origin-opener-policy"] == b"same-origin"
    assert headers[b"cross-origin-resource-policy"] == b"same-origin"
    assert b"camera=()" in headers[b"permissions-policy"]
    assert not any(name.startswith(b"access-control") for name in headers)


def test_the_policy_lets_nothing_of_elsewhere_in_and_no_script_in_a_page():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == "'none'"
    allowed = {source for rule in rules.values() for source in rule.split()}
    assert allowed == {"'none'", "'self'", "blob:"}
    assert "blob:" not in rules["script-src"]


def test_what_never_changes_may_be_kept_by_the_browser():
    assert Asked("/static/base.css").headers[b"cache-control"] == b"public"
    assert Asked("/static").headers[b"cache-control"] == b"no-store"


def test_an_answer_that_fails_is_still_one():
    async def broken(scope, receive, send) -> None:
        raise RuntimeError("secret")

    asked = Asked("/", app=broken)
    assert asked.status == 500
    assert b"secret" not in asked.body
    assert asked.headers[b"content-security-policy"]


# How much


@pytest.mark.parametrize(
    ("path", "most"),
    [("/note/a.md", LARGEST_BODY), ("/note/a.md/art/x", LARGEST_BODY), ("/art", LARGEST_BODY)]
    + [(f"/note/a.md/{kind}", most) for kind, most in LARGEST_BODIES.items()],
)
def test_what_is_declared_too_large_is_not_read(path, most):
    asked = put(path, headers={"content-length": str(most)}, pieces=[b"x" * 1000])
    assert asked.status == 200
    asked = put(path, headers={"content-length": str(most + 1)}, pieces=[b"x" * 1000] * 9_000)
    assert asked.status == 413
    assert not asked.reached
    assert asked.read < 5_000_000
    assert asked.headers[b"connection"] == b"close"
    assert f"{most // 1_000_000} MB" in json.loads(asked.body)["message"]


@pytest.mark.parametrize(("path", "most"), [("/note/a.md", 1), ("/note/a.md/art", 40)])
def test_what_comes_in_chunks_is_counted(path, most):
    piece = b"x" * 1_000_000
    chunked = {"transfer-encoding": "chunked"}
    assert put(path, headers=chunked, pieces=[piece] * most).status == 200
    asked = put(path, headers=chunked, pieces=[piece] * (most + 1_000))
    assert asked.status == 413
    assert asked.read <= (most + 6) * 1_000_000


def test_the_limits_of_files_are_for_sending_them_only():
    asked = Asked("/note/a.md/art", method="POST", headers={**OURS, "content-length": "1000001"})
    assert asked.status == 413


@pytest.mark.parametrize(
    "headers",
    [
        [("content-length", "1"), ("content-length", "1")], [("content-length", "-1")],
        [("content-length", "1e3")], [("content-length", "")], [("content-length", "²")],
        [("content-length", "1"), ("transfer-encoding", "chunked")],
        [("transfer-encoding", "chunked"), ("transfer-encoding", "gzip")],
        [("content-length", "9" * 40)],
    ],
)  # fmt: skip
def test_a_length_that_is_none_or_two_is_refused(headers):
    asked = Asked("/note/a.md", method="PUT", headers=[*OURS.items(), *headers])
    assert asked.status == 400
    assert not asked.reached


def test_an_application_that_tells_of_it_in_its_own_way_is_not_heard():
    async def app(scope, receive, send) -> None:
        try:
            while (await receive())["more_body"]:
                pass
        except Exception:
            await send({"type": "http.response.start", "status": 400, "headers": []})
            await send({"type": "http.response.body", "body": b"parsing the body"})

    chunked = {"transfer-encoding": "chunked"}
    assert put("/a", headers=chunked, pieces=[b"x" * 600_000] * 3, app=app).status == 413


def test_what_comes_too_slowly_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(guard, "LONGEST_SILENCE", 0.05)
    asked = put("/a", headers={"content-length": "9"}, pieces=[b"x"], ends=False)
    assert asked.status == 408
    monkeypatch.setattr(guard, "LONGEST_SILENCE", 60)
    monkeypatch.setattr(guard, "SLOWEST_BODY", 0.05)
    asked = put("/a", headers={"content-length": "9"}, pieces=[b"x"], ends=False)
    assert asked.status == 408


def test_one_who_is_answered_before_all_is_sent_is_not_listened_to_any_longer():
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    asked = put("/a", headers={"transfer-encoding": "chunked"}, pieces=[b"x"] * 9, app=app)
    assert asked.headers[b"connection"] == b"close"
    assert b"connection" not in put("/a", headers={"content-length": "0"}, app=app).headers
