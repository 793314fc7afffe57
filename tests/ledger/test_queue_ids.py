"""Queue ids, as the mail programs of the world word them."""

import time

import pytest

from wiretruth.ledger.queue_ids import queue_id
from wiretruth.model.smtp import Reply


def accepted(text: str, code: int = 250) -> Reply:
    return Reply(0, 1, code, None, tuple(text.split("|")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.0.0 Ok: queued as 4443122B26A", "4443122B26A"),
        ("2.0.0 Ok: queued as 3rPzHb5Qz0z9rZT", "3rPzHb5Qz0z9rZT"),
        ("2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 1F2E3D4C5B", "1F2E3D4C5B"),
        ("OK id=1rABCD-0001ab-2C", "1rABCD-0001ab-2C"),
        ("OK id=1rABCD-000000012ab-2CDE", "1rABCD-000000012ab-2CDE"),
        ("2.0.0 3AI1B2c3012345 Message accepted for delivery", "3AI1B2c3012345"),
        ("2.0.0 9f3a1c2b Message accepted for delivery", "9f3a1c2b"),
        (
            "2.6.0 <x@y.example> [InternalId=18446744073, Hostname=A.PROD.EXAMPLE] 7 bytes Queued mail for delivery",
            "18446744073",
        ),
        ("ok 1700000000 qp 12345", "12345"),
        (
            "2.0.0 OK  1700000000 d2e1a72fcca58-6bf12345678si1234567b3a.12 - gsmtp",
            "d2e1a72fcca58-6bf12345678si1234567b3a.12",
        ),
        ("Message Queued (0F6C1A2B-3C4D.1)", "0F6C1A2B-3C4D.1"),
        ("Ok 0100018c1234abcd-12345678-1234-1234-1234-123456789abc-000000",
         "0100018c1234abcd-12345678-1234-1234-1234-123456789abc-000000"),
        ("2.0.0 ignored|2.0.0 Ok: queued as ABC123", "ABC123"),
    ],
)  # fmt: skip
def test_known_forms(text: str, expected: str) -> None:
    assert expected == queue_id(accepted(text))


@pytest.mark.parametrize(
    "text",
    [
        "2.0.0 Ok: queued",
        "2.0.0 Message accepted for delivery",
        "2.1.5 Ok",
        "2.6.0 Queued mail for delivery",
        "Ok: queued as unknown",
        "OK id=",
        "",
    ],
)
def test_replies_without_one(text: str) -> None:
    assert queue_id(accepted(text)) is None


def test_a_refusal_has_none() -> None:
    assert queue_id(accepted("4.3.0 Error: queued as ABC123", 451)) is None
    assert queue_id(None) is None


@pytest.mark.parametrize("text", ["a1" * 50_000, "OK " * 30_000, "queued as " * 10_000, "id=" + "-" * 90_000])
def test_crafted_replies_cost_little(text: str) -> None:
    begun = time.perf_counter()
    queue_id(accepted(text))

    assert time.perf_counter() - begun < 1
