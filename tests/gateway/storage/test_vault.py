import stat
import threading

import pytest
import sqlalchemy as sa

from gateway.storage.database import Database
from gateway.storage.types import Sealed
from gateway.storage.vault import KEY_BYTES, Vault, VaultClosed


@pytest.fixture
def vault():
    return Vault(lambda: bytes(KEY_BYTES))


def test_what_is_sealed_opens_again(vault):
    assert vault.open("contact.full_name", vault.seal("contact.full_name", "Имя")) == "Имя"


def test_equal_texts_are_sealed_differently_and_marked_alike(vault):
    assert vault.seal("user.snils", "1") != vault.seal("user.snils", "1")
    assert vault.mark("user.snils", "1") == vault.mark("user.snils", "1")


def test_a_mark_differs_by_place_text_and_key(vault):
    marks = {
        vault.mark("user.snils", "1"),
        vault.mark("user.snils", "2"),
        vault.mark("other.snils", "1"),
        Vault(lambda: bytes([1]) * KEY_BYTES).mark("user.snils", "1"),
    }
    assert len(marks) == 4


def test_what_was_moved_changed_or_sealed_by_another_key_does_not_open(vault):
    sealed = vault.seal("contact.phone", "8")
    other = Vault(lambda: bytes([1]) * KEY_BYTES)
    for attempt in (
        lambda: vault.open("contact.email", sealed),
        lambda: vault.open("contact.phone", sealed[:-4] + "AAAA"),
        lambda: vault.open("contact.phone", "2" + sealed[1:]),
        lambda: vault.open("contact.phone", "8"),
        lambda: vault.open("contact.phone", ""),
        lambda: other.open("contact.phone", sealed),
    ):
        with pytest.raises(VaultClosed):
            attempt()


def test_a_key_of_another_length_is_refused():
    with pytest.raises(VaultClosed, match="5 байт"):
        Vault(lambda: b"short").seal("a", "b")


def test_the_first_use_makes_the_key_for_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "personal.key"
    sealed = Vault.at(path).seal("a", "Имя")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["personal.key"]
    assert Vault.at(path).open("a", sealed) == "Имя"


def test_of_processes_that_start_together_all_use_one_key(tmp_path):
    path = tmp_path / "personal.key"
    sealed = []
    threads = [
        threading.Thread(target=lambda: sealed.append(Vault.at(path).seal("a", "Имя")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [Vault.at(path).open("a", text) for text in sealed] == ["Имя"] * 8


def test_a_column_is_sealed_in_the_database_and_plain_in_python(blank_database):
    person = sa.Table("person", sa.MetaData(), sa.Column("name", Sealed("person.name")))
    with blank_database.writing() as transaction:
        person.create(transaction.connection)
        transaction.execute(sa.insert(person), [{"name": "Имя"}, {"name": None}])
        stored = transaction.connection.exec_driver_sql("SELECT name FROM person").scalars().all()
        read = transaction.execute(sa.select(person.c.name)).scalars().all()

    assert read == ["Имя", None]
    assert stored[0].startswith("1:")
    assert stored[1] is None


def test_a_database_without_a_key_says_so(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    person = sa.Table("person", sa.MetaData(), sa.Column("name", Sealed("person.name")))
    with database.writing() as transaction:
        person.create(transaction.connection)
        with pytest.raises(VaultClosed, match="без ключа"):
            transaction.execute(sa.insert(person), {"name": "Имя"})
    database.close()
