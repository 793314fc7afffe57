"""What pages show of a session is what its commands print."""

from pathlib import Path

import pytest

from scripts.sessions import commands, with_sessions

PROJECT = Path(__file__).parents[2]


def block(*lines: str) -> str:
    return "\n".join(["before", "```console", *lines, "```", "behind", ""])


def test_old_output_gives_way_to_new() -> None:
    assert block("$ echo new", "new") == with_sessions(block("$ echo new", "old", "older"), PROJECT)


def test_later_commands_find_what_earlier_ones_wrote() -> None:
    first, second = block("$ echo 1 > made"), block("$ cat made", "1")

    assert first + second == with_sessions(first + block("$ cat made"), PROJECT)


def test_captures_are_at_hand_and_nothing_is_written_beside_them() -> None:
    page = block("$ ls -d pcaps/plain-delivery", "pcaps/plain-delivery")

    assert page == with_sessions(page, PROJECT)
    assert with_sessions(block("$ echo 1 > written-by-a-page"), PROJECT)
    assert not (PROJECT / "written-by-a-page").exists()


def test_a_command_goes_on_behind_a_backslash() -> None:
    assert ["echo a \\\n  b", "true"] == commands("$ echo a \\\n  b\na b\n$ true\n")


def test_a_command_that_fails_is_told() -> None:
    with pytest.raises(RuntimeError, match="exit status 3"):
        with_sessions(block("$ exit 3"), PROJECT)


def test_other_pages_stay_as_they_are() -> None:
    page = "```bash\n$ exit 3\n```\n"

    assert page == with_sessions(page, PROJECT)
