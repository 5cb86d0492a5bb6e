"""Passwords of test credentials: made by us, kept only as scrypt hashes (RFC 7914)."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

SALT_BYTES = 16
PASSWORD_BYTES = 15
"""120 random bits: nobody guesses them, so the cost below only slows a thief of the database."""

_COST = 2**14
_BLOCK_SIZE = 8
_PARALLELISM = 1
_HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """What is kept instead of a password, with the cost it was made with."""

    salt: bytes
    hash: bytes
    cost: int
    block_size: int
    parallelism: int


def spell(random: bytes) -> str:
    """Spell random bytes as a password of lower-case letters and digits 2 to 7."""
    return base64.b32encode(random).decode("ascii").rstrip("=").lower()


def hash_password(password: str, salt: bytes) -> PasswordHash:
    """Hash a password at today's cost: about 16 MiB of memory and tens of milliseconds."""
    digest = _scrypt(password, salt, _COST, _BLOCK_SIZE, _PARALLELISM)
    return PasswordHash(salt, digest, _COST, _BLOCK_SIZE, _PARALLELISM)


def is_password(password: str, kept: PasswordHash) -> bool:
    """Tell whether `password` is the kept one, in time that does not depend on the answer."""
    digest = _scrypt(password, kept.salt, kept.cost, kept.block_size, kept.parallelism)
    return hmac.compare_digest(digest, kept.hash)


def _scrypt(password: str, salt: bytes, cost: int, block_size: int, parallelism: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogateescape"),
        salt=salt,
        n=cost,
        r=block_size,
        p=parallelism,
        maxmem=256 * cost * block_size,
        dklen=_HASH_BYTES,
    )
