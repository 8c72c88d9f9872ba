"""The command line: data on standard output, messages on standard error, honest exit codes."""

import io
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PIL import Image

from fairhand.catalog import fonts_folder
from fairhand.cli import fairhand as group
from fairhand.cli import main
from fairhand.hand.hand import all_hands, hands, types
from fairhand.layout.catalogue import card_layouts
from fairhand.note.model import Note
from fairhand.note.occasions import occasion, occasions
from fairhand.stationery.catalogue import cards, envelopes, inks

LETTER = "Dear Ana,\n\nThank you for the tea.\n\nLove,\nTom\n"
ADDRESSED = f"---\nto: |\n  Ana Lima\n  1 Road\n  Town\nfront: Hello\n---\n{LETTER}"
COMMANDS = sorted(group.commands)
LISTS = {"hands": lambda: {**all_hands(), **types()}, "layouts": card_layouts, "stationery": cards}
PNG = b"\x89PNG\r\n\x1a\n"


class Result:
    def __init__(self, code, out, err):
        self.code = code
        self.bytes = out
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode()

    @property
    def files(self):
        return [Path(line) for line in self.out.splitlines()]

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(capsysbinary, monkeypatch, tmp_path):
    """Return a function that runs the command line in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        return Result(code, *capsysbinary.readouterr())

    return run


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(ADDRESSED, encoding="utf-8")
    return path


def spawn(*arguments, **options):
    command = [sys.executable, "-m", "fairhand", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)


def test_the_commands_of_the_design_are_there(run):
    assert {"new", "write", "preview", "check", "envelope", "hands", "layouts", "occasions",
            "stationery", "schema"} <= set(COMMANDS)  # fmt: skip
    overview = run("--help")
    assert overview.code == 0
    for name, command in group.commands.items():
        assert f"  {name} " in overview.out
        assert command.short_help in overview.out


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_says_what_it_does(run, name, flag):
    result = run(name, flag)
    assert result.code == 0
    assert result.err == ""
    assert result.out.startswith(f"Usage: fairhand {name}")
    first = group.commands[name].help.split("\n")[0]
    assert first.split(".")[0] in " ".join(result.out.split())
    assert max(map(len, result.out.splitlines())) <= 100


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name):
    silent = [
        option.name
        for option in group.commands[name].params
        if option.param_type_name == "option" and not option.help
    ]
    assert silent == []


def test_without_a_command_the_help_comes_and_the_exit_code_is_2(run):
    result = run()
    assert (result.code, result.out) == (2, "")
    assert "Usage: fairhand" in result.err


@pytest.mark.parametrize(
    "arguments",
    [["wriet"], ["write"], ["write", "a.md", "b.md"], ["write", "note.md", "--nothing"],
     ["write", "note.md", "--colour", "blue"], ["write", "note.md", "--neatness", "much"],
     ["preview", "note.md", "--dpi", "7"], ["schema", "moon"], ["hands", "a", "b"],
     ["write", "note.md", "--neatness", "nine"], ["write", "note.md", "--card", ""],
     ["write", "note.md", "--hand"], ["--nothing"]],
)  # fmt: skip
def test_a_wrong_use_ends_with_2_and_makes_nothing(run, note, arguments):
    before = sorted(note.parent.iterdir())
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    sentence, hint = result.err.removesuffix("\n").split("\n")
    assert re.match(r"fairhand: [^']+[.?]$", sentence)
    assert hint.startswith("  ")
    assert sorted(note.parent.iterdir()) == before


def test_the_version_is_that_of_the_package(run):
    import fairhand

    assert run("--version").out == f"fairhand {fairhand.__version__}\n"


def test_write_puts_card_and_envelope_beside_the_note(run, note):
    result = run("write", note)
    assert result.code == 0
    assert result.files == [note.with_name("note.card.pdf"), note.with_name("note.envelope.pdf")]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in result.files)
    assert "small letters" in result.err
    assert "the right inside" in result.err


@pytest.mark.parametrize(
    ("card", "edge"),
    [("a7", "short"), ("a7-tent", "short"), ("a7-flat", "long"), ("a7-flat-wide", "short"),
     ("postcard", "short"), ("hagaki", "long")],
)  # fmt: skip
def test_write_names_the_edge_over_which_any_card_is_turned(run, note, card, edge):
    """A back is right when it stands as its front does once the card is turned like a page."""
    told = run("write", note, "--card", card, "--art", "stripes").err
    assert f'print both, "flip on {edge} edge".' in told
    assert "written on" in told
    assert "and the front, in" not in told


def test_what_is_told_of_a_press_file_is_for_the_shop_not_for_the_printer_at_home(run, note):
    told = run("write", note, "--art", "stripes", "--press").err
    assert "PDF/X-4" in told
    assert "FOGRA39" in told
    assert "flip" not in told


@pytest.mark.parametrize("options", [[], ["--outlines"], ["--no-marks"]])
def test_the_envelope_alone_goes_to_a_print_shop_as_it_goes_with_its_card(run, note, options):
    run("write", note, "--press", *options, "-o", "both")
    alone = run("envelope", note, "--press", *options)
    assert alone.files == [note.with_name("note.envelope.press.pdf")]
    assert "PDF/X-4" in alone.err
    assert alone.files[0].read_bytes() == Path("both/note.envelope.press.pdf").read_bytes()


def test_paper_that_bears_less_ink_gets_less_or_is_refused(run, note):
    art = ("--art", "dark.tif", "--card", "a7", "--press")
    Image.merge("RGB", [Image.new("L", (1400, 1900), tone) for tone in (4, 6, 30)]).save("dark.tif")
    (card, *_) = run("write", note, *art, "--most-ink", "210", "--ink", "black").files
    assert run("check", card, "--ink-limit", "211").code == 0
    (card, *_) = run("write", note, *art, "--ink", "black").files
    assert run("check", card, "--ink-limit", "211").code == 2
    refused = run("write", note, "--press", "--most-ink", "150", "--ink", "blue-black")
    assert (refused.code, refused.out) == (2, "")
    assert "228" in refused.err
    assert run("write", note, "--press", "--most-ink", "401").code == 2
    assert "--press" in run("write", note, "--most-ink", "240").err


def test_what_is_said_of_a_press_file_is_in_the_json_too(run, note):
    told = run("write", note, "--press", "--json").json
    assert any("PDF/X-4" in notice for notice in told["notices"])


def test_write_names_its_files_after_the_note_as_it_was_given(run, note):
    assert run("write", "note.md").files == [Path("note.card.pdf"), Path("note.envelope.pdf")]


def test_dash_reads_standard_input_and_writes_the_card_to_standard_output(run, tmp_path):
    result = run("write", "-", "-o", "-", stdin=ADDRESSED.encode())
    assert result.code == 0
    assert result.bytes.startswith(b"%PDF-")
    assert result.bytes.rstrip().endswith(b"%%EOF")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("letter", [ADDRESSED, '{"paragraphs": "Hi.", "to": ["Ana", "1 Road"]}'])
def test_standard_input_may_be_markdown_or_json(run, letter):
    result = run("check", "-", "--json", stdin=letter.encode())
    assert result.code == 0
    assert result.json["envelope"] == "a2"


def test_standard_input_is_refused_by_its_name(run, tmp_path):
    result = run("write", "-", stdin=b"Dear [name],\n")
    assert result.code == 2
    assert result.err.startswith("fairhand: standard input, line 1: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["write", "envelope"])
def test_a_folder_for_the_output_is_made_when_it_is_missing(run, note, command):
    result = run(command, note, "-o", "deep/out")
    assert result.code == 0
    assert {path.parent for path in result.files} == {Path("deep/out")}
    assert all(path.is_file() for path in result.files)


def test_the_ending_of_the_output_chooses_its_kind(run, note):
    svg = run("write", note, "-o", "card.svg").files
    assert all("<svg" in path.read_text(encoding="utf-8")[:300] for path in svg)
    png = run("write", note, "-o", "out/card.png").files
    assert all(path.read_bytes().startswith(PNG) for path in png)
    (card, envelope) = run("write", note, "-o", "Card.PDF").files
    assert (card.name, envelope.name) == ("Card.PDF", "Card.envelope.PDF")


@pytest.mark.parametrize("output", ["card.docx", "card.jpg", "out/card.tex"])
def test_an_unknown_ending_is_refused_with_the_known_ones(run, note, output):
    result = run("write", note, "-o", output)
    assert (result.code, result.out) == (2, "")
    assert ".pdf, .png, .svg" in result.err
    assert list(note.parent.iterdir()) == [note]


def test_the_envelope_can_be_left_out_and_made_alone(run, note):
    assert [path.name for path in run("write", note, "--no-envelope").files] == ["note.card.pdf"]
    assert [path.name for path in run("envelope", note).files] == ["note.envelope.pdf"]
    assert run("envelope", note, "-o", "address.svg").files == [Path("address.svg")]


def test_what_is_told_of_an_envelope_alone_is_not_about_its_card(run, note):
    told = run("envelope", note, "--card", "a2", "--art", "terrazzo").err
    assert "flip on" not in told
    assert "borderless" not in told


def test_a_white_edge_is_foretold_once_and_for_printing_at_home_alone(run, note):
    assert run("write", note, "--art", "terrazzo").err.count("white") == 1
    assert "white" not in run("write", note, "--art", "terrazzo", "--press").err


def test_the_envelope_goes_to_standard_output_too(run, note):
    result = run("envelope", note, "-o", "-")
    assert result.code == 0
    assert result.bytes.startswith(b"%PDF-")
    assert list(note.parent.iterdir()) == [note]


def test_an_envelope_for_nobody_is_refused(run):
    result = run("envelope", "-", stdin=LETTER.encode())
    assert (result.code, result.out) == (2, "")
    assert '"to"' in result.err


def test_an_envelope_for_a_postcard_is_refused_for_the_right_reason(run, note):
    result = run("envelope", note, "--card", "postcard")
    assert (result.code, result.out) == (2, "")
    assert "postcard" in result.err
    assert 'Add "to:"' not in result.err


@pytest.mark.parametrize(
    ("arguments", "start"),
    [(["write"], b"%PDF-"), (["envelope"], b"%PDF-"), (["preview"], PNG),
     (["preview", "--layouts"], PNG), (["guide"], b"%PDF-")],
)  # fmt: skip
@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_every_file_that_stands_alone_can_go_to_standard_output(
    run, note, arguments, start, output
):
    result = run(*arguments, note, "-o", output)
    assert result.code == 0
    assert result.bytes.startswith(start)
    assert list(note.parent.iterdir()) == [note]


def test_the_test_page_goes_to_standard_output_too(run, tmp_path):
    assert run("calibrate", "-o", "-").bytes.startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_comes_by_a_pipe_has_its_files_here(run, note):
    os.mkfifo("pipe")
    writer = threading.Thread(target=lambda: Path("pipe").write_text(ADDRESSED, encoding="utf-8"))
    writer.start()
    result = run("write", "pipe")
    writer.join()
    assert result.files == [Path("note.card.pdf"), Path("note.envelope.pdf")]


@pytest.mark.parametrize("name", ["pipe", "pipe.pdf"])
def test_a_card_is_written_into_a_pipe_and_the_pipe_stays(run, note, name):
    os.mkfifo(name)
    read = []
    reader = threading.Thread(target=lambda: read.append(Path(name).read_bytes()))
    reader.start()
    assert run("write", note, "-o", name).code == 0
    reader.join()
    assert read[0].startswith(b"%PDF-")
    assert Path(name).is_fifo()


def test_a_link_keeps_pointing_where_it_did_and_its_file_is_written(run, note):
    Path("deep").mkdir()
    Path("link.pdf").symlink_to("deep/card.pdf")
    assert run("write", note, "-o", "link.pdf", "--no-envelope").files == [Path("link.pdf")]
    assert Path("link.pdf").is_symlink()
    assert Path("deep/card.pdf").read_bytes().startswith(b"%PDF-")


def test_previews_are_added_on_demand(run, note):
    files = run("write", note, "--preview", "-o", "out").files
    assert files[:2] == [Path("out/note.card.pdf"), Path("out/note.envelope.pdf")]
    assert Path("out/note.preview.png") in files
    assert all(path.read_bytes().startswith(PNG) for path in files[2:])


def test_preview_makes_one_picture(run, note):
    result = run("preview", note, "--dpi", "40")
    assert (result.code, result.files) == (0, [note.with_name("note.preview.png")])
    assert result.files[0].read_bytes().startswith(PNG)
    for wrong in ("preview.pdf", "folder"):
        assert run("preview", note, "-o", wrong).code == 2


@pytest.mark.parametrize(
    ("options", "expected"),
    [(["--card", "A7"], {"card": "a7"}), (["--hand", "Caveat"], {"hand": "caveat"}),
     (["--ink", "sepia"], {"ink": "sepia"}), (["--ink", "Blue"], {"ink": "royal-blue"}),
      (["--ink", "#1B2A52"], {"ink": "#1b2a52"}),
     (["--layout", "centred"], {"layout": "centred"}), (["--card", "5x7"], {"card": "a7"})],
)  # fmt: skip
def test_an_option_takes_the_place_of_what_the_note_says(run, note, options, expected):
    settings = "hand: kalam\ncard: a2\nink: black\nlayout: classic\n"
    note.write_text(f"---\n{settings}---\n{LETTER}", encoding="utf-8")
    told = run("write", note, "--json", *options).json
    usual = {"hand": "kalam", "card": "a2", "ink": "black", "layout": "classic"}
    assert {key: told[key] for key in usual} == usual | expected


def test_large_writing_is_large(run, note):
    assert run("check", note, "--json", "--large").json["x_height_mm"] >= 3.5


def test_a_font_or_layout_of_the_users_own_is_taken_from_where_they_stand(run, note, tmp_path):
    deep = tmp_path / "letters"
    deep.mkdir()
    letter = deep / "note.md"
    letter.write_text(LETTER, encoding="utf-8")
    (tmp_path / "mine.ttf").write_bytes(
        (fonts_folder() / "kalam" / hands()["kalam"].font).read_bytes()
    )
    own = 'title = "Mine"\nkinds = ["folded"]\n[flow]\nleft = [["inside-left"]]\n'
    (tmp_path / "mine.toml").write_text(own, encoding="utf-8")
    told = run("write", letter, "--hand", "mine.ttf", "--layout", "mine.toml", "--json").json
    assert (told["hand"], told["layout"], told["panels"]) == ("mine", "mine", ["inside-left"])
    refused = run("write", letter, "--hand", "letters/mine.ttf")
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize("command", ["write", "envelope"])
def test_what_was_made_is_told_as_json(run, note, command):
    result = run(command, note, "--json", "-o", "out")
    assert result.err == ""
    assert all(Path(file).is_file() for file in result.json["files"])
    assert result.json["card"] == "a2"
    assert result.json["panels"] == ["inside-right", "front"]


def test_check_tells_what_fits_and_makes_no_file(run, note):
    plain = run("check", note)
    told = run("check", note, "--json").json
    assert plain.code == 0
    assert plain.out.startswith(
        "9 words: A2 folded card, written on the right inside, in Mynerve, small letters"
    )
    assert "with words on the front, " in plain.out
    assert not re.search("x-height|panel|inside-", plain.out)
    assert (told["ok"], told["words"], told["envelope"]) == (True, 9, "a2")
    assert list(note.parent.iterdir()) == [note]


@pytest.mark.parametrize(
    ("letter", "line"), [("Dear [name],\n", 1), ("Dear Ana,\n\nЖ 你\n", 3), ("", 0)]
)
def test_check_tells_what_is_wrong_as_json_too(run, note, letter, line):
    note.write_text(letter, encoding="utf-8")
    told = run("check", note, "--json")
    plain = run("check", note)
    assert told.code == plain.code == 2
    assert (told.err, plain.out) == ("", "")
    problem = told.json["problem"]
    assert (told.json["ok"], problem["line"], problem["file"]) == (False, line, str(note))
    assert problem["message"] in plain.err


@pytest.mark.parametrize("command", ["write", "preview", "check", "envelope"])
@pytest.mark.parametrize("letter", ["Dear [name],\n", "---\nhnd: a\n---\nDear Ana,\n", ""])
def test_every_command_refuses_a_bad_note_in_the_same_words(run, note, command, letter):
    note.write_text(letter, encoding="utf-8")
    result = run(command, note)
    assert (result.code, result.out) == (2, "")
    assert result.err == run("write", note).err
    assert list(note.parent.iterdir()) == [note]


@pytest.mark.parametrize("command", LISTS)
def test_a_list_names_everything_there_is(run, command):
    known = LISTS[command]()
    plain = run(command)
    assert (plain.code, plain.err) == (0, "")
    named = {line.split()[0] for line in plain.out.splitlines() if line.startswith("  ")}
    assert set(known) <= named
    told = run(command, "--json").json
    entries = told["cards"] if command == "stationery" else told
    key = "hand" if command == "hands" else "name"
    assert {entry[key] for entry in entries} == set(known)


def test_the_list_of_stationery_has_cards_envelopes_and_inks(run):
    told = run("stationery", "--json").json
    assert {entry["name"] for entry in told["envelopes"]} == set(envelopes())
    assert {entry["name"] for entry in told["inks"]} == set(inks())


@pytest.mark.parametrize("command", LISTS)
def test_each_entry_of_a_list_can_be_told_alone(run, command):
    for name in LISTS[command]():
        plain = run(command, name.upper())
        assert plain.code == 0
        assert name in plain.out
        told = run(command, name, "--json").json
        first = told[0] if command == "stationery" else told
        assert name in (first["hand"] if command == "hands" else first["name"])


def test_occasions_are_listed_with_their_languages_and_shown_by_name(run):
    told = run("occasions", "--json").json
    assert {entry["occasion"] for entry in told} == {entry.name for entry in occasions()}
    assert all(entry["summary"] and "en" in entry["languages"] for entry in told)
    plain = run("occasions").out
    assert all(entry["occasion"] in plain and entry["summary"] in plain for entry in told)
    assert run("occasions", "condolence").out == occasion("condolence").text
    shown = run("occasions", "condolence", "--json").json
    assert shown["blanks"] == occasion("condolence").blanks


@pytest.mark.parametrize(
    ("command", "name", "near"),
    [("hands", "cavet", "caveat"), ("layouts", "clasic", "classic"),
     ("occasions", "condolense", "condolence"), ("stationery", "a77", "a7"),
     ("stationery", "royal-blu", "royal-blue"), ("stationery", "monarc", "monarch")],
)  # fmt: skip
def test_an_unknown_name_in_a_list_is_refused_with_the_nearest(run, command, name, near):
    result = run(command, name)
    assert (result.code, result.out) == (2, "")
    assert f'Did you mean "{near}"?' in result.err


@pytest.mark.parametrize("what", ["note", "layout", "hand"])
def test_a_schema_is_json_schema(run, what):
    schema = run("schema", what).json
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


def test_the_schema_of_a_note_has_its_fields_as_they_are_written(run):
    properties = run("schema", "note").json["properties"]
    assert set(properties) == {field.alias or name for name, field in Note.model_fields.items()}
    assert "from" in properties
    assert all(entry["description"] for entry in properties.values())


def test_what_the_disk_refuses_is_a_failure_and_leaves_nothing_behind(run, note):
    (note.parent / "taken").write_text("mine", encoding="utf-8")
    before = sorted(note.parent.rglob("*"))
    for output in ("taken", "taken/card.pdf"):
        result = run("write", note, "-o", output)
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith("fairhand: ")
    assert run("new", "thank-you", "-o", "x" * 300).code == 1
    assert sorted(note.parent.rglob("*")) == before


def test_a_new_card_takes_the_place_of_the_old_one_whole(run, note):
    (card, _) = run("write", note).files
    first = card.read_bytes()
    assert run("write", note).files[0].read_bytes() == first
    assert run("write", note, "--seed", "2").files[0].read_bytes() != first
    note.write_text("Dear [name],\n", encoding="utf-8")
    kept = card.read_bytes()
    assert run("write", note).code == 2
    assert card.read_bytes() == kept
    assert len(list(note.parent.iterdir())) == 3


def test_as_a_program_it_reads_and_writes_through_pipes():
    done = spawn("write", "-", "-o", "-", input=ADDRESSED.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [("write - <&-", "Standard input is closed."), ("write note.md -o - >&-", "output is closed."),
     ("write note.md >/dev/full", "output cannot be written: No space left on device."),
     ("write note.md -o - >/dev/full", "output cannot be written: No space left on device."),
     ("hands >/dev/full", "output cannot be written: No space left on device."),
     ("new thank-you >/dev/full", "output cannot be written: No space left on device."),
     ("write note.md -o /proc/card.pdf", '"/proc/card.pdf" cannot be written: ')],
)  # fmt: skip
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_as_a_program_it_says_so_when_its_streams_are_closed_or_full(note, arguments, sentence):
    command = ["bash", "-c", f"{sys.executable} -m fairhand {arguments}"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, cwd=note.parent)
    assert done.returncode == (2 if "<&-" in arguments else 1)
    first, *rest = done.stderr.decode().splitlines()
    assert first.startswith("fairhand: ")
    assert sentence in first
    assert all(line.startswith("  ") for line in rest)


def test_as_a_program_it_says_so_when_its_folder_is_gone(note, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    command = ["bash", "-c", f"cd {gone}; rmdir {gone}; {sys.executable} -m fairhand check {note}"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0 or done.stderr.startswith(b"fairhand: The folder that you are in")


def test_as_a_program_it_ends_with_2_and_one_sentence(tmp_path):
    done = spawn("write", "gone.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b'fairhand: There is no file "gone.md".')
    assert list(tmp_path.iterdir()) == []


def test_as_a_program_it_prints_letters_of_every_script_in_a_poor_locale():
    poor = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = spawn("occasions", "condolence", env=poor)
    assert done.returncode == 0, done.stderr.decode()
    refused = spawn("check", "-", input="Dear Ana,\n\nЖ 你\n".encode(), env=poor)
    assert refused.returncode == 2, refused.stderr.decode()
    assert b"Traceback" not in refused.stderr


def test_as_a_program_it_is_silent_when_its_reader_goes_away():
    command = f"{sys.executable} -m fairhand stationery --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=True)
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
