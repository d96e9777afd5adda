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
 * @param offers each of another feature
 * @param lines by customer, and then in the order of the offers
 */
public record Backtest(Currency currency, List<Offer> offers, List<Line> lines) {

    public Backtest {
        offers = List.copyOf(offers);
        lines = List.copyOf(lines);
    }

    /**
     * The prices of a feature.
     *
     * @param tested the price under test
     * @param current absent if unknown
     */
    public record Offer(
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

        /** What the tested price adds to the current one; absent if the latter is unknown. */
        public @Nullable Money difference() {
            return current == null ? null : tested.minus(current);
        }

        /** What remains of the current price if the tested one is a cost; absent if the former is unknown. */
        public @Nullable Money margin() {
            return current == null ? null : current.minus(tested);
        }

        private Comparison plus(Comparison other) {
            return new Comparison(
                    current == null || other.current == null ? null : current.plus(other.current),
                    tested.plus(other.tested));
        }
    }

    /** A feature as a customer used it. */
    public record Line(String customerId, String featureKey, BigDecimal quantity, Comparison amounts) {}

    /** The sum over all features. The current amount is absent if that of a feature is. */
    public Comparison total() {
        return sum(offers.stream().map(this::total));
    }

    /** The sum over the lines of a feature. */
    public Comparison total(Offer offer) {
        Money zero = Money.zero(currency);
        // Absent without lines, too.
        Comparison none = new Comparison(offer.current == null ? null : zero, zero);
        return sum(Stream.concat(Stream.of(none), of(offer).map(Line::amounts)));
    }

    /** The usage of a feature by all customers. */
    public BigDecimal quantity(Offer offer) {
        return of(offer).map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Stream<Line> of(Offer offer) {
        return lines.stream().filter(line -> line.featureKey.equals(offer.featureKey));
    }

    private Comparison sum(Stream<Comparison> some) {
        Money zero = Money.zero(currency);
        return some.reduce(new Comparison(zero, zero), Comparison::plus);
    }
}
