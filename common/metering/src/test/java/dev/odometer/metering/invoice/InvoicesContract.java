package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.item;
import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.pricing.Phase;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.Timing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link Invoices}: what is billed and corrected, and when. One subclass per store. */
public abstract class InvoicesContract extends InvoiceFixture {

    @Test
    void billsEachItemOnce() {
        subscribed();
        List<Invoice> first = settle(START);
        use("2026-01-05T00:00:00Z", "30");
        List<Invoice> second = settle(FEBRUARY);

        assertThat(first).hasSize(1);
        assertThat(totals(first.get(0))).containsExactly("49.99");
        assertThat(second).hasSize(1);
        assertThat(totals(second.get(0))).containsExactly("3.00", "49.99");
        assertThat(settle(FEBRUARY)).isEmpty();
        assertThat(invoices().find(first.get(0).id())).contains(first.get(0));
        assertThat(invoices().find(second.get(0).id())).contains(second.get(0));
        assertThat(invoices().find("\0")).isEmpty();
    }

    @Test
    void billsOnceWhenCalledConcurrently() throws Exception {
        subscribed();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<List<Invoice>> settle = () -> settle(FEBRUARY);
            var drafts = new ArrayList<Invoice>();
            for (Future<List<Invoice>> one : pool.invokeAll(java.util.Collections.nCopies(16, settle))) {
                drafts.addAll(one.get());
            }

            assertThat(drafts).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void previewsWithoutStoring() {
        subscribed();

        assertThat(invoices().preview(ACME.id(), request(START))).hasSize(1);
        assertThat(settle(START)).hasSize(1);
        assertThat(invoices().preview(ACME.id(), request(START))).isEmpty();
        assertThat(refusal(() -> invoices().preview("none", request(START))).kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refusal(() -> invoices().settle(List.of(ACME.id(), "none"), request(FEBRUARY)))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void storesEveryKindOfPrice() {
        stores.subscribed().subscriptions().add(SubscriptionExamples.subscription("s1", everyPrice(), START));
        use("2026-01-05T00:00:00Z", "1234.5");
        use("2026-02-05T00:00:00Z", "1234.5");
        use("2026-05-05T00:00:00Z", "1234.5");

        List<Invoice> drafts = settle(at("2026-07-01T00:00:00Z"));

        assertThat(drafts).hasSize(1);
        assertThat(drafts.get(0).lines()).hasSize(6);
        assertThat(found(drafts.get(0).id())).isEqualTo(drafts.get(0));
    }

    /** A phase of a month for each price. */
    private static PlanTerms everyPrice() {
        List<Pricing> prices = PlanExamples.everything().phases().stream()
                .flatMap(phase -> phase.rateCards().stream())
                .map(RateCard::pricing)
                .filter(Objects::nonNull)
                .toList();
        List<Phase> phases = IntStream.range(0, prices.size())
                .mapToObj(i -> PlanExamples.phase(
                        "p" + i,
                        i == prices.size() - 1 ? null : "P1M",
                        PlanExamples.card("tokens", "P1M", prices.get(i))))
                .toList();
        return PlanExamples.monthly(phases.toArray(Phase[]::new));
    }

    @Test
    void readsTheUsageOfADraftAgainWhenItIsCollected() {
        subscribed();
        settle(START);
        use("2026-01-05T00:00:00Z", "30");
        Invoice draft = settle(FEBRUARY).get(0);
        use("2026-01-31T23:59:59Z", "5");

        assertThat(draft.status(FEBRUARY)).isEqualTo(InvoiceStatus.DRAFT_WAITING_FOR_COLLECTION);
        assertThat(invoices().collectDue(request(COLLECTED.minusSeconds(1)), 10))
                .isZero();
        assertThat(invoices().collectDue(request(COLLECTED), 10)).isEqualTo(1);
        assertThat(invoices().collectDue(request(COLLECTED), 10)).isZero();

        Invoice collected = found(draft.id());
        assertThat(totals(collected)).containsExactly("3.50", "49.99");
        assertThat(collected.lines().get(0).id()).isEqualTo(draft.lines().get(0).id());
        assertThat(collected.status(COLLECTED)).isEqualTo(InvoiceStatus.DRAFT_READY_TO_ISSUE);
        assertThat(refusal(() -> invoices().collect(draft.id(), request(COLLECTED)))
                        .kind())
                .isEqualTo(RefusalKind.INVALID);
    }

    @Test
    void collectsOnRequest() {
        subscribed();
        Invoice draft = settle(FEBRUARY).get(0);
        use("2026-01-31T23:59:59Z", "5");

        Invoice collected = invoices().collect(draft.id(), request(FEBRUARY));

        assertThat(totals(collected)).contains("0.50");
        assertThat(found(draft.id())).isEqualTo(collected);
        assertThat(refusal(() -> invoices().collect("none", request(FEBRUARY))).kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void billsLateUsageAsACorrection() {
        subscribed();
        Invoice invoice = issued();
        use("2026-01-05T00:00:00Z", "7");

        Invoice draft = settle(MARCH).get(0);

        InvoiceLine correction = draft.lines().get(0);
        assertThat(correction.totals().total().amount()).isEqualByComparingTo("0.70");
        assertThat(correction.stored().corrects()).isEqualTo(invoice.id());
        assertThat(correction.stored().revision()).isEqualTo(1);
        assertThat(settle(MARCH)).isEmpty();
    }

    @Test
    void doesNotCorrectWhatIsOlderThanTheHorizon() {
        subscribed();
        issued();
        use("2026-01-05T00:00:00Z", "7");

        Invoice draft = settle(at("2026-05-01T00:00:00.000001Z")).get(0);

        assertThat(draft.lines()).extracting(line -> line.stored().revision()).containsOnly(0);
        assertThat(draft.lines())
                .extracting(line -> line.item().period().start())
                .noneMatch(FEBRUARY::isAfter);
    }

    @Test
    void creditsACancellation() {
        subscribed();
        issued();
        stores.subscribed()
                .subscriptions()
                .change("s1", one -> one.canceled(new Timing.Immediate(), at("2026-02-15T00:00:00Z")));

        Invoice draft = settle(at("2026-02-15T00:00:00Z")).get(0);

        assertThat(draft.kind()).isEqualTo(Invoice.Kind.CREDIT_NOTE);
        assertThat(totals(draft)).contains("-24.99");
        assertThat(found(draft.id())).isEqualTo(draft);
    }

    @Test
    void aClockThatIsBehindCreditsNothing() {
        subscribed();
        issued();
        Settlement.Request progressive = progressive(at("2026-02-15T00:00:00Z"));
        use("2026-02-14T23:59:00Z", "10");
        Invoice part = invoices().settle(List.of(ACME.id()), progressive).get(0);
        invoices().collect(part.id(), progressive);

        assertThat(totals(part)).containsExactly("1.00");
        assertThat(settle(FEBRUARY.minusSeconds(1))).isEmpty();
        assertThat(settle(START.plusSeconds(1))).isEmpty();
        assertThat(invoices().settle(List.of(ACME.id()), progressive(at("2026-02-14T00:00:00Z"))))
                .isEmpty();
    }

    @Test
    void stillBillsADeletedCustomer() {
        subscribed();
        settle(START);
        use("2026-01-05T00:00:00Z", "30");
        Instant end = at("2026-01-15T00:00:00Z");
        stores.subscribed().subscriptions().change("s1", one -> one.canceled(new Timing.Immediate(), end));
        stores.subscribed().house().customers().replace(ACME.deleted(end));

        assertThat(settleAll(end)).isPositive();
        assertThat(invoices().collectDue(request(FEBRUARY), 10)).isEqualTo(1);
        assertThat(invoices().issueDue(FEBRUARY, 10)).isEqualTo(2);
    }

    private static Settlement.Request progressive(Instant now) {
        return new Settlement.Request(
                now, now, true, java.util.Set.of(), request(now).horizon());
    }

    @Test
    void billsUsageInPartsOnRequest() {
        subscribed();
        settle(START);
        use("2026-01-05T00:00:00Z", "30");
        Instant middle = at("2026-01-15T00:00:00Z");
        Settlement.Request progressive = progressive(middle);

        Invoice part = invoices().settle(List.of(ACME.id()), progressive).get(0);
        invoices().collect(part.id(), request(middle));
        use("2026-01-20T00:00:00Z", "12");
        Invoice rest = settle(FEBRUARY).get(0);

        assertThat(totals(part)).containsExactly("3.00");
        assertThat(totals(rest)).containsExactly("1.20", "49.99");
        assertThat(rest.lines().get(0).stored().corrects()).isNull();
    }

    @Test
    void settlesAllCustomersThatAreDue() {
        subscribed();
        use("2026-01-05T00:00:00Z", "30");

        assertThat(settleAll(FEBRUARY)).isPositive();
        assertThat(settleAll(FEBRUARY)).isZero();
        assertThat(settleAll(MARCH)).isPositive();
        stores.subscribed()
                .subscriptions()
                .change("s1", one -> one.canceled(new Timing.Immediate(), MARCH.plusSeconds(1)));
        assertThat(invoices()
                        .add(ACME.id(), List.of(item("i1", "5", MARCH)), MARCH)
                        .isNew())
                .isTrue();
        assertThat(settleAll(MARCH.plusSeconds(1))).isPositive();

        assertThat(InvoiceListContract.list(invoices(), InvoiceSearch.Order.CREATED_AT).stream()
                        .map(one -> one.net().total().amount())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("107.98");
    }

    private int settleAll(Instant now) {
        int all = 0;
        for (int some = 1; some > 0; all += some) {
            some = invoices().settleDue(request(now), 10);
        }
        return all;
    }
}
