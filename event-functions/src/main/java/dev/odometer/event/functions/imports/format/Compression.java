package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.gzip.GzipMembers;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A compression format, recognized by a file name's ending and by the first bytes of the content. */
public enum Compression {
    NONE("plain", "", ""),
    GZIP("gzip", ".gz .gzip", "\u001F\u008B"),
    ZSTD("zstd", ".zst .zstd", "(\u00B5/\u00FD"),
    /** An archive with one file. */
    ZIP("zip", ".zip", "PK\u0003\u0004");

    private final String label;
    private final String extensions;
    /** One character per byte. */
    private final String magic;

    Compression(String label, String extensions, String magic) {
        this.label = label;
        this.extensions = extensions;
        this.magic = magic;
    }

    public String label() {
        return label;
    }

    List<String> extensions() {
        return this == NONE ? List.of() : List.of(extensions.split(" "));
    }

    boolean begins(byte[] start) {
        return this != NONE && FileKind.startsWith(start, magic.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @throws IllegalStateException for ZIP, which cannot be read without the archive's directory */
    public InputStream decompress(InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new GzipMembers(compressed);
            case ZSTD -> new ZstdInputStream(compressed);
            case ZIP -> throw new IllegalStateException("a ZIP archive is opened by its entry");
        };
    }
}
