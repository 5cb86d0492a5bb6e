"""Who is who at this moment: participants and their credentials, answered from memory."""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

import sqlalchemy as sa

from gateway.kernel.errors import (
    AuthenticationFailed,
    NotAllowedInContour,
    TemporaryUnavailable,
)
from gateway.kernel.message import Contour, Participant
from gateway.kernel.ports import Clock
from gateway.security.trust import Bindings, BoundCertificate
from gateway.storage.database import Database
from registry.endpoints import Endpoint
from registry.passwords import SALT_BYTES, hash_password, is_password
from registry.portal_services import Catalogue
from registry.snapshot import Credential, Snapshot, read_snapshot, read_version

CHECK_EVERY = timedelta(seconds=1)
"""A change of the registry is seen at the latest after this."""

STALE_LIMIT = timedelta(minutes=1)
"""How long the last snapshot serves while the registry's database does not answer."""

log = logging.getLogger(__name__)


class Directory:
    """An immutable picture of the registry, replaced when the registry's version has changed.

    Safe to use from many threads. A question costs microseconds; once in `CHECK_EVERY` one of the
    asking threads looks at the version.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """Prepare; the registry is read at the first question."""
        self._database = database
        self._clock = clock
        self._key = random(32)
        # A wrong login must cost what a wrong password costs.
        self._nobody = hash_password("", random(SALT_BYTES))
        self._lock = threading.Lock()
        self._seen: _Seen | None = None

    def participant(self, contour: Contour, code: str) -> Participant | None:
        """Return the participant with its access rights in `contour`, or None if unknown."""
        return self._current().participants[contour].get(code)

    def by_inn(self, contour: Contour, inn: str) -> list[Participant]:
        """Return the participants of an organization with their access rights in `contour`."""
        return [one for one in self.everyone(contour) if one.inn == inn]

    def everyone(self, contour: Contour) -> list[Participant]:
        """Return all participants with their access rights in `contour`."""
        return list(self._current().participants[contour].values())

    def certificate(self, contour: Contour, thumbprint: str) -> BoundCertificate | None:
        """Return the certificate that is bound in `contour` and has not ended, or None."""
        bound = self.bindings().certificates[contour].get(thumbprint)
        return None if bound is None or bound.ended_at is not None else bound

    def bindings(self) -> Bindings:
        """Return what the registry says about certificates, for `Trust`."""
        return self._current().bindings

    def portal_services(self) -> Catalogue:
        """Return the services of the portal per contour, for `PortalServices`."""
        return self._current().portal_services

    def endpoint(self, contour: Contour, code: str, contract: str) -> Endpoint | None:
        """Return where a participant serves this version of a contract, or None."""
        family, _, version = contract.rpartition("/")
        found = self._current().endpoints.get((contour, code, family))
        return found if found is not None and found.format_version == version else None

    def invalidate(self) -> None:
        """Look at the registry before the next answer: this process has just changed it.

        Called after the change is committed. Others see it within `CHECK_EVERY`.
        """
        # Under the lock: a look that began before the commit must not pass for a later one.
        with self._lock:
            if self._seen is not None:
                self._seen = replace(self._seen, is_stale=True)

    def has_login(self, contour: Contour, code: str) -> bool:
        """Tell whether a participant has credentials in `contour`."""
        known = self._current().credentials.values()
        return any((each.participant, each.contour) == (code, contour) for each in known)

    def recall(self, login: str, password: str) -> str | None:
        """Return whose credentials these are if they are proven already; it costs nothing."""
        credential = self._current().proven.get(self._keyed_hash(login, password))
        return None if credential is None else credential.participant

    def authenticate(self, contour: Contour, login: str, password: str) -> Participant:
        """Return whose credentials these are.

        Raises AuthenticationFailed for an unknown login and for a wrong password alike, and
        NotAllowedInContour for the right credentials of the other contour (GW-08).
        """
        snapshot = self._current()
        sent = self._keyed_hash(login, password)
        credential = snapshot.proven.get(sent)
        if credential is None:
            credential = self._prove(snapshot, login, password)
            snapshot.proven[sent] = credential
        if credential.contour is not contour:
            raise NotAllowedInContour
        return snapshot.participants[contour][credential.participant]

    def _keyed_hash(self, login: str, password: str) -> bytes:
        sent = f"{len(login)}:{login}{password}".encode("utf-8", "surrogateescape")
        return blake2b(sent, key=self._key, digest_size=32).digest()

    def _prove(self, snapshot: Snapshot, login: str, password: str) -> Credential:
        credential = snapshot.credentials.get(login)
        kept = self._nobody if credential is None else credential.password
        if not is_password(password, kept) or credential is None:
            raise AuthenticationFailed
        return credential

    def _current(self) -> Snapshot:
        seen, now = self._seen, self._clock()
        if seen is not None and not seen.is_stale and seen.asked_at <= now < seen.ask_again_at:
            return seen.snapshot
        # Whoever is first asks the database; the others go on with what is known meanwhile, unless
        # that is known to be wrong.
        must_wait = seen is None or seen.is_stale
        if not self._lock.acquire(blocking=must_wait) and seen is not None:
            return seen.snapshot
        try:
            latest = self._seen
            if latest is None or latest is seen or latest.is_stale:
                latest = self._seen = self._look(seen, now)
            return latest.snapshot
        finally:
            self._lock.release()

    def _look(self, seen: "_Seen | None", now: datetime) -> "_Seen":
        """Ask the database for news; keep the last picture for a while when it is away."""
        try:
            snapshot = self._newest(seen, now)
        except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
            if seen is None or now - seen.confirmed_at > STALE_LIMIT:
                raise TemporaryUnavailable from error
            log.warning("registry does not answer, its picture of %s serves", seen.confirmed_at)
            return replace(seen, asked_at=now, ask_again_at=now + CHECK_EVERY, is_stale=False)
        return _Seen(snapshot, confirmed_at=now, asked_at=now, ask_again_at=now + CHECK_EVERY)

    def _newest(self, seen: "_Seen | None", now: datetime) -> Snapshot:
        if seen is None:
            return read_snapshot(self._database, now)
        known = seen.snapshot
        if now < known.good_until:
            with self._database.reading() as transaction:
                if read_version(transaction) == known.version:
                    return known
        fresh = read_snapshot(self._database, now)
        # A change of one participant must not make all the others prove themselves again.
        for sent, credential in known.proven.copy().items():
            if fresh.credentials.get(credential.login) == credential:
                fresh.proven[sent] = credential
        return fresh


@dataclass(frozen=True, slots=True)
class _Seen:
    """A snapshot and how fresh it is."""

    snapshot: Snapshot
    confirmed_at: datetime
    asked_at: datetime
    ask_again_at: datetime
    is_stale: bool = False
    """Whether this process has changed the registry since."""
