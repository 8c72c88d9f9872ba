"""Ten people, written in every form in which tables of people come."""

from __future__ import annotations

import csv
import io
import json
from typing import NamedTuple

import openpyxl


class Person(NamedTuple):
    """A row of the table, in the order of its headers."""

    prefix: str
    first: str
    last: str
    suffix: str
    firm: str
    street: str
    second: str
    city: str
    region: str
    code: str
    country: str
    gift: str

    @property
    def name(self) -> str:
        return " ".join(part for part in self[:4] if part)


PEOPLE = tuple(Person(*texts) for texts in (
    ("", "José", "García", "", "",
     "418 Lakeview Avenue", "Apt 4B", "Boston", "MA", "02035", "USA", "a lamp"),
    ("", "Zoë", "Washington", "", "",
     "27 Alder Street", "", "Saint Paul", "MN", "55101", "USA", "two mugs"),
    ("Dr.", "Søren", "Kjær", "", "",
     "Vestergade 5", "2. tv.", "Aarhus C", "", "8000", "Danmark", "tea"),
    ("", "Anne-Marie", "L’Écuyer", "", "",
     "12 rue de l’Église", "", "Orléans", "", "45000", "France", "a book"),
    ("", "Jörg", "Müßig", "", "",
     "Hauptstraße 12", "", "Köln", "", "50667", "Deutschland", "wine"),
    ("", "Robert", "King", "Jr.", "",
     "1 Main Street, Rear", "", "Hadley", "MA", "01035", "USA", "a \"big\" hug"),
    ("Ms.", "Adaeze", "Okafor", "", "Okafor, Bell & Co.",
     "99 Broad Street\nWest Building", "Suite 300", "Newark", "NJ", "07102", "USA", "advice"),
    ("", "Siân", "O'Neill", "", "",
     "Flat 2", "10 High Street", "Cardiff", "", "CF10 1AA", "United Kingdom", "cake"),
    ("", "", "", "", "Bäckerei Weiß",
     "Am Markt 1", "", "Jena", "", "07743", "Deutschland", "bread"),
    ("", "Inês", "Gonçalves", "", "",
     "Rua Augusta 7; 2.º", "", "Lisboa", "", "1100-048", "Portugal", "=cmd()"),
))  # fmt: skip

HEADERS = ("Prefix", "First Name", "Last Name", "Suffix", "Company", "Address 1", "Address 2",
           "City", "State", "ZIP", "Country", "Gift item")  # fmt: skip


def delimited(rows, delimiter=",", encoding="utf-8", newline="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue().encode(encoding)


def plain(**kind):
    return delimited((HEADERS, *PEOPLE), **kind)


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADERS)
    for line, person in enumerate(PEOPLE, start=2):
        for column, text in enumerate(person, start=1):
            cell = sheet.cell(line, column, text or None)
            if text.startswith("="):
                cell.data_type = "s"
            if HEADERS[column - 1] == "ZIP" and text.isdecimal():
                cell.value, cell.number_format = int(text), "0" * len(text)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def google(new=True):
    names = (
        ("First Name", "Middle Name", "Last Name")
        if new
        else ("Given Name", "Additional Name", "Family Name")
    )
    kind = "Label" if new else "Type"
    company = "Organization Name" if new else "Organization 1 - Name"
    headers = [
        *([] if new else ["Name"]), *names, "Name Prefix", "Name Suffix", "Nickname", company,
        "Notes", "E-mail 1 - Value", f"Address 1 - {kind}", "Address 1 - Formatted",
        "Address 1 - Street", "Address 1 - City", "Address 1 - PO Box", "Address 1 - Region",
        "Address 1 - Postal Code", "Address 1 - Country", "Address 1 - Extended Address",
        f"Address 2 - {kind}", "Address 2 - Street", "Address 2 - City", "Address 2 - Postal Code",
    ]  # fmt: skip
    rows = [headers]
    for person in PEOPLE:
        town = f"{person.code} {person.city}"
        formatted = "\n".join((person.street, person.second, town, person.country))
        rows.append([
            *([] if new else [person.name]), person.first, "", person.last, person.prefix,
            person.suffix, "", person.firm, person.gift, "a@b.example", "* Home", formatted,
            person.street, person.city, "", person.region, person.code, person.country,
            person.second,
            "Work", "1 Office Park", "Elsewhere", "00000",
        ])  # fmt: skip
    return delimited(rows, newline="\n")


def outlook():
    headers = ["Title", "First Name", "Middle Name", "Last Name", "Suffix", "Company", "Job Title",
               "Business Street", "Business Street 2", "Business City", "Business State",
               "Business Postal Code", "Business Country/Region", "Home Street", "Home Street 2",
               "Home Street 3", "Home City", "Home State", "Home Postal Code",
               "Home Country/Region", "Other Street", "E-mail Address", "Notes"]  # fmt: skip
    rows = [headers]
    for person in PEOPLE:
        home, office = list(person[5:11]), [""] * 6
        if person.firm:
            home, office = office, home
        rows.append([
            person.prefix, person.first, "", person.last, person.suffix, person.firm, "Manager",
            *office, *home[:2], "", *home[2:], "", "a@b.example", person.gift,
        ])  # fmt: skip
    return delimited(rows, encoding="cp1252")


def vcards(version="3.0"):
    def escaped(text):
        return (
            text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        )

    cards = []
    for person in (Person(*map(escaped, texts)) for texts in PEOPLE):
        home = "TYPE=home;PREF=1" if version == "4.0" else "TYPE=HOME,PREF"
        cards += [
            "BEGIN:VCARD", f"VERSION:{version}",
            f"N:{person.last};{person.first};;{person.prefix};{person.suffix}",
            f"FN:{person.name or person.firm}", f"ORG:{person.firm}",
            "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 400,
            "item1.ADR;TYPE=WORK:;;1 Office Park;Elsewhere;;00000;",
            f"item2.ADR;{home}:;{person.second};{person.street};{person.city};{person.region};"
            f"{person.code};{person.country}",
            f"NOTE:{person.gift}", "END:VCARD",
        ]  # fmt: skip
    return "".join(map(folded, cards)).encode("utf-8")


def folded(line):
    """RFC 6350, 3.2: no line of more than 75 octets."""
    parts = [""]
    for character in line:
        if len((parts[-1] + character).encode("utf-8")) > 74:
            parts.append("")
        parts[-1] += character
    return "\r\n ".join(parts) + "\r\n"


def json_lines(array=False, nested=False):
    entries = []
    for person in PEOPLE:
        entry = {key: text or None for key, text in zip(HEADERS, person, strict=True)}
        if nested:
            keys = {"Address 1": "street", "Address 2": "line 2", "City": "city", "State": "state",
                    "ZIP": "zip", "Country": "country"}  # fmt: skip
            entry["address"] = {inner: entry.pop(key) for key, inner in keys.items()}
        entries.append(entry)
    if array:
        return json.dumps(entries, indent=2, ensure_ascii=False).encode("utf-8")
    return "".join(json.dumps(entry) + "\n" for entry in entries).encode("utf-8")


FORMS = {
    "utf-8": plain(),
    "utf-8 with a mark": plain(encoding="utf-8-sig"),
    "utf-16": plain(encoding="utf-16", delimiter="\t"),
    "cp1252": plain(encoding="cp1252"),
    "mac": plain(encoding="mac_roman", newline="\n").replace(b"\n", b"\r"),
    "semicolons": plain(delimiter=";", encoding="cp1252"),
    "sep=": b"sep=;\r\n" + plain(delimiter=";"),
    "tabs": plain(delimiter="\t", newline="\n"),
    "strokes": plain(delimiter="|"),
    "xlsx": workbook(),
    "google": google(),
    "old google": google(new=False),
    "outlook": outlook(),
    "vcard 3": vcards(),
    "vcard 4": vcards("4.0"),
    "json lines": json_lines(),
    "json array": json_lines(array=True),
    "nested json": json_lines(nested=True),
}
