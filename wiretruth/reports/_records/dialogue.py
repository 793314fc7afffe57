"""The record of an SMTP dialogue."""

from wiretruth.model.connection import Connection
from wiretruth.model.smtp import Command, Dialogue, Reply, StreamDigest, Transaction
from wiretruth.model.status_codes import meaning
from wiretruth.model.tls import TlsStart
from wiretruth.reports._records.shape import Record, when


def dialogue_record(connection: Connection, dialogue: Dialogue) -> Record:
    """Give the dialogue of a connection, its events in wire order."""
    return {
        "connection": connection.id,
        "vantage": dialogue.vantage,
        "client": str(dialogue.client),
        "server": str(dialogue.server),
        "at": when(dialogue.at),
        "greeting": dialogue.greeting_name,
        "helo": dialogue.helo,
        "extensions": list(dialogue.extensions),
        "auth": list(dialogue.auth),
        "tls": _tls(dialogue.tls) if dialogue.tls else None,
        "client_stream": _digest(dialogue.client_stream),
        "server_stream": _digest(dialogue.server_stream),
        "missing_octets": dialogue.missing_octets,
        "events": [_event(event) for event in dialogue.events],
        "events_dropped": dialogue.events_dropped,
        "transactions": [_transaction(transaction) for transaction in dialogue.transactions],
    }


def _tls(start: TlsStart) -> Record:
    return {
        "frame": start.frame,
        "at": when(start.at),
        "implicit": start.implicit,
        "server_name": start.server_name,
        "version": start.version,
        "chosen": start.chosen,
        "certificate": list(start.names),
    }


def _digest(digest: StreamDigest) -> Record:
    return {"octets": digest.octets, "sha256": digest.sha256}


def _event(event: Command | Reply) -> Record:
    place: Record = {"frame": event.frame, "at": when(event.at)}
    if isinstance(event, Command):
        return place | {"from": "C", "verb": event.verb, "argument": event.argument}
    said = meaning(event.enhanced)
    return place | {
        "from": "S",
        "code": event.code,
        "enhanced": event.enhanced,
        "meaning": said.words if said else None,
        "text": list(event.lines),
    }


def _transaction(transaction: Transaction) -> Record:
    reply = transaction.reply
    return {
        "at": when(transaction.at),
        "reverse_path": transaction.reverse_path,
        "forward_paths": [
            {"mailbox": path.mailbox, "code": path.reply.code if path.reply else None}
            for path in transaction.forward_paths
        ],
        "octets": transaction.octets,
        "code": reply.code if reply else None,
        "text": " ".join(reply.lines) if reply else None,
        "abandoned": transaction.abandoned,
    }
