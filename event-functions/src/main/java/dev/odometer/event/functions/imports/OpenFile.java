package dev.odometer.event.functions.imports;

import dev.odometer.event.functions.imports.format.ByteReader;
import dev.odometer.event.functions.imports.format.Compression;
import dev.odometer.event.functions.imports.format.FileKind;
import dev.odometer.event.functions.imports.format.StoredBytes;
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
    private final ByteReader bytes;

    private OpenFile(FileContent content, StoredBytes stored, ByteReader bytes) {
        this.content = content;
        this.stored = stored;
        this.bytes = bytes;
    }

    /** Opens the file at its start. */
    static OpenFile of(FileStore store, FileVersion file, FileKind kind, ImportSettings settings) {
        FileContent content = store.open(file.name(), file.version(), 0);
        var stored = new StoredBytes(content.stream(), 0);
        return new OpenFile(content, stored, new ByteReader(decompressed(stored, kind, settings), 0));
    }

    private static InputStream decompressed(StoredBytes stored, FileKind kind, ImportSettings settings) {
        try {
            var in = new PushbackInputStream(stored, MAX_MAGIC_LENGTH);
            byte[] start = in.readNBytes(MAX_MAGIC_LENGTH);
            kind.checkStored(start);
            in.unread(start);
            return start.length == 0 || kind.compression() == Compression.NONE
                    ? in
                    : new DecompressedStream(kind.compression(), in, stored, settings);
        } catch (IOException broken) {
            throw Refusal.invalid("the file is not valid " + kind.compression().label() + ": " + broken.getMessage());
        }
    }

    /** Opens an uncompressed file at a byte position. */
    static OpenFile plain(FileStore store, FileVersion file, long position) {
        FileContent content = store.open(file.name(), file.version(), position);
        var stored = new StoredBytes(content.stream(), position);
        return new OpenFile(content, stored, new ByteReader(stored, position));
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
