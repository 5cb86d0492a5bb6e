"""GOST by OpenSSL 3 and Debian's gost engine: fast, not certified.

Any thread may use any key. Signing, verifying and digesting of more than a few KiB let other
threads run meanwhile.
"""

import ctypes
import weakref
from contextlib import closing
from ctypes import byref, c_char_p, c_size_t, c_void_p

from gateway.security.algorithms import Hash, KeyKind, Scheme
from gateway.security.provider import KeyUnusable
from gateway.security.providers import gost_keys, libcrypto
from gateway.security.providers.libcrypto import EngineFailure

_SIZES = {Hash.STREEBOG256: 32, Hash.STREEBOG512: 64}
_FIELD = {KeyKind.GOST_256: 256, KeyKind.GOST_512: 512}
_USUAL = {KeyKind.GOST_256: b"TCB", KeyKind.GOST_512: b"A"}
"""The engine's words for the curves of `gost_parameters.USUAL`."""
_WORTH_RELEASING = 8192
"""Bytes that take longer to digest (about 50 µs) than another thread takes to give the GIL back."""


class EngineGost:
    """The provider; making it raises GostUnavailable."""

    name = "gost-engine"
    hashes = frozenset(_SIZES)
    schemes = frozenset((Scheme.GOST_256, Scheme.GOST_512))

    def __init__(self) -> None:
        """Load OpenSSL and the engine; raise GostUnavailable."""
        self._library = libcrypto.library()

    def digester(self, algorithm: Hash) -> "EngineDigester":
        """Begin a digest."""
        return EngineDigester(algorithm)

    def digest(self, algorithm: Hash, octets: bytes) -> bytes:
        """Return the digest of `octets`."""
        return _digest(algorithm, octets)

    def public_key(self, info: bytes) -> "EnginePublicKey":
        """Read a SubjectPublicKeyInfo (DER); raise KeyUnusable."""
        gost_keys.kind_of(info)
        start = c_char_p(info)
        key = self._library.quick.d2i_PUBKEY(None, byref(start), len(info))
        if key is None:
            raise KeyUnusable(f"damaged public key of GOST R 34.10-2012: {self._library.errors()}")
        return EnginePublicKey(_Key(key))

    def signing_key(self, pem: bytes, password: bytes | None = None) -> "EngineSigningKey":
        """Read a private key (PEM, PKCS #8), encrypted or not; raise KeyUnusable."""
        quick = self._library.quick
        source = self._library.check(quick.BIO_new_mem_buf(pem, len(pem)))
        try:
            # Without a password OpenSSL would ask the terminal for one.
            key = quick.PEM_read_bio_PrivateKey(source, None, None, password or b"")
        finally:
            quick.BIO_free(source)
        if key is None:
            raise KeyUnusable(f"no private key that opens: {self._library.errors()}")
        quick.ERR_clear_error()
        return EngineSigningKey(_Key(key))

    def generate(self, kind: KeyKind) -> "EngineSigningKey":
        """Make a new key on the usual curve of its size."""
        if kind not in _USUAL:
            raise KeyUnusable(f"{self.name} makes no keys of {kind.value}")
        library = self._library
        quick, check = library.quick, library.check
        nid = next(nid for nid, known in library.kinds.items() if known is kind)
        context = check(quick.EVP_PKEY_CTX_new_id(nid, library.engine))
        try:
            check(quick.EVP_PKEY_keygen_init(context))
            check(quick.EVP_PKEY_CTX_ctrl_str(context, b"paramset", _USUAL[kind]))
            key = c_void_p()
            check(library.long.EVP_PKEY_keygen(context, byref(key)))
        finally:
            quick.EVP_PKEY_CTX_free(context)
        return EngineSigningKey(_Key(check(key.value)))


class EngineDigester:
    """A digest in the making."""

    def __init__(self, algorithm: Hash) -> None:
        """Begin."""
        self._algorithm = algorithm
        self._context = _begin(algorithm)
        free = libcrypto.library().quick.EVP_MD_CTX_free
        weakref.finalize(self, free, self._context).atexit = False

    def update(self, octets: bytes) -> None:
        """Take more."""
        _update(self._context, octets)

    def digest(self) -> bytes:
        """Return the digest of all that was taken; more may be taken afterwards."""
        library = libcrypto.library()
        copy = _begin(self._algorithm)
        try:
            library.check(library.quick.EVP_MD_CTX_copy_ex(copy, self._context))
            return _finish(copy, self._algorithm)
        finally:
            library.quick.EVP_MD_CTX_free(copy)


class EnginePublicKey:
    """A key that verifies."""

    def __init__(self, key: "_Key") -> None:
        """Take a key of OpenSSL."""
        self._key = key
        self.kind = key.kind
        self.bits = _FIELD[key.kind]

    def verify(self, scheme: Scheme, octets: bytes, value: bytes) -> bool:
        """Tell whether `value` signs `octets`."""
        return self._key.verify(_digest(scheme.hash, octets), value)


class EngineSigningKey:
    """A private key in the memory of OpenSSL."""

    def __init__(self, key: "_Key") -> None:
        """Take a key of OpenSSL."""
        self._key = key
        self.kind = key.kind
        self.public_key_info = libcrypto.library().public_key_info(key.pointer)

    def sign(self, scheme: Scheme, octets: bytes) -> bytes:
        """Return `s || r` over `octets`."""
        return self._key.sign(_digest(scheme.hash, octets))


class _Key:
    """An EVP_PKEY, freed with this object; it is only read, so threads may share it."""

    def __init__(self, pointer: int) -> None:
        """Take over a pointer; raise KeyUnusable when it is not a GOST key."""
        library = self._library = libcrypto.library()
        weakref.finalize(self, library.quick.EVP_PKEY_free, pointer).atexit = False
        kind = library.kind_of(pointer)
        if kind is None:
            raise KeyUnusable("not a key of GOST R 34.10-2012")
        self.pointer = pointer
        self.kind = kind
        self._value_size = _FIELD[kind] // 4

    def verify(self, digest: bytes, value: bytes) -> bool:
        library = self._library
        if len(value) != self._value_size:
            return False
        with closing(_Context(self)) as context:
            library.check(library.quick.EVP_PKEY_verify_init(context.pointer))
            result: int = library.long.EVP_PKEY_verify(
                context.pointer, value, len(value), digest, len(digest)
            )
        if result != 1:
            library.quick.ERR_clear_error()
        return result == 1

    def sign(self, digest: bytes) -> bytes:
        library = self._library
        buffer = ctypes.create_string_buffer(self._value_size)
        size = c_size_t(self._value_size)
        with closing(_Context(self)) as context:
            library.check(library.quick.EVP_PKEY_sign_init(context.pointer))
            library.check(
                library.long.EVP_PKEY_sign(
                    context.pointer, buffer, byref(size), digest, len(digest)
                )
            )
        if size.value != self._value_size:
            raise EngineFailure(f"a signature of {size.value} octets")
        return buffer.raw


class _Context:
    """An EVP_PKEY_CTX of one operation."""

    def __init__(self, key: _Key) -> None:
        self._library = libcrypto.library()
        self.pointer = self._library.check(
            self._library.quick.EVP_PKEY_CTX_new(key.pointer, self._library.engine)
        )

    def close(self) -> None:
        self._library.quick.EVP_PKEY_CTX_free(self.pointer)


def _digest(algorithm: Hash, octets: bytes) -> bytes:
    context = _begin(algorithm)
    try:
        _update(context, octets)
        return _finish(context, algorithm)
    finally:
        libcrypto.library().quick.EVP_MD_CTX_free(context)


def _begin(algorithm: Hash) -> int:
    library = libcrypto.library()
    context = library.check(library.quick.EVP_MD_CTX_new())
    library.check(
        library.quick.EVP_DigestInit_ex(context, library.digests[algorithm], library.engine)
    )
    return context


def _update(context: int, octets: bytes) -> None:
    library = libcrypto.library()
    calls = library.long if len(octets) >= _WORTH_RELEASING else library.quick
    library.check(calls.EVP_DigestUpdate(context, octets, len(octets)))


def _finish(context: int, algorithm: Hash) -> bytes:
    library = libcrypto.library()
    buffer = ctypes.create_string_buffer(_SIZES[algorithm])
    library.check(library.quick.EVP_DigestFinal_ex(context, buffer, None))
    return buffer.raw
