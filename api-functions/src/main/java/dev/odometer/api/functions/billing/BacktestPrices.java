package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.billing.BacktestView.Kind;
import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Attribution;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.money.Currencies;
import dev.odometer.metering.pricing.Backtest;
import dev.odometer.metering.pricing.Backtest.FeatureTariffs;
import dev.odometer.metering.pricing.Backtest.Line;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies rate cards to the usage of a past period, for all or selected customers. The usage is read by a constant
 * number of queries, whatever the number of customers.
 */
public final class BacktestPrices implements Function<BacktestPrices.Input, BacktestView> {

    private static final int MAX_CUSTOMERS = 1000;
    private static final int MAX_QUERIES = 200;
    /** Subjects and quantities are kept in memory as well as the rows of the answer, but are smaller. */
    private static final int PER_ROW = 4;

    private final CustomerLookup lookup;
    private final Customers customers;
    private final FeatureLookup features;
    private final UsageReader usage;
    private final int maxRows;
    private final Clock clock;

    /** Reads usage within limits. */
    interface UsageReader {
        CustomerUsage of(List<Attribution> customers, CustomerUsage.Limits limits);
    }

    /** @param maxRows more are refused */
    BacktestPrices(Customers customers, FeatureLookup features, UsageReader usage, int maxRows, Clock clock) {
        this.lookup = new CustomerLookup(customers);
        this.customers = customers;
        this.features = features;
        this.usage = usage;
        this.maxRows = maxRows;
        this.clock = clock;
    }

    /**
     * The backtest.
     *
     * @param from a whole minute in the past
     * @param to a whole minute, which may be in the future
     * @param currency the code of a currency in use
     * @param rateCards the prices under test, one for each feature; at most 100
     * @param currentRateCards the prices that customers pay now, of some of these features
     * @param customers ids or keys, at most 1,000; all customers when absent
     * @param kind price or cost; price when absent
     */
    public record Input(
            @Required @Nullable Instant from,
            @Required @Nullable Instant to,
            @Required @Nullable String currency,
            @Required @Nullable List<@Nullable RateCardDraft> rateCards,
            @Nullable List<@Nullable RateCardDraft> currentRateCards,
            @Nullable List<@Nullable String> customers,
            @Nullable String kind) {}

    @Override
    public BacktestView apply(Input input) {
        Kind kind = Bounds.choice("kind", Objects.requireNonNullElse(input.kind, "price"), Kind.BY_NAME);
        Window range = range(input);
        Currency currency = Currencies.parse("currency", Bounds.required("currency", input.currency));
        var cards = BacktestCards.of(features, input.rateCards, input.currentRateCards, range);
        Set<String> named = Bounds.texts("customers", input.customers, MAX_CUSTOMERS);
        if (input.customers != null && named.isEmpty()) {
            throw Refusal.invalid("customers must not be empty; omit it to select all customers");
        }
        List<Attribution> all = named.isEmpty()
                ? customers.attributions(PER_ROW * maxRows)
                : lookup.liveAll(named).stream().map(Attribution::of).toList();
        List<Line> lines = new Run(cards, all, currency, !named.isEmpty()).lines();
        var result = new Backtest(currency, cards.features(), lines);
        return BacktestView.of(
                kind, range, !range.end().isAfter(clock.instant()), new BacktestView.Result(result, all));
    }

    private Window range(Input input) {
        Instant from = minute("from", input.from);
        Instant to = minute("to", input.to);
        if (!from.isBefore(to)) {
            throw Refusal.invalid("from must be before to");
        }
        if (!from.isBefore(clock.instant())) {
            throw Refusal.invalid("from must be in the past: " + from);
        }
        return new Window(from, to);
    }

    private static Instant minute(String field, @Nullable Instant time) {
        Instant checked = Timestamp.checked(field, Bounds.required(field, time));
        if (!checked.equals(checked.truncatedTo(ChronoUnit.MINUTES))) {
            throw Refusal.invalid(field + " must be a whole minute: " + checked);
        }
        return checked;
    }

    /** One backtest. */
    private final class Run {

        private final BacktestCards cards;
        private final List<Attribution> payers;
        private final Currency currency;
        private final boolean isComplete;

        /** @param isComplete whether customers without usage have lines, too */
        Run(BacktestCards cards, List<Attribution> payers, Currency currency, boolean isComplete) {
            this.cards = cards;
            this.payers = payers;
            this.currency = currency;
            this.isComplete = isComplete;
        }

        List<Line> lines() {
            CustomerUsage reader = usage.of(payers, new CustomerUsage.Limits(MAX_QUERIES, PER_ROW * maxRows));
            var byFeature = new ArrayList<Map<String, Map<Window, BigDecimal>>>();
            for (FeatureTariffs feature : cards.features()) {
                byFeature.add(byCustomer(feature, reader));
            }
            var lines = new ArrayList<Line>();
            for (Attribution payer : payers) {
                for (int i = 0; i < byFeature.size(); i++) {
                    Map<Window, BigDecimal> periods = byFeature.get(i).get(payer.customerId());
                    if (periods != null || isComplete) {
                        checkRows(lines.size() + 1);
                        lines.add(cards.features()
                                .get(i)
                                .line(payer.customerId(), periods == null ? Map.of() : periods, currency));
                    }
                }
            }
            return lines;
        }

        private Map<String, Map<Window, BigDecimal>> byCustomer(FeatureTariffs feature, CustomerUsage reader) {
            var measure = Objects.requireNonNull(cards.measures().get(feature.featureKey()));
            var byCustomer = new HashMap<String, Map<Window, BigDecimal>>();
            for (Window period : feature.periods()) {
                reader.in(period, measure)
                        .forEach((customer, quantity) -> byCustomer
                                .computeIfAbsent(customer, absent -> new HashMap<>(2))
                                .put(period, quantity));
            }
            return byCustomer;
        }

        private void checkRows(int count) {
            if (count > maxRows) {
                throw Refusal.invalid("the answer has more than " + maxRows
                        + " rows, one for each customer and rate card; use fewer rate cards or fewer customers");
            }
        }
    }
}
