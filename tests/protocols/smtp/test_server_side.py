"""The server's direction: replies, gaps, rubbish."""

from tests.protocols.smtp.script import Turn, play, render, turns
from wiretruth.protocols.smtp.replies import remembered_tidy


def test_a_gap_within_a_line_drops_the_rest_of_it() -> None:
    script = turns("S: 220 mx.example.net\nC: NOOP\nS- 5\nS: ed and done\nC: NOOP\nS: 250 Ok")

    assert ["nothing", "nothing"] == [line.partition(" -> ")[2] for line in render(play(script))[1:3]]


def test_a_gap_before_a_reply_leaves_it_whole() -> None:
    script = turns("S- 20\nS: 250 Ok\nC: QUIT\nS: 221 Bye")

    assert ["QUIT [QUIT] -> 221 Bye", "unasked 250 Ok", "missing 20"] == render(play(script))


def test_the_rest_of_a_line_at_the_start_is_no_fault() -> None:
    assert () == play(turns("S: eued as 4F\nC: QUIT\nS: 221 Bye")).faults


def test_faults_tell_where_and_never_quote() -> None:
    (fault,) = play(turns("S: 220 mx.example.net\nS: hunter2")).faults

    assert ("SMTP reply", 20, "a line of 7 octets that has none") == (fault.where, fault.offset, fault.got)


def test_a_line_of_a_hundred_thousand_octets() -> None:
    dialogue = play([Turn(False, b"220 " + b"x" * 100_000 + b"\r\n")])

    assert dialogue.greeting is not None
    assert len(dialogue.greeting.lines[0]) < 1000


def test_what_may_repeat_a_secret_is_not_remembered() -> None:
    """From AUTH on, replies are read afresh: the memory of replies outlives the dialogue."""
    before = remembered_tidy.cache_info()
    play(turns("S: 220 mx.example.net a\nC: AUTH PLAIN aHVudGVyMg==\nS: 535 hunter2?\nC: QUIT\nS: 221 hunter2!"))
    after = remembered_tidy.cache_info()

    assert 1 == after.hits + after.misses - before.hits - before.misses
