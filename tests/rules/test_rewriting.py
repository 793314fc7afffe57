"""Suspicion: which contacts are held against which answers at all."""

import pytest

from tests.rules.scene import MTA, OUTSIDER, STRANGER, Scene, findings
from tests.rules.session import Session, View, inbound


@pytest.mark.parametrize(
    ("client_ttl", "server_ttl", "expected"),
    [(64, 57, 1), (63, 57, 1), (50, 64, 0)],
    ids=["tap on the sender", "tap on its gateway", "tap on the receiver"],
)
def test_only_mail_on_its_way_out_is_suspected(client_ttl: int, server_ttl: int, expected: int) -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER, client_ttl=client_ttl, server_ttl=server_ttl).delivers(name="relay.other.example")

    assert expected == len(findings(scene, "destination-rewritten"))


def test_an_intended_host_that_was_tried_too_clears_the_other() -> None:
    """One mail to the host it was meant for, another to a smart host: no rewriting rule does that."""
    scene = Scene()
    scene.example_net()
    Session(scene, STRANGER).delivers(name="relay.isp.example")
    Session(scene).delivers()

    assert [] == findings(scene, "destination-rewritten")


def test_an_address_that_anybody_was_told_is_no_strangers() -> None:
    scene = Scene()
    scene.told("relay.isp.example", "A", STRANGER, client="10.10.0.77")
    scene.example_net()
    Session(scene, STRANGER).delivers(name="relay.isp.example")

    assert [] == findings(scene, "destination-rewritten")


def test_strangers_lookups_are_not_ours() -> None:
    scene = Scene()
    scene.example_net(client=OUTSIDER)
    inbound(scene).delivers("bob@example.net", name="mta.corp.example")

    assert [] == findings(scene, "destination-rewritten")


def test_two_sightings_that_agree_prove_nothing() -> None:
    scene = Scene()
    scene.example_net()
    Session(scene, views=(View(), View("wan", client=("203.0.113.1", 40123), hops=1))).delivers()

    assert [] == findings(scene, "destination-rewritten")
    assert MTA == findings(scene, "source-rewritten")[0].client
