"""What an SVG file holds that ink cannot, or that is a trap, is told in one plain sentence."""

import gzip
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_svg_art import DRAWINGS, svg

from fairhand.art.svg import read_svg
from fairhand.errors import InputError

PATH = '<path d="M0 0h9v9z"/>'
TWO = '<stop stop-color="red"/><stop stop-color="blue"/>'
HEAD = '<?xml version="1.0"?>'


def refused(data):
    """Return the error about a file, which is one sentence with a place and a hint."""
    with pytest.raises(InputError) as caught:
        read_svg(data, "art.svg")
    error = caught.value
    assert error.place.file == "art.svg"
    assert error.message.endswith(".")
    assert error.message.count(". ") == 0
    assert len(error.message) < 200
    assert error.hint
    return error


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<text>Hello</text>", "text"),
        ("<text><tspan>Hello</tspan></text>", "text"),
        (f'<linearGradient id="g">{TWO}</linearGradient><path fill="url(#g)" d="M0 0h9v9z"/>',
         "a linear gradient"),
        (f'<radialGradient id="g">{TWO}</radialGradient><g stroke="url(#g)">{PATH}</g>',
         "a radial gradient"),
        ('<pattern id="p"/><path style="fill:url(#p)" d="M0 0h9v9z"/>', "a pattern"),
        (f'<g filter="url(#f)">{PATH}</g>', "a filter"),
        (f'<g style="mask:url(#m)">{PATH}</g>', "a mask"),
        (f"<style>g{{mix-blend-mode:multiply}}</style><g>{PATH}</g>", "colours that are blended"),
        (f'<clipPath id="c"><circle r="9"/></clipPath><g clip-path="url(#c)">{PATH}</g>',
         "a clipping path"),
        ('<image href="a.png" width="9" height="9"/>', "a picture"),
        ("<foreignObject><p/></foreignObject>", "content that is not SVG"),
        (f'<marker id="m">{PATH}</marker><path marker-end="url(#m)" d="M0 0h9v9z"/>',
         "an arrow head or other marker"),
        ('<rect width="9" height="9"><animate attributeName="x"/></rect>', "animation"),
        ('<use href="other.svg#a"/>', "a part that stands in another file"),
        ("<rectangle/>", "an element <rectangle>"),
        (f"<style>g path{{fill:red}}</style>{PATH}", 'a style rule for "g path"'),
        (f"<style>@media print{{}}</style>{PATH}", 'a style rule "@media"'),
        ('<path transform="rotate(9)" transform-origin="5 5" d="M0 0h9v9z"/>',
         "a transform about an origin of its own"),
    ],
)  # fmt: skip
def test_what_ink_cannot_show_is_refused_by_its_name_and_line(inside, what):
    error = refused(svg("\n\n" + inside))
    assert error.message == (f"The drawing holds {what}, which cannot be printed from an SVG file.")
    assert error.place.line == 3
    assert "PDF" in error.hint


def test_text_is_to_be_made_paths():
    assert "Object to Path" in refused(svg("<text>a</text>")).hint


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>", '<script href="a.js"/>', f'<g onclick="a()">{PATH}</g>',
        f'<a href=" javascript:a()">{PATH}</a>', f'<a xlink:href="JAVA\nSCRIPT:a()">{PATH}</a>',
        '<defs><script/></defs>', '<script xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)  # fmt: skip
def test_whatever_runs_is_unsafe(inside):
    assert "not safe" in refused(svg(inside + PATH)).message


def nested(times, inner):
    uses = "".join(f'<g id="u{n + 1}">{f"""<use href="#u{n}"/>""" * 10}</g>' for n in range(times))
    return svg(f'<defs><g id="u0">{inner}</g>{uses}</defs><use href="#u{times}"/>')


def entity(declaration, inside="<text>&x;</text>"):
    return f"{HEAD}<!DOCTYPE svg [{declaration}]>".encode() + svg(inside)


PEN = '<path fill="none" stroke="red" stroke-linejoin="round" d="M0 0'
TRAPS = {
    "laughs": entity('<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;">'),
    "a file of the machine": entity('<!ENTITY x SYSTEM "file:///etc/hostname">'),
    "an entity of the net": entity('<!ENTITY % x SYSTEM "http://localhost/x">%x;'),
    "attributes by a DTD": entity('<!ATTLIST path fill CDATA "red">', PATH),
    "nested use": nested(12, PATH),
    "nested use of nothing": nested(12, ""),
    "use of itself": svg('<g id="a"><use href="#a"/></g>'),
    "use in a ring": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "a bomb": gzip.compress(bytes(200_000_000), 1),
    "a large file": svg(" " * 20_000_000),
    "deep groups": svg("<g>" * 50_000 + "</g>" * 50_000),
    "many elements": svg("<g/>" * 60_000),
    "many steps": svg(f'<path d="M0 0{"l1 1" * 300_000}"/>'),
    "many arcs": svg(f'<path d="M0 0{"a1 1 0 1 1 1 1" * 50_000}"/>'),
    "many dashes": svg('<path d="M0 0h1e6" stroke="red" stroke-dasharray=".0001"/>'),
    "a long transform": svg(f'<g transform="{"scale(1)" * 100_000}">{PATH}</g>'),
    "unclosed comments": svg(f"<style>{'/*' * 400_000}{{</style>"),
    "unclosed strings": svg(f"<style>{'a{b:(' * 100_000}</style>"),
    "a growing scale": svg("<g transform='scale(99999)'>" * 60 + PATH + "</g>" * 60),
    "huge": svg('<path d="M0 0h1e300v1z"/>'),
    "infinite": svg('<path d="M0 0h1e999v1z"/>'),
    "not a number": svg('<rect width="NaN" height="1"/>'),
    "not a number in a path": svg('<path d="M0 0LNaN 1"/>'),
    "a needle of an arc": svg('<path d="M0 0A1e7 1e-5 3 0 1 1e6 5z"/>'),
    "a page too large": svg(PATH, 'width="1e6" height="9"'),
    "a point of a view box": svg(PATH, 'viewBox="0 0 1e-300 1e-300" width="9" height="9"'),
    "no size": svg(PATH, ""),
    "a size of nothing": svg(PATH, 'width="0" height="9"'),
    "a size below nothing": svg(PATH, 'width="-9" height="9"'),
    "a view box of nothing": svg(PATH, 'width="9" height="9" viewBox="0 0 0 9"'),
    "an unknown unit": svg('<rect width="3em" height="9"/>'),
    "a colour that is none": svg('<g fill="bleu"><path d="M0 0h9v9z"/></g>'),
    "a transform that is none": svg('<g transform="turn(3)"><path d="M0 0h9v9z"/></g>'),
    "half a path": svg('<path d="M0 0L1"/>'),
    "a path without a start": svg('<path d="L1 1"/>'),
    "a style sheet elsewhere": f'{HEAD}<?xml-stylesheet href="a.css"?>'.encode() + svg(PATH),
    "imported rules": svg(f'<style>@import "a.css"; path{{fill:red}}</style>{PATH}'),
    "a background": svg(PATH, 'width="9" height="9" style="background:#eee"'),
    "empty": svg(""),
    "only hidden": svg(f'<g display="none">{PATH}</g>'),
    "nothing": b"",
    "blanks": b" \n",
    "not XML": b"%PDF-1.7 and so on",
    "bytes": bytes(range(256)),
    "HTML": b"<!DOCTYPE html><html><body/></html>",
    "cut short": svg(PATH)[:-9],
    "a packed file cut short": gzip.compress(svg(PATH))[:-12],
    "an unknown encoding": b"<?xml version='1.0' encoding='klingon'?>" + svg(PATH),
    "a prefix undeclared": b'<svg xmlns="http://www.w3.org/2000/svg"><use xlink:href="#a"/></svg>',
}


@pytest.mark.parametrize("data", TRAPS.values(), ids=TRAPS)
def test_a_trap_is_refused_in_a_sentence_and_soon(data):
    start = time.process_time()
    refused(data)
    # A second on a quiet machine; twice that where other work shares its caches.
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", ["a bomb", "many steps", "laughs"])
def test_a_trap_takes_little_memory(name):
    tracemalloc.start()
    try:
        refused(TRAPS[name])
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


def test_illustrators_own_doctype_is_no_trap():
    data = next(path for path in DRAWINGS if path.stem == "illustrator").read_bytes()
    assert b"<!DOCTYPE svg PUBLIC" in data
    assert read_svg(data, "art.svg").shapes


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(DRAWINGS), st.data())
def test_a_damaged_file_is_read_or_refused_but_never_breaks(path, data):
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    end = min(len(whole), at + data.draw(st.integers(0, 9)))
    broken = whole[:at] + data.draw(st.binary(max_size=4)) + whole[end:]
    try:
        vector = read_svg(broken, "art.svg")
    except InputError:
        refused(broken)
    else:
        assert vector.shapes
