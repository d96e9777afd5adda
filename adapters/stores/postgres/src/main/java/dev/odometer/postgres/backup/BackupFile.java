package dev.odometer.postgres.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.postgres.jdbc.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A backup in a file: a ZIP archive with an entry for each table and a manifest, which has the digest of each table. The
 * manifest's own digest is in a further entry. Everything is verified before the first row is used.
 */
final class BackupFile implements Contents, AutoCloseable {

    static final String MANIFEST = "manifest.json";
    static final String MANIFEST_DIGEST = "manifest.sha256";
    static final JsonMapper JSON = JsonMapper.shared();

    private static final int FORMAT = 1;
    private static final int MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * The table of contents.
     *
     * @param format the version of the file format
     * @param contents by the names of the tables
     */
    record Manifest(int format, Layout layout, Map<String, Content> contents) {

        static Manifest of(Layout layout, Map<String, Content> contents) {
            return new Manifest(FORMAT, layout, contents);
        }
    }

    static String entry(Layout.Table table) {
        return "tables/" + table.name() + ".copy";
    }

    /**
     * Opens a file and verifies it.
     *
     * @throws StartRefusal when it is missing, damaged, or of a later release
     */
    static BackupFile open(Path path) {
        if (!path.toFile().isFile()) {
            throw new StartRefusal("There is no file " + path + ".", "Name the file of a backup: restore --file=…");
        }
        @Nullable ZipFile zip = null;
        try {
            zip = new ZipFile(path.toFile());
            var file = new BackupFile(zip, manifest(zip));
            requireReadable(path, file.manifest);
            file.verify();
            return file;
        } catch (IOException | JacksonException | IllegalArgumentException damage) {
            close(zip);
            throw new StartRefusal(
                    "The file " + path + " is not a complete backup: " + damage.getMessage() + ".",
                    "Use another copy of the file.");
        } catch (StartRefusal refusal) {
            close(zip);
            throw refusal;
        }
    }

    private static void close(@Nullable ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException ignored) {
            // It was only read.
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        byte[] json = bytes(zip, MANIFEST);
        if (!new String(bytes(zip, MANIFEST_DIGEST), US_ASCII)
                .equals(new Sha256().add(json).hex())) {
            throw new IOException(MANIFEST + " is damaged");
        }
        return JSON.readValue(json, Manifest.class);
    }

    private static byte[] bytes(ZipFile zip, String entry) throws IOException {
        try (InputStream in = stream(zip, entry)) {
            return in.readNBytes(MAX_MANIFEST_BYTES);
        }
    }

    private static InputStream stream(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        InputStream content = zip.getInputStream(entry);
        if (content == null) {
            throw new IOException(name + " is missing");
        }
        return content;
    }

    private static void requireReadable(Path path, Manifest manifest) {
        if (manifest.format() > FORMAT || manifest.layout().version() > Schema.VERSION) {
            throw new StartRefusal(
                    "The backup " + path + " is of a later release: its schema has version "
                            + manifest.layout().version() + ", and the schema of this release " + Schema.VERSION + ".",
                    "Use the release that wrote the backup, or a later one.");
        }
    }

    private void verify() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (Layout.Table table : manifest.layout().tables()) {
            var rows = new MeasuredStream(rows(table));
            try (rows) {
                while (rows.read(buffer) >= 0) {
                    // It is only measured.
                }
            }
            check(table, rows.content());
        }
    }

    @Override
    public void check(Layout.Table table, Content read) throws IOException {
        if (!read.equals(manifest.contents().get(table.name()))) {
            throw new IOException(entry(table) + " is damaged");
        }
    }

    @Override
    public Layout layout() {
        return manifest.layout();
    }

    @Override
    public InputStream rows(Layout.Table table) throws IOException {
        return stream(zip, entry(table));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
