/* gSOAP from the published WSDL: the floor in C. server PORT THREADS: a thread a connection.
 *
 * The generated code checks order, occurrence, enumerations, lengths and bounds of numbers; patterns
 * are left to the user and written below for the types that our two requests use.
 */
#define _GNU_SOURCE
#include "store.h"
#include "PaymentRegistryServiceSoap11.nsmap"
#include <netinet/tcp.h>
#include <signal.h>
#include <time.h>

static int is_digits(const char *text, int count) {
    for (int i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9') return 0;
    return 1;
}

static int number(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) value = value * 10 + (text[i] - '0');
    return value;
}

/* xs:decimal, not negative, 12 digits at most, two of them after the point. */
static int is_money(const char *text) {
    int whole = 0, part = 0, leading = 1;
    if (*text == '+') text++;
    for (; *text >= '0' && *text <= '9'; text++) {
        if (*text != '0') leading = 0;
        if (!leading) whole++;
    }
    if (text[-1] < '0' && *text != '.') return 0;
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++) part++;
    return *text == 0 && part <= 2 && whole + part <= 12;
}

static int is_date(const char *text) {
    if (strlen(text) < 10 || !is_digits(text, 4) || text[4] != '-' || !is_digits(text + 5, 2)
        || text[7] != '-' || !is_digits(text + 8, 2)) return 0;
    int month = number(text + 5, 2), day = number(text + 8, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static int is_day(const char *text) { return is_date(text) && text[10] == 0; }

static int is_moment(const char *text) {
    if (*text != '2' || !is_date(text) || text[10] != 'T') return 0;
    const char *at = text + 11;
    if (strlen(at) < 9 || !is_digits(at, 2) || at[2] != ':' || !is_digits(at + 3, 2) || at[5] != ':'
        || !is_digits(at + 6, 2)) return 0;
    if (number(at, 2) > 23 || number(at + 3, 2) > 59 || number(at + 6, 2) > 59) return 0;
    at += 8;
    if (*at == '.') {
        int places = 0;
        for (at++; *at >= '0' && *at <= '9'; at++) places++;
        if (places < 1 || places > 9) return 0;
    }
    if (*at == 'Z') return at[1] == 0;
    return (*at == '+' || *at == '-') && strlen(at) == 6 && is_digits(at + 1, 2) && at[3] == ':'
        && is_digits(at + 4, 2);
}

static int is_inn(const char *text) {
    size_t length = strlen(text);
    return (length == 10 || length == 12) && is_digits(text, length)
        && (text[0] != '0' || text[1] != '0');
}

static const struct {
    const char *begins;
    int (*holds)(const char *text);
} PATTERNS[] = {
    {"[^.]*", is_money},
    {"2[0-9]{3}-", is_moment},
    {"[0-9]{4}-", is_day},
    {"([0-9][1-9]|", is_inn},
};

static int validate(struct soap *soap, const char *pattern, const char *text) {
    (void)soap;
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++)
        if (!strncmp(pattern, PATTERNS[i].begins, strlen(PATTERNS[i].begins)))
            return PATTERNS[i].holds(text) ? SOAP_OK : SOAP_TYPE;
    return SOAP_TYPE;
}

static char *now(struct soap *soap) {
    struct timespec time;
    struct tm parts;
    char *text = soap_malloc(soap, 32);
    clock_gettime(CLOCK_REALTIME, &time);
    time_t local = time.tv_sec + 5 * 3600;
    gmtime_r(&local, &parts);
    size_t length = strftime(text, 32, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + length, 32 - length, ".%03ld+05:00", time.tv_nsec / 1000000);
    return text;
}

int __bank__RegisterPayment(struct soap *soap, struct bank__RegisterPaymentRequestType *request,
                            struct bank__RegisterPaymentResponseType *response) {
    response->hubPaymentId = soap_strdup(soap, soap_rand_uuid(soap, ""));
    response->acceptedAt = now(soap);
    if (store_payment(soap, request, response->hubPaymentId, response->acceptedAt))
        return soap_receiver_fault(soap, "not kept", NULL);
    response->resultCode = bank__ResultCode__0;
    response->resultText = "ОК";
    response->bankPaymentId = request->bankPaymentId;
    response->state = soap_malloc(soap, sizeof *response->state);
    *response->state = com__PaymentState__ACCEPTED;
    response->duplicate = soap_malloc(soap, sizeof *response->duplicate);
    *response->duplicate = xsd__boolean__false_;
    return SOAP_OK;
}

int __reg__SubmitRegistry(struct soap *soap, struct reg__SubmitRegistryRequestType *request,
                          struct reg__SubmitRegistryResponseType *response) {
    response->hubRegistryId = soap_strdup(soap, soap_rand_uuid(soap, ""));
    response->receivedAt = now(soap);
    if (store_registry(soap, request, response->hubRegistryId, response->receivedAt))
        return soap_receiver_fault(soap, "not kept", NULL);
    response->registryId = request->registryId;
    response->state = com__RegistryState__RECEIVED;
    response->duplicate = xsd__boolean__false_;
    return SOAP_OK;
}

#define NOT_MEASURED(prefix, name)                                                                 \
    int __##prefix##__##name(struct soap *soap, struct prefix##__##name##RequestType *request,     \
                             struct prefix##__##name##ResponseType *response) {                    \
        (void)request;                                                                             \
        (void)response;                                                                            \
        return soap_receiver_fault(soap, "not measured", NULL);                                    \
    }

NOT_MEASURED(bank, CheckAccount)
NOT_MEASURED(bank, CancelPayment)
NOT_MEASURED(bank, GetPaymentStatus)
NOT_MEASURED(bank, Ping)
NOT_MEASURED(reg, GetRegistryStatus)
NOT_MEASURED(reg, GetRegistryProtocol)
NOT_MEASURED(reg, AnnulRegistry)
NOT_MEASURED(reg, SubmitCorrection)
NOT_MEASURED(reg, ListRegistries)
NOT_MEASURED(reg, GetReconciliation)
NOT_MEASURED(reg, Ping)

static int listener;

/* Between two requests of a connection; without it their memory lives as long as the connection. */
static int forget(struct soap *soap) {
    soap_destroy(soap);
    soap_end(soap);
    return SOAP_OK;
}

static void *serve(void *unused) {
    struct soap *soap = soap_new2(SOAP_IO_KEEPALIVE | SOAP_XML_STRICT | SOAP_C_UTFSTRING,
                                  SOAP_IO_KEEPALIVE | SOAP_XML_TREE | SOAP_C_UTFSTRING);
    (void)unused;
    soap->fsvalidate = validate;
    soap->fserveloop = forget;
    soap->max_keep_alive = 0; /* no end */
    soap->recv_timeout = soap->send_timeout = 60;
    for (;;) {
        int one = 1, accepted = accept(listener, NULL, NULL);
        if (accepted < 0) continue;
        setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        soap->socket = accepted;
        soap->keep_alive = 1;
        soap_serve(soap);
        forget(soap);
        soap_closesock(soap);
    }
    return NULL;
}

int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    if (count != 3) return 2;
    signal(SIGPIPE, SIG_IGN);
    store_open();
    address.sin_port = htons(atoi(arguments[1]));
    listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 511)) {
        perror("bind");
        return 1;
    }
    for (int i = atoi(arguments[2]); i > 0; i--) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, NULL)) return 1;
    }
    pause();
    return 0;
}
