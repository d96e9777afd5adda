package dev.odometer.door;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.Locale;
import org.springframework.core.env.Environment;

/**
 * What can be set about the doors.
 *
 * @param maxBodyBytes the longest body, before and after inflating ({@code odometer.max-body-bytes}, 10 MiB)
 * @param apiKeys who may enter ({@code odometer.api-keys})
 * @param push whether brokers and timers may call ({@code odometer.push}, off)
 */
public record DoorSettings(int maxBodyBytes, ApiKeys apiKeys, Pushing push) {

    private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

    /** Read by hand: binding a bean of properties costs start-up time. */
    static DoorSettings from(Environment environment) {
        return new DoorSettings(
                environment.getProperty("odometer.max-body-bytes", Integer.class, MAX_BODY_BYTES),
                ApiKeys.parse(environment.getProperty("odometer.api-keys")),
                Pushing.parse(environment.getProperty("odometer.push", "off")));
    }

    /** Whether brokers and timers may call. */
    public enum Pushing {
        /** They may not. */
        OFF,
        /** With a key, where keys are set. */
        ON,
        /** Without a key: what stands in front decides who may, such as a cluster's network or a cloud's IAM. */
        OPEN;

        /** Also what YAML makes of on and off. */
        private static Pushing parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "off", "false", "" -> OFF;
                case "on", "true" -> ON;
                case "open" -> OPEN;
                default -> throw new StartRefusal("odometer.push must be off, on or open, but is: " + text);
            };
        }
    }
}
