package dev.odometer.metering.pricing;

import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of tables in {@code docs/billing-rules.md}: what their columns mean, and which columns the rules compute. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable, the functions pure
enum RulesTable {
    ROUNDING(
            "currency, exact",
            "rounded",
            row -> List.of(row.list(
                    "exact",
                    exact -> Money.rounded(exact, row.currency()).amount().toPlainString()))),
    PERCENTAGES(
            "amount, currency, percent",
            "result",
            row -> List.of(plain(row.money("amount").percent(row.number("percent"))))),
    TOTALS(
            "price, terms, currency, before, usage, part",
            "total",
            row -> List.of(row.list("usage", usage -> plain(row.rated(usage).total())))),
    CHARGES("price, terms, currency, before, usage, part", "charges, discounts, minimum, total", row -> {
        RatedLine line = row.rated(row.number("usage"));
        String charges = line.charges().stream()
                .filter(charge -> !charge.isCommitment())
                .map(charge -> plain(charge.amount()))
                .collect(Collectors.joining(" + "));
        return List.of(
                charges.isEmpty() ? "-" : charges,
                plain(line.discounts()),
                plain(line.commitment()),
                plain(line.total()));
    }),
    SPLITS("price, terms, currency, usage of each part", "total of each part, whole", Row::split),
    FREE_UNITS("free, before, usage", "charged before, charged usage", row -> {
        var discounts = new Discounts(null, row.number("free"));
        UsageSplit billable =
                discounts.billable(new UsageSplit(row.number("before"), row.number("usage"), false, false));
        return List.of(billable.before().toPlainString(), billable.quantity().toPlainString());
    }),
    PRORATION(
            "fee, currency, service, full period",
            "amount",
            row -> List.of(plain(Proration.prorated(
                    row.number("fee"), row.window("service"), row.window("full period"), row.currency())))),
    PERIODS("cadence, anchor, zone, time", "start, end", row -> {
        var periods = new BillingPeriods(
                CalendarDuration.parse("cadence", row.text("cadence")),
                Instant.parse(row.text("anchor")),
                ZoneId.of(row.text("zone")));
        Window period = periods.containing(Instant.parse(row.text("time")));
        return List.of(period.start().toString(), period.end().toString());
    }),
    ALLOCATION(
            "amount, currency, weights",
            "parts",
            row -> List.of(row.money("amount").allocate(row.numbers("weights")).stream()
                    .map(RulesTable::plain)
                    .collect(Collectors.joining(", ")))),
    /** Text only: rules of other systems that differ. */
    OTHER_RULES("example", "there, here, reason", row -> row.texts("there", "here", "reason"));

    private final List<String> given;
    private final List<String> computed;
    private final Function<Row, List<String>> rule;

    RulesTable(String given, String computed, Function<Row, List<String>> rule) {
        this.given = List.of(given.split(", "));
        this.computed = List.of(computed.split(", "));
        this.rule = rule;
    }

    /** The columns in the order of the page. */
    List<String> columns() {
        var columns = new ArrayList<>(List.of("#"));
        columns.addAll(given);
        columns.addAll(computed);
        if (this != OTHER_RULES) {
            columns.add("source");
        }
        return columns;
    }

    /** What the page says. */
    List<String> expected(Map<String, String> row) {
        return new Row(row).texts(computed.toArray(String[]::new));
    }

    /** What the rules say, in the notation of the page. */
    List<String> computed(Map<String, String> row) {
        return rule.apply(new Row(row));
    }

    private static String plain(Money money) {
        return money.amount().toPlainString();
    }

    /** A row of the page, with its values. */
    private record Row(Map<String, String> cells) {

        String text(String column) {
            String text = cells.getOrDefault(column, "");
            if (text.isEmpty()) {
                throw new IllegalArgumentException("no " + column + " in " + cells);
            }
            return text;
        }

        List<String> texts(String... columns) {
            return Arrays.stream(columns).map(this::text).toList();
        }

        BigDecimal number(String column) {
            return new BigDecimal(text(column));
        }

        List<BigDecimal> numbers(String column) {
            return Arrays.stream(text(column).split(", ")).map(BigDecimal::new).toList();
        }

        /** Each value of a list has its own result, at the same position. */
        String list(String column, Function<BigDecimal, String> result) {
            return numbers(column).stream().map(result).collect(Collectors.joining(", "));
        }

        Currency currency() {
            return Currency.getInstance(text("currency"));
        }

        Money money(String column) {
            return new Money(number(column), currency());
        }

        Pricing pricing() {
            Pricing pricing = PriceNotation.pricing(text("price"), text("terms"));
            if (!PriceCheck.issues(pricing).isEmpty()) {
                throw new IllegalArgumentException("an invalid price: " + text("price"));
            }
            return pricing;
        }

        RatedLine rated(BigDecimal usage) {
            boolean isWhole = text("part").equals("whole");
            if (!isWhole && !List.of("first", "middle", "last").contains(text("part"))) {
                throw new IllegalArgumentException("unknown part: " + text("part"));
            }
            var split = new UsageSplit(
                    number("before"),
                    usage,
                    isWhole || text("part").equals("first"),
                    isWhole || text("part").equals("last"));
            return Rating.rate(pricing(), currency(), split);
        }

        /** The total of each part, and the total of the period when it is rated at once. */
        List<String> split() {
            List<BigDecimal> usages = numbers("usage of each part");
            var totals = new ArrayList<String>();
            BigDecimal before = BigDecimal.ZERO;
            for (int i = 0; i < usages.size(); i++) {
                var part = new UsageSplit(before, usages.get(i), i == 0, i == usages.size() - 1);
                totals.add(plain(Rating.rate(pricing(), currency(), part).total()));
                before = before.add(usages.get(i));
            }
            Money whole =
                    Rating.rate(pricing(), currency(), UsageSplit.whole(before)).total();
            Money sum = totals.stream()
                    .map(total -> new Money(new BigDecimal(total), currency()))
                    .reduce(Money.zero(currency()), Money::plus);
            return List.of(
                    String.join(", ", totals),
                    whole.equals(sum) ? plain(whole) : plain(whole) + " but parts of " + sum);
        }

        Window window(String column) {
            List<Instant> bounds = Arrays.stream(text(column).split(" to "))
                    .map(bound -> bound.contains("T")
                            ? Instant.parse(bound)
                            : LocalDate.parse(bound)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant())
                    .toList();
            return new Window(bounds.get(0), bounds.get(1));
        }
    }
}
