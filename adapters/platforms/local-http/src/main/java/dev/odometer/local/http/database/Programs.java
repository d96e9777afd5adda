package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.StartRefusal;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked before the library looks for them. The library unpacks in place: after an interruption
 * or on a full disk it leaves a folder that it can neither use nor complete. Here a folder of programs is complete or
 * absent, because it gets its name when everything is written.
 */
final class Programs implements PgBinaryResolver {

    private static final String BINARIES = "bin/";
    /** By this file the library recognizes a complete folder, if it is not older than the rest. */
    private static final String MARKER = ".exists";

    private final Path folder;

    /** @throws StartRefusal when there are none for this platform, before anything is written */
    static void require() throws IOException {
        Platform.current().open().close();
    }

    Programs(Path folder) {
        this.folder = folder;
    }

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        byte[] archive = archive();
        try {
            unpackOnce(archive);
        } catch (IOException failure) {
            // The library would turn a checked exception into an error.
            throw new UncheckedIOException(failure);
        }
        return new ByteArrayInputStream(archive);
    }

    /** The folder of the programs, which are unpacked if necessary. */
    Path unpacked() throws IOException {
        return unpackOnce(archive());
    }

    private static byte[] archive() throws IOException {
        try (InputStream in = Platform.current().open()) {
            return in.readAllBytes();
        }
    }

    private Path unpackOnce(byte[] archive) throws IOException {
        // The library's name, so that it finds the folder.
        Path programs = folder.resolve("PG-" + md5(archive));
        if (Files.notExists(programs.resolve(MARKER))) {
            Path unpacking = folder.resolve("unpacking");
            FileSystemUtils.deleteRecursively(programs);
            FileSystemUtils.deleteRecursively(unpacking);
            try {
                unpack(archive, unpacking);
                Files.createFile(unpacking.resolve(MARKER));
                Files.move(unpacking, programs);
            } catch (IOException failure) {
                // Frees the space for other processes.
                FileSystemUtils.deleteRecursively(unpacking);
                throw failure;
            }
        }
        // A copy of the data folder may have other times.
        Files.setLastModifiedTime(programs.resolve(MARKER), FileTime.from(Instant.now()));
        return programs;
    }

    private static String md5(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(archive));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var entries = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        String name = entry.getName();
        if ((name.startsWith(BINARIES) || name.startsWith("./" + BINARIES))
                && !file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
