package dev.odometer.postgres.jdbc;

import dev.odometer.functions.refusal.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Translates failures of the database to refusals of the kind {@code UNAVAILABLE}. Conflicts propagate, since the
 * caller retries them, and so do failures of the program.
 *
 * @param statementTimeout the timeout of the connections, for the message
 */
record Failures(Schema schema, Supplier<Duration> statementTimeout) {

    /** SQLSTATE query_canceled: the server canceled a statement that exceeded its timeout. */
    private static final String CANCELED = "57014";

    <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (ConcurrencyFailureException conflict) {
            throw conflict;
        } catch (DataAccessResourceFailureException | TransientDataAccessException unreachable) {
            throw unavailable(unreachable);
        } catch (CannotCreateTransactionException | TransactionSystemException unreachable) {
            throw Refusal.unavailable("the database is unavailable", unreachable);
        } catch (DataAccessException failure) {
            throw isConnectionLoss(failure) ? unavailable(failure) : failure;
        }
    }

    private Refusal unavailable(DataAccessException failure) {
        String detail = CANCELED.equals(state(failure))
                ? "the database did not complete a statement within "
                        + statementTimeout.get().toSeconds() + " s"
                : "the database is unavailable";
        return Refusal.unavailable(detail, failure);
    }

    /** A statement that names an unknown table or column: the schema may differ from the one that this version requires. */
    RuntimeException explained(BadSqlGrammarException failure) {
        return schema.problem()
                .<RuntimeException>map(problem -> Refusal.unavailable(problem, failure))
                .orElse(failure);
    }

    /**
     * Whether the SQLSTATE is of class 08 (connection lost), 57P (server stopping or starting) or 53 (insufficient
     * resources).
     */
    private static boolean isConnectionLoss(DataAccessException failure) {
        String state = state(failure);
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    private static String state(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException cause && cause.getSQLState() != null
                ? cause.getSQLState()
                : "";
    }
}
