package dev.odometer.metering.pricing;

import dev.odometer.metering.resource.Metadata;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entitlement that a rate card gives to its subscribers. */
public sealed interface EntitlementTemplate {

    Map<String, String> metadata();

    /** Access without a limit. */
    record BooleanAccess(Map<String, String> metadata) implements EntitlementTemplate {

        public BooleanAccess {
            metadata = Metadata.checked(metadata);
        }
    }

    /**
     * Access with a configuration.
     *
     * @param config JSON as text
     */
    record Static(String config, Map<String, String> metadata) implements EntitlementTemplate {

        public Static {
            metadata = Metadata.checked(metadata);
        }
    }

    /**
     * A limited amount of usage in each period.
     *
     * @param issueAfterReset the amount; may be absent in a draft
     * @param issueAfterResetPriority 1 to 255; absent for 1
     * @param usagePeriod absent for the billing cadence of the rate card
     */
    record Metered(
            boolean isSoftLimit,
            @Nullable BigDecimal issueAfterReset,
            @Nullable Integer issueAfterResetPriority,
            boolean preserveOverageAtReset,
            @Nullable CalendarDuration usagePeriod,
            Map<String, String> metadata)
            implements EntitlementTemplate {

        private static final int MAX_PRIORITY = 255;

        /** @throws dev.odometer.functions.refusal.Refusal when the amount or the priority is out of its range */
        public Metered {
            issueAfterReset = Amounts.checkedNullable("entitlementTemplate.issueAfterReset", issueAfterReset);
            if (issueAfterResetPriority != null
                    && (issueAfterResetPriority < 1 || issueAfterResetPriority > MAX_PRIORITY)) {
                throw dev.odometer.functions.refusal.Refusal.invalid(
                        "entitlementTemplate.issueAfterResetPriority must be 1 to 255: " + issueAfterResetPriority);
            }
            metadata = Metadata.checked(metadata);
        }
    }
}
