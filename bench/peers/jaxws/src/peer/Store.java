package peer;

import _72.citto.artefacts.x.meals.bank_payment._1.RegisterPaymentRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.SubmitRegistryRequestType;

/** Where a message is kept: one commit a message. */
interface Store {
    void payment(RegisterPaymentRequestType payment, String identity, String now);

    void registry(SubmitRegistryRequestType registry, String identity, String now);

    /** The store that BENCH_MODE names, one in the process. */
    static Store chosen() {
        return Chosen.STORE;
    }

    /** Made at first use. */
    final class Chosen {
        private static final Store STORE = make(System.getenv("BENCH_MODE"));

        private Chosen() {
        }

        private static Store make(String mode) {
            switch (mode) {
                case "none":
                    return new Nowhere();
                case "sqlite":
                    return new SqliteStore(System.getenv("BENCH_SQLITE"));
                case "pg":
                    return new PostgresStore();
                default:
                    throw new IllegalArgumentException(mode);
            }
        }
    }

    /** Keeps nothing. */
    final class Nowhere implements Store {
        @Override
        public void payment(RegisterPaymentRequestType payment, String identity, String now) {
        }

        @Override
        public void registry(SubmitRegistryRequestType registry, String identity, String now) {
        }
    }

    /** A database failed; the message was not kept. */
    final class NotKept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKept(Exception cause) {
            super(cause);
        }
    }

    /** The columns, in the order in which both stores write them. */
    final class Columns {
        static final String PAYMENT =
            "bank_payment_id, account, amount, payment_time, channel, terminal_id,"
                + " document_number, hub_payment_id, accepted_at";
        static final String REGISTRY =
            "registry_id, registry_number, registry_date, organizer_inn, period_from, period_to,"
                + " kind, line_count, total_amount, hub_registry_id, received_at";
        static final String LINE =
            "line_no, bank_payment_id, account, amount, payment_time, channel, terminal_id, status";

        private Columns() {
        }

        static String[] of(RegisterPaymentRequestType payment, String identity, String now) {
            return new String[] {
                payment.getBankPaymentId(),
                payment.getAccount(),
                payment.getAmount().toPlainString(),
                payment.getPaymentTime().toXMLFormat(),
                payment.getChannel().value(),
                payment.getTerminalId(),
                payment.getDocumentNumber(),
                identity,
                now,
            };
        }

        static String[] of(SubmitRegistryRequestType registry, String identity, String now) {
            return new String[] {
                registry.getRegistryId(),
                registry.getRegistryNumber(),
                registry.getRegistryDate().toXMLFormat(),
                registry.getOrganizerInn(),
                registry.getPeriod().getFrom().toXMLFormat(),
                registry.getPeriod().getTo().toXMLFormat(),
                registry.getKind().value(),
                Integer.toString(registry.getCount()),
                registry.getTotalAmount().toPlainString(),
                identity,
                now,
            };
        }
    }
}
