"""Words with `{{ first_name }}` in them, compiled once and filled in for each row.

Jinja2's sandbox, with what a note has no use for taken away: attributes, includes, macros,
calls, and whatever could run for ever or fill the memory. A row's cells are values and never
part of the words that are compiled, so nothing in a cell is run.
"""

from __future__ import annotations

import re
from functools import cache
from threading import local
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import Template, TemplateError, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from fairhand.errors import InputError, Place
from fairhand.merge.allowed import TURN, looked_through
from fairhand.merge.filters import (
    FILTERS,
    LONGEST_TEXT,
    MOST_TURNS,
    TESTS,
    listed,
    safe_range,
    short_text,
    too_long,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from jinja2.runtime import Context

BREAK, BACKSLASH = "\ue003", "\ue005"
"""A line break and a backslash of a cell, until the letter is in its parts."""

_LARGEST_NUMBER = 10**15
_ONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


class MissingFieldError(InputError):
    """A cell is empty that the words need."""


class _EmptyCellError(UndefinedError):
    """An empty cell was written or counted with; its message is the column's name."""


class Empty(Undefined):
    """An empty cell: not true, without length, equal to "", and never written."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Undefined) or other == ""

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Undefined.__hash__

    def __str__(self) -> str:
        self._fail_with_undefined_error()


def empty(column: str) -> Empty:
    """Return the value of a column's empty cell."""
    return Empty(hint=column, name=column, exc=_EmptyCellError)


class _UsedUp(local):
    """What the words that a thread fills in have used up so far, and lack."""

    def __init__(self) -> None:
        self.turns = 0
        self.missing: list[str] = []


class _Environment(ImmutableSandboxedEnvironment):
    """What compiled words see, and what they have used up of it."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})

    def __init__(self) -> None:
        super().__init__(
            undefined=Empty, finalize=self._written, keep_trailing_newline=True, cache_size=0
        )
        self.globals = {"range": safe_range}
        self.filters = {**FILTERS, "d": FILTERS["default"], TURN: self._turns}
        self.tests = dict(TESTS)
        self.used_up = _UsedUp()

    def _written(self, value: Any) -> Any:
        """Return a value as it is written: text or a number, and of an empty cell nothing."""
        if isinstance(value, str):
            if "\n" in value or "\\" in value:
                return _ONE_BREAK.sub(f"{BREAK}\n", value.replace("\\", BACKSLASH))
            return value
        if isinstance(value, Empty):
            self.used_up.missing.append(_name_of(value))
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
        if isinstance(value, Undefined):
            # The words of an "if" without an "else" that is not so.
            return ""
        raise InputError(
            "What stands in {{ }} is no text.", hint='Join a list: {{ children | join(", ") }}'
        )

    def _turns(self, things: Any) -> Iterator[Any]:
        for thing in listed(things):
            self.used_up.turns += 1
            if self.used_up.turns > MOST_TURNS:
                raise InputError(f"The loops take more than {MOST_TURNS:,} turns.")
            yield thing

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Count with numbers and join text; anything else is refused."""
        for value in (left, right):
            if isinstance(value, Undefined):
                str(value)
        texts = isinstance(left, str) + isinstance(right, str)
        if operator == "+" and texts == 2:
            return short_text(left + right)
        numbers = all(isinstance(value, int | float) for value in (left, right))
        if texts or not numbers:
            raise InputError(
                f'"{operator}" counts, and needs a number on both sides.',
                hint="A cell is text: write {{ amount | int }}, and ~ to join words.",
            )
        if max(abs(left), abs(right)) > _LARGEST_NUMBER:
            raise InputError("A number in the words is too large.")
        return super().call_binop(context, operator, left, right)


class Words:
    """Words with segments, ready to be filled in.

    `used` are the names of columns in them, each with its first line in the file; `written`
    are those that are written, and not asked for in conditions only.
    """

    def __init__(self, source: str, before: int = 0) -> None:
        """Compile words that begin `before` lines down in their file; InputError with a line."""
        self.before = before
        environment = _environment()
        try:
            tree = environment.parse(source)
            tree, self.used, self.written = looked_through(tree, before)
            code = environment.compile(tree)
        except TemplateSyntaxError as error:
            spaced = "end of print statement" in str(error.message)
            raise InputError(
                f"The words in {{{{ }}}} and {{% %}} cannot be read: {_plain(error.message)}.",
                hint='A name has no spaces: the column "Gift item" is {{ gift_item }}.' * spaced,
                place=Place(line=before + error.lineno),
            ) from None
        except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            # What Jinja makes of them is Python, which nests 20 loops and no more.
            raise InputError("The words are too deeply nested.") from None
        self.template = Template.from_code(environment, code, environment.globals)

    def filled(self, cells: dict[str, Any]) -> str:
        """Return the words with a row's cells in them.

        InputError (`MissingFieldError` for empty cells) with the line of the words.
        """
        used_up, template = _environment().used_up, self.template
        used_up.turns = 0
        used_up.missing.clear()
        context = template.new_context(cells)
        chunks: list[str] = []
        length = 0
        try:
            for chunk in template.root_render_func(context):
                chunks.append(chunk)
                length += len(chunk)
                if length > LONGEST_TEXT:
                    raise too_long()
        except InputError as error:
            raise error.at(self._place(error.__traceback__)) from None
        except _EmptyCellError as error:
            used_up.missing.append(str(error.message))
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError,
                AttributeError, RecursionError, MemoryError) as error:  # fmt: skip
            raise InputError(
                f"The words cannot be filled in: {_plain(str(error))}.",
                hint="A cell is text; {{ amount | int }} makes a number of it.",
                place=self._place(error.__traceback__),
            ) from None
        if used_up.missing:
            self._refuse_missing(list(dict.fromkeys(used_up.missing)))
        return "".join(chunks)

    def _refuse_missing(self, columns: list[str]) -> NoReturn:
        named = " and ".join(f'"{column}"' for column in columns)
        one = columns[0]
        raise MissingFieldError(
            f"{named} {'is' if len(columns) == 1 else 'are'} empty, and the words need "
            f"{'it' if len(columns) == 1 else 'them'}.",
            hint="Fill the cell in, or say in the words what to do without: "
            f'{{{{ {one} | default("...") }}}}, {{% if {one} %}}...{{% endif %}}',
            place=Place(line=self.used.get(one, 0)),
            field=", ".join(columns),
        )

    def _place(self, trace: TracebackType | None) -> Place:
        """Return the line of the words at which filling them in failed."""
        line = 0
        while trace:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = self.before + self.template.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return Place(line=line)


@cache
def _environment() -> _Environment:
    return _Environment()


def _name_of(value: Empty) -> str:
    return str(value._undefined_name or "")


def _plain(message: str | None) -> str:
    return " ".join((message or "").split()).rstrip(".")
