package dev.odometer.metering.portal;

import java.time.Instant;
import java.util.List;

/**
 * A token for querying the usage of one subject until it expires.
 *
 * @param digest SHA-256 of the token, in lower-case hexadecimal
 * @param subject the subject whose usage may be queried
 * @param allowedMeterSlugs the meters that may be queried; empty for all, including future ones
 * @param expiresAt the first instant at which it is invalid
 */
public record PortalToken(
        String id,
        String digest,
        String subject,
        List<String> allowedMeterSlugs,
        Instant createdAt,
        Instant expiresAt) {

    public PortalToken {
        allowedMeterSlugs = List.copyOf(allowedMeterSlugs);
    }

    public boolean allows(String meterSlug) {
        return allowedMeterSlugs.isEmpty() || allowedMeterSlugs.contains(meterSlug);
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
