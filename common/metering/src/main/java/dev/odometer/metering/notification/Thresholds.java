package dev.odometer.metering.notification;

import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.notification.Threshold.Level;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Selects the thresholds to raise: the highest crossed usage threshold and the lowest crossed balance threshold.
 * Whether an alert was raised before is not decided here.
 */
public final class Thresholds {

    private Thresholds() {}

    /** The crossed thresholds of a balance: at most one on usage and one on the balance. */
    public static List<Threshold> crossed(List<Threshold> thresholds, Balance balance) {
        return crossed(thresholds, new Level(balance.usage(), balance.remaining(), balance.granted()));
    }

    /** The crossed threshold of usage without an entitlement: at most one. */
    public static List<Threshold> crossed(List<Threshold> thresholds, BigDecimal usage) {
        return crossed(thresholds, new Level(usage, BigDecimal.ZERO, BigDecimal.ZERO));
    }

    private static List<Threshold> crossed(List<Threshold> thresholds, Level level) {
        // Ties are broken by kind and value, so that the result does not depend on the order of the list.
        Comparator<Threshold> byLimit = Comparator.comparing((Threshold threshold) -> threshold.limit(level.granted()))
                .thenComparing(Threshold::kind, Comparator.reverseOrder())
                .thenComparing(Threshold::value);
        List<Threshold> all = thresholds.stream()
                .filter(threshold -> threshold.isCrossed(level))
                .toList();
        return Stream.concat(
                        all.stream().filter(t -> !t.isOfBalance()).max(byLimit).stream(),
                        all.stream().filter(Threshold::isOfBalance).min(byLimit).stream())
                .toList();
    }
}
