"""What the posts say of an envelope: the boundaries of their own rules, and the catalogue's."""

from __future__ import annotations

import pytest

from fairhand.geometry import Size
from fairhand.hand.hand import bundled_hand
from fairhand.job import make, read
from fairhand.layout.catalogue import envelope_layouts
from fairhand.post.verdict import OTHERS, face_notice, posts, sending_post, verdict, verdicts
from fairhand.stationery.catalogue import cards, envelopes

INCH, MM = 72.0, 72.0 / 25.4
FIRST, NONMACHINABLE, LARGE = "machinable letter", "nonmachinable letter", "large envelope"
STANDARD, NONSTANDARD = "standard letter (定形)", "nonstandard letter (定形外)"

BOUNDARIES = [
    # DMM 201.1.1: 3.5 x 5 to 6.125 x 11.5 in, length 1.3 to 2.5 times the height.
    ("usps", 5 * INCH, 3.5 * INCH, FIRST),
    ("usps", 4.99 * INCH, 3.5 * INCH, ""),
    ("usps", 5 * INCH, 3.49 * INCH, ""),
    ("usps", 11.5 * INCH, 6.125 * INCH, FIRST),
    ("usps", 11.51 * INCH, 6.125 * INCH, LARGE),
    ("usps", 11.5 * INCH, 6.13 * INCH, LARGE),
    ("usps", 5.2 * INCH, 4 * INCH, FIRST),
    ("usps", 5.19 * INCH, 4 * INCH, NONMACHINABLE),
    ("usps", 10 * INCH, 4 * INCH, FIRST),
    ("usps", 10.01 * INCH, 4 * INCH, NONMACHINABLE),
    ("usps", 4 * INCH, 6 * INCH, NONMACHINABLE),  # addressed along its short side
    ("usps", 15 * INCH, 12 * INCH, LARGE),
    ("usps", 15.1 * INCH, 12 * INCH, ""),
    # Royal Mail: Letter up to 240 x 165 mm, Large Letter up to 353 x 250 mm.
    ("royal-mail", 140 * MM, 90 * MM, "Letter"),
    ("royal-mail", 139 * MM, 90 * MM, ""),
    ("royal-mail", 240 * MM, 165 * MM, "Letter"),
    ("royal-mail", 241 * MM, 165 * MM, "Large Letter"),
    ("royal-mail", 240 * MM, 166 * MM, "Large Letter"),
    ("royal-mail", 165 * MM, 165 * MM, "Letter"),
    ("royal-mail", 354 * MM, 250 * MM, ""),
    # Deutsche Post: Standardbrief 140-235 x 90-125 mm, length at least 1.4 times the height.
    ("deutsche-post", 140 * MM, 90 * MM, "Standardbrief"),
    ("deutsche-post", 235 * MM, 125 * MM, "Standardbrief"),
    ("deutsche-post", 175 * MM, 125 * MM, "Standardbrief"),
    ("deutsche-post", 174 * MM, 125 * MM, "Großbrief"),
    ("deutsche-post", 236 * MM, 125 * MM, "Großbrief"),
    ("deutsche-post", 235 * MM, 126 * MM, "Großbrief"),
    ("deutsche-post", 139 * MM, 90 * MM, "Kompaktbrief"),
    ("deutsche-post", 99 * MM, 70 * MM, ""),
    # Japan Post: standard 140-235 x 90-120 mm.
    ("japan-post", 235 * MM, 120 * MM, STANDARD),
    ("japan-post", 235 * MM, 121 * MM, NONSTANDARD),
    ("japan-post", 236 * MM, 120 * MM, NONSTANDARD),
    ("japan-post", 139 * MM, 90 * MM, ""),
]

CATALOGUE = {
    "a1": (FIRST, "", "Kompaktbrief", ""),
    "a2": (FIRST, "Letter", "Großbrief", STANDARD),
    "a6": (FIRST, "Letter", "Großbrief", NONSTANDARD),
    "a7": (FIRST, "Letter", "Großbrief", NONSTANDARD),
    "a8": (FIRST, "Letter", "Großbrief", NONSTANDARD),
    "a9": (FIRST, "Letter", "Großbrief", NONSTANDARD),
    "a10": (FIRST, "Large Letter", "Großbrief", NONSTANDARD),
    "no10": (FIRST, "Large Letter", "Großbrief", NONSTANDARD),
    "no9": (FIRST, "Letter", "Standardbrief", STANDARD),
    "monarch": (FIRST, "Letter", "Standardbrief", STANDARD),
    "slim": (FIRST, "Letter", "Standardbrief", STANDARD),
    "square-5": (NONMACHINABLE, "", "Großbrief", ""),
    "square-6": (NONMACHINABLE, "Letter", "Großbrief", NONSTANDARD),
    "square-6_5": (LARGE, "Large Letter", "Großbrief", NONSTANDARD),
    "c5": (LARGE, "Letter", "Großbrief", NONSTANDARD),
    "c6": (FIRST, "Letter", "Standardbrief", STANDARD),
    "c7": ("", "", "Kompaktbrief", ""),
    "b6": (FIRST, "Letter", "Standardbrief", NONSTANDARD),
    "dl": (FIRST, "Letter", "Standardbrief", STANDARD),
    "c6c5": (FIRST, "Letter", "Standardbrief", STANDARD),
    "chou3": (FIRST, "Letter", "Standardbrief", STANDARD),
    "chou4": (FIRST, "Letter", "Standardbrief", STANDARD),
    "you1": (FIRST, "Letter", "Standardbrief", STANDARD),
    "you2": (FIRST, "Letter", "Standardbrief", STANDARD),
    "you3": (FIRST, "Letter", "Standardbrief", STANDARD),
    "you4": (FIRST, "Letter", "Standardbrief", STANDARD),
    "you6": (FIRST, "Letter", "Standardbrief", STANDARD),
}
"""What USPS, Royal Mail, Deutsche Post and Japan Post call our envelopes, reckoned apart."""


@pytest.mark.parametrize(("post", "width", "height", "kind"), BOUNDARIES)
def test_a_post_draws_its_boundaries_where_its_rules_do(
    post: str, width: float, height: float, kind: str
) -> None:
    said = verdict(posts()[post], Size(width, height))
    assert said.kind == kind
    assert bool(said.why) == (kind != posts()[post].classes[0].name)


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_envelope_of_the_catalogue_is_what_the_posts_call_it(name: str) -> None:
    assert tuple(said.kind for said in verdicts(envelopes()[name].size)) == CATALOGUE[name]


@pytest.mark.parametrize(
    ("post", "name", "told"),
    [
        ("usps", "square-6", "it is square: it costs extra"),
        ("usps", "square-6_5", "large envelope, because it is higher than 6.125 in"),
        ("usps", "c7", "does not take"),
        ("usps", "c5", "higher than 6.125 in"),
        ("deutsche-post", "a7", "less than 1.4 times its height"),
        ("deutsche-post", "square-160", "it is square"),
        ("royal-mail", "a10", "longer than 240 mm"),
        ("japan-post", "c5", "higher than 120 mm"),
    ],
)
def test_the_reason_is_told_in_a_sentence(post: str, name: str, told: str) -> None:
    envelope = envelopes()[name]
    sentence = verdict(posts()[post], envelope.size).sentence(envelope)
    assert told in sentence
    assert sentence.startswith(posts()[post].title)
    assert sentence.endswith(".")


def test_of_the_usual_letter_nothing_is_said() -> None:
    assert verdict(posts()["usps"], envelopes()["a7"].size).sentence(envelopes()["a7"]) == ""


TO = ["Ana Lima", "12 Lincoln Road", "Springfield"]


@pytest.mark.parametrize(
    ("language", "card", "sender"),
    [
        ("en", "a7", "usps"),
        ("en-US", "iso-a6", "usps"),
        ("en-GB", "iso-a6", "royal-mail"),
        ("en-GB", "a7", "royal-mail"),
        ("de", "iso-a6", "deutsche-post"),
        ("de-AT", "iso-a6", None),
        ("ja", "iso-a6", "japan-post"),
        ("fr", "iso-a6", None),
        ("zh-Hant", "iso-a6", None),
        ("en-CA", "a7", None),
    ],
)
def test_the_post_of_the_senders_country_speaks(
    language: str, card: str, sender: str | None
) -> None:
    note = read({"paragraphs": ["Hi"], "language": language}).note
    found = sending_post(note, cards()[card])
    assert (found.name if found else None) == sender


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        (
            {"name": "Tom", "address": ["4 Quay Street", "Leeds"], "country": "England"},
            "royal-mail",
        ),
        ({"name": "Tom", "address": ["Lindenweg 3"], "country": "DE"}, "deutsche-post"),
        ({"name": "Tom", "address": ["1-2 Marunouchi"], "country": "Japan"}, "japan-post"),
        ({"name": "Tom", "address": ["4 Quay Street"], "country": "Ireland"}, None),
        (["Tom", "4 Quay Street", "Leeds", "United Kingdom"], "royal-mail"),
        (["Tom", "4 Quay Street", "Troy, NY"], "usps"),
    ],
)
def test_the_senders_address_says_where_a_letter_is_posted(
    sender: object, expected: str | None
) -> None:
    note = read({"paragraphs": ["Hi"], "from": sender}).note
    found = sending_post(note, cards()["a7"])
    assert (found.name if found else None) == expected


def test_only_that_post_is_heard_when_a_card_is_made() -> None:
    a7 = {"paragraphs": ["Hi"], "card": "a7", "to": TO}
    assert not any("takes the envelope" in n for n in make(read(a7)).notices)
    told = [n for n in make(read({**a7, "language": "de-DE"})).notices if "the envelope" in n]
    assert len(told) == 1
    assert told[0].startswith("Deutsche Post takes")
    square = {"paragraphs": ["Hi"], "card": "square-4_75", "to": TO}
    assert any("USPS" in n and "square" in n for n in make(read(square)).notices)


def test_every_post_has_zones_and_says_where_its_numbers_are_from() -> None:
    assert set(posts()) | {OTHERS} == set(envelope_layouts())
    for post in posts().values():
        assert len(post.source) > 20
        assert not post.classes[0].extra
        assert all(kind.extra for kind in post.classes[1:])


def test_where_machines_must_read_plain_type_is_offered() -> None:
    for name in ("royal-mail", "deutsche-post"):
        post = posts()[name]
        assert 'the address hand "plain"' in face_notice(
            post, bundled_hand("playpen-sans"), bulk=True
        )
        assert face_notice(post, bundled_hand("playpen-sans")) == ""
        assert face_notice(post, bundled_hand("plain"), bulk=True) == ""
    assert "plain" in face_notice(posts()["usps"], bundled_hand("homemade-apple"))
    assert face_notice(posts()["usps"], bundled_hand("playpen-sans"), bulk=True) == ""


def test_a_joined_hand_that_was_asked_for_is_written_and_doubted() -> None:
    note = {"paragraphs": ["Hi"], "card": "a7", "hand": "homemade-apple", "to": TO}
    assert any("Machines may not read" in n for n in make(read(note, address_hand="same")).notices)
    assert not any("Machines may not" in n for n in make(read(note)).notices)
