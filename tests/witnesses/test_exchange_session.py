"""Commands and replies of a session, in pairs."""

from wiretruth.model.log import LoggedDelivery, LogLine, Status
from wiretruth.model.packet import Endpoint
from wiretruth.witnesses._entry import NO_TIME
from wiretruth.witnesses._exchange_session import MAX_COMMANDS, Session

LINE = LogLine("x", 1, NO_TIME, "", "Exchange", "")


def said(*events: tuple[str, str]) -> list[tuple[str | None, Status]]:
    session = Session(Endpoint("192.0.2.1", 25), None)
    claims = [claim for event, data in events for claim in session.hear(event, data, "", LINE)]
    return [(claim.recipient, claim.status) for claim in claims if isinstance(claim, LoggedDelivery)]


def test_chunks_end_with_the_last() -> None:
    events = [
        (">", "MAIL FROM:<a@b>"), ("<", "250 ok"), (">", "RCPT TO:<c@d>"), ("<", "250 ok"),
        (">", "BDAT 100"), ("<", "250 ok"), (">", "BDAT 10 LAST"), ("<", "451 later"),
    ]  # fmt: skip

    assert [("c@d", Status.DEFERRED)] == said(*events)


def test_a_refused_command_ends_nothing() -> None:
    assert [] == said((">", "MAIL FROM:<a@b>"), ("<", "550 no"), ("<", "250 nobody asked"))


def test_a_flood_of_commands_is_bounded() -> None:
    flood = [(">", "RCPT TO:<c@d>")] * (MAX_COMMANDS + 10) + [("<", "550 no")] * (MAX_COMMANDS + 10)

    assert MAX_COMMANDS == len(said(*flood))
