package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates a token with which a browser can query one subject's usage. It is not idempotent: each call creates a token.
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
     * @param expiresAt truncated to the second, at most 31 days from now; an hour from now when absent
     */
    public record Input(
            @Nullable String subject,
            @Nullable List<@Nullable String> allowedMeterSlugs,
            @Nullable Instant expiresAt) {}

    @Override
    public PortalTokenView apply(Input input) {
        signature.checkSet();
        String subject = UsageEvent.checkedSubject(input.subject);
        Validity validity = Validity.of(input.expiresAt, clock.instant());
        List<String> slugs = slugs(input.allowedMeterSlugs);
        String id = ids.get();
        String token = signature.token(json.get().write(claims(id, subject, slugs, validity)));
        var stored = new PortalToken(id, TokenSignature.digest(token), subject, slugs, validity.start, validity.end);
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

    /** The claims of the wire API's original, with times in whole seconds. */
    private static Map<String, Object> claims(String id, String subject, List<String> slugs, Validity validity) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "openmeter");
        claims.put("sub", subject);
        claims.put("exp", validity.end.getEpochSecond());
        claims.put("iat", validity.start.getEpochSecond());
        claims.put("Namespace", "default");
        claims.put("Id", id);
        if (!slugs.isEmpty()) {
            claims.put("AllowedMeterSlugs", slugs);
        }
        return claims;
    }
}
