package dev.odometer.event.functions.imports;

import dev.odometer.event.functions.imports.format.ByteReader;
import dev.odometer.event.functions.imports.format.Compression;
import dev.odometer.event.functions.imports.format.FileKind;
import dev.odometer.event.functions.imports.format.StoredBytes;
import dev.odometer.event.functions.imports.format.TextEncoding;
import dev.odometer.event.functions.imports.format.ZipArchive;
import dev.odometer.event.functions.imports.format.ZipEntry;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.FileVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** An open file and its decompressed content. */
final class OpenFile implements AutoCloseable {

    private static final int MAX_MAGIC_LENGTH = 4;

    private final FileContent content;
    private final StoredBytes stored;
    private final FileKind kind;
    private final InputStream decompressed;
    private ByteReader bytes;

    private OpenFile(FileContent content, StoredBytes stored, FileKind kind, InputStream decompressed, long position) {
        this.content = content;
        this.stored = stored;
        this.kind = kind;
        this.decompressed = decompressed;
        this.bytes = new ByteReader(decompressed, position);
    }

    /** Opens the file at its start. */
    static OpenFile of(FileStore store, FileVersion file, FileKind kind, ImportSettings settings) {
        if (kind.compression() == Compression.ZIP && file.size() > 0) {
            return archived(store, file, kind, settings);
        }
        FileContent content = store.open(file.name(), file.version(), 0);
        var stored = new StoredBytes(content.stream(), 0);
        return new OpenFile(content, stored, kind, decompressed(stored, kind, settings), 0);
    }

    private static OpenFile archived(FileStore store, FileVersion file, FileKind kind, ImportSettings settings) {
        ZipEntry entry = ZipArchive.only(store, file.name(), file.version(), file.size());
        FileKind entryKind = kind.of(entry);
        FileContent content = store.open(file.name(), file.version(), entry.offset());
        var stored = new StoredBytes(content.stream(), entry.offset());
        try {
            var decompressed = new DecompressedStream(kind.compression(), entry.open(stored), stored, settings);
            return new OpenFile(content, stored, entryKind, decompressed, 0);
        } catch (IOException broken) {
            throw invalid(kind, broken);
        }
    }

    private static InputStream decompressed(StoredBytes stored, FileKind kind, ImportSettings settings) {
        try {
            var in = new PushbackInputStream(stored, MAX_MAGIC_LENGTH);
            byte[] start = in.readNBytes(MAX_MAGIC_LENGTH);
            kind.checkStored(start);
            in.unread(start);
            Compression compression = kind.compression();
            return start.length == 0 || compression == Compression.NONE
                    ? in
                    : new DecompressedStream(compression, compression.decompress(in), stored, settings);
        } catch (IOException broken) {
            throw invalid(kind, broken);
        }
    }

    private static Refusal invalid(FileKind kind, IOException broken) {
        return Refusal.invalid("the file is not valid " + kind.compression().label() + ": " + broken.getMessage());
    }

    /** Opens an uncompressed file in UTF-8 at a byte position. */
    static OpenFile plain(FileStore store, FileVersion file, FileKind kind, long position) {
        FileContent content = store.open(file.name(), file.version(), position);
        var stored = new StoredBytes(content.stream(), position);
        return new OpenFile(content, stored, kind, stored, position);
    }

    /** Its kind, for a ZIP archive with the format of the file in it. */
    FileKind kind() {
        return kind;
    }

    /** Converts the content to UTF-8 from here on; only valid before the first byte is read. */
    void decode(TextEncoding encoding) {
        bytes = new ByteReader(encoding.decoded(decompressed), 0);
    }

    ByteReader bytes() {
        return bytes;
    }

    /** The number of bytes read of the file as it is stored. */
    long read() {
        return stored.count();
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException harmless) {
            // A failed close does not matter: everything needed has been read.
        }
    }
}
