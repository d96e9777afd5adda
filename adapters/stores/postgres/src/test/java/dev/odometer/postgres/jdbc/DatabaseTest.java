package dev.odometer.postgres.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

/** Retries of conflicting transactions. No database is needed, since only exceptions matter. */
class DatabaseTest {

    private final Database database = new Database(fake(DataSource.class, connection()), Clock.systemUTC());
    private final List<RuntimeException> thrown = new ArrayList<>();

    private static Connection connection() {
        return fake(Connection.class, null);
    }

    /** A proxy without effects that returns the given object from every method of its type. It equals only itself. */
    private static <T> T fake(Class<T> type, @Nullable Object answer) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            return method.getReturnType() == boolean.class ? true : method.getReturnType() == int.class ? 0 : answer;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Supplier<Integer> conflicting(int times) {
        return () -> {
            if (thrown.size() < times) {
                thrown.add(new CannotAcquireLockException("conflict " + thrown.size()));
                throw thrown.get(thrown.size() - 1);
            }
            return 1;
        };
    }

    @Test
    void retriesAConflict() {
        assertThat(database.write(conflicting(3))).isEqualTo(1);
    }

    @Test
    void reportsEveryConflictAfterTheLastAttempt() {
        assertThatThrownBy(() -> database.write(conflicting(100)))
                .isInstanceOf(Refusal.class)
                .returns(RefusalKind.UNAVAILABLE, refusal -> ((Refusal) refusal).kind())
                .hasMessage("too many conflicting transactions in the database")
                .cause()
                .isSameAs(thrown.get(9))
                .hasSuppressedException(thrown.get(0))
                .hasSuppressedException(thrown.get(8));
        assertThat(thrown).hasSize(10);
    }

    @Test
    void retriesOnlyTheOutermostTransaction() {
        var begun = new ArrayList<Integer>();

        database.write(() -> {
            begun.add(1);
            return database.write(conflicting(2));
        });

        assertThat(begun).hasSize(3);
    }

    /** As in a tick, whose work runs inside the transaction that holds the tick's lock. */
    @Test
    void retriesWithinATransactionOfAnotherDatabase() {
        var other = new Database(fake(DataSource.class, connection()), Clock.systemUTC());
        var begun = new ArrayList<Integer>();

        other.write(() -> {
            begun.add(1);
            return database.write(conflicting(2));
        });

        assertThat(begun).hasSize(1);
    }

    @Test
    void stopsRetryingWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> database.write(conflicting(100)))
                .hasMessageContaining("too many conflicting transactions");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).hasSize(1);
    }
}
