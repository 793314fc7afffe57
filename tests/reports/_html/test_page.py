"""The whole page: its parts in their order."""

import re
from dataclasses import replace

from tests.reports import logged, scenes
from tests.reports._html.drawn import drawn
from wiretruth.model.report import Report
from wiretruth.reports._html.page import page
from wiretruth.reports._text.clock import clock_of


def whole(report: Report) -> str:
    return "".join(drawn(part) for part in page(report, clock_of(report), {}))


def test_the_parts_in_their_order() -> None:
    report = replace(scenes.seed(), logs=(logged.summary(),), lines=(logged.contradicted(),))

    assert [
        "Timeline",
        "Findings",
        "Mail",
        "Logs",
        "What this capture cannot tell",
        "What was read",
        "How to read this",
    ] == re.findall(r"<h2>(.*?)</h2>", whole(report))


def test_what_there_is_not_has_no_heading() -> None:
    assert ["What was read", "How to read this"] == re.findall(r"<h2>(.*?)</h2>", whole(scenes.empty()))


def test_the_policy_stands_before_anything_that_it_governs() -> None:
    told = whole(scenes.seed())

    assert told.index("Content-Security-Policy") < told.index("<style>") < told.index("<script")


def test_lines_of_logs_keep_their_colours() -> None:
    report = replace(scenes.seed(), logs=(logged.summary(),), lines=(logged.contradicted(),))

    assert '<span class="bad">contradicted</span> line 8' in whole(report)


def test_an_input_is_told_in_full() -> None:
    assert (
        '<tr><th scope="row">mta-eth0.pcap</th><td>capture</td><td>pcap EN10MB</td><td>21</td><td>18:29:43.288</td>'
        in whole(scenes.seed())
    )
