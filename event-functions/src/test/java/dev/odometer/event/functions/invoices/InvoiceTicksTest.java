package dev.odometer.event.functions.invoices;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.event.functions.Settings;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.InvoiceStores;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.SubscriptionExamples;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvoiceTicksTest {

    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");

    private final InvoiceStores stores = InvoiceStores.inMemory();

    @BeforeEach
    void subscribe() {
        var house = stores.subscribed().house();
        house.meters().add(Examples.meter(Aggregation.SUM));
        house.customers().add(ACME);
        house.features().add(SubscriptionExamples.TOKENS);
        var tokens = PlanExamples.card("tokens", "P1M", Pricing.of(new Price.PerUnit(new BigDecimal("0.10"))));
        stores.subscribed()
                .subscriptions()
                .add(SubscriptionExamples.subscription(
                        "s1", PlanExamples.monthly(PlanExamples.phase("main", null, tokens)), JANUARY));
        house.usage().append(List.of(Examples.prompt("e1", "s1", "2026-01-05T00:00:00Z", "30")));
    }

    private void tick(Instant now) {
        tick(now, Deadline.NONE);
    }

    private void tick(Instant now, Deadline deadline) {
        var module = new InvoicesModule(Settings.of(Map.of()));
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        module.draftInvoices(stores.invoices(), clock).accept(timed(DraftInvoices.NAME, now, deadline));
        module.issueInvoices(stores.invoices(), clock).accept(timed(IssueInvoices.NAME, now, deadline));
    }

    private static Timed<Tick> timed(String name, Instant now, Deadline deadline) {
        return new Timed<>(new Tick(name, now), deadline);
    }

    private List<Invoice> all() {
        return stores.invoices()
                .list(new InvoiceSearch(
                        Set.of(),
                        Set.of(),
                        InvoiceSearch.Between.ANY,
                        InvoiceSearch.Between.ANY,
                        InvoiceSearch.Between.ANY,
                        false,
                        FEBRUARY,
                        InvoiceSearch.Order.CREATED_AT,
                        false,
                        PageRequest.of(1, 100)))
                .items();
    }

    @Test
    void draftAtTheEndOfThePeriodAndIssueAfterTheCollection() {
        tick(FEBRUARY.minusSeconds(1));
        assertThat(all()).isEmpty();

        tick(FEBRUARY);
        assertThat(all()).hasSize(1);
        assertThat(all().get(0).number()).isNull();

        tick(FEBRUARY.plus(Duration.ofHours(1)));
        assertThat(all()).hasSize(1);
        assertThat(all().get(0).number()).isEqualTo("INV-1");
        assertThat(all().get(0).total().amount()).isEqualByComparingTo("3.00");
    }

    @Test
    void billOnceHoweverOftenTheyRun() {
        Instant late = FEBRUARY.plus(Duration.ofDays(3));

        tick(late);
        tick(late);
        tick(late.plusSeconds(60));

        assertThat(all()).hasSize(1);
        assertThat(all().get(0).number()).isEqualTo("INV-1");
    }

    @Test
    void doNotStartWithoutTime() {
        Deadline brief = Deadline.in(Duration.ofSeconds(9), () -> 0);

        assertThatThrownBy(() -> tick(FEBRUARY, brief))
                .isInstanceOf(Refusal.class)
                .hasMessage("no time is left for all invoices; the next call continues");
        assertThat(all()).isEmpty();
    }

    @Test
    void runUnlessDisabled() {
        assertThat(schedules(Map.of())).extracting(Schedule::name).containsExactly("draftInvoices", "issueInvoices");
        assertThat(schedules(Map.of("odometer.billing.invoice", "false"))).isEmpty();
    }

    private static List<Schedule> schedules(Map<String, Object> settings) {
        return new InvoicesModule(Settings.of(settings)).invoiceSchedules().rows();
    }

    @Test
    void anInvalidHorizonPreventsTheStart() {
        var module = new InvoicesModule(Settings.of(Map.of("odometer.billing.horizon", "3 months")));

        assertThatThrownBy(() -> module.draftInvoices(stores.invoices(), Clock.systemUTC()))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.billing.horizon must be an ISO 8601 duration above 0, such as P3M,"
                        + " but is: 3 months");
    }
}
