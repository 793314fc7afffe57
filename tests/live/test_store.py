"""The store: what was written is there again, the latest wins, and a crash costs the last transaction at most."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.stage import busy, read
from wiretruth.engine.harvest import REST, harvest
from wiretruth.engine.settings import Settings
from wiretruth.engine.watching import answers
from wiretruth.errors import InputError, WiretruthError
from wiretruth.live.store import KeptDelivery, KeptFinding, Store

SCENE = busy()
REPORT = read(SCENE, settings=Settings(every_lookup=True))
ANSWERS = list(answers(REPORT))


def delivery(domain: str = "example.net", at: int = 100, outcome: str = "accepted") -> KeptDelivery:
    attempts = ((at, "198.51.100.10:25", "end-of-data", "250 ok", 250),)
    return KeptDelivery("10.10.0.5", domain, at, at, outcome, False, "250 ok", (f"bob@{domain}",), attempts)


OPEN: list[Store] = []


def opened(path: Path) -> Store:
    OPEN.append(Store(path))
    return OPEN[-1]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close what a test opened."""
    yield
    while OPEN:
        OPEN.pop().close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def test_answers_come_back_as_they_were(path: Path) -> None:
    store = opened(path)
    store.write_answers(ANSWERS)
    store.close()
    found = {(x.question, x.at): x for x in opened(path).answers()}

    assert ANSWERS
    for lookup in ANSWERS:
        again = found[lookup.question, lookup.at]
        assert (lookup.answers, lookup.client, lookup.resolver) == (again.answers, again.client, again.resolver)
        assert (lookup.response, lookup.rcode, lookup.vantage) == (again.response, again.rcode, again.vantage)


def test_the_latest_answer_wins(path: Path) -> None:
    store = opened(path)
    later = [x._replace(queries=tuple(m._replace(at=m.at + 9) for m in x.queries)) for x in ANSWERS]
    store.write_answers(later)
    store.write_answers(ANSWERS)

    assert {x.at for x in later} == {x.at for x in store.answers()}


def test_deliveries_are_found_by_domain_address_and_time(path: Path) -> None:
    store = opened(path)
    store.write_deliveries([delivery(), delivery("mail.example.net", 200), delivery("example.org", 300)])

    def found(words: str, since: int = 0) -> list[str]:
        return [kept.domain for kept in store.deliveries(words, since)]

    assert ["example.net", "mail.example.net", "example.org"] == found("") == found("10.10.0.5")
    assert ["example.net", "mail.example.net"] == found("example.net")
    assert ["mail.example.net", "example.org"] == found("198.51.100.10", 150)
    assert [] == found("198.51.100.1")
    assert [delivery()] == list(store.deliveries("example.net"))[:1]


def test_a_delivery_that_goes_on_is_one(path: Path) -> None:
    store = opened(path)
    store.write_deliveries([delivery(outcome="deferred")])
    store.write_deliveries([delivery(outcome="accepted")])

    assert ["accepted"] == [kept.outcome for kept in store.deliveries()]


def test_findings_are_found(path: Path) -> None:
    store = opened(path)
    kept = KeptFinding(
        5, 9, "smtp-deferred", "warning", "likely", "10.10.0.5", "deferred mail for example.net", '{"x": "y"}'
    )
    store.write_findings([kept])

    assert [kept] == list(store.findings("example.net")) == list(store.findings("10.10.0.5"))
    assert [] == list(store.findings("example.org"))
    assert [] == list(store.findings(since=6))


def test_what_is_old_is_removed(path: Path) -> None:
    store = opened(path)
    found = harvest(REPORT, SCENE.now + REST, 0)
    store.write_connections(found.connections)
    store.write_deliveries([delivery(at=100), delivery(at=300)])
    store.forget(200)

    assert [300] == [kept.at for kept in store.deliveries()]


def test_a_hostile_name_is_only_a_name(path: Path) -> None:
    store = opened(path)
    store.write_deliveries([delivery("x'; drop table deliveries; --")])

    assert 1 == len(list(store.deliveries("x'; drop table deliveries; --")))


def test_what_is_no_store_is_refused(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    with pytest.raises(InputError, match="cannot be used as a store"):
        Store(path)


def test_a_store_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(InputError, match="cannot be used as a store"):
        Store(path, reading=True)
    assert not path.exists()


def test_another_version_is_refused(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as base:
        base.execute("pragma user_version=99")
    base.close()
    with pytest.raises(WiretruthError, match="another version"):
        Store(path)


def test_a_write_that_fails_is_told_and_leaves_the_store_sound(path: Path) -> None:
    store = opened(path)
    with pytest.raises(WiretruthError, match="cannot be written"):
        store.write_deliveries([delivery()._replace(client=object())])  # type: ignore[arg-type]  # what no database takes
    store.write_deliveries([delivery()])

    assert 1 == len(list(store.deliveries()))


WRITES = """
import sys
from pathlib import Path
from wiretruth.live.store import KeptDelivery, Store
store = Store(Path(sys.argv[1]))
n = 0
while True:
    rows = [KeptDelivery("10.10.0.5", f"d{n}.example", n, n, "accepted", False, "x" * 500, (), ()) for _ in range(20)]
    rows = [row._replace(at=n * 100 + k) for k, row in enumerate(rows)]
    store.write_deliveries(rows)
    n += 1
    print(n, flush=True)
"""


def test_kill_9_leaves_whole_transactions(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITES, str(path)], stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout is not None
        writing.stdout.readline()
        time.sleep(0.2)
        os.kill(writing.pid, signal.SIGKILL)
        said = writing.stdout.read().split()
    store = opened(path)
    kept = [row.domain for row in store.deliveries()]

    assert int(said[-1]) * 20 <= len(kept)
    assert len(kept) % 20 == 0
