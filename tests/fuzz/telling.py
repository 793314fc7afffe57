"""Files of other witnesses, held to their promises: no line raises, what they claim is harmless, and rules can be asked."""

from tests.fuzz.target import harmless
from tests.fuzz.values import texts
from wiretruth.engine.witness_reading import Testimony, limits
from wiretruth.engine.witness_reading import WitnessReading as Reading
from wiretruth.firewall import explaining, journey
from wiretruth.firewall.packet import Passing
from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.ruleset import RuleSet
from wiretruth.rules import _firewall

_MTA, _HOST, _ELSEWHERE = Endpoint("10.10.0.5", 40001), Endpoint("198.51.100.10", 25), Endpoint("192.0.2.66", 2525)
_SIX, _SIX_HOST = Endpoint("2001:db8::5", 40001), Endpoint("2001:db8::25", 25)
PACKETS = (
    Passing(TCP, _MTA, _HOST),
    Passing(UDP, _MTA, Endpoint("198.51.100.53", 53), flags=None),
    Passing(TCP, _SIX, _SIX_HOST, state=None),
    Passing(TCP, _HOST, _MTA, state="established", flags=None),
)
WAYS = (journey.SENT, journey.FORWARDED, journey.RECEIVED)


def tell(kind: str, octets: bytes) -> list[Testimony]:
    """Read a file of a kind, and hold what it says to the promises."""
    reading = Reading(kind, "file")
    lines = octets.split(b"\n")
    reading.receive(lines)
    read = reading.finish()
    assert read.lines == len(lines)
    for text in limits(read):
        harmless(text)
    for claim in read.claims:
        if isinstance(claim, RuleSet):
            ask(claim)
        else:
            for text in texts(claim):
                harmless(text)
    return read.claims


def ask(rules: RuleSet) -> None:
    """Ask a rule set about some packets."""
    for packet in PACKETS:
        for found in (
            explaining.rewriting(rules, packet, _ELSEWHERE, WAYS),
            explaining.source_rewriting(rules, packet, _ELSEWHERE, WAYS),
            explaining.proxying(rules, packet, WAYS),
            explaining.discarding(rules, packet, WAYS),
            explaining.refusing(rules, packet, WAYS, ("tcp-reset", "icmp-port-unreachable")),
        ):
            if found is not None:
                harmless(_firewall._words(found, "does this") + _firewall._place(found))
