package peer;

import _72.citto.artefacts.x.meals.bank_payment._1.RegisterPaymentRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.RegistryLineType;
import _72.citto.artefacts.x.meals.payment_registry._1.SubmitRegistryRequestType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One connection and one writer at a time: waiting on our lock is cheaper than on SQLite's. */
final class SqliteStore implements Store {
    private final Connection connection;
    private final PreparedStatement payment;
    private final PreparedStatement registry;
    private final PreparedStatement line;

    SqliteStore(String path) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + path);
            try (Statement pragma = connection.createStatement()) {
                pragma.execute("PRAGMA busy_timeout = 60000");
                pragma.execute("PRAGMA synchronous = FULL");
            }
            connection.setAutoCommit(false);
            payment = connection.prepareStatement(
                "INSERT INTO payment(" + Columns.PAYMENT + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            registry = connection.prepareStatement(
                "INSERT INTO registry(" + Columns.REGISTRY + ")"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS);
            line = connection.prepareStatement(
                "INSERT INTO registry_line(registry_seq, " + Columns.LINE + ")"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        } catch (SQLException failure) {
            throw new NotKept(failure);
        }
    }

    @Override
    public synchronized void payment(
        RegisterPaymentRequestType request, String identity, String now) {
        try {
            bind(payment, Columns.of(request, identity, now));
            payment.executeUpdate();
            connection.commit();
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    @Override
    public synchronized void registry(
        SubmitRegistryRequestType request, String identity, String now) {
        try {
            bind(registry, Columns.of(request, identity, now));
            registry.executeUpdate();
            long seq;
            try (ResultSet keys = registry.getGeneratedKeys()) {
                keys.next();
                seq = keys.getLong(1);
            }
            for (RegistryLineType each : request.getLine()) {
                add(seq, each);
            }
            line.executeBatch();
            connection.commit();
        } catch (SQLException failure) {
            throw refused(failure);
        }
    }

    private void add(long seq, RegistryLineType each) throws SQLException {
        line.setLong(1, seq);
        line.setInt(2, each.getLineNo());
        line.setString(3, each.getBankPaymentId());
        line.setString(4, each.getAccount());
        line.setString(5, each.getAmount().toPlainString());
        line.setString(6, each.getPaymentTime().toXMLFormat());
        line.setString(7, each.getChannel().value());
        line.setString(8, each.getTerminalId());
        line.setString(9, each.getStatus().value());
        line.addBatch();
    }

    private NotKept refused(SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException again) {
            failure.addSuppressed(again);
        }
        return new NotKept(failure);
    }

    private static void bind(PreparedStatement statement, String[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setString(i + 1, row[i]);
        }
    }
}
