package dev.odometer.metering.subscription;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.BillingPeriods;
import dev.odometer.metering.resource.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** When a change of a subscription takes effect. */
public sealed interface Timing {

    /** How far in the past a requested time may be, since requests take time and clocks differ. */
    Duration TOLERANCE = Duration.ofMinutes(2);

    /** The time, given the billing periods; a requested time is returned as it is. */
    Instant resolve(BillingPeriods periods, Instant now);

    /** Now. */
    record Immediate() implements Timing {
        @Override
        public Instant resolve(BillingPeriods periods, Instant now) {
            return now;
        }
    }

    /** When the current billing period ends. */
    record NextBillingCycle() implements Timing {
        @Override
        public Instant resolve(BillingPeriods periods, Instant now) {
            return periods.containing(now).end();
        }
    }

    /** At a requested time. */
    record At(Instant time) implements Timing {
        @Override
        public Instant resolve(BillingPeriods periods, Instant now) {
            return notPast(now);
        }

        /** @throws Refusal when the time is in the past by more than the tolerance */
        Instant notPast(Instant now) {
            if (time.isBefore(now.minus(TOLERANCE))) {
                throw Refusal.invalid("timing must not be in the past: " + time);
            }
            return time;
        }
    }

    /** Parses {@code immediate}, {@code next_billing_cycle} or a time. */
    static Timing parse(String text) {
        return switch (text) {
            case "immediate" -> new Immediate();
            case "next_billing_cycle" -> new NextBillingCycle();
            default -> new At(time(text));
        };
    }

    private static Instant time(String text) {
        try {
            return Timestamp.parse("timing", text);
        } catch (Refusal notATime) {
            throw Refusal.invalid(
                    "timing must be immediate, next_billing_cycle or an RFC 3339 timestamp: " + Refusal.quote(text));
        }
    }
}
