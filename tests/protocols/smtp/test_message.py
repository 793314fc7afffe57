"""Mail data as it passes: text and chunks."""

from wiretruth.model.frames import Mark
from wiretruth.model.smtp import Step
from wiretruth.protocols.smtp.conversation import Conversation
from wiretruth.protocols.smtp.message import MessageReader
from wiretruth.protocols.smtp.pairing import Asked

MARK = Mark(5, 6)


def transaction(verb: bytes) -> tuple[Conversation, MessageReader, Asked]:
    conversation = Conversation(0, 0)
    conversation.line(b"MAIL FROM:<alice@example.org>", MARK)
    _, data = conversation.line(verb, MARK)
    return conversation, MessageReader(conversation), data


def test_text_to_its_end() -> None:
    conversation, message, data = transaction(b"DATA")
    message.begin_text(data, bare=False, sure=True)

    assert message.read_text(b"one\r\n", 0) is None
    assert 5 == message.read_text(b"xx.\r\nQUIT\r\n", 2)
    message.end_text(MARK, seen=True)
    (frozen,) = conversation.transactions.freeze()
    assert (5, 5, 6) == (frozen.octets, frozen.ended_at, frozen.ended_frame)
    assert conversation.pairing.waits(Step.END_OF_DATA)
    assert conversation.transactions.current is None


def test_text_cut_short() -> None:
    conversation, message, data = transaction(b"DATA")
    message.begin_text(data, bare=False, sure=True)
    message.read_text(b"half a mess", 0)
    message.cut_short()
    (frozen,) = conversation.transactions.freeze()

    assert (11, None, False) == (frozen.octets, frozen.ended_at, frozen.abandoned)


def test_chunks_add_up() -> None:
    conversation, message, data = transaction(b"BDAT 4")
    message.begin_chunk(data, 4, last=False)
    assert 3 == message.read_chunk(b"abc", 0, MARK)
    assert 1 == message.read_chunk(b"dQUIT", 0, MARK)
    _, last = conversation.line(b"BDAT 2 LAST", MARK)
    message.begin_chunk(last, 2, last=True)
    message.take_chunk(2, MARK)
    (frozen,) = conversation.transactions.freeze()

    assert (4, 5) == (frozen.octets, frozen.ended_at)
    assert Step.END_OF_DATA is last.step


def test_octets_of_no_message() -> None:
    conversation, message, _ = transaction(b"XEXCH50 3 2")
    message.begin_chunk(None, 3, last=False)
    message.read_chunk(b"abc", 0, MARK)

    assert [0] == [t.octets for t in conversation.transactions.freeze()]


def test_a_lone_dot_out_of_nowhere_ends_a_message() -> None:
    conversation = Conversation(0, 0)
    MessageReader(conversation).lone_dot(MARK)

    assert conversation.pairing.waits(Step.END_OF_DATA)
    assert () == conversation.transactions.freeze()
