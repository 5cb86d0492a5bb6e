"""A transaction that notes every statement it is asked to run, whatever way it is asked."""

from typing import Any

from gateway.storage.database import Transaction


class CountingTransaction(Transaction):
    """`statements` are texts in their order."""

    __slots__ = ("statements",)

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction.connection)
        self.statements: list[str] = []

    def execute(self, statement: Any, values: Any = None) -> Any:
        self.statements.append(str(statement))
        return super().execute(statement, values)

    def update(self, table: Any, key: Any, columns: Any, rows: Any) -> int:
        self.statements.append(f"UPDATE {table.name}")
        return super().update(table, key, columns, rows)

    def _run(self, statement: Any, values: Any) -> Any:
        self.statements.append(statement.sqlite)
        return super()._run(statement, values)

    def _insert(self, table: Any, columns: Any, rows: Any, conflict: str) -> Any:
        self.statements.append(f"INSERT INTO {table.name}")
        return super()._insert(table, columns, rows, conflict)
