"""Events and faults within bounds."""

from wiretruth.model.smtp import Command, Reply
from wiretruth.protocols.smtp.record import MAX_EVENTS, MAX_FAULTS, MAX_TEXT, Record


def test_events_beyond_the_bound_are_counted() -> None:
    record = Record()
    kept = [record.note(Command(0, 0, "NOOP", ""), 0) for _ in range(MAX_EVENTS + 5)]

    assert (MAX_EVENTS, MAX_EVENTS, 5) == (sum(kept), len(record.events), record.dropped)


def test_text_beyond_the_bound_is_counted() -> None:
    """A reply of 128 long lines, over and over, must not fill the memory."""
    record = Record()
    long = Reply(0, 0, 250, None, ("x" * 512,) * 128)
    for _ in range(100):
        record.note(long, 512 * 128)

    assert MAX_TEXT // (512 * 128) == len(record.events)
    assert 100 - len(record.events) == record.dropped


def test_faults_are_bounded() -> None:
    record = Record()
    for offset in range(MAX_FAULTS + 5):
        record.fault("SMTP reply", offset, "a", "b", 1)

    assert list(range(MAX_FAULTS)) == [fault.offset for fault in record.faults]
