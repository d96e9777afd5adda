package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A price and the service periods for which it is charged.
 *
 * @param pricing valid, see {@link PriceCheck}
 * @param periods adjacent, in order
 */
public record Tariff(Pricing pricing, List<Window> periods) {

    public Tariff {
        periods = List.copyOf(periods);
    }

    /**
     * A tariff that charges the price once for each period of the cadence in the range.
     *
     * @param cadence its first period starts where the range starts, in UTC; absent for one charge for the whole range
     * @throws Refusal when the range does not end with a period, or has more periods than the maximum
     */
    public static Tariff of(Pricing pricing, @Nullable CalendarDuration cadence, Window range, int maxPeriods) {
        if (cadence == null) {
            return new Tariff(pricing, List.of(range));
        }
        var all = new BillingPeriods(cadence, range.start(), ZoneOffset.UTC);
        var periods = new ArrayList<Window>();
        Window period = all.containing(range.start());
        while (period.end().isBefore(range.end()) && periods.size() < maxPeriods) {
            periods.add(period);
            period = all.after(period);
        }
        periods.add(period);
        if (periods.size() > maxPeriods) {
            throw Refusal.invalid(
                    "billingCadence must divide the range into at most " + maxPeriods + " periods: " + cadence.text());
        }
        if (!period.end().equals(range.end())) {
            throw Refusal.invalid("billingCadence must divide the range into whole periods: " + cadence.text()
                    + ", the last of which ends at " + period.end());
        }
        return new Tariff(pricing, periods);
    }

    /** The usage of all periods. A period without usage has 0. */
    public BigDecimal quantity(Map<Window, BigDecimal> usage) {
        return periods.stream()
                .map(period -> usage.getOrDefault(period, BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What the usage costs. Each period is rated by itself, and has ended. */
    public Money amount(Map<Window, BigDecimal> usage, Currency currency) {
        return periods.stream()
                .map(period -> UsageSplit.whole(usage.getOrDefault(period, BigDecimal.ZERO)))
                .map(split -> Rating.rate(pricing, currency, split).total())
                .reduce(Money.zero(currency), Money::plus);
    }
}
