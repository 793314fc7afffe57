"""TLS within a dialogue: that it began, and what its ClientHello says."""

from wiretruth.model.frames import Mark
from wiretruth.model.tls import TlsStart
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.smtp.handshake import Handshake

HELLO = b"\x16\x03\x01\x00\x2d\x01\x00\x00\x29\x03\x03" + b"r" * 32 + b"\x00\x00\x02\x00\x2f\x01\x00"


def test_the_hello_is_heard_in_any_segments() -> None:
    for ends in ([4 + len(HELLO)], [5, 9, 4 + len(HELLO)], [2, 4, 7, 4 + len(HELLO)]):
        conversation = Conversation(0, 0)
        handshake = Handshake(conversation)
        handshake.begin(implicit=False, mark=Mark(5, 6))
        handshake.receive_run(b"xxxx" + HELLO, ends, 4)
        handshake.finish()

        assert TlsStart(5, 6, False, None, "TLS 1.2") == conversation.tls


def test_what_the_server_would_not_have_is_undone() -> None:
    conversation = Conversation(0, 0)
    handshake = Handshake(conversation)
    handshake.begin(implicit=False, mark=Mark(5, 6))
    handshake.undo()
    handshake.finish()

    assert conversation.tls is None
