"""The section on mail, and the data that the page's script reads."""

import json
import re
from dataclasses import replace
from typing import Any

from tests.reports import scenes
from tests.reports._html.drawn import drawn
from wiretruth.model.delivery import DeliveryOutcome
from wiretruth.model.report import Report
from wiretruth.reports._html.deliveries import MAX_DELIVERIES, STATIC, deliveries, ended, started, story
from wiretruth.reports._text.clock import clock_of


def section(report: Report) -> str:
    return drawn(deliveries(report, clock_of(report)))


def data(report: Report) -> Any:
    found = re.search(r'<script type="application/json" id="deliveries-data">(.*?)</script>', section(report))
    assert found is not None
    return json.loads(found[1])


def said(read: Any, flat: list[int]) -> str:
    return "".join(read["words"][number] for number in flat[1::2])


def test_all_are_in_the_data_and_some_in_the_page() -> None:
    report = scenes.busy(100)

    assert STATIC == section(report).count("<details>")
    assert 100 == len(data(report)["rows"])
    assert "75 more deliveries: the page's script shows them" in section(report)


def test_the_data_tells_the_story() -> None:
    read = data(scenes.seed())
    number, at, outcome, title, moments = read["rows"][0]

    assert (0, 1_795_199_383_288, "accepted") == (number, at, read["outcomes"][outcome])
    assert "Mail for bob@example.net from 10.10.0.5: accepted by 192.0.2.66:25" == said(read, title)
    assert "198.51.100.53 says MX example.net: 10 mail.example.net" == said(read, moments[0][2])
    assert "2026-11-20" == read["day"]


def test_nothing_in_the_data_can_end_it() -> None:
    assert 1 == section(scenes.trap()).count("</script")
    assert scenes.TRAP in said(data(scenes.trap()), data(scenes.trap())["rows"][0][3])


def test_of_too_many_those_that_went_wrong_stay() -> None:
    one = scenes.delivery()
    wrong = one._replace(outcome=DeliveryOutcome.REJECTED)
    report = replace(scenes.seed(), deliveries=(*(one,) * MAX_DELIVERIES, wrong))
    read = data(report)

    assert MAX_DELIVERIES == len(read["rows"])
    assert "rejected" == read["outcomes"][read["rows"][-1][2]]
    assert "Only counted: 1 more delivery;" in section(report)


def test_no_mail_no_section() -> None:
    assert "" == section(scenes.empty())


def test_when_it_began_and_ended() -> None:
    seed = scenes.delivery()

    assert (scenes.at(40), scenes.at(696) + 383_000) == (started(seed), ended(seed))
    assert 0 == started(seed._replace(attempts=(), lookups=()))


def test_who_was_passed_over_is_told_at_the_end() -> None:
    last = story(scenes.delivery())[-1]

    assert last.at is None
    assert "mail.example.net [198.51.100.10] (MX 10)" == last.pieces[1]
