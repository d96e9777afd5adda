package dev.odometer.metering.cost;

import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * List prices of function platforms and of the services in front of and behind them, in US dollars: a CSV file in which
 * every price has its region, the date on which it was known, and the page that states it. Free grants, volume discounts
 * and commitments are not taken into account.
 *
 * @param offers in the order of the file
 */
public record PriceList(List<Offer> offers) {

    private static final String HEADER = "offer,item,amount,per,region,known,source";
    private static final int COLUMNS = HEADER.split(",").length;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(?:\\.\\d{1,18})?");
    private static final Pattern UNITS = Pattern.compile("10{0,9}");
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final BigDecimal GIBI = KIBI.pow(3);
    /** The number of messages that a queue hands over, and deletes, in one request. */
    private static final BigDecimal MESSAGES_PER_REQUEST = BigDecimal.TEN;
    /** Decimals of quotients. */
    private static final int SCALE = 12;

    public PriceList {
        offers = List.copyOf(offers);
    }

    /** What has a price, or determines the quantity that is charged. */
    public enum Item {
        /** Each invocation. */
        INVOCATION,
        /** A gigabyte (2^30 bytes) of memory for a second. */
        GB_SECOND,
        /** A virtual CPU for a second. Each invocation has one. */
        VCPU_SECOND,
        /** Each request through the HTTP gateway. */
        HTTP_REQUEST,
        /** Each request to the message queue: to send, to receive and to delete. */
        QUEUE_REQUEST,
        /** A gigabyte (2^30 bytes) of response bodies. */
        GB_OUT,
        /** A gigabyte (2^30 bytes) in the managed PostgreSQL for a month. */
        GB_MONTH,
        /** The milliseconds that each invocation is charged at least; not a price. */
        MINIMUM_MILLISECONDS,
        /** The milliseconds that each duration is rounded up to, 1 or 100; not a price. */
        INCREMENT_MILLISECONDS
    }

    /** A price for a number of units. */
    public record Price(BigDecimal amount, BigDecimal per, LocalDate known, String source) {

        BigDecimal each() {
            // Exact, because the number of units is a power of ten.
            return amount.divide(per);
        }
    }

    /** The prices of a platform in a region. */
    public record Offer(String name, String region, Map<Item, Price> prices) {

        public Offer {
            prices = Map.copyOf(prices);
        }

        private BigDecimal of(Item item) {
            Price price = prices.get(item);
            return price == null ? BigDecimal.ZERO : price.each();
        }

        /** The exact cost of a workload. */
        public BigDecimal cost(Workload workload, int memoryMebibytes) {
            BigDecimal seconds = charged(workload).movePointLeft(3);
            BigDecimal gigabytes = BigDecimal.valueOf(memoryMebibytes).divide(KIBI);
            return workload.invocations()
                    .multiply(of(Item.INVOCATION))
                    .add(seconds.multiply(gigabytes).multiply(of(Item.GB_SECOND)))
                    .add(seconds.multiply(of(Item.VCPU_SECOND)))
                    .add(delivery(workload))
                    .add(workload.bytesOut().divide(GIBI).multiply(of(Item.GB_OUT)));
        }

        /** The exact cost of bytes in the database for a month. */
        public BigDecimal storage(BigDecimal bytes) {
            return bytes.divide(GIBI).multiply(of(Item.GB_MONTH));
        }

        /** The milliseconds; exact if all invocations are shorter, or all longer, than the minimum. */
        private BigDecimal charged(Workload workload) {
            BigDecimal rounded = of(Item.INCREMENT_MILLISECONDS).compareTo(BigDecimal.ONE) > 0
                    ? workload.milliseconds100()
                    : workload.milliseconds();
            return rounded.max(workload.invocations().multiply(of(Item.MINIMUM_MILLISECONDS)));
        }

        private BigDecimal delivery(Workload workload) {
            if (workload.trigger() == Trigger.HTTP) {
                return workload.invocations().multiply(of(Item.HTTP_REQUEST));
            }
            if (workload.trigger() == Trigger.MESSAGES) {
                BigDecimal receives = workload.events()
                        .divide(MESSAGES_PER_REQUEST, 0, RoundingMode.CEILING)
                        .max(workload.invocations());
                // Each message is sent by a request of its own, received and deleted.
                return workload.events().add(receives.add(receives)).multiply(of(Item.QUEUE_REQUEST));
            }
            return BigDecimal.ZERO;
        }
    }

    /** The amount for a million events, rounded half up to 12 decimals; empty without events. */
    public static Optional<BigDecimal> perMillionEvents(BigDecimal amount, BigDecimal events) {
        return events.signum() <= 0
                ? Optional.empty()
                : Optional.of(amount.multiply(MILLION).divide(events, SCALE, RoundingMode.HALF_UP));
    }

    /** The list prices that come with this version. */
    public static PriceList builtIn() {
        try (InputStream file = PriceList.class.getResourceAsStream("list-prices.csv")) {
            return parse(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Reads a CSV file; lines that begin with # are comments, and quotes are not supported.
     *
     * @throws Refusal INVALID with the first invalid line
     */
    public static PriceList parse(String csv) {
        var offers = new LinkedHashMap<String, Offer>();
        List<String> lines = csv.lines().toList();
        boolean isHeader = true;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (isHeader && !line.equals(HEADER)) {
                throw invalid(i, "the columns must be " + HEADER, line);
            }
            if (!isHeader) {
                add(offers, i, line);
            }
            isHeader = false;
        }
        if (offers.isEmpty()) {
            throw Refusal.invalid("the file has no prices");
        }
        return new PriceList(new ArrayList<>(offers.values()));
    }

    private static void add(Map<String, Offer> offers, int index, String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw invalid(index, "there must be " + COLUMNS + " values", line);
        }
        String name = checked(index, "offer", cells[0], NAME);
        var price = new Price(
                new BigDecimal(checked(index, "amount", cells[2], AMOUNT)),
                new BigDecimal(checked(index, "per (1, 10, 100, …)", cells[3], UNITS)),
                date(index, cells[5]),
                cells[6].strip());
        Item item = item(index, cells[1].strip());
        if (item == Item.INCREMENT_MILLISECONDS && !List.of("1", "100").contains(cells[2].strip())) {
            throw invalid(index, "increment-milliseconds must be 1 or 100", cells[2]);
        }
        Offer known = offers.getOrDefault(name, new Offer(name, cells[4].strip(), Map.of()));
        if (!known.region.equals(cells[4].strip())) {
            throw invalid(index, "an offer has one region, " + known.region, cells[4]);
        }
        var prices = new EnumMap<Item, Price>(Item.class);
        prices.putAll(known.prices);
        if (prices.put(item, price) != null) {
            throw invalid(index, "the offer has this item already", cells[1]);
        }
        offers.put(name, new Offer(name, known.region, prices));
    }

    private static Item item(int index, String name) {
        try {
            return Item.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw invalid(index, "unknown item", name);
        }
    }

    private static LocalDate date(int index, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException malformed) {
            throw invalid(index, "known must be a date such as 2026-11-30", text);
        }
    }

    private static String checked(int index, String column, String text, Pattern pattern) {
        if (!pattern.matcher(text.strip()).matches()) {
            throw invalid(index, "invalid " + column, text);
        }
        return text.strip();
    }

    private static Refusal invalid(int index, String reason, String value) {
        return Refusal.invalid("line " + (index + 1) + ": " + reason + ": " + Refusal.quote(value));
    }
}
