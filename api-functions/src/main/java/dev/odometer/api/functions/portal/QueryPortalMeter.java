package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.usage.QueryUsage;
import dev.odometer.api.functions.usage.UsageResponse;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries a meter's usage for a browser: the subject is always that of the token. */
public final class QueryPortalMeter implements Function<QueryPortalMeter.Input, UsageResponse> {

    private final TokenCheck check;
    private final Queries queries;

    QueryPortalMeter(TokenCheck check, Queries queries) {
        this.check = check;
        this.queries = queries;
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
        PortalToken token = check.authenticate(input.authorization);
        if (!token.allows(input.meterSlug)) {
            throw Refusal.unauthorized("meter slug not allowed");
        }
        return queries.answer(input, token.subject());
    }
}
