package dev.odometer.functions.backup;

import dev.odometer.functions.refusal.StartRefusal;
import java.nio.file.Path;

/**
 * Copies all data of a database. A copy is consistent: it is the state at one moment, also while other processes write.
 * It needs constant memory. A copy that is interrupted at any point has no effect and can be repeated.
 */
public interface Backups {

    /**
     * Writes the data to a new file, which only its owner can read. It gets its name when it is complete.
     *
     * @throws StartRefusal when the file exists or cannot be written, or the database has no tables or cannot be read
     */
    Summary write(Path file);

    /**
     * Writes the data of a file into the database, which must have no tables, and migrates it to this release.
     *
     * @throws StartRefusal when the file is damaged or of a later release, or the database has tables or cannot be
     *     written
     */
    Summary restore(Path file);

    /**
     * Writes the data of another database into this one, which must have no tables, and migrates it to this release.
     *
     * @throws StartRefusal when the other database cannot be read, or this one has tables or cannot be written
     */
    Summary copyFrom(Login other);

    /** How to connect to a database. */
    record Login(String url, String user, String password) {}

    /** What was copied. */
    record Summary(int tables, long rows) {}
}
