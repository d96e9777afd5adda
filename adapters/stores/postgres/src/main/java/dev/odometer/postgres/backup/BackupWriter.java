package dev.odometer.postgres.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.refusal.StartRefusal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a {@link BackupFile}. It is written under the name {@code <file>.part} and renamed when it is complete on disk.
 * The rest of a backup that was killed is overwritten by the next one.
 */
final class BackupWriter {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final boolean HAS_PERMISSIONS =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private BackupWriter() {}

    /** @throws StartRefusal when the file exists, or another backup is writing it */
    static long write(Contents contents, Path file) throws IOException, SQLException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        requireNew(file);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw new StartRefusal("Another process is writing " + part + ".", "Name another file.");
            }
            // A backup that ended in between has renamed this file.
            requireNew(file);
            if (HAS_PERMISSIONS) {
                // It contains the secrets of webhooks.
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            }
            channel.truncate(0);
            try {
                long rows = write(contents, channel);
                channel.force(true);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                forceFolder(file);
                return rows;
            } catch (IOException | SQLException | RuntimeException failure) {
                Files.deleteIfExists(part);
                throw failure;
            }
        }
    }

    private static void requireNew(Path file) {
        if (Files.exists(file)) {
            throw new StartRefusal("The file " + file + " exists.", "Name a new file: backup --file=…");
        }
    }

    private static void forceFolder(Path file) throws IOException {
        if (HAS_PERMISSIONS) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static long write(Contents contents, FileChannel channel) throws IOException, SQLException {
        // Not closed, because that would close the channel before it is forced to disk.
        var zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
        // The database writes faster than the other levels compress.
        zip.setLevel(Deflater.BEST_SPEED);
        var written = new TreeMap<String, Contents.Content>();
        for (Layout.Table table : contents.layout().tables()) {
            zip.putNextEntry(new ZipEntry(BackupFile.entry(table)));
            var rows = new MeasuredStream(contents.rows(table));
            try (InputStream in = rows) {
                in.transferTo(zip);
            }
            zip.closeEntry();
            written.put(table.name(), rows.content());
        }
        byte[] manifest = BackupFile.JSON.writeValueAsBytes(BackupFile.Manifest.of(contents.layout(), written));
        put(zip, BackupFile.MANIFEST, manifest);
        put(zip, BackupFile.MANIFEST_DIGEST, new Sha256().add(manifest).hex().getBytes(US_ASCII));
        zip.finish();
        zip.flush();
        return written.values().stream().mapToLong(Contents.Content::rows).sum();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
