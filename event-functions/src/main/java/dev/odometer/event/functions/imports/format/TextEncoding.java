package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The encoding of a CSV file's text, by its profile's setting {@code charset}. */
public enum TextEncoding {
    UTF_8("utf-8", StandardCharsets.UTF_8),
    WINDOWS_1252("windows-1252", Charset.forName("windows-1252")),
    /** In either byte order; the byte order mark at the start, which Excel writes, is required. */
    UTF_16("utf-16", StandardCharsets.UTF_16);

    private static final int MAX_MARK_LENGTH = 3;

    private final String label;
    private final Charset charset;

    TextEncoding(String label, Charset charset) {
        this.label = label;
        this.charset = charset;
    }

    /** @throws IllegalArgumentException for an unknown name */
    static TextEncoding of(@Nullable String setting) {
        String name = setting == null ? UTF_8.label : setting.toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(encoding -> encoding.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("charset must be "
                        + Stream.of(values()).map(other -> other.label).collect(Collectors.joining(" or ")) + ": "
                        + setting));
    }

    String label() {
        return label;
    }

    /**
     * The text in UTF-8.
     *
     * @throws Refusal when the byte order mark at the start shows another encoding, or UTF-16 has none
     */
    public InputStream decoded(InputStream text) {
        if (this == UTF_8) {
            // Marks are checked with the rest of the content.
            return text;
        }
        try {
            var in = new PushbackInputStream(text, MAX_MARK_LENGTH);
            byte[] start = in.readNBytes(MAX_MARK_LENGTH);
            check(start);
            in.unread(start);
            return new Utf8Stream(in, charset);
        } catch (IOException unexpected) {
            // The underlying streams translate their failures into refusals.
            throw new UncheckedIOException(unexpected);
        }
    }

    private void check(byte[] start) {
        boolean isUtf8 = Arrays.equals(start, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        boolean isUtf16 = start.length >= 2
                && ((start[0] == (byte) 0xFE && start[1] == (byte) 0xFF)
                        || (start[0] == (byte) 0xFF && start[1] == (byte) 0xFE));
        if (start.length > 0 && (isUtf8 || isUtf16 != (this == UTF_16))) {
            throw Refusal.invalid("the charset of the file's profile is " + label + ", but the file begins "
                    + (isUtf8
                            ? "with the byte order mark of UTF-8"
                            : isUtf16 ? "with the byte order mark of UTF-16" : "without a byte order mark"));
        }
    }
}
