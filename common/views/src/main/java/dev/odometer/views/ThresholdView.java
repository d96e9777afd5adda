package dev.odometer.views;

import dev.odometer.metering.notification.Threshold;
import java.math.BigDecimal;

/** A threshold as rules and payloads show it. */
public record ThresholdView(String type, BigDecimal value) {

    public static ThresholdView of(Threshold threshold) {
        return new ThresholdView(threshold.type(), threshold.value());
    }
}
