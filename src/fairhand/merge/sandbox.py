"""Words with `{{ first_name }}` in them, compiled once and filled in for each row.

Jinja2's sandbox, with what a note has no use for taken away: attributes, includes, macros,
calls, and whatever could run for ever or fill the memory. A row's cells are values and never
part of the words that are compiled, so nothing in a cell is run.
"""

from __future__ import annotations

import re
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import Template, TemplateError, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from fairhand.errors import InputError, Place, did_you_mean
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
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from jinja2.runtime import Context

BREAK, BACKSLASH = "\ue003", "\ue005"
"""A line break and a backslash of a cell, until the letter is in its parts."""

_LARGEST_NUMBER = 10**15
_ONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If,
    nodes.CondExpr, nodes.For, nodes.Assign, nodes.Filter, nodes.Test, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div,
    nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos, nodes.Concat, nodes.Getattr, nodes.Getitem,
    nodes.Slice, nodes.Call, nodes.List, nodes.Tuple, nodes.Keyword,
)  # fmt: skip
_OF_LOOPS = {"cycle", "first", "index", "index0", "last", "length", "nextitem", "previtem",
             "revindex", "revindex0"}  # fmt: skip
_TURN = "one turn of a loop"


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


class _Environment(ImmutableSandboxedEnvironment):
    """What compiled words see, and what they have used up of it."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})

    def __init__(self) -> None:
        super().__init__(
            undefined=Empty, finalize=self._written, keep_trailing_newline=True, cache_size=0
        )
        self.globals = {"range": safe_range}
        self.filters = {**FILTERS, "d": FILTERS["default"], _TURN: self._turns}
        self.tests = dict(TESTS)
        self.turns = 0
        self.missing: list[str] = []

    def _written(self, value: Any) -> Any:
        """Return a value as it is written: text or a number, and of an empty cell nothing."""
        if isinstance(value, str):
            if "\n" in value or "\\" in value:
                return _ONE_BREAK.sub(f"{BREAK}\n", value.replace("\\", BACKSLASH))
            return value
        if isinstance(value, Empty):
            self.missing.append(_name_of(value))
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
        if isinstance(value, Undefined):
            # The words of an "if" without an "else" that is not so.
            return ""
        raise InputError(
            "What stands in {{ }} is no text.", hint='Join a list: {{ children | join(", ") }}'
        )

    def _turns(self, things: Any) -> Iterator[Any]:
        for thing in listed(things):
            self.turns += 1
            if self.turns > MOST_TURNS:
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
            seen = _Seen(before)
            tree = seen.visit(tree)
            self.used = seen.used
            self.written = frozenset(seen.written)
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
        environment, template = _environment(), self.template
        environment.turns = 0
        environment.missing.clear()
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
            environment.missing.append(str(error.message))
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError,
                AttributeError, RecursionError, MemoryError) as error:  # fmt: skip
            raise InputError(
                f"The words cannot be filled in: {_plain(str(error))}.",
                hint="A cell is text; {{ amount | int }} makes a number of it.",
                place=self._place(error.__traceback__),
            ) from None
        if environment.missing:
            self._refuse_missing(list(dict.fromkeys(environment.missing)))
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


class _Seen(NodeTransformer):
    """Refuses what no note needs, makes the rest safe, and notes which columns it names."""

    def __init__(self, before: int) -> None:
        self.before = before
        self.used: dict[str, int] = {}
        self.written: set[str] = set()
        self.own: list[str] = []
        self.asking = False

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        if not isinstance(node, _ALLOWED):
            word = re.sub(r"(?<!^)([A-Z])", r" \1", type(node).__name__).lower()
            raise self._refused(
                node, f'"{word}" has no place in the words of a note.',
                "Use {{ name }}, {% if %}, {% for %} and {% set %}.",
            )  # fmt: skip
        return super().generic_visit(node, *args, **kwargs)

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        if node.ctx == "store":
            self.own.append(node.name)
        elif node.name not in self.own and node.name not in ("range", "loop"):
            self.used.setdefault(node.name, self.before + node.lineno)
            if not self.asking:
                self.written.add(node.name)
        return node

    def visit_If(self, node: nodes.If) -> nodes.Node:  # noqa: N802
        node.test = self._asked(node.test)
        node.body = self.visit_all(node.body)
        node.elif_ = self.visit_all(node.elif_)
        node.else_ = self.visit_all(node.else_)
        return node

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        node.test = self._asked(node.test)
        node.expr1 = self.visit(node.expr1)
        if node.expr2:
            node.expr2 = self.visit(node.expr2)
        return node

    def visit_all(self, several: list[Any]) -> list[Any]:
        return [self.visit(node) for node in several]

    def _asked(self, test: nodes.Node) -> Any:
        before, self.asking = self.asking, True
        seen = self.visit(test)
        self.asking = before
        return seen

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        if node.recursive:
            raise self._refused(node, "A loop may not call itself.")
        things = self.visit(node.iter)
        node.iter = nodes.Filter(things, _TURN, [], [], None, None, lineno=node.lineno)
        known = len(self.own)
        node.target = self.visit(node.target)
        node.test = node.test and self._asked(node.test)
        node.body = self.visit_all(node.body)
        del self.own[known:]
        node.else_ = self.visit_all(node.else_)
        return node

    def visit_Assign(self, node: nodes.Assign) -> nodes.Node:  # noqa: N802
        # What is set may be made of the column of that name.
        node.node = self.visit(node.node)
        node.target = self.visit(node.target)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        parts = nodes.List(self.visit_all(node.nodes), lineno=node.lineno)
        return nodes.Filter(parts, "join", [], [], None, None, lineno=node.lineno)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        of_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop"
        if not (of_loop and node.attr in _OF_LOOPS):
            raise self._refused(
                node, f'".{node.attr}" means nothing in the words of a note.',
                "Write a name as it is, and a change of it as {{ name | upper }}.",
            )  # fmt: skip
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        by_number = isinstance(node.arg, nodes.Slice) or (
            isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)
        )
        if not by_number:
            raise self._refused(
                node, "In square brackets behind a name stands a number.", "{{ names[0] }}"
            )
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        called = node.node
        is_range = isinstance(called, nodes.Name) and called.name == "range"
        is_cycle = isinstance(called, nodes.Getattr) and called.attr == "cycle"
        if not (is_range or is_cycle) or node.dyn_args or node.dyn_kwargs:
            raise self._refused(node, "Nothing but range() can be called in the words of a note.")
        return self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        self._refuse_unknown(node, "filter", FILTERS)
        return self.generic_visit(node)

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802
        self._refuse_unknown(node, "test", TESTS)
        return self.generic_visit(node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        cells = [side.name for side in sides if isinstance(side, nodes.Name)]
        cells = [name for name in cells if name not in self.own]
        numbers = [side.value for side in sides if isinstance(side, nodes.Const)
                   and type(side.value) in (int, float)]  # fmt: skip
        if cells and numbers:
            raise self._refused(
                node, f'"{cells[0]}" is text and never equals the number {numbers[0]}.',
                f"Write {cells[0]} | int, or put the figures in quotes.",
            )  # fmt: skip
        return self.generic_visit(node)

    def _refuse_unknown(
        self, node: nodes.Filter | nodes.Test, kind: str, known: Mapping[str, Any]
    ) -> None:
        if node.name not in known:
            hint = did_you_mean(node.name, known) or f"There are: {', '.join(sorted(known))}."
            raise self._refused(node, f'There is no {kind} named "{node.name}".', hint)
        if node.dyn_args or node.dyn_kwargs:
            raise self._refused(node, "A * has no place before what a filter is given.")

    def _refused(self, node: nodes.Node, message: str, hint: str = "") -> InputError:
        return InputError(message, hint=hint, place=Place(line=self.before + node.lineno))


@cache
def _environment() -> _Environment:
    return _Environment()


def _name_of(value: Empty) -> str:
    return str(value._undefined_name or "")


def _plain(message: str | None) -> str:
    return " ".join((message or "").split()).rstrip(".")
