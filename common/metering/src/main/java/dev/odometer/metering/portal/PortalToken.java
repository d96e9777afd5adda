package dev.odometer.metering.portal;

import java.time.Instant;
import java.util.List;

/**
 * A right to see one subject's usage for a while.
 *
 * @param digest SHA-256 of the token, in lower-case hexadecimal
 * @param subject whose usage
 * @param allowedMeterSlugs by which meters; empty for all there are, later ones too
 * @param expiresAt from when on it is good no more
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
