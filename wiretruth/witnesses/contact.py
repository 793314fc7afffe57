"""The handshake as a witness: from a connection, who reached whom on the way of mail."""

from wiretruth.model.connection import Connection
from wiretruth.model.statements import Contact

MAIL_PORTS = frozenset({25, 465, 587, 2525})
"""Ports that mail is known to use; a hint, and where nothing was said the only one."""


def is_mail(connection: Connection) -> bool:
    """Tell whether a connection speaks SMTP, or was opened to a port where only mail is expected."""
    if connection.dialogue is not None:
        return True
    endpoints = [e for s in connection.sightings for e in (s.server, s.reply_source) if e is not None]
    quiet = all(s.from_server.octets == 0 and s.from_client.octets == 0 for s in connection.sightings)
    return quiet and any(endpoint.port in MAIL_PORTS for endpoint in endpoints)


def state(connection: Connection) -> Contact | None:
    """Give the statement of a connection on the way of mail; ``None`` for any other."""
    return Contact(connection.at, connection) if is_mail(connection) else None
