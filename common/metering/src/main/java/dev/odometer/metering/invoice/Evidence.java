package dev.odometer.metering.invoice;

import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Where the quantity of a line comes from: a query of usage that can be repeated, and its result.
 *
 * @param subjects whose usage counts, as the customer had them at the time
 * @param range whole minutes
 * @param quantity from the start of the service period
 * @param readAt events that were recorded later are not in the quantity
 */
public record Evidence(Measure measure, List<String> subjects, Window range, BigDecimal quantity, Instant readAt) {

    public Evidence {
        subjects = List.copyOf(subjects);
    }
}
