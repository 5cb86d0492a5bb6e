package peer;

import _72.citto.artefacts.x.meals.bank_payment._1.RegisterPaymentRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.RegistryLineType;
import _72.citto.artefacts.x.meals.payment_registry._1.SubmitRegistryRequestType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A connection a thread, one statement a message, committed by itself. */
final class PostgresStore implements Store {
    private static final String[] LINE_TYPES = {
        "int4", "text", "text", "numeric", "timestamptz", "text", "text", "text",
    };
    private static final String PAYMENT =
        "INSERT INTO payment(" + Columns.PAYMENT + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String REGISTRY =
        "WITH r AS (INSERT INTO registry(" + Columns.REGISTRY + ")"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq)"
            + " INSERT INTO registry_line(registry_seq, " + Columns.LINE + ") SELECT r.seq, u.*"
            + " FROM r, unnest(?::int[], ?::text[], ?::text[], ?::numeric[], ?::timestamptz[],"
            + " ?::text[], ?::text[], ?::text[]) u";

    /** What one thread works with. */
    private static final class Session {
        final Connection connection;
        final PreparedStatement payment;
        final PreparedStatement registry;

        Session() throws SQLException {
            connection = DriverManager.getConnection(address());
            payment = connection.prepareStatement(PAYMENT);
            registry = connection.prepareStatement(REGISTRY);
        }

        private static String address() {
            String at = "jdbc:postgresql://" + System.getenv("PGHOST") + ":"
                + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE") + "?user="
                + System.getenv("PGUSER") + "&stringtype=unspecified&prepareThreshold=1";
            String password = System.getenv("PGPASSWORD");
            return password.isEmpty() ? at : at + "&password=" + password;
        }
    }

    private final ThreadLocal<Session> sessions = new ThreadLocal<>();

    @Override
    public void payment(RegisterPaymentRequestType payment, String identity, String now) {
        try {
            PreparedStatement statement = session().payment;
            bind(statement, Columns.of(payment, identity, now));
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new NotKept(failure);
        }
    }

    @Override
    public void registry(SubmitRegistryRequestType registry, String identity, String now) {
        try {
            Session session = session();
            PreparedStatement statement = session.registry;
            int next = bind(statement, Columns.of(registry, identity, now));
            String[][] columns = columns(registry.getLine());
            for (int i = 0; i < LINE_TYPES.length; i++) {
                statement.setArray(
                    next + i, session.connection.createArrayOf(LINE_TYPES[i], columns[i]));
            }
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new NotKept(failure);
        }
    }

    private Session session() throws SQLException {
        Session session = sessions.get();
        if (session == null) {
            session = new Session();
            sessions.set(session);
        }
        return session;
    }

    private static int bind(PreparedStatement statement, String[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setString(i + 1, row[i]);
        }
        return row.length + 1;
    }

    private static String[][] columns(List<RegistryLineType> lines) {
        String[][] columns = new String[LINE_TYPES.length][lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            RegistryLineType line = lines.get(i);
            columns[0][i] = Integer.toString(line.getLineNo());
            columns[1][i] = line.getBankPaymentId();
            columns[2][i] = line.getAccount();
            columns[3][i] = line.getAmount().toPlainString();
            columns[4][i] = line.getPaymentTime().toXMLFormat();
            columns[5][i] = line.getChannel().value();
            columns[6][i] = line.getTerminalId();
            columns[7][i] = line.getStatus().value();
        }
        return columns;
    }
}
