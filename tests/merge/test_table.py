"""Tables are read as people have them; what cannot be read is told in a sentence, with its line."""

import csv
import io
import itertools
import random
import resource
import unicodedata
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from merge.people import delimited, json_lines, plain, saved, vcards, workbook

from fairhand.errors import InputError
from fairhand.merge.table import opened


def table_of(data, **wishes):
    if isinstance(data, str):
        data = data.encode("utf-8")
    return opened("-", io.BytesIO(data), **wishes)


def rows_of(data, **wishes):
    return list(table_of(data, **wishes))


def cells_of(data, **wishes):
    return [tuple(row.cells.values()) for row in rows_of(data, **wishes)]


def refused(data, **wishes):
    with pytest.raises(InputError) as error:
        list(table_of(data, **wishes))
    return error.value


def read_or_told(data):
    """Anything but rows, or a sentence, is an error of this test."""
    try:
        rows_of(data)
    except InputError as error:
        told = error.message
    else:
        told = "It was read."
    assert told.endswith(".")


def sheet_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_delimiter_and_the_line_endings_are_found_out(delimiter, newline):
    rows = [
        ("Name", "Note", "Zip"),
        ("Ann", f'He said "x{delimiter} y"', "02035"),
        ("Bo", "a, b; c", "1"),
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    assert cells_of(out.getvalue()) == rows[1:]


def test_a_wish_for_a_delimiter_goes_before_any_guess():
    assert cells_of("name;x,zip\nAnn;y,02035\n", delimiter=",") == [("Ann;y", "02035")]
    assert cells_of("name:zip\nAnn:02035\n", delimiter="colon") == [("Ann", "02035")]
    assert "cannot part" in refused("name\nAnn\n", delimiter="::").message


def test_what_was_found_out_is_said():
    told = " ".join(table_of(plain(delimiter=";", encoding="cp1252")).notices)
    assert "Windows-1252" in told
    assert "semicolons" in told


def test_each_row_knows_its_line_in_the_file():
    text = 'sep=;\nname;address\n\nAnn;"1 Elm St\nBoston"\n;\n"Bo";2 Oak St\n'
    assert [(row.number, row.line) for row in rows_of(text)] == [(1, 4), (2, 7)]
    assert cells_of(text)[0] == ("Ann", "1 Elm St\nBoston")


def test_empty_rows_are_left_out_and_short_ones_filled():
    assert cells_of("name,city,zip\n\n,,\n  \nAnn\n ,, \nBo, Bonn ,\n") == [
        ("Ann", "", ""),
        ("Bo", "Bonn", ""),
    ]


def test_a_cell_too_many_is_the_trouble_of_its_row_only():
    rows = rows_of("name,city\nAnn,Boston, MA\nBo,Bonn,,\nCy,Caen\n")
    assert [bool(row.trouble) for row in rows] == [True, False, False]
    assert "3 cells" in rows[0].trouble


@pytest.mark.parametrize("name", ['"Ann', '"Ann" Lee', '"Ann, 3', 'A"nn"'])
def test_a_lone_quotation_mark_costs_one_row_at_most(name):
    people = [f"P{number},Bonn" for number in range(50)]
    text = "\n".join(["name,city", *people[:20], f"{name},Bonn", *people[20:]])
    rows = rows_of(text + "\n")
    sound = [row for row in rows if not row.trouble]
    assert [row.cells["name"] for row in sound if row.cells["name"][0] == "P"] == [
        f"P{number}" for number in range(50)
    ]
    assert [row.line for row in rows] == list(range(2, 53))


def test_a_mark_that_is_closed_rows_later_is_no_silence():
    rows = rows_of('name,city\n"Ann,Bonn\nBo,Bonn"\nCy,Caen\n')
    assert [bool(row.trouble) for row in rows] == [True, False]


def test_a_column_without_a_name_is_called_after_its_place():
    assert table_of("name,,city\nAnn,x,Bonn\n").headers == ("name", "column 2", "city")


def test_names_of_columns_are_trimmed():
    assert table_of(" First  name ,\u00a0city\nAnn,Bonn\n").headers == ("First name", "city")


def test_two_columns_of_one_name_are_refused_by_that_name():
    assert '"City"' in refused("name,City,City\nAnn,a,b\n").message


def test_a_table_without_names_of_columns_is_noticed():
    error = refused("Ann Lee,12 Elm St,Boston,02035\nBo Ray,3 Oak St,Bonn,53111\n")
    assert "looks like a person" in error.message
    assert "names" in error.hint


@pytest.mark.parametrize(
    "text",
    ["Guests 2026,,\nname,city,zip\nAnn,Bonn,1\n", "Us\n\nname;city;zip\nAnn;Bonn;1\nBo;Ulm;2\n"],
)
def test_a_title_above_the_names_of_columns_is_told_and_left_out(text):
    with table_of(text) as table:
        assert table.headers == ("name", "city", "zip")
        assert "is a title" in " ".join(table.notices)


def test_a_title_above_a_sheet_is_left_out():
    book = sheet_of(("Guests 2026",), (), ("name", "city"), ("Ann", "Bonn"))
    assert [(row.line, row.cells["name"]) for row in rows_of(saved(book))] == [(4, "Ann")]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('name, city\n"Ann", "Bonn, Rhein"\n', ("Ann", "Bonn, Rhein")),
        ("name;city, state\nAnn;Boston, MA\n", ("Ann", "Boston, MA")),
        ("name\nAnn\n", ("Ann",)),
        ('name,zip\nAnn,"=""02035"""\n', ("Ann", "02035")),
        ("\ufeff\ufeffname,zip\nAnn,02035\n", ("Ann", "02035")),
        ('name,gift\nAnn,a 5" cake\n', ("Ann", 'a 5" cake')),
    ],
)
def test_what_programs_and_people_do_to_csv_is_borne(text, cells):
    assert cells_of(text) == [cells]


def test_names_that_nobody_knows_are_names_all_the_same():
    assert cells_of("foo,Gift 2\nAnn,tea\n") == [("Ann", "tea")]


_LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\n\r\t\f", exclude_characters="\ufeff"
)


@given(
    st.lists(
        st.tuples(*[st.text(_LETTERS)] * 3),
        min_size=1,
    ),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_stands_in_cells_comes_back(rows, delimiter, encoding):
    expected = [
        tuple(cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row)
        for row in rows
    ]
    expected = [row for row in expected if any(row)]
    # Marks stand round all cells, as many programs write them.
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("name", "city", "gift"), *rows])
    data = out.getvalue().encode(encoding)
    if expected:
        assert cells_of(data, delimiter=delimiter) == expected
    else:
        assert "no people" in refused(data, delimiter=delimiter).message


# Encodings


def test_a_letter_far_into_a_file_decides_its_encoding(tmp_path):
    text = "name,city\n" + "Ann,Boston\n" * 20_000 + "José,Orléans\n"
    file = tmp_path / "people.csv"
    for encoding, name in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        file.write_bytes(text.encode(encoding))
        with opened(file) as table:
            assert name in table.notices[0]
            assert list(table)[-1].cells == {"name": "José", "city": "Orléans"}
        table = table_of(text.encode(encoding))
        assert list(table)[-1].cells == {"name": "José", "city": "Orléans"}
        assert ("From line 20002 on read as Windows-1252" in " ".join(table.notices)) == (
            encoding == "cp1252"
        )


@pytest.mark.parametrize("whole_file", [True, False])
def test_bytes_that_are_not_utf_8_late_in_such_a_file_are_told_with_their_line(
    whole_file, tmp_path
):
    data = "name,city\nJosé,Orléans\n".encode() + b"Ann,Boston\n" * 9_000 + b"Zo\xeb,Bonn\n"
    file = tmp_path / "people.csv"
    file.write_bytes(data)
    with pytest.raises(InputError) as error:
        list(opened(file) if whole_file else table_of(data))
    assert error.value.place.line == 9_003
    assert "--encoding" in error.value.hint
    assert cells_of(data.replace("é".encode(), b"\xe9"), encoding="cp1252")[-1] == ("Zoë", "Bonn")


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", "José Zoë Müßig Åse Ñuñez Peñalver L’Hôpital Łukasz".replace("Łukasz", "")),
        ("cp1252", "O’Neill “Bo” – Straße 5 · 3.º izq. £5 ÉLODIE GARCÍA"),
        ("mac_roman", "José Zoë Müßig García Peñalver Élodie Gonçalves"),
        ("cp850", "José Zoë Müßig García Peñalver Gonçalves"),
        ("cp1250", "Łukasz Wójcik Święta Żółć Gdańsk Dvořák Božena"),
        ("cp1251", "Анна Каренина Лев Толстой Москва"),
        ("cp932", "山田太郎 東京都千代田区 佐藤花子 高橋 たかはし"),
    ],
)
def test_the_encoding_is_that_in_which_the_words_make_sense(encoding, names):
    text = "name,city\n" + "".join(f"{name},Bonn\n" for name in names.split())
    assert cells_of(text.encode(encoding)) == [(name, "Bonn") for name in names.split()]


def test_an_encoding_that_is_given_is_taken():
    text = "name,city\nJosé,Orléans\n"
    for encoding in ("cp850", "utf-16-le", "UTF-8", "iso-8859-15", "utf-16"):
        assert cells_of(text.encode(encoding), encoding=encoding) == [("José", "Orléans")]
    assert "utf-8" in refused(text, encoding="utf8x").hint


def test_utf_16_without_its_mark_is_told():
    error = refused(plain(encoding="utf-16-le"))
    assert "utf-16-le" in error.hint


# Workbooks


def test_codes_keep_their_zeros_and_numbers_their_shape():
    book = sheet_of(("name", "zip", "zip4", "amount", "day", "count", "code", "yes"))
    book.active.append(("Ann", 2035, 20351234, 12.5, None, 3.0, 123, True))
    cells = {cell.column_letter: cell for cell in book.active[2]}
    import datetime

    cells["B"].number_format = "00000"
    cells["C"].number_format = "[<=99999]00000;00000\\-0000"
    cells["E"].value = datetime.datetime(2026, 11, 22)
    cells["G"].number_format = '"D-"00000'
    assert cells_of(saved(book)) == [
        ("Ann", "02035", "02035-1234", "12.5", "2026-11-22", "3", "D-00123", "TRUE")
    ]


def test_an_error_in_a_sheet_is_the_trouble_of_its_row():
    book = sheet_of(("name", "city"), ("Ann", "#N/A"), ("Bo", "Bonn"))
    assert book.active["B2"].data_type == "e"
    rows = rows_of(saved(book))
    assert [bool(row.trouble) for row in rows] == [True, False]
    assert "#N/A" in rows[0].trouble


def test_a_formula_that_nobody_reckoned_is_refused_by_its_cell():
    assert "B2" in refused(saved(sheet_of(("name", "city"), ("Ann", '="Bo"&"nn"')))).message


def test_the_first_sheet_is_read_and_another_on_request():
    book = sheet_of(("name",), ("Ann",))
    book.create_sheet("Guests 2").append(("name",))
    book["Guests 2"].append(("Bo",))
    data = saved(book)
    assert cells_of(data) == [("Ann",)]
    with table_of(data) as table:
        assert '"Guests 2"' in " ".join(table.notices)
    assert cells_of(data, sheet="Guests 2") == cells_of(data, sheet="2") == [("Bo",)]
    assert "Guests 2" in refused(data, sheet="Gests 2").hint
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    assert cells_of(saved(book)) == [("Bo",)]


def test_rows_of_a_sheet_are_numbered_as_the_sheet_numbers_them():
    book = sheet_of((), ("", None), ("name", "city"), (None, None), ("Ann", "Bonn"))
    book.active["A9"] = "Bo"
    assert [(row.number, row.line) for row in rows_of(saved(book))] == [(1, 5), (2, 9)]


def test_hidden_rows_are_told():
    book = sheet_of(("name",), ("Ann",), ("Bo",))
    book.active.row_dimensions[3].hidden = True
    table = table_of(saved(book))
    assert len(list(table)) == 2
    assert "1 row is hidden" in " ".join(table.notices)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_workbook_is_refused_in_a_sentence(share):
    data = workbook()
    assert "damaged" in refused(data[: int(len(data) * share)]).message


def test_a_workbook_with_any_byte_changed_is_read_or_refused():
    data = bytearray(workbook())
    chance = random.Random(5)
    for _ in range(60):
        torn = bytearray(data)
        for _ in range(3):
            torn[chance.randrange(4, len(torn))] = chance.randrange(256)
        read_or_told(bytes(torn))


def rewritten(data, name, change):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return out.getvalue()


def test_a_workbook_that_unfolds_without_end_is_refused():
    data = rewritten(workbook(), "xl/styles.xml", lambda content: content + b" " * 40_000_000)
    assert len(data) < 100_000
    assert "40 MB" in refused(data).message

    def with_entities(content):
        return content.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)

    data = rewritten(workbook(), "xl/worksheets/sheet1.xml", with_entities)
    assert "damaged" in refused(data).message


def test_a_row_in_the_far_south_of_a_sheet_ends_the_reading():
    data = rewritten(
        workbook(), "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b'<row r="5"', b'<row r="99999999999"', 1),
    )  # fmt: skip
    assert "rows" in refused(data).message


def archive(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, b"<x/>")
    return out.getvalue()


# What is no table


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b"name,city\r\n", "no people"),
        (b"name,city\r\n,\r\n\r\n", "no people"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel"),
        (b"<html><table><tr><td>name</td></tr></table>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"{\\rtf1 name}", "RTF"),
        (b"\x1f\x8b\x08\0", "compressed"),
        (bytes(range(256)) * 20, "no text"),
        (archive("word/document.xml"), "Word"),
        (archive("content.xml"), "LibreOffice"),
        (archive("xl/workbook.bin"), "binary workbook"),
        (archive("readme.txt"), "ZIP"),
        (saved(openpyxl.Workbook()), "empty"),
        (saved(sheet_of(("name", "city"))), "no people"),
        (b"[]", "no people"),
        (b'[{"name": "Ann"', "JSON"),
        (b'[{"name": "Ann"},\n {"name": }]', "JSON"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "no people"),
        ((",".join(f"c{n}" for n in range(1_200)) + "\nAnn\n").encode(), "columns"),
        (b"name\n" + b"x" * 3_000_000, "million"),
        (b"x" * 700 + b",name\nAnn,Bo\n", "700 characters"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_people_is_refused_in_a_sentence(data, word, tmp_path):
    error = refused(data)
    assert word in error.message
    assert error.message.endswith(".")
    assert error.place.file == "standard input"
    file = tmp_path / "people.csv"
    file.write_bytes(data)
    with pytest.raises(InputError, match=word) as again:
        list(opened(file))
    assert again.value.place.file == str(file)


def test_files_that_cannot_be_opened_are_told(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "a\0b.csv"):
        with pytest.raises(InputError):
            opened(path)


def test_a_wish_that_a_form_cannot_fulfil_is_told():
    assert "--sheet" in refused(plain(), sheet="1").hint
    assert "--delimiter" in refused(json_lines(), delimiter=";").hint
    assert "--encoding" in refused(workbook(), encoding="cp1252").hint


def test_a_table_is_read_once_and_says_so():
    table = table_of(plain())
    list(table)
    with pytest.raises(RuntimeError):
        list(table)


# Hostile cells


def unicode_name(chance):
    while True:
        highest = chance.choice((0x250, 0x3000, 0x110000))
        letters = (chr(chance.randrange(32, highest)) for _ in range(chance.randrange(1, 20)))
        name = "".join(c for c in letters if unicodedata.category(c) not in ("Cs", "Cc"))
        if name.strip(" \ufeff") and name == name.strip():
            return name


def test_five_thousand_names_of_any_letters_are_what_they_were():
    chance = random.Random(3)
    names = [unicode_name(chance) for _ in range(5_000)]
    tricks = ["=cmd()", "../../etc/passwd", "{{ ''.__class__ }}", "C:\\con", "-1+1", "@SUM(A1)"]
    rows = [(name, trick) for name, trick in zip(names, itertools.cycle(tricks), strict=False)]
    assert cells_of(delimited((("name", "gift"), *rows))) == rows


def test_long_cells_are_kept_up_to_a_limit_and_then_told_for_their_row():
    fits, too_long, far_too_long = "x" * 65_536, "y" * 65_537, "z" * 200_000
    text = f'name,note\nAnn,{fits}\nBo,{too_long}\nCy,"{far_too_long}"\nDi,{far_too_long}\nEd,ok\n'
    rows = rows_of(text)
    assert [bool(row.trouble) for row in rows] == [False, True, True, True, False]
    assert rows[0].cells["note"] == fits
    assert [row.line for row in rows] == [2, 3, 4, 5, 6]


def test_a_zero_byte_is_the_trouble_of_its_row():
    rows = rows_of("name,city\nAnn,Bo\0nn\nBo,Bonn\n" + "Cy,Caen\n" * 9)
    assert [bool(row.trouble) for row in rows[:2]] == [True, False]


# JSON and vCards


def test_a_line_of_json_that_cannot_be_read_costs_its_row_only():
    text = (
        '{"name": "Ann", "zip": 53111, "n": 1.50}\n{"name": "Bo"\n\n["Cy"]\n'
        '{"name": "Di", "name": "Ed"}\n'
        '{"name": "Flo", "tags": [1, {}]}\n{"name": null, "zip": ""}\n{"name": "Gus", "ok": true}\n'
    )
    rows = rows_of(text)
    assert [(row.line, bool(row.trouble)) for row in rows] == [
        (1, False), (2, True), (4, True), (5, True), (6, True), (8, False),
    ]  # fmt: skip
    assert rows[0].cells == {"name": "Ann", "zip": "53111", "n": "1.50", "ok": ""}
    assert rows[-1].cells["ok"] == "true"


def test_a_key_that_comes_late_is_told_and_not_lost():
    text = (
        '{"name": "Ann"}\n' * 1_000 + '{"name": "Bo", "city": ""}\n{"name": "Cy", "city": "Caen"}\n'
    )
    rows = rows_of(text)
    assert not rows[-2].trouble
    assert '"city"' in rows[-1].trouble


def test_json_without_end_of_nesting_is_refused():
    assert refused('[{"a":' + "[" * 300_000).message.endswith(".")
    assert rows_of('{"name": "Ann"}\n{"name": ' + "[" * 200_000 + "\n")[1].trouble


def test_a_vcard_of_a_phone_is_read():
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\n"
        "ADR;WORK:;;Amt 1;Bonn;;53111;\r\n"
        "ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;Lange Stra=C3=9Fe=\r\n"
        "=205;K=C3=B6ln;;50667;\r\n"
        "PHOTO;ENCODING=BASE64;JPEG:" + "QUJD" * 50_000 + "\r\n QUJD\r\n\r\nEND:VCARD\r\n"
    )
    table = table_of(card)
    (row,) = table
    assert row.cells["last name"] == "Müller"
    assert row.cells["street"] == "Lange Straße 5"
    assert row.cells["city"] == "Köln"
    assert "several addresses" in " ".join(table.notices)


def test_of_several_addresses_the_preferred_one_then_that_of_the_home_is_taken():
    rows = rows_of(
        "BEGIN:VCARD\r\nFN:Ann\r\nADR;TYPE=WORK:;;1;;;;\r\nADR;TYPE=HOME:;;2;;;;\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nFN:Ann\r\nADR;TYPE=HOME:;;1;;;;\r\nADR;TYPE=WORK,PREF:;;2;;;;\r\nEND:VCARD\r\n"
        'BEGIN:VCARD\r\nFN:Ann\r\nADR;PREF=2;TYPE=home:;;1;;;;\r\nADR;TYPE="work";PREF=1:;;2;;;;\r\nEND:VCARD\r\n'
    )
    assert [row.cells["street"] for row in rows] == ["2", "2", "2"]


def test_a_card_within_a_card_and_one_without_end_harm_no_other():
    text = (
        "BEGIN:VCARD\r\nFN:Ann\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Her agent\r\nEND:VCARD\r\n"
        "END:VCARD\r\n"
        "BEGIN:VCARD\r\nFN:Bo\r\nBEGIN:VCARD\r\nFN:Cy\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nKIND:group\r\nFN:Friends\r\nEND:VCARD\r\n"
    )
    table = table_of(text)
    rows = list(table)
    assert [(r.cells["full name"], r.line, bool(r.trouble)) for r in rows] == [
        ("Ann", 1, False), ("Bo", 8, True), ("Cy", 10, False),
    ]  # fmt: skip
    assert "group" in " ".join(table.notices)


def test_a_vcard_may_have_its_address_as_a_label():
    address = 'ADR;LABEL="1 Elm St^nBoston, MA":;;;;;;'
    text = f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann\r\n{address}\r\nEND:VCARD\r\n"
    assert rows_of(text)[0].cells["formatted address"] == "1 Elm St\nBoston, MA"


# Size


def endless(form):
    """A pipe with a hundred thousand people in it."""
    line = {
        "csv": "name,city\r\n" + "José García,Boston\r\n" * 100_000,
        "json": '{"name": "José García", "city": "Boston"}\n' * 100_000,
        "vcard": "BEGIN:VCARD\r\nFN:José García\r\nADR:;;;Boston;;;\r\nEND:VCARD\r\n" * 100_000,
    }[form]  # fmt: skip
    return io.BytesIO(line.encode("utf-8"))


@pytest.mark.parametrize("form", ["csv", "json", "vcard"])
def test_a_hundred_thousand_people_go_through_a_pipe_in_little_memory(form):
    stream = endless(form)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(1 for row in opened("-", stream) if not row.trouble)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert count == 100_000
    assert grown < 20_000


def test_vcards_through_any_cut_are_read_or_told():
    data = vcards()
    for cut in range(1, len(data), 97):
        read_or_told(data[:cut])
