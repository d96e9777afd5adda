package dev.odometer.metering.portal;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A token of one subject, for queries of its usage and what else it allows, until it expires.
 *
 * @param digest SHA-256 of the token, in lower-case hexadecimal
 * @param subject the subject whose usage may be queried
 * @param allowedMeterSlugs the meters that may be queried; empty for all, including future ones
 * @param areas what it allows besides usage
 * @param expiresAt the first instant at which it is invalid
 */
public record PortalToken(
        String id,
        String digest,
        String subject,
        List<String> allowedMeterSlugs,
        Set<Area> areas,
        Instant createdAt,
        Instant expiresAt) {

    /** What a token can allow besides usage. It concerns the customer that the subject belongs to. */
    public enum Area {
        /** The values of the customer's entitlements. */
        ACCESS,
        /** The customer's issued invoices. */
        INVOICES
    }

    public PortalToken {
        allowedMeterSlugs = List.copyOf(allowedMeterSlugs);
        areas = Set.copyOf(areas);
    }

    /** The same with the digest of the signed token. */
    public PortalToken withDigest(String signed) {
        return new PortalToken(id, signed, subject, allowedMeterSlugs, areas, createdAt, expiresAt);
    }

    public boolean allows(String meterSlug) {
        return allowedMeterSlugs.isEmpty() || allowedMeterSlugs.contains(meterSlug);
    }

    public boolean allows(Area area) {
        return areas.contains(area);
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
