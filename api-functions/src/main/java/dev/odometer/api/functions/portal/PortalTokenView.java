package dev.odometer.api.functions.portal;

import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalToken.Area;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token in responses; see {@link PortalToken}.
 *
 * @param allowedMeterSlugs absent for all meters
 * @param allowAccess true, or absent if entitlement values cannot be read
 * @param allowInvoices true, or absent if invoices cannot be read
 * @param token only in the response to its creation: afterwards only its digest is stored
 */
public record PortalTokenView(
        String id,
        String subject,
        Instant expiresAt,
        @Nullable List<String> allowedMeterSlugs,
        @Nullable Boolean allowAccess,
        @Nullable Boolean allowInvoices,
        @Nullable String token,
        Instant createdAt) {

    static PortalTokenView of(PortalToken stored, @Nullable String token) {
        return new PortalTokenView(
                stored.id(),
                stored.subject(),
                stored.expiresAt(),
                stored.allowedMeterSlugs().isEmpty() ? null : stored.allowedMeterSlugs(),
                stored.allows(Area.ACCESS) ? true : null,
                stored.allows(Area.INVOICES) ? true : null,
                token,
                stored.createdAt());
    }
}
