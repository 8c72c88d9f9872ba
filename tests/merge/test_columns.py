"""Columns find their fields by their names, and what is not plain is told."""

import pickle
import tomllib

import pytest

from fairhand.catalog import layouts_folder
from fairhand.errors import InputError
from fairhand.merge.columns import matched
from fairhand.merge.person import FIELDS
from fairhand.merge.record import Row
from fairhand.merge.synonyms import key_of, meaning
from fairhand.merge.unused import hints, not_used, told


def record_of(cells, given=None, language=""):
    return matched(cells, given, language).record(Row(1, 2, cells))


def fields_of(cells, given=None, language=""):
    return record_of(cells, given, language).fields


LANGUAGES = {
    "en": "First name,Last name,Company,Street,House number,Address line 2,ZIP,City,State,Country",
    "de": "Vorname,Nachname,Firma,Straße,Hausnummer,Adresszusatz,PLZ,Ort,Bundesland,Land",
    "fr": "Prénom,Nom,Société,Rue,Numéro de rue,Complément d'adresse,Code postal,Ville,Région,Pays",
    "es": "Nombre,Apellidos,Empresa,Calle,Número exterior,Complemento,C.P.,Ciudad,Provincia,País",
    "it": "Nome,Cognome,Azienda,Via,Numero civico,Indirizzo 2,CAP,Città,Provincia,Paese",
    "pt": "Nome,Sobrenome,Empresa,Rua,Número da casa,Complemento,CEP,Cidade,Estado,País",
    "nl": "Voornaam,Achternaam,Bedrijf,Straat,Huisnummer,Adres 2,Postcode,Plaats,Regio,Land",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", [str, str.upper, str.lower, lambda h: h.replace(" ", "_")])
def test_the_columns_of_seven_languages_are_known(language, written):
    headers = [written(header) for header in LANGUAGES[language].split(",")]
    cells = dict(
        zip(headers, ["Ana", "Luz", "Acme", "Lima", "5", "B", "02035", "X", "Y", "Z"], strict=True)
    )
    street = "5 Lima" if language in ("en", "fr") else "Lima 5"
    assert fields_of(cells) == {
        "name": "Ana Luz", "first_name": "Ana", "last_name": "Luz", "organisation": "Acme",
        "address": f"{street}\nB", "postcode": "02035", "city": "X", "region": "Y", "country": "Z",
    }  # fmt: skip
    assert not matched(headers).unused
    assert not matched(headers).notices


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("ZIP/Postal Code", "postcode"), ("zip+4", "postcode"), ("postalCode", "postcode"),
        ("E-Mail", None), ("Gift", None), ("Address 1", "address"), ("address_line_1", "address"),
        ("AddressLine2", "address_2"), ("Job Title", None), ("P.O. Box", "po_box"),
        ("氏名", "name"), ("郵便番号", "postcode"), ("Phone", None), ("No.", None), ("Type", None),
        ("ship-to name", "name"), ("Mailing City", "city"), ("Straße (privat)", "address"),
        ("PLZ geschäftlich", "postcode"), ("Rue (domicile)", "address"),
        ("Default Address Zip", "postcode"), ("Address 2 - Postal Code", "postcode"),
    ],
)  # fmt: skip
def test_case_accents_spaces_and_punctuation_count_for_nothing(header, part):
    found = meaning(header)
    assert (found and found.part) == part


def test_no_name_of_a_column_means_two_things():
    data = tomllib.loads((layouts_folder() / "columns.toml").read_text(encoding="utf-8"))
    owner = {}
    for part, languages in {**data["fields"], **data["address"]}.items():
        for words in languages.values():
            for word in words:
                assert owner.setdefault(key_of(word), part) == part, word
                assert key_of(word)


def test_every_field_can_be_had_by_a_column_of_its_own_name():
    for field in FIELDS:
        header = field.replace("_", " ").title()
        value = "Dear Ann," if field == "salutation" else "Dr." if field == "prefix" else "x"
        assert fields_of({header: value, "Name" if field != "name" else "Gift": "Ann"})[field]


EXPORTS = {
    "a hand-made list": "Full Name,Addr Ln 1,Addr Ln 2,City,ST,ZIP",
    "Salesforce": "First Name,Last Name,Mailing Street,Mailing City,Mailing State/Province,"
    "Mailing Zip/Postal Code,Mailing Country",
    "Raiser's Edge": "CnBio_First_Name,CnBio_Last_Name,CnAdrPrf_Addrline1,CnAdrPrf_Addrline2,"
    "CnAdrPrf_City,CnAdrPrf_State,CnAdrPrf_ZIP,CnAdrPrf_ContryLongDscription",
    "Raiser's Edge, in words": "Primary Addressee,Preferred Address Line 1,Preferred City,"
    "Preferred State,Preferred ZIP",
    "DonorPerfect": "FIRST_NAME,LAST_NAME,ADDRESS,ADDRESS2,CITY,STATE,ZIP,COUNTRY,SALUTATION",
    "Bloomerang": "Envelope Name,Primary Street,Primary City,Primary State,Primary ZIP Code",
    "Shopify": "Shipping Name,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,"
    "Shipping Zip,Shipping Province,Shipping Country",
    "Shopify's customers": "First Name,Last Name,Default Address Company,Default Address Address1,"
    "Default Address Address2,Default Address City,Default Address Province Code,"
    "Default Address Country Code,Default Address Zip",
    "Etsy": "Ship Name,Ship Address1,Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country",
    "Etsy's older list": "Full Name,Street 1,Street 2,Ship City,Ship State,Ship Zipcode",
    "The Knot": "First Name,Last Name,Street Address 1,Street Address 2,City,State/Province,"
    "Zip/Postal Code,Country",
    "Zola": "Title,First Name,Last Name,Suffix,Street Address,Apt/Floor,City,State,Zip,Country",
}  # fmt: skip


@pytest.mark.parametrize("source", EXPORTS)
def test_the_lists_of_shops_weddings_and_donors_are_understood(source):
    headers = EXPORTS[source].split(",")
    columns = matched(headers)
    assert not columns.unused
    assert not columns.notices
    cells = {header: f"x{n}" for n, header in enumerate(headers)}
    fields = columns.record(Row(1, 2, cells)).fields
    assert {"name", "address", "city", "region", "postcode"} <= fields.keys()
    assert len(columns.addresses) == 1


def test_an_order_of_a_shop_is_called_by_its_addressee_and_not_its_number():
    cells = {"Name": "#1001", "Shipping Name": "Ann Lee", "Shipping City": "Bonn"}
    assert fields_of(cells)["name"] == "Ann Lee"


def test_st_is_a_state_only_beside_a_city_and_a_zip():
    assert fields_of({"City": "Paul", "ST": "MN", "ZIP": "55101"})["region"] == "MN"
    assert "region" not in fields_of({"Name": "Ann", "City": "Paul", "St": "MN"})
    both = {"City": "Paul", "State": "MN", "ST": "x", "ZIP": "55101"}
    assert fields_of(both)["region"] == "MN"


# Names


def test_a_whole_name_goes_before_its_parts():
    cells = {"Full Name": "Ann & Bo Lee", "First Name": "Ann", "Last Name": "Lee"}
    assert fields_of(cells)["name"] == "Ann & Bo Lee"
    assert fields_of({**cells, "Full Name": ""})["name"] == "Ann Lee"


@pytest.mark.parametrize("filed", ["Lee, Ann", "Lee, Ann Maria"])
def test_a_name_that_is_filed_last_name_first_is_put_together_of_its_parts(filed):
    cells = {"First Name": "Ann", "Middle Name": "Maria", "Last Name": "Lee", "File As": filed}
    assert fields_of(cells)["name"] == "Ann Maria Lee"
    assert fields_of({"File As": filed})["name"] == filed


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Name": "Müller", "Vorname": "Jörg"}, ("Jörg Müller", "Jörg", "Müller")),
        ({"Name": "Jörg Müller", "Vorname": "Jörg"}, ("Jörg Müller", "Jörg", "Müller")),
        ({"Nom": "Petit", "Prénom": "Zoé"}, ("Zoé Petit", "Zoé", "Petit")),
        ({"Nome": "Ugo", "Cognome": "Foà"}, ("Ugo Foà", "Ugo", "Foà")),
        ({"Nombre": "José", "Apellidos": "Díaz Gil"}, ("José Díaz Gil", "José", "Díaz Gil")),
        ({"Name": "Ann Lee", "First name": "Ann"}, ("Ann Lee", "Ann", None)),
        ({"Vollständiger Name": "Jörg Müller", "Vorname": "J."}, ("Jörg Müller", "J.", None)),
        (
            {"Voornaam": "Jo", "Tussenvoegsel": "van", "Achternaam": "Dijk"},
            ("Jo van Dijk", "Jo", "Dijk"),
        ),
    ],
)  # fmt: skip
def test_a_bare_name_beside_a_part_of_it_is_the_other_part(cells, expected):
    fields = fields_of(cells)
    assert (fields["name"], fields["first_name"], fields.get("last_name")) == expected


@pytest.mark.parametrize(
    ("first", "last", "language", "name"),
    [
        ("太郎", "山田", "ja", "山田 太郎"),
        ("太郎", "山田", "", "山田 太郎"),
        ("小明", "王", "zh", "王小明"),
        ("민준", "김", "ko", "김민준"),
        ("Zoltán", "Nagy", "hu", "Nagy Zoltán"),
        ("Taro", "Yamada", "ja", "Taro Yamada"),
        ("Zoltán", "Nagy", "en", "Zoltán Nagy"),
    ],
)
def test_the_family_name_comes_first_where_it_does(first, last, language, name):
    assert fields_of({"First name": first, "Last name": last}, language=language)["name"] == name
    own = {"First name": first, "Last name": last, "Language": language}
    assert fields_of(own, language="fr")["name"] == (name if language else "山田 太郎")


def test_titles_go_before_the_name_once_and_offices_do_not():
    cells = {"Title": "Dr.", "Name": "Ann Lee", "Suffix": "Jr."}
    assert fields_of(cells)["name"] == "Dr. Ann Lee Jr."
    assert fields_of({**cells, "Name": "Dr. Ann Lee Jr."})["name"] == "Dr. Ann Lee Jr."
    office = fields_of({**cells, "Title": "Marketing Manager"})
    assert office["name"] == "Ann Lee Jr."
    assert "prefix" not in office


@pytest.mark.parametrize(
    ("header", "value", "prefix", "salutation"),
    [
        ("Anrede", "Frau", "Frau", None), ("Anrede", "Herr Dr.", "Herr Dr.", None),
        ("Anrede", "Liebe Frau Wolf,", None, "Liebe Frau Wolf,"),
        ("Salutation", "Mr.", "Mr.", None), ("Salutation", "Dear Ann,", None, "Dear Ann,"),
        ("Civilité", "Mme", "Mme", None),
    ],
)  # fmt: skip
def test_a_form_of_address_is_a_title_or_a_greeting_by_what_it_says(
    header, value, prefix, salutation
):
    fields = fields_of({header: value, "Name": "A. Wolf"})
    assert (fields.get("prefix"), fields.get("salutation")) == (prefix, salutation)


# Addresses


@pytest.mark.parametrize(
    ("header", "country", "street"),
    [
        ("House number", "", "5 Lange Gasse"), ("Hausnummer", "", "Lange Gasse 5"),
        ("House number", "Österreich", "Lange Gasse 5"), ("Hausnummer", "USA", "5 Lange Gasse"),
        ("House number", "Atlantis", "5 Lange Gasse"),
    ],
)  # fmt: skip
def test_the_house_number_stands_where_its_country_has_it(header, country, street):
    cells = {"Straße": "Lange Gasse", header: "5", "Land": country}
    assert fields_of(cells)["address"] == street


def test_a_bare_number_of_a_flat_or_a_box_gets_its_word():
    assert fields_of({"Street": "1 Elm St", "Apt": "4B"})["address"] == "1 Elm St\nApt 4B"
    assert fields_of({"Street": "1 Elm St", "Apt": "Unit 4"})["address"] == "1 Elm St\nUnit 4"
    assert fields_of({"PO Box": "123", "City": "X"})["address"] == "PO Box 123"
    assert fields_of({"Postfach": "1234", "Ort": "X"})["address"] == "Postfach 1234"
    assert fields_of({"PO Box": "P.O. Box 9", "City": "X"})["address"] == "P.O. Box 9"


@pytest.mark.parametrize(
    ("header", "value", "city", "region", "postcode"),
    [
        ("PLZ/Ort", "10115 Berlin", "Berlin", None, "10115"),
        ("City, State ZIP", "St. Paul, MN 55101", "St. Paul", "MN", "55101"),
        ("City, State ZIP", "Boston MA 02035-1234", "Boston", "MA", "02035-1234"),
        ("Postcode plaats", "1012 AB Amsterdam", "Amsterdam", None, "1012 AB"),
        ("Code postal et ville", "75008 Paris Cedex", "Paris Cedex", None, "75008"),
        ("City postcode", "London SW1A 1AA", "London", None, "SW1A 1AA"),
        ("City, State", "Boston, MA", "Boston", "MA", None),
        ("PLZ/Ort", "Berlin", "Berlin", None, None),
        ("PLZ/Ort", "10115 Berlin 2", "10115 Berlin 2", None, None),
    ],
)  # fmt: skip
def test_a_city_with_its_postcode_in_one_cell_is_taken_apart_or_left_whole(
    header, value, city, region, postcode
):
    fields = fields_of({"Name": "Ann", header: value})
    assert (fields["city"], fields.get("region"), fields.get("postcode")) == (
        city,
        region,
        postcode,
    )


def test_a_row_goes_home_before_it_goes_to_the_office():
    cells = {"Home Street": "1 Elm St", "Home City": "Bonn", "Business Street": "9 Oak Rd",
             "Business City": "Ulm", "Country": "Germany"}  # fmt: skip
    columns = matched(cells)
    assert fields_of(cells)["address"] == "1 Elm St"
    away = fields_of({**cells, "Home Street": "", "Home City": ""})
    assert (away["address"], away["city"], away["country"]) == ("9 Oak Rd", "Ulm", "Germany")
    assert 'address <- "Home Street", else "Business Street"' in columns.shown()
    to_work = fields_of(cells, {"city": "Business City"})
    assert (to_work["address"], to_work["city"]) == ("9 Oak Rd", "Ulm")


def test_no_part_of_one_address_comes_from_another():
    cells = {"Home Street": "1 Elm St", "Home City": "", "Home Zip": "",
             "Work Street": "9 Oak Rd", "Work City": "Ulm", "Work Zip": "89073"}  # fmt: skip
    assert fields_of(cells) == {"address": "1 Elm St"}


@pytest.mark.parametrize(
    ("first", "second", "street"),
    [
        ("* Work", "Home", "1"), ("Work", "* Other", "2"), ("Work", "Home", "2"), ("", "", "1"),
        ("Home", "Work", "1"),
    ],
)  # fmt: skip
def test_of_googles_addresses_the_starred_one_then_that_of_the_home_is_taken(first, second, street):
    cells = {"Address 1 - Type": first, "Address 1 - Street": "1", "Address 2 - Type": second,
             "Address 2 - Street": "2"}  # fmt: skip
    assert fields_of(cells)["address"] == street


def test_an_address_that_has_only_its_whole_text_gives_its_lines():
    cells = {"Address 1 - Formatted": "1 Elm St\n\nBoston, MA 02035\nUSA", "Address 1 - Street": ""}
    assert fields_of(cells) == {"address": "1 Elm St\nBoston, MA 02035\nUSA"}
    assert fields_of({**cells, "Address 1 - Street": "1 Elm St"}) == {"address": "1 Elm St"}


def test_every_part_of_an_address_stands_in_it_somewhere():
    headers = ["Street", "House number", "Address 2", "Apt", "Address 3", "Address 4", "PO Box",
               "District", "City", "State", "ZIP", "Country", "Care of"]  # fmt: skip
    for without in (None, *headers):
        cells = {
            header: "" if header == without else f"part{n}" for n, header in enumerate(headers)
        }
        fields = "\n".join(fields_of(cells).values())
        assert all(text in fields for text in cells.values())


# What is told


def test_of_two_columns_for_one_field_the_better_is_taken_and_both_are_told():
    columns = matched(["Name", "Recipient", "PLZ", "Zip"])
    assert columns.by_field["name"] == ("Name",)
    assert len(columns.notices) == 2
    assert '"Name" and "Recipient"' in columns.notices[0]
    assert columns.unused == ("Recipient", "Zip")
    assert matched(["Recipient", "Name"]).by_field["name"] == ("Name",)


def test_the_columns_are_shown_and_those_without_use_are_named():
    columns = matched(["Full Name", "ZIP", "Gift item"])
    assert columns.shown() == ('name <- "Full Name"', 'postcode <- "ZIP"')
    assert columns.unused == ("Gift item",)
    parts = matched(["First Name", "Last Name"])
    assert 'name <- "First Name", "Last Name"' in parts.shown()


def test_a_word_of_the_note_may_stand_for_a_column_of_any_name():
    headers = ["Full Name", "Notes", "gift"]
    columns = matched(headers, {"memory": "notes", "gift": "Notes"}, words={"memory", "gift"})
    record = columns.record(Row(1, 2, {"Full Name": "Ana", "Notes": "the lake", "gift": "a vase"}))
    assert (record.words["memory"], record.words["gift"]) == ("the lake", "the lake")
    assert {"memory", "gift", "notes"} <= columns.words
    assert 'memory <- "Notes"' in columns.shown()
    assert "Notes" not in columns.unused
    with pytest.raises(InputError, match='no column "Nots"'):
        matched(headers, {"memory": "Nots"}, words={"memory"})
    with pytest.raises(InputError, match='no field "memory"'):
        matched(headers, {"memory": "Notes"}, words={"gift"})


def test_only_columns_that_nothing_uses_are_named():
    columns = matched(["Full Name", "Gift item", "Phone", "Table No"])
    unused = not_used(columns, {"gift_item", "name"})
    assert unused == ("Phone", "Table No")
    assert told(unused) == ('not used: "Phone", "Table No"',)
    assert told(()) == ()
    assert told([f"c{n}" for n in range(30)])[0].endswith('"c19" and 10 more')


@pytest.mark.parametrize(
    ("field", "likely", "cells"),
    [
        ("address", "Where", {"Where": "12 Elm St", "Phone": "555 1234", "Table No": "4"}),
        ("address", "Wohin", {"Wohin": "Lange Gasse 5", "Mail": "a@b.c", "When": "2026-11-22"}),
        ("city", "Place", {"Place": "Saint Paul", "Table No": "4", "Mail": "a@b.org"}),
        ("postcode", "Delivery", {"Delivery": "SW1A 1AA", "Table No": "4", "Diet": "vegan"}),
        ("name", "Wer", {"Wer": "Ana Lima", "Table No": "4", "Mail": "a@b.org"}),
    ],
)
def test_what_nearly_all_rows_lack_is_looked_for_in_columns_without_use(field, likely, cells):
    known = {"Name": "Ana", "Street": "1 Elm", "City": "Bath", "State": "MA", "ZIP": "02108"}
    headers = dict(zip(("name", "address", "city", "region", "postcode"), known, strict=True))
    del known[headers[field]]
    row = {**known, **cells}
    columns = matched(row)
    records = [columns.record(Row(n, n + 1, row)) for n in range(1, 5)]
    found = hints(not_used(columns, ()), records)
    assert list(found) == [field]
    assert f'--map {field}="{likely}"' in found[field]
    assert hints((), records) == {}
    whole = matched(row, {field: likely})
    assert hints(["Phone"], [whole.record(Row(1, 2, row))]) == {}


def test_where_no_column_looks_right_all_without_use_are_named():
    row = {"Name": "Ana", "City": "Bath", "State": "MA", "ZIP": "02108", "A": "-", "B": "?"}
    found = hints(("A", "B"), [matched(row).record(Row(1, 2, row))])
    assert 'not used: "A", "B"' in found["address"]


def test_a_column_that_is_given_goes_before_all_names():
    cells = {"Name": "Ann", "Who": "Bo", "Where": "Bonn", "City": "Ulm"}
    fields = fields_of(cells, {"name": "Who", "city": "where"})
    assert (fields["name"], fields["city"]) == ("Bo", "Bonn")
    assert fields_of(cells, {"zip": "Where"})["postcode"] == "Bonn"
    assert "city" not in fields_of(cells, {"city": ""})
    assert fields_of({"Title": "Ann"}, {"name": "Title"}) == {"name": "Ann"}


def test_the_lines_of_an_address_are_given_one_by_one():
    cells = {"A": "1 Elm St", "B": "Rear", "C": "Box 4", "Town": "Bonn"}
    numbered = fields_of(cells, {"address1": "A", "address2": "B", "address 3": "C"})
    assert numbered["address"] == "1 Elm St\nRear\nBox 4"


@pytest.mark.parametrize("names", [("zip", "postcode"), ("address1", "street"), ("Name", "name ")])
def test_a_field_that_is_given_twice_is_refused(names):
    with pytest.raises(InputError, match="both say where"):
        matched(["A", "B"], dict(zip(names, "AB", strict=True)))


def test_a_field_or_a_column_that_does_not_exist_is_told():
    with pytest.raises(InputError, match='no field "nmae"') as error:
        matched(["Name"], {"nmae": "Name"})
    assert "name" in error.value.hint
    with pytest.raises(InputError, match='no column "Full nam"') as error:
        matched(["Full name"], {"name": "Full nam"})
    assert "Full name" in error.value.hint


# Words


def test_every_column_has_a_name_for_the_wording():
    headers = ["Gift item", "gift-item", "Straße", "2nd gift", "$", "for", "Grüße & Küsse", "名"]
    columns = matched(headers)
    assert columns.identifiers == (
        "gift_item", "gift_item_2", "straße", "column_2nd_gift", "column_5", "for_",
        "grüße_küsse", "名",
    )  # fmt: skip
    assert '"gift-item" is {{ gift_item_2 }}' in columns.notices[0]
    words = record_of(dict.fromkeys(headers, "x")).words
    assert all(words[name] == "x" for name in columns.identifiers)


def test_every_field_is_a_word_and_none_of_them_is_none():
    words = record_of({"Name": "Ann", "Gift": ""}).words
    assert set(FIELDS) <= set(words)
    assert set(words.values()) == {"Ann", ""}


def test_a_column_that_is_called_like_a_field_but_is_another_gives_way():
    cells = {"Name": "Ann", "Who": "Bo"}
    columns = matched(cells, {"name": "Who"})
    words = columns.record(Row(1, 2, cells)).words
    assert (words["name"], words["name_2"]) == ("Bo", "Ann")
    assert "name_2" in columns.notices[0]


def test_records_cross_from_one_process_to_another():
    columns = matched(["Name", "Zip", "Gift"])
    record = columns.record(Row(1, 2, {"Name": "Ann", "Zip": "02035", "Gift": "tea"}))
    assert pickle.loads(pickle.dumps((columns, record))) == (columns, record)
