package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CustomerResolver.CustomerReference;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.Grant.Rollover;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.resource.Timestamp;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a grant on a metered entitlement, effective from a time in the past or the future. */
public final class CreateGrant implements Function<CreateGrant.Input, GrantView> {

    private static final int MAX_UNITS = 1000;

    private final Entitlements entitlements;
    private final EntitlementLookup lookup;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateGrant(Entitlements entitlements, EntitlementLookup lookup, Supplier<String> ids, Clock clock) {
        this.entitlements = entitlements;
        this.lookup = lookup;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The grant and its entitlement; exactly one of subject and customer is set.
     *
     * @param priority 1 to 255, 1 when absent; the lowest is burnt down first
     * @param effectiveAt truncated to the minute; not before the entitlement measures usage
     * @param expiration absent for a grant that does not expire
     * @param minRolloverAmount the minimum balance after a reset, 0 when absent
     * @param maxRolloverAmount the maximum balance after a reset; when absent, 0 by subject and the amount by customer,
     *     as in the two versions of the wire API
     * @param recurrence when the remaining amount becomes the full amount again; absent for a grant issued once
     */
    public record Input(
            @Nullable String subjectIdOrKey,
            @Nullable String customerIdOrKey,
            String entitlementIdOrFeatureKey,
            @Nullable BigDecimal amount,
            @Nullable Integer priority,
            @Nullable Instant effectiveAt,
            @Nullable Expiration expiration,
            @Nullable BigDecimal minRolloverAmount,
            @Nullable BigDecimal maxRolloverAmount,
            @Nullable Recurrence recurrence,
            @Nullable Map<String, String> metadata) {}

    /** The time until a grant expires. */
    public record Expiration(
            Grant.Expiration.@Nullable Unit duration,
            @Nullable Integer count) {

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
            @Nullable String interval, @Nullable Instant anchor) {

        UsagePeriod toRecurrence(Instant effectiveAt) {
            Instant from = anchor == null ? effectiveAt : Timestamp.checked("recurrence.anchor", anchor);
            return Grant.recurrence(Bounds.required("recurrence.interval", interval), from);
        }
    }

    @Override
    public GrantView apply(Input input) {
        var reference = new CustomerReference(input.subjectIdOrKey, input.customerIdOrKey);
        Entitlement entitlement = lookup.live(reference, input.entitlementIdOrFeatureKey);
        Grant grant = grant(input, entitlement.id());
        Instant measureFrom = entitlement.metered().measureFrom();
        if (grant.effectiveAt().isBefore(measureFrom)) {
            throw Refusal.invalid("effectiveAt must not be before usage is measured, from " + measureFrom + ": "
                    + grant.effectiveAt());
        }
        entitlements.grant(grant);
        return GrantView.of(grant, clock.instant());
    }

    private Grant grant(Input input, String entitlementId) {
        BigDecimal amount = Bounds.required("amount", input.amount);
        Instant effectiveAt = Timestamp.checked("effectiveAt", Bounds.required("effectiveAt", input.effectiveAt));
        var grant = new Grant(
                ids.get(),
                entitlementId,
                amount,
                Objects.requireNonNullElse(input.priority, 1),
                effectiveAt.truncatedTo(ChronoUnit.MINUTES),
                input.expiration == null ? null : input.expiration.toExpiration(),
                rollover(input, amount),
                input.recurrence == null ? null : input.recurrence.toRecurrence(effectiveAt),
                Objects.requireNonNullElse(input.metadata, Map.of()),
                clock.instant(),
                null);
        if (grant.expiresAt() != null) {
            Timestamp.checked("expiration", grant.expiresAt());
        }
        return grant;
    }

    private static Rollover rollover(Input input, BigDecimal amount) {
        BigDecimal defaultMax = input.subjectIdOrKey == null ? amount : BigDecimal.ZERO;
        return new Rollover(
                Objects.requireNonNullElse(input.minRolloverAmount, BigDecimal.ZERO),
                Objects.requireNonNullElse(input.maxRolloverAmount, defaultMax));
    }
}
