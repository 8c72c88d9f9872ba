import re
from dataclasses import FrozenInstanceError

import pytest
from post.published_addresses import PUBLISHED

from fairhand.errors import InputError
from fairhand.job.make import make
from fairhand.note.model import Note, Party
from fairhand.note.read import note_of, parse_note
from fairhand.post.address import addressed
from fairhand.post.address_note import addressed_note, sender_country
from fairhand.post.country import country_code


def lines_of(*, sender="US", language="en", **parts):
    return list(addressed(Party(**parts), sender_country=sender, language=language).lines)


def warnings_of(*, sender="US", language="en", **parts):
    return addressed(Party(**parts), sender_country=sender, language=language).warnings


JAPANESE = {
    "name": "山田花子様", "address": ["霞が関1-3-2"], "city": "千代田区", "region": "東京都",
    "postcode": "1008798",
}  # fmt: skip
ENGLISH = {"address": ["12 Main St"], "city": "Springfield", "region": "Massachusetts"}


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.lines.split("|")[0])
def test_addresses_stand_as_posts_publish_them(case):
    lines = lines_of(sender=case.sender, language=case.language, **case.parts)
    shown = case.lines.split("|")
    assert [line.casefold() for line in lines] == [line.casefold() for line in shown], case.source
    if case.capitals and not shown[0].isupper():
        assert lines == shown, case.source


def test_the_published_addresses_are_of_more_than_twenty_countries():
    codes = {country_code(case.country) for case in PUBLISHED}
    assert len(codes - {""}) == len(codes)
    assert len(codes) > 20
    assert len({case.source for case in PUBLISHED}) > 8


def test_a_party_of_lines_keeps_its_lines():
    lines = ["Ana Ferreira", "12 Lincoln Road", "CB1 2DE", "Cambridge", "England"]
    assert list(addressed(Party.model_validate(lines)).lines) == lines
    named = Party(name="Ana", address=["12 Lincoln Road", "Cambridge"], country="England")
    assert list(addressed(named, sender_country="GB").lines) == list(named.lines)


def test_japanese_lines_still_end_with_the_name():
    party = Party.model_validate("山田花子様\n〒604-8005\n京都市中京区1-2-3")
    assert list(addressed(party, language="ja").lines) == [
        "〒604-8005",
        "京都市中京区1-2-3",
        "山田花子様",
    ]


@pytest.mark.parametrize(
    "field", ["district", "city", "region", "postcode", "organisation", "care_of"]
)
def test_a_blank_field_leaves_no_hole(field):
    parts = {
        "name": "Ana Ferreira", "organisation": "Meridian Health", "care_of": "Tom Reed",
        "address": ["12 Main St", "", " , "], "district": "Old Town", "city": "Springfield",
        "region": "MA", "postcode": "02035-1234", "country": "USA",
    }  # fmt: skip
    for blank in ("", "  ", ",", " , "):
        for country in (
            "USA",
            "Germany",
            "Brazil",
            "Mexico",
            "Japan",
            "Turkey",
            "Thailand",
            "Spain",
        ):
            for line in lines_of(**parts | {field: blank, "country": country}, sender="GB"):
                assert re.fullmatch(r"[^\s,/-](?:.*[^\s,/-])?", line), line
                assert "  " not in line
                assert ",," not in line.replace(" ", "")


class TestCapitals:
    @pytest.mark.parametrize("country", ["HU", "CA", "RU", "FR", "US", "GB", "GU", "PR", "AR"])
    @pytest.mark.parametrize("sender", ["US", "DE", "HU"])
    def test_a_name_and_a_street_are_never_capitalised(self, country, sender):
        lines = lines_of(
            name="Anna van der Berg", organisation="Acme Works", care_of="Tom O'Neill",
            address=["3 High Street"], city="Somewhere", postcode="1234", country=country,
            sender=sender,
        )  # fmt: skip
        assert {"Anna van der Berg", "Acme Works", "c/o Tom O'Neill"} <= set(lines)
        assert any("3 High Street" in line for line in lines)

    def test_a_town_is_in_capitals_where_its_post_wants_it_and_on_every_letter_abroad(self):
        at_home = {"sender": "DE", "language": "de"}
        munich = {"address": ["Lindenweg 3"], "city": "München", "postcode": "80331"}
        assert "80331 München" in lines_of(**munich, country="DE", **at_home)
        assert "80331 MÜNCHEN" in lines_of(**munich, country="DE", sender="FR", language="fr")
        assert "BATH" in lines_of(
            address=["1 Row"], city="Bath", postcode="BA1 1AA", country="GB", sender="GB"
        )

    def test_so_is_the_region_that_stands_for_a_town(self):
        box = {"address": ["P.O. Box 12"], "country": "UAE"}
        for parts in ({"region": "Dubai"}, {"city": "Dubai"}, {"city": "Dubai", "region": "Dubai"}):
            assert lines_of(**box, **parts)[-2:] == ["DUBAI", "UNITED ARAB EMIRATES"]

    def test_turkish_keeps_the_dots_of_its_capitals(self):
        lines = lines_of(
            address=["x"], city="Diyarbakır", region="Iğdır", postcode="21000", country="TR"
        )
        assert "21000 DİYARBAKIR/Iğdır" in lines


class TestWhereALetterIsPosted:
    @pytest.mark.parametrize(
        ("last", "language", "country"),
        [
            ("Hadley, MA 01035", "en", "US"), ("Hadley MA 01035-1234", "es", "US"),
            ("Hadley, Massachusetts 01035", "en", "US"), ("Bath BA1 2DE", "en", "GB"),
            ("BA1 2DE", "en", "GB"), ("Ottawa ON  K1A 0B1", "en", "CA"),
            ("D-10115 Berlin", "en", "DE"), ("10115 Berlin", "de", "DE"),
            ("10115 Berlin", "en", ""), ("Cuernavaca, MO 62000", "es", ""), ("1010 Wien", "de", ""),
            ("St. Helier JE2 3AB", "en", ""), ("Hadley, MA", "en", ""), ("Galway", "en", ""),
            ("Hadley, MA 01035", "en-GB", "US"), ("Galway", "en-GB", "GB"),
        ],
    )  # fmt: skip
    def test_a_plain_postcode_of_the_sender_says_it(self, last, language, country):
        lines = Party(name="Tom Lee", address=["5 Elm Road", last])
        note = Note(from_=lines, salutation="Hi", language=language)
        assert sender_country(note) == country

    def test_so_it_does_in_parts_and_nothing_is_taken_for_granted_then(self):
        home = Party(name="Tom", address=["5 Elm Rd"], city="Hadley", region="MA", postcode="01035")
        to = Party(name="Ana", address=["1 A St"], city="Boston", region="MA", postcode="02108")
        for country in ("USA", ""):
            person = to.model_copy(update={"country": country})
            note, told = addressed_note(Note(to=person, from_=home, salutation="Hi"))
            assert told == ()
            assert note.to.lines[-1] == "Boston, MA 02108"
        _, told = addressed_note(Note(to=to.model_copy(update={"country": "USA"}), salutation="Hi"))
        assert "left off" in told[0]


class TestTheCountrysLine:
    @pytest.mark.parametrize(
        ("sender", "language", "country", "line"),
        [
            ("US", "en", "Deutschland", "GERMANY"),
            ("DE", "de", "USA", "VEREINIGTE STAATEN"),
            ("DE", "en", "USA", "VEREINIGTE STAATEN"),
            ("FR", "fr", "Germany", "ALLEMAGNE"),
            ("CH", "fr", "Germany", "ALLEMAGNE"),
            ("CH", "en", "Germany", "DEUTSCHLAND"),
            ("US", "de", "Germany", "GERMANY"),
            ("IE", "en", "England", "UNITED KINGDOM"),
            ("GB", "en-GB", "Republic of Ireland", "IRELAND"),
            ("US", "en", "Korea", "SOUTH KOREA"),
            ("US", "en", "中国", "CHINA"),
            ("US", "en", "Côte d'Ivoire", "CÔTE D’IVOIRE"),
            ("US", "en", "Burma", "MYANMAR"),
            ("JP", "ja", "USA", "UNITED STATES"),
        ],
    )
    def test_it_is_the_last_in_the_language_that_the_senders_post_reads(
        self, sender, language, country, line
    ):
        lines = lines_of(
            address=["1 Way"], city="Town", country=country, sender=sender, language=language
        )
        assert lines[-1] == line

    @pytest.mark.parametrize(
        ("sender", "country"),
        [("US", "USA"), ("us", "United States of America"), ("Scotland", "England"),
         ("DE", "Allemagne"), ("GB", "Jersey"), ("US", "Puerto Rico"), ("日本", "JP"), ("US", "")],
    )  # fmt: skip
    def test_there_is_none_inside_the_senders_own_country(self, sender, country):
        parts = {"address": ["1 Way"], "city": "Town", "region": "", "postcode": "1234"}
        inside = lines_of(**parts, country=country, sender=sender)
        abroad = lines_of(**parts, country=country or "US", sender="NO", language="nb")
        assert len(inside) <= len(abroad)
        assert folded(inside[-1]) != folded(abroad[-1])

    def test_without_a_senders_country_it_is_taken_from_the_language_and_told(self):
        party = Party(address=["Lindenweg 3"], city="Köln", postcode="50667", country="Germany")
        result = addressed(party, language="de")
        assert result.lines[-1] == "50667 Köln"
        assert [warning.field for warning in result.warnings] == ["from country"]
        assert addressed(party, language="de-CH").lines[-1] == "DEUTSCHLAND"
        assert not addressed(party, language="de-DE").warnings
        assert addressed(party, language="en").lines[-1] == "GERMANY"

    def test_an_unknown_country_stays_as_it_is_written_and_is_told(self):
        result = addressed(
            Party(address=["1 Way"], city="Town", country="Atlantis"), sender_country="US"
        )
        assert result.lines[-1] == "Atlantis"
        assert [(w.field, '"Atlantis"' in w.message) for w in result.warnings] == [
            ("country", True)
        ]

    def test_a_country_that_is_only_a_code_is_written_out_under_lines_too(self):
        party = Party(name="Ana", address=["1 Weg", "80331 München"], country="DE")
        assert addressed(party, sender_country="US").lines[-1] == "GERMANY"
        assert addressed(party, sender_country="DE").lines[-1] == "80331 München"

    @pytest.mark.parametrize(
        "name",
        ["USA", "u.s.a.", "US", "usa", "America", "Vereinigte Staaten", "Estados Unidos",
         "États-Unis", "アメリカ合衆国", "The United States of America"],
    )  # fmt: skip
    def test_a_country_is_known_by_every_usual_name(self, name):
        assert country_code(name) == "US"

    def test_what_is_no_country_has_no_code(self):
        assert {
            country_code(name) for name in ("", " ", "XX", "ZZ", "EU", "QQQ", "Narnia", "12")
        } == {""}


class TestJapan:
    def test_the_largest_comes_first_and_the_name_last_as_it_was_written(self):
        lines = lines_of(
            **JAPANESE, organisation="日本郵便", care_of="田中", sender="JP", language="ja"
        )
        assert lines == [
            "100-8798", "東京都千代田区", "霞が関1-3-2", "日本郵便", "田中様方", "山田花子様",
        ]  # fmt: skip
        assert (
            lines_of(**JAPANESE | {"name": "山田花子"}, sender="JP", language="ja")[-1]
            == "山田花子"
        )

    def test_it_stays_so_whatever_the_language_of_the_letter(self):
        assert lines_of(**JAPANESE, country="Japan")[-2:] == ["山田花子様", "JAPAN"]
        note = Note(to=Party(**JAPANESE), salutation="Hi", language="en-JP")
        assert addressed_note(note)[0].to.lines_in("en-JP")[0] == "100-8798"
        assert addressed_note(note)[0].to.lines_in("ja")[-1] == "山田花子様"


class TestParts:
    def test_care_of_stands_under_the_name_and_is_not_said_twice(self):
        for given in ("Tom Reed", "c/o Tom Reed", "C/O Tom Reed"):
            lines = lines_of(
                name="Ana", care_of=given, organisation="Acme", address=["1 Way"], city="Town"
            )
            assert [line.casefold() for line in lines[:3]] == ["ana", "c/o tom reed", "acme"]
        assert "chez Marie" in lines_of(
            name="Ana", care_of="chez Marie", address=["1 Rue"], city="Lyon"
        )

    def test_apartments_and_boxes_are_lines_of_the_address(self):
        lines = lines_of(
            name="Ana", address="12 Main St\nApt 4B\nPO Box 77", city="Springfield", region="MA"
        )
        assert lines == ["Ana", "12 Main St", "Apt 4B", "PO Box 77", "Springfield, MA"]

    def test_a_state_is_its_symbol_where_its_post_writes_it_so(self):
        assert "Springfield, MA 02035" in lines_of(**ENGLISH, postcode="02035")
        assert "Perth WA 6000" not in lines_of(**ENGLISH, postcode="02035")
        assert lines_of(address=["1 Way"], city="Toronto", region="Québec", postcode="H3Z 2Y7",
            country="CA", sender="CA")[-1] == "TORONTO QC H3Z 2Y7"  # fmt: skip
        assert "Baden" in lines_of(address=["1 Weg"], city="Rastatt", region="Baden", country="DE")

    @pytest.mark.parametrize("zip_code", ["02035", "02035-1234", "00501"])
    def test_zeros_and_four_more_digits_are_kept(self, zip_code):
        assert lines_of(**ENGLISH, postcode=zip_code)[-1].endswith(f" {zip_code}")

    @pytest.mark.parametrize(("office", "region"), [("APO", "AE"), ("FPO", "AP"), ("DPO", "AA")])
    def test_the_forces_addresses_have_no_comma_and_no_other_country(self, office, region):
        parts = {
            "name": "Ana",
            "address": ["Unit 2050 Box 4190"],
            "city": office,
            "region": region,
            "postcode": "96278",
        }
        assert lines_of(**parts)[-1] == f"{office} {region} 96278"
        abroad = lines_of(**parts, sender="DE", language="de")
        assert abroad[-2:] == [f"{office} {region} 96278", "VEREINIGTE STAATEN"]
        with pytest.raises(InputError, match="no country of its own") as refused:
            lines_of(**parts, country="Germany")
        assert refused.value.field == "country"

    @pytest.mark.parametrize(
        ("city", "region", "country"),
        [("Berlin", "berlin", "DE"), ("Москва", "Москва", "RU"), ("Madrid", "Madrid", "ES"),
         ("北京市", "北京市", "CN")],
    )  # fmt: skip
    def test_a_city_that_is_its_own_region_is_written_once(self, city, region, country):
        lines = lines_of(address=["1"], city=city, region=region, postcode="10115", country=country)
        assert "\n".join(lines).casefold().count(city.casefold()) == 1

    def test_new_york_keeps_its_state(self):
        lines = lines_of(address=["1"], city="New York", region="New York", postcode="10001")
        assert "New York, NY 10001" in lines

    @pytest.mark.parametrize(
        ("region", "country"),
        [("서울특별시", "KR"), ("서울시", "KR"), ("서울", "KR"), ("Seoul", "KR"), ("경기도", "KR"),
         ("경기", "KR"), ("Guangdong", "CN"), ("广东", "CN"), ("Tibet", "CN"), ("Orissa", "IN"),
         ("maharashtra", "IN"), ("Jammu and Kashmir", "IN"), ("Tokyo-to", "JP"), ("東京", "JP"),
         ("Aomori Prefecture", "JP"), ("Nova Scotia", "CA"), ("Nouvelle-Écosse", "CA")],
    )  # fmt: skip
    def test_a_region_may_be_written_as_people_write_it(self, region, country):
        found = warnings_of(address=["1"], city="x", region=region, country=country)
        assert "region" not in {warning.field for warning in found}


class TestWarnings:
    def test_a_good_address_has_none(self):
        assert not warnings_of(**ENGLISH, postcode="01103", country="USA")
        for case in PUBLISHED:
            if case.country in (
                "Deutschland",
                "England",
                "Canada",
                "Switzerland",
                "日本",
                "Sverige",
                "Polska",
            ):
                assert not warnings_of(**case.parts, sender=case.sender, language=case.language), (
                    case.lines
                )

    @pytest.mark.parametrize(
        ("field", "parts"),
        [
            ("postcode", ENGLISH | {"postcode": "2035"}),
            ("postcode", ENGLISH | {"postcode": "94107"}),
            ("postcode", ENGLISH),
            ("postcode", {"address": ["1"], "city": "Köln", "postcode": "5066", "country": "DE"}),
            (
                "postcode",
                {
                    "address": ["1"],
                    "city": "Wan Chai",
                    "region": "Kowloon",
                    "postcode": "0000",
                    "country": "HK",
                },
            ),
            ("region", ENGLISH | {"region": "Masachusets", "postcode": "02035"}),
            ("region", {"address": ["1"], "city": "Springfield", "postcode": "02035"}),
            (
                "region",
                {
                    "address": ["1"],
                    "city": "Köln",
                    "region": "NRW",
                    "postcode": "50667",
                    "country": "DE",
                },
            ),
            ("city", {"address": ["1"], "region": "MA", "postcode": "02035"}),
            ("address", {"city": "Springfield", "region": "MA", "postcode": "02035"}),
            ("country", {"address": ["1"], "city": "Springfield", "country": "Atlantis"}),
        ],
    )
    def test_what_is_odd_is_told_by_field_in_a_sentence_and_nothing_is_changed(self, field, parts):
        found = [warning for warning in warnings_of(**parts) if warning.field == field]
        assert len(found) == 1
        assert re.fullmatch(r'["A-Z].*\.', found[0].message)
        assert found[0].hint.endswith((".", "?"))
        with pytest.raises(FrozenInstanceError):
            found[0].field = "x"
        text = "\n".join(lines_of(**parts)).casefold()
        assert str(parts.get("postcode", "")) in text

    def test_a_lost_zero_is_recognised(self):
        found = warnings_of(**ENGLISH, postcode="2035")
        assert "02035" in found[0].message
        assert "as text" in found[0].hint

        party = Party(address=["49 Featherstone St"], city="London", postcode="EC1Y 8SY")
        assert "country" in {warning.field for warning in addressed(party, language="en").warnings}


class TestNotes:
    PARTS = """
to:
  name: Ana Ferreira
  care_of: Tom Reed
  address: [12 Main St, Apt 4]
  city: Springfield
  region: Massachusetts
  postcode: 02035
  country: USA
from:
  name: Tom Reed
  address: [Lindenweg 3]
  city: Köln
  postcode: 50667
  country: Germany
"""
    WORDS = "\nDear Ana,\n\nThank you for the book.\n\nLove,\nTom\n"

    def note(self, extra=""):
        return parse_note(f"---{self.PARTS}{extra}---{self.WORDS}".encode())

    def test_the_file_forms_take_the_parts_and_keep_zeros(self):
        markdown = self.note().note
        yaml = parse_note(f"{self.PARTS}\nsalutation: Dear Ana,\n".encode(), form=".yaml").note
        toml = parse_note(
            b'salutation = "Dear Ana,"\n[to]\nname = "Ana Ferreira"\ncare_of = "Tom Reed"\n'
            b'address = ["12 Main St", "Apt 4"]\ncity = "Springfield"\nregion = "Massachusetts"\n'
            b'postcode = "02035"\ncountry = "USA"\n', form=".toml").note  # fmt: skip
        data = note_of({"salutation": "Dear Ana,", "to": yaml.to.model_dump()}).note
        assert markdown.to == yaml.to == toml.to == data.to
        assert markdown.to.postcode == "02035"
        assert (
            note_of({"salutation": "Hi,", "to": {"name": "A", "postcode": 79098}}).note.to.postcode
            == "79098"
        )

    def test_a_card_and_its_envelope_bear_the_lines(self):
        made = make(self.note())
        assert made.source.note.to.lines == (
            "Ana Ferreira", "c/o Tom Reed", "12 Main St", "Apt 4", "SPRINGFIELD, MA 02035",
            "VEREINIGTE STAATEN",
        )  # fmt: skip
        assert made.source.note.from_.lines[-1] == "GERMANY"
        assert made.envelope_sheets
        assert not [notice for notice in made.notices if notice.startswith('"')]

    def test_odd_addresses_are_told_with_the_card(self):
        source = parse_note(f"---{self.PARTS.replace('02035', '2035')}---{self.WORDS}".encode())
        assert [n for n in make(source).notices if n.startswith('"to": "2035"')]

    def test_a_postcard_bears_the_lines_too(self):
        made = make(self.note("layout: postcard\n"))
        words = {
            word.shaped.text
            for sheet in made.card_sheets
            for placement in sheet.placements
            for line in placement.page.lines
            for word in line.words
        }
        assert {"SPRINGFIELD,", "VEREINIGTE", "02035"} <= words

    def test_an_address_that_would_lose_something_names_its_line(self):
        parts = self.PARTS.replace("city: Springfield", "city: APO").replace("Massachusetts", "AE")
        source = parse_note(f"---{parts.replace('USA', 'Germany')}---{self.WORDS}".encode())
        with pytest.raises(InputError, match="no country of its own") as refused:
            make(source)
        assert refused.value.place.line == 2

    def test_a_note_of_lines_is_the_same_note(self):
        note = Note(to="Ana\n1 Way\nTown\nFrance", from_="Tom\n2 Way\nTown", salutation="Hi")
        assert addressed_note(note) == (note, ())

    def test_a_sender_without_a_country_is_at_home_wherever_the_letter_goes(self):
        sender = Party(name="Tom", **ENGLISH, postcode="01103")
        to = Party(address=["Virág tér 3"], city="Budapest", postcode="1037", country="Hungary")
        note, told = addressed_note(Note(to=to, from_=sender, salutation="Hi", language="en-US"))
        assert note.from_.lines == ("Tom", "12 Main St", "Springfield, MA 01103")
        assert note.to.lines[-1] == "HUNGARY"
        assert not told

    def test_the_last_line_of_the_senders_address_says_where_the_letter_is_posted(self):
        to = Party(address=["1 Way"], city="Town", country="France")
        note = Note(to=to, from_="Tom\n2 Weg\n50667 Köln\nDeutschland", salutation="Hi")
        assert addressed_note(note)[0].to.lines[-1] == "FRANKREICH"


def folded(text):
    return "".join(text.casefold().split())
