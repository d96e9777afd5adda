package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;

/** The part of a flat fee for a part of its period, by the second. */
public final class Proration {

    private Proration() {}

    /**
     * @param amount the fee for the full period
     * @param service the part of the full period in which the service is provided
     */
    public static Money prorated(BigDecimal amount, Window service, Window full, Currency currency) {
        return Money.share(amount, new Money.Share(seconds(service), seconds(full)), currency);
    }

    private static BigDecimal seconds(Window window) {
        Duration length = Duration.between(window.start(), window.end());
        return BigDecimal.valueOf(length.toSeconds()).add(BigDecimal.valueOf(length.getNano(), 9));
    }
}
