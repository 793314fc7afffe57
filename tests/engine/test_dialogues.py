"""What happened on a connection becomes a dialogue where it is one, with the roles that the words show."""

from tests.engine.stage import read
from tests.ledger.made import dialogue, sighting
from tests.rules.packets import ACK, PSH
from tests.rules.scene import MTA, MX1, Scene
from tests.rules.session import Session
from wiretruth.engine.dialogues import DialogueLane, turned
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Opened, Reset, StreamGap, StreamOctets, StreamRun

CLIENT, SERVER = Endpoint(MTA, 40000), Endpoint(MX1, 25)


def opened(lane: DialogueLane, client: Endpoint = CLIENT, server: Endpoint = SERVER) -> None:
    lane.receive(Opened(0, "tap", client, server, 1, 1))


def test_a_connection_costs_nothing_before_its_first_octets() -> None:
    lane = DialogueLane()
    opened(lane)

    assert {} == lane._candidates
    assert None is lane.take(sighting())
    assert ({}, {}) == (lane._opened, lane._candidates)


def test_what_is_no_mail_is_let_go_at_once() -> None:
    lane = DialogueLane()
    opened(lane, server=Endpoint(MX1, 80))
    for n in range(3):
        lane.receive(StreamOctets(0, True, n, n, b"GET / HTTP/1.1\r\nHost: www.example.net\r\n\r\n"))
        lane.receive(StreamOctets(0, False, n, n, b"HTTP/1.1 200 OK\r\n\r\n"))

    assert ({}, {}) == (lane._opened, lane._candidates)
    assert None is lane.take(sighting())


def test_a_gap_before_any_octets_is_heard() -> None:
    lane = DialogueLane()
    opened(lane)
    lane.receive(StreamGap(0, False, 1, 1, 40))
    lane.receive(StreamOctets(0, False, 2, 2, b"250 2.0.0 Ok\r\n"))
    lane.take(sighting())

    assert ({}, {}) == (lane._opened, lane._candidates)


def test_a_run_says_what_its_segments_say() -> None:
    said = (
        b"220 mx.example.net\r\n",
        b"EHLO mta.corp.example\r\nMAIL FROM:<a@corp.example>\r\n",
        b"250 mx.example.net\r\n",
    )
    runs = [
        StreamRun(0, n == 1, octets, [5, 9, len(octets)], [Mark(10 * n + i, i) for i in range(3)])
        for n, octets in enumerate(said)
    ]
    joined, apart = DialogueLane(), DialogueLane()
    for lane in (joined, apart):
        opened(lane)
    for run in runs:
        joined.receive(run)
        for segment in run.each():
            apart.receive(segment)
    dialogue = apart.take(sighting())

    assert dialogue is not None
    assert dialogue == joined.take(sighting())


def test_streams_are_hashed_only_where_that_is_asked_for() -> None:
    for digests in (True, False):
        lane = DialogueLane(digests=digests)
        opened(lane)
        lane.receive(StreamOctets(0, False, 1, 1, b"220 mx.example.net\r\n"))
        said = lane.take(sighting())

        assert said is not None
        assert (20, digests) == (said.server_stream.octets, said.server_stream.sha256 is not None)


def test_roles_that_were_a_guess_follow_the_words() -> None:
    """A capture that begins in the middle, with the server on the higher port: the greeting tells who serves."""
    scene = Scene()
    session = Session(scene, server_port=52525)
    session.client.endpoint = (MTA, 1025)
    for line, from_client in (
        ("220 mx.example.net ESMTP", False),
        ("EHLO mta.corp.example", True),
        ("250 mx.example.net", False),
    ):
        session.send(from_client, PSH | ACK, f"{line}\r\n".encode())
        session.acknowledge(from_client=not from_client)
    (connection,) = read(scene).connections

    assert (Endpoint(MTA, 1025), Endpoint(MX1, 52525)) == (connection.client, connection.server)
    assert connection.dialogue is not None
    assert connection.client == connection.dialogue.client


def test_everything_turns_with_the_roles() -> None:
    guess = sighting(
        client=MX1,
        server=MTA,
        roles_known=False,
        from_client=HalfStream(octets=7),
        from_server=HalfStream(octets=9),
        isns=(1, 2),
        resets=(Reset(0, 1, True, 64, 1, 0, acceptable=True, answers_closed=False),),
    )
    said = dialogue()
    assert said.client != guess.client
    right = turned(guess, said)

    assert (guess.server, guess.client) == (right.client, right.server)
    assert (9, 7) == (right.from_client.octets, right.from_server.octets)
    assert (2, 1) == (right.client_isn, right.server_isn)
    assert [False] == [r.from_client for r in right.resets]


def test_what_is_known_stays() -> None:
    known = sighting(client=MX1, server=MTA)

    assert known is turned(known, dialogue())
    assert known is turned(known, None)
