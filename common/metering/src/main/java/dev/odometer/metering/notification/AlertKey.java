package dev.odometer.metering.notification;

import java.util.List;

/**
 * Identifies an alert. A rule raises each threshold once in a period or window, so the key names all three.
 *
 * @param parts stored as a digest: their texts and their order must not change
 */
public record AlertKey(String ruleId, List<String> parts) {

    public AlertKey {
        parts = List.copyOf(parts);
    }
}
