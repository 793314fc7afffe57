"""The socket table knows where the application wanted to go; chance must not speak for it."""

from tests.ledger.made import MTA, MX1, STRANGER, contact, sighting
from wiretruth.ledger.contacts import Contacts
from wiretruth.ledger.sockets import Sockets
from wiretruth.model.packet import Endpoint
from wiretruth.model.socket import SocketOwner
from wiretruth.model.statements import Contact

LOCAL = Endpoint(MTA, 40000)


def owner(remote: str, port: int = 25, local: Endpoint = LOCAL) -> SocketOwner:
    return SocketOwner("ss.txt", 1, "ESTAB", local, Endpoint(remote, port), "smtp", 4711)


def table(contacts: list[Contact], *owners: SocketOwner) -> Sockets:
    known = Contacts()
    for contact_ in contacts:
        known.add(contact_)
    sockets = Sockets(known)
    for one in owners:
        sockets.add(one)
    return sockets


REWRITTEN = contact(sighting(STRANGER))


def test_another_remote_end_is_told() -> None:
    sockets = table([REWRITTEN], owner(MX1))

    assert owner(MX1) == sockets.meant_elsewhere(REWRITTEN)
    assert None is sockets.of(REWRITTEN)


def test_the_same_remote_end_is_the_owner() -> None:
    sockets = table([REWRITTEN], owner(STRANGER), owner(MX1))

    assert owner(STRANGER) == sockets.of(REWRITTEN)
    assert None is sockets.meant_elsewhere(REWRITTEN)


def test_a_port_that_two_connections_share_proves_nothing() -> None:
    """The wire shows the socket's own connection as well."""
    both = [REWRITTEN, contact(sighting(MX1))]

    assert None is table(both, owner(MX1)).meant_elsewhere(REWRITTEN)


def test_listening_sockets_are_passed_over() -> None:
    assert not table([REWRITTEN], owner("0.0.0.0", 0))  # noqa: S104 - nobody listens there


def test_chance_grows_with_both_numbers() -> None:
    few = table([REWRITTEN], owner(MX1))
    many = table(
        [contact(sighting(STRANGER, at=n)) for n in range(30)],
        *[owner(MX1, local=Endpoint(MTA, 40000 + n)) for n in range(30)],
    )

    assert (False, True) == (few.by_chance(REWRITTEN), many.by_chance(REWRITTEN))
