"""The hub with all its parts, put together; nothing listens and nothing runs yet."""

import os
import random
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, partial
from importlib.resources.abc import Traversable
from pathlib import Path
from uuid import uuid4

import adapters.bank
import adapters.desk
import adapters.meals
import adapters.organizer
import adapters.portal
import adapters.school
import gateway.conformance.service
from adapters.portal.statuses import Statuses
from gateway.adapter import (
    Adapter,
    Job,
    LedgerFactory,
    Rules,
)
from gateway.bootstrap import choices, delays
from gateway.bootstrap import smev2 as second_binding
from gateway.bootstrap.binding import bind, endpoints
from gateway.bootstrap.contours import ContourJobs
from gateway.bootstrap.dispatch import Dispatch
from gateway.bootstrap.stand import Stand
from gateway.bootstrap.tables import load_calendar, load_statuses
from gateway.conformance.calls import lookouts, rounds
from gateway.conformance.language.suite import demonstration, shipped
from gateway.conformance.sessions import SessionDesk, Suites, closing
from gateway.conformance.sessions import jobs as session_jobs
from gateway.conformance.sessions.closing import Closing
from gateway.contracts.catalog import Catalog, load_catalog
from gateway.contracts.shelf import Shelf
from gateway.delivery import Channel, Deliverer
from gateway.kernel.message import Contour
from gateway.kernel.ports import Clock, Identifiers, Scanner
from gateway.kernel.settings import Settings
from gateway.outgoing import Outgoing
from gateway.payment_books import PaymentBooksFactory
from gateway.pipeline import keeping
from gateway.pipeline.exchange import Endpoint, Route, Wrapper
from gateway.security import policy, responders
from gateway.security.certificates import CertificateReader
from gateway.security.keys import KeyCache
from gateway.security.own import OwnSignature, load_signer
from gateway.security.proof import CredentialVerifier, SignatureRequired, Verifier
from gateway.security.provider import Providers
from gateway.security.providers import installed
from gateway.security.trust import Trust
from gateway.security.verifier import SignatureOrCredential, SignatureVerifier
from gateway.storage import outbox, roots
from gateway.storage.database import Database
from gateway.storage.outbox import Outbox
from gateway.storage.vault import Vault
from registry import founders
from registry.calendar import ProductionCalendar
from registry.directory import Directory
from registry.documents.desk import DocumentDesk
from registry.documents.evidence import Own, SignatureChecker
from registry.evidence import KeptEvidence
from registry.notices import Board
from registry.notices.mailboxes import mailboxes_of
from registry.notices.operator import CalendarNews
from registry.onboarding import trials
from registry.onboarding.desk import Desk
from registry.onboarding.papers import CasePapers
from registry.portal_services import FormShelf, PortalServices
from scheduler import housekeeping
from scheduler.job import Chore, Routine

ADAPTERS: tuple[Adapter, ...] = (
    adapters.meals.ADAPTER,
    adapters.bank.ADAPTER,
    adapters.organizer.ADAPTER,
    adapters.school.ADAPTER,
    adapters.portal.ADAPTER,
    adapters.desk.ADAPTER,
    gateway.conformance.service.ADAPTER,
)


@dataclass(frozen=True)
class Hub:
    """All parts, put together; databases are opened when first used."""

    settings: Settings
    clock: Clock
    identifiers: Identifiers
    catalog: Catalog
    adapters: tuple[Adapter, ...]
    routes: Mapping[str, Mapping[str, Route]]
    """By contract name, then by the tag of the payload."""
    wrappers: Mapping[str, Mapping[str, Wrapper]]
    """Of contracts with the binding SMEV 2: by contract name, then by the tag in Body."""
    calendar: ProductionCalendar

    @cached_property
    def registry(self) -> Database:
        """The participant registry."""
        return self._database("registry")

    @cached_property
    def databases(self) -> Mapping[Contour, Database]:
        """The databases of the contours."""
        return {contour: self._database(contour.path) for contour in Contour}

    def _database(self, name: str) -> Database:
        settings = self.settings
        return Database(settings.database_url(name), self.vault, settings.database_connections)

    @cached_property
    def vault(self) -> Vault:
        """What seals personal data in every database of the installation."""
        return Vault.at(self.settings.personal_key_file)

    @property
    def suites(self) -> Suites:
        """Every suite that participants are tested by."""
        return self.sessions.suites

    @cached_property
    def shelf(self) -> Shelf:
        """The published formats as they are handed out."""
        return Shelf(self.catalog, self.settings.base_url)

    def offices(self, contour: Contour) -> Mapping[type, object]:
        """Return what handlers find with `Work.office`."""
        return {
            Board: self.notice_board,
            Closing: self.closing(contour),
            CertificateReader: self.certificate_reader,
            Desk: self.desk,
            DocumentDesk: self.documents,
            Outgoing: self.dispatch.offices[contour],
            PortalServices: PortalServices(
                self.directory.portal_services, self.portal_forms, contour
            ),
            SessionDesk: self.sessions,
            Statuses: self.portal_statuses,
        }

    @cached_property
    def portal_statuses(self) -> Statuses:
        """States of applications, and which may follow which; raises HubBroken."""
        return load_statuses(self.settings)

    @cached_property
    def portal_forms(self) -> FormShelf:
        """The forms of portal services that this process has compiled."""
        return FormShelf(self.registry)

    @cached_property
    def directory(self) -> Directory:
        """The participants as they are now."""
        return Directory(self.registry, self.clock)

    @cached_property
    def desk(self) -> Desk:
        """The connection desk: here it is given what draws documents up and what tells people.

        Raises HubBroken, OwnKeyBroken.
        """
        signatory = founders.signatory(self.settings)
        papers = CasePapers(self.documents, self.identifiers, self.settings.code, signatory)
        return Desk(
            self.calendar,
            self.identifiers,
            papers,
            self.notice_board,
            self.settings.code,
            trials.demonstration if self.is_demonstration else trials.suites_of,
        )

    @property
    def is_demonstration(self) -> bool:
        """Whether a short plan stands for the suites of the regulations; raises HubBroken."""
        return choices.is_demonstration(self.settings)

    @cached_property
    def providers(self) -> Providers:
        """Whatever computes signatures on this machine; raises ProviderMissing."""
        return Providers.of(installed(self.settings.crypto_providers.split() or None))

    @cached_property
    def certificate_reader(self) -> CertificateReader:
        """Reads certificates and remembers them."""
        return CertificateReader(self.providers)

    @cached_property
    def trust(self) -> Trust:
        """Whose certificates are believed; raises HubBroken."""
        return Trust(
            self.directory.bindings,
            self.certificate_reader,
            KeptEvidence(self.registry),
            {contour: choices.revocation(self.settings, contour) for contour in Contour},
        )

    def own_signature(self, contour: Contour) -> OwnSignature | None:
        """Return what signs the hub's replies in a contour, None without a key.

        Raises OwnKeyBroken.
        """
        key, certificate = self.settings.signing_files(contour.path)
        if not key.exists():
            return None
        signer = load_signer(key, certificate, self.providers)
        return OwnSignature(signer, self.providers, self.identifiers, self.clock)

    def verifier(self, contour: Contour) -> Verifier:
        """Return how messages prove themselves in a contour.

        Without a key of its own the hub could not sign what it answers: production stays closed.
        """
        if self.own_signature(contour) is None:
            return CredentialVerifier() if contour is Contour.TEST else SignatureRequired()
        signatures = SignatureVerifier(
            contour,
            self.signature_policy(contour),
            self.providers,
            self.keys,
            self.trust,
            self.clock,
        )
        return SignatureOrCredential(signatures) if contour is Contour.TEST else signatures

    @cached_property
    def keys(self) -> KeyCache:
        """The public keys seen last."""
        return KeyCache(self.providers)

    def signature_policy(self, contour: Contour) -> policy.Policy:
        """Return which signatures a contour believes; raises HubBroken."""
        return choices.signature_policy(self.settings, contour)

    @cached_property
    def scanner(self) -> Scanner | None:
        """What looks for malware in attachments, when the settings name it; raises HubBroken."""
        return choices.scanner(self.settings)

    @cached_property
    def notice_board(self) -> Board:
        """Where notices to participants are posted; raises HubBroken."""
        return Board(self.identifiers, mailboxes_of, choices.mail_sender(self.settings))

    @cached_property
    def mail_channels(self) -> Mapping[str, Channel]:
        """The channel of mail, when the settings name a relay; raises HubBroken."""
        return choices.mail_channels(self.settings)

    @cached_property
    def outboxes(self) -> Mapping[str, tuple[Database, Outbox]]:
        """Every outbox of the hub with its database, by the name that operators call it."""
        contours = {
            contour.path: (database, outbox.CONTOUR) for contour, database in self.databases.items()
        }
        return {"registry": (self.registry, outbox.REGISTRY), **contours}

    def channels(self, name: str) -> Mapping[str, Channel]:
        """Return what delivers the letters of an outbox, by the name of the channel."""
        if name == "registry":
            return self.mail_channels
        return self.dispatch.channels[Contour(name.upper())]

    def deliverers(self) -> list[Deliverer]:
        """Make what delivers the letters of every outbox; nothing runs yet (JOB-16, JOB-24)."""
        return [
            Deliverer(
                database,
                box,
                self.channels(name),
                self.clock,
                random.random,
                f"{socket.gethostname()}:{os.getpid()}",
                pace=delays.pace(self.settings),
                patience=delays.patience(self.settings),
                breaker=delays.breaker(self.settings),
            )
            for name, (database, box) in self.outboxes.items()
        ]

    @cached_property
    def dispatch(self) -> Dispatch:
        """What is sent to participants' own services."""
        return Dispatch(self)

    @cached_property
    def documents(self) -> DocumentDesk:
        """The desk of documents; raises HubBroken, OwnKeyBroken."""
        contour = self.documents_contour
        checker = SignatureChecker(
            contour=contour,
            policy=self.signature_policy(contour),
            trust=self.trust,
            providers=self.providers,
            keys=self.keys,
            reader=self.certificate_reader,
            own=self._own_certificates(contour),
        )
        folder = self.settings.templates
        return DocumentDesk(self.providers, checker, Path(folder) if folder else None)

    @cached_property
    def sessions(self) -> SessionDesk:
        """The desk of sessions of trials (GW-11)."""
        given = [adapter.test_data for adapter in self.adapters if adapter.test_data is not None]
        return SessionDesk(
            Suites(self.catalog, self._suites),
            given,
            self.directory.participant,
            self.identifiers,
            secrets.randbelow,
            self.calendar,
            self.ledger,
        )

    @property
    def _suites(self) -> Mapping[str, Traversable]:
        return {**shipped(), **demonstration()} if self.is_demonstration else shipped()

    def closing(self, contour: Contour) -> Closing:
        """Return what closes sessions of trials in a contour (SVC-17)."""
        return Closing(self.databases[contour], self.registry, self.sessions, self.desk)

    @property
    def documents_contour(self) -> Contour:
        """The contour whose certificates are believed under documents; raises HubBroken."""
        return choices.documents_contour(self.settings)

    def _own_certificates(self, contour: Contour) -> Own | None:
        own = self.own_signature(contour)
        if own is None:
            return None
        thumbprint = self.certificate_reader.read(own.signer.certificate).thumbprint
        return Own(self.settings.code, frozenset({thumbprint}))

    @property
    def chores(self) -> tuple[Chore, ...]:
        """What is done once per business time for the whole hub, one line each."""
        return (
            housekeeping.keep_the_record(),
            housekeeping.check_the_calendar(
                self.calendar, CalendarNews(self.notice_board, self.settings.code)
            ),
            housekeeping.tell_of_certificates(self.notice_board),
            housekeeping.go_live(self.desk),
            housekeeping.flag_deadlines(self.desk),
        )

    @property
    def routines(self) -> tuple[Routine, ...]:
        """What a process that does jobs does besides."""
        trust = housekeeping.watch_certificates(
            self.registry, responders.fetch, self.certificate_reader
        )
        roots_of_days = [
            Routine(f"journal-root-{contour.path}", "10 0 * * *", partial(self.keep_roots, contour))
            for contour in Contour
        ]
        return (trust, *roots_of_days)

    def keep_roots(self, contour: Contour, now: datetime) -> list[date]:
        """Make and export the journal's roots of all days that are over; return these days.

        Raises OwnKeyBroken. Without a key of its own the hub exports them unsigned.
        """
        own = self.own_signature(contour)
        return roots.keep(
            self.databases[contour],
            contour.path,
            self.settings.home / "roots" / contour.path,
            now,
            own.sign_file if own else None,
        )

    @property
    def ledger(self) -> LedgerFactory:
        """The ledger of the one slice that owns it."""
        owner = next(adapter.ledger for adapter in self.adapters if adapter.ledger is not None)
        return lambda transaction: owner(transaction, self.settings.top_up_limit)

    @property
    def payments(self) -> PaymentBooksFactory:
        """The books of payments of the one slice that takes them."""
        return next(a.payments for a in self.adapters if a.payments is not None)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The background work of every slice, and on sessions of trials."""
        of_slices = (job for adapter in self.adapters for job in adapter.jobs)
        stand = self.stand
        over_the_net = (rounds.job(stand.rounds), lookouts.job(stand.lookouts))
        of_sessions = (*session_jobs.jobs(self.sessions), closing.job(self.closing))
        of_hub = keeping.retention_job(choices.attachments_kept(self.settings))
        return (*of_slices, *of_sessions, *over_the_net, of_hub)

    @property
    def job_contexts(self) -> tuple[ContourJobs, ...]:
        """What jobs are given in each contour."""
        return tuple(ContourJobs(self, contour) for contour in Contour)

    def rules(self, contour: Contour) -> Rules:
        """Return the switches and limits of a contour."""
        settings = self.settings
        policy = (
            settings.check_digits_test if contour is Contour.TEST else settings.check_digits_prod
        )
        return Rules(
            check_digits_are_errors=policy == "error",
            max_inline_lines=settings.max_inline_lines,
            max_file_lines=settings.max_file_lines,
            batch_lines=settings.batch_lines,
        )

    @cached_property
    def stand(self) -> Stand:
        """What goes over the net for trials: calls of participants, checks of their setting."""
        return Stand(self)

    def endpoints(self) -> dict[str, Endpoint]:
        """Return every address of every contour."""
        plain = endpoints(self.catalog, self.routes)
        second = second_binding.endpoints(plain, self.wrappers)
        return {endpoint.path: endpoint for endpoint in (*plain, *second)}

    def close(self) -> None:
        """Close the databases and connections that were opened."""
        self.dispatch.lines.close()
        for name in ("registry", "databases"):
            opened = self.__dict__.get(name, {})
            for database in opened.values() if isinstance(opened, Mapping) else [opened]:
                database.close()


def assemble(
    settings: Settings, clock: Clock | None = None, identifiers: Identifiers = uuid4
) -> Hub:
    """Compile every contract and bind every operation; raise HubBroken or ContractBroken."""
    catalog = load_catalog()
    routes = bind(catalog, ADAPTERS)
    return Hub(
        settings=settings,
        clock=clock or partial(datetime.now, UTC),
        identifiers=identifiers,
        catalog=catalog,
        adapters=ADAPTERS,
        routes=routes,
        wrappers=second_binding.bind(catalog, ADAPTERS, routes),
        calendar=load_calendar(settings),
    )
