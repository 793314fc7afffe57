"""The record of a delivery, against the contract's keys."""

from tests.reports import scenes
from wiretruth.model.delivery import DeliveryOutcome, ExpectedHost
from wiretruth.reports._records.delivery import delivery_record, spoken


def test_seed_delivery() -> None:
    tried = {
        "connection": scenes.connection().id,
        "at": "2026-11-20T18:29:43.289208000Z",
        "server": "192.0.2.66:25",
        "outcome": "established",
        "step": "QUIT",
        "reply": "250 2.0.0 Ok",
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
