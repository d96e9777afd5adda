package dev.odometer.event.functions.imports;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.FileVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** A file that is being read, unpacked. */
final class OpenFile implements AutoCloseable {

    private static final int MAX_MAGIC_LENGTH = 4;

    private final FileContent content;
    private final StoredBytes stored;
    private final Bytes bytes;

    private OpenFile(FileContent content, StoredBytes stored, Bytes bytes) {
        this.content = content;
        this.stored = stored;
        this.bytes = bytes;
    }

    /** At its start. */
    static OpenFile of(FileStore store, FileVersion file, FileKind kind, ImportSettings settings) {
        FileContent content = store.open(file.name(), file.version(), 0);
        var stored = new StoredBytes(content.stream(), 0);
        return new OpenFile(content, stored, new Bytes(unpacked(stored, kind, settings), 0));
    }

    private static InputStream unpacked(StoredBytes stored, FileKind kind, ImportSettings settings) {
        try {
            var in = new PushbackInputStream(stored, MAX_MAGIC_LENGTH);
            byte[] start = in.readNBytes(MAX_MAGIC_LENGTH);
            kind.checkStored(start);
            in.unread(start);
            return start.length == 0 || kind.packing() == Compression.NONE
                    ? in
                    : new DecompressedStream(kind.packing(), in, stored, settings);
        } catch (IOException broken) {
            throw Refusal.invalid("the file is not whole " + kind.packing().word() + ": " + broken.getMessage());
        }
    }

    /** At some byte, of a file that is not packed. */
    static OpenFile plain(FileStore store, FileVersion file, long position) {
        FileContent content = store.open(file.name(), file.version(), position);
        var stored = new StoredBytes(content.stream(), position);
        return new OpenFile(content, stored, new Bytes(stored, position));
    }

    Bytes bytes() {
        return bytes;
    }

    /** How many bytes of the file, as it is stored, were read. */
    long read() {
        return stored.count();
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException harmless) {
            // Everything that was wanted had been read.
        }
    }
}
