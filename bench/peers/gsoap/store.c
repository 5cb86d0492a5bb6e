#include "store.h"
#include <libpq-fe.h>
#include <sqlite3.h>

#define PAYMENT "bank_payment_id, account, amount, payment_time, channel, terminal_id," \
    " document_number, hub_payment_id, accepted_at"
#define REGISTRY "registry_id, registry_number, registry_date, organizer_inn, period_from," \
    " period_to, kind, line_count, total_amount, hub_registry_id, received_at"
#define LINE "line_no, bank_payment_id, account, amount, payment_time, channel, terminal_id, status"

enum { PAYMENT_COLUMNS = 9, REGISTRY_COLUMNS = 11, LINE_COLUMNS = 8, CONNECTIONS = 16 };

static enum { NONE, SQLITE, PG } mode;

static void payment_row(struct soap *soap, const struct bank__RegisterPaymentRequestType *payment,
                        const char *identity, const char *now, const char **row) {
    const char *own[PAYMENT_COLUMNS] = {
        payment->bankPaymentId,
        payment->account,
        payment->amount,
        payment->paymentTime,
        soap_com__PayChannel2s(soap, payment->channel),
        payment->terminalId,
        payment->documentNumber,
        identity,
        now,
    };
    memcpy(row, own, sizeof own);
}

static void registry_row(struct soap *soap, const struct reg__SubmitRegistryRequestType *registry,
                         const char *identity, const char *now, const char **row) {
    char *count = soap_malloc(soap, 12);
    snprintf(count, 12, "%d", registry->count);
    const char *own[REGISTRY_COLUMNS] = {
        registry->registryId,
        registry->registryNumber,
        registry->registryDate,
        registry->organizerInn,
        registry->period->from,
        registry->period->to,
        soap_reg__RegistryKind2s(soap, registry->kind),
        count,
        registry->totalAmount,
        identity,
        now,
    };
    memcpy(row, own, sizeof own);
}

static void line_row(struct soap *soap, const struct reg__RegistryLineType *line, char *number,
                     const char **row) {
    snprintf(number, 12, "%d", line->lineNo);
    row[0] = number;
    row[1] = line->bankPaymentId;
    row[2] = line->account;
    row[3] = line->amount;
    row[4] = line->paymentTime;
    row[5] = soap_com__PayChannel2s(soap, line->channel);
    row[6] = line->terminalId;
    row[7] = soap_reg__LineStatus2s(soap, line->status);
}

/* ---- SQLite: one connection and one writer at a time; our lock wakes sooner than SQLite's ---- */

static struct {
    pthread_mutex_t turn;
    sqlite3 *database;
    sqlite3_stmt *begin, *commit, *rollback, *payment, *registry, *line;
} sqlite = {.turn = PTHREAD_MUTEX_INITIALIZER};

static sqlite3_stmt *prepared(const char *text) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(sqlite.database, text, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(sqlite.database));
        exit(1);
    }
    return statement;
}

static void sqlite_open(const char *path) {
    if (sqlite3_open(path, &sqlite.database) != SQLITE_OK) exit(1);
    sqlite3_busy_timeout(sqlite.database, 60000);
    sqlite3_exec(sqlite.database, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    sqlite.begin = prepared("BEGIN IMMEDIATE");
    sqlite.commit = prepared("COMMIT");
    sqlite.rollback = prepared("ROLLBACK");
    sqlite.payment = prepared("INSERT INTO payment(" PAYMENT ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    sqlite.registry = prepared(
        "INSERT INTO registry(" REGISTRY ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    sqlite.line = prepared(
        "INSERT INTO registry_line(registry_seq, " LINE ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
}

static int done(sqlite3_stmt *statement) {
    int result = sqlite3_step(statement);
    sqlite3_reset(statement);
    return result != SQLITE_DONE;
}

static int insert(sqlite3_stmt *statement, int from, const char **row, int count) {
    for (int i = 0; i < count; i++) sqlite3_bind_text(statement, from + i, row[i], -1, SQLITE_STATIC);
    return done(statement);
}

static int sqlite_lines(struct soap *soap, const struct reg__SubmitRegistryRequestType *registry) {
    sqlite3_int64 seq = sqlite3_last_insert_rowid(sqlite.database);
    const char *row[LINE_COLUMNS];
    char number[12];
    for (int i = 0; i < registry->__sizeline; i++) {
        line_row(soap, registry->line + i, number, row);
        sqlite3_bind_int64(sqlite.line, 1, seq);
        if (insert(sqlite.line, 2, row, LINE_COLUMNS)) return 1;
    }
    return 0;
}

static int sqlite_finish(int failed) {
    if (!failed) return done(sqlite.commit);
    fprintf(stderr, "%s\n", sqlite3_errmsg(sqlite.database));
    done(sqlite.rollback);
    return 1;
}

/* ---- PostgreSQL: fewer connections than threads; a thread waits for a free one ---- */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    PGconn *free[CONNECTIONS];
    int count;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .freed = PTHREAD_COND_INITIALIZER};

static void expect(PGconn *connection, PGresult *result) {
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s", PQerrorMessage(connection));
        exit(1);
    }
    PQclear(result);
}

static void pg_open(void) {
    for (; pool.count < CONNECTIONS; pool.count++) {
        PGconn *connection = PQconnectdb("");
        if (PQstatus(connection) != CONNECTION_OK) {
            fprintf(stderr, "%s", PQerrorMessage(connection));
            exit(1);
        }
        expect(connection, PQprepare(connection, "payment",
            "INSERT INTO payment(" PAYMENT ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0, NULL));
        expect(connection, PQprepare(connection, "registry",
            "WITH r AS (INSERT INTO registry(" REGISTRY ")"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING seq)"
            " INSERT INTO registry_line(registry_seq, " LINE ") SELECT r.seq, u.* FROM r,"
            " unnest($12::int[], $13::text[], $14::text[], $15::numeric[], $16::timestamptz[],"
            " $17::text[], $18::text[], $19::text[]) u", 0, NULL));
        pool.free[pool.count] = connection;
    }
}

static int pg_execute(const char *name, const char **values, int count) {
    pthread_mutex_lock(&pool.lock);
    while (pool.count == 0) pthread_cond_wait(&pool.freed, &pool.lock);
    PGconn *connection = pool.free[--pool.count];
    pthread_mutex_unlock(&pool.lock);

    PGresult *result = PQexecPrepared(connection, name, count, values, NULL, NULL, 0);
    int failed = PQresultStatus(result) != PGRES_COMMAND_OK;
    if (failed) fprintf(stderr, "%s", PQerrorMessage(connection));
    PQclear(result);

    pthread_mutex_lock(&pool.lock);
    pool.free[pool.count++] = connection;
    pthread_cond_signal(&pool.freed);
    pthread_mutex_unlock(&pool.lock);
    return failed;
}

static char *append(char *at, const char *text) {
    if (!text) return stpcpy(at, "NULL");
    *at++ = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') *at++ = '\\';
        *at++ = *text;
    }
    *at++ = '"';
    return at;
}

/* Array literals, a column each; every value of ours is at most 50 characters of UTF-8 long. */
static void literals(struct soap *soap, const struct reg__SubmitRegistryRequestType *registry,
                     const char **columns) {
    const char *row[LINE_COLUMNS];
    char *at[LINE_COLUMNS], number[12];
    for (int column = 0; column < LINE_COLUMNS; column++) {
        at[column] = soap_malloc(soap, 3 + (size_t)registry->__sizeline * (2 * 4 * 50 + 3));
        columns[column] = at[column];
        *at[column]++ = '{';
    }
    for (int i = 0; i < registry->__sizeline; i++) {
        line_row(soap, registry->line + i, number, row);
        for (int column = 0; column < LINE_COLUMNS; column++) {
            if (i) *at[column]++ = ',';
            at[column] = append(at[column], row[column]);
        }
    }
    for (int column = 0; column < LINE_COLUMNS; column++) stpcpy(at[column], "}");
}

/* ---- what server.c calls ---- */

void store_open(void) {
    const char *name = getenv("BENCH_MODE");
    mode = !strcmp(name, "sqlite") ? SQLITE : !strcmp(name, "pg") ? PG : NONE;
    if (mode == SQLITE) sqlite_open(getenv("BENCH_SQLITE"));
    if (mode == PG) pg_open();
}

int store_payment(struct soap *soap, const struct bank__RegisterPaymentRequestType *payment,
                  const char *identity, const char *now) {
    const char *row[PAYMENT_COLUMNS];
    if (mode == NONE) return 0;
    payment_row(soap, payment, identity, now, row);
    if (mode == PG) return pg_execute("payment", row, PAYMENT_COLUMNS);
    pthread_mutex_lock(&sqlite.turn);
    int failed = insert(sqlite.payment, 1, row, PAYMENT_COLUMNS);
    pthread_mutex_unlock(&sqlite.turn);
    return failed;
}

int store_registry(struct soap *soap, const struct reg__SubmitRegistryRequestType *registry,
                   const char *identity, const char *now) {
    const char *values[REGISTRY_COLUMNS + LINE_COLUMNS];
    if (mode == NONE) return 0;
    registry_row(soap, registry, identity, now, values);
    if (mode == PG) {
        literals(soap, registry, values + REGISTRY_COLUMNS);
        return pg_execute("registry", values, REGISTRY_COLUMNS + LINE_COLUMNS);
    }
    pthread_mutex_lock(&sqlite.turn);
    int failed = sqlite_finish(done(sqlite.begin)
        || insert(sqlite.registry, 1, values, REGISTRY_COLUMNS) || sqlite_lines(soap, registry));
    pthread_mutex_unlock(&sqlite.turn);
    return failed;
}
