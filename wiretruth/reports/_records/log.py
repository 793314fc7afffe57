"""The records of a mail log and of its lines."""

from wiretruth.model.log import JudgedLine, LoggedDelivery, LogSummary
from wiretruth.reports._records.shape import Record, optional, when


def log_record(log: LogSummary) -> Record:
    """Give one log: how it was read, how its clock stands, and how many of its lines the wire bears out."""
    return {
        "path": log.path,
        "source": log.label,
        "programs": list(log.programs),
        "first": optional(log.first),
        "last": optional(log.last),
        "lines": log.lines,
        "unknown_lines": log.unknown,
        "lines_of_another_time": log.outside,
        "claims": log.claims,
        **{verdict.value: number for verdict, number in log.verdicts},
        "unprovable_because": {reason.value: number for reason, number in log.reasons},
        "clocks": [
            {
                "host": host or None,
                "utc_offset_s": clock.zone,
                "utc_offset_assumed": clock.assumed,
                "ahead_ms": None if clock.offset is None else clock.offset / 1_000_000,
                "grain_ms": clock.grain / 1_000_000,
                "events": clock.events,
            }
            for host, clock in log.clocks
        ],
    }


def line_record(judged: JudgedLine) -> Record:
    """Give one line: what it claims, and what became of the claim."""
    claim, line = judged.claim, judged.claim.line
    record: Record = {
        "source": line.source,
        "line": line.number,
        "at": when(judged.at),
        "written": line.time.written,
        "program": line.program,
        "text": line.text,
        "queue_id": claim.queue_id or None,
        "sender": claim.sender,
        "recipient": claim.recipient,
        "address": claim.address,
        "port": claim.port,
        "reply": claim.reply,
        "verdict": judged.verdict.value,
        "because": judged.reason.value if judged.reason else None,
        "differs": judged.differs.value if judged.differs else None,
        "connection": judged.connection.id if judged.connection else None,
        "tied_by": list(judged.tied_by),
    }
    if isinstance(claim, LoggedDelivery):
        return record | {
            "kind": "delivery",
            "relay": claim.relay,
            "status": claim.status.value,
            "dsn": claim.dsn,
            "ending": claim.ending.value if claim.ending else None,
        }
    return record | {"kind": "client", "name": claim.name, "helo": claim.helo}
