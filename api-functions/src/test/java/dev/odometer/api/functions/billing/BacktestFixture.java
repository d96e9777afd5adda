package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Two customers, their usage of February, and backtests of it. */
abstract class BacktestFixture {

    static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    final ApiFixture fixture = new ApiFixture();
    final Customer acme = fixture.customer("acme", "a1");
    final Customer globex = fixture.customer("globex");

    @BeforeEach
    void recordUsage() {
        Meter tokens = fixture.tokens();
        fixture.features.add(Examples.feature("api_calls", tokens, Map.of()));
        fixture.features.add(Examples.feature("small", tokens, Map.of("model", TextFilter.in(List.of("gpt-small")))));
        fixture.features.add(Examples.feature("sso"));
        fixture.used("acme", "2026-02-01T00:00:00Z", 3);
        fixture.used("a1", "2026-02-28T23:59:59Z", 4);
        fixture.used("a1", "2026-03-01T00:00:00Z", 1000);
        fixture.used("unattributed", "2026-02-02T00:00:00Z", 1000);
    }

    static RateCardDraft card(String key, String amount) {
        return card(key, "P1M", new PriceDraft("unit", amount, null, null, null, null, null, null, null));
    }

    static RateCardDraft card(String key, String cadence, PriceDraft price) {
        return new RateCardDraft(
                "usage_based", key, key, null, null, key, null, null, Optional.of(cadence), Optional.of(price), null);
    }

    static BacktestPrices.Input input(List<@Nullable RateCardDraft> tested) {
        return new BacktestPrices.Input(FEBRUARY, MARCH, "USD", tested, null, null, null);
    }

    BacktestView run(BacktestPrices.Input input, int maxRows) {
        return new BacktestPrices(
                        fixture.customers,
                        new FeatureLookup(fixture.features),
                        (payers, limits) -> new CustomerUsage(fixture.meterLookup, fixture.log, payers, limits),
                        maxRows,
                        fixture.clock)
                .apply(input);
    }

    BacktestView run(BacktestPrices.Input input) {
        return run(input, ApiFixture.MAX_ROWS);
    }

    Refusal refusal(BacktestPrices.Input input) {
        return catchThrowableOfType(Refusal.class, () -> run(input));
    }
}
