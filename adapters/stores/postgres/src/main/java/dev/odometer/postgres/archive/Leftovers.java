package dev.odometer.postgres.archive;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Files of the archive that no row refers to. A file is noted here before it is written, and no longer when the transaction
 * commits that refers to it: so the file of a run that crashed is found and deleted.
 */
final class Leftovers {

    /** A run that is in progress takes less. */
    private static final Duration MIN_AGE = Duration.ofHours(1);
    /** The files that one call deletes. */
    private static final int LIMIT = 100;

    private final Database database;
    private final ArchiveFiles files;

    Leftovers(Database database, ArchiveFiles files) {
        this.database = database;
        this.files = files;
    }

    /** Notes a file and its manifest; they are deleted an hour after {@code since}. */
    void note(FileName file, Instant since) {
        for (FileName name : List.of(file, ArchiveFiles.manifest(file))) {
            database.sql()
                    .sql("insert into archive_leftover (container, key, since) values (:container, :key, :since)")
                    .param("container", name.container())
                    .param("key", name.key())
                    .param("since", Micros.of(since))
                    .update();
        }
    }

    /**
     * Notes a file that the current transaction replaces; it is deleted by the next {@link #delete}. A query that reads it is
     * refused, and finds its successor when it is repeated.
     */
    void noteReplaced(FileName file) {
        note(file, database.clock().instant().minus(MIN_AGE));
    }

    /** Keeps a file and its manifest, in the transaction that refers to them. */
    void keep(FileName file) {
        database.sql()
                .sql("delete from archive_leftover where container = :container and key in (:key, :manifest)")
                .param("container", file.container())
                .param("key", file.key())
                .param("manifest", ArchiveFiles.manifest(file).key())
                .update();
    }

    /** Deletes files that were noted an hour ago, or are replaced. Idempotent: a file is deleted before its row. */
    void delete() {
        List<FileName> names = database.read(() -> database.sql()
                .sql("select container, key from archive_leftover where since <= :before order by since limit :limit")
                .param("before", Micros.of(database.clock().instant().minus(MIN_AGE)))
                .param("limit", LIMIT)
                .query((row, n) -> new FileName(row.getString("container"), row.getString("key")))
                .list());
        if (names.isEmpty()) {
            return;
        }
        FileStore store = files.required();
        for (FileName name : names) {
            store.delete(name);
            database.write(() -> database.sql()
                    .sql("delete from archive_leftover where container = :container and key = :key")
                    .param("container", name.container())
                    .param("key", name.key())
                    .update());
        }
    }
}
