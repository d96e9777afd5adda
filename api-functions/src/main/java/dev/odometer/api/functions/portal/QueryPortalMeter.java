package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.usage.QueryUsage;
import dev.odometer.api.functions.usage.UsageResponse;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries a meter's usage for a browser: the subject is always that of the token. */
public final class QueryPortalMeter implements Function<QueryPortalMeter.Input, UsageResponse> {

    private static final String SCHEME = "Bearer ";

    private final TokenSignature signature;
    private final PortalTokens tokens;
    private final Queries queries;
    private final Clock clock;

    public QueryPortalMeter(TokenSignature signature, PortalTokens tokens, Queries queries, Clock clock) {
        this.signature = signature;
        this.tokens = tokens;
        this.queries = queries;
        this.clock = clock;
    }

    /**
     * The queries of the portal.
     *
     * @param maxRows more are refused
     */
    public record Queries(MeterLookup meters, QueryUsage usage, int maxRows) {

        private UsageResponse answer(Input input, String subject) {
            var query = new QueryUsage.Input(
                    meters.liveWithSlug(input.meterSlug).id(),
                    input.clientId,
                    input.from,
                    input.to,
                    input.windowSize,
                    input.windowTimeZone,
                    List.of(subject),
                    null,
                    input.filterGroupBy,
                    null,
                    input.groupBy);
            return usage.atMost(maxRows, query);
        }
    }

    /**
     * The query, like {@link QueryUsage.Input}.
     *
     * @param authorization the {@code Authorization} header of the request
     */
    public record Input(
            String meterSlug,
            @Nullable String authorization,
            @Nullable String clientId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable WindowSize windowSize,
            @Nullable String windowTimeZone,
            @Nullable Map<String, @Nullable List<@Nullable String>> filterGroupBy,
            @Nullable List<@Nullable String> groupBy) {}

    @Override
    public UsageResponse apply(Input input) {
        signature.checkSet();
        PortalToken token = authenticate(bearer(input.authorization));
        if (!token.allows(input.meterSlug)) {
            throw Refusal.unauthorized("meter slug not allowed");
        }
        return queries.answer(input, token.subject());
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

    /** The token's stored permissions. The signature is checked first, so that forged tokens do not reach the store. */
    private PortalToken authenticate(String text) {
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
}
