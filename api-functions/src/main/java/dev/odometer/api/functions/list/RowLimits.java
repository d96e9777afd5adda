package dev.odometer.api.functions.list;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;

/**
 * How many rows a query may answer, so that an answer fits in memory.
 *
 * @param query rows of a query, or entries of a meter's list of subjects or values ({@code odometer.query.max-rows})
 * @param portal rows of a query in the portal ({@code odometer.portal.max-rows}); at most as many as {@code query}
 */
public record RowLimits(int query, int portal) {

    private static final String QUERY = "odometer.query.max-rows";
    private static final String PORTAL = "odometer.portal.max-rows";
    private static final int DEFAULT_QUERY = 50_000;
    private static final int DEFAULT_PORTAL = 20_000;
    private static final int MAX = 10_000_000;

    /** @throws StartRefusal when a setting is not a number from 1 to 10,000,000 */
    public static RowLimits from(Settings settings) {
        int query = settings.number(QUERY, DEFAULT_QUERY, 1, MAX);
        return new RowLimits(query, Math.min(query, settings.number(PORTAL, DEFAULT_PORTAL, 1, MAX)));
    }
}
