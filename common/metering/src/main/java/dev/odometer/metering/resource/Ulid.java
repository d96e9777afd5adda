package dev.odometer.metering.resource;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Generates ULIDs: 48 bits of milliseconds and 80 random bits as 26 characters of Crockford's Base32. Those of one
 * generator ascend, so that resources which are created together have an order. Thread-safe.
 */
public final class Ulid implements Supplier<String> {

    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}");
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_CHARACTERS = 10;
    private static final int LENGTH = 26;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private long lastMillis = -1;
    private char[] last = new char[LENGTH];

    public Ulid(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized String get() {
        // Not clock.millis(): it divides by zero for a clock that ticks in microseconds.
        long millis = clock.instant().toEpochMilli();
        last = millis > lastMillis ? random(millis) : successor(last);
        lastMillis = Math.max(millis, lastMillis);
        return new String(last);
    }

    private static char[] successor(char[] ulid) {
        char[] next = ulid.clone();
        int i = LENGTH - 1;
        // Carries may reach the time only after 2^80 successors, or a random part near its end.
        while (next[i] == 'Z') {
            next[i--] = '0';
        }
        next[i] = ALPHABET[Arrays.binarySearch(ALPHABET, next[i]) + 1];
        return next;
    }

    private char[] random(long millis) {
        char[] text = new char[LENGTH];
        long rest = millis;
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
            text[i] = ALPHABET[(int) (rest & 31)];
            rest >>>= 5;
        }
        byte[] noise = new byte[LENGTH - TIME_CHARACTERS];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            text[TIME_CHARACTERS + i] = ALPHABET[noise[i] & 31];
        }
        return text;
    }

    /** Whether the text has the form of a ULID, in upper or lower case. */
    public static boolean looksLike(String text) {
        return FORM.matcher(text).matches();
    }
}
