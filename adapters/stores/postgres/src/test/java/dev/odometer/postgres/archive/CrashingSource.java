package dev.odometer.postgres.archive;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source whose connections fail at a statement or a commit, as if the process ended there. */
final class CrashingSource extends DelegatingDataSource {

    private int steps;

    /** @param steps the statements and commits before the one that fails */
    CrashingSource(DataSource source, int steps) {
        super(source);
        this.steps = steps;
    }

    /** The process ends here. */
    @SuppressWarnings("serial")
    static final class Crash extends RuntimeException {}

    /** @throws Crash at the step after the last one */
    void step() {
        if (steps-- == 0) {
            throw new Crash();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        InvocationHandler crashing = (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.equals("createStatement") || name.equals("prepareStatement") || name.equals("commit")) {
                step();
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        };
        return (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, crashing);
    }
}
