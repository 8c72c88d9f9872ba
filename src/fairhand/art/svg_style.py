"""What applies to an element of SVG: attributes, style sheets and inheritance (SVG 1.1 ch. 6).

Selectors are simple ones: a tag, classes, an id, together or alone, in lists. A style sheet
that asks for more is refused, for it would be another picture without it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fairhand.art.svg_tree import broken, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairhand.art.svg_tree import Node

INITIAL = {
    "color": "black", "fill": "black", "fill-opacity": "1", "fill-rule": "nonzero",
    "stroke": "none", "stroke-opacity": "1", "stroke-width": "1", "stroke-linecap": "butt",
    "stroke-linejoin": "miter", "stroke-miterlimit": "4", "stroke-dasharray": "none",
    "stroke-dashoffset": "0", "paint-order": "normal", "visibility": "visible",
    "marker": "none", "marker-start": "none", "marker-mid": "none", "marker-end": "none",
}  # fmt: skip
"""The properties that are inherited, and what they are at first."""

_LONGEST = 2_000
_LONGEST_SHEET = 1_000_000
_MOST_RULES = 10_000
_MOST_MATCHES = 500_000
_HINT = "Save the drawing with presentation attributes or with plain classes, or as PDF."
_TOKEN = re.compile(r"""\"[^"]*+\"|'[^']*+'|[^"'();]++|.""", re.DOTALL)
_BLOCK = re.compile(
    r"(?:\s*+@(?:charset|namespace)[^;{}]*+;)*+([^{}]*+)\{([^{}]*+)\}", re.IGNORECASE
)
_SELECTOR = re.compile(r"^(\*|[a-zA-Z][\w-]*)?((?:[.#][\w\u0080-\uffff-]+)*)$")
_NEVER_ON_PAPER = re.compile(r":(?:hover|focus|active|visited)$")
_AT_ORIGIN = re.compile(r"^(?:(?:0|left|top)(?:px|%)?(?:\s+|$)){1,3}$")
_HARMLESS_RULES = ("@font-face", "@page")

_REFUSED = {
    "filter": "a filter", "mask": "a mask", "mask-image": "a mask",
    "mix-blend-mode": "colours that are blended", "backdrop-filter": "a filter",
    "animation": "animation", "animation-name": "animation", "offset-path": "a motion path",
    "translate": "a transform of CSS", "rotate": "a transform of CSS",
    "scale": "a transform of CSS", "clip": "a clipping rectangle",
}  # fmt: skip
_NO_CHANGE = {"", "none", "normal", "auto", "initial", "unset"}


class _Rule(NamedTuple):
    specificity: tuple[int, int, int]
    order: int
    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    declarations: tuple[tuple[str, str, bool], ...]


class Cascade:
    """All style sheets of a file, by which the properties of each element are found."""

    def __init__(self, root: Node) -> None:
        """Read every <style> of a file; InputError for what is not understood."""
        self._rules: dict[str, list[_Rule]] = {}
        self._known: dict[Node, dict[str, str]] = {}
        self._count = 0
        self._matches = 0
        for node in root.all():
            if node.tag == "style" and node.attributes.get("type", "text/css") in ("", "text/css"):
                for selectors, body in _blocks(node.text, node.line):
                    self._add(selectors, body, node.line)

    def _add(self, selectors: str, body: str, line: int) -> None:
        declarations = tuple(_declarations(body))
        for selector in selectors.split(","):
            text = selector.strip()
            if _NEVER_ON_PAPER.search(text):
                continue
            match = _SELECTOR.match(text)
            if not text or not match:
                raise refusal(f'a style rule for "{text[:40]}"', line, _HINT)
            parts = re.findall(r"[.#][^.#]+", match[2])
            ids = frozenset(part[1:] for part in parts if part[0] == "#")
            classes = frozenset(part[1:] for part in parts if part[0] == ".")
            tag = match[1] or "*"
            specificity = (len(ids), len(parts) - len(ids), int(tag != "*"))
            self._count += 1
            if self._count > _MOST_RULES:
                raise refusal("too many style rules", line)
            rule = _Rule(specificity, self._count, tag, ids, classes, declarations)
            key = f"#{min(ids)}" if ids else f".{min(classes)}" if classes else tag
            self._rules.setdefault(key, []).append(rule)

    def properties(self, node: Node) -> dict[str, str]:
        """Return an element's attributes, with what style sheets and `style` put over them."""
        if node in self._known:
            return self._known[node]
        own = dict(node.attributes)
        rules = self._matching(node)
        text = node.attributes.get("style", "")
        if len(text) > _LONGEST_SHEET:
            raise refusal("too long a style", node.line)
        style = tuple(_declarations(text))
        layers = [rule.declarations for rule in rules] + [style]
        for wanted in (False, True):
            for layer in layers:
                own.update((name, value) for name, value, strong in layer if strong == wanted)
        self._known[node] = own
        return own

    def _matching(self, node: Node) -> list[_Rule]:
        if not self._rules:
            return []
        classes = frozenset(node.attributes.get("class", "").split())
        own_id = node.attributes.get("id", "")
        found = []
        for key in (f"#{own_id}", *(f".{name}" for name in classes), node.tag, "*"):
            rules = self._rules.get(key, [])
            self._matches += len(rules)
            if self._matches > _MOST_MATCHES:
                raise refusal("too many style rules", node.line)
            found += [
                rule for rule in rules
                if rule.tag in ("*", node.tag) and rule.ids <= {own_id} and rule.classes <= classes
            ]  # fmt: skip
        return sorted(found, key=lambda rule: rule[:2])


def inherited(own: Mapping[str, str], parent: Mapping[str, str], line: int) -> dict[str, str]:
    """Return the inherited properties of an element inside another that has these."""
    result = dict(parent)
    for name in own.keys() & INITIAL.keys():
        value = own[name].strip()
        if len(value) > _LONGEST:
            raise refusal(f'too long a value of "{name}"', line)
        if value == "initial":
            result[name] = INITIAL[name]
        elif value not in ("", "inherit", "unset"):
            result[name] = value
    if own.get("marker", "").strip():
        ends = ("marker-start", "marker-mid", "marker-end")
        result.update({name: own.get(name) or result["marker"] for name in ends})
    return result


def refuse_effects(own: Mapping[str, str], line: int) -> None:
    """Refuse the properties that make another picture than shapes in ink can be."""
    for name, value in own.items():
        if name in _REFUSED and value.strip() not in _NO_CHANGE:
            raise refusal(_REFUSED[name], line)
    origin = own.get("transform-origin", "").strip()
    moved = own.get("transform", "").strip() not in _NO_CHANGE
    if origin and moved and not _AT_ORIGIN.match(origin):
        raise refusal("a transform about an origin of its own", line)


def _declarations(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the name, the value and whether it is !important of each declaration."""
    depth = 0
    pieces: list[list[str]] = [[]]
    for token in _TOKEN.findall(_without_comments(text)):
        depth = max(0, depth + (token == "(") - (token == ")"))
        if token == ";" and depth == 0:
            pieces.append([])
        else:
            pieces[-1].append(token)
    for piece in pieces:
        name, colon, value = "".join(piece).partition(":")
        plain, _, mark = value.partition("!")
        if colon:
            yield name.strip().lower(), plain.strip(), mark.strip().lower() == "important"


def _without_comments(text: str) -> str:
    kept, start = [], 0
    while (found := text.find("/*", start)) >= 0:
        kept.append(text[start:found])
        end = text.find("*/", found + 2)
        start = len(text) if end < 0 else end + 2
    return " ".join([*kept, text[start:]])


def _blocks(text: str, line: int) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of each rule."""
    if len(text) > _LONGEST_SHEET:
        raise refusal("too long a style sheet", line)
    text = _without_comments(text).replace("<!--", " ").replace("-->", " ").strip()
    start = 0
    while start < len(text):
        block = _BLOCK.match(text, start)
        if block is None:
            raise broken("A style sheet of the drawing cannot be read.", line, _HINT)
        selectors = block[1].strip()
        if not selectors.startswith("@"):
            yield selectors, block[2]
        elif not selectors.startswith(_HARMLESS_RULES):
            raise refusal(f'a style rule "{selectors.split()[0][:40]}"', line, _HINT)
        start = block.end()
