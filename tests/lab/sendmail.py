"""Sendmail, its sendmail.cf made by m4 as everybody makes it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.lab.mail import certificate
from tests.lab.mail_server import HERE, Wanted

MC: Final = """\
divert(-1)
define(`_CF_DIR_', `/usr/share/sendmail/cf/')
include(`/usr/share/sendmail/cf/m4/cf.m4')
OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `{name}')dnl
define(`confTO_CONNECT', `5s')dnl
define(`confTO_ICONNECT', `5s')dnl
define(`confTO_IDENT', `0s')dnl
define(`confTO_INITIAL', `5s')dnl
define(`confTO_HELO', `5s')dnl
define(`confTO_MAIL', `5s')dnl
define(`confTO_RCPT', `5s')dnl
define(`confPRIVACY_FLAGS', `noetrn')dnl
define(`confDONT_BLAME_SENDMAIL', `GroupReadableKeyFile,GroupWritableDirPathSafe,AssumeSafeChown')dnl
undefine(`ALIAS_FILE')dnl
define(`ALIAS_FILE', `')dnl
define(`STATUS_FILE', `')dnl
define(`confSERVICE_SWITCH_FILE', `/etc/mail/service.switch')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unqualified_senders')dnl
FEATURE(`accept_unresolvable_domains')dnl
DAEMON_OPTIONS(`Name=MTA, Family=inet')dnl
{settings}
MAILER(local)dnl
MAILER(smtp)dnl
MAILER_DEFINITIONS
Mvoid, P=[FILE], F=lsDFMPEou, S=EnvFromL, R=EnvToL, T=DNS/RFC822/X-Unix, A=FILE /dev/null
LOCAL_RULE_0
{rules}
"""
TLS: Final = """\
define(`confCACERT_PATH', `/etc/ssl/certs')dnl
define(`confSERVER_CERT', `{folder}/{name}.pem')dnl
define(`confSERVER_KEY', `{folder}/{name}.key')dnl"""


class Sendmail:
    """Logs through syslog, into a file of whole seconds without a year."""

    PACKAGE = "sendmail-mta"
    LOG = "mail.log"
    SENT = r"stat=Sent"
    DEFERRED = r"stat=Deferred"
    REJECTED = r"stat=User unknown"
    TAKEN = r"mailer=void.* stat=Sent"
    REFUSED = r"nobody@corp.example>\.\.\. User unknown"

    def prepare(self, wanted: Wanted, folder: Path) -> Sequence[str]:
        (folder / "sendmail.mc").write_text(
            MC.format(
                name=wanted.name,
                settings="\n".join(self._settings(wanted, folder)),
                rules="\n".join(self._rules(wanted)),
            )
        )
        start = (
            "mkdir -p /etc/mail /var/spool/mqueue /run/sendmail/mta && chmod 700 /var/spool/mqueue && "
            "printf 'hosts\\tfiles dns\\n' > /etc/mail/service.switch && "
            f"m4 {folder}/sendmail.mc > /etc/mail/sendmail.cf && "
            "exec /usr/libexec/sendmail/sendmail -C /etc/mail/sendmail.cf -bD -q1h"
        )
        logging = (sys.executable, "-I", str(HERE / "syslog.py"), str(folder / self.LOG), wanted.host, "traditional")
        return (*logging, "sh", "-c", start)

    @staticmethod
    def _settings(wanted: Wanted, folder: Path) -> list[str]:
        settings = [f"RELAY_DOMAIN(`{domain}')dnl" for domain in wanted.domains]
        if wanted.smart_host:
            settings.append(f"define(`SMART_HOST', `[{wanted.smart_host}]')dnl")
        if wanted.tls:
            certificate(folder, wanted.name)
            settings.append(TLS.format(folder=folder, name=wanted.name))
        return settings

    @staticmethod
    def _rules(wanted: Wanted) -> list[str]:
        """Mailboxes that are taken are thrown away; the others of these domains are unknown."""
        return [
            line
            for domain in wanted.domains
            for line in (
                *(f"R{box} < @ {domain} . > $*\t$#void $: {box}" for box in ("alice", "bob")),
                f"R$* < @ {domain} . > $*\t$#error $@ 5.1.1 $: 550 5.1.1 User unknown",
            )
        ]
