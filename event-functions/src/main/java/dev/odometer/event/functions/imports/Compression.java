package dev.odometer.event.functions.imports;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a file is packed with, by the end of its name and by how its content begins. */
enum Compression {
    NONE("plain", "", ""),
    GZIP("gzip", ".gz .gzip", "\u001F\u008B"),
    ZSTD("zstd", ".zst .zstd", "(\u00B5/\u00FD");

    private final String word;
    private final String endings;
    /** A byte a character. */
    private final String magic;

    Compression(String word, String endings, String magic) {
        this.word = word;
        this.endings = endings;
        this.magic = magic;
    }

    String word() {
        return word;
    }

    List<String> endings() {
        return this == NONE ? List.of() : List.of(endings.split(" "));
    }

    boolean begins(byte[] start) {
        return this != NONE && FileKind.startsWith(start, magic.getBytes(StandardCharsets.ISO_8859_1));
    }

    InputStream unpack(InputStream packed) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GzipMembers(packed);
            case ZSTD -> new ZstdInputStream(packed);
        };
    }
}
