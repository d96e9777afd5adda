package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.pricing.CalendarDuration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of billing.
 *
 * @param horizon how long after its end a period is corrected ({@code odometer.billing.horizon})
 */
public record BillingSettings(CalendarDuration horizon) {

    private static final String HORIZON = "odometer.billing.horizon";
    private static final Pattern DURATION = Pattern.compile("P[0-9YMWDTHS]+");
    private static final String EXPECTED = "an ISO 8601 duration above 0, such as P3M";

    /** @throws StartRefusal when a setting is invalid */
    public static BillingSettings from(Settings settings) {
        String horizon = settings.text(HORIZON, "P3M", DURATION, EXPECTED);
        try {
            return new BillingSettings(CalendarDuration.parse(HORIZON, horizon));
        } catch (Refusal refusal) {
            throw new StartRefusal(HORIZON + " must be " + EXPECTED + ", but is: " + Refusal.quote(horizon));
        }
    }

    /** All that is due now, without usage of periods that have not ended. */
    public Settlement.Request due(Instant now) {
        return new Settlement.Request(now, now, false, Set.of(), horizon);
    }
}
