package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the usage of a past period would have cost under other prices, or what it cost to provide.
 *
 * @param features one for each feature
 * @param lines by customer, and then in the order of the features
 */
public record Backtest(Currency currency, List<FeatureTariffs> features, List<Line> lines) {

    public Backtest {
        features = List.copyOf(features);
        lines = List.copyOf(lines);
    }

    /**
     * The tested and the current price of a feature, each with its billing periods.
     *
     * @param tested the price under test
     * @param current absent if unknown
     */
    public record FeatureTariffs(
            String featureKey, Tariff tested, @Nullable Tariff current) {

        /** The periods whose usage it needs, each once. */
        public List<Window> periods() {
            Stream<Window> all = Stream.concat(
                    tested.periods().stream(), Stream.ofNullable(current).flatMap(c -> c.periods().stream()));
            return all.distinct().toList();
        }

        /** The amounts of a customer with this usage by period. */
        public Line line(String customerId, Map<Window, BigDecimal> usage, Currency currency) {
            return new Line(
                    customerId,
                    featureKey,
                    tested.quantity(usage),
                    new Comparison(
                            current == null ? null : current.amount(usage, currency), tested.amount(usage, currency)));
        }
    }

    /**
     * The amounts under both prices.
     *
     * @param current absent if unknown
     */
    public record Comparison(@Nullable Money current, Money tested) {

        /** The tested amount less the current one; absent if the current amount is unknown. */
        public @Nullable Money difference() {
            return current == null ? null : tested.minus(current);
        }

        /** The current amount less the tested one, which is a cost; absent if the current amount is unknown. */
        public @Nullable Money margin() {
            return current == null ? null : current.minus(tested);
        }

        private Comparison plus(Comparison other) {
            return new Comparison(
                    current == null || other.current == null ? null : current.plus(other.current),
                    tested.plus(other.tested));
        }
    }

    /** The usage of a feature by a customer, with its amounts. */
    public record Line(String customerId, String featureKey, BigDecimal quantity, Comparison amounts) {}

    /** The sum over all features. The current amount is absent if that of a feature is. */
    public Comparison total() {
        return sum(features.stream().map(this::total));
    }

    /** The sum over the lines of a feature. */
    public Comparison total(FeatureTariffs feature) {
        Money zero = Money.zero(currency);
        // The current amount of a feature without a current price is absent, even if there are no lines.
        Comparison none = new Comparison(feature.current == null ? null : zero, zero);
        return sum(Stream.concat(Stream.of(none), of(feature).map(Line::amounts)));
    }

    /** The usage of a feature by all customers. */
    public BigDecimal quantity(FeatureTariffs feature) {
        return of(feature).map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Stream<Line> of(FeatureTariffs feature) {
        return lines.stream().filter(line -> line.featureKey.equals(feature.featureKey));
    }

    private Comparison sum(Stream<Comparison> some) {
        Money zero = Money.zero(currency);
        return some.reduce(new Comparison(zero, zero), Comparison::plus);
    }
}
