package dev.odometer.views;

import dev.odometer.metering.customer.Subject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subject in API responses; see {@link Subject}. */
public record SubjectView(
        String id,
        String key,
        @Nullable String displayName,
        @Nullable Map<String, String> metadata,
        @Nullable String stripeCustomerId,
        @Nullable Instant currentPeriodStart,
        @Nullable Instant currentPeriodEnd,
        Instant createdAt,
        Instant updatedAt) {

    public static SubjectView of(Subject subject) {
        return new SubjectView(
                subject.id(),
                subject.key(),
                subject.displayName(),
                subject.metadata(),
                subject.stripeCustomerId(),
                subject.currentPeriodStart(),
                subject.currentPeriodEnd(),
                subject.createdAt(),
                subject.updatedAt());
    }
}
