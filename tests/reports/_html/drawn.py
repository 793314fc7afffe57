"""Markup of a node, for the tests of drawings."""

from wiretruth.reports._html.element import Node, markup


def drawn(node: Node | None) -> str:
    """Write a node."""
    return "" if node is None else "".join(markup(node))
