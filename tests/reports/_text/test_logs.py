"""The part on mail logs."""

from dataclasses import replace

from tests.reports.logged import client_line, contradicted, summary
from tests.reports.scenes import seed
from wiretruth.reports._text.clock import clock_of
from wiretruth.reports._text.logs import QUOTED, logs


def told(lines: int = 1, *, in_full: bool = False) -> list[str]:
    report = replace(seed(), logs=(summary(),), lines=(client_line(), *[contradicted()] * lines))
    return [line.plain for line in logs(report, clock_of(report), in_full=in_full)]


def test_sums_and_the_contradicted_line_beside_its_packets() -> None:
    text = "\n".join(told())

    assert "mail.log: Postfix, 8 lines, 2 of no known form, 4 of another time than the captures" in text
    assert "3 lines tell of connections: 1 confirmed, 1 contradicted, 1 unprovable" in text
    assert "unprovable: 1 encrypted" in text
    assert "contradicted line 8: Nov 20 18:29:43 postfix/smtp: 43492266066" in text
    assert (
        "on the wire: 18:29:43.289 10.10.0.5:46810 to 192.0.2.66:25, established (the line says 198.51.100.10:25)"
        in text
    )
    assert "connect from" not in text


def test_everything_when_asked() -> None:
    text = "\n".join(told(in_full=True))

    assert "unprovable line 2" in text
    assert "clock of mta: 2.5 s ahead of the captures', from 2 events found in both" in text


def test_many_are_counted() -> None:
    text = "\n".join(told(QUOTED + 3))

    assert "... 3 more lines (-v shows them)" in text


def test_nothing_without_a_log() -> None:
    assert [] == list(logs(seed(), clock_of(seed()), in_full=True))
