package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.resource.Timestamp;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What an entitlement is to: a feature as such, one with a configuration, or a measure of it. */
public sealed interface Terms {

    /** The kind's name, as the wire API has it. */
    String type();

    /** The feature, as long as the entitlement lasts. */
    record Switch() implements Terms {
        @Override
        public String type() {
            return "boolean";
        }
    }

    /**
     * The feature, with what is said about it.
     *
     * @param config JSON, handed out as it was given
     */
    record Static(String config) implements Terms {

        private static final int LONGEST = 16_384;

        public Static {
            Text.checked("config", config, LONGEST);
        }

        @Override
        public String type() {
            return "static";
        }
    }

    /**
     * So much of the feature in each period.
     *
     * @param measureFrom usage before it does not count; cut to the minute
     * @param allowance what each period begins with; absent where only grants count
     * @param priority of the allowance among the grants, 1 to 255
     * @param soft whether the feature may be used beyond what is left
     * @param preserveOverage whether what a period used too much is taken from the next one, of a day or more
     */
    record Metered(
            UsagePeriod period,
            Instant measureFrom,
            @Nullable BigDecimal allowance,
            int priority,
            boolean soft,
            boolean preserveOverage)
            implements Terms {

        /** @throws Refusal when a field breaks a rule */
        public Metered {
            allowance = allowance == null ? null : Grant.checkAmount("issueAfterReset", allowance);
            Grant.checkPriority("issueAfterResetPriority", priority);
            measureFrom = Timestamp.checked("measureUsageFrom", measureFrom).truncatedTo(ChronoUnit.MINUTES);
            if (preserveOverage) {
                period.checkLastsADay("preserveOverageAtReset");
            }
        }

        /** @throws Refusal when a grant on these terms must not be like this one */
        public void check(Grant grant) {
            if (grant.rollsOver()) {
                period.checkLastsADay("maxRolloverAmount");
            }
        }

        /** Whether two grants may count in one period. */
        public boolean mayMeet(Grant one, Grant other) {
            Duration apart = Duration.between(start(one), start(other)).abs();
            return (one.rollsOver() && other.rollsOver()) || apart.compareTo(period.longest()) < 0;
        }

        /** One from before usage was measured counts from then on. */
        Instant start(Grant grant) {
            return grant.effectiveAt().isBefore(measureFrom) ? measureFrom : grant.effectiveAt();
        }

        /**
         * @param last of the resets so far, by time
         * @throws Refusal when a reset must not be then
         */
        public void check(Reset reset, @Nullable Reset last) {
            Instant earliest = last == null ? measureFrom : last.at();
            if (reset.at().isBefore(earliest)) {
                throw Refusal.invalid("effectiveAt must not be before the entitlement's last reset, or the start of its"
                        + " measurement, at " + earliest + ": " + reset.at());
            }
        }

        @Override
        public String type() {
            return "metered";
        }
    }
}
