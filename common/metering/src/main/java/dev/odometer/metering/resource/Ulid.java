package dev.odometer.metering.resource;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Generates ULIDs: 48 bits of milliseconds and 80 random bits as 26 characters of Crockford's Base32. Thread-safe. */
public final class Ulid implements Supplier<String> {

    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}");
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_CHARACTERS = 10;
    private static final int LENGTH = 26;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public Ulid(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String get() {
        char[] text = new char[LENGTH];
        // Not clock.millis(): it divides by zero for a clock that ticks in microseconds.
        long millis = clock.instant().toEpochMilli();
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
            text[i] = ALPHABET[(int) (millis & 31)];
            millis >>>= 5;
        }
        byte[] noise = new byte[LENGTH - TIME_CHARACTERS];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            text[TIME_CHARACTERS + i] = ALPHABET[noise[i] & 31];
        }
        return new String(text);
    }

    /** Whether the text has the form of a ULID, in upper or lower case. */
    public static boolean looksLike(String text) {
        return FORM.matcher(text).matches();
    }
}
