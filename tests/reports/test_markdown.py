"""The report for a ticket, read by a Markdown parser: our structure, and text."""

from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from tests.reports import scenes
from wiretruth.model.report import Report
from wiretruth.reports import markdown
from wiretruth.reports._options import Options

OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_open",
    "list_item_close", "inline", "fence", "text", "code_inline", "strong_open", "strong_close", "softbreak",
}  # fmt: skip


@pytest.mark.parametrize(
    "make", [scenes.seed, scenes.benign, scenes.empty, scenes.hostile, scenes.crowded, scenes.trap]
)
@pytest.mark.parametrize("verbosity", [0, 1])
def test_only_our_own_structure(make: Callable[[], Report], verbosity: int) -> None:
    told = "".join(markdown.render(make(), Options(verbosity=verbosity)))
    tokens = MarkdownIt("commonmark").enable("table").parse(told)
    inside = {child.type for token in tokens for child in token.children or []}

    assert set() == ({token.type for token in tokens} | inside) - OURS
