package dev.odometer.metering.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.pricing.Charge;
import dev.odometer.metering.pricing.NaiveRater;
import dev.odometer.metering.pricing.RatedCharge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * For any order of usage, settlements, edits and cancellations: after the last settlement, the lines of each item add up
 * to the price of the item.
 */
class SettlementLawsTest {

    private static final int STEPS = 50;

    private static BilledCustomer settled(long seed, boolean isEdited) {
        var customer = new BilledCustomer(seed);
        for (int i = 0; i < STEPS; i++) {
            customer.step(isEdited);
        }
        customer.finish();
        return customer;
    }

    @Property(tries = 400)
    void theLinesOfAnItemAddUpToWhatItCosts(@ForAll long seed) {
        BilledCustomer customer = settled(seed, true);

        assertThat(customer.billed()).isEqualTo(customer.owed());
        for (RatedCharge fee : customer.fees()) {
            Charge charge = fee.charge();
            assertThat(charge.unitPrice()).isNotNegative();
            assertThat(charge.unitPrice().multiply(charge.quantity()))
                    .isEqualByComparingTo(fee.amount().amount());
        }
    }

    /**
     * Whenever an operator discards lines, before or after they are corrected: the customer owes nothing for what they
     * charged, and keeps no credit for it. The other items add up to what they cost.
     */
    @Property(tries = 1000)
    void discardedLinesAreNeitherOwedNorCredited(@ForAll long seed) {
        var customer = new BilledCustomer(seed);
        for (int i = 0; i < STEPS; i++) {
            customer.step(true);
            if (i % 2 == 0) {
                customer.discard();
            }
        }
        customer.finish();

        assertThat(customer.billed()).isEqualTo(customer.owedWithoutDiscards());
    }

    /** The oracle shares no code with rating, periods or proration: it counts months, and rates unit by unit. */
    @Property(tries = 400)
    void theLinesAddUpToWhatAnOracleComputesFromTheEvents(@ForAll long seed) {
        BilledCustomer customer = settled(seed, false);

        Map<String, BigDecimal> billed = new TreeMap<>();
        customer.billed().forEach((key, amount) -> billed.put(key, amount.amount()));
        assertThat(billed).isEqualTo(oracle(customer));
    }

    private static Map<String, BigDecimal> oracle(BilledCustomer customer) {
        var rater = new NaiveRater(BilledTerms.TOKENS, 2);
        var owed = new TreeMap<String, BigDecimal>();
        Instant start = BilledCustomer.START;
        if (start.isBefore(customer.end())) {
            put(owed, "setup", start, new BigDecimal(1000));
        }
        for (int month = 1; start.isBefore(customer.end()); month++) {
            // The 31st, or the last day of a shorter month.
            Instant full = LocalDateTime.ofInstant(BilledCustomer.START, ZoneOffset.UTC)
                    .plusMonths(month)
                    .toInstant(ZoneOffset.UTC);
            Instant end = full.isBefore(customer.end()) ? full : customer.end();
            BigDecimal share = new BigDecimal("49.99")
                    .multiply(new BigDecimal(Duration.between(start, end).toSeconds()))
                    .divide(new BigDecimal(Duration.between(start, full).toSeconds()), 2, RoundingMode.HALF_UP);
            put(owed, "advance", start, share);
            put(owed, "arrears", start, share);
            put(owed, "tokens", start, rater.owed(used(customer, start, end), true));
            start = full;
        }
        owed.values().removeIf(amount -> amount.signum() == 0);
        return owed;
    }

    private static void put(Map<String, BigDecimal> owed, String item, Instant start, BigDecimal amount) {
        owed.put("sub/main/" + item + "/v0/" + start, amount.setScale(2, RoundingMode.UNNECESSARY));
    }

    private static BigDecimal used(BilledCustomer customer, Instant start, Instant end) {
        Instant from = start.truncatedTo(ChronoUnit.MINUTES);
        Instant to = end.truncatedTo(ChronoUnit.MINUTES);
        BigDecimal used = BigDecimal.ZERO;
        for (Map.Entry<Instant, BigDecimal> event : customer.events.entrySet()) {
            if (!event.getKey().isBefore(from) && event.getKey().isBefore(to)) {
                used = used.add(event.getValue());
            }
        }
        return used;
    }
}
