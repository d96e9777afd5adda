package dev.odometer.postgres.jdbc;

import java.util.Collection;

/** Texts as parameters. PostgreSQL's text cannot contain NUL, and a statement with it fails. */
public final class Texts {

    private Texts() {}

    /** The texts without those that contain NUL, for {@code = any (…)}: no row has such a key. */
    public static String[] keys(Collection<String> texts) {
        return texts.stream().filter(Texts::isStorable).toArray(String[]::new);
    }

    /** The text, or the empty text, which equals no key, if it contains NUL. */
    public static String key(String text) {
        return isStorable(text) ? text : "";
    }

    /** The text with NUL replaced, to store a text of a client or of another system. */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0;
    }
}
