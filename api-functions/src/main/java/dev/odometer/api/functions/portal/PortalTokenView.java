package dev.odometer.api.functions.portal;

import dev.odometer.metering.portal.PortalToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as answers show it; see {@link PortalToken}.
 *
 * @param allowedMeterSlugs absent for all meters
 * @param token only when it is made: afterwards nobody knows it but who asked for it
 */
public record PortalTokenView(
        String id,
        String subject,
        Instant expiresAt,
        @Nullable List<String> allowedMeterSlugs,
        @Nullable String token,
        Instant createdAt) {

    static PortalTokenView of(PortalToken kept, @Nullable String token) {
        return new PortalTokenView(
                kept.id(),
                kept.subject(),
                kept.expiresAt(),
                kept.allowedMeterSlugs().isEmpty() ? null : kept.allowedMeterSlugs(),
                token,
                kept.createdAt());
    }
}
