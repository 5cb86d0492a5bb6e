-- What every peer writes: one payment a message S, one registry and its lines a message M.
CREATE TABLE payment (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bank_payment_id text NOT NULL,
    account text NOT NULL,
    amount numeric(12, 2) NOT NULL,
    payment_time timestamptz NOT NULL,
    channel text NOT NULL,
    terminal_id text,
    document_number text,
    hub_payment_id uuid NOT NULL,
    accepted_at timestamptz NOT NULL
);
CREATE TABLE registry (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    registry_id text NOT NULL,
    registry_number text NOT NULL,
    registry_date date NOT NULL,
    organizer_inn text NOT NULL,
    period_from timestamptz NOT NULL,
    period_to timestamptz NOT NULL,
    kind text NOT NULL,
    line_count integer NOT NULL,
    total_amount numeric(12, 2) NOT NULL,
    hub_registry_id uuid NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE TABLE registry_line (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    registry_seq bigint NOT NULL,
    line_no integer NOT NULL,
    bank_payment_id text NOT NULL,
    account text NOT NULL,
    amount numeric(12, 2) NOT NULL,
    payment_time timestamptz NOT NULL,
    channel text NOT NULL,
    terminal_id text,
    status text NOT NULL
);
