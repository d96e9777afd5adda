package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.Grant.Rollover;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.resource.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A grant in requests, not yet validated.
 *
 * @param priority 1 to 255, 1 when absent; the lowest is burned down first
 * @param effectiveAt truncated to the minute; not before the entitlement measures usage
 * @param expiration absent for a grant that does not expire
 * @param minRolloverAmount the minimum balance after a reset, 0 when absent
 * @param maxRolloverAmount the maximum balance after a reset; when absent, it depends on the version of the API
 * @param recurrence when the remaining amount becomes the full amount again; absent for a grant issued once
 * @param annotations a JSON object
 */
public record GrantDraft(
        @Required @Nullable BigDecimal amount,
        @Nullable Integer priority,
        @Required @Nullable Instant effectiveAt,
        @Nullable Expiration expiration,
        @Nullable BigDecimal minRolloverAmount,
        @Nullable BigDecimal maxRolloverAmount,
        @Nullable Recurrence recurrence,
        @Nullable Map<String, String> metadata,
        @Nullable Map<String, @Nullable Object> annotations) {

    private static final int MAX_UNITS = 1000;

    /** The time until a grant expires. */
    public record Expiration(
            @Required Grant.Expiration.@Nullable Unit duration,
            @Required @Nullable Integer count) {

        Grant.Expiration toExpiration() {
            return new Grant.Expiration(
                    Bounds.required("expiration.duration", duration),
                    Bounds.within("expiration.count", Bounds.required("expiration.count", count), 1, MAX_UNITS));
        }
    }

    /**
     * The times at which a grant recurs.
     *
     * @param interval DAY, WEEK, MONTH, YEAR or an ISO 8601 duration of a day or more
     * @param anchor one of the times; {@code effectiveAt} when absent
     */
    public record Recurrence(
            @Required @Nullable String interval, @Nullable Instant anchor) {

        UsagePeriod toRecurrence(Instant effectiveAt) {
            Instant from = anchor == null ? effectiveAt : Timestamp.checked("recurrence.anchor", anchor);
            return Grant.recurrence(Bounds.required("recurrence.interval", interval), from);
        }
    }

    /**
     * The entitlement that a grant is for.
     *
     * @param rollsOver whether the whole amount may roll over when {@code maxRolloverAmount} is absent, as in version 2
     *     of the wire API; otherwise nothing does, as in version 1
     */
    public record Target(String entitlementId, Terms.Metered terms, boolean rollsOver) {}

    /** @throws Refusal INVALID when a field is missing or invalid, or the terms do not allow the grant */
    public Grant toGrant(String id, Target target, Instant now) {
        Instant measureFrom = target.terms.measureFrom();
        Instant from = Timestamp.checked("effectiveAt", Bounds.required("effectiveAt", effectiveAt));
        Instant start = from.truncatedTo(ChronoUnit.MINUTES);
        if (start.isBefore(measureFrom)) {
            throw Refusal.invalid(
                    "effectiveAt must not be before usage is measured, from " + measureFrom + ": " + start);
        }
        BigDecimal whole = Bounds.required("amount", amount);
        var grant = new Grant(
                id,
                target.entitlementId,
                whole,
                Objects.requireNonNullElse(priority, 1),
                start,
                expiration == null ? null : expiration.toExpiration(),
                new Rollover(
                        Objects.requireNonNullElse(minRolloverAmount, BigDecimal.ZERO),
                        Objects.requireNonNullElse(maxRolloverAmount, target.rollsOver ? whole : BigDecimal.ZERO)),
                recurrence == null ? null : recurrence.toRecurrence(from),
                Objects.requireNonNullElse(metadata, Map.of()),
                Objects.requireNonNullElse(annotations, Map.of()),
                now,
                null);
        if (grant.expiresAt() != null) {
            Timestamp.checked("expiration", grant.expiresAt());
        }
        target.terms.check(List.of(grant));
        return grant;
    }
}
