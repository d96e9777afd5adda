package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The data folder of a service: used by one process at a time, accessible only to its owner.
 *
 * @param lock locks the folder until it is closed or the process ends, however it ends
 */
record DataFolder(Path path, FileChannel lock) implements AutoCloseable {

    private static final int PASSWORD_BYTES = 24;

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
            Files.writeString(file, HexFormat.of().formatHex(bytes));
        }
        return file;
    }

    /** Moves the data directory of an incomplete first start away; it cannot contain data. */
    void clearUnfinished() throws IOException {
        if (Files.notExists(finished()) && Files.exists(database())) {
            Files.move(database(), path.resolve("postgres.unfinished-" + System.currentTimeMillis()));
        }
    }

    /** Durably records that the database was initialized. */
    void markFinished() throws IOException {
        if (Files.notExists(finished())) {
            try (var mark = FileChannel.open(finished(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                mark.force(true);
            }
        }
    }

    private Path finished() {
        return path.resolve("finished");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
