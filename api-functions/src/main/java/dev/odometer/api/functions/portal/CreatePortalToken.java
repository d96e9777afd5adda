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

/** Makes a token with which a browser may see one subject's usage. Each call makes another one. */
public final class CreatePortalToken implements Function<CreatePortalToken.Input, PortalTokenView> {

    /** Longer than the longest that is made, and short enough for a header. */
    static final int MAX_TOKEN_LENGTH = 6144;

    private static final int MAX_SLUGS = 30;
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration MAX_LIFE = Duration.ofDays(31);
    /** Who shows one that has expired is told so for as long. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

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
     * What for.
     *
     * @param allowedMeterSlugs every meter when absent; at most 30
     * @param expiresAt in whole seconds, what is less is cut; an hour from now when absent, in at most 31 days
     */
    public record Input(
            @Nullable String subject,
            @Nullable List<@Nullable String> allowedMeterSlugs,
            @Nullable Instant expiresAt) {}

    @Override
    public PortalTokenView apply(Input input) {
        signature.checkSet();
        String subject = UsageEvent.checkedSubject(input.subject);
        Life life = Life.of(input.expiresAt, clock.instant());
        List<String> slugs = slugs(input.allowedMeterSlugs);
        String id = ids.get();
        String token = signature.token(json.get().write(claims(id, subject, slugs, life)));
        var kept = new PortalToken(id, TokenSignature.digest(token), subject, slugs, life.start, life.end);
        tokens.add(kept, life.start.minus(REMEMBERED));
        return PortalTokenView.of(kept, token);
    }

    private record Life(Instant start, Instant end) {

        static Life of(@Nullable Instant asked, Instant now) {
            Instant end = (asked == null ? now.plus(LIFE) : asked).truncatedTo(ChronoUnit.SECONDS);
            if (!end.isAfter(now) || end.isAfter(now.plus(MAX_LIFE))) {
                throw Refusal.invalid(
                        "expiresAt must be in the future, by at most " + MAX_LIFE.toDays() + " days: " + asked);
            }
            return new Life(now, end);
        }
    }

    private List<String> slugs(@Nullable List<@Nullable String> asked) {
        if (asked != null && asked.isEmpty()) {
            throw Refusal.invalid("allowedMeterSlugs must not be empty; leave it out for every meter");
        }
        return Bounds.texts("allowedMeterSlugs", asked, MAX_SLUGS).stream()
                .map(meters::liveWithSlug)
                .map(Meter::slug)
                .toList();
    }

    /** As the wire API's original writes them, in whole seconds. */
    private static Map<String, Object> claims(String id, String subject, List<String> slugs, Life life) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "openmeter");
        claims.put("sub", subject);
        claims.put("exp", life.end.getEpochSecond());
        claims.put("iat", life.start.getEpochSecond());
        claims.put("Namespace", "default");
        claims.put("Id", id);
        if (!slugs.isEmpty()) {
            claims.put("AllowedMeterSlugs", slugs);
        }
        return claims;
    }
}
