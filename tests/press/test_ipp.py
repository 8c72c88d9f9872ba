"""The messages of the Internet Printing Protocol: what goes out comes back, nothing stumbles."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairhand.errors import FailureError, InputError
from fairhand.geometry import Insets, Size
from fairhand.press import ipp
from fairhand.press.ipp import ENUM, JOB, NAME, OPERATION, Message, Range, Resolution, Tagged
from fairhand.press.ipp_client import ask
from fairhand.press.print_job import PrintWish, planned
from fairhand.press.printers import Medium, Printer
from fairhand.units import INCH, MM

# RFC 8010 appendix A.1: a Print-Job request, byte for byte.
EXAMPLE = (
    b"\x01\x01\x00\x02\x00\x00\x00\x01\x01"
    b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
    b"\x45\x00\x0bprinter-uri\x00\x2cipp://printer.example.com/ipp/print/pinetree"
    b"\x42\x00\x08job-name\x00\x06foobar"
    b"\x22\x00\x16ipp-attribute-fidelity\x00\x01\x01"
    b"\x02"
    b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
    b"\x44\x00\x05sides\x00\x13two-sided-long-edge"
    b"\x03%!PDF"
)


def test_the_example_of_the_standard_is_read_and_written():
    message = ipp.decoded(EXAMPLE)
    assert (message.version, message.code, message.number) == ((1, 1), 2, 1)
    assert message.attributes(OPERATION)["job-name"] == "foobar"
    assert message.attributes(JOB) == {"copies": 20, "sides": "two-sided-long-edge"}
    assert message.data == b"%!PDF"
    written = Message(
        2, 1,
        (
            (OPERATION, {
                "attributes-charset": Tagged(ipp.CHARSET, "utf-8"),
                "attributes-natural-language": Tagged(ipp.LANGUAGE, "en-us"),
                "printer-uri": Tagged(ipp.URI, "ipp://printer.example.com/ipp/print/pinetree"),
                "job-name": Tagged(NAME, "foobar"),
                "ipp-attribute-fidelity": True,
            }),
            (JOB, {"copies": 20, "sides": "two-sided-long-edge"}),
        ),
        (1, 1), b"%!PDF",
    )  # fmt: skip
    assert ipp.encoded(written) == EXAMPLE


plain = (
    st.integers(-(2**31), 2**31 - 1)
    | st.booleans()
    | st.text(max_size=40)
    | st.builds(Range, st.integers(0, 99999), st.integers(0, 99999))
    | st.builds(Resolution, st.integers(1, 9999), st.integers(1, 9999), st.sampled_from([3, 4]))
)
names = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)
values = st.recursive(
    plain | st.lists(plain, min_size=2, max_size=4),
    lambda inner: st.dictionaries(names, inner, min_size=1, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(names, values, max_size=6), st.binary(max_size=50))
def test_whatever_is_written_is_read_again(attributes, data):
    message = Message(0x0B, 7, ((OPERATION, {}), (JOB, attributes)), data=data)
    read = ipp.decoded(ipp.encoded(message))
    assert read.attributes(JOB) == attributes
    assert read.data == data


@settings(max_examples=300)
@given(st.data())
def test_damaged_answers_are_told_in_a_sentence(data):
    message = Message(0, 1, ((OPERATION, {"a": ["b", "c"], "d": {"e": 1}}),))
    whole = bytearray(ipp.encoded(message))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(FailureError):
        assert isinstance(ipp.decoded(cut), Message)


@pytest.mark.parametrize(
    "uri", ["printer", "ftp://printer/x", "ipp://", "ipp://host:99999/", "file:///etc/passwd"]
)
def test_what_is_no_printers_address_is_refused(uri):
    with pytest.raises(InputError, match="not the address of a printer"):
        ask(uri, 0x0B)


def test_a_password_in_an_address_is_neither_sent_nor_shown():
    with pytest.raises(InputError, match="not sent") as caught:
        ask("ipp://ana:secret@127.0.0.1:9/ipp/print", 0x0B)
    assert "secret" not in caught.value.message + caught.value.hint


def test_a_printer_that_is_not_there_is_a_sentence():
    with pytest.raises(FailureError, match="cannot be reached"):
        ask("ipp://127.0.0.1:9/ipp/print", 0x0B)


# What is asked of a printer

LETTER = Medium(Size(8.5 * INCH, 11 * INCH), Size(8.5 * INCH, 11 * INCH), Insets(18, 18, 18, 18))
CUSTOM = Medium(Size(3 * INCH, 5 * INCH), Size(8.5 * INCH, 14 * INCH), Insets(9, 9, 9, 9))


def printer(**changes):
    settings = {
        "name": "Test", "uri": "ipp://test/", "title": "", "media": (LETTER, CUSTOM),
        "types": ("stationery", "cardstock", "envelope"), "sources": ("main", "manual"),
        "margins": ((9.0,),) * 4, "sides": ("one-sided", "two-sided-short-edge"),
        "qualities": (4, 5), "scalings": ("auto", "none"), "formats": ("application/pdf",),
    }  # fmt: skip
    return Printer(**{**settings, **changes})


def test_a_card_asks_for_its_size_its_stock_and_no_scaling():
    plan = planned(printer(), Size(4.25 * INCH, 5.5 * INCH), PrintWish())
    assert plan.attributes() == {
        "copies": 1, "sides": "one-sided", "print-scaling": "none",
        "print-quality": Tagged(ENUM, 5),
        "media-col": {
            "media-size": {"x-dimension": 10795, "y-dimension": 13970},
            "media-top-margin": 318, "media-right-margin": 318, "media-bottom-margin": 318,
            "media-left-margin": 318, "media-type": "cardstock", "media-source": "manual",
        },
    }  # fmt: skip
    assert "media=Custom.107.95x139.70mm" in plan.lp_options()
    assert "print-scaling=none" in plan.lp_options()


def test_a_size_of_its_own_name_goes_before_the_custom_ones():
    assert planned(printer(), LETTER.least, PrintWish()).margins == LETTER.margins


def test_what_goes_in_upright_is_fed_upright():
    plan = planned(printer(), Size(10 * INCH, 7 * INCH), PrintWish())
    assert plan.size == Size(7 * INCH, 10 * INCH)


def test_envelopes_ask_for_envelopes():
    wish = PrintWish(is_envelope=True)
    assert planned(printer(), Size(7.25 * INCH, 5.25 * INCH), wish).type == "envelope"


@pytest.mark.parametrize(
    ("types", "chosen"),
    [(("stationery", "stationery-heavyweight"), "stationery-heavyweight"),
     (("stationery", "com.example-cardstock-200g"), "com.example-cardstock-200g"),
     (("stationery", "thick1", "thick2"), "thick1"), (("stationery",), ""), ((), "")],
)  # fmt: skip
def test_the_paper_type_is_the_heavy_one_by_whatever_name(types, chosen):
    assert planned(printer(types=types), LETTER.least, PrintWish()).type == chosen


REFUSED = [
    (Size(20 * INCH, 20 * INCH), PrintWish(), "does not take a page of 508.0 x 508.0 mm"),
    (LETTER.least, PrintWish(type="cardstok"), 'no paper type "cardstok"'),
    (LETTER.least, PrintWish(source="rear"), 'no tray "rear"'),
    (LETTER.least, PrintWish(sides="two-sided-long-edge"), "does not print both sides"),
    (LETTER.least, PrintWish(borderless=True), "without margins"),
]


@pytest.mark.parametrize(("size", "wish", "told"), REFUSED)
def test_what_the_printer_lacks_is_refused_with_what_it_has(size, wish, told):
    with pytest.raises(InputError, match=told) as caught:
        planned(printer(), size, wish)
    assert caught.value.hint


@pytest.mark.parametrize("across_mm", [0.3, -0.3])
def test_sizes_that_differ_by_a_hair_are_one(across_mm):
    size = Size(LETTER.least.width + across_mm * MM, LETTER.least.height)
    assert planned(printer(media=(LETTER,)), size, PrintWish()).size == size
