"""How a line is quoted."""

from wiretruth.witnesses._entry import MAX_QUOTE, NO_TIME, Entry, quoted


def test_a_line_is_quoted_with_its_program() -> None:
    line = quoted("mail.log", Entry(7, NO_TIME, "mta", "postfix/smtp", "1", "connect to x"), "Postfix")

    assert ("mail.log", 7, "mta", "Postfix", "postfix/smtp: connect to x") == (
        line.source, line.number, line.host, line.program, line.text,
    )  # fmt: skip


def test_a_long_line_is_cut() -> None:
    line = quoted("x", Entry(7, NO_TIME, "", "", "", "a" * 1000), "Exim")

    assert "a" * MAX_QUOTE + " ..." == line.text
