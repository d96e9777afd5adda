package dev.odometer.door.json;

import dev.odometer.functions.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks for well-formed UTF-8. Jackson accepts some malformed text: overlong forms and encoded surrogates. */
final class Utf8 {

    private Utf8() {}

    static void check(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                decode(text);
                return;
            }
        }
    }

    private static void decode(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
        } catch (CharacterCodingException malformed) {
            throw Refusal.invalid("invalid JSON: not UTF-8");
        }
    }
}
