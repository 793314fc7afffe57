"""``wiretruth diff --resolver`` asks a real Unbound, in a namespace of its own. Needs root."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.lab.requirements import missing
from tests.lab.shell import Daemon, run

REASONS = missing()
pytestmark = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]

PROJECT: Final = Path(__file__).parents[2]
CAPTURE: Final = PROJECT / "pcaps/plain-delivery/mta-eth0.pcap"
CONFIGURATION: Final = """\
server:
  interface: 127.0.0.1
  do-daemonize: no
  use-syslog: no
  chroot: ""
  username: ""
  pidfile: ""
  directory: "{folder}"
  local-zone: "example.net." static
  local-data: "example.net. 300 MX 10 mail.example.net."
  local-data: "mail.example.net. 300 A {address}"
"""


@pytest.fixture
def namespace() -> Iterator[str]:
    name = f"wt{os.getpid()}asking"
    run("ip", "netns", "add", name)
    try:
        run("ip", "-n", name, "link", "set", "lo", "up")
        yield name
    finally:
        run("ip", "netns", "del", name)


def diff(namespace: str, *arguments: str) -> tuple[int, str]:
    """Run the command where the resolver is; give status and output."""
    command = [sys.executable, "-m", "wiretruth", "diff", str(CAPTURE), *arguments]
    script = 'cd "$1" && shift && "$@"; echo "status $?"'
    said = run("ip", "netns", "exec", namespace, "sh", "-c", script, "sh", str(PROJECT), *command)
    output, _, status = said.rstrip().rpartition("status ")
    return int(status), output


@pytest.mark.parametrize(
    ("address", "status", "line"),
    [("198.51.100.10", 0, " mail.example.net A 198.51.100.10"), ("192.0.2.7", 1, "+mail.example.net A 192.0.2.7")],
)
def test_todays_answers(namespace: str, tmp_path: Path, address: str, status: int, line: str) -> None:
    settings = tmp_path / "unbound.conf"
    settings.write_text(CONFIGURATION.format(folder=tmp_path, address=address))
    daemon = Daemon(["ip", "netns", "exec", namespace, "unbound", "-d", "-c", str(settings)], tmp_path / "said")
    try:
        daemon.wait_for("start of service")
        done, output = diff(namespace, "--resolver", "127.0.0.1")
    finally:
        daemon.stop()

    assert (status, True) == (done, line in output.splitlines())


def test_a_resolver_that_is_not_there(namespace: str) -> None:
    """Nothing listens: that is trouble, and no difference."""
    done, output = diff(namespace, "--resolver", "127.0.0.1")

    assert (2, True) == (done, "gives no answer for MX example.net" in output)
