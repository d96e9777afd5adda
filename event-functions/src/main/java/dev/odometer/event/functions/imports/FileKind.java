package dev.odometer.event.functions.imports;

import dev.odometer.functions.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a file is: its name says it, and where that says nothing its content type. */
record FileKind(Format format, Compression packing) {

    /** How events stand in a file. */
    enum Format {
        LINES("lines of JSON", ".ndjson .jsonl", "application/x-ndjson application/jsonl"),
        ARRAY("a JSON array", ".json", "application/json application/cloudevents-batch+json"),
        CSV("CSV", ".csv .tsv", "text/csv text/tab-separated-values");

        private final String words;
        private final String endings;
        private final String types;

        Format(String words, String endings, String types) {
            this.words = words;
            this.endings = endings;
            this.types = types;
        }

        boolean isNamed(String name) {
            return Stream.of(endings.split(" ")).anyMatch(name::endsWith);
        }

        boolean isTyped(String type) {
            return List.of(types.split(" ")).contains(type);
        }
    }

    private static final byte[] UTF_16 = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_16_SWAPPED = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    static FileKind of(String key, @Nullable String contentType) {
        String name = key.toLowerCase(Locale.ROOT);
        Compression packing = Compression.NONE;
        for (Compression one : Compression.values()) {
            for (String ending : one.endings()) {
                if (name.endsWith(ending)) {
                    packing = one;
                    name = name.substring(0, name.length() - ending.length());
                }
            }
        }
        String bare = name;
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        Optional<Format> named = Stream.of(Format.values())
                .filter(format -> format.isNamed(bare))
                .findFirst();
        Optional<Format> typed = Stream.of(Format.values())
                .filter(format -> format.isTyped(type))
                .findFirst();
        return new FileKind(
                named.or(() -> typed)
                        .orElseThrow(() -> Refusal.invalid("nothing says what is in the file; its name must end with"
                                + " .ndjson, .jsonl, .json or .csv, and then perhaps .gz or .zst: "
                                + Refusal.quote(key))),
                packing);
    }

    /** @param start the first bytes of the file as it is stored */
    void checkStored(byte[] start) {
        for (Compression other : Compression.values()) {
            if (other.begins(start) && other != packing) {
                throw Refusal.invalid("by its name the file is " + packing.word() + ", by its content " + other.word());
            }
        }
        if (startsWith(start, ZIP)) {
            throw Refusal.invalid("the file is a ZIP archive; gzip and zstd can be read");
        }
        if (packing != Compression.NONE && start.length > 0 && !packing.begins(start)) {
            throw Refusal.invalid("by its name the file is " + packing.word() + ", but not by its content");
        }
    }

    /** @param content unpacked, at its start */
    void checkContent(Bytes content) {
        if (content.begins(UTF_16) || content.begins(UTF_16_SWAPPED)) {
            throw Refusal.invalid("the file must be in UTF-8, but begins like UTF-16");
        }
        content.skipByteOrderMark();
        int first = content.firstNonBlank();
        boolean fits = first < 0
                || switch (format) {
                    case LINES -> first != '[';
                    case ARRAY -> first == '[';
                    case CSV -> first != '[' && first != '{';
                };
        if (!fits) {
            throw Refusal.invalid(
                    "by its name or type the file has " + format.words + ", but it begins with " + quoted(first));
        }
    }

    private static String quoted(int first) {
        return first > ' ' && first < 0x7F ? String.valueOf((char) first) : "byte " + first;
    }

    static boolean startsWith(byte[] start, byte[] magic) {
        return start.length >= magic.length && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
    }
}
