"""What words may say in `{{ }}` and `{% %}`: a list of all that is allowed, and nothing else.

Jinja parses the words into a tree; `looked_through` walks it before it is compiled.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from fairhand.errors import InputError, Place, did_you_mean
from fairhand.merge.filters import FILTERS, TESTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If,
    nodes.CondExpr, nodes.For, nodes.Assign, nodes.Filter, nodes.Test, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div,
    nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos, nodes.Concat, nodes.Getattr, nodes.Getitem,
    nodes.Slice, nodes.Call, nodes.List, nodes.Tuple, nodes.Keyword,
)  # fmt: skip
_OF_LOOPS = {"cycle", "first", "index", "index0", "last", "length", "nextitem", "previtem",
             "revindex", "revindex0"}  # fmt: skip
TURN = "one turn of a loop"
"""The filter through which every list of a loop goes; no note can name it."""


def looked_through(
    tree: nodes.Template, before: int
) -> tuple[nodes.Template, dict[str, int], frozenset[str]]:
    """Return a tree made safe; the columns it names with their lines; those that are written.

    `before` is how many lines of the file stand above. A column that is not written is only
    asked for in conditions. InputError, with its line, for what no note needs.
    """
    seen = _Seen(before)
    safe: nodes.Template = seen.visit(tree)
    return safe, seen.used, frozenset(seen.written)


class _Seen(NodeTransformer):
    """Refuses what no note needs, makes the rest safe, and remembers which columns it names."""

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

    def visit_Const(self, node: nodes.Const) -> nodes.Node:  # noqa: N802
        if isinstance(node.value, float) and not isfinite(node.value):
            raise self._refused(node, "A number in the words is too large.")
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
        node.iter = nodes.Filter(things, TURN, [], [], None, None, lineno=node.lineno)
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
