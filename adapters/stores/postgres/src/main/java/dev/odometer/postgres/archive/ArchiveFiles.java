package dev.odometer.postgres.archive;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.postgres.event.StoredEvent;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The files of the archive in the file store. What is read is compared with its digest.
 *
 * @param store empty if none is configured
 * @param container where new files are written; empty if the archive is off
 * @param prefix prepended to the key of each new file; it includes its own slash, if any
 */
public record ArchiveFiles(Supplier<Optional<FileStore>> store, String container, String prefix) {

    public static final ArchiveFiles NONE = new ArchiveFiles(Optional::empty, "", "");

    static final String MEDIA_TYPE = "application/zstd";
    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * The name of a file of events of a day (UTC). The random part makes it unique also after the database, with the sequence
     * of numbers, was restored from a backup.
     */
    FileName name(Instant day, long number) {
        if (container.isEmpty()) {
            throw Refusal.conflict("the archive is not set up: odometer.archive.container is required");
        }
        return new FileName(container, prefix + LocalDate.ofInstant(day, ZoneOffset.UTC) + "/" + unique(number));
    }

    /** The name of the manifest of a file. */
    static FileName manifest(FileName file) {
        return file.with(".manifest.json");
    }

    /** @throws Refusal CONFLICT without a file store */
    FileStore required() {
        return store.get()
                .orElseThrow(
                        () -> Refusal.conflict("events of this time are archived, and there is no file store to read"
                                + " or write the archive: odometer.files.store is required"));
    }

    /** A new name beside a file, for its replacement, also where no container is configured. */
    static FileName nameBeside(FileName file, long number) {
        String folder = file.key().substring(0, file.key().lastIndexOf('/') + 1);
        return new FileName(file.container(), folder + unique(number));
    }

    private static String unique(long number) {
        return "%012d-%s.ndjson.zst"
                .formatted(number, UUID.randomUUID().toString().substring(0, 8));
    }

    /**
     * Reads the events of a block.
     *
     * @throws Refusal UNAVAILABLE when the file is missing or damaged
     */
    void read(FileName name, Block block, Consumer<StoredEvent> reader) {
        readLines(name, block, line -> reader.accept(EventLine.parse(line)));
    }

    /** Reads the events of a block as they are in the file. */
    void readLines(FileName name, Block block, Consumer<String> reader) {
        byte[] frame = bytes(name, block);
        if (!Arrays.equals(BlockWriter.digest(frame), block.digest())) {
            throw damaged(name);
        }
        try (var lines = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(new ByteArrayInputStream(frame)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.accept(line);
            }
        } catch (IOException impossible) {
            throw Refusal.unavailable(damaged(name).detail(), impossible);
        }
    }

    private byte[] bytes(FileName name, Block block) {
        try (FileContent content = open(name, block.start())) {
            return content.stream().readNBytes(block.length());
        } catch (IOException failure) {
            throw unreadable(name, failure);
        }
    }

    private FileContent open(FileName name, long from) {
        try {
            return required().open(name, null, from);
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.NOT_FOUND) {
                throw refusal;
            }
            throw Refusal.unavailable(
                    "the archived file " + Refusal.quote(name.path()) + " does not exist in the file store", refusal);
        }
    }

    /**
     * Reads a whole file and compares its digest.
     *
     * @throws Refusal UNAVAILABLE when it differs
     */
    void verify(FileName name, String sha256) {
        var digest = new Sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileContent content = open(name, 0)) {
            InputStream stream = content.stream();
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.add(Arrays.copyOf(buffer, count));
            }
        } catch (IOException failure) {
            throw unreadable(name, failure);
        }
        if (!HexFormat.of().formatHex(digest.bytes()).equals(sha256)) {
            throw damaged(name);
        }
    }

    /** Writes the manifest of a file that was written, and compares the file with it. */
    void complete(Parts.Part part, BlockWriter.Written written) {
        required().write(manifest(part.file()), "application/json", out -> out.write(Parts.manifest(part, written)));
        verify(part.file(), written.sha256());
    }

    private static Refusal damaged(FileName name) {
        return Refusal.unavailable("the archived file " + Refusal.quote(name.path())
                + " is damaged: its digest differs; replace it by a copy of the store");
    }

    private static Refusal unreadable(FileName name, IOException failure) {
        return Refusal.unavailable("the archived file cannot be read: " + Refusal.quote(name.path()), failure);
    }
}
