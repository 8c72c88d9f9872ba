"""A drawing of any program becomes the same picture in ink as that program shows."""

import gzip
import io
import math
import subprocess
from pathlib import Path

import numpy as np
import pytest
from conftest import tool
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter
from PIL.ImageColor import colormap, getrgb

from fairhand.art.drawing import ellipse
from fairhand.art.svg import read_svg
from fairhand.errors import InputError
from fairhand.geometry import Affine, Rect
from fairhand.hand.hand import bundled_hand
from fairhand.impose.sheet import Placement, Sheet
from fairhand.output.pdf import About, pdf
from fairhand.output.raster import rasters
from fairhand.stationery.catalogue import ink
from fairhand.write.page import WrittenPage

DRAWINGS = sorted((Path(__file__).parent / "drawings").glob("*.svg"))
SCALE = 2
"""Pixels of the pictures to one px of the drawing."""

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside, attributes='width="96" height="48"'):
    return f"<svg {SPACES} {attributes}>{inside}</svg>".encode()


def shapes(inside, attributes='width="96" height="48"'):
    return read_svg(svg(inside, attributes), "art.svg").shapes


def only(inside, attributes='width="96" height="48"'):
    (shape,) = shapes(inside, attributes)
    return shape


def points(shape):
    return [xy[-2:] for _, xy in shape.path if xy]


def ours(data):
    """Return the picture of what a press would print."""
    vector = read_svg(data, "art.svg")
    page = Rect.of(vector.size)
    front = WrittenPage(
        "front", vector.size, page, (), vector.shapes, bundled_hand("mynerve"), ink("black"), 0.0
    )
    sheet = Sheet("front", vector.size, page, (Placement(front, Affine(), page),))
    return rasters(pdf([sheet], About("Art")), 96 * SCALE)[0]


def theirs(data):
    """Return the picture that librsvg, another program, makes of the same file."""
    made = subprocess.run(
        [tool("rsvg-convert"), "--zoom", str(SCALE), "--background-color", "white"],
        input=data, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return Image.open(io.BytesIO(made.stdout)).convert("RGB")


def apart(one, other):
    """Return the share of pixels that differ, edges aside: each picture is a little blurred."""
    soft = [picture.filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    return float((np.asarray(ImageChops.difference(*soft)).max(axis=2) > 40).mean())


# Against another program


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_ours_is_the_picture_of_another_program(path):
    data = path.read_bytes()
    assert ours(data).size == theirs(data).size
    assert apart(ours(data), theirs(data)) < 0.0001


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('stroke-dashoffset="7"', 'stroke-dashoffset="9"'),
        ('stroke-linecap="square" stroke-linejoin="bevel"', 'stroke-linejoin="bevel"'),
        ('stroke-miterlimit="12"', ""),
        ("scale(3 1)", "scale(3 1.05)"),
    ],
)
def test_the_comparison_sees_a_small_change(right, wrong):
    text = next(path for path in DRAWINGS if path.stem == "strokes").read_text(encoding="utf-8")
    assert right in text
    assert apart(ours(text.encode()), theirs(text.replace(right, wrong).encode())) > 0.0002


numbers = st.floats(-60, 60).map(lambda value: round(value, 2))
places = st.tuples(numbers, numbers).map(lambda at: f"{at[0]} {at[1]}")
commands = st.one_of(
    st.tuples(st.sampled_from("LlTt"), places),
    st.tuples(st.sampled_from("HhVv"), numbers.map(str)),
    st.tuples(st.sampled_from("SsQq"), places, places),
    st.tuples(st.sampled_from("Cc"), places, places, places),
    st.tuples(st.sampled_from("Aa"), st.sampled_from(["20 30 40", "5,9-20"]),
              st.sampled_from([" 0 1 ", " 11", " 0,0 "]), places),
    st.tuples(st.sampled_from("Zz")),
)  # fmt: skip
paths = st.lists(commands, min_size=3, max_size=8).map(
    lambda parts: "M30 30" + "".join("".join((name, *rest)) for name, *rest in parts)
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    paths, st.sampled_from(["butt", "round", "square"]),
    st.sampled_from(["miter", "round", "bevel"]),
    st.sampled_from(["rotate(20)", "scale(1.5 .8)", "skewX(25) translate(5 -3)"]),
)  # fmt: skip
def test_any_path_with_any_pen_is_that_of_another_program(data, cap, join, transform):
    path = f'<path d="{data}" fill="#fc6" fill-rule="evenodd" stroke="#036" stroke-width="3"/>'
    drawing = svg(
        f'<g transform="translate(60 60) {transform}" stroke-linecap="{cap}" '
        f'stroke-linejoin="{join}">{path}</g>', 'width="200" height="200"',
    )  # fmt: skip
    assert apart(ours(drawing), theirs(drawing)) < 0.002


# Sizes and places


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="96" height="48"', (72, 36)),
        ('width="5in" height="7in"', (360, 504)),
        ('width="148mm" height="10.5cm"', (148 * 72 / 25.4, 105 * 72 / 25.4)),
        ('width="360pt" height="6pc"', (360, 72)),
        ('viewBox="0 0 96 48"', (72, 36)),
        ('width="100%" height="50%" viewBox="0 0 96 96"', (72, 36)),
        ('width="192px" height="96px" viewBox="0 0 10 5"', (144, 72)),
    ],
)
def test_the_size_is_that_of_the_file_in_points(attributes, size):
    vector = read_svg(svg('<rect width="1" height="1"/>', attributes), "art.svg")
    assert vector.size == pytest.approx(size)


def test_the_origin_is_the_lower_left_and_y_runs_up():
    corners = points(only('<rect x="0" y="0" width="96" height="12"/>'))
    assert np.allclose(corners, [(0, 36), (72, 36), (72, 27), (0, 27)])


def test_transforms_are_done_from_the_last_to_the_first():
    moved = only('<path d="M1 0h1v1z" transform="translate(10,0) scale(2) rotate(90)"/>')
    assert points(moved)[0] == pytest.approx((10 * 0.75, 36 - 2 * 0.75))


@pytest.mark.parametrize(
    ("element", "path"),
    [
        ('<circle cx="9" cy="9" r="6"/>', "M15 9A6 6 0 0 1 3 9A6 6 0 0 1 15 9z"),
        ('<rect x="3" y="3" width="9" height="6" rx="2"/>',
         "M5 3H10A2 2 0 0 1 12 5V7A2 2 0 0 1 10 9H5A2 2 0 0 1 3 7V5A2 2 0 0 1 5 3z"),
        ('<polygon points="1,1 9 1 5,-7"/>', "M1 1L9 1L5-7z"),
        ('<path d="m1 1c0 4 4 4 4 0s4-4 4 0z"/>', "M1 1C1 5 5 5 5 1C5-3 9-3 9 1z"),
        ('<path d="M1 1Q5 9 9 1T17 1"/>', "M1 1Q5 9 9 1Q13-7 17 1"),
        ('<path d="M1e0 1.h8.V9"/>', "M1 1L9 1L9 9"),
        ('<path d="M1 1A0 5 0 0 1 9 9V1"/>', "M1 1L9 9V1"),
        ('<path d="M01 1L09 1L9 09"/>', "M1 1L9 1L9 9"),
    ],
)  # fmt: skip
def test_shapes_that_are_alike_are_drawn_alike(element, path):
    one, other = ours(svg(element)), ours(svg(f'<path d="{path}"/>'))
    assert apart(one, other) == 0
    assert np.asarray(one).min() == 0


def test_curves_are_cubics_and_nothing_but_four_steps_is_used():
    steps = {
        operator
        for path in DRAWINGS
        for shape in read_svg(path.read_bytes(), path.name).shapes
        for operator, _ in shape.path
    }
    assert steps == set("mlch")


# Colours


@pytest.mark.parametrize(
    ("text", "rgb"),
    [
        *((name, "#{:02x}{:02x}{:02x}".format(*getrgb(name))) for name in list(colormap)),
        ("#1B2", "#11bb22"), ("#1b2a52", "#1b2a52"), ("#1b2f", "#11bb22"), ("#1b2a52ff", "#1b2a52"),
        ("rgb(27, 42,82)", "#1b2a52"), ("rgb(100%,0%,50%)", "#ff0080"), ("rgb(1 2 3)", "#010203"),
        ("rgba(300,-5,0,1)", "#ff0000"), ("hsl(120,100%,25%)", "#008000"),
        ("HSL(0.5turn 100% 50%)", "#00ffff"), ("hsla(-120, 100%, 50%, 1)", "#0000ff"),
        ("#CD853F icc-color(acmecmyk, 0.11, 0.48, 0.83, 0.00)", "#cd853f"),
    ],
)  # fmt: skip
def test_every_colour_of_css_is_an_ink(text, rgb):
    shape = only(f'<rect width="9" height="9" fill="{text}"/>')
    assert shape.fill.rgb == rgb[:7].lower()
    assert shape.opacity == 1


def test_black_is_the_black_plate_alone_and_white_has_none():
    black, white = shapes('<path d="M0 0h9v9z"/><path fill="#fff" d="M0 0h9v9z"/>')
    assert black.fill.cmyk == (0, 0, 0, 100)
    assert white.fill.cmyk == (0, 0, 0, 0)


def test_opacities_are_multiplied_from_the_outside_in():
    group = '<g opacity=".5"><g opacity="50%"><path d="M0 0h9v9z" {}/></g></g>'
    assert only(group.format("")).opacity == pytest.approx(0.25)
    assert only(group.format('fill-opacity=".4"')).opacity == pytest.approx(0.1)
    assert only(group.format('fill="rgb(0 0 0 / 20%)"')).opacity == pytest.approx(0.05)
    fill, stroke = shapes(group.format('stroke="red" stroke-opacity=".8"'))
    assert (fill.opacity, stroke.opacity) == pytest.approx((0.25, 0.2))


def test_what_is_wholly_clear_or_hidden_or_flat_is_not_drawn():
    seen = '<path id="seen" d="M0 0h9v9z"/>'
    for unseen in (
        '<path opacity="0" d="M0 0h9v9z"/>', '<path fill="none" d="M0 0h9v9z"/>',
        '<path fill="transparent" d="M0 0h9v9z"/>', '<g display="none"><text>a</text></g>',
        '<path visibility="hidden" d="M0 0h9v9z"/>', '<path d="M0 0L9 9L3 3"/>', '<path d=""/>',
        '<path stroke="red" stroke-width="0" d="M0 0h9"/>', '<rect width="0" height="9"/>',
        '<g transform="scale(0)"><path d="M0 0h9v9z"/></g>', "<text> </text>", '<use href="#no"/>',
        '<defs><path d="M0 0h9v9z"/></defs>', '<symbol><path d="M0 0h9v9z"/></symbol>',
    ):  # fmt: skip
        assert shapes(unseen + seen) == shapes(seen), unseen


@pytest.mark.parametrize(
    ("rules", "attributes", "rgb"),
    [
        ("", 'fill="red"', "#ff0000"),
        ("path{fill:blue}", 'fill="red"', "#0000ff"),
        ("path{fill:blue} .a{fill:lime}", 'class="b a"', "#00ff00"),
        (".a{fill:lime} path{fill:blue}", 'class="a"', "#00ff00"),
        ("#x{fill:red} path.a{fill:lime}", 'class="a" id="x"', "#ff0000"),
        (".a{fill:red} .b{fill:lime}", 'class="b a"', "#00ff00"),
        ("#x{fill:lime}", 'id="x" style="fill:red"', "#ff0000"),
        ("#x{fill:lime!important}", 'id="x" style="fill:red"', "#00ff00"),
        ("g,path{fill:red}/*x*/rect{fill:blue}", "", "#ff0000"),
        ("path.a.b{fill:red}", 'class="a"', "#000000"),
        ("g{color:red} path{fill:currentColor}", "", "#ff0000"),
        ("g{fill:red} path{fill:inherit}", 'fill="blue"', "#ff0000"),
        ("path:hover{fill:red}", "", "#000000"),
    ],
)
def test_the_cascade_is_that_of_css(rules, attributes, rgb):
    drawing = f'<style>{rules}</style><g><path d="M0 0h9v9z" {attributes}/></g>'
    assert only(drawing).fill.rgb == rgb


def test_use_inherits_from_where_it_stands_and_not_from_where_its_target_stands():
    target = '<g fill="red"><path id="p" d="M0 0h9v9z"/></g>'
    first, second = shapes(f'{target}<g fill="blue"><use xlink:href="#p" x="4"/></g>')
    assert (first.fill.rgb, second.fill.rgb) == ("#ff0000", "#0000ff")
    assert points(second)[0] == pytest.approx((3, 36))


def test_a_gradient_of_one_colour_is_that_colour():
    swatch = (
        '<linearGradient id="s"><stop stop-color="#123456" stop-opacity=".5"/></linearGradient>'
    )
    link = '<radialGradient id="r" xlink:href="#s"/>'
    shape = only(f'{swatch}{link}<path fill="url(#r)" d="M0 0h9v9z"/>')
    assert (shape.fill.rgb, shape.opacity) == ("#123456", 0.5)
    assert only('<path fill="url(#gone) lime" d="M0 0h9v9z"/>').fill.rgb == "#00ff00"


# Strokes


@given(st.floats(0.2, 5), st.floats(-180, 180))
@settings(derandomize=True)
def test_strokes_and_dashes_grow_with_the_drawing(scale, turn):
    shape = only(
        f'<g transform="rotate({turn}) scale({scale})"><path fill="none" stroke="red" '
        'stroke-width="2" stroke-dasharray="4 1" d="M0 0h50"/></g>'
    )
    assert shape.width == pytest.approx(2 * 0.75 * scale)
    assert shape.dash == pytest.approx((3 * scale, 0.75 * scale))


def test_a_stroke_stays_a_stroke_where_a_shape_can_have_it():
    plain = 'fill="none" stroke="red" d="M0 0L9 9L18 0"'
    assert only(f"<path {plain}/>").stroke
    assert not only(f"<path {plain}/>").rounded
    assert only(f'<path {plain} stroke-linecap="round" stroke-linejoin="round"/>').rounded
    assert only('<circle r="9" fill="none" stroke="red" stroke-linejoin="round"/>').stroke
    assert only(f'<path {plain} stroke-linecap="round"/>').fill
    assert only(f'<path {plain} stroke-miterlimit="1"/>').fill


def test_fill_and_stroke_are_one_shape_unless_the_stroke_lies_below():
    path = '<path d="M0 0h9v9z" fill="red" stroke="blue" {}/>'
    both = only(path.format(""))
    assert both.fill.rgb == "#ff0000"
    assert both.stroke.rgb == "#0000ff"
    below, above = shapes(path.format('paint-order="stroke"'))
    assert below.stroke
    assert above.fill


def test_a_pen_that_does_not_scale_keeps_its_width():
    shape = only(
        '<path transform="scale(9 3)" vector-effect="non-scaling-stroke" stroke="red" d="M0 0h9"/>'
    )
    assert shape.width == pytest.approx(1.5 / 2)


@pytest.mark.parametrize("cap", ["butt", "round", "square"])
def test_the_outline_of_a_bar_has_the_area_of_its_ink(cap):
    bar = svg(
        f'<path transform="scale(2 1)" stroke="#000" stroke-width="8" stroke-linecap="{cap}" '
        'd="M10 24h20"/>'
    )
    dark = (255 - np.asarray(ours(bar).convert("L"), float)).sum() / 255 / SCALE**2
    ends = {"butt": 0, "round": math.pi * 16 * 2, "square": 2 * 8 * 8}[cap]
    assert dark == pytest.approx(2 * 20 * 8 + ends, rel=0.01)


def test_circles_are_those_of_our_own_drawings():
    (first, *_), own = only('<circle cx="48" cy="24" r="16"/>').path, ellipse(36, 18, 12, 12)
    assert first == own[0]


# Files


def test_a_packed_file_and_other_encodings_are_read_alike():
    plain = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!--é--><circle r="4"/></svg>'
    )
    expected = read_svg(plain.encode(), "art.svg")
    declared = f'<?xml version="1.0" encoding="ISO-8859-1"?>{plain}'.encode("latin-1")
    for data in (
        gzip.compress(plain.encode()), plain.encode("utf-16"), plain.encode("utf-8-sig"),
        declared, plain.replace(' xmlns="http://www.w3.org/2000/svg"', "").encode(),
    ):  # fmt: skip
        assert read_svg(data, "art.svg") == expected


def test_a_clip_that_takes_nothing_away_passes_and_one_that_does_is_refused():
    clip = '<clipPath id="c"><rect width="{}" height="48"/></clipPath>'
    shape = '<g clip-path="url(#c)"><path d="M0 0h96v48z"/></g>'
    assert shapes(clip.format(96) + shape) == shapes('<path d="M0 0h96v48z"/>')
    with pytest.raises(InputError, match="cuts something off"):
        shapes(clip.format(90) + shape)


def test_a_clip_may_take_away_what_is_beside_the_page():
    clip = '<clipPath id="c"><path d="M0 0H96V48H0Z"/></clipPath>'
    assert only(clip + '<path clip-path="url(#c)" d="M-50-50h500v500z"/>')


def test_a_symbol_that_reaches_over_its_edge_is_refused_unless_it_may():
    symbol = '<symbol id="s" viewBox="0 0 10 10" {}><circle r="8"/></symbol><use href="#s" {}/>'
    place = 'x="30" y="20" width="20" height="20"'
    with pytest.raises(InputError, match="cut off at its edge"):
        shapes(symbol.format("", place))
    assert only(symbol.format('overflow="visible"', place))
