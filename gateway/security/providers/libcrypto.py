"""The few functions of OpenSSL 3 and its gost engine that we call, through ctypes.

Nothing becomes a default of the process: digests are asked of the engine itself, and of key
methods only those of GOST are registered, so that `ssl` and `hashlib` go on as before.
"""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_size_t, c_uint64, c_ulong, c_void_p
from functools import cache

from gateway.security.algorithms import Hash, KeyKind
from gateway.security.provider import ProviderMissing
from gateway.security.providers.gost_parameters import KEY_OIDS

_LIBRARY = "libcrypto.so.3"
_ENGINE = b"gost"
_INIT_ENGINE_DYNAMIC = 0x400
_MAJOR_SHIFT = 28
_OPENSSL_3 = 3

_PROTOTYPES: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "OpenSSL_version_num": (c_ulong, ()),
    "OPENSSL_init_crypto": (c_int, (c_uint64, c_void_p)),
    "ENGINE_by_id": (c_void_p, (c_char_p,)),
    "ENGINE_init": (c_int, (c_void_p,)),
    "ENGINE_free": (c_int, (c_void_p,)),
    "ENGINE_get_digest": (c_void_p, (c_void_p, c_int)),
    "ENGINE_register_pkey_meths": (c_int, (c_void_p,)),
    "ENGINE_register_pkey_asn1_meths": (c_int, (c_void_p,)),
    "OBJ_txt2nid": (c_int, (c_char_p,)),
    "ERR_get_error": (c_ulong, ()),
    "ERR_error_string_n": (None, (c_ulong, c_char_p, c_size_t)),
    "ERR_clear_error": (None, ()),
    "EVP_MD_CTX_new": (c_void_p, ()),
    "EVP_MD_CTX_free": (None, (c_void_p,)),
    "EVP_MD_CTX_copy_ex": (c_int, (c_void_p, c_void_p)),
    "EVP_DigestInit_ex": (c_int, (c_void_p, c_void_p, c_void_p)),
    "EVP_DigestUpdate": (c_int, (c_void_p, c_char_p, c_size_t)),
    "EVP_DigestFinal_ex": (c_int, (c_void_p, c_char_p, c_void_p)),
    "BIO_new_mem_buf": (c_void_p, (c_char_p, c_int)),
    "BIO_free": (c_int, (c_void_p,)),
    "PEM_read_bio_PrivateKey": (c_void_p, (c_void_p, c_void_p, c_void_p, c_char_p)),
    "d2i_PUBKEY": (c_void_p, (c_void_p, POINTER(c_char_p), c_long)),
    "i2d_PUBKEY": (c_int, (c_void_p, c_void_p)),
    "EVP_PKEY_free": (None, (c_void_p,)),
    "EVP_PKEY_get_base_id": (c_int, (c_void_p,)),
    "EVP_PKEY_CTX_new": (c_void_p, (c_void_p, c_void_p)),
    "EVP_PKEY_CTX_new_id": (c_void_p, (c_int, c_void_p)),
    "EVP_PKEY_CTX_free": (None, (c_void_p,)),
    "EVP_PKEY_CTX_ctrl_str": (c_int, (c_void_p, c_char_p, c_char_p)),
    "EVP_PKEY_keygen_init": (c_int, (c_void_p,)),
    "EVP_PKEY_keygen": (c_int, (c_void_p, POINTER(c_void_p))),
    "EVP_PKEY_sign_init": (c_int, (c_void_p,)),
    "EVP_PKEY_sign": (c_int, (c_void_p, c_char_p, POINTER(c_size_t), c_char_p, c_size_t)),
    "EVP_PKEY_verify_init": (c_int, (c_void_p,)),
    "EVP_PKEY_verify": (c_int, (c_void_p, c_char_p, c_size_t, c_char_p, c_size_t)),
}


class GostUnavailable(ProviderMissing):
    """This machine has no OpenSSL 3 with the gost engine; the message says what is missing."""


class EngineFailure(Exception):
    """OpenSSL refused what had to succeed; the message is what it says about it."""


class Library:
    """OpenSSL with the engine in it.

    `quick` calls keep the GIL: they take less time than getting it back would. `long` ones let
    the other threads run.
    """

    def __init__(self) -> None:
        """Load; raise GostUnavailable."""
        try:
            self.quick = _declared(ctypes.PyDLL(_LIBRARY))
            self.long = _declared(ctypes.CDLL(_LIBRARY))
        except (OSError, AttributeError) as error:
            raise GostUnavailable(f"нет OpenSSL 3 с поддержкой engine ({error})") from error
        if self.quick.OpenSSL_version_num() >> _MAJOR_SHIFT != _OPENSSL_3:
            raise GostUnavailable(f"{_LIBRARY} — не OpenSSL 3")
        self.engine = self._engine()
        self.digests = {
            algorithm: self._digest(algorithm.oid)
            for algorithm in (Hash.STREEBOG256, Hash.STREEBOG512)
        }
        self.kinds = {self.nid(oid): kind for kind, oid in KEY_OIDS.items()}

    def nid(self, oid: str) -> int:
        """Return OpenSSL's own number of an OID."""
        number: int = self.quick.OBJ_txt2nid(oid.encode())
        return number

    def check(self, result: int | None) -> int:
        """Return a positive result or pointer; raise EngineFailure with what OpenSSL says."""
        if result is None or result <= 0:
            raise EngineFailure(self.errors())
        return result

    def errors(self) -> str:
        """Take the error queue of this thread, so that nobody else finds our errors in it."""
        texts = []
        buffer = ctypes.create_string_buffer(256)
        while code := self.quick.ERR_get_error():
            self.quick.ERR_error_string_n(code, buffer, len(buffer))
            texts.append(buffer.value.decode("utf-8", "replace"))
        return "; ".join(texts) or "OpenSSL gives no reason"

    def kind_of(self, key: int) -> KeyKind | None:
        """Tell the kind of a key; None when it is not a GOST one."""
        return self.kinds.get(self.quick.EVP_PKEY_get_base_id(key))

    def public_key_info(self, key: int) -> bytes:
        """Return the public half of a key as DER of SubjectPublicKeyInfo."""
        size = self.check(self.quick.i2d_PUBKEY(key, None))
        buffer = ctypes.create_string_buffer(size)
        self.check(self.quick.i2d_PUBKEY(key, byref(c_void_p(ctypes.addressof(buffer)))))
        return buffer.raw

    def _engine(self) -> int:
        self.quick.OPENSSL_init_crypto(_INIT_ENGINE_DYNAMIC, None)
        engine: int | None = self.quick.ENGINE_by_id(_ENGINE)
        if engine is None or not self.quick.ENGINE_init(engine):
            raise GostUnavailable(
                f"нет engine gost: установите libengine-gost-openssl ({self.errors()})"
            )
        self.quick.ENGINE_register_pkey_meths(engine)
        self.quick.ENGINE_register_pkey_asn1_meths(engine)
        return engine

    def _digest(self, oid: str) -> int:
        digest: int | None = self.quick.ENGINE_get_digest(self.engine, self.nid(oid))
        if digest is None:
            raise GostUnavailable(f"engine gost не знает {oid}")
        return digest


@cache
def library() -> Library:
    """Return the library, loaded once; raise GostUnavailable."""
    return Library()


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    for name, (result, arguments) in _PROTOTYPES.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library
