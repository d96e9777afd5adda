package dev.odometer.postgres.backup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

/** The data of a database, in a file or in the database itself. */
interface Contents {

    Layout layout();

    /** The rows of a table in the text format of {@code copy}. */
    InputStream rows(Layout.Table table) throws IOException, SQLException;

    /**
     * Compares what was read of a table with what it has to be.
     *
     * @throws IOException when it differs
     */
    void check(Layout.Table table, Content read) throws IOException;

    /** What a table contains. */
    record Content(long rows, long bytes, String sha256) {}
}
