package dev.odometer.door.json;

import dev.odometer.functions.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict decoding of UTF-8. Jackson accepts some malformed text: overlong forms and encoded surrogates. */
public final class Utf8 {

    private static final int MAX_ASCII = 0x7f;
    private static final int MAX_BYTE = 0xff;

    private Utf8() {}

    static void check(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                if (decoded(text).isEmpty()) {
                    throw Refusal.invalid("invalid JSON: not UTF-8");
                }
                return;
            }
        }
    }

    /** The text; empty if the bytes are not UTF-8. */
    public static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /** The text whose bytes the chars are; empty if a char is no byte, or the bytes are not UTF-8. */
    public static Optional<String> ofBytes(String bytes) {
        return bytes.chars().allMatch(c -> c <= MAX_BYTE)
                ? decoded(bytes.getBytes(StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    public static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c <= MAX_ASCII);
    }
}
