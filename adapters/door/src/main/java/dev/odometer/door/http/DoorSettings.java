package dev.odometer.door.http;

import dev.odometer.door.request.UndeclaredParameters;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/**
 * The settings of the doors.
 *
 * @param maxBodyBytes the maximum size of a body, compressed and decompressed ({@code odometer.max-body-bytes}, 10
 *     MiB, but at most a sixteenth of the heap)
 * @param apiKeys the keys that grant access ({@code odometer.api-keys}, {@code odometer.api-keys-file})
 * @param rateLimits the limits of requests per second ({@code odometer.rate-limit.*})
 * @param push whether brokers and timers may push ({@code odometer.push}, off)
 * @param basePath the path that a proxy or a custom domain puts in front of every route ({@code
 *     odometer.http.base-path}), such as {@code /usage}; empty for none
 * @param undeclared the query parameters that are ignored although no route declares them ({@code
 *     odometer.ignored-parameters})
 * @param neutralizesFormulas whether CSV is made safe for spreadsheets ({@code odometer.csv.neutralize-formulas}, false:
 *     clients of the API get the values as they are)
 */
public record DoorSettings(
        int maxBodyBytes,
        ApiKeys apiKeys,
        RateLimits rateLimits,
        PushAccess push,
        String basePath,
        UndeclaredParameters undeclared,
        boolean neutralizesFormulas) {

    private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;
    /** Objects take several times the size of the body that they are parsed from. */
    private static final int HEAP_FRACTION = 16;

    private static final Pattern BASE_PATH = Pattern.compile("(/[\\w.~%-]+)+");

    /** Not a bean of configuration properties, because its binding costs start-up time. */
    public static DoorSettings from(Environment environment) {
        var settings = new Settings(environment::getProperty);
        return new DoorSettings(
                settings.number(
                        "odometer.max-body-bytes",
                        maxBodyBytes(Runtime.getRuntime().maxMemory()),
                        1,
                        Integer.MAX_VALUE / 2),
                ApiKeys.from(environment),
                RateLimits.from(settings),
                PushAccess.parse(environment.getProperty("odometer.push", "off")),
                basePath(environment.getProperty("odometer.http.base-path", "")),
                UndeclaredParameters.parse(
                        environment.getProperty("odometer.ignored-parameters", UndeclaredParameters.DEFAULT)),
                settings.flag("odometer.csv.neutralize-formulas", false));
    }

    /** The default of a heap. */
    static int maxBodyBytes(long heapBytes) {
        return (int) Math.min(MAX_BODY_BYTES, heapBytes / HEAP_FRACTION);
    }

    private static String basePath(String setting) {
        String path = setting.strip().replaceAll("/+$", "");
        if (!path.isEmpty() && !BASE_PATH.matcher(path).matches()) {
            throw new StartRefusal("odometer.http.base-path must be a path such as /usage, but is: " + setting);
        }
        return path;
    }

    /** Whether brokers and timers may push over HTTP. */
    public enum PushAccess {
        /** The push routes do not exist. */
        OFF,
        /** With an API key, if keys are configured. */
        ON,
        /** Without an API key: a network policy or the cloud's IAM in front of the service controls access. */
        OPEN;

        /** Also accepts true and false, which YAML converts on and off to. */
        private static PushAccess parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "off", "false", "" -> OFF;
                case "on", "true" -> ON;
                case "open" -> OPEN;
                default -> throw new StartRefusal("odometer.push must be off, on or open, but is: " + text);
            };
        }
    }
}
