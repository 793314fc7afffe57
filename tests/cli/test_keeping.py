"""What a watch keeps and counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.capture.test_pcapng_writing import AT, batch
from tests.cli.test_guests import TOLD
from tests.engine.stage import busy, read
from wiretruth.cli._keeping import Counting, Keeping, resident
from wiretruth.engine.harvest import REST, harvest
from wiretruth.engine.settings import Settings
from wiretruth.errors import WiretruthError
from wiretruth.live.store import Store

SCENE = busy()
FOUND = harvest(read(SCENE, settings=Settings(every_lookup=True)), SCENE.now + REST, 0)
NOTES: list[str] = []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "store.db")
    yield made
    made.close()


@pytest.fixture
def counting() -> Iterator[Counting]:
    made = Counting("0")
    yield made
    made.close()


def test_a_harvest_is_kept(store: Store) -> None:
    keeping = Keeping(store, 10**18, NOTES.append)
    keeping.harvested(FOUND)
    keeping.tell(TOLD, AT)

    assert [row.domain for row in FOUND.deliveries] == [kept.domain for kept in store.deliveries()]
    assert {x.question for x in FOUND.answers} == {x.question for x in store.answers()}
    assert ["smtp-deferred"] == [kept.code for kept in store.findings()]


def test_a_store_that_fails_is_told_once_and_ends_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_rows: object) -> None:
        raise WiretruthError("store.db: cannot be written: database or disk is full")

    notes: list[str] = []
    monkeypatch.setattr(store, "write_deliveries", fails)
    monkeypatch.setattr(store, "write_connections", fails)
    monkeypatch.setattr(store, "write_answers", fails)
    keeping = Keeping(store, 10**18, notes.append)
    keeping.harvested(FOUND)
    keeping.harvested(FOUND)

    assert (6, 1) == (keeping.errors, len(notes))


def test_what_is_over_is_counted_once(counting: Counting) -> None:
    counting.harvested(FOUND)
    counting.harvested(FOUND._replace(resolvers=()))
    metrics = counting.metrics

    assert len(FOUND.connections) == sum(metrics.series("connections_total").values())
    assert 1 == metrics.get("connections_total", server="198.51.100.20:25", outcome="refused")
    assert (4, 2) == (
        metrics.get("lookups_total", resolver="198.51.100.53"),
        metrics.get("lookup_failures_total", resolver="198.51.100.53"),
    )


def test_packets_are_counted_by_interface(counting: Counting) -> None:
    counting.receive(batch())
    counting.tell(TOLD, AT)

    assert (3, 3) == tuple(counting.metrics.get("vantage_packets_total", interface=name) for name in ("lan0", "tun0"))
    assert 1 == counting.metrics.get("findings_total", code="smtp-deferred", severity="warning")


def test_memory_is_known() -> None:
    assert resident() > 1_000_000
