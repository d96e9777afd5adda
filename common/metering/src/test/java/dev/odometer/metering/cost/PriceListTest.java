package dev.odometer.metering.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.cost.PriceList.Item;
import dev.odometer.metering.cost.PriceList.Offer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

    private static final String HEADER = "offer,item,amount,per,region,known,source\n";
    private static final String PRICE = "cloud,invocation,0.20,1000000,here,2026-11-30,https://example.com\n";
    private static final BigDecimal MILLION = new BigDecimal("1000000");

    private static Offer offer(String name) {
        return PriceList.builtIn().offers().stream()
                .filter(offer -> offer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A million invocations of equal duration. */
    private static Workload million(Trigger trigger, String events, long milliseconds) {
        BigDecimal each = BigDecimal.valueOf(milliseconds);
        BigDecimal rounded = BigDecimal.valueOf((milliseconds + 99) / 100 * 100);
        return new Workload(
                trigger,
                MILLION,
                new BigDecimal(events),
                MILLION.multiply(each),
                MILLION.multiply(rounded),
                BigDecimal.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        // 0.20 + 1.00 + 5,000 s * 1 GB * 0.0000133334
        "aws-lambda-arm64,            5, 1.266667",
        "aws-lambda-x86,              5, 1.2833335",
        // 0.20 + 100,000 s * 0.000016
        "azure-functions-consumption, 5, 1.8",
        "azure-functions-consumption, 150, 2.6",
        // 0.40 + 1,000,000 s * 0.000026
        "azure-functions-flex,        5, 26.4",
        // 0.40 + 100,000 s * (0.000024 + 0.0000025)
        "google-cloud-run-functions,  5, 3.05",
        "google-cloud-run-functions,  101, 5.7",
    })
    void pricesAMillionRequests(String name, long milliseconds, BigDecimal amount) {
        assertThat(offer(name).cost(million(Trigger.HTTP, "1000000", milliseconds), 1024))
                .isEqualByComparingTo(amount);
    }

    @Test
    void pricesHalfTheMemoryAtHalfThePrice() {
        // 0.20 + 1.00 + 5,000 s * 0.5 GB * 0.0000133334
        assertThat(offer("aws-lambda-arm64").cost(million(Trigger.HTTP, "1000000", 5), 512))
                .isEqualByComparingTo("1.2333335");
    }

    @Test
    void pricesTheRequestsToAQueue() {
        // 0.20 + 10,000 s * 0.0000133334 + (10,000,000 sent + 1,000,000 received + 1,000,000 deleted) * 0.0000004
        assertThat(offer("aws-lambda-arm64").cost(million(Trigger.MESSAGES, "10000000", 10), 1024))
                .isEqualByComparingTo("5.133334");
        // A batch of 20 is received and deleted by two requests each.
        assertThat(offer("aws-lambda-arm64").cost(million(Trigger.MESSAGES, "20000000", 10), 1024))
                .isEqualByComparingTo("9.933334");
    }

    @Test
    void pricesOnlyTheInvocationOfASchedule() {
        assertThat(offer("aws-lambda-arm64").cost(million(Trigger.SCHEDULE, "0", 5), 1024))
                .isEqualByComparingTo("0.266667");
    }

    @Test
    void pricesBytes() {
        BigDecimal gigabyte = new BigDecimal(1L << 30);
        var answers = new Workload(
                Trigger.SCHEDULE, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, gigabyte);

        assertThat(offer("aws-lambda-arm64").cost(answers, 1024)).isEqualByComparingTo("0.09");
        assertThat(offer("aws-lambda-arm64").storage(gigabyte)).isEqualByComparingTo("0.115");
    }

    @Test
    void dividesByTheEvents() {
        assertThat(PriceList.perMillionEvents(new BigDecimal("0.20"), new BigDecimal("3")))
                .contains(new BigDecimal("66666.666666666667"));
        assertThat(PriceList.perMillionEvents(BigDecimal.ONE, BigDecimal.ZERO)).isEmpty();
    }

    @Test
    void everyBuiltInPriceHasADateAndASource() {
        List<Offer> offers = PriceList.builtIn().offers();

        assertThat(offers)
                .hasSize(5)
                .allSatisfy(offer -> assertThat(offer.prices())
                        .containsKeys(Item.INVOCATION, Item.GB_SECOND, Item.GB_OUT, Item.GB_MONTH)
                        .allSatisfy((item, price) -> {
                            assertThat(price.known()).isAfter(LocalDate.of(2024, 12, 31));
                            assertThat(price.source()).startsWith("https://");
                        }));
    }

    @Test
    void readsAnotherFile() {
        PriceList prices = PriceList.parse("# ours\n\n" + HEADER + PRICE);

        assertThat(prices.offers()).extracting(Offer::name, Offer::region).containsExactly(tuple("cloud", "here"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "offer,item,amount | line 1: the columns must be",
                "cloud,invocation,0.20,1000000,here,2026-11-30 | line 2: there must be 7 values",
                "cloud,invocations,0.20,1000000,here,2026-11-30,x | line 2: unknown item: invocations",
                "cloud,invocation,-1,1000000,here,2026-11-30,x | line 2: invalid amount: -1",
                "cloud,invocation,1e999999999,1,here,2026-11-30,x | line 2: invalid amount: 1e999999999",
                "cloud,invocation,0.20,3,here,2026-11-30,x | line 2: invalid per (1, 10, 100, …): 3",
                "cloud,invocation,0.20,1,here,today,x | line 2: known must be a date such as 2026-11-30: today",
                "A B,invocation,0.20,1,here,2026-11-30,x | line 2: invalid offer: A B",
                "cloud,increment-milliseconds,7,1,here,2026-11-30,x | line 2: increment-milliseconds must be 1 or 100: 7"
            })
    void refusesAnInvalidLine(String line, String reason) {
        String csv = line.equals("offer,item,amount") ? line : HEADER + line;

        assertThatThrownBy(() -> PriceList.parse(csv))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAFileThatContradictsItselfOrIsEmpty() {
        assertThatThrownBy(() -> PriceList.parse(HEADER + PRICE + PRICE))
                .hasMessageContaining("line 3: the offer has this item already: invocation");
        assertThatThrownBy(() -> PriceList.parse(
                        HEADER + PRICE + PRICE.replace("here", "there").replace("invocation", "gb-out")))
                .hasMessageContaining("line 3: an offer has one region, here: there");
        assertThatThrownBy(() -> PriceList.parse(HEADER)).hasMessageContaining("the file has no prices");
    }
}
