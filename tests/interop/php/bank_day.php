<?php
// The bank's day by PHP SoapClient, from nothing but two WSDL addresses and Basic credentials.
//
// Reads what the bank knows as JSON from stdin, prints what it was answered as JSON, in the types
// that SoapClient made of it. See ../README.md for the shape of both.

declare(strict_types=1);

const HUB = 'urn://x-artefacts-citto-72/hub/1.0';
const PROCESSING = ['RECEIVED', 'PROCESSING'];
const PATIENCE_SECONDS = 60;

error_reporting(E_ALL);
set_error_handler(static function (int $severity, string $message, string $file, int $line): bool {
    if ((error_reporting() & $severity) === 0) {
        return false;
    }
    throw new ErrorException($message, 0, $severity, $file, $line);
});

final class Bank
{
    public readonly SoapClient $payments;
    public readonly SoapClient $registries;
    public readonly SoapClient $payments12;
    public ?array $answerHeaders = null;

    public function __construct(public readonly stdClass $known)
    {
        $this->payments = $this->client($known->bankPaymentWsdl, SOAP_1_1);
        $this->registries = $this->client($known->paymentRegistryWsdl, SOAP_1_1);
        $this->payments12 = $this->client($known->bankPaymentWsdl, SOAP_1_2);
    }

    /** Calls an operation under a message id; without one, of its own new id. */
    public function call(SoapClient $client, string $operation, array $fields = [], ?string $messageId = null): stdClass
    {
        $header = new SoapHeader(HUB, 'MessageHeader', [
            'messageId' => $messageId ?? uuid(),
            'sender' => $this->known->sender,
            'timestamp' => now()->format(DATE_RFC3339),
            'contour' => 'TEST',
            'formatVersion' => '1.0',
        ]);
        return $client->__soapCall($operation, [$fields], null, [$header], $this->answerHeaders);
    }

    /** Calls an operation that is to be refused; returns the fault as SoapClient shows it. */
    public function refusal(SoapClient $client, string $operation, array $fields): array
    {
        try {
            $this->call($client, $operation, $fields);
        } catch (SoapFault $fault) {
            return [
                'faultcode' => $fault->faultcode,
                'faultstring' => $fault->faultstring,
                'hubFault' => $fault->detail->HubFault ?? null,
            ];
        }
        throw new RuntimeException("$operation was not refused");
    }

    public function register(string $paymentId, string $account, string $amount, ?string $messageId = null): stdClass
    {
        return $this->call($this->payments, 'RegisterPayment', $this->payment($paymentId, $account, $amount), $messageId);
    }

    public function payment(string $paymentId, string $account, string $amount): array
    {
        return [
            'bankPaymentId' => $paymentId,
            'account' => $account,
            'amount' => $amount,
            'currency' => 'RUB',
            'paymentTime' => $this->known->paymentTime,
            'channel' => 'ATM',
            'terminalId' => 'ATM-0001',
        ];
    }

    public function waitUntilProcessed(string $hubRegistryId): stdClass
    {
        $deadline = microtime(true) + PATIENCE_SECONDS;
        do {
            $status = $this->call($this->registries, 'GetRegistryStatus', ['hubRegistryId' => $hubRegistryId]);
            if (!in_array($status->state, PROCESSING, true)) {
                return $status;
            }
            usleep(100_000);
        } while (microtime(true) < $deadline);
        throw new RuntimeException("registry $hubRegistryId is still being processed");
    }

    /** Reads a protocol two lines at a time. */
    public function protocol(string $hubRegistryId): array
    {
        $pages = [];
        $page = ['limit' => 2];
        do {
            $answer = $this->call($this->registries, 'GetRegistryProtocol', ['hubRegistryId' => $hubRegistryId, 'page' => $page]);
            $pages[] = $answer->line ?? [];
            $page['cursor'] = $answer->nextCursor ?? null;
        } while ($page['cursor'] !== null);
        return $pages;
    }

    private function client(string $wsdl, int $version): SoapClient
    {
        return new SoapClient($wsdl, [
            'login' => $this->known->login,
            'password' => $this->known->password,
            'soap_version' => $version,
            'cache_wsdl' => WSDL_CACHE_NONE,
            'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
            'trace' => true,
        ]);
    }
}

function uuid(): string
{
    $bytes = random_bytes(16);
    $bytes[6] = chr(ord($bytes[6]) & 0x0F | 0x40);
    $bytes[8] = chr(ord($bytes[8]) & 0x3F | 0x80);
    return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
}

function now(): DateTimeImmutable
{
    return new DateTimeImmutable('now', new DateTimeZone('+05:00'));
}

function line(int $number, string $paymentId, string $account, string $amount, stdClass $known): array
{
    return [
        'lineNo' => $number,
        'bankPaymentId' => $paymentId,
        'account' => $account,
        'amount' => $amount,
        'paymentTime' => $known->paymentTime,
        'channel' => 'ATM',
        'status' => 'PAID',
    ];
}

function registry(string $number, string $total, array $content, int $count, stdClass $known): array
{
    return [
        'registryId' => "REG-$number",
        'registryNumber' => $number,
        'registryDate' => substr($known->paymentTime, 0, 10),
        'organizerInn' => $known->organizerInn,
        'period' => ['from' => $known->paymentTime, 'to' => $known->paymentTime],
        'kind' => 'ONLINE',
        'count' => $count,
        'totalAmount' => $total,
        ...$content,
    ];
}

function checkAndPay(Bank $bank, array $accounts): array
{
    $known = $bank->known;
    $check = static fn (string $account): stdClass => $bank->call($bank->payments, 'CheckAccount', [
        'account' => $account,
        'channel' => 'ATM',
        'requestTime' => now()->format(DATE_RFC3339),
    ]);
    $got = [
        'ping' => $bank->call($bank->payments, 'Ping'),
        'pingRegistries' => $bank->call($bank->registries, 'Ping'),
        'pingSoap12' => $bank->call($bank->payments12, 'Ping'),
        'checked' => $check($accounts[0]),
        'checkedUnknown' => $check($known->unknownAccount),
    ];
    $got['messageId'] = uuid();
    $got['paid'] = $bank->register('P-1', $accounts[0], '500.00', $got['messageId']);
    $got['answerHeader'] = $bank->answerHeaders['MessageHeader'];
    $first = $bank->payments->__getLastResponse();
    $bank->register('P-1', $accounts[0], '500.00', $got['messageId']);
    $got['resentIsByteEqual'] = $bank->payments->__getLastResponse() === $first;
    $got['repeated'] = $bank->register('P-1', $accounts[0], '500.00');
    $got['conflict'] = $bank->register('P-1', $accounts[0], '501.00');
    $got['overLimit'] = $bank->register('P-LIMIT', $accounts[0], '2000.01');
    foreach (['P-2' => '700.00', 'P-3' => '150.50', 'P-4' => '90.00'] as $paymentId => $amount) {
        $bank->register($paymentId, $accounts[(int) substr($paymentId, 2) - 1], $amount);
    }
    $got['cancelled'] = $bank->call($bank->payments, 'CancelPayment', [
        'bankPaymentId' => 'P-4',
        'cancelId' => 'C-4',
        'reason' => 'Плательщик передумал',
        'cancelTime' => now()->format(DATE_RFC3339),
    ]);
    foreach (['status' => 'P-1', 'statusCancelled' => 'P-4', 'statusUnknown' => 'P-NONE'] as $key => $paymentId) {
        $got[$key] = $bank->call($bank->payments, 'GetPaymentStatus', ['bankPaymentId' => $paymentId]);
    }
    $broken = ['bankPaymentId' => str_repeat('9', 51), 'currency' => 'USD'] + $bank->payment('P-5', $accounts[0], '1.001');
    $got['schemaFault'] = $bank->refusal($bank->payments, 'RegisterPayment', $broken);
    $got['schemaFaultSoap12'] = $bank->refusal($bank->payments12, 'RegisterPayment', $broken);
    $stranger = new Bank((object) [...(array) $known, 'password' => 'wrong']);
    $got['strangerFault'] = $stranger->refusal($stranger->payments, 'Ping', []);
    return $got;
}

function handIn(Bank $bank, array $accounts): array
{
    $known = $bank->known;
    $lines = [
        line(1, 'P-1', $accounts[0], '500.00', $known),
        line(2, 'P-2', $accounts[1], '700.00', $known),
        line(3, 'P-3', $accounts[2], '150.00', $known),
        line(4, 'P-6', $accounts[4], '2500.00', $known),
        line(5, 'P-7', $known->unknownAccount, '300.00', $known),
    ];
    $day = registry('1', '4150.00', ['line' => $lines], 5, $known);
    $submit = static fn (array $fields): stdClass => $bank->call($bank->registries, 'SubmitRegistry', $fields);
    $got = ['submitted' => $submit($day), 'submittedAgain' => $submit($day)];
    $id = $got['submitted']->hubRegistryId;
    $got['processed'] = $bank->waitUntilProcessed($id);
    $got['protocol'] = $bank->protocol($id);
    $got['totalFault'] = $bank->refusal(
        $bank->registries,
        'SubmitRegistry',
        registry('2', '1.00', ['line' => [$lines[0]]], 1, $known),
    );
    $got['lineFault'] = $bank->refusal(
        $bank->registries,
        'SubmitRegistry',
        registry('3', '1000.00', ['line' => [$lines[0], $lines[0]]], 2, $known),
    );
    $got['corrected'] = $bank->call($bank->registries, 'SubmitCorrection', [
        'correctionId' => 'FIX-1',
        'hubRegistryId' => $id,
        'line' => [['lineNo' => 5, 'action' => 'REASSIGN', 'newAccount' => $accounts[4], 'basis' => 'Заявление от плательщика']],
    ]);
    return $got + handInFile($bank);
}

/** The same first payment in a second registry, an XML file inside the message. */
function handInFile(Bank $bank): array
{
    $file = base64_decode($bank->known->file, true);
    $reference = [
        'fileId' => uuid(),
        'fileName' => 'registry.xml',
        'mimeType' => 'application/xml',
        'size' => strlen($file),
        'hash' => hash('sha256', $file, true),
        'hashAlg' => 'SHA-256',
        'content' => $file,
    ];
    $got['submittedFile'] = $bank->call(
        $bank->registries,
        'SubmitRegistry',
        registry('4', '500.00', ['file' => $reference], 1, $bank->known),
    );
    $id = $got['submittedFile']->hubRegistryId;
    $got['processedFile'] = $bank->waitUntilProcessed($id);
    $got['protocolOfFile'] = $bank->protocol($id);
    return $got;
}

function reconcile(Bank $bank): array
{
    $day = substr($bank->known->paymentTime, 0, 10);
    $period = ['period' => ['from' => $day, 'to' => $day]];
    return [
        'reconciled' => $bank->call($bank->registries, 'GetReconciliation', $period + ['organizerInn' => $bank->known->organizerInn]),
        'annulled' => $bank->call($bank->registries, 'AnnulRegistry', ['registryId' => 'REG-4', 'reason' => 'Передан по ошибке']),
        'listed' => $bank->call($bank->registries, 'ListRegistries', $period),
    ];
}

$bank = new Bank(json_decode(stream_get_contents(STDIN), false, 512, JSON_THROW_ON_ERROR));
$accounts = $bank->known->accounts;
$got = checkAndPay($bank, $accounts) + handIn($bank, $accounts) + reconcile($bank);
echo json_encode($got, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRETTY_PRINT), "\n";
