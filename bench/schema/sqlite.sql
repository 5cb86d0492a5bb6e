-- What every peer writes: one payment a message S, one registry and its lines a message M.
PRAGMA journal_mode = WAL;
CREATE TABLE payment (
    seq INTEGER PRIMARY KEY,
    bank_payment_id TEXT NOT NULL,
    account TEXT NOT NULL,
    amount TEXT NOT NULL,
    payment_time TEXT NOT NULL,
    channel TEXT NOT NULL,
    terminal_id TEXT,
    document_number TEXT,
    hub_payment_id TEXT NOT NULL,
    accepted_at TEXT NOT NULL
);
CREATE TABLE registry (
    seq INTEGER PRIMARY KEY,
    registry_id TEXT NOT NULL,
    registry_number TEXT NOT NULL,
    registry_date TEXT NOT NULL,
    organizer_inn TEXT NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    kind TEXT NOT NULL,
    line_count INTEGER NOT NULL,
    total_amount TEXT NOT NULL,
    hub_registry_id TEXT NOT NULL,
    received_at TEXT NOT NULL
);
CREATE TABLE registry_line (
    seq INTEGER PRIMARY KEY,
    registry_seq INTEGER NOT NULL,
    line_no INTEGER NOT NULL,
    bank_payment_id TEXT NOT NULL,
    account TEXT NOT NULL,
    amount TEXT NOT NULL,
    payment_time TEXT NOT NULL,
    channel TEXT NOT NULL,
    terminal_id TEXT,
    status TEXT NOT NULL
);
