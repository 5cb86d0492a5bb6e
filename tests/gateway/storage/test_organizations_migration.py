"""Whoever had joined before agreements were kept has one afterwards: what the operator named."""

import sqlalchemy as sa
from alembic import command

from gateway.storage import migrate
from registry import agreements, history, organizations

MOMENT = "2026-03-02T07:00:00.000000+00:00"


def test_the_first_basis_of_joining_becomes_the_agreement(blank_database):
    config = migrate._config("registry")
    with blank_database.writing() as transaction:
        config.attributes["connection"] = transaction.connection
        config.attributes["version_table"] = "registry_revision"
        command.upgrade(config, "0002")
        for code, state in (("BANK", "JOINED"), ("NEW", "CANDIDATE")):
            transaction.execute(
                sa.text(
                    "INSERT INTO participant (code, name, kind, state, created_at, changed_at)"
                    " VALUES (:code, 'Банк', 'BANK', :state, :moment, :moment)"
                ),
                {"code": code, "state": state, "moment": MOMENT},
            )
        for after, basis in (("JOINED", "№ 15"), ("SUSPENDED", "решение"), ("JOINED", "№ 16")):
            transaction.execute(
                sa.text(
                    "INSERT INTO change_log"
                    " (changed_at, actor, participant, subject, after, basis)"
                    " VALUES (:moment, 'оператор', 'BANK', 'state', :after, :basis)"
                ),
                {"moment": MOMENT, "after": f'"{after}"', "basis": basis},
            )

    migrate.upgrade(blank_database, "registry")

    with blank_database.reading() as transaction:
        assert agreements.current(transaction, "BANK").number == "№ 15"
        assert agreements.current(transaction, "NEW") is None
        assert organizations.current(transaction, "BANK").full_name == "Банк"
        assert len(history.lines(transaction, "BANK")) == 3
