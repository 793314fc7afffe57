"""The way, drawn."""

import re

from tests.reports import scenes
from tests.reports._html.drawn import drawn
from wiretruth.reports._html.way import Place, Way
from wiretruth.reports._html.way_drawing import draw_way

WAY = Way(
    client="10.10.0.5",
    meant="mail.example.net [198.51.100.10]:25",
    meant_after=1,
    places=(
        Place("seen at lan (frame 1)", (("from 10.10.0.5:1", False), ("to 198.51.100.10:25", False))),
        Place("seen at wan (frame 2)", (("from 10.10.0.5:1", False), ("to 192.0.2.66:25", True)), changed=True),
    ),
    server="192.0.2.66:25",
    reached=True,
)


def test_the_words_stand_in_the_order_of_the_way() -> None:
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn(draw_way(WAY)))

    assert [
        "client", "10.10.0.5", "seen at lan (frame 1)", "from 10.10.0.5:1", "to 198.51.100.10:25", "meant for",
        "mail.example.net [198.51.100.10]:25", "seen at wan (frame 2)", "from 10.10.0.5:1", "to 192.0.2.66:25",
        "the server answered", "192.0.2.66:25",
    ] == words  # fmt: skip


def test_it_is_told_to_those_who_do_not_see_it() -> None:
    label = re.search(r'aria-label="([^"]*)"', drawn(draw_way(WAY)))

    assert label is not None
    assert label[1].startswith("From 10.10.0.5; seen at lan")
    assert label[1].endswith("It was meant for mail.example.net [198.51.100.10]:25")


def test_nothing_lies_outside_the_drawing() -> None:
    picture = drawn(draw_way(WAY))
    height = int(re.findall(r'height="(\d+)"', picture)[0])

    assert all(0 <= float(y) <= height for y in re.findall(r'\b(?:y|y1|y2|cy)="([\d.]+)"', picture))


def test_long_names_are_cut_and_can_be_had_whole() -> None:
    name = "a" * 100
    picture = drawn(
        draw_way(Way("10.10.0.5", name, 0, (Place("seen", (("to x", True),), changed=True),), scenes.TRAP, False))
    )

    assert re.search(rf"<title>{name}</title>a{{30,45}}…</text>", picture)
    assert "<img" not in picture
    assert "no answer seen" in picture
