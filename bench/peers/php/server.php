<?php
// PHP SoapServer from the published WSDL; the request is validated before SoapServer sees it.
declare(strict_types=1);

const PAYMENT = 'bank_payment_id, account, amount, payment_time, channel, terminal_id,'
    . ' document_number, hub_payment_id, accepted_at';
const REGISTRY = 'registry_id, registry_number, registry_date, organizer_inn, period_from,'
    . ' period_to, kind, line_count, total_amount, hub_registry_id, received_at';
const LINE = 'line_no, bank_payment_id, account, amount, payment_time, channel, terminal_id, status';
const LINE_TYPES = ['int', 'text', 'text', 'numeric', 'timestamptz', 'text', 'text', 'text'];
const WSDL = [
    'bank-payment' => 'BankPaymentService',
    'payment-registry' => 'PaymentRegistryService',
];

interface Store
{
    public function payment(array $row): void;

    public function registry(array $row, array $lines): void;
}

final class Nowhere implements Store
{
    public function payment(array $row): void
    {
    }

    public function registry(array $row, array $lines): void
    {
    }
}

final class Postgres implements Store
{
    private PDO $connection;

    public function __construct()
    {
        // Emulated preparation: one round trip a message, a new PHP request has no statements.
        $this->connection = new PDO(
            sprintf('pgsql:host=%s;port=%s;dbname=%s', getenv('PGHOST'), getenv('PGPORT'), getenv('PGDATABASE')),
            getenv('PGUSER'),
            getenv('PGPASSWORD') ?: null,
            [PDO::ATTR_PERSISTENT => true, PDO::ATTR_EMULATE_PREPARES => true],
        );
    }

    public function payment(array $row): void
    {
        $this->connection
            ->prepare('INSERT INTO payment(' . PAYMENT . ') VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
            ->execute($row);
    }

    public function registry(array $row, array $lines): void
    {
        $arrays = implode(', ', array_map(fn(string $type): string => "?::{$type}[]", LINE_TYPES));
        $columns = array_map(
            fn(int $column): string => self::literal(array_column($lines, $column)),
            array_keys(LINE_TYPES),
        );
        $this->connection
            ->prepare(
                'WITH r AS (INSERT INTO registry(' . REGISTRY . ')'
                . ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq)'
                . ' INSERT INTO registry_line(registry_seq, ' . LINE . ')'
                . " SELECT r.seq, u.* FROM r, unnest($arrays) u"
            )
            ->execute([...$row, ...$columns]);
    }

    private static function literal(array $values): string
    {
        $quoted = array_map(
            fn(mixed $value): string => $value === null ? 'NULL' : '"' . addcslashes((string) $value, '"\\') . '"',
            $values,
        );
        return '{' . implode(',', $quoted) . '}';
    }
}

final class Sqlite implements Store
{
    private PDO $connection;
    /** @var resource */
    private $turn;

    public function __construct()
    {
        $path = (string) getenv('BENCH_SQLITE');
        $this->connection = new PDO("sqlite:$path", null, null, [PDO::ATTR_PERSISTENT => true]);
        $this->connection->exec('PRAGMA busy_timeout = 60000; PRAGMA synchronous = FULL');
        $this->turn = fopen("$path.turn", 'c');
    }

    public function payment(array $row): void
    {
        $this->committed(fn() => $this->connection
            ->prepare('INSERT INTO payment(' . PAYMENT . ') VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
            ->execute($row));
    }

    public function registry(array $row, array $lines): void
    {
        $this->committed(function () use ($row, $lines): void {
            $this->connection
                ->prepare('INSERT INTO registry(' . REGISTRY . ') VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
                ->execute($row);
            $seq = $this->connection->lastInsertId();
            $insert = $this->connection->prepare(
                'INSERT INTO registry_line(registry_seq, ' . LINE . ') VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
            );
            foreach ($lines as $line) {
                $insert->execute([$seq, ...$line]);
            }
        });
    }

    /** Processes take turns by a file lock, which wakes at once; SQLite's own waiting sleeps. */
    private function committed(callable $work): void
    {
        flock($this->turn, LOCK_EX);
        $this->connection->exec('BEGIN IMMEDIATE');
        try {
            $work();
            $this->connection->exec('COMMIT');
        } catch (PDOException $error) {
            $this->connection->exec('ROLLBACK');
            throw $error;
        } finally {
            flock($this->turn, LOCK_UN);
        }
    }
}

final class Service
{
    public function __construct(private Store $store)
    {
    }

    public function RegisterPayment(stdClass $request): array
    {
        [$identity, $now] = [uuid(), now()];
        $this->store->payment([
            $request->bankPaymentId,
            $request->account,
            $request->amount,
            $request->paymentTime,
            $request->channel,
            $request->terminalId ?? null,
            $request->documentNumber ?? null,
            $identity,
            $now,
        ]);
        return [
            'resultCode' => 0,
            'resultText' => 'ОК',
            'bankPaymentId' => $request->bankPaymentId,
            'hubPaymentId' => $identity,
            'state' => 'ACCEPTED',
            'acceptedAt' => $now,
            'duplicate' => false,
        ];
    }

    public function SubmitRegistry(stdClass $request): array
    {
        [$identity, $now] = [uuid(), now()];
        $this->store->registry(
            [
                $request->registryId,
                $request->registryNumber,
                $request->registryDate,
                $request->organizerInn,
                $request->period->from,
                $request->period->to,
                $request->kind,
                $request->count,
                $request->totalAmount,
                $identity,
                $now,
            ],
            array_map(self::line(...), $request->line ?? []),
        );
        return [
            'registryId' => $request->registryId,
            'hubRegistryId' => $identity,
            'state' => 'RECEIVED',
            'receivedAt' => $now,
            'duplicate' => false,
        ];
    }

    private static function line(stdClass $line): array
    {
        return [
            $line->lineNo,
            $line->bankPaymentId,
            $line->account,
            $line->amount,
            $line->paymentTime,
            $line->channel,
            $line->terminalId ?? null,
            $line->status,
        ];
    }
}

function uuid(): string
{
    $bytes = random_bytes(16);
    $bytes[6] = chr(ord($bytes[6]) & 0x0f | 0x40);
    $bytes[8] = chr(ord($bytes[8]) & 0x3f | 0x80);
    return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
}

function now(): string
{
    return (new DateTimeImmutable('now', new DateTimeZone('+05:00')))->format('Y-m-d\TH:i:s.vP');
}

function store(): Store
{
    return match (getenv('BENCH_MODE')) {
        'none' => new Nowhere(),
        'sqlite' => new Sqlite(),
        'pg' => new Postgres(),
    };
}

/** What is wrong with the message, null when it is by the contract. */
function violation(string $message, string $schema): ?string
{
    libxml_use_internal_errors(true);
    $document = new DOMDocument();
    if ($document->loadXML($message, LIBXML_NONET) && $document->schemaValidate($schema)) {
        return null;
    }
    return trim(libxml_get_last_error()->message ?? 'invalid');
}

$service = basename(dirname($_SERVER['REQUEST_URI']));
if ($_SERVER['REQUEST_METHOD'] !== 'POST' || !isset(WSDL[$service])) {
    http_response_code(404);
    exit;
}
$server = new SoapServer(
    getenv('BENCH_ROOT') . "/wsdl/meals/$service/1.0/" . WSDL[$service] . '.wsdl',
    ['soap_version' => SOAP_1_1, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS, 'cache_wsdl' => WSDL_CACHE_BOTH],
);
$message = file_get_contents('php://input');
$violation = violation($message, getenv('BENCH_BUILD') . "/bench/peers/common/$service-envelope.xsd");
if ($violation !== null) {
    $server->fault('Client', $violation);
}
$server->setObject(new Service(store()));
$server->handle($message);
