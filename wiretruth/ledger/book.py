"""The ledger: everything stated in a run, behind narrow questions. Rules read it and nothing else."""

from collections.abc import Iterable, Sequence

from wiretruth.ledger.clocks import Clocks
from wiretruth.ledger.contacts import Contacts
from wiretruth.ledger.deliveries import gather
from wiretruth.ledger.hosts import Hosts
from wiretruth.ledger.intentions import Intentions
from wiretruth.ledger.log_scene import Scene
from wiretruth.ledger.logs import Logs
from wiretruth.ledger.names import Names
from wiretruth.ledger.paths import Paths
from wiretruth.ledger.rulesets import RuleSets
from wiretruth.ledger.sockets import Sockets
from wiretruth.ledger.traces import Traces
from wiretruth.ledger.translations import Translations
from wiretruth.ledger.visibility import Visibility
from wiretruth.model.connection import Connection
from wiretruth.model.delivery import Delivery
from wiretruth.model.log import JudgedLine, ReadLog
from wiretruth.model.ruleset import RuleSet
from wiretruth.model.socket import SocketOwner
from wiretruth.model.statements import Contact, Resolution, Statement, Survey
from wiretruth.model.trace import Traced
from wiretruth.model.translation import Translation


class Ledger:
    """One run's statements.

    Attributes:
        names: what each client was told.
        contacts: who contacted whom.
        visibility: what each vantage could see.
        clocks: how far those of several inputs disagree.
        paths: which vantages lie behind which.
        intentions: where contacts were meant to go.
        translations: what connection tracking says.
        sockets: what the kernel's socket table says.
        rulesets: of firewalls, one for each file.
        traces: packets that a firewall traced.
        deliveries: after :meth:`settle`.
        logs: what mail logs say, after :meth:`hold_against`.
    """

    def __init__(self) -> None:
        self._hosts = Hosts()
        self.names = Names(self._hosts)
        self.contacts = Contacts(self._hosts)
        self.visibility = Visibility()
        self.clocks = Clocks()
        self.paths = Paths()
        self.intentions = Intentions(self.names, self.contacts)
        self.translations = Translations()
        self.sockets = Sockets(self.contacts)
        self.rulesets = RuleSets()
        self.traces = Traces()
        self.deliveries: tuple[Delivery, ...] = ()
        self.logs = Logs()

    def add(self, statements: Iterable[Statement]) -> None:
        """Remember statements; those of one kind come in time order, surveys before what their vantages saw."""
        for statement in statements:
            match statement:
                case Resolution():
                    self.names.add(statement)
                    self.paths.add_lookup(statement.lookup)
                case Contact():
                    self.contacts.add(statement)
                    self.paths.add_connection(statement.connection)
                case Survey():
                    self._hosts.know(statement)
                    self.visibility.add(statement)

    def hear(self, claims: Iterable[Translation | RuleSet | SocketOwner | Traced]) -> None:
        """Remember what other witnesses than the wire say."""
        for claim in claims:
            match claim:
                case Translation():
                    self.translations.add(claim)
                case SocketOwner():
                    self.sockets.add(claim)
                case RuleSet():
                    self.rulesets.add(claim)
                case Traced():
                    self.traces.add(claim)

    def settle(self) -> None:
        """Gather deliveries: nothing more will be stated about the contacts known so far."""
        self.deliveries = tuple(gather(self.contacts, self.intentions, self.names))

    def hold_against(self, logs: Sequence[ReadLog], others: Iterable[Connection] = ()) -> tuple[JudgedLine, ...]:
        """Hold mail logs against everything that was stated, and give deliveries their lines; call it after settling.

        Args:
            logs: as they were read.
            others: connections on which nobody spoke SMTP, to other ports: mail may have been led there.
        """
        if logs:
            scene = Scene(self.contacts, self.names, self.intentions, self.visibility, others)
            self.logs.judge(logs, scene)
            self.deliveries = tuple(self._with_lines(delivery) for delivery in self.deliveries)
        return self.logs.judged

    def _with_lines(self, delivery: Delivery) -> Delivery:
        lines = tuple(line for attempt in delivery.attempts for line in self.logs.of(attempt.connection))
        return delivery._replace(log=lines) if lines else delivery
