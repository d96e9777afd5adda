package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.util.FileSystemUtils;

/**
 * The data folder of a service: used by one process at a time, accessible only to its owner.
 *
 * @param lock locks the folder until it is closed or the process ends, however it ends
 */
record DataFolder(Path path, FileChannel lock) implements AutoCloseable {

    private static final int PASSWORD_BYTES = 24;
    private static final int MAX_DELETIONS = 250;

    /** @throws StartRefusal when another process has locked the folder */
    static DataFolder open(Path folder) throws IOException {
        createPrivate(folder);
        // The operating system reports processes with their real paths.
        Path path = folder.toRealPath();
        FileChannel lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(lock)) {
            lock.close();
            throw new StartRefusal(
                    "Another Odometer is using the data folder " + path + ".",
                    "Stop it, or set odometer.data-dir to another folder.");
        }
        return new DataFolder(path, lock);
    }

    /**
     * Whether another process has locked the folder. For commands only: in the process that has the lock, closing the file
     * would release it.
     */
    static boolean isInUse(Path folder) throws IOException {
        try (FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return !tryLock(lock);
        }
    }

    private static boolean tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** PostgreSQL's data directory. */
    Path database() {
        return path.resolve("postgres");
    }

    /** Where PostgreSQL's programs are unpacked. Not a shared folder, in which other users could replace them. */
    Path programs() {
        return path.resolve("programs");
    }

    Path log() {
        return path.resolve("postgres.log");
    }

    /** The file with the database's password, which is generated once. */
    Path passwordFile() throws IOException {
        Path file = path.resolve("password");
        if (Files.notExists(file)) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            // Renamed when it is complete: an empty file would be an invalid password for ever.
            Path written = Files.writeString(
                    path.resolve("password.new"), HexFormat.of().formatHex(bytes));
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /**
     * Prepares a first start. While the database is being created, a file marks it as incomplete. If that file is still
     * there at the next start, the first start was interrupted before the database could be used: it holds no data and
     * is created anew. It is not deleted but moved aside, in place of an earlier one.
     */
    void beginFirstStart() throws IOException {
        if (Files.exists(incomplete()) && Files.exists(database())) {
            Path aside = path.resolve("postgres.incomplete");
            delete(aside);
            Files.move(database(), aside);
        }
        if (Files.notExists(database())) {
            Files.writeString(incomplete(), "");
        }
    }

    /** Durably records that the database is complete, before it is used. */
    void endFirstStart() throws IOException {
        if (Files.deleteIfExists(incomplete())) {
            force(path);
            delete(path.resolve("postgres.incomplete"));
        }
    }

    /** Tries again: a process that the shell of a killed initdb was starting can still add files. */
    private static void delete(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                FileSystemUtils.deleteRecursively(folder);
                return;
            } catch (DirectoryNotEmptyException | NoSuchFileException changing) {
                if (attempt == MAX_DELETIONS) {
                    throw changing;
                }
                PostgresProcess.slept();
            }
        }
    }

    /** Makes the removal of the file durable, or a power failure could bring it back beside a database with data. */
    private static void force(Path folder) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    private Path incomplete() {
        return path.resolve("incomplete");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
