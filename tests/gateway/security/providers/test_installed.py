import sys
from pathlib import Path

import pytest

from gateway.security import providers
from gateway.security.algorithms import Hash, Scheme
from gateway.security.provider import ProviderMissing, Providers
from gateway.security.providers import libcrypto


@pytest.fixture
def certified(tmp_path: Path, monkeypatch) -> None:
    """An installed distribution whose entry point names a provider."""
    (tmp_path / "certified_provider.py").write_text(
        "from gateway.security.providers.gost_pure import PureGost\n"
        "class Certified(PureGost):\n"
        "    name = 'certified'\n",
        "utf-8",
    )
    metadata = tmp_path / "certified-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: certified\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        f"[{providers.GROUP}]\ncertified = certified_provider:Certified\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("certified_provider", None)


@pytest.fixture
def no_engine(monkeypatch) -> None:
    libcrypto.library.cache_clear()
    monkeypatch.setattr(libcrypto, "_ENGINE", b"nobody")
    yield
    libcrypto.library.cache_clear()


def names(found) -> list[str]:
    return [provider.name for provider in found]


def test_engine_is_preferred_to_the_reference(engine):
    found = providers.installed()
    assert names(found)[-2:] == ["gost-engine", "gost-pure"]
    assert Providers.of(found).by_scheme[Scheme.GOST_512].name == "gost-engine"


def test_without_the_engine_the_reference_takes_its_place_and_the_log_says_so(no_engine, caplog):
    found = Providers.of(providers.installed())
    assert found.by_hash[Hash.STREEBOG256].name == "gost-pure"
    assert "gost-engine" in caplog.text
    assert "libengine-gost-openssl" in caplog.text


def test_engine_that_was_asked_for_by_name_must_be_there(no_engine):
    with pytest.raises(ProviderMissing, match="libengine-gost-openssl"):
        providers.installed(["gost-engine"])


def test_names_give_the_order():
    assert names(providers.installed(["gost-pure"])) == ["gost-pure"]


def test_rsa_needs_nothing_and_is_always_there(no_engine):
    assert Scheme.RSA_SHA256 in Providers.of(providers.installed()).by_scheme


def test_unknown_name_is_refused_with_those_that_exist():
    with pytest.raises(ProviderMissing, match=r"cryptopro.*gost-engine, gost-pure, rsa"):
        providers.installed(["cryptopro"])


def test_provider_of_an_entry_point_comes_first(certified):
    found = providers.installed()
    assert names(found)[0] == "certified"
    assert Providers.of(found).by_scheme[Scheme.GOST_256].name == "certified"


def test_provider_of_an_entry_point_can_be_the_only_one(certified):
    assert names(providers.installed(["certified"])) == ["certified"]
