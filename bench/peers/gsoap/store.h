/* Where a message is kept: one commit a message, as BENCH_MODE says. */
#include "soapH.h"
#include <pthread.h>

void store_open(void);

/* Both answer 0 when the rows are committed. */
int store_payment(struct soap *soap, const struct bank__RegisterPaymentRequestType *payment,
                  const char *identity, const char *now);
int store_registry(struct soap *soap, const struct reg__SubmitRegistryRequestType *registry,
                   const char *identity, const char *now);
