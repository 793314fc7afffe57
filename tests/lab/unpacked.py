"""Mail servers that conflict with Postfix, as Debian packages them: unpacked into a folder of the lab, never installed.

python -m tests.lab.unpacked fetches what is missing (apt-get download, dpkg -x); scripts.system_packages does so too.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
CACHE: Final = PROJECT / ".lab"
PACKAGES: Final = {
    "exim4": ("exim4-base", "exim4-daemon-light", "libidn12", "libgnutls-dane0", "libnsl2"),
    "sendmail-mta": (
        "sendmail-base", "sendmail-bin", "sendmail-cf", "m4", "libsigsegv2", "libwrap0", "libnsl2", "liblockfile1",
        "libldap-2.5-0", "libsasl2-2",
    ),
    "opensmtpd": ("opensmtpd", "libevent-2.1-7"),
}  # fmt: skip
"""With the libraries that a system with Postfix, BIND and Unbound may lack."""
MAIN: Final = {
    "exim4": "usr/sbin/exim4",
    "sendmail-mta": "usr/libexec/sendmail/sendmail",
    "opensmtpd": "usr/sbin/smtpd",
}
SECONDS: Final = 120


def root(server: str) -> Path:
    """The folder that holds what *server* would have put under ``/``."""
    return CACHE / server


def lacking(servers: Iterable[str]) -> list[str]:
    """Say of each of *servers* that is not unpacked how to have it."""
    return [
        f"{server} is missing: python -m tests.lab.unpacked"
        for server in servers
        if not (root(server) / MAIN[server]).exists()
    ]


def fetch() -> Iterator[str]:
    """Download and unpack what is missing; say of each that cannot be had why."""
    for server, packages in PACKAGES.items():
        if lacking([server]):
            try:
                _fetch(server, packages)
            except (OSError, subprocess.SubprocessError) as error:
                said = getattr(error, "stderr", None) or str(error)
                yield f"{server} cannot be had: {said.strip().splitlines()[-1]}"


def _fetch(server: str, packages: Iterable[str]) -> None:
    # Some of these programs run as another user (setuid); nobody but root gets near them.
    CACHE.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder = Path(name)
        _run("apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", *packages, cwd=folder)
        for package in sorted(folder.glob("*.deb")):
            _run("dpkg", "-x", str(package), "root", cwd=folder)
        (folder / "root").chmod(0o755)
        shutil.rmtree(root(server), ignore_errors=True)
        (folder / "root").rename(root(server))


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=SECONDS)


def main() -> int:
    if os.geteuid() or not shutil.which("apt-get") or not shutil.which("dpkg"):
        sys.stderr.write("only as root, on Debian: without it the scenarios of other mail servers are skipped\n")
        return 2
    reasons = list(fetch())
    sys.stderr.writelines(f"{reason}\n" for reason in reasons)
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
