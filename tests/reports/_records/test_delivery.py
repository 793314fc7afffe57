"""The record of a delivery, against the contract's keys."""

from tests.reports import scenes
from wiretruth.model.delivery import DeliveryFault, DeliveryOutcome, ExpectedHost
from wiretruth.model.finding import Blame, Side
from wiretruth.reports._records.delivery import delivery_record, spoken


def test_seed_delivery() -> None:
    tried = {
        "connection": scenes.connection().id,
        "at": "2026-11-20T18:29:43.289208000Z",
        "server": "192.0.2.66:25",
        "outcome": "established",
        "step": "QUIT",
        "reply": "250 2.0.0 Ok",
        "result": "accepted",
        "end": "accepted",
        "meaning": "nothing more is said",
        "queue_id": None,
        "took_ms": 0.383,
        "after_ms": None,
    }
    assert {
        "client": "10.10.0.5",
        "domain": "example.net",
        "inbound": False,
        "recipients": ["bob@example.net"],
        "expected": ["mail.example.net [198.51.100.10]"],
        "attempts": [scenes.connection().id],
        "outcome": "accepted",
        "reply": "250 2.0.0 Ok",
        "log": [],
        "hosts": [{"preference": 10, "name": "mail.example.net", "addresses": ["198.51.100.10"]}],
        "tried": [tried],
        "lookups": [tied.id for tied in scenes.delivery().lookups],
        "deciding": [],
        "unicode": None,
        "queue_id": None,
        "tally": {
            "attempts": 1,
            "seconds": 0.0,
            "ends": [{"end": "accepted", "code": 250, "enhanced": "2.0.0", "attempts": 1}],
        },
        "fault": None,
    } == delivery_record(scenes.delivery())


def test_nobody_s_word() -> None:
    told = scenes.delivery()._replace(
        outcome=DeliveryOutcome.UNKNOWN,
        reply=None,
        expected=(ExpectedHost(None, "example.net", ()),),
        attempts=(scenes.delivery().attempts[0]._replace(reply=None),),
    )

    record = delivery_record(told)

    assert ("unknown", None, None) == (record["outcome"], record["reply"], record["tried"][0]["reply"])
    assert ["example.net"] == record["expected"]


def test_all_lines_of_a_reply_are_spoken() -> None:
    assert "550 5.7.1 no see example.net" == spoken(scenes.reply(0, 1, 550, "5.7.1 no", "see example.net"))


def test_retries_and_fault() -> None:
    """Each attempt bears what it cost and the wait since the one before; the fault is spelt out."""
    first = scenes.delivery().attempts[0]
    refusal = scenes.reply(first.at, 9, 451, "4.1.8 no", enhanced="4.1.8")
    put_off = first._replace(outcome=DeliveryOutcome.DEFERRED, reply=refusal)
    blame = Blame(Side.RECIPIENT_RESOLVER, temporary=True, mail_safe=True)
    told = scenes.delivery()._replace(
        domain="xn--bcher-kva.example",
        attempts=(put_off, first._replace(at=first.at + 90 * scenes.SECOND, queue_id="AB12")),
        queue_id="AB12",
        fault=DeliveryFault(blame, "its resolver was down", "deferral-caused-by-dns", ("a capture",)),
    )

    record = delivery_record(told)

    assert [None, 90_000.0] == [tried["after_ms"] for tried in record["tried"]]
    assert ["deferred with 451 4.1.8", "accepted"] == [tried["end"] for tried in record["tried"]]
    assert "the sender's domain" in record["tried"][0]["meaning"]
    assert ("AB12", 90.0) == (record["queue_id"], record["tally"]["seconds"])
    assert "bücher.example" == record["unicode"]
    assert {
        "side": "recipient-resolver",
        "temporary": True,
        "mail_safe": True,
        "sentence": "its resolver was down",
        "finding": "deferral-caused-by-dns",
        "decided_by": ["a capture"],
    } == record["fault"]
