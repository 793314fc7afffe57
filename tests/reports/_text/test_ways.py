"""The drawing of ways, in plain characters."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.finding import Blame, Confidence, Evidence, Finding, Party, Severity, Side
from wiretruth.model.packet import Endpoint
from wiretruth.model.report import Report
from wiretruth.model.sighting import Outcome, Sighting
from wiretruth.reports._text.ways import MOST_STOPS, MOST_VANTAGES, MOST_WAYS, ways

MEANT, OTHER = Endpoint("198.51.100.10", 25), Endpoint("192.0.2.66", 2526)
LAN = replace(scenes.sighting(MEANT), vantage="lan", syn_ack_count=1)
WAN = replace(LAN, vantage="wan", client=Endpoint("203.0.113.1", 46810), server=OTHER)


def report(*connections: tuple[Sighting, ...], findings: tuple[Finding, ...] = ()) -> Report:
    return replace(scenes.seed(), connections=tuple(map(Connection, connections)), findings=findings)


def lines(*connections: tuple[Sighting, ...], in_full: bool = False, findings: tuple[Finding, ...] = ()) -> list[str]:
    return [line.plain for line in ways(report(*connections, findings=findings), in_full=in_full)]


def test_where_addresses_change() -> None:
    assert [
        "",
        "WAYS",
        "",
        "2 connections from 10.10.0.5 to 198.51.100.10:25",
        "  10.10.0.5 (client)",
        "    |",
        "    +-- mta, lan: 10.10.0.5 to 198.51.100.10:25",
        "    X  source and destination changed",
        "    +-- wan: 203.0.113.1 to 192.0.2.66:2526",
        "    |",
        "  192.0.2.66:2526 (reached: it answered)",
    ] == lines(*[(replace(LAN, vantage="mta"), LAN, WAN)] * 2)


def silent(vantage: str) -> Sighting:
    return replace(scenes.sighting(MEANT, Outcome.UNANSWERED), vantage=vantage)


def dropped(client: str = "10.10.0.5") -> Finding:
    return Finding(
        "dropped-in-transit", Severity.CRITICAL, Confidence.LIKELY, "", 0, client,
        (Evidence("", "lan", (7,)), Evidence("", "wan")), Party(MEANT.address, 25), None, Blame(Side.PATH, None, None),
    )  # fmt: skip


def test_where_packets_were_seen_last() -> None:
    assert [
        "    +-- lan: 10.10.0.5 to 198.51.100.10:25",
        "    X  last seen at lan, never at wan",
        "  198.51.100.10:25 (not reached, as far as was seen)",
    ] == lines((silent("lan"),), findings=(dropped(),))[-3:]
    assert "    X  last seen at lan; nothing came back" == lines((silent("mta"), silent("lan")))[-2]


def test_where_an_answer_was_seen_last() -> None:
    assert [
        "    +-- lan: 10.10.0.5 to 198.51.100.10:25",
        "    X  the answer got no farther than here",
        "    +-- wan: 10.10.0.5 to 198.51.100.10:25",
        "    |",
        "  198.51.100.10:25 (reached: it answered)",
    ] == lines((silent("lan"), replace(LAN, vantage="wan")))[-5:]


def test_who_answers_under_another_name() -> None:
    assert "  192.0.2.66:2526 (it answered as 198.51.100.10:25)" == lines((replace(WAN, reply_source=MEANT),))[-1]


@pytest.mark.parametrize(
    "quiet",
    [
        (LAN,),
        (LAN, replace(LAN, vantage="wan")),
        (silent("lan"),),
        tuple(replace(LAN, vantage=v, syn_ack_count=0) for v in ("lan", "wan")),
    ],
    ids=["one", "alike", "a silent host", "captures of one direction"],
)
def test_nothing_worth_a_drawing(quiet: tuple[Sighting, ...]) -> None:
    assert [] == lines(quiet)
    assert [] == lines(quiet, findings=(dropped("10.10.0.99"),))


def test_a_drawing_has_bounds() -> None:
    many = [(LAN, replace(WAN, server=Endpoint("192.0.2.66", port))) for port in range(MOST_WAYS + 3)]
    long = tuple(replace(LAN, server=Endpoint("192.0.2.66", port)) for port in range(MOST_STOPS + 2))
    wide = (*(replace(LAN, vantage=f"v{n}") for n in range(MOST_VANTAGES + 2)), WAN)

    assert "... 3 more ways (-v shows them)" == lines(*many)[-1]
    assert MOST_WAYS + 3 == sum("(client)" in line for line in lines(*many, in_full=True))
    assert "    :  2 more stops" in lines(long)
    assert any("v0, v1, v2, v3 and 2 more:" in line for line in lines(wide))
