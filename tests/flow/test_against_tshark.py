"""Public captures: connections, their marks and their octets, as tshark's oracle has them."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.conftest import SHARED
from tests.flow.cable import Seen, watch
from tests.wire.corpus import manifest, oracle, packets
from wiretruth.model.packet import IcmpMessage, Packet, TcpSegment
from wiretruth.model.sighting import KEPT_FRAMES, Outcome, Sighting, StreamGap, StreamOctets

LARGEST: Final = 1_200_000
"""Octets of a capture: larger ones take more time than they teach."""
OTHERWISE: Final = {
    "packets quoted in sFlow samples: no packets of this wire": (
        "bruteshark/PCAPNG_Examples__TCP_-_Network.pcapng",
        "bruteshark/TCP_-_Network.pcap",
        "pcapplusplus/ExamplesTest__pcap_examples__tcp-reassembly.pcap",
        "suricata-verify/filestore-5408__input.pcap",
    ),
    "IPv6 where the link says IPv4: no host takes it": ("tcpreplay/test.rewrite_dltuser",),
    "source routing: tshark takes the last hop for the destination": ("suricata-verify/detect-ipopts__input.pcap",),
    "a server that answers SYN with SYN: one simultaneous open here, two conversations in tshark": (
        "suricata-verify/tcp-split-handshake-02-5whs__split-handshake-5whs.pcap",
    ),
}
"""Captures in which tshark sees other connections, and why."""
_EXCUSED: Final = frozenset(name for names in OTHERWISE.values() for name in names)

pytestmark = pytest.mark.shared


def captures() -> Iterator[str]:
    """Captures with TCP that wiretruth decodes at all."""
    if not SHARED.is_dir():
        return
    for name in sorted(manifest(SHARED)):
        path = SHARED / "corpus" / name
        if (
            path.exists()
            and path.stat().st_size <= LARGEST
            and name not in _EXCUSED
            and (oracle(SHARED, name) or {}).get("tcp")
        ):
            yield name


def seen(path: Path) -> Seen:
    return watch(
        p for p in packets(path) if isinstance(p, Packet) and isinstance(p.transport, TcpSegment | IcmpMessage)
    )


def pairs(conversations: list[dict[str, Any]]) -> Counter[frozenset[str]]:
    return Counter(frozenset((c["a"], c["b"])) for c in conversations)


def ends(sighting: Sighting) -> tuple[str, str]:
    return str(sighting.client), str(sighting.server)


def octets(result: Seen, sighting: Sighting, from_client: bool) -> bytes | None:
    """One direction's octets; ``None`` where some are missing."""
    mine = [
        e
        for e in result.events
        if isinstance(e, StreamOctets | StreamGap) and (e.serial, e.from_client) == (sighting.serial, from_client)
    ]
    if any(isinstance(e, StreamGap) for e in mine):
        return None
    return b"".join(e.octets for e in mine if isinstance(e, StreamOctets))


@pytest.mark.parametrize("name", list(captures()))
def test_capture(name: str, shared: Path) -> None:
    told = oracle(shared, name)
    assert told is not None
    result = seen(shared / "corpus" / name)
    if not result.sightings:
        pytest.skip("a link type or file format that wiretruth does not decode")

    hold(told, result)


def hold(told: dict[str, Any], result: Seen) -> None:
    """Hold what was seen against what tshark says."""
    assert pairs(told["tcp"]) == Counter(frozenset(ends(s)) for s in result.sightings)
    for conversation in told["tcp"]:
        compare(conversation, [s for s in result.sightings if {*ends(s)} == {conversation["a"], conversation["b"]}])
    for number, dialogue in (told.get("smtp") or {}).items():
        streams(result, number, dialogue)


def compare(conversation: dict[str, Any], sightings: list[Sighting]) -> None:
    """Where two ends met only once: who began, how many resets there were, and no SYN that was none."""
    if len(sightings) != 1:
        return
    sighting = sightings[0]
    doubled = sighting.from_client.duplicates + sighting.from_server.duplicates
    if sighting.roles_known and conversation["initiator_from"] != "first-frame":
        assert (conversation["a"], conversation["b"]) == ends(sighting)
    if not doubled:
        assert min(conversation["rst"], KEPT_FRAMES) == len(sighting.resets)
        assert bool(conversation["fin"]) >= (
            sighting.from_client.fin is not None or sighting.from_server.fin is not None
        )
    if not doubled and conversation["initiator_from"] == "syn":
        assert conversation["syn"] >= sighting.syn_count > 0
        assert conversation["synack"] >= sighting.syn_ack_count


def streams(result: Seen, number: str, dialogue: dict[str, Any]) -> None:
    """The octets of both sides, where tshark has them without a gap."""
    told = dialogue.get("stream") or {}
    both = {dialogue["client"], dialogue["server"]}
    (sighting,) = [s for s in result.sightings if {*ends(s)} == both][:1]
    for side in ("client", "server"):
        if told.get("gap") or side not in told:
            continue
        mine = octets(result, sighting, (ends(sighting)[0] == dialogue["client"]) == (side == "client"))
        if mine is None and sighting.half(True).missing_octets + sighting.half(False).missing_octets:
            continue  # cut by the snap length: tshark closes up such gaps
        assert mine is not None
        assert told[side][:2] == [len(mine), hashlib.sha256(mine).hexdigest()], number


def lab(shared: Path, case: str, name: str) -> Sighting:
    (sighting,) = [s for s in seen(shared / "lab/cases" / case / name).sightings if s.client.address == "10.10.0.5"]
    return sighting


def test_redirect_on_the_host_gives_the_whole_dialogue(shared: Path) -> None:
    """Physics P2: both directions in one sighting, every octet of them, and a client's reset that is ordinary."""
    sighting = lab(shared, "redirect-output-local", "mta-any.pcap")

    assert ("127.0.0.1:10025", "198.51.100.10:25") == (str(sighting.server), str(sighting.reply_source))
    assert (657, 209, 0, 0) == (
        sighting.from_client.octets, sighting.from_server.octets,
        sighting.from_client.missing_octets, sighting.from_server.missing_octets,
    )  # fmt: skip
    assert (Outcome.ESTABLISHED, [True]) == (sighting.outcome, [r.answers_closed for r in sighting.resets])


def test_black_hole_divides_by_size(shared: Path) -> None:
    sighting = lab(shared, "pmtu-blackhole", "mta-eth0.pcap")
    stuck = sighting.from_client.unacknowledged

    assert stuck is not None
    assert (146, 1500, True, 7) == (
        sighting.from_client.largest_acknowledged, stuck.smallest, stuck.dont_fragment, stuck.sendings
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "outcome"),
    [
        ("dnat-output-refused", Outcome.REFUSED),
        ("reject-icmp", Outcome.REJECTED),
        ("drop-at-gateway", Outcome.UNANSWERED),
        ("reply-lost-input", Outcome.HALF_OPEN),
        ("rejected-recipient", Outcome.ESTABLISHED),
        ("silent-banner", Outcome.ESTABLISHED),
    ],
)
def test_outcome_of_a_case(case: str, outcome: Outcome, shared: Path) -> None:
    assert outcome is lab(shared, case, "mta-eth0.pcap").outcome
