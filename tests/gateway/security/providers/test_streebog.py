import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_gost import DIGESTS

from gateway.security.providers.streebog import Streebog

each_size = pytest.mark.parametrize("bits", [256, 512])
SHORT = [known for known in DIGESTS if len(known.octets) < 1000]


@each_size
@pytest.mark.parametrize("known", SHORT, ids=lambda known: known.name)
def test_digest_is_the_known_one(known, bits):
    digester = Streebog(bits)
    digester.update(known.octets)
    assert digester.digest() == known.digests[bits]


@each_size
@settings(max_examples=30)
@given(pieces=st.lists(st.binary(max_size=150), max_size=4))
def test_pieces_give_the_digest_of_the_whole(bits, pieces):
    by_pieces, whole = Streebog(bits), Streebog(bits)
    for piece in pieces:
        by_pieces.update(piece)
    whole.update(b"".join(pieces))
    assert by_pieces.digest() == whole.digest()


def test_asking_for_the_digest_does_not_end_it():
    digester, whole = Streebog(256), Streebog(256)
    digester.update(b"one")
    digester.digest()
    digester.update(b"two")
    whole.update(b"onetwo")
    assert digester.digest() == whole.digest()
