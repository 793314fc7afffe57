"""One dialogue, read at two places."""

from dataclasses import replace

import pytest

from tests.ledger.made import dialogue
from wiretruth.model.smtp import Command, Dialogue, Reply
from wiretruth.rules._edits import MOST, NOTHING, edits


def said(vantage: str, *events: Command | Reply, **changes: object) -> Dialogue:
    return replace(dialogue(), vantage=vantage, events=events, **changes)  # type: ignore[arg-type] # checked when made


def ehlo(*lines: str) -> Reply:
    return Reply(0, 5, 250, None, lines)


def command(verb: str, argument: str = "") -> Command:
    return Command(0, 4, verb, argument)


OFFER = ("mail.example.net", "PIPELINING", "STARTTLS")


@pytest.mark.parametrize(
    ("near", "far", "expected"),
    [
        (ehlo(*OFFER), ehlo(*OFFER), []),
        (ehlo(*OFFER[:2], "XXXXXXXX"), ehlo(*OFFER), [("server", "250 STARTTLS", "250 XXXXXXXX", True)]),
        (ehlo(*OFFER[:2]), ehlo(*OFFER), [("server", "250 STARTTLS", NOTHING, True)]),
        (ehlo(*OFFER, "SIZE 9"), ehlo(*OFFER), [("server", NOTHING, "250 SIZE 9", False)]),
        (command("EHLO", "a"), command("EHLO", "b"), [("client", "EHLO a", "EHLO b", False)]),
        (command("STARTTLS"), command("XXXXXXXX"), [("client", "STARTTLS", "XXXXXXXX", False)]),
    ],
)
def test_what_was_changed(near: Command | Reply, far: Command | Reply, expected: list[tuple[object, ...]]) -> None:
    found = edits(said("lan", near), said("wan", far))

    assert expected == [(e.said_by, e.sent, e.arrived, e.of_starttls) for e in found]


def test_where_it_was_sent_and_where_it_arrived() -> None:
    (reply,) = edits(said("lan", ehlo("a")), said("wan", ehlo("b")))
    (asked,) = edits(said("lan", command("EHLO", "a")), said("wan", command("EHLO", "b")))

    assert ("wan", "lan") == (reply.sent_at[0], reply.arrived_at[0])
    assert ("lan", "wan") == (asked.sent_at[0], asked.arrived_at[0])
    assert ["wan", "lan"] == [record.vantage for record in reply.evidence()]


@pytest.mark.parametrize("lack", [{"missing_octets": 1}, {"events_dropped": 1}])
def test_what_was_not_read_in_whole_is_not_compared(lack: dict[str, int]) -> None:
    assert [] == edits(said("lan", ehlo("a"), **lack), said("wan", ehlo("b")))


def test_no_more_than_can_be_read() -> None:
    near, far = (said(v, *(command("NOOP", f"{v}{n}") for n in range(99))) for v in ("lan", "wan"))

    assert MOST == len(edits(near, far))


def test_a_dialogue_that_one_capture_saw_longer_is_compared_as_far_as_both_go() -> None:
    assert [] == edits(said("lan", command("EHLO", "a")), said("wan", command("EHLO", "a"), command("QUIT")))


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (
            (Reply(0, 5, 220, None, ("mail.example.net",)), ehlo("a")),
            (ehlo("a"), Reply(0, 7, 250, None, ("2.1.0 Ok",))),
        ),
        ((command("EHLO", "a"), command("QUIT")), (command("EHLO", "a"), command("MAIL"), command("QUIT"))),
    ],
    ids=["the first reply is lost to one capture", "one capture swaps frames, and commands are taken for a message"],
)
def test_what_is_read_out_of_step_was_not_changed(
    near: tuple[Command | Reply, ...], far: tuple[Command | Reply, ...]
) -> None:
    assert [] == edits(said("lan", *near), said("wan", *far))
    assert [] == edits(said("lan", *far), said("wan", *near))
