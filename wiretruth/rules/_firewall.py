"""Which declared firewall rule explains what was seen, in words and as evidence. Silent where no rules were given."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wiretruth.firewall import explaining
from wiretruth.firewall.explaining import Explanation
from wiretruth.firewall.journey import FORWARDED, RECEIVED, SENT, Way
from wiretruth.firewall.packet import Passing
from wiretruth.firewall.walking import Condition
from wiretruth.ledger.book import Ledger
from wiretruth.ledger.hosts import hops_behind
from wiretruth.model.finding import Evidence
from wiretruth.model.packet import TCP, UDP, Endpoint, TcpFlag
from wiretruth.model.ruleset import RuleSet
from wiretruth.model.sighting import Rejection, Sighting
from wiretruth.model.trace import Traced, TraceStep
from wiretruth.octets import printable

_NUMBERED: Final = re.compile(r"(?:if|interface)\d+(?:-\d+)?")
"""An interface of which the capture knows the number alone."""

SYN_ACK: Final = int(TcpFlag.SYN | TcpFlag.ACK)

_KINDS: Final = {
    (4, 3, 0): "icmp-net-unreachable",
    (4, 3, 1): "icmp-host-unreachable",
    (4, 3, 2): "icmp-proto-unreachable",
    (4, 3, 3): "icmp-port-unreachable",
    (4, 3, 9): "icmp-net-prohibited",
    (4, 3, 10): "icmp-host-prohibited",
    (4, 3, 13): "icmp-admin-prohibited",
    (6, 1, 0): "icmp6-no-route",
    (6, 1, 1): "icmp6-adm-prohibited",
    (6, 1, 3): "icmp6-addr-unreachable",
    (6, 1, 4): "icmp6-port-unreachable",
    (6, 1, 5): "icmp6-policy-fail",
    (6, 1, 6): "icmp6-reject-route",
}
"""IP version, type and code, as REJECT names them (iptables-extensions(8))."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What the rules say to something that was seen."""

    evidence: tuple[Evidence, ...] = ()
    """The rule, or that none of those given does it; nothing where no rules were given."""
    named: str = ""
    """The rule in a few words, where it surely applies: ``rules.txt:7 (nat OUTPUT)``."""
    found: bool = False
    """Some rule explains it, or could."""

    @property
    def by(self) -> str:
        """The end of a sentence that says who did it; nothing where no rule surely applies."""
        return f", by {self.named}" if self.named else ""


NO_CAUSE: Final = Cause()


def rewriting(ledger: Ledger, sighting: Sighting, intended: Endpoint, reached: Endpoint) -> Cause:
    """Name the rule that led a connection from *intended* to *reached*; *sighting* is the one nearest the client."""
    packet, ways = Passing(TCP, sighting.client, intended), _before(sighting, intended)
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.rewriting(rules, packet, reached, ways),
        "leads it there",
        lambda traced: traced.led_to(reached),
    )


def resolver_rewriting(ledger: Ledger, client: Endpoint, asked: Endpoint, reached: Endpoint) -> Cause:
    """Name the rule that led a DNS query to another resolver."""
    packet = Passing(UDP, client, asked)
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.rewriting(rules, packet, reached, [SENT, FORWARDED]),
        "leads it there",
        lambda traced: traced.led_to(reached),
    )


def source_rewriting(ledger: Ledger, inside: Sighting, leaves_as: Endpoint) -> Cause:
    """Name the rule that makes a connection leave with another source."""
    packet = Passing(TCP, inside.client, inside.server)
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.source_rewriting(rules, packet, leaves_as, [FORWARDED, SENT]),
        "gives it that source",
    )


def proxying(ledger: Ledger, sighting: Sighting) -> Cause:
    """Name the rule that hands a forwarded connection to a program on the gateway."""
    return _handing_over(ledger, Passing(TCP, sighting.client, sighting.server))


def answering(ledger: Ledger, client: Endpoint, asked: Endpoint) -> Cause:
    """Name the rule that hands a forwarded DNS query to a program on the gateway."""
    return _handing_over(ledger, Passing(UDP, client, asked))


def _handing_over(ledger: Ledger, packet: Passing) -> Cause:
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.proxying(rules, packet, [FORWARDED]),
        "hands it to a program on that host",
    )


def discarding(
    ledger: Ledger,
    client: Endpoint,
    server: Endpoint,
    *,
    protocol: int = TCP,
    answer: bool = False,
    between: tuple[str, str] = ("", ""),
) -> Cause:
    """Name the rule that silently discards a forwarded packet: the first one of a conversation, or the *answer* to it.

    Args:
        ledger: has the rules.
        client: of the conversation.
        server: of the conversation.
        protocol: IP protocol number.
        answer: the packet is the server's.
        between: vantages where it was last seen and where it was missed, if they are known; their interfaces count
            where both are of one input, so of one host.
    """
    one_host = between[0].partition("#")[0] == between[1].partition("#")[0]
    incoming, outgoing = map(interface_of, between) if one_host else (None, None)
    packet = Passing(protocol, client, server, in_interface=incoming, out_interface=outgoing)
    if answer:
        packet = Passing(protocol, server, client, "established", SYN_ACK, incoming, outgoing)
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.discarding(rules, packet, [FORWARDED]),
        "discards it if that host forwards it",
        Traced.discarded_by,
    )


def withholding(ledger: Ledger, client: str, server: Endpoint) -> Cause:
    """Name the rule with which a host keeps in what it sends itself; of the packet only its addresses are known."""
    packet = Passing(TCP, Endpoint(client, 0), server)
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.withholding(rules, packet),
        "keeps it in, if these are its host's rules",
    )


def interface_of(vantage: str) -> str | None:
    """Give the name of the interface that a vantage stands for; ``None`` where the capture has only its number, or none."""
    name = vantage.partition("#")[2]
    return None if not name or _NUMBERED.fullmatch(name) else name


def blackholing(ledger: Ledger, client: Endpoint, server: Endpoint) -> Cause:
    """Name the rule that silently discards a SYN, or else the answer to it, on the way, or else the SYN at its end."""
    cause = discarding(ledger, client, server)
    for other in (discarding(ledger, client, server, answer=True), _dropped_at_its_end(ledger, client, server)):
        cause = cause if cause.found else other
    return cause


def _dropped_at_its_end(ledger: Ledger, client: Endpoint, server: Endpoint) -> Cause:
    packet = Passing(TCP, client, server)
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.discarding(rules, packet, [RECEIVED]),
        f"discards it if these are the rules of {server.address}",
    )


def dropping_received(ledger: Ledger, sighting: Sighting) -> Cause:
    """Name the rule with which the client's own host discards the server's answers."""
    server = sighting.reply_source or sighting.server
    packet = Passing(TCP, server, sighting.client, "established", SYN_ACK)
    return _cause(
        ledger,
        packet,
        lambda rules: explaining.discarding(rules, packet, [RECEIVED]),
        "discards it if that host is the client",
        Traced.discarded_by,
    )


def resetting(ledger: Ledger, sighting: Sighting) -> Cause:
    """Name the rule that answers a SYN with a reset."""
    return _refusing(ledger, sighting, "tcp-reset")


def rejecting(ledger: Ledger, sighting: Sighting, rejection: Rejection) -> Cause:
    """Name the rule that answers a SYN with this ICMP error."""
    kind = _KINDS.get((rejection.version, rejection.type, rejection.code))
    return _refusing(ledger, sighting, kind) if kind else NO_CAUSE


def _refusing(ledger: Ledger, sighting: Sighting, kind: str) -> Cause:
    """On the client's own link, rules are those of the client or of a gateway: neither receives the SYN."""
    packet = Passing(TCP, sighting.client, sighting.server)
    near = hops_behind(sighting.syns[0].ttl if sighting.syns else None) == 0
    does = "answers so to what it forwards" if near else "answers so"
    ways = [FORWARDED] if near else [FORWARDED, RECEIVED]
    return _cause(ledger, packet, lambda r: explaining.refusing(r, packet, ways, {kind}), does, Traced.discarded_by)


def _nothing(_traced: Traced) -> TraceStep | None:
    return None


def _before(sighting: Sighting, intended: Endpoint) -> list[Way]:
    """Give the ways on which a destination may have been translated, by where the wire still shows it, or does not.

    A capture sees what comes in before, and what goes out behind the rules: what its sender's first link already shows
    translated was translated by the sender.
    """
    if sighting.reply_source is not None:
        return [SENT]
    if sighting.server == intended:
        return [FORWARDED]
    hops = hops_behind(sighting.syns[0].ttl if sighting.syns else None)
    return [SENT] if hops == 0 else [SENT, FORWARDED]


def _cause(
    ledger: Ledger,
    packet: Passing,
    ask: Callable[[RuleSet], Explanation | None],
    does: str,
    look: Callable[[Traced], TraceStep | None] = _nothing,
) -> Cause:
    """Ask the traces of this very packet, and then every rule set.

    The surest explanation counts; where there is none, each rule set is named as not explaining it.
    """
    for traced in ledger.traces.of(packet.protocol, packet.source, packet.destination):
        step = look(traced)
        if step is not None:
            return _seen(traced, step)
    answers = [(rules, ask(rules)) for rules in ledger.rulesets.asked() if explaining.concerns(rules, packet)]
    found = [explanation for _, explanation in answers if explanation is not None]
    if not found:
        return Cause(tuple(_none(rules) for rules, _ in answers))
    best = min(found, key=lambda e: (not e.understood, len(e.conditions)))
    evidence = Evidence(_words(best, does), source=best.source, line=best.line)
    return Cause((evidence,), _place(best) if best.sure else "", found=True)


def _seen(traced: Traced, step: TraceStep) -> Cause:
    place = f"{traced.source}:{step.line} ({step.place})"
    text = f"{step.place} was seen to do it to {traced.first}: {step.text}"
    return Cause((Evidence(text, source=traced.source, line=step.line),), place, found=True)


def _none(rules: RuleSet) -> Evidence:
    number = f"its {rules.rules} rules" if rules.rules > 1 else "its rules"
    return Evidence(f"none of {number} does this", source=rules.source)


def _words(explanation: Explanation, does: str) -> str:
    where, text = _chain(explanation), explanation.text
    if not explanation.understood:
        return f"{where} may have to do with it; what its target does cannot be told: {text}"
    could = f"{where} {does}"
    if explanation.conditions:
        could += f", provided that {' and '.join(_condition(c, explanation.line) for c in explanation.conditions)}"
    return f"{could}: {text}{_counter(explanation)}"


def _place(explanation: Explanation) -> str:
    return f"{explanation.source}:{explanation.line} ({_chain(explanation)})"


def _chain(explanation: Explanation) -> str:
    return _shown(f"{explanation.chain.table} {explanation.chain.name}")


def _condition(condition: Condition, line: int) -> str:
    where = "" if condition.line == line else f" in line {condition.line}"
    return f"'{_shown(condition.text)}'{where} {'holds' if condition.holds else 'does not hold'}"


def _counter(explanation: Explanation) -> str:
    if explanation.packets is None:
        return ""
    if not explanation.packets:
        return " (its counter stands at 0: no packet had met it when the rules were written down)"
    return f" (its counter: {explanation.packets} packet{'' if explanation.packets == 1 else 's'})"


def _shown(words: str) -> str:
    """Quote what stands in a file of rules, whatever that is."""
    return printable(words.encode("utf-8", "surrogatepass"))
