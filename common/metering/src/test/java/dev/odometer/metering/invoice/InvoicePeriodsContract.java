package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link Invoices}: the periods of lines, and periods without usage. One subclass per store. */
public abstract class InvoicePeriodsContract extends InvoiceFixture {

    @Test
    void aPeriodWithoutUsageHasALine() {
        stores.subscribed()
                .subscriptions()
                .add(SubscriptionExamples.subscription(
                        "s1", PlanExamples.monthly(PlanExamples.phase("main", null, tokens())), START));

        List<Invoice> invoices = settle(FEBRUARY);

        assertThat(invoices).hasSize(1);
        assertThat(invoices.get(0).lines())
                .extracting(line -> line.item().period())
                .containsExactly(new Window(START, FEBRUARY));
        assertThat(totals(invoices.get(0))).containsExactly("0.00");
    }

    @Test
    void nothingIsSentWhenNothingIsDue() {
        assertThat(settle(START)).isEmpty();
        subscribed();
        settle(START);

        assertThat(settle(START.plusSeconds(1))).isEmpty();
        assertThat(invoices().settle(List.of(ACME.id()), progressive(FEBRUARY.minusSeconds(1))))
                .isEmpty();
        assertThat(invoices().settleDue(request(FEBRUARY.minusSeconds(1)), 10)).isZero();
        assertThat(InvoiceListContract.list(invoices(), InvoiceSearch.Order.CREATED_AT))
                .hasSize(1);
    }

    @Test
    void aPartIsNotLongerThanItsPeriod() {
        subscribed();
        Instant middle = at("2026-01-16T12:30:30Z");
        use("2026-01-05T00:00:00Z", "30");
        var lines = new ArrayList<>(settledLines(progressive(at("2026-01-10T00:00:00Z"))));
        stores.subscribed().subscriptions().change("s1", one -> one.canceled(new Timing.Immediate(), middle));
        use("2026-01-16T12:00:00Z", "5");
        use("2026-01-16T13:00:00Z", "7");
        lines.addAll(settledLines(progressive(at("2026-01-20T00:00:00Z"))));
        lines.addAll(settledLines(request(MARCH)));

        assertThat(lines)
                .allSatisfy(line -> assertThat(line.item().period().end())
                        .isBeforeOrEqualTo(line.stored().service().end()));
        assertThat(lines.stream()
                        .filter(line -> line.stored().evidence() != null)
                        .map(line -> line.item().period()))
                .containsExactly(
                        new Window(START, at("2026-01-10T00:00:00Z")), new Window(at("2026-01-10T00:00:00Z"), middle));
        assertThat(lines.stream().map(line -> line.totals().total().amount().toPlainString()))
                .containsExactlyInAnyOrder("49.99", "3.00", "-24.96", "0.50");
    }

    private List<InvoiceLine> settledLines(Settlement.Request request) {
        List<Invoice> drafts = invoices().settle(List.of(ACME.id()), request);
        return drafts.stream()
                .map(draft -> draft.times().collectedAt() == null ? invoices().collect(draft.id(), request) : draft)
                .flatMap(draft -> draft.lines().stream())
                .toList();
    }

    private static Settlement.Request progressive(Instant now) {
        return new Settlement.Request(now, now, true, Set.of(), request(now).horizon());
    }

    /** The trial lasts 10 of the 31 days of January. */
    @Test
    void aProratedTrialIsBilledOnce() {
        PlanTerms terms = PlanExamples.monthly(
                PlanExamples.phase("trial", "P10D", fee()), PlanExamples.phase("paid", null, tokens()));
        stores.subscribed().subscriptions().add(SubscriptionExamples.subscription("s1", terms, START));

        var lines = new ArrayList<InvoiceLine>();
        for (String time : List.of(
                "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2026-01-11T00:00:00Z", "2026-02-01T00:00:00Z")) {
            lines.addAll(settledLines(request(at(time))));
            lines.addAll(settledLines(request(at(time))));
        }

        assertThat(lines)
                .filteredOn(line -> line.stored().evidence() == null)
                .singleElement()
                .satisfies(fee -> {
                    assertThat(fee.totals().total().amount()).isEqualByComparingTo("16.13");
                    assertThat(fee.item().period()).isEqualTo(new Window(START, at("2026-01-11T00:00:00Z")));
                });
    }
}
