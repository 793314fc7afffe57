"""The record of a dialogue, against the contract's keys."""

from dataclasses import replace

from tests.reports import scenes
from wiretruth.model.tls import TlsStart
from wiretruth.reports._records.dialogue import dialogue_record

CONTRACT = {
    "connection", "client", "server", "greeting", "helo", "tls", "client_stream", "server_stream", "events",
    "transactions",
}  # fmt: skip


def test_seed_dialogue() -> None:
    record = dialogue_record(scenes.connection(), scenes.dialogue())

    assert set() == CONTRACT - record.keys()
    assert (scenes.connection().id, "relay.other.example", "mta.corp.example") == (
        record["connection"],
        record["greeting"],
        record["helo"],
    )
    assert {"octets": 294, "sha256": None} == record["server_stream"]
    assert {
        "frame": 10,
        "at": "2026-11-20T18:29:43.289331000Z",
        "from": "S",
        "code": 220,
        "enhanced": None,
        "meaning": None,
        "text": ["relay.other.example ESMTP"],
    } == record["events"][0]
    assert {
        "frame": 12,
        "at": "2026-11-20T18:29:43.289378000Z",
        "from": "C",
        "verb": "EHLO",
        "argument": "mta.corp.example",
    } == record["events"][1]


def test_seed_transaction() -> None:
    assert [
        {
            "at": "2026-11-20T18:29:43.289438000Z",
            "reverse_path": "alice@corp.example",
            "forward_paths": [{"mailbox": "bob@example.net", "code": 250}],
            "octets": 551,
            "code": 250,
            "text": "2.0.0 Ok",
            "abandoned": False,
        }
    ] == dialogue_record(scenes.connection(), scenes.dialogue())["transactions"]


def test_missing_replies_are_null() -> None:
    whole = scenes.dialogue()
    path = whole.transactions[0].forward_paths[0]._replace(reply=None)
    cut = whole.transactions[0]._replace(reply=None, forward_paths=(path,))

    [transaction] = dialogue_record(scenes.connection(), replace(whole, transactions=(cut,)))["transactions"]

    assert (None, None, None) == (transaction["code"], transaction["text"], transaction["forward_paths"][0]["code"])


def test_tls() -> None:
    start = TlsStart(scenes.at(950), 16, implicit=False, server_name="mail.example.net", version="TLS 1.3")

    assert {
        "frame": 16,
        "at": "2026-11-20T18:29:43.289462000Z",
        "implicit": False,
        "server_name": "mail.example.net",
        "version": "TLS 1.3",
        "chosen": None,
        "certificate": [],
    } == dialogue_record(scenes.connection(), replace(scenes.dialogue(), tls=start))["tls"]
