"""What the rooms tell, in the words of a page: who asks there has no options and no commands.

The rooms below speak to who types commands. What names one is said otherwise here, sentence by
sentence; of a sentence that is not known the part that names one is left out, so that no option
ever reaches a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairhand.errors import FairhandError

_OTHERWISE: Final = tuple(
    (re.compile(said), instead)
    for said, instead in (
        # A table and its columns.
        (r' \(--map \w+="[^"]*" takes the other\)', ", and you can choose the other"),
        (r'say so: --map (\w+)="([^"]*)"', r'choose it: the \1 may be "\2"'),
        (r'say in which, such as --map (\w+)="[^"]*"', r"choose it for the \1"),
        (r'"([^"]*)" and another --map both say', r'"\1" and another choice both say'),
        (r"--map says which column is which; --skip-bad leaves bad rows out\.",
         "Choose which column is which, or leave bad rows out."),
        (r"; --sheet takes another \(", "; not read are ("),
        (r"Say another one with --sheet\.", "Make another sheet the first one."),
        (r"is it another sheet\? See --sheet\.", "is it another sheet? Make that the first one."),
        (r"say --encoding\.", "save the table as UTF-8."),
        (r", or say its encoding with --encoding\.", "."),
        (r"Say --encoding [\w-]+, or save", "Save"),
        (r"Look at --rows, --from and the table\.", "Look at the table."),
        (r"; --card takes another", "; you can choose another"),
        (r": with --no-key they go through the printer once", ""),
        (r"; what a column says is \{\{ gift \}\}\.",
         ", or put in a column of the table with a click."),
        (r"Fill the cell in, or say in the words what to do without: .*", "Fill the cell in."),
        # A page shows no lines, and where a blank is by its first words.
        (r"\[([^\[\]:]+): [^\[\]]*\](?=;| \(line|\.$|$)", r"[\1]"),
        (r"\] \(line \d+\)", "]"),
        (r"This note is for a merge: .*", "It is for many people: give it a table of them."),
        # Cards, hands and files.
        (r' \(the address hand "same" keeps it\)', " (you can choose the card's hand)"),
        (r" \(--address-hand plain sets them in type\)", " (you can have them set in type)"),
        (r"; --address-hand plain sets them in type, and auto in a hand that they read",
         "; you can have them set in type, or in a hand that they read"),
        (r" Or take the card of this stock: --card ([^.]*)\.", r" Or take its own card: \1."),
        (r"--on wants the paper", "wanted is the paper"),
        (r"; on a sheet of its own size leave out --on", "; a sheet of its own size needs no name"),
        (r"Leave out --on: the sheet then", "Choose no paper: the sheet then"),
        (r", or leave out --on\.", ", or choose sheets of the card's own size."),
        (r"Leave --sides out\.", "Print the fronts."),
        (r": --labels \S+@\S+ Print it with --outline on plain paper, and",
         ". Print it on plain paper first, and"),
        (r'write "art: .*" in the note, or --art .*', "choose it as the front."),
        (r"or show it smaller, with white round it: art: \{[^{}]*\}",
         "or show it smaller, whole and with paper round it"),
        (r' \("(?:to|from)"\)', ""),
        (r'Add "(to|from):" with a name', r"Add a name"),
        (r'Write "from: Your Name" above the words, or your name under the closing\.',
         "Write your name under the closing, or your address as the sender's."),
        (r"([Cc])hoose another (place|folder) with -o\.", r"\1hoose another \2."),
        (r"([Ss])tart the same command again, with fewer --jobs", r"\1tart again"),
        (r"([Ss])tart the same command again", r"\1tart again"),
        # Printers and print shops.
        (r": name one with --printer\.", ": choose one of them."),
        (r"Name one with --printer\.", "Choose one."),
        (r"Name one by its address: --printer ", "Or give its address: "),
        (r"Or make the PDF with fairhand write, and print", "Or download the PDF, and print"),
        (r"choose the heaviest with --type \(", "choose the heaviest ("),
        (r"Choose with --tray, --medium:", "Choose one:"),
        (r"; --uncorrected leaves them as they were", ""),
        (r" \(--on letter, --on a4\); fairhand print(?:, with the note,)? asks your printer\. For a"
         r" print shop there is --press\.", ". A print shop prints to the edge."),
        (r" \(--on letter\)", ""),
        (r"over, and --side 2\.", "over, and print the second side."),
        (r": --side 1, then --side 2\.", "."),
        (r"Leave out --side\.", "Print the first side."),
        (r"Leave out --borderless\.", "Print with margins."),
        (r", found fit by fairhand check", ", and found fit for it"),
        (r", and calibrate anew: fairhand calibrate\.", ", and measure the test page again."),
        (r"fairhand calibrate makes one\.", "Measure the test page for one."),
        (r" \(fairhand print --list\)", ""),
        (r"; fairhand print --list shows", "; the list of printers shows"),
        (r"fairhand print --list shows", "The list of printers shows"),
    )
)  # fmt: skip
"""What is said to who types commands, and what on a page."""

_COMMAND = re.compile(
    r"(?<![\w-])(?:--[a-z][\w-]*|-o\b)|\bOCCASION\b|\bfairhand (?:calibrate|check|envelope|fronts"
    r"|guide|hands|layouts|merge|new|occasions|preview|print|schema|stationery|write)\b"
)
_BRACKETED = re.compile(r" ?\([^()]*\)")
_SENTENCE = re.compile(r"(?<=[.?!]) +")
_CLAUSE = re.compile(r"(?<=[;:,]) +")


def on_page(told: str) -> str:
    """Return a sentence of the rooms as a page says it; "" where nothing of it is for a page."""
    for said, instead in _OTHERWISE:
        told = said.sub(instead, told)
    if not _COMMAND.search(told):
        return told
    found = (_without_commands(one) for one in _SENTENCE.split(told))
    return " ".join(one for one in found if one)


def lines_on_page(told: Iterable[str]) -> tuple[str, ...]:
    """Return sentences as a page says them, each once, without those that are not for a page."""
    return tuple(dict.fromkeys(said for one in told if (said := on_page(one))))


def for_page(error: FairhandError) -> FairhandError:
    """Return an error whose sentences are those of a page."""
    message = on_page(error.message) or error.message
    return type(error)(message, hint=on_page(error.hint), place=error.place, field=error.field)


def _without_commands(sentence: str) -> str:
    """Return a sentence without the parts of it that name a command or an option."""
    if not _COMMAND.search(sentence):
        return sentence
    sentence = _BRACKETED.sub(lambda one: "" if _COMMAND.search(one[0]) else one[0], sentence)
    kept = [one for one in _CLAUSE.split(sentence) if not _COMMAND.search(one)]
    text = " ".join(kept).rstrip(" ;:,")
    if not text:
        return ""
    return text if text[-1] in ".?!" else f"{text}."
