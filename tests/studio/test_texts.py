"""Every word of the pages is in one file for each language, so that a translation is data."""

import re
from pathlib import Path

import pytest

from fairhand import studio
from fairhand.studio.texts import languages, texts

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


@pytest.mark.parametrize("language", languages())
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
