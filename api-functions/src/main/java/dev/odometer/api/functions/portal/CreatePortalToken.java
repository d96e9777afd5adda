package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalToken.Area;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates a token with which a browser can query one subject's usage and, if the input allows it, read the entitlement
 * values and invoices of the subject's customer. It is not idempotent: each call creates a token.
 */
public final class CreatePortalToken implements Function<CreatePortalToken.Input, PortalTokenView> {

    /** An upper bound of the length of issued tokens that also fits into a header. */
    static final int MAX_TOKEN_LENGTH = 6144;

    private static final int MAX_SLUGS = 30;
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    private static final Duration MAX_LIFETIME = Duration.ofDays(31);
    /** Expired tokens are kept for this long, so that a client gets "token expired" rather than "invalid token". */
    private static final Duration EXPIRED_RETENTION = Duration.ofDays(1);

    private final TokenSignature signature;
    private final PortalTokens tokens;
    private final MeterLookup meters;
    private final Supplier<Documents> json;
    private final Clock clock;
    private final Ulid ids;

    public CreatePortalToken(
            TokenSignature signature, PortalTokens tokens, MeterLookup meters, Supplier<Documents> json, Clock clock) {
        this.signature = signature;
        this.tokens = tokens;
        this.meters = meters;
        this.json = json;
        this.clock = clock;
        this.ids = new Ulid(clock);
    }

    /**
     * The permissions of the token.
     *
     * @param allowedMeterSlugs all meters when absent; at most 30
     * @param allowAccess whether the entitlement values of the subject's customer can be read; false when absent
     * @param allowInvoices whether the issued invoices of the subject's customer can be read; false when absent
     * @param expiresAt truncated to the second, at most 31 days from now; an hour from now when absent
     */
    public record Input(
            @Required @Nullable String subject,
            @Nullable List<@Nullable String> allowedMeterSlugs,
            @Nullable Boolean allowAccess,
            @Nullable Boolean allowInvoices,
            @Nullable Instant expiresAt) {

        private Set<Area> areas() {
            Set<Area> areas = EnumSet.noneOf(Area.class);
            if (Boolean.TRUE.equals(allowAccess)) {
                areas.add(Area.ACCESS);
            }
            if (Boolean.TRUE.equals(allowInvoices)) {
                areas.add(Area.INVOICES);
            }
            return areas;
        }
    }

    @Override
    public PortalTokenView apply(Input input) {
        signature.checkSet();
        String subject = UsageEvent.checkedSubject(input.subject);
        Validity validity = Validity.of(input.expiresAt, clock.instant());
        List<String> slugs = slugs(input.allowedMeterSlugs);
        String id = ids.get();
        var unsigned = new PortalToken(id, "", subject, slugs, input.areas(), validity.start, validity.end);
        String token = signature.token(json.get().write(claims(unsigned)));
        PortalToken stored = unsigned.withDigest(TokenSignature.digest(token));
        tokens.add(stored, validity.start.minus(EXPIRED_RETENTION));
        return PortalTokenView.of(stored, token);
    }

    private record Validity(Instant start, Instant end) {

        static Validity of(@Nullable Instant requested, Instant now) {
            Instant end = (requested == null ? now.plus(DEFAULT_LIFETIME) : requested).truncatedTo(ChronoUnit.SECONDS);
            if (!end.isAfter(now) || end.isAfter(now.plus(MAX_LIFETIME))) {
                throw Refusal.invalid(
                        "expiresAt must be in the future, by at most " + MAX_LIFETIME.toDays() + " days: " + requested);
            }
            return new Validity(now, end);
        }
    }

    private List<String> slugs(@Nullable List<@Nullable String> requested) {
        if (requested != null && requested.isEmpty()) {
            throw Refusal.invalid("allowedMeterSlugs must not be empty; omit it to allow all meters");
        }
        return Bounds.texts("allowedMeterSlugs", requested, MAX_SLUGS).stream()
                .map(meters::liveWithSlug)
                .map(Meter::slug)
                .toList();
    }

    /** The claims of OpenMeter's tokens, with times in whole seconds, and a claim for each allowed area. */
    private static Map<String, Object> claims(PortalToken token) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "openmeter");
        claims.put("sub", token.subject());
        claims.put("exp", token.expiresAt().getEpochSecond());
        claims.put("iat", token.createdAt().getEpochSecond());
        claims.put("Namespace", "default");
        claims.put("Id", token.id());
        if (!token.allowedMeterSlugs().isEmpty()) {
            claims.put("AllowedMeterSlugs", token.allowedMeterSlugs());
        }
        if (token.allows(Area.ACCESS)) {
            claims.put("AllowAccess", true);
        }
        if (token.allows(Area.INVOICES)) {
            claims.put("AllowInvoices", true);
        }
        return claims;
    }
}
