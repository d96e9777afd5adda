package dev.odometer.metering.notification;

import java.util.List;

/**
 * Identifies an alert. A rule raises each threshold once per period or window, so the key contains rule, threshold and
 * period.
 *
 * @param parts stored as a digest, so their texts and order must not change between releases
 */
public record AlertKey(String ruleId, List<String> parts) {

    public AlertKey {
        parts = List.copyOf(parts);
    }
}
