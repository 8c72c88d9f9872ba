"""The folder of notes: what is in it, what may be asked for, and that no name leads out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fairhand.errors import FailureError, InputError
from fairhand.job import read, save
from fairhand.job.drafts import Draft, begun, read_draft
from fairhand.studio import companions
from fairhand.studio.folder import open_folder
from fairhand.studio.names import ART, COMPANIONS, HAND, PEOPLE, NotHereError, is_safe, stem_of

NOTE = Draft(
    {"to": "Ms. Okafor", "salutation": "Dear Ms. Okafor,", "paragraphs": "Thank you."},
    "A thank-you",
)
links = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")


@pytest.fixture
def folder(tmp_path):
    return open_folder(tmp_path / "notes")


def names(folder):
    return sorted(str(path.relative_to(folder.root)) for path in folder.root.rglob("*"))


# Which names


BAD_NAMES = [
    "", ".", "..", "../a.md", "..\\a.md", "/etc/passwd", "/etc/passwd.md", "a/b.md", "a\\b.md",
    "C:a.md", "C:\\a.md", "\\\\server\\share\\a.md", ".a.md", ".md", " a.md", "a.md ", "a.md.", "a",
    "a.txt", "a.md\0.png", "a\n.md", "a\x7f.md", "a\u202e.md", "a\u2028.md", "a\ud800.md", "con.md",
    "CON.md", "nul.md", "Aux.json", "com1.md", "LPT9.toml", "com¹.md", "con .md", "a:b.md", "a*.md",
    "a?.md", 'a".md', "a<b>.md", "a|b.md", "x" * 118 + ".md", "ä" * 100 + ".md", "~/a.md",
    "a.people.json", "a.front.md", "%2e%2e%2fa.md/..",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_could_lead_elsewhere_is_no_name_of_a_note(folder, name):
    (folder.root.parent / "a.md").write_text("Dear Ana,\n\nSecret.\n")
    asks = [folder.path, folder.read, folder.duplicate, folder.remove, folder.made_files]
    asks += [folder.version, lambda one: folder.write(one, NOTE)]
    asks += [lambda one: folder.companion(one, ART), lambda one: folder.rename(one, "b")]
    for ask in asks:
        with pytest.raises(NotHereError):
            ask(name)
    assert names(folder) == []


@pytest.mark.parametrize("kind", sorted(COMPANIONS))
@pytest.mark.parametrize("name", BAD_NAMES)
def test_no_file_is_put_or_taken_away_by_such_a_name(folder, kind, name):
    with pytest.raises(NotHereError):
        folder.place_for(name, kind, COMPANIONS[kind][0])
    with pytest.raises(NotHereError):
        folder.drop_companions(name, kind)


@pytest.mark.parametrize("ending", ["", ".exe", ".md", "/../../a.png", ".png\0", ".PNG", "png"])
def test_beside_a_note_lie_only_files_of_known_forms(folder, ending):
    note = folder.create(NOTE, "Ana").name
    with pytest.raises(NotHereError):
        folder.place_for(note, ART, ending)


@pytest.mark.parametrize(
    "name", ["Note to Ms. Okafor.md", "Zoë & José (2).md", "感謝.md", "شكراً‌ لك.md", "a.b.c.json"]
)
def test_names_of_all_languages_are_names(folder, name):
    (folder.root / name).write_text(
        '{"salutation": "Dear Ana,"}' if name.endswith("n") else "Hi,\n"
    )
    assert folder.path(name).name == name
    assert [one.name for one in folder.notes()] == [name]


@links
def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder, tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_text("Dear Ana,\n\nSecret.\n")
    (folder.root / "a.md").symlink_to(outside)
    (folder.root / "b.md").write_text("Dear Bo,\n\nHi.\n")
    (folder.root / "b.front.png").symlink_to(outside)
    (folder.root / "b cards").symlink_to(tmp_path)
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    for ask in (folder.path, folder.read, lambda one: folder.write(one, NOTE)):
        with pytest.raises(NotHereError, match="leads out"):
            ask("a.md")
    assert [one.name for one in folder.notes()] == ["b.md"]
    assert folder.companion("b.md", ART) is None
    for ask in (lambda: folder.made_file("b.md", "secret.pdf"), lambda: folder.made_files("b.md"),
                lambda: folder.place_for("b.md", ART, ".png")):  # fmt: skip
        with pytest.raises(NotHereError, match="leads out"):
            ask()
    assert outside.read_text() == "Dear Ana,\n\nSecret.\n"


@links
def test_a_link_within_the_folder_and_a_folder_that_is_a_link_are_as_good_as_any(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    folder = open_folder(tmp_path / "linked")
    (folder.root / "a.md").write_text("Dear Ana,\n\nHi.\n")
    (folder.root / "b.md").symlink_to("a.md")
    folder.write("b.md", NOTE)
    assert folder.read("a.md").draft == NOTE
    assert (folder.root / "b.md").is_symlink()


@links
def test_what_is_no_file_is_no_note_and_is_not_waited_for(folder):
    os.mkfifo(folder.root / "pipe.md")
    (folder.root / "folder.md").mkdir()
    (folder.root / "zero.md").symlink_to("/dev/zero")
    assert folder.notes() == ()
    for name in ("pipe.md", "folder.md", "zero.md"):
        with pytest.raises(NotHereError):
            folder.read(name)


@pytest.mark.parametrize(
    ("wish", "stem"),
    [
        ("Note to Ms. Okafor", "Note to Ms. Okafor"), ("../../etc/passwd", "etc passwd"),
        ("a/b\\c:d", "a b c d"), ("  much   room \n", "much room"), ("con", "con_"),
        ("NUL.x", "NUL_.x"), ("...", ""), ("", ""), ("\0\u202e", ""), (".hidden", "hidden"),
        ("Ana.people", "Ana people"),
        ("Zoe\u0308", "Zo\u00eb"), ("e" * 300, "e" * 80), ("漢" * 300, "漢" * 50),
    ],
)  # fmt: skip
def test_words_become_a_good_name(wish, stem):
    assert stem_of(wish) == stem
    assert not stem or is_safe(f"{stem}.md")


# Notes


def test_the_folder_is_made_and_is_in_the_documents_unless_another_is_named(tmp_path, monkeypatch):
    import platformdirs

    monkeypatch.setattr(platformdirs, "user_documents_path", lambda: tmp_path / "Documents")
    assert open_folder().root == tmp_path / "Documents" / "fairhand"
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="not a folder"):
        open_folder(tmp_path / "file")
    with pytest.raises(FailureError, match="cannot be made"):
        open_folder(tmp_path / "file" / "below")


def test_a_note_is_an_ordinary_note_file(folder):
    made = folder.create(NOTE, "Note to Ms. Okafor")
    assert made.name == "Note to Ms. Okafor.md"
    assert read(folder.root / made.name).note.salutation == "Dear Ms. Okafor,"
    assert folder.read(made.name) == made
    listed = folder.notes()[0]
    assert listed.title == "Note to Ms. Okafor"
    assert (listed.about, listed.beginning, listed.fault) == ("A thank-you", "Thank you.", "")


def test_a_new_note_takes_the_place_of_none(folder):
    made = [folder.create(NOTE, wish).name for wish in ("Ana", "Ana", "ana", "Ana", "", "", "..")]
    assert made == [
        "Ana.md",
        "Ana 2.md",
        "ana 3.md",
        "Ana 4.md",
        "Note.md",
        "Note 2.md",
        "Note 3.md",
    ]
    (folder.root / "Bo cards").mkdir()
    (folder.root / "Cy.people.csv").write_text("name\n")
    assert folder.create(NOTE, "Bo").name == "Bo 2.md"
    assert folder.create(NOTE, "Cy").name == "Cy 2.md"


def test_what_is_written_is_there_whole_with_another_version(folder):
    first = folder.create(NOTE, "Ana")
    other = Draft({**NOTE.fields, "paragraphs": "Thank you twice."})
    second = folder.write("Ana.md", other)
    assert first.version != second.version == folder.version("Ana.md")
    assert folder.read("Ana.md").draft == other
    assert names(folder) == ["Ana.md"]
    assert folder.write("Ana.md", NOTE).version == first.version


def test_a_note_that_is_not_there_is_not_written(folder):
    with pytest.raises(NotHereError):
        folder.write("Ana.md", NOTE)
    assert names(folder) == []


def test_where_the_disk_does_not_take_it_the_note_stays_as_it_was(folder, monkeypatch):
    before = folder.create(NOTE, "Ana")

    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(FailureError, match="No space left"):
        folder.write("Ana.md", Draft({"paragraphs": "Other."}))
    assert folder.read("Ana.md") == before


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.toml", 'salutation = "Dear Ana,"\nparagraphs = "Hi."\n'),
     ("a.yaml", "salutation: Dear Ana,\nparagraphs: Hi.\n"),
     ("a.json", '{"salutation": "Dear Ana,", "paragraphs": "Hi."}')],
)  # fmt: skip
def test_a_note_of_another_form_is_opened_as_its_copy_in_markdown(folder, name, text):
    (folder.root / name).write_text(text)
    assert [one.name for one in folder.notes()] == [name]
    opened = folder.read(name)
    assert opened.name == "a.md"
    assert opened.draft.fields == {"salutation": "Dear Ana,", "paragraphs": "Hi."}
    folder.write("a.md", NOTE)
    assert folder.read(name).draft == NOTE
    assert [one.name for one in folder.notes()] == ["a.md"]
    assert (folder.root / name).read_text() == text
    with pytest.raises(NotHereError):
        folder.write(name, NOTE)


def test_a_broken_note_is_listed_with_what_is_wrong_and_other_files_are_not(folder):
    (folder.root / "broken.md").write_text("---\n: [\n---\n")
    (folder.root / "other.json").write_text("[1, 2]")
    (folder.root / "huge.md").write_bytes(b"a" * 200_000)
    (folder.root / "picture.png").write_bytes(b"")
    listed = {one.name: one.fault for one in folder.notes()}
    assert set(listed) == {"broken.md", "huge.md"}
    assert all(listed.values())
    with pytest.raises(InputError):
        folder.read("broken.md")


# What belongs to a note


def with_its_own(folder, stem="Ana"):
    """Put a note with art, a font, people and cards into the folder."""
    fields = {**NOTE.fields, "hand": f"{stem}.hand.ttf", "art": {"file": f"{stem}.front.png"}}
    note = folder.create(Draft(fields), stem)
    for name in (f"{stem}.front.png", f"{stem}.hand.ttf", f"{stem}.people.csv"):
        (folder.root / name).write_text(name)
    (folder.root / f"{stem} cards").mkdir()
    (folder.root / f"{stem} cards" / "cards.pdf").write_text("made")
    return note


OWN = ["Bo cards", str(Path("Bo cards", "cards.pdf")), "Bo.front.png", "Bo.hand.ttf", "Bo.md",
       "Bo.people.csv"]  # fmt: skip


def test_all_that_is_its_own_moves_along_with_a_renamed_note(folder):
    with_its_own(folder)
    (folder.root / "Anabel.front.png").write_text("another's")
    renamed = folder.rename("Ana.md", "Bo")
    assert renamed.name == "Bo.md"
    assert names(folder) == ["Anabel.front.png", *OWN]
    assert renamed.draft.fields["art"]["file"] == "Bo.front.png"
    assert renamed.draft.fields["hand"] == "Bo.hand.ttf"
    assert folder.read("Bo.md") == renamed


def test_a_copy_has_its_own_art_font_and_people_and_no_cards(folder):
    with_its_own(folder)
    copy = folder.duplicate("Ana.md")
    assert copy.name == "Ana 2.md"
    assert copy.draft.fields["art"]["file"] == "Ana 2.front.png"
    assert (folder.root / "Ana 2.people.csv").read_text() == "Ana.people.csv"
    assert not (folder.root / "Ana 2 cards").exists()
    assert folder.duplicate("Ana 2.md").name == "Ana 3.md"


def test_what_is_removed_can_still_be_found(folder):
    for _ in range(2):
        with_its_own(folder)
        folder.remove("Ana.md")
    removed = folder.root / "Removed notes"
    assert folder.notes() == ()
    assert [path.name for path in folder.root.iterdir()] == ["Removed notes"]
    assert {"Ana.md", "Ana.front.png", "Ana cards", "Ana 2.md", "Ana 2.people.csv"} <= {
        path.name for path in removed.iterdir()
    }
    assert read_draft((removed / "Ana.md").read_bytes(), ".md").fields["salutation"]


def test_a_name_that_is_taken_or_none_is_refused_and_all_stays(folder):
    with_its_own(folder)
    folder.create(NOTE, "Bo")
    before = names(folder)
    for wish in ("Bo", "bo", "BO.md", "", "..", "/"):
        with pytest.raises(InputError) as error:
            folder.rename("Ana.md", wish)
        assert error.value.field == "name"
    assert names(folder) == before
    assert folder.rename("Ana.md", "Ana").name == "Ana.md"
    assert folder.rename("Ana.md", "../Cy.md").name == "Cy.md"
    assert folder.rename("Cy.md", "CY").name == "CY.md"
    assert sorted(name for name in names(folder) if name.endswith(".md")) == ["Bo.md", "CY.md"]


def test_where_one_of_them_cannot_be_moved_none_is(folder, monkeypatch):
    with_its_own(folder)
    before = names(folder)
    (folder.root / "Ana.people.csv").unlink()
    (folder.root / "Ana.people.csv").mkdir()
    (folder.root / "Bo.people.csv").write_text("in the way")
    monkeypatch.setattr(type(folder), "_taken", lambda self: set())
    with pytest.raises(FailureError, match="cannot be moved"):
        folder.rename("Ana.md", "Bo")
    assert names(folder) == sorted([*before, "Bo.people.csv"])


def test_a_new_file_takes_the_place_of_the_old_one_of_its_kind(folder):
    note = with_its_own(folder).name
    place = folder.place_for(note, ART, ".pdf")
    save({place: b"%PDF-"})
    folder.drop_companions(note, ART, besides=place)
    assert folder.companion(note, ART) == place
    assert folder.companion(note, HAND)
    assert folder.companion(note, PEOPLE)
    folder.drop_companions(note, ART)
    assert folder.companion(note, ART) is None


@pytest.mark.parametrize(
    "name",
    ["../Ana.md", "..", "", ".fairhand", "cards.pdf/..", "a/cards.pdf", "cards.exe", "cards.pdf\0",
     "cards", "Cards.md", "..\\Ana.pdf", "/etc/passwd", "x.html", "nothing.pdf"],
)  # fmt: skip
def test_of_what_was_made_only_finished_files_are_given(folder, name):
    note = with_its_own(folder).name
    made = folder.made_folder(note)
    (made / "cards.exe").write_text("")
    (made / "x.html").write_text("")
    (made / ".fairhand").mkdir()
    with pytest.raises(NotHereError):
        folder.made_file(note, name)
    assert [path.name for path in folder.made_files(note)] == ["cards.pdf"]
    assert folder.made_file(note, "cards.pdf").read_text() == "made"


# Files that fields name


@pytest.mark.parametrize("field", ["hand", "front_hand", "address_hand", "layout", "art"])
@pytest.mark.parametrize(
    "value",
    ["/etc/passwd", "../secret.ttf", "..\\secret.ttf", "~/secret.ttf", "~root/a.ttf", "C:\\a.ttf",
     "a/../../secret.ttf", ".ssh/id.ttf", "./../a.png", "a\0.ttf", "//server/a.ttf", ".", ".."],
)  # fmt: skip
def test_a_request_names_no_file_outside_the_folder(folder, field, value):
    for given in (value, {"file": value, "zoom": 2}) if field == "art" else (value,):
        with pytest.raises(InputError, match="does not lie in the folder") as error:
            folder.check_fields({field: given}, {})
        assert error.value.field == field
        # What the person's own file says already is the person's own choice.
        folder.check_fields({field: given}, {field: value})
        with pytest.raises(InputError):
            folder.check_fields({field: given}, {field: "/other.ttf"})


def test_a_request_may_name_what_is_in_the_catalogue_or_beside_the_note(folder):
    (folder.root / "pictures").mkdir()
    for fields in (
        {"hand": "caveat", "layout": "classic", "art": "botanical", "ink": "cmyk(100, 68.5, 0, 1)"},
        {"hand": "Ana.hand.ttf", "art": {"file": "Ana.front.png"}}, {"art": "./pictures/a.png"},
        {"art": None, "hand": 3, "layout": ["a/b"]}, {"paragraphs": "../../etc/passwd"},
    ):  # fmt: skip
        folder.check_fields(fields, {})


@links
def test_a_link_in_the_folder_does_not_help(folder, tmp_path):
    (folder.root / "out").symlink_to(tmp_path)
    with pytest.raises(InputError):
        folder.check_fields({"art": "out/secret.png"}, {})


def test_a_note_begun_for_an_occasion_is_kept_with_its_advice(folder):
    draft = begun("after-rejection", "en", {})
    made = folder.create(draft, "After rejection")
    assert folder.read(made.name).draft == draft
    assert folder.notes()[0].about == draft.comment.splitlines()[0]


def test_what_is_beside_a_note_is_found_for_every_kind(folder):
    note = folder.create(NOTE, "Ana").name
    for kind, endings in COMPANIONS.items():
        for ending in endings:
            place = companions.place_for(folder.root, "Ana", kind, ending)
            save({place: b""})
            folder.drop_companions(note, kind, besides=place)
            assert folder.companion(note, kind) == place
