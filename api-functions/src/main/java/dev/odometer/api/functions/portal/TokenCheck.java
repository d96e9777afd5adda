package dev.odometer.api.functions.portal;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalToken.Area;
import dev.odometer.metering.portal.PortalTokens;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Authenticates requests by their portal token. What a token allows is read from the store, not from its claims. */
record TokenCheck(TokenSignature signature, PortalTokens tokens, Clock clock) {

    private static final String SCHEME = "Bearer ";
    private static final Map<Area, String> MEMBERS = Map.of(Area.ACCESS, "allowAccess", Area.INVOICES, "allowInvoices");

    /**
     * The valid token of a request.
     *
     * @param authorization the {@code Authorization} header
     * @throws Refusal UNAUTHORIZED when there is none; CONFLICT when the portal is disabled
     */
    PortalToken authenticate(@Nullable String authorization) {
        signature.checkSet();
        String text = bearer(authorization);
        // The signature is checked first, so that forged tokens do not reach the store.
        if (text.length() > CreatePortalToken.MAX_TOKEN_LENGTH || !signature.isValid(text)) {
            throw Refusal.unauthorized("invalid token: the signature is not valid");
        }
        PortalToken token = tokens.find(TokenSignature.digest(text))
                .orElseThrow(() -> Refusal.unauthorized("invalid token: it was invalidated or never issued"));
        if (token.isExpired(clock.instant())) {
            throw Refusal.unauthorized("token expired");
        }
        return token;
    }

    /**
     * The valid token of a request, which must allow the area.
     *
     * @throws Refusal FORBIDDEN when it does not; and as {@link #authenticate}
     */
    PortalToken authenticate(@Nullable String authorization, Area area) {
        PortalToken token = authenticate(authorization);
        if (!token.allows(area)) {
            throw Refusal.forbidden("the token was created without " + MEMBERS.get(area));
        }
        return token;
    }

    private static String bearer(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw Refusal.unauthorized("missing authorization header");
        }
        String token =
                header.substring(Math.min(SCHEME.length(), header.length())).strip();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || token.isEmpty()) {
            throw Refusal.unauthorized("invalid authorization header");
        }
        return token;
    }
}
