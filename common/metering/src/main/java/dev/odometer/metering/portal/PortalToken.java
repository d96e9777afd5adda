package dev.odometer.metering.portal;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A token for querying the usage of one subject, and reading the allowed areas of its customer, until it expires.
 *
 * @param digest SHA-256 of the token, in lower-case hexadecimal
 * @param subject the subject whose usage may be queried
 * @param allowedMeterSlugs the meters that may be queried; empty for all, including future ones
 * @param areas the data that it allows in addition to usage
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

    /** Data that a token can allow in addition to usage. It belongs to the customer of the subject. */
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

    /** Returns this token with the digest of the signed token. */
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
