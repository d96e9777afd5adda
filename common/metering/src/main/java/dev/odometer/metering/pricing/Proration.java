package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Currency;

/** Prorates flat fees by the duration of the service. */
public final class Proration {

    private Proration() {}

    /**
     * @param amount the fee for the full period
     * @param service the part of the full period in which the service is provided
     */
    public static Money prorated(BigDecimal amount, Window service, Window full, Currency currency) {
        return Money.share(amount, new Money.Share(micros(service), micros(full)), currency);
    }

    private static BigDecimal micros(Window window) {
        return BigDecimal.valueOf(ChronoUnit.MICROS.between(window.start(), window.end()));
    }
}
