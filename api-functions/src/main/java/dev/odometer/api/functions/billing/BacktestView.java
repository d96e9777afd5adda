package dev.odometer.api.functions.billing;

import dev.odometer.functions.route.Tabular;
import dev.odometer.metering.customer.Attribution;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Backtest;
import dev.odometer.metering.pricing.Backtest.Comparison;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a backtest. Amounts are strings with the decimals of the currency; an amount that depends on an unknown
 * current price is null.
 *
 * @param hasEnded whether the range has ended; otherwise its usage so far is priced as if it had
 * @param features the sums by feature, in the order of the rate cards
 * @param data by customer id, and then in the order of the rate cards
 */
public record BacktestView(
        Instant from,
        Instant to,
        String currency,
        String kind,
        boolean hasEnded,
        Amounts totals,
        List<FeatureTotals> features,
        List<Row> data)
        implements Tabular {

    /** What the rate cards under test are. */
    enum Kind {
        PRICE,
        COST;

        static final Map<String, Kind> BY_NAME = Map.of("price", PRICE, "cost", COST);

        private Amounts amounts(Comparison amounts) {
            Optional<String> current = text(amounts.current());
            String tested = amounts.tested().amount().toPlainString();
            return this == PRICE
                    ? new Amounts(current, tested, text(amounts.difference()), null, null, null)
                    : new Amounts(null, null, null, current, tested, text(amounts.margin()));
        }

        private static Optional<String> text(@Nullable Money money) {
            return Optional.ofNullable(money).map(value -> value.amount().toPlainString());
        }
    }

    /**
     * Amounts. Those of the other kind are absent.
     *
     * @param currentAmount under the current rate cards
     * @param newAmount under the rate cards
     * @param difference the new amount less the current one
     * @param revenue under the current rate cards, where the rate cards are costs
     * @param cost under the rate cards
     * @param margin the revenue less the cost
     */
    @SuppressWarnings("NullableOptional") // an absent member differs from null
    public record Amounts(
            @Nullable Optional<String> currentAmount,
            @Nullable String newAmount,
            @Nullable Optional<String> difference,
            @Nullable Optional<String> revenue,
            @Nullable String cost,
            @Nullable Optional<String> margin) {

        private static final List<String> PRICE_COLUMNS = List.of("current_amount", "new_amount", "difference");
        private static final List<String> COST_COLUMNS = List.of("revenue", "cost", "margin");

        private List<String> cells() {
            return newAmount != null
                    ? List.of(cell(currentAmount), newAmount, cell(difference))
                    : List.of(cell(revenue), Objects.requireNonNull(cost), cell(margin));
        }

        private static String cell(@Nullable Optional<String> amount) {
            return amount == null ? "" : amount.orElse("");
        }
    }

    /**
     * A feature, used by all customers.
     *
     * @param quantity a string of a decimal
     */
    public record FeatureTotals(String featureKey, String quantity, Amounts amounts) {}

    /**
     * A feature, used by one customer.
     *
     * @param quantity a string of a decimal, the sum over the billing periods
     */
    public record Row(
            String customerId,
            @Nullable String customerKey,
            String customerName,
            String featureKey,
            String quantity,
            Amounts amounts) {}

    static BacktestView of(Kind kind, Window range, boolean hasEnded, Result result) {
        Backtest test = result.test;
        var byId = new HashMap<String, Attribution>();
        result.customers.forEach(customer -> byId.put(customer.customerId(), customer));
        return new BacktestView(
                range.start(),
                range.end(),
                test.currency().getCurrencyCode(),
                kind.name().toLowerCase(Locale.ROOT),
                hasEnded,
                kind.amounts(test.total()),
                test.features().stream()
                        .map(feature -> new FeatureTotals(
                                feature.featureKey(), text(test.quantity(feature)), kind.amounts(test.total(feature))))
                        .toList(),
                new Rows(kind, test.lines(), byId));
    }

    /** Rows that are made when they are written, since their texts take several times the memory of the lines. */
    private static final class Rows extends AbstractList<Row> {

        private final Kind kind;
        private final List<Backtest.Line> lines;
        private final Map<String, Attribution> customers;

        Rows(Kind kind, List<Backtest.Line> lines, Map<String, Attribution> customers) {
            this.kind = kind;
            this.lines = lines;
            this.customers = customers;
        }

        @Override
        public Row get(int index) {
            Backtest.Line line = lines.get(index);
            return row(kind, line, Objects.requireNonNull(customers.get(line.customerId())));
        }

        @Override
        public int size() {
            return lines.size();
        }
    }

    /** The amounts, and the customers of the lines. */
    record Result(Backtest test, List<Attribution> customers) {}

    private static Row row(Kind kind, Backtest.Line line, Attribution customer) {
        return new Row(
                customer.customerId(),
                customer.key(),
                customer.name(),
                line.featureKey(),
                text(line.quantity()),
                kind.amounts(line.amounts()));
    }

    private static String text(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }

    @Override
    public String tableName() {
        return "backtest";
    }

    @Override
    public List<String> columns() {
        List<String> amounts = kind.equals("price") ? Amounts.PRICE_COLUMNS : Amounts.COST_COLUMNS;
        return Stream.of(
                        List.of("customer_id", "customer_key", "customer_name", "feature_key", "quantity"),
                        amounts,
                        List.of("currency"))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<List<String>> cells() {
        return data.stream().map(this::cells).toList();
    }

    private List<String> cells(Row row) {
        return Stream.of(
                        List.of(
                                row.customerId,
                                row.customerKey == null ? "" : row.customerKey,
                                row.customerName,
                                row.featureKey,
                                row.quantity),
                        row.amounts.cells(),
                        List.of(currency))
                .flatMap(List::stream)
                .toList();
    }
}
