package dev.odometer.views;

import dev.odometer.metering.notification.Threshold;
import java.math.BigDecimal;

/** A threshold in rules and payloads. */
public record ThresholdView(String type, BigDecimal value) {

    public static ThresholdView of(Threshold threshold) {
        return new ThresholdView(threshold.type(), threshold.value());
    }
}
