package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of a ZIP archive, which is at its end; see https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.9.TXT.
 * It is read first, so that an archive with several files is refused before anything of it is counted.
 */
public final class ZipArchive {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY_BYTES = 46;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;
    /** Far more than one file and the additions of macOS need. */
    private static final int MAX_DIRECTORY_BYTES = 1 << 16;

    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final long IN_ZIP64 = 0xFFFF_FFFFL;

    private final FileStore store;
    private final FileName name;
    private final String version;
    private final long size;

    private ZipArchive(FileStore store, FileName name, String version, long size) {
        this.store = store;
        this.name = name;
        this.version = version;
        this.size = size;
    }

    /**
     * The only file of an archive. Folders, and the entries that macOS adds, do not count.
     *
     * @param size the archive's length in bytes
     * @throws Refusal when it is not a ZIP archive, or does not contain exactly one file that can be read
     */
    public static ZipEntry only(FileStore store, FileName name, String version, long size) {
        try {
            return new ZipArchive(store, name, version, size).only();
        } catch (IOException failure) {
            throw Refusal.unavailable("the file store does not respond", failure);
        }
    }

    private ZipEntry only() throws IOException {
        List<ZipEntry> files = directory();
        files.removeIf(entry -> entry.name().endsWith("/") || entry.name().startsWith("__MACOSX/"));
        if (files.size() != 1) {
            throw Refusal.invalid("a ZIP archive must contain exactly one file, but contains " + files.size());
        }
        ZipEntry entry = files.get(0);
        if ((entry.flags() & ENCRYPTED) != 0) {
            throw Refusal.invalid("the file in the ZIP archive is encrypted");
        }
        if (entry.method() != STORED && entry.method() != DEFLATED) {
            throw Refusal.invalid(
                    "the file in the ZIP archive must be deflated or stored, but has the method " + entry.method());
        }
        if (entry.offset() == IN_ZIP64 || entry.compressed() == IN_ZIP64 || entry.size() == IN_ZIP64) {
            throw Refusal.invalid("the file in the ZIP archive must have less than 4 GiB");
        }
        return entry;
    }

    private List<ZipEntry> directory() throws IOException {
        long tailStart = Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES);
        ByteBuffer tail = read(tailStart, (int) (size - tailStart));
        int end = end(tail);
        int count = unsigned(tail.getShort(end + 10));
        long length = unsigned(tail.getInt(end + 12));
        long start = unsigned(tail.getInt(end + 16));
        if (length > MAX_DIRECTORY_BYTES) {
            throw Refusal.invalid("a ZIP archive must contain exactly one file, but contains " + count);
        }
        if (start + length > tailStart + end) {
            throw damaged();
        }
        ByteBuffer directory = read(start, (int) length);
        var entries = new ArrayList<ZipEntry>();
        while (directory.remaining() >= ENTRY_BYTES) {
            entries.add(entry(directory));
        }
        if (entries.size() != count) {
            throw damaged();
        }
        return entries;
    }

    private static int end(ByteBuffer tail) {
        for (int i = tail.limit() - END_BYTES; i >= 0; i--) {
            // The comment after it extends to the end of the file.
            if (tail.getInt(i) == END_SIGNATURE && i + END_BYTES + unsigned(tail.getShort(i + 20)) == tail.limit()) {
                return i;
            }
        }
        throw damaged();
    }

    private static ZipEntry entry(ByteBuffer directory) {
        int at = directory.position();
        int nameLength = unsigned(directory.getShort(at + 28));
        int next = at
                + ENTRY_BYTES
                + nameLength
                + unsigned(directory.getShort(at + 30))
                + unsigned(directory.getShort(at + 32));
        if (directory.getInt(at) != ENTRY_SIGNATURE || next > directory.limit()) {
            throw damaged();
        }
        var name = new String(
                directory.array(), directory.arrayOffset() + at + ENTRY_BYTES, nameLength, StandardCharsets.UTF_8);
        directory.position(next);
        return new ZipEntry(
                name,
                unsigned(directory.getShort(at + 8)),
                unsigned(directory.getShort(at + 10)),
                unsigned(directory.getInt(at + 16)),
                unsigned(directory.getInt(at + 20)),
                unsigned(directory.getInt(at + 24)),
                unsigned(directory.getInt(at + 42)));
    }

    private ByteBuffer read(long from, int length) throws IOException {
        try (FileContent content = store.open(name, version, from);
                InputStream in = content.stream()) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw damaged();
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static int unsigned(short number) {
        return Short.toUnsignedInt(number);
    }

    private static long unsigned(int number) {
        return Integer.toUnsignedLong(number);
    }

    static Refusal damaged() {
        return Refusal.invalid("the file is not a valid ZIP archive");
    }
}
