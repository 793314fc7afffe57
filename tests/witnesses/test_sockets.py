"""Socket tables; the lines are recorded ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.witnesses.told import tell
from wiretruth.model.packet import Endpoint
from wiretruth.model.socket import SocketOwner
from wiretruth.witnesses.sockets import MAX_LINE_OF_SOCKET, Reader

LOCAL, REMOTE = Endpoint("10.99.0.1", 56106), Endpoint("198.51.100.10", 25)


def read(line: str) -> SocketOwner:
    (owner,) = tell(Reader("ss.txt"), [line]).claims
    assert isinstance(owner, SocketOwner)
    return owner


@pytest.mark.parametrize(
    ("line", "state", "local", "remote", "owner"),
    [
        (
            'ESTAB 0      0               10.99.0.1:56106      198.51.100.10:25    users:(("smtp",pid=12642,fd=3)) ino:1838557 sk:19 <->',
            "ESTAB", LOCAL, REMOTE, "smtp (pid 12642)",
        ),
        (
            "tcp   SYN-SENT 0      1      10.99.0.1:56106      198.51.100.10:25    uid:105 ino:1838557 sk:19 <->",
            "SYN-SENT", LOCAL, REMOTE, "uid 105",
        ),
        ("ESTAB 0 0 10.99.0.1%eth0:56106 198.51.100.10:25", "ESTAB", LOCAL, REMOTE, ""),
        (
            "ESTAB 0      0      [::ffff:127.0.0.1]:2525  [::ffff:10.99.0.1]:56106 ",
            "ESTAB", Endpoint("127.0.0.1", 2525), LOCAL, "",
        ),
        ("ESTAB 0 0 [2001:db8::1]:54296     [2001:db8::10]:25", "ESTAB", Endpoint("2001:db8::1", 54296), Endpoint("2001:db8::10", 25), ""),
        ("LISTEN 0      5                       *:2525                   *:*     ", "LISTEN", Endpoint("::", 2525), Endpoint("::", 0), ""),
        (
            "   0: 0100630A:DB2A 0A6433C6:0019 01 00000000:00000000 00:00000000 00000000   105        0 1838557 2 00000000d6d030ae 20 0 0 10 -1",
            "ESTAB", LOCAL, REMOTE, "uid 105",
        ),
        (
            "   2: 0000000000000000FFFF00000100007F:09DD 0000000000000000FFFF00000100630A:DB2A 02 00000000:00000000 00:00000000 00000000     0        0 1 2 0 20 0 0 10 -1",
            "SYN-SENT", Endpoint("127.0.0.1", 2525), LOCAL, "uid 0",
        ),
        (
            "   3: B80D0120000000000000000001000000:D418 B80D0120000000000000000010000000:0019 06 00000000:00000000 00:00000000 00000000     0        0 1 2 0 20 0 0 10 -1",
            "TIME-WAIT", Endpoint("2001:db8::1", 54296), Endpoint("2001:db8::10", 25), "uid 0",
        ),
    ],
)  # fmt: skip
def test_every_form(line: str, state: str, local: Endpoint, remote: Endpoint, owner: str) -> None:
    found = read(line)

    assert (state, local, remote, owner) == (found.state, found.local, found.remote, found.owner)


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("State Recv-Q Send-Q      Local Address:Port        Peer Address:Port Process", False),
        ("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode", False),
        ("", True),
        ("ESTAB 0 0 mail.example.net:25 10.99.0.1:1", True),
        ("ESTAB 0 0 10.99.0.1:99999 198.51.100.10:25", True),
        ("   0: 0100630A:DB2A 0A6433C6:0019 7F 00000000:00000000 00:00000000 00000000     0 0", True),
        ("ESTAB 0 0 10.99.0.1:1 198.51.100.10:25 " + "x" * MAX_LINE_OF_SOCKET, True),
    ],
)
def test_what_is_no_socket(line: str, unknown: bool) -> None:
    told = tell(Reader("ss.txt"), [line])

    assert ([], unknown) == (told.claims, bool(told.unknown))


def test_names_of_programs_are_safe_to_show() -> None:
    assert "\x1b" not in read('ESTAB 0 0 10.99.0.1:1 198.51.100.10:25 users:(("\x1b[2J",pid=1,fd=1))').owner


@given(st.text() | st.from_regex(r"(ESTAB|LISTEN) +[0-9]+ +[0-9]+ +\S+:[0-9*]+ +\S+:[0-9*]+ .*", fullmatch=True))
def test_hostile_lines_raise_nothing(line: str) -> None:
    tell(Reader("ss.txt"), [line])
