"""Which connections, lookups and deliveries a finding speaks of."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.connection import Connection
from wiretruth.model.finding import Evidence
from wiretruth.model.packet import Endpoint
from wiretruth.reports._html.ties import Tied, Ties, cited, frames_of

SEED = scenes.seed()


def test_the_seed() -> None:
    tied = Ties(SEED).of(scenes.REWRITTEN)

    assert [SEED.connections[0]] == list(tied.connections)
    assert ["MX", "A"] == [t.nearest.question.type for t in tied.lookups]
    assert (0,) == tied.deliveries


def test_another_vantage_with_the_same_frames_ties_nothing() -> None:
    elsewhere = replace(scenes.REWRITTEN, evidence=(Evidence("x", "elsewhere", (4, 7, 15)),))

    assert Tied((), (), ()) == Ties(SEED).of(elsewhere)


def test_a_report_without_findings_is_not_looked_through() -> None:
    assert () == Ties(scenes.benign()).of(scenes.REWRITTEN).connections


def test_the_client_that_the_finding_names_comes_first() -> None:
    """A proxy's own connection may hold as many of the frames."""
    proxy = Connection((replace(scenes.sighting(), client=Endpoint("203.0.113.1", 4711)),))
    report = replace(SEED, connections=(proxy, *SEED.connections))
    finding = replace(scenes.REWRITTEN, evidence=(Evidence("x", scenes.MTA, (7,)),))

    assert ["10.10.0.5", "203.0.113.1"] == [c.client.address for c in Ties(report).of(finding).connections]


def test_frames_of_a_connection() -> None:
    frames = {frame for _, frame in frames_of(SEED.connections[0])}

    assert {7, 9, 10, 12, 14, 15, 16, 17, 18, 21} <= frames


def test_evidence_without_frames_cites_nothing() -> None:
    assert [] == list(
        cited(replace(scenes.REWRITTEN, evidence=(Evidence("x", scenes.MTA), Evidence("y", source="log", line=1))))
    )
