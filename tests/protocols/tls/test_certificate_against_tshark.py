"""The names of the certificates in a public capture, as tshark reads them."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.protocols.smtp.wire_tap import dialogues

pytestmark = pytest.mark.shared

CAPTURE: Final = Path(__file__).resolve().parents[4] / "shared/corpus/ndpi/default__pcap__smtp-starttls.pcap"


def test_names_are_tsharks() -> None:
    if not CAPTURE.exists() or shutil.which("tshark") is None:
        pytest.skip("the public captures, or tshark, are not here")
    asked = ["tshark", "-r", str(CAPTURE), "-Y", "tls.handshake.type == 11", "-T", "fields", "-E", "occurrence=a"]
    done = subprocess.run(
        [*asked, "-e", "x509ce.dNSName", "-e", "x509sat.uTF8String"], capture_output=True, text=True, check=True
    )
    named = {name for line in done.stdout.splitlines() for field in line.split("\t") for name in field.split(",")}
    ours = {name for dialogue in dialogues(CAPTURE) if dialogue.tls for name in dialogue.tls.names}

    assert ours
    assert ours <= named
