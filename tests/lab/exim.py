"""Exim, as it is configured where one file holds everything."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.lab.mail import certificate
from tests.lab.mail_server import Wanted

CONFIGURATION: Final = """\
primary_hostname = {name}
domainlist taken = {domains}
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
log_selector = +millisec +pid +outgoing_interface +outgoing_port +incoming_port +smtp_connection
exim_user = Debian-exim
exim_group = Debian-exim
never_users =
keep_environment = TZ
disable_ipv6 = true
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max_per_connection = 100
{tls}
acl_smtp_rcpt = accept_rcpt
begin acl
accept_rcpt:
  accept hosts = 127.0.0.1
  deny domains = +taken
       local_parts = ! alice : ! bob
       message = 5.1.1 No such mailbox here
  accept domains = +taken
  deny message = 5.7.1 Relaying denied
begin routers
taken:
  driver = redirect
  domains = +taken
  data = :blackhole:
{router}
begin transports
remote_smtp:
  driver = smtp
  connect_timeout = 5s
  command_timeout = 5s
  data_timeout = 5s
  final_timeout = 5s
  hosts_try_dane =
begin retry
* * F,1h,30m
"""
BY_DNS: Final = "dns:\n  driver = dnslookup\n  transport = remote_smtp\n  no_more"
BY_HAND: Final = "smart:\n  driver = manualroute\n  route_list = * {host} byname\n  transport = remote_smtp\n  no_more"
SECURED: Final = "tls_advertise_hosts = *\ntls_certificate = {folder}/{name}.pem\ntls_privatekey = {folder}/{name}.key"


class Exim:
    """Written to ``mainlog`` by Exim itself."""

    PACKAGE = "exim4"
    LOG = "mainlog"
    SENT = r" => bob@"
    DEFERRED = r" == bob@"
    REJECTED = r" \*\* bob@"
    TAKEN = r" => :blackhole:"
    REFUSED = r"rejected RCPT"

    def prepare(self, wanted: Wanted, folder: Path) -> Sequence[str]:
        tls = "tls_advertise_hosts ="
        if wanted.tls:
            certificate(folder, wanted.name)
            (folder / f"{wanted.name}.key").chmod(0o644)
            tls = SECURED.format(folder=folder, name=wanted.name)
        router = BY_HAND.format(host=wanted.smart_host) if wanted.smart_host else BY_DNS
        (folder / "exim4.conf").write_text(
            CONFIGURATION.format(
                name=wanted.name, domains=" : ".join(wanted.domains), folder=folder, tls=tls, router=router
            )
        )
        place = "/etc/exim4/exim4.conf"  # named with -C, it would take its privileges
        # Not by exec: the kernel would forget to end a setuid program with its parent; with the shell, it ends all.
        start = f"mkdir -p /etc/exim4 && cp {folder}/exim4.conf {place} && /usr/sbin/exim4 -bdf -q1h; exit"
        return ("sh", "-c", start)
