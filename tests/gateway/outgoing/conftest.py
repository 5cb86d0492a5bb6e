"""A slice that sends, and a participant who is somewhere on this machine."""

from datetime import UTC, datetime
from types import MappingProxyType, SimpleNamespace
from uuid import uuid4

import pki
import pytest
from postal import CATALOG, Postal, Slice

from gateway.contracts.catalog import Catalog
from gateway.security.keys import KeyCache
from gateway.security.own import OwnSignature
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signing import scheme_of
from gateway.security.wsse import Signer


@pytest.fixture
def slice_():
    return Slice()


@pytest.fixture
def postal(contour_database, clock, slice_):
    return Postal(contour_database, clock, slice_)


@pytest.fixture(scope="session")
def own():
    """A key of the hub's own, and what verifies what it has signed."""
    providers = Providers.of([RsaProvider()])
    leaf = pki.Authority.root().issue("Узел")
    key = providers.signing_key(leaf.key_pem)
    scheme = scheme_of(providers.public_key(key.public_key_info))
    signer = Signer(key, leaf.der, scheme)
    own = OwnSignature(signer, providers, uuid4, lambda: datetime.now(UTC))
    return SimpleNamespace(
        sign=own.sign, providers=providers, keys=KeyCache(providers), clock=own.clock, leaf=leaf
    )


@pytest.fixture
def catalog_of():
    """Make a catalogue of a few of the published contracts."""

    def catalog_of(*names):
        return Catalog(MappingProxyType({name: CATALOG.contract(name) for name in names}))

    return catalog_of
