package dev.odometer.local.http.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reason why PostgreSQL did not start, in words for the operator. PostgreSQL's programs report it in their log, not
 * in the exception.
 *
 * @param start where in the log the attempt begins
 */
record StartFailure(Path folder, Path log, long start) {

    private static final int MAX_BYTES = 64 * 1024;
    /** A page of PostgreSQL. With less, the log cannot report an error either. */
    private static final int FULL_BELOW_BYTES = 8 * 1024;

    private static final String FULL_DISK = "No space left on device";
    private static final Pattern ERROR = Pattern.compile("(?:FATAL|PANIC|initdb: error|pg_ctl): +(.+)");

    /** Before an attempt. */
    static StartFailure watch(DataFolder folder) throws IOException {
        return new StartFailure(folder.path(), folder.log(), Files.exists(folder.log()) ? Files.size(folder.log()) : 0);
    }

    static boolean isFullDisk(String reason) {
        return reason.contains(FULL_DISK);
    }

    /** The first error in the log, because the others follow from it; otherwise the exception's message. */
    String reasonOf(Exception failure) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < FULL_BELOW_BYTES) {
            return FULL_DISK;
        }
        Matcher error = ERROR.matcher(logged());
        return error.find() ? error.group(1).strip() : reason(failure);
    }

    private String logged() throws IOException {
        if (Files.notExists(log)) {
            return "";
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(start);
            byte[] bytes = new byte[(int) Math.max(0, Math.min(MAX_BYTES, file.length() - start))];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Some exceptions of the file system have only the file as their message. */
    static String reason(Exception failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return reason(Objects.requireNonNull(unchecked.getCause()));
        }
        if (failure instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is not a folder";
        }
        if (failure instanceof NoSuchFileException absent) {
            return absent.getFile() + " cannot be created";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
