<?php
// A department by PHP, from nothing but the published WSDLs and Basic credentials.
//
// Serves ApplicationService by SoapServer and calls EventModuleService by SoapClient, either in the
// plain binding or in SMEV 2. On the command line it starts `php -S` on itself, which answers the
// hub, and does what it is told; both keep the books in one folder. See ../README.md.

declare(strict_types=1);

const HUB = 'urn://x-artefacts-citto-72/hub/1.0';
const APPLICATION = 'urn://x-artefacts-citto-72/portal/application/1.0';
const EVENTS = 'urn://x-artefacts-citto-72/portal/events/1.0';
const COMMON = 'urn://x-artefacts-citto-72/common/1.0';
const PORTAL = 'urn://x-artefacts-citto-72/portal/common/1.0';
const ERRORS = 'urn://x-artefacts-citto-72/smev2/1.0';
const RECIPIENT = 'http://smev.gosuslugi.ru/actors/recipient';
const APPLIED = 'http://smev.gosuslugi.ru/request/rev111111';
const XOP = 'http://www.w3.org/2004/08/xop/include';
const FOLDER = 'DEPARTMENT_FOLDER';
const PATIENCE_SECONDS = 30;
// What is wrong, by the status that says so.
const CODES = ['INVALID' => 'VALIDATION_ERROR', 'REJECT' => 'NOT_FOUND', 'FAILURE' => 'TEMPORARY_UNAVAILABLE'];
// What client and server have in common; the WSDL is read once a program.
const OPTIONS = ['cache_wsdl' => WSDL_CACHE_DISK, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS, 'soap_version' => SOAP_1_1];

error_reporting(E_ALL);
set_error_handler(static function (int $severity, string $message, string $file, int $line): bool {
    if ((error_reporting() & $severity) === 0) {
        return false;
    }
    throw new ErrorException($message, 0, $severity, $file, $line);
});

/** A no that was ordered: INVALID, REJECT or FAILURE. */
final class Refusal extends Exception
{
}

/** The department's own books, a file an application; knows nothing of envelopes. */
final class Department
{
    public function __construct(private readonly string $folder)
    {
    }

    /** Returns the fields of the response; $files are contents by name. */
    public function submit(stdClass $request, array $files): array
    {
        $order = (int) $request->orderId;
        $this->refuseIfTold($order);
        $known = $this->find($order);
        $kept = $known ?? [
            'service' => $request->serviceCode,
            'lastName' => $request->applicant->person->name->lastName,
            'question' => xml($request->formData->any)->textContent,
            'files' => self::checked($request->attachment ?? [], $files),
            'times' => 0,
            'cancels' => [],
            'id' => uuid(),
            'at' => now(),
        ];
        $kept['times']++;
        $this->keep($order, $kept);
        return [
            'orderId' => $order,
            'hubApplicationId' => $kept['id'],
            'receivedAt' => $kept['at'],
            'orgNumber' => "В-$order",
            'duplicate' => $known !== null,
        ];
    }

    public function cancel(stdClass $request): array
    {
        $order = (int) $request->orderId;
        $this->refuseIfTold($order);
        $kept = $this->find($order);
        $kept['cancels'][] = $request->cancelId;
        $this->keep($order, $kept);
        return ['orderId' => $order, 'accepted' => true];
    }

    public function refuse(int $order, string $with): void
    {
        file_put_contents("$this->folder/refuse-$order", $with);
    }

    public function report(): array
    {
        $applications = [];
        foreach (glob("$this->folder/order-*.json") as $file) {
            $kept = json_decode(file_get_contents($file), true);
            unset($kept['id'], $kept['at']);
            $kept['files'] = (object) $kept['files'];
            $applications[substr(basename($file, '.json'), strlen('order-'))] = $kept;
        }
        return ['applications' => $applications, 'refused' => array_map('file_get_contents', glob("$this->folder/refused-*"))];
    }

    private function refuseIfTold(int $order): void
    {
        $file = "$this->folder/refuse-$order";
        if (is_file($file)) {
            $with = file_get_contents($file);
            rename($file, "$this->folder/refused-$order");
            throw new Refusal($with);
        }
    }

    private function find(int $order): ?array
    {
        $file = "$this->folder/order-$order.json";
        return is_file($file) ? json_decode(file_get_contents($file), true) : null;
    }

    private function keep(int $order, array $kept): void
    {
        // The other process reads while this one writes.
        file_put_contents("$this->folder/draft", json_encode($kept, JSON_THROW_ON_ERROR));
        rename("$this->folder/draft", "$this->folder/order-$order.json");
    }

    /** Holds files against what is said of them; returns their digests by name. */
    private static function checked(array $attached, array $files): array
    {
        $digests = [];
        foreach (array_column($attached, 'file') as $file) {
            $octets = $files[$file->fileName];
            if (strlen($octets) !== $file->size || hash('sha256', $octets, true) !== $file->hash) {
                throw new RuntimeException("$file->fileName is not what is said of it");
            }
            $digests[$file->fileName] = hash('sha256', $octets);
        }
        return $digests;
    }
}

/** The plain binding: SoapServer calls these methods by the names of the operations. */
final class Plain
{
    private ?stdClass $asked = null;

    public function __construct(private readonly stdClass $known, private readonly Department $department, private readonly ?SoapServer $server = null)
    {
    }

    public function MessageHeader(stdClass $header): void
    {
        $this->asked = $header;
    }

    public function SubmitApplication(stdClass $request): array
    {
        $files = [];
        foreach ($request->attachment ?? [] as $attachment) {
            $files[$attachment->file->fileName] = $attachment->file->content;
        }
        return $this->answered(fn (): array => $this->department->submit($request, $files));
    }

    public function CancelApplication(stdClass $request): array
    {
        return $this->answered(fn (): array => $this->department->cancel($request));
    }

    /** Tells the hub of an event; returns what it says. */
    public function push(SoapClient $client, array $event, ?array $file, string $octets): array
    {
        $event['attachment'] = $file === null ? [] : [$file + ['content' => $octets]];
        $answer = $client->__soapCall('PushEvent', [$event], null, [$this->header()]);
        return ['code' => $answer->code, 'duplicate' => $answer->duplicate, 'status' => null];
    }

    private function answered(Closure $does): array
    {
        $this->server->addSoapHeader($this->header([
            'recipient' => $this->asked->sender,
            'correlationId' => $this->asked->messageId,
        ]));
        try {
            return $does();
        } catch (Refusal $refusal) {
            $said = $refusal->getMessage();
            $again = $said === 'FAILURE';
            $detail = ['code' => CODES[$said], 'message' => "Нет: $said", 'retryable' => $again];
            throw new SoapFault($again ? 'Server' : 'Client', "Нет: $said", null, $detail, 'HubFault');
        }
    }

    private function header(array $more = []): SoapHeader
    {
        return new SoapHeader(HUB, 'MessageHeader', $more + [
            'messageId' => uuid(),
            'sender' => $this->known->sender,
            'timestamp' => now(),
            'contour' => 'TEST',
            'formatVersion' => '1.0',
        ]);
    }
}

/** The binding SMEV 2: AppData is read by its types, but what is put there has to be text. */
final class Smev2
{
    private ?stdClass $asked = null;

    public function __construct(private readonly stdClass $known, private readonly Department $department, private readonly ?SoapServer $server = null)
    {
    }

    public function Header(stdClass $header): void
    {
        $this->asked = $header;
    }

    public function SubmitApplication(stdClass $wrapped): array
    {
        $request = $wrapped->MessageData->AppData->any['SubmitApplicationRequest'];
        $document = $wrapped->MessageData->AppDocument ?? null;
        $files = $document === null ? [] : unzipped($document->BinaryData);
        return $this->answered('SubmitApplication', $wrapped, fn (): array => $this->department->submit($request, $files));
    }

    public function CancelApplication(stdClass $wrapped): array
    {
        $request = $wrapped->MessageData->AppData->any['CancelApplicationRequest'];
        return $this->answered('CancelApplication', $wrapped, fn (): array => $this->department->cancel($request));
    }

    /** Tells the hub of an event; returns what it says. */
    public function push(SoapClient $client, array $event, ?array $file, string $octets): array
    {
        $fields = $event;
        $status = &$fields['event']['orderStatusEvent']['statusCode'];
        $status = ['{' . PORTAL . '}techCode' => $status['techCode']];
        foreach ($file ?? [] as $name => $value) {
            $fields['attachment']['{' . COMMON . "}$name"] = $name === 'hash' ? base64_encode($value) : $value;
        }
        $payload = written(EVENTS, 'PushEventRequest', $fields);
        $data = ['AppData' => ['any' => $payload]];
        if ($file !== null) {
            $code = 'req_' . uuid();
            $data['AppDocument'] = ['RequestCode' => $code, 'BinaryData' => zipped($code, $file['fileName'], $file['mimeType'], $octets)];
        }
        $message = $this->message('RESULT', $this->known->smev2->hub) + ['CaseNumber' => (string) $event['orderId']];
        $answer = $client->PushEvent(['Message' => $message, 'MessageData' => $data]);
        $said = $answer->MessageData->AppData->any['PushEventResponse'] ?? null;
        return ['code' => $said?->code, 'duplicate' => $said?->duplicate, 'status' => $answer->Message->Status];
    }

    private function answered(string $operation, stdClass $wrapped, Closure $does): array
    {
        try {
            $status = 'ACCEPT';
            $payload = written(APPLICATION, "{$operation}Response", $does());
        } catch (Refusal $refusal) {
            $status = $refusal->getMessage();
            $payload = written(ERRORS, 'Errors', [
                'Error' => ['errorCode' => CODES[$status], 'errorMessage' => "Нет: $status"],
                'retryable' => $status === 'FAILURE',
                'entry' => '-',
            ]);
        }
        $asked = $wrapped->Message;
        $message = $this->message($status, $asked->Sender) + [
            'RequestIdRef' => $this->asked->MessageId,
            'OriginRequestIdRef' => $asked->OriginRequestIdRef ?? $this->asked->MessageId,
            'CaseNumber' => $asked->CaseNumber,
        ];
        return ['Message' => $message, 'MessageData' => ['AppData' => ['any' => $payload]]];
    }

    private function message(string $status, stdClass $recipient): array
    {
        return [
            'Sender' => ['Code' => $this->known->smev2->mnemonic, 'Name' => 'Ведомство на PHP'],
            'Recipient' => $recipient,
            'TypeCode' => 'GSRV',
            'Status' => $status,
            'Date' => now(),
            'ExchangeType' => '2',
        ];
    }
}

/** Returns the root of a document. */
function xml(string $text): DOMElement
{
    $document = new DOMDocument();
    $document->loadXML($text);
    return $document->documentElement;
}

function text(DOMElement $element, string $namespace, string $name): string
{
    return $element->getElementsByTagNameNS($namespace, $name)[0]->textContent ?? '';
}

/** Returns an element with its fields, in the namespace of the element unless a name says another. */
function written(string $namespace, string $name, array $fields): string
{
    $document = new DOMDocument();
    $root = $document->createElementNS($namespace, "p:$name");
    $document->appendChild($root);
    write($root, $namespace, $fields);
    return $document->saveXML($root);
}

function write(DOMElement $parent, string $namespace, array $fields): void
{
    foreach ($fields as $name => $value) {
        [$space, $local] = $name[0] === '{' ? explode('}', substr($name, 1)) : [$namespace, $name];
        $element = $parent->ownerDocument->createElementNS($space, ($space === $namespace ? 'p:' : 'o:') . $local);
        $parent->appendChild($element);
        if (is_array($value)) {
            write($element, $namespace, $value);
        } else {
            $element->textContent = is_bool($value) ? ($value ? 'true' : 'false') : (string) $value;
        }
    }
}

/** Returns the files of an archive by the names of its list; PharData reads any zip. */
function unzipped(string $octets): array
{
    $path = scratch();
    file_put_contents($path, $octets);
    try {
        $archive = new PharData($path);
        foreach (new FilesystemIterator("phar://$path") as $entry) {
            if (str_starts_with($entry->getFilename(), 'req_')) {
                $listed = xml(file_get_contents($entry->getPathname()));
            }
        }
        $files = [];
        foreach ($listed->getElementsByTagNameNS(APPLIED, 'AppliedDocument') as $one) {
            $files[text($one, APPLIED, 'Name')] = $archive[text($one, APPLIED, 'URL')]->getContent();
        }
        return $files;
    } finally {
        unlink($path);
    }
}

function zipped(string $code, string $name, string $mediaType, string $octets): string
{
    $path = scratch();
    $archive = new PharData($path, 0, null, Phar::ZIP);
    $archive["$code.xml"] = written(APPLIED, 'AppliedDocuments', ['AppliedDocument' => ['Name' => $name, 'URL' => $name, 'Type' => $mediaType]]);
    $archive[$name] = $octets;
    unset($archive);
    try {
        return file_get_contents($path);
    } finally {
        Phar::unlinkArchive($path);
    }
}

/** Returns a message in one piece: SoapServer knows nothing of the parts of MTOM. */
function unfolded(string $octets, string $contentType): string
{
    if (!str_starts_with($contentType, 'multipart/related')) {
        return $octets;
    }
    preg_match('/boundary="?([^";]+)"?/', $contentType, $boundary);
    $parts = [];
    foreach (array_slice(explode("\r\n--$boundary[1]", "\r\n$octets"), 1, -1) as $piece) {
        [$head, $content] = explode("\r\n\r\n", $piece, 2);
        preg_match('/^Content-ID:\s*<(.+)>/mi', $head, $id);
        $parts[$id[1]] = $content;
    }
    $root = xml(reset($parts));
    foreach (iterator_to_array($root->getElementsByTagNameNS(XOP, 'Include')) as $include) {
        $id = rawurldecode(substr($include->getAttribute('href'), strlen('cid:')));
        $include->parentNode->textContent = base64_encode($parts[$id]);
    }
    return $root->ownerDocument->saveXML();
}

function scratch(): string
{
    return getenv(FOLDER) . '/' . uuid() . '.zip';
}

function uuid(): string
{
    $octets = random_bytes(16);
    $octets[6] = chr(ord($octets[6]) & 0x0f | 0x40);
    $octets[8] = chr(ord($octets[8]) & 0x3f | 0x80);
    return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($octets), 4));
}

function now(): string
{
    return (new DateTimeImmutable('now', new DateTimeZone('Asia/Yekaterinburg')))->format(DATE_RFC3339);
}

function binding(stdClass $known, ?SoapServer $server = null): Plain|Smev2
{
    $department = new Department(getenv(FOLDER));
    return $known->smev2 === null ? new Plain($known, $department, $server) : new Smev2($known, $department, $server);
}

/** Answers one message of the hub. */
function serve(stdClass $known): void
{
    // The hub's header of SMEV 2 is addressed; SoapServer reads what is addressed to it.
    $server = new SoapServer($known->applicationWsdl, OPTIONS + ['actor' => RECIPIENT]);
    $server->setObject(binding($known, $server));
    $server->handle(unfolded(file_get_contents('php://input'), $_SERVER['CONTENT_TYPE']));
}

/** The department as a client of the hub. */
final class Teller
{
    private readonly SoapClient $client;
    private array $told = [];

    public function __construct(private readonly stdClass $known)
    {
        $this->client = new SoapClient($known->eventsWsdl, OPTIONS + ['login' => $known->login, 'password' => $known->password]);
    }

    /** Does what the test asks for. */
    public function obey(stdClass $what): mixed
    {
        $department = new Department(getenv(FOLDER));
        return match ($what->do) {
            'tell' => $this->tell($what),
            'tell again' => binding($this->known)->push($this->client, ...$this->told),
            'refuse' => $department->refuse($what->order, $what->with),
            default => $department->report(),
        };
    }

    private function tell(stdClass $what): array
    {
        $octets = isset($what->file) ? base64_decode($what->file->content, true) : '';
        $file = !isset($what->file) ? null : [
            'fileId' => uuid(),
            'fileName' => $what->file->name,
            'mimeType' => 'text/plain',
            'size' => strlen($octets),
            'hash' => hash('sha256', $octets, true),
            'hashAlg' => 'SHA-256',
        ];
        $event = [
            'eventId' => uuid(),
            'orderId' => $what->order,
            'eventDate' => now(),
            'eventComment' => $what->comment,
            'event' => ['orderStatusEvent' => ['statusCode' => ['techCode' => $what->code]]],
        ];
        $this->told = [$event, $file, $octets];
        return binding($this->known)->push($this->client, ...$this->told);
    }
}

/** Starts the server, then does what is told line by line. */
function main(): void
{
    $line = fgets(STDIN);
    $known = json_decode($line);
    $folder = sys_get_temp_dir() . '/department-' . uuid();
    mkdir($folder);
    putenv(FOLDER . "=$folder");
    file_put_contents("$folder/known.json", $line);
    ini_set('soap.wsdl_cache_dir', $folder);
    $command = [PHP_BINARY, '-d', "soap.wsdl_cache_dir=$folder", '-S', "127.0.0.1:$known->port", __FILE__];
    $server = proc_open($command, [0 => ['file', '/dev/null', 'r'], 1 => ['file', "$folder/log", 'a'], 2 => ['file', "$folder/log", 'a']], $pipes);
    try {
        $deadline = microtime(true) + PATIENCE_SECONDS;
        while (($socket = @fsockopen('127.0.0.1', $known->port)) === false && microtime(true) < $deadline) {
            usleep(20_000);
        }
        fclose($socket);
        $teller = new Teller($known);
        say('ready');
        while (($line = fgets(STDIN)) !== false) {
            say($teller->obey(json_decode($line)));
        }
    } finally {
        fwrite(STDERR, preg_replace('/^.*(Accepted|Clos|Development Server|\[200\]).*\n/m', '', file_get_contents("$folder/log")));
        proc_terminate($server);
        proc_close($server);
        array_map('unlink', glob("$folder/*"));
        rmdir($folder);
    }
}

function say(mixed $told): void
{
    fwrite(STDOUT, json_encode($told, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR) . "\n");
}

if (PHP_SAPI === 'cli-server') {
    serve(json_decode(file_get_contents(getenv(FOLDER) . '/known.json')));
} else {
    main();
}
