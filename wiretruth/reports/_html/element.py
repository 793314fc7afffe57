"""Elements as values: text in them is text, whatever it says, and only the names of elements are ours to write.

Nothing of a page is put together from strings, so nothing that came from the wire can become markup: a child that is a
``str`` is escaped where it is written, and there is no other way in. What may stand unescaped is :class:`Verbatim`,
which only the page's own style, script and data are.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wiretruth.reports._words import harmless

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_VOID: Final = frozenset({"br", "input", "meta"})
"""HTML elements that have no end (HTML Living Standard §13.1.2)."""
_FORBIDDEN: Final = re.compile(r"on|style$|src|srcdoc|action|formaction")
"""Attributes that make a page do something, or fetch something."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text of our own that is written as it is: a style, a script, or data that has been made safe for a script."""

    text: str


@dataclass(frozen=True, slots=True)
class Element:
    """One element with what is in it."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: "tuple[Node, ...]"


Node = Element | Verbatim | str
Child = Node | None | Iterable[Node]


def element(name: str, *children: Child, **attributes: str | float | bool | None) -> Element:
    """Make an element.

    Args:
        name: of the element.
        children: elements and text, or several of them; ``None`` is left out.
        attributes: ``class_="x"``, ``aria_label="y"``: an underscore stands for a hyphen, one at the end for nothing.
            ``None`` and ``False`` are left out, ``True`` is an attribute without a value.

    Raises:
        ValueError: the name is none, or the attribute would let the page act, fetch, or lead away from itself.
    """
    pairs = tuple(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    for each in (name, *(key for key, _ in pairs)):
        if not _NAME.fullmatch(each):
            raise ValueError(f"not a name: {each!r}")
    return Element(name, pairs, tuple(_flat(children)))


def markup(node: Node) -> Iterator[str]:
    """Write a node, in pieces."""
    match node:
        case str():
            yield html.escape(harmless(node), quote=False)
        case Verbatim(text):
            yield text
        case Element(name, attributes, children):
            told = "".join(f' {key}="{html.escape(harmless(value))}"' for key, value in attributes)
            yield f"<{name}{told}>"
            for child in children:
                yield from markup(child)
            if name not in _VOID:
                yield f"</{name}>"


def words(node: Node) -> str:
    """Give the text of a node, as somebody reads it who sees no elements."""
    match node:
        case str():
            return node
        case Verbatim():
            return ""
        case Element():
            return "".join(words(child) for child in node.children)


def _attribute(key: str, value: str | float | bool) -> tuple[str, str]:
    name = key.rstrip("_").replace("_", "-")
    if _FORBIDDEN.match(name):
        raise ValueError(f"an attribute that a page of ours does not have: {name}")
    text = "" if value is True else str(value)
    if name == "href" and not text.startswith("#"):
        raise ValueError(f"a link that leaves the page: {text}")
    return name, text


def _flat(children: Iterable[Child]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, Element | Verbatim | str):
            yield child
        elif child is not None:
            yield from child
