"""``python -m scripts.system_packages``: the programs that some tests call; as root on Debian they are installed."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.lab import unpacked
from tests.lab.requirements import OPTIONAL, PROGRAMS

JUDGES: Final[Mapping[str, str]] = {
    "tshark": "tshark",
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "groff": "groff-base",
}
"""Programs that tests outside the lab compare wiretruth with or look at its pages with, and their Debian packages."""
SEARCHED: Final = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
POLICY: Final = Path("/usr/sbin/policy-rc.d")
FORBIDDEN: Final = 101
"""What policy-rc.d answers so that no daemon is started (Debian policy §9.3.3)."""
ANSWERS: Final = "postfix postfix/main_mailer_type select No configuration\n"


def missing() -> dict[str, str]:
    """Give the programs that are not here, with the Debian packages that hold them."""
    wanted = {**PROGRAMS, **OPTIONAL, **JUDGES}
    return {program: package for program, package in wanted.items() if shutil.which(program, path=SEARCHED) is None}


@contextlib.contextmanager
def no_daemons() -> Iterator[None]:
    """Keep packages from starting their daemons while they are being installed; a policy that is there stays."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text(f"#!/bin/sh\nexit {FORBIDDEN}\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def install(packages: list[str]) -> None:
    """Install Debian packages without a question, without recommendations and without starting anything."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if "postfix" in packages:
        subprocess.run(["debconf-set-selections"], input=ANSWERS, text=True, check=True)
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    with no_daemons():
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.run(command, check=True, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def main() -> int:
    """Install what is missing where that is possible; else say which tests will be skipped, and go on."""
    absent = missing()
    root = os.geteuid() == 0
    if absent and root and shutil.which("apt-get"):
        packages = sorted(set(absent.values()))
        sys.stderr.write(f"installing for the lab tests: {' '.join(packages)}\n")
        install(packages)
        absent = missing()
    if root and shutil.which("apt-get"):
        sys.stderr.writelines(f"lab scenarios will be skipped: {reason}\n" for reason in unpacked.fetch())
    if not root:
        sys.stderr.write("the lab tests will be skipped: making network namespaces needs root (sudo make test)\n")
    for program, package in absent.items():
        sys.stderr.write(f"tests that call {program} will be skipped: it is in the package {package}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
