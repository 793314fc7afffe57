"""Findings, and deliveries where asked for, as events of the Elastic Common Schema, one a line: for a SIEM.

Only fields of the schema are used; it leaves ``labels`` to the source of an event.

Source: ECS 8.17, field sets base, event, source and destination, email, observer, related, rule.
"""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final

from wiretruth.model.delivery import Delivery, DeliveryOutcome
from wiretruth.model.finding import Finding, Party
from wiretruth.model.report import Report
from wiretruth.reports._options import Options
from wiretruth.reports._records.delivery import spoken
from wiretruth.reports._records.finding import identity
from wiretruth.reports._records.shape import Record, encoded, when

VERSION: Final = "8.17.0"
OUTCOMES: Final = {
    DeliveryOutcome.ACCEPTED: "success",
    DeliveryOutcome.DEFERRED: "failure",
    DeliveryOutcome.REJECTED: "failure",
    DeliveryOutcome.UNKNOWN: "unknown",
}


def render(report: Report, options: Options) -> Iterator[str]:
    """Give one line an event."""
    for finding in report.findings:
        yield encoded(_base(report, finding.at) | _finding(finding)) + "\n"
    for delivery in report.deliveries if "deliveries" in options.records else ():
        yield encoded(_base(report, _started(delivery)) | _delivery(delivery)) + "\n"


def _base(report: Report, at: int) -> Record:
    observer = {"vendor": "wiretruth", "product": "wiretruth", "type": "ids", "version": report.version}
    return {"@timestamp": when(at), "ecs": {"version": VERSION}, "observer": observer}


def _finding(finding: Finding) -> Record:
    hosts = [party for party in (finding.observed, finding.intended) if party is not None]
    return {
        "message": finding.summary,
        "event": {
            "kind": "alert",
            "category": ["network"],
            "type": ["info"],
            "provider": "wiretruth",
            "dataset": "wiretruth.finding",
            "id": identity(finding),
            "code": finding.code,
            "reason": finding.summary,
            "severity": finding.severity.rank + 1,
        },
        "log": {"level": finding.severity.value},
        "rule": {"name": finding.code, "ruleset": "wiretruth"},
        "labels": {"confidence": finding.confidence.value, "fault_side": finding.blame.side.value},
        **_end("source", finding.client),
        **(_end("destination", hosts[0].address, hosts[0]) if hosts else {}),
        "related": _related([finding.client, *(h.address for h in hosts)], [h.name for h in hosts]),
    }


def _delivery(delivery: Delivery) -> Record:
    server = delivery.attempts[-1].connection.contacted if delivery.attempts else None
    party = Party(server.address, server.port) if server else None
    replied = spoken(delivery.reply) if delivery.reply else None
    return {
        "message": f"mail for {', '.join(delivery.recipients) or delivery.domain}: {delivery.outcome}",
        "event": {
            "kind": "event",
            "category": ["email"],
            "type": ["info"],
            "provider": "wiretruth",
            "dataset": "wiretruth.delivery",
            "outcome": OUTCOMES[delivery.outcome],
            **({"reason": replied} if replied else {}),
        },
        "email": {
            "direction": "inbound" if delivery.inbound else "outbound",
            "to": {"address": list(delivery.recipients), "domain": [delivery.domain]},
            **({"local_id": delivery.queue_id} if delivery.queue_id else {}),
        },
        "labels": {"delivery_outcome": delivery.outcome.value},
        **_end("source", delivery.client),
        **(_end("destination", party.address, party) if party else {}),
        "related": _related([delivery.client, party.address if party else None], [h.name for h in delivery.expected]),
    }


def _end(name: str, address: str | None, party: Party | None = None) -> Record:
    told: Record = {"address": address} if address else {}
    if address and _is_ip(address):
        told["ip"] = address
    if party is not None and party.port is not None:
        told["port"] = party.port
    if party is not None and party.name is not None:
        told["domain"] = party.name
    return {name: told} if told else {}


def _related(addresses: list[str | None], names: list[str | None]) -> Record:
    known = dict.fromkeys(address for address in addresses if address and _is_ip(address))
    return {"ip": list(known), "hosts": list(dict.fromkeys(name for name in names if name))}


def _is_ip(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True


def _started(delivery: Delivery) -> int:
    return min([*(a.at for a in delivery.attempts), *(t.nearest.at for t in delivery.lookups)], default=0)
