package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file's format and compression, determined by its name; the content type is used where the name has no known ending.
 */
public record FileKind(Format format, Compression compression) {

    /** How a file contains events. */
    public enum Format {
        LINES("lines of JSON", ".ndjson .jsonl", "application/x-ndjson application/jsonl"),
        ARRAY("a JSON array", ".json", "application/json application/cloudevents-batch+json"),
        CSV("CSV", ".csv .tsv", "text/csv text/tab-separated-values"),
        /** A ZIP archive whose name does not determine the format; it is known when the archive is open. */
        OF_ENTRY("the format of the archive's file", " ", " ");

        private final String label;
        private final String extensions;
        private final String types;

        Format(String label, String extensions, String types) {
            this.label = label;
            this.extensions = extensions;
            this.types = types;
        }

        boolean isNamed(String name) {
            return Stream.of(extensions.split(" ")).anyMatch(name::endsWith);
        }

        boolean isTyped(String type) {
            return List.of(types.split(" ")).contains(type);
        }
    }

    private static final byte[] UTF_16 = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_16_SWAPPED = {(byte) 0xFF, (byte) 0xFE};

    public static FileKind of(String key, @Nullable String contentType) {
        String name = key.toLowerCase(Locale.ROOT);
        Compression compression = Compression.NONE;
        for (Compression candidate : Compression.values()) {
            for (String ending : candidate.extensions()) {
                if (name.endsWith(ending)) {
                    compression = candidate;
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
        Optional<Format> archived = compression == Compression.ZIP ? Optional.of(Format.OF_ENTRY) : Optional.empty();
        return new FileKind(named.or(() -> typed).or(() -> archived).orElseThrow(() -> unknown(key)), compression);
    }

    private static Refusal unknown(String name) {
        return Refusal.invalid("unknown file format: the name must end with .ndjson, .jsonl, .json or .csv, optionally"
                + " followed by .gz, .zst or .zip: " + Refusal.quote(name));
    }

    /**
     * The kind of a ZIP archive with this file. The file's name determines the format, otherwise the archive's name.
     *
     * @throws Refusal when neither name determines the format, or the file is compressed itself
     */
    public FileKind of(ZipEntry entry) {
        String name = entry.name().toLowerCase(Locale.ROOT);
        if (Stream.of(Compression.values())
                .flatMap(other -> other.extensions().stream())
                .anyMatch(name::endsWith)) {
            throw Refusal.invalid(
                    "the file in the ZIP archive must not be compressed itself: " + Refusal.quote(entry.name()));
        }
        Optional<Format> named =
                Stream.of(Format.values()).filter(other -> other.isNamed(name)).findFirst();
        if (named.isEmpty() && format == Format.OF_ENTRY) {
            throw unknown(entry.name());
        }
        return new FileKind(named.orElse(format), compression);
    }

    /** @param start the first bytes of the file as it is stored */
    public void checkStored(byte[] start) {
        for (Compression other : Compression.values()) {
            if (other.begins(start) && other != compression) {
                throw Refusal.invalid("the file is " + compression.label() + " by its name, but " + other.label()
                        + " by its content");
            }
        }
        if (compression != Compression.NONE && start.length > 0 && !compression.begins(start)) {
            throw Refusal.invalid("the file is " + compression.label() + " by its name, but not by its content");
        }
    }

    /** @param content decompressed, at its start */
    public void checkContent(ByteReader content) {
        if (content.begins(UTF_16) || content.begins(UTF_16_SWAPPED)) {
            throw Refusal.invalid("the file must be UTF-8, but begins with the byte order mark of UTF-16"
                    + (format == Format.CSV ? ": set charset of its profile to utf-16" : ""));
        }
        content.skipByteOrderMark();
        int first = content.firstNonBlank();
        boolean fits = first < 0
                || switch (format) {
                    case LINES -> first != '[';
                    case ARRAY -> first == '[';
                    case CSV -> first != '[' && first != '{';
                    case OF_ENTRY -> false;
                };
        if (!fits) {
            throw Refusal.invalid(
                    "the file has " + format.label + " by its name or type, but begins with " + quoted(first));
        }
    }

    private static String quoted(int first) {
        return first > ' ' && first < 0x7F ? String.valueOf((char) first) : "byte " + first;
    }

    static boolean startsWith(byte[] start, byte[] magic) {
        return start.length >= magic.length && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
    }
}
