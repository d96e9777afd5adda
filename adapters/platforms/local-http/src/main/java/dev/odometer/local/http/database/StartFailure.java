package dev.odometer.local.http.database;

import java.io.File;
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
import java.util.stream.Stream;

/**
 * The reason why PostgreSQL did not start, as a message for the operator. PostgreSQL's programs report it in their log, not
 * in the exception.
 *
 * @param start where in the log the attempt begins
 */
record StartFailure(Path folder, Path log, long start) {

    private static final int MAX_BYTES = 64 * 1024;
    /** The size of a PostgreSQL page. With less free space, PostgreSQL cannot write its log either. */
    private static final int FULL_BELOW_BYTES = 8 * 1024;

    private static final Pattern OTHER_VERSION = Pattern.compile(
            "(The data directory was initialized by PostgreSQL version \\S+, which is not compatible with"
                    + " this version (\\d+)[^ \\s]*)\\.");

    private static final String FULL_DISK = "No space left on device";
    /** Connections that are refused while the server starts are not the reason. */
    private static final Pattern ERROR = Pattern.compile(
            "(?:FATAL|PANIC|initdb: error|pg_ctl): ++(?!the database system is |password authentication failed)(.+)");

    private static final Pattern FULL_DISK_ERROR =
            Pattern.compile("(?:FATAL|PANIC|ERROR|initdb: error|pg_ctl): +(.*" + FULL_DISK + ".*)");

    /** Records where the log ends before an attempt. */
    static StartFailure watch(DataFolder folder) {
        return new StartFailure(
                folder.path(), folder.log(), folder.log().toFile().length());
    }

    static boolean isFullDisk(String reason) {
        return reason.contains(FULL_DISK);
    }

    /** Whether another attempt fails for the same reason. */
    static boolean remains(String reason) {
        return isFullDisk(reason) || OTHER_VERSION.matcher(reason + ".").find();
    }

    /** What the operator can do. */
    static String action(String reason, Path log) {
        Matcher other = OTHER_VERSION.matcher(reason + ".");
        if (other.find()) {
            return upgrade(Objects.requireNonNull(log.getParent()), other.group(2));
        }
        return isFullDisk(reason)
                ? "Free disk space, or set odometer.data-dir to a folder on another disk."
                : "See " + log + ", or set ODOMETER_DATABASE_URL to use another one.";
    }

    /** The commands that copy the database into a folder for another major version. */
    private static String upgrade(Path folder, String major) {
        String program = System.getProperty("java.class.path");
        String jar = program.endsWith(".jar") && !program.contains(File.pathSeparator) ? program : "odometer.jar";
        Path target = folder.resolveSibling(folder.getFileName() + "-" + major);
        return """
                Copy the database into a new folder, with the jar of the release that created it and with this one:
                  java -jar odometer-previous.jar backup --file=odometer-upgrade.zip --odometer.data-dir=%s
                  java -jar %s restore --file=odometer-upgrade.zip --odometer.data-dir=%s
                Then move the folder %s to it, and set odometer.data-dir to it. docs/operations.md has the details.""".formatted(folder, jar, target, folder.resolve("files"));
    }

    /**
     * A full disk if the log names one, or else the first error in the log, because the others follow from it; otherwise
     * the exception's message.
     */
    String reasonOf(Exception failure) {
        try {
            if (Files.getFileStore(folder).getUsableSpace() < FULL_BELOW_BYTES) {
                return FULL_DISK;
            }
            String logged = logged();
            return Stream.of(FULL_DISK_ERROR, OTHER_VERSION, ERROR)
                    .map(pattern -> pattern.matcher(logged))
                    .filter(Matcher::find)
                    .findFirst()
                    .map(error -> error.group(1).strip())
                    .orElseGet(() -> reason(failure));
        } catch (IOException unreadable) {
            return reason(failure);
        }
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
            return absent.getFile() + " does not exist and cannot be created";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
