package dev.odometer.local.http;

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
 * Where a service keeps its data: one folder for one process at a time, readable by its owner only.
 *
 * @param lock holds the folder until it is closed, or the process ends in whatever way
 */
record DataFolder(Path path, FileChannel lock) implements AutoCloseable {

    private static final int PASSWORD_BYTES = 24;

    /** @throws StartRefusal when another process has the folder */
    static DataFolder open(Path folder) throws IOException {
        createOwnOnly(folder);
        // Processes are known by their real paths.
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

    private static void createOwnOnly(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** PostgreSQL's own folder. */
    Path database() {
        return path.resolve("postgres");
    }

    /** Where PostgreSQL's programs are unpacked: not where others could put theirs, as in a folder for all. */
    Path programs() {
        return path.resolve("programs");
    }

    Path log() {
        return path.resolve("postgres.log");
    }

    /** The database's password, made once. */
    Path passwordFile() throws IOException {
        Path file = path.resolve("password");
        if (Files.notExists(file)) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(bytes);
            Files.writeString(file, HexFormat.of().formatHex(bytes));
        }
        return file;
    }

    /** Moves aside what a first start left that never came to its end; nothing can have been stored in it. */
    void clearUnfinished() throws IOException {
        if (Files.notExists(finished()) && Files.exists(database())) {
            Files.move(database(), path.resolve("postgres.unfinished-" + System.currentTimeMillis()));
        }
    }

    /** Notes, for good, that the database has been set up. */
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
