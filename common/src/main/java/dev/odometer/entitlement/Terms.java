package dev.odometer.entitlement;

import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Text;
import java.math.BigDecimal;
import java.time.Instant;
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
     * @param measureFrom usage before it does not count; by the minute
     * @param allowance what each period begins with; absent where only grants count
     * @param priority of the allowance among the grants, 1 to 255
     * @param soft whether the feature may be used beyond what is left
     * @param preserveOverage whether what a period used too much is taken from the next one
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
            if (allowance != null && allowance.signum() < 0) {
                throw Refusal.invalid("issueAfterReset must not be negative: " + allowance.toPlainString());
            }
            Grant.checkPriority("issueAfterResetPriority", priority);
        }

        @Override
        public String type() {
            return "metered";
        }
    }
}
