"""Postfix, one private instance in one namespace: its own configuration, queue, data and log."""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.lab.shell import Daemon, run, wait_for_line
from tests.lab.topology import Network

SERVICES: Final = """\
smtp      inet  n - n - - smtpd
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
local     unix  - - n - - discard
anvil     unix  - - n - 1 anvil
verify    unix  - - n - 1 verify
scache    unix  - - n - 1 scache
tlsmgr    unix  - - n 1000? 1 tlsmgr
postlog   unix-dgram n - n - 1 postlogd
"""
QUEUES: Final = (
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace",
    "maildrop", "public",
)  # fmt: skip
LONG_AGO: Final = 946684800

COMMON: Final = {
    "compatibility_level": "3.6",
    "inet_interfaces": "all",
    "mynetworks": "127.0.0.0/8 [::1]/128",
    "mydestination": "$mydomain",
    "alias_maps": "",
    "alias_database": "",
    "local_recipient_maps": "",
    "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination",
    "biff": "no",
}
SENDER: Final = {
    "myhostname": "mta.corp.example",
    "mydomain": "corp.example",
    "smtp_connect_timeout": "6s",
    "smtp_helo_timeout": "5s",
    "smtp_mail_timeout": "5s",
    "smtp_rcpt_timeout": "5s",
    "smtp_data_init_timeout": "5s",
    "smtp_data_done_timeout": "5s",
    "minimal_backoff_time": "3600s",
    "maximal_backoff_time": "3600s",
}
RECEIVER: Final = {
    "mydomain": "example.net",
    "mydestination": "",
    "relay_domains": "example.net example.org",
    "relay_transport": "discard",
    "smtpd_peername_lookup": "no",
}


class Postfix:
    """One running instance."""

    def __init__(self, network: Network, host: str, folder: Path, settings: Mapping[str, str]) -> None:
        self.host, self.log = host, folder / "mail.log"
        self._network, self._folder = network, folder
        self._prepare(settings)
        master = Path(run("postconf", "-d", "-h", "-c", str(folder), "daemon_directory").strip()) / "master"
        command = network.enter(host, "env", "TZ=UTC", str(master), "-c", str(folder), "-d")
        self._daemon = Daemon(command, folder / "said")
        self._daemon.wait_for("daemon started", self.log)

    def stop(self) -> None:
        self._daemon.stop()

    def wait_for(self, pattern: str, times: int = 1, seconds: float = 60) -> None:
        """Wait until *pattern* (a regular expression) stands in the mail log that often."""
        wait_for_line(self.log, pattern, times, seconds)

    def _prepare(self, settings: Mapping[str, str]) -> None:
        owner = pwd.getpwnam("postfix")
        for name in (*(f"queue/{queue}" for queue in QUEUES), "queue/pid", "data"):
            (self._folder / name).mkdir(parents=True)
            if name != "queue/pid":
                os.chown(self._folder / name, owner.pw_uid, owner.pw_gid)
        places = {
            "queue_directory": f"{self._folder}/queue",
            "data_directory": f"{self._folder}/data",
            "maillog_file": str(self.log),
            "maillog_file_prefixes": str(self._folder),
        }
        lines = (f"{key} = {value}\n" for key, value in (COMMON | places | dict(settings)).items())
        for name, text in (("main.cf", "".join(lines)), ("master.cf", SERVICES)):
            (self._folder / name).write_text(text)
            # Postfix reads a file younger than a second again and again, for fear of a half-written one.
            os.utime(self._folder / name, (LONG_AGO, LONG_AGO))


def certificate(folder: Path, name: str) -> dict[str, str]:
    """Make a self-signed certificate for *name*; give the settings that use it."""
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    subject = ("-subj", f"/CN={name}", "-days", "30", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
    run("openssl", "req", "-x509", *subject, "-keyout", str(key), "-out", str(cert))
    return {"smtpd_tls_security_level": "may", "smtpd_tls_cert_file": str(cert), "smtpd_tls_key_file": str(key)}
