package dev.odometer.api.functions;

import dev.odometer.functions.refusal.StartRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Whether responses follow OpenMeter's specification or its server where they differ: {@code specification}, the
 * default, or {@code openmeter} for the server.
 *
 * @param created the status of a response where the specification has 201 and the server sends 200
 */
public record Compatibility(int created) {

    public static final String SETTING = "odometer.compatibility";

    /** @throws StartRefusal when the setting has another value */
    public static Compatibility parse(@Nullable String setting) {
        if (setting == null || setting.equals("specification")) {
            return new Compatibility(201);
        }
        if (setting.equals("openmeter")) {
            return new Compatibility(200);
        }
        throw new StartRefusal(SETTING + " must be specification or openmeter, but is: " + setting);
    }
}
