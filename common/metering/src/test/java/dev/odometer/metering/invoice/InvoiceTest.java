package dev.odometer.metering.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.Invoice.Payment;
import dev.odometer.metering.invoice.Invoice.Payment.Report;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Origin;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.invoice.TaxRate.Category;
import dev.odometer.metering.invoice.Workflow.CollectionMethod;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The states, times and totals of an invoice. */
class InvoiceTest {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant COLLECTION = NOW.plus(Duration.ofHours(1));
    private static final Window JANUARY = new Window(Instant.parse("2026-01-01T00:00:00Z"), NOW);
    private static final InvoiceTimes WAITING = InvoiceTimes.created(NOW, COLLECTION);
    private static final InvoiceTimes COLLECTED = WAITING.collected(COLLECTION);

    private static Workflow workflow(boolean autoAdvance, String draftPeriod, CollectionMethod method) {
        return new Workflow(
                null,
                CalendarDuration.parse("interval", "PT1H"),
                autoAdvance,
                CalendarDuration.orZero("draftPeriod", draftPeriod),
                CalendarDuration.parse("dueAfter", "P14D"),
                true,
                BillableItem.EndProration.BILL_ACTUAL_PERIOD,
                method);
    }

    private static InvoiceLine line(String id, String amount, @Nullable Instant deletedAt) {
        Pricing pricing = Pricing.of(new Price.PerUnit(new BigDecimal(amount).abs()));
        BigDecimal quantity = BigDecimal.valueOf(new BigDecimal(amount).signum());
        RatedLine rated = Rating.rate(pricing, Currency.getInstance("EUR"), UsageSplit.whole(quantity));
        return new InvoiceLine(
                id,
                new Wording(id, null, Map.of()),
                new Item(JANUARY, NOW, pricing, Discounts.NONE, null, null),
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, () -> id + "-1"))
                        .toList(),
                null,
                new Origin("key-" + id, 0, null, JANUARY, rated, null, "corrected-" + id, deletedAt));
    }

    private static Invoice invoice(InvoiceTimes times, Workflow workflow, TaxRate tax, InvoiceLine... lines) {
        return new Invoice(
                        "inv",
                        Invoice.Kind.STANDARD,
                        null,
                        Currency.getInstance("EUR"),
                        new Invoice.Parties(new Supplier(null, "Seller", null, null), SubscriptionExamples.ACME),
                        new Invoice.Terms("profile", workflow, tax),
                        Invoice.Note.NONE,
                        times,
                        null,
                        null,
                        List.of(lines))
                .with(List.of(lines), times);
    }

    private static Invoice invoice(InvoiceTimes times, boolean autoAdvance) {
        Workflow workflow = workflow(autoAdvance, "P2D", CollectionMethod.SEND_INVOICE);
        return invoice(times, workflow, TaxRate.NONE, line("a", "10", null));
    }

    /** The tax of each line by itself would be 0.02 + 0.02 + 0.02. */
    @Test
    void computesTaxOnTheSum() {
        var tax = new TaxRate(Category.STANDARD, new BigDecimal("19"), null);
        Invoice invoice = invoice(
                COLLECTED,
                Workflow.DEFAULT,
                tax,
                line("a", "0.09", null),
                line("b", "0.09", null),
                line("c", "0.09", null),
                line("removed", "500", NOW));

        assertThat(invoice.net().total().amount()).isEqualByComparingTo("0.27");
        assertThat(invoice.tax().amount()).isEqualByComparingTo("0.05");
        assertThat(invoice.total().amount()).isEqualByComparingTo("0.32");
    }

    @Test
    void isACreditNoteIfItsSumIsNegative() {
        Invoice credit =
                invoice(COLLECTED, Workflow.DEFAULT, TaxRate.NONE, line("a", "1", null), line("b", "-3", null));
        Invoice invoice =
                invoice(COLLECTED, Workflow.DEFAULT, TaxRate.NONE, line("a", "3", null), line("b", "-3", null));

        assertThat(credit.kind()).isEqualTo(Invoice.Kind.CREDIT_NOTE);
        assertThat(credit.preceding()).isEqualTo("corrected-a");
        assertThat(credit.total().amount()).isEqualByComparingTo("-2");
        assertThat(invoice.kind()).isEqualTo(Invoice.Kind.STANDARD);
        assertThat(invoice.preceding()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, draft.waiting_for_collection",
        "3599, true, draft.waiting_for_collection",
        "3600, true, draft.collecting",
        "3600, false, draft.collecting"
    })
    void waitsForItsUsage(int seconds, boolean autoAdvance, String status) {
        Invoice draft = invoice(WAITING, autoAdvance);

        assertThat(draft.status(NOW.plusSeconds(seconds)).extendedName()).isEqualTo(status);
        assertThat(draft.status(NOW).group()).isEqualTo("draft");
    }

    @ParameterizedTest
    @CsvSource({
        "3600, true, draft.waiting_auto_approval",
        "176399, true, draft.waiting_auto_approval",
        "176400, true, draft.ready_to_issue",
        "3600, false, draft.manual_approval_needed",
        "999999, false, draft.manual_approval_needed"
    })
    void waitsForItsApproval(int seconds, boolean autoAdvance, String status) {
        Invoice draft = invoice(COLLECTED, autoAdvance);

        assertThat(draft.draftUntil()).isEqualTo(NOW.plusSeconds(176_400));
        assertThat(draft.status(NOW.plusSeconds(seconds)).extendedName()).isEqualTo(status);
        assertThat(draft.approved(COLLECTION).status(COLLECTION)).isEqualTo(InvoiceStatus.DRAFT_READY_TO_ISSUE);
    }

    @Test
    void isDueAfterItsIssueIfItIsSent() {
        Instant issued = NOW.plus(Duration.ofDays(10));
        Workflow automatic = workflow(true, "P2D", CollectionMethod.CHARGE_AUTOMATICALLY);

        Invoice sent = invoice(COLLECTED, true).issued(7, issued);
        Invoice charged = invoice(COLLECTED, automatic, TaxRate.NONE, line("a", "10", null))
                .issued(8, issued);

        assertThat(sent.number()).isEqualTo("INV-7");
        assertThat(sent.dueAt()).isEqualTo(issued.plus(Duration.ofDays(14)));
        assertThat(charged.dueAt()).isEqualTo(NOW.plusSeconds(176_400).plus(Duration.ofDays(14)));
    }

    @Test
    void isOverdueIfSomethingIsOwed() {
        Instant late = NOW.plus(Duration.ofDays(100));
        Invoice owed = invoice(COLLECTED, true).issued(1, NOW);
        Invoice free = invoice(COLLECTED, Workflow.DEFAULT, TaxRate.NONE, line("a", "0", null))
                .issued(2, NOW);

        assertThat(owed.status(NOW)).isEqualTo(InvoiceStatus.ISSUED);
        assertThat(owed.status(owed.dueAt())).isEqualTo(InvoiceStatus.ISSUED);
        assertThat(owed.status(late)).isEqualTo(InvoiceStatus.OVERDUE);
        assertThat(free.status(late)).isEqualTo(InvoiceStatus.ISSUED);
    }

    @ParameterizedTest
    @EnumSource(Report.class)
    void hasTheStatusOfTheLastReport(Report report) {
        Map<Report, String> expected = Map.of(
                Report.PAID, "paid",
                Report.PAYMENT_FAILED, "payment_processing.failed",
                Report.PAYMENT_UNCOLLECTIBLE, "uncollectible",
                Report.PAYMENT_OVERDUE, "overdue",
                Report.ACTION_REQUIRED, "payment_processing.action_required");
        Invoice issued = invoice(COLLECTED, true).issued(1, NOW);

        assertThat(issued.reported(new Payment(report, NOW)).status(NOW).extendedName())
                .isEqualTo(expected.get(report));
        Invoice reported = issued.reported(new Payment(report, NOW));
        assertThat(reported.reported(new Payment(report, NOW.plusSeconds(1)))).isSameAs(reported);
        assertThatThrownBy(() -> invoice(COLLECTED, true).reported(new Payment(report, NOW)))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> issued.voided("a test", NOW).reported(new Payment(report, NOW)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void refusesActionsThatItsStatusForbids() {
        Invoice draft = invoice(COLLECTED, true);
        Invoice issued = draft.issued(1, NOW);
        Stream.<Runnable>of(
                        () -> invoice(WAITING, true).approved(NOW),
                        () -> draft.approved(NOW).approved(NOW),
                        () -> draft.requireCollectable(NOW),
                        () -> draft.voided("a test", NOW),
                        () -> issued.deleted(NOW),
                        () -> issued.approved(NOW),
                        () -> issued.voided("a test", NOW).voided("a test", NOW),
                        () -> draft.deleted(NOW).deleted(NOW))
                .forEach(action -> assertThatThrownBy(action::run)
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> assertThat(refusal.violations())
                                        .extracting(Refusal.Violation::code)
                                        .containsExactly("invoice_action_not_available")));

        assertThat(draft.deleted(NOW).status(NOW)).isEqualTo(InvoiceStatus.DELETED);
        assertThat(issued.voided("a test", NOW).status(NOW)).isEqualTo(InvoiceStatus.VOIDED);
    }
}
