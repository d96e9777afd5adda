package dev.odometer.functions.route;

import java.util.Locale;

/** What an API key may be used for. Each route requires one scope. */
public enum Scope {
    /** Sends events, including those that brokers push. */
    INGEST,
    /** Reads, without an effect. */
    READ,
    /** Creates, changes and deletes resources, reads secrets, and runs schedules. */
    MANAGE;

    /** The name in settings and messages, such as {@code read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
