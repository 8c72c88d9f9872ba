"""Every word of the pages is in one file for each language, so that a translation is data."""

import re
from pathlib import Path

import pytest

from fairhand import studio
from fairhand.studio import texts as texts_room
from fairhand.studio.texts import best_of, texts

HERE = Path(studio.__file__).parent
PAGES = sorted((HERE / "pages").rglob("*.html"))
SCRIPTS = sorted((HERE / "static").glob("*.js"))
_ASKED = re.compile(r"""\b(?:t|counted|has)\(\s*["'`]([a-z0-9_.-]+(?:\$\{[^}]*\})?[^"'`]*)["'`]""")
_NAMED = re.compile(r"""["'`]([a-z]+\.[a-z0-9_.-]+)["'`]""")
_BUILT = re.compile(r"""["'`]([a-z]+(?:\.[a-z]+)*[._])(?:["']\s*~|\$\{)""")
_RULES = r"\.(?:zero|one|two|few|many|other)"


def asked(path):
    """The keys that a page or script asks for by their whole name."""
    source = path.read_text(encoding="utf-8")
    return {
        key for key in _ASKED.findall(source) if "$" not in key and not key.endswith((".", "_"))
    }


def known():
    """The keys of the English texts; a plural by the key without its rule."""
    return {re.sub(_RULES + "$", "", key) for key in texts()}


@pytest.mark.parametrize("path", [*PAGES, *SCRIPTS], ids=lambda path: path.name)
def test_every_word_that_is_asked_for_is_there(path):
    assert asked(path) <= known()


def test_there_are_no_words_that_nothing_asks_for():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in [*PAGES, *SCRIPTS])
    named = set(_NAMED.findall(sources)) | set(_ASKED.findall(sources))
    begun = tuple(_BUILT.findall(sources))
    assert begun
    idle = [key for key in known() - named if not key.startswith(begun)]
    assert not idle


def test_every_plural_has_what_english_needs():
    plurals = {re.sub(_RULES + "$", "", key) for key in texts() if re.search(_RULES + "$", key)}
    assert plurals
    assert all({f"{key}.one", f"{key}.other"} <= texts().keys() for key in plurals)


@pytest.mark.parametrize("language", sorted(one.stem for one in (HERE / "texts").glob("*.toml")))
def test_a_translation_fills_in_what_english_does(language):
    names = re.compile(r"\{(\w+)\}")
    for key, said in texts(language).items():
        if not re.search(_RULES + "$", key):
            assert set(names.findall(said)) == set(names.findall(texts()[key])), key


@pytest.mark.parametrize("path", [*PAGES, *SCRIPTS], ids=lambda path: path.name)
def test_pages_and_scripts_keep_to_the_policy(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert not re.search(
        r"\b(?:eval|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b", source
    )
    assert "http://" not in source
    assert "https://" not in source


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [("", "en"), ("de-DE,de;q=0.9", "en"), ("en-GB,en;q=0.8", "en"), ("x;q=nonsense", "en"),
     ("tlh, en;q=0", "en")],
)  # fmt: skip
def test_a_page_is_in_the_first_language_of_the_browser_that_there_is(accepted, wanted):
    assert best_of(accepted) == wanted


def test_another_language_is_one_more_file(tmp_path, monkeypatch):
    monkeypatch.setattr(texts_room, "_FOLDER", tmp_path)
    (tmp_path / "en.toml").write_text('[start]\ntitle = "Your notes"\n', encoding="utf-8")
    (tmp_path / "de.toml").write_text("", encoding="utf-8")
    assert [best_of(one) for one in ("de-AT", "fr, de;q=0.3, en;q=0.2", "en, de")] == [
        "de",
        "de",
        "en",
    ]
