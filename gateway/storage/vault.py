"""Personal data at rest: sealed by one key of the installation, found by a keyed mark (SEC-10).

A sealed text is `1:` and, in URL-safe base64, a nonce of 12 bytes with the AES-256-GCM output. The
form and the place it stands in (`contact.full_name`) are authenticated with it, so that a value
moved to another column does not open. A mark is HMAC-SHA-256 under a key derived for marks alone.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from weakref import WeakKeyDictionary

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DontWrapMixin

KEY_BYTES = 32
_NONCE_BYTES = 12
_FORM = "1"


class VaultClosed(DontWrapMixin, Exception):
    """Personal data cannot be sealed or opened; the message says what the operator has to mend."""


class Vault:
    """Seals and opens texts; the key is fetched when it is first needed."""

    def __init__(
        self, key: Callable[[], bytes], random: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        """`key` returns `KEY_BYTES` bytes, always the same."""
        self._fetch = key
        self._random = random

    @classmethod
    def at(cls, path: Path, random: Callable[[int], bytes] = secrets.token_bytes) -> "Vault":
        """Keep the key in a file that nobody else may read; the first use makes it."""
        return cls(lambda: _read_or_make(path, random), random)

    def seal(self, place: str, text: str) -> str:
        """Return the sealed text of `place`."""
        nonce = self._random(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, text.encode(), f"{_FORM}:{place}".encode())
        return f"{_FORM}:" + base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, place: str, sealed: str) -> str:
        """Return what was sealed in `place`; raise VaultClosed for another key or another place."""
        form, _, text = sealed.partition(":")
        try:
            octets = base64.urlsafe_b64decode(text)
            nonce, encrypted = octets[:_NONCE_BYTES], octets[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, encrypted, f"{form}:{place}".encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise VaultClosed(
                f"{place}: значение не открывается этим ключом персональных данных"
            ) from error

    def mark(self, place: str, text: str) -> bytes:
        """Return what equal texts of `place` have in common and nobody without the key can make."""
        return hmac.digest(self._mark_key, f"{place}\0{text}".encode(), "sha256")

    @cached_property
    def _key(self) -> bytes:
        key = self._fetch()
        if len(key) != KEY_BYTES:
            raise VaultClosed(f"ключ персональных данных: {len(key)} байт вместо {KEY_BYTES}")
        return key

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self._key)

    @cached_property
    def _mark_key(self) -> bytes:
        return hashlib.blake2b(b"marks", key=self._key, digest_size=KEY_BYTES).digest()


_entrusted: "WeakKeyDictionary[Dialect, Vault]" = WeakKeyDictionary()


def entrust(dialect: Dialect, vault: Vault) -> None:
    """Let the columns of one database be sealed by `vault`."""
    _entrusted[dialect] = vault


def vault_of(dialect: Dialect) -> Vault:
    """Return the vault of a database; raise VaultClosed if it was given none."""
    try:
        return _entrusted[dialect]
    except KeyError:
        raise VaultClosed("база открыта без ключа персональных данных") from None


def _read_or_make(path: Path, random: Callable[[int], bytes]) -> bytes:
    if not path.exists():
        _make(path, random(KEY_BYTES))
    try:
        return path.read_bytes()
    except OSError as error:
        raise VaultClosed(f"ключ персональных данных не читается: {error}") from error


def _make(path: Path, key: bytes) -> None:
    """Write the whole key under its name in one step: of two processes the first one wins."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
            if not path.exists():
                os.link(draft, path)
        finally:
            draft.unlink()
    except FileExistsError:
        return
    except OSError as error:
        raise VaultClosed(f"ключ персональных данных не создаётся: {error}") from error
