"""Elements as values: whatever text says, it stays text."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.reports._html.element import Verbatim, element, markup, words


def written(node: object) -> str:
    return "".join(markup(node))  # type: ignore[arg-type] # the tests hand in nodes alone


class Reader(HTMLParser):
    """Somebody else's idea of what the markup says."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.seen.append(("text", data))


def test_an_element_with_everything() -> None:
    made = element(
        "p",
        "a < b",
        element("br"),
        None,
        ["x", element("b", "y")],
        class_="q",
        aria_label='"&',
        hidden=True,
        id=None,
        x1=2.5,
    )

    assert '<p class="q" aria-label="&quot;&amp;" hidden="" x1="2.5">a &lt; b<br>x<b>y</b></p>' == written(made)


@pytest.mark.parametrize("value", [None, False])
def test_attributes_that_are_left_out(value: bool | None) -> None:
    assert "<p></p>" == written(element("p", hidden=value))


@pytest.mark.parametrize(
    "attributes",
    [
        {"onclick": "x"},
        {"onload": "x"},
        {"style": "x"},
        {"src": "x"},
        {"href": "http://x"},
        {"href": "javascript:x"},
        {"a b": "x"},
    ],
)
def test_attributes_that_no_page_of_ours_has(attributes: dict[str, str]) -> None:
    """It could act, fetch, or lead away."""
    with pytest.raises(ValueError, match=r"not a name|does not have|leaves the page"):
        element("a", **attributes)


@pytest.mark.parametrize("name", ["", "a b", "a>", "1a"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        element(name)


def test_a_link_within_the_page() -> None:
    assert '<a href="#f1">one</a>' == written(element("a", "one", href="#f1"))


def test_our_own_text_is_written_as_it_is() -> None:
    assert "<style>a > b {}</style>" == written(element("style", Verbatim("a > b {}")))


def test_words_without_elements() -> None:
    assert "a < b c" == words(element("p", "a < b", element("b", " c"), Verbatim("hidden")))


@given(st.text(), st.text())
def test_text_and_attributes_come_back_as_they_were(said: str, named: str) -> None:
    """Another parser reads exactly one element, with exactly this text; what cannot be shown is escaped, and stays so."""
    reader = Reader()
    reader.feed(written(element("p", said, title=named)))
    reader.close()
    (tag, attributes), *rest = reader.seen
    shown = "".join(str(data) for kind, data in rest if kind == "text")

    assert ("p", 1) == (tag, len(attributes))  # type: ignore[arg-type] # a list, as the parser gives it
    assert all(kind == "text" for kind, _ in rest)
    assert shown.isprintable()
    assert said == shown or not said.isprintable()


@given(st.text(alphabet="<>&\"'/scriptonload= x", min_size=1))
def test_no_markup_comes_out_of_text(said: str) -> None:
    assert ["<p", "</p"] == re.findall(r"</?\w+", written(element("p", said)))
