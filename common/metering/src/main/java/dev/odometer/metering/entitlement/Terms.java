package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.resource.Timestamp;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The terms of an entitlement by type: boolean, static or metered. */
public sealed interface Terms {

    /** The name of the type in the API. */
    String type();

    /** The interval of usage periods; only a metered entitlement must have one. */
    @Nullable
    UsagePeriod period();

    /**
     * Access to the feature while the entitlement is live.
     *
     * @param period stored and returned without effect
     */
    record BooleanAccess(@Nullable UsagePeriod period) implements Terms {
        @Override
        public String type() {
            return "boolean";
        }
    }

    /**
     * Access to the feature with a configuration.
     *
     * @param config JSON, returned unchanged
     * @param period stored and returned without effect
     */
    record Static(String config, @Nullable UsagePeriod period) implements Terms {

        private static final int MAX_CONFIG_LENGTH = 16_384;

        public Static {
            Text.checked("config", config, MAX_CONFIG_LENGTH);
        }

        @Override
        public String type() {
            return "static";
        }
    }

    /**
     * A limited amount of usage in each period.
     *
     * @param measureFrom usage before it does not count; truncated to the minute
     * @param allowance the amount that each period starts with; absent if only grants provide amounts
     * @param priority the burn-down priority of the allowance among the grants, 1 to 255
     * @param softLimit whether it is a soft limit: access continues at a balance of 0
     * @param unlimited whether it has no limit; the former name of a soft limit in the wire API, with the same effect
     * @param preserveOverage whether a period starts with the overage of the previous one; requires periods of a day or
     *     more
     */
    record Metered(
            UsagePeriod period,
            Instant measureFrom,
            @Nullable BigDecimal allowance,
            int priority,
            boolean softLimit,
            boolean unlimited,
            boolean preserveOverage)
            implements Terms {

        /** @throws Refusal when a field is invalid */
        public Metered {
            allowance = allowance == null ? null : Grant.checkAmount("issueAfterReset", allowance);
            Grant.checkPriority("issueAfterResetPriority", priority);
            measureFrom = Timestamp.checked("measureUsageFrom", measureFrom).truncatedTo(ChronoUnit.MINUTES);
            if (preserveOverage) {
                period.checkAtLeastADay("preserveOverageAtReset");
            }
        }

        /** Whether access depends on the balance. */
        public boolean hasHardLimit() {
            return !softLimit && !unlimited;
        }

        /** Checks the grants of a new entitlement; see {@link #check(Grant, Collection)}. */
        public void check(List<Grant> grants) {
            for (int i = 0; i < grants.size(); i++) {
                check(grants.get(i), grants.subList(0, i));
            }
        }

        /**
         * @param others the entitlement's grants that are not voided
         * @throws Refusal INVALID when the terms do not allow the grant; CONFLICT when it exceeds {@link
         *     Entitlements#MAX_GRANTS} together with the others
         */
        public void check(Grant grant, Collection<Grant> others) {
            if (grant.rollsOver()) {
                period.checkAtLeastADay("maxRolloverAmount");
            }
            if (issues(grant) > Entitlements.MAX_GRANTS) {
                throw Refusal.invalid("recurrence.interval must recur fewer than " + Entitlements.MAX_GRANTS
                        + " times in a usage period of " + period.iso() + ": "
                        + Objects.requireNonNull(grant.recurrence()).iso());
            }
            long total = issues(grant)
                    + others.stream()
                            .filter(other -> mayOverlap(grant, other))
                            .mapToLong(this::issues)
                            .sum();
            if (total > Entitlements.MAX_GRANTS) {
                throw Refusal.conflict("the entitlement has " + Entitlements.MAX_GRANTS
                        + " grants in the same period, counting each recurrence");
            }
        }

        /** How often a grant is issued in a period, at most: each recurrence issues it again. */
        private long issues(Grant grant) {
            return grant.recurrence() == null
                    ? 1
                    : 1 + period.maxLength().dividedBy(grant.recurrence().minLength());
        }

        /** Whether two grants may be active in one period. */
        private boolean mayOverlap(Grant one, Grant other) {
            if (one.outlivesResets() && other.outlivesResets()) {
                return !endsPeriodsBefore(one, other) && !endsPeriodsBefore(other, one);
            }
            Duration apart = Duration.between(start(one), start(other)).abs();
            return apart.compareTo(period.maxLength()) < 0;
        }

        private boolean endsPeriodsBefore(Grant one, Grant other) {
            Instant expires = one.expiresAt();
            return expires != null && !expires.plus(period.maxLength()).isAfter(start(other));
        }

        /** The start of a grant, but not before the start of measurement. */
        Instant start(Grant grant) {
            return grant.effectiveAt().isBefore(measureFrom) ? measureFrom : grant.effectiveAt();
        }

        /**
         * @param last the latest reset so far
         * @throws Refusal INVALID when the reset is before the last one or before the start of measurement
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
