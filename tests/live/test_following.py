"""Files that grow, are rotated, cut, removed and made anew: each line once, none invented."""

from pathlib import Path

import pytest

from wiretruth.errors import InputError
from wiretruth.live.following import LONGEST, Tail, Whole

AGE = 10**12


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "mail.log"
    path.write_bytes(b"old\nolder\n")
    return path


def write(path: Path, octets: bytes) -> None:
    with path.open("ab") as out:
        out.write(octets)


def test_following_begins_at_the_end(log: Path) -> None:
    tail = Tail(str(log))
    write(log, b"new\nhalf")

    assert 1 == tail.look(1, AGE)
    assert ((b"new",), 2) == (tail.lines(), tail.forgotten)
    write(log, b" done\r\n")
    tail.look(2, AGE)
    assert (b"new", b"half done") == tail.lines()


def test_rotation_loses_no_line(log: Path) -> None:
    """What was written to the old file up to the last moment is read, then the new one from its beginning."""
    tail = Tail(str(log))
    write(log, b"one\n")
    log.rename(log.with_suffix(".1"))
    write(log.with_suffix(".1"), b"two\n")
    log.write_bytes(b"three\n")
    tail.look(1, AGE)

    assert (b"one", b"two", b"three") == tail.lines()


def test_a_file_that_is_gone_for_a_while_is_waited_for(log: Path) -> None:
    tail = Tail(str(log))
    log.rename(log.with_suffix(".1"))
    assert 0 == tail.look(1, AGE)
    write(log.with_suffix(".1"), b"late\n")
    assert 1 == tail.look(2, AGE)
    log.write_bytes(b"new\n")
    tail.look(3, AGE)

    assert (b"late", b"new") == tail.lines()


def test_a_file_that_was_cut_is_read_from_its_beginning(log: Path) -> None:
    tail = Tail(str(log))
    write(log, b"one\n")
    tail.look(1, AGE)
    log.write_bytes(b"two\n")
    tail.look(2, AGE)

    assert (b"one", b"two") == tail.lines()


def test_old_lines_are_forgotten_and_counted(log: Path) -> None:
    tail = Tail(str(log), most=2)
    write(log, b"1\n2\n3\n")
    tail.look(1, AGE)
    assert ((b"2", b"3"), 3) == (tail.lines(), tail.forgotten)
    tail.look(1 + AGE + 1, AGE)
    assert ((), 5) == (tail.lines(), tail.forgotten)


def test_a_line_without_end_takes_no_memory(log: Path) -> None:
    tail = Tail(str(log))
    write(log, b"x" * (3 * LONGEST) + b"\nnext\n")
    tail.look(1, AGE)

    assert (LONGEST, b"next") == (len(tail.lines()[0]), tail.lines()[-1])


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be followed"):
        Tail(str(tmp_path / "none"))
    with pytest.raises(InputError, match="cannot be read"):
        Whole(str(tmp_path / "none"))


def test_rules_are_read_anew_when_they_change(log: Path) -> None:
    rules = Whole(str(log))
    assert not rules.look()
    log.write_bytes(b"-A INPUT -j DROP\n")
    assert rules.look()
    assert b"-A INPUT -j DROP" in rules.lines


def test_rules_that_vanish_stay_as_they_were(log: Path) -> None:
    rules = Whole(str(log))
    log.write_bytes(b"")
    assert not rules.look()
    log.unlink()
    assert not rules.look()
    assert b"old" in rules.lines
