package dev.odometer.metering.notification;

import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.notification.Threshold.Level;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of a rule's thresholds are told about: of the usage thresholds that are crossed the highest, and of the balance
 * thresholds that are crossed the lowest. Whether that one was told about before is not decided here.
 */
public final class Thresholds {

    private Thresholds() {}

    /** For a balance; at most one of usage and one of balance. */
    public static List<Threshold> crossed(List<Threshold> thresholds, Balance balance) {
        return crossed(thresholds, new Level(balance.usage(), balance.left(), balance.granted()));
    }

    /** For usage alone; at most one. */
    public static List<Threshold> crossed(List<Threshold> thresholds, BigDecimal usage) {
        return crossed(thresholds, new Level(usage, BigDecimal.ZERO, BigDecimal.ZERO));
    }

    private static List<Threshold> crossed(List<Threshold> thresholds, Level level) {
        // Of two that draw the same line it is always the same one.
        Comparator<Threshold> byLine = Comparator.comparing((Threshold threshold) -> threshold.line(level.granted()))
                .thenComparing(Threshold::kind, Comparator.reverseOrder())
                .thenComparing(Threshold::value);
        List<Threshold> all = thresholds.stream()
                .filter(threshold -> threshold.isCrossed(level))
                .toList();
        return Stream.concat(
                        all.stream().filter(t -> !t.isOfBalance()).max(byLine).stream(),
                        all.stream().filter(Threshold::isOfBalance).min(byLine).stream())
                .toList();
    }
}
