"""OpenSMTPD."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.lab.mail import certificate
from tests.lab.mail_server import HERE, Wanted

RECEIVING: Final = """\
table boxes {{ alice = nobody, bob = nobody }}
action "in" mda "/bin/cat" virtual <boxes>
match from any for domain {{ {domains} }} action "in"
"""
SENDING: Final = """\
action "out" relay {to}helo {name}
match from local for any action "out"
"""


class OpenSmtpd:
    """Logs through syslog, into a file of microseconds with a time zone."""

    PACKAGE = "opensmtpd"
    LOG = "mail.log"
    SENT = r'mta delivery .* result="Ok"'
    DEFERRED = r'mta delivery .* result="TempFail"'
    REJECTED = r'mta delivery .* result="PermFail"'
    TAKEN = r"mda delivery .* result=Ok"
    REFUSED = r"smtp failed-command"

    def prepare(self, wanted: Wanted, folder: Path) -> Sequence[str]:
        (folder / "smtpd.conf").write_text("\n".join(self._lines(wanted, folder)))
        start = (
            f"cp {folder}/smtpd.conf /etc/smtpd.conf && chmod 600 /etc/smtpd.conf && "
            "mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty && chmod 711 /var/spool/smtpd && "
            "chown root:root /var/lib/opensmtpd /var/lib/opensmtpd/empty && exec /usr/sbin/smtpd"
        )
        logging = (sys.executable, "-I", str(HERE / "syslog.py"), str(folder / self.LOG), wanted.host, "precise")
        return (*logging, "sh", "-c", start)

    @staticmethod
    def _lines(wanted: Wanted, folder: Path) -> list[str]:
        secured, lines = "", []
        if wanted.tls:
            certificate(folder, wanted.name)
            (folder / f"{wanted.name}.key").chmod(0o600)
            lines.append(f'pki {wanted.name} cert "{folder}/{wanted.name}.pem"')
            lines.append(f'pki {wanted.name} key "{folder}/{wanted.name}.key"')
            secured = f" tls pki {wanted.name}"
        lines.append(f"listen on 0.0.0.0 port 25{secured} hostname {wanted.name}")
        if wanted.domains:
            lines.append(RECEIVING.format(domains=", ".join(f'"{domain}"' for domain in wanted.domains)))
        to = f"host smtp://{wanted.smart_host} " if wanted.smart_host else ""
        return [*lines, SENDING.format(to=to, name=wanted.name)]
