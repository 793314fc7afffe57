"""What the sender's own log says of a connection: where it was meant to go."""

from wiretruth.ledger.book import Ledger
from wiretruth.model.log import LoggedDelivery
from wiretruth.model.packet import Endpoint
from wiretruth.model.statements import Contact
from wiretruth.rules._log_words import MAIL_PORT, line_evidence
from wiretruth.rules._tracked import Declared


def declared_by_log(contact: Contact, ledger: Ledger) -> Declared | None:
    """Give the server that was meant and the one that was reached, where a line tied to this very connection knows them."""
    line = ledger.logs.otherwise(contact.connection)
    if line is None or not line.certain or not isinstance(line.claim, LoggedDelivery) or line.claim.address is None:
        return None
    intended = Endpoint(line.claim.address, line.claim.port or MAIL_PORT)
    return Declared(intended, contact.connection.contacted, "log", next(line_evidence([line])))
