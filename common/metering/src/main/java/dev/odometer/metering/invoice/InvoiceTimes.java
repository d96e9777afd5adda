package dev.odometer.metering.invoice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The timestamps of an invoice. The status is computed from them and from the current time.
 *
 * @param collectionAt when its usage is collected
 * @param collectedAt when its usage was collected; absent before
 * @param approvedAt when a user approved it
 * @param issuedAt when it got its number and became final
 */
public record InvoiceTimes(
        Instant createdAt,
        Instant updatedAt,
        Instant collectionAt,
        @Nullable Instant collectedAt,
        @Nullable Instant approvedAt,
        @Nullable Instant issuedAt,
        @Nullable Instant voidedAt,
        @Nullable Instant deletedAt) {

    /** A new draft. */
    static InvoiceTimes created(Instant at, Instant collectionAt) {
        Instant collectedAt = collectionAt.isAfter(at) ? null : at;
        return new InvoiceTimes(at, at, collectionAt, collectedAt, null, null, null, null);
    }

    public boolean isIssued() {
        return issuedAt != null;
    }

    /** Whether its lines can change. */
    public boolean isDraft() {
        return issuedAt == null && deletedAt == null;
    }

    public InvoiceTimes changed(Instant at) {
        return new InvoiceTimes(createdAt, at, collectionAt, collectedAt, approvedAt, issuedAt, voidedAt, deletedAt);
    }

    InvoiceTimes collected(Instant at) {
        return new InvoiceTimes(createdAt, at, collectionAt, at, approvedAt, issuedAt, voidedAt, deletedAt);
    }

    InvoiceTimes approved(Instant at) {
        return new InvoiceTimes(createdAt, at, collectionAt, collectedAt, at, issuedAt, voidedAt, deletedAt);
    }

    InvoiceTimes issued(Instant at) {
        return new InvoiceTimes(createdAt, at, collectionAt, collectedAt, approvedAt, at, voidedAt, deletedAt);
    }

    InvoiceTimes voided(Instant at) {
        return new InvoiceTimes(createdAt, at, collectionAt, collectedAt, approvedAt, issuedAt, at, deletedAt);
    }

    InvoiceTimes deleted(Instant at) {
        return new InvoiceTimes(createdAt, at, collectionAt, collectedAt, approvedAt, issuedAt, voidedAt, at);
    }
}
