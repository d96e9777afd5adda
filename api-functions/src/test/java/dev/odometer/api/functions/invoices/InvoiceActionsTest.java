package dev.odometer.api.functions.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.views.InvoiceView;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceActionsTest extends InvoicesFixture {

    @BeforeEach
    void subscribe() {
        subscribed();
    }

    private InvoiceView draftOfJanuary() {
        draft();
        use("2026-01-05T00:00:00Z", "30");
        now = FEBRUARY;
        return draft();
    }

    private static List<String> actions(InvoiceView invoice) {
        return invoice.statusDetails().availableActions().entrySet().stream()
                .map(action -> action.getKey() + " " + action.getValue().resultingState())
                .toList();
    }

    private static VoidInvoice.Input voided(String id, String type) {
        var action = new VoidInvoice.Action(new BigDecimal("100.0"), new VoidInvoice.LineAction(type));
        return new VoidInvoice.Input(id, action, "Wrong customer", null);
    }

    @Test
    void aDraftWithUsageWaitsForItsCollection() {
        InvoiceView draft = draftOfJanuary();

        assertThat(draft.statusDetails().extendedStatus()).isEqualTo("draft.waiting_for_collection");
        assertThat(draft.collectionAt()).isEqualTo(FEBRUARY.plus(Duration.ofHours(1)));
        assertThat(actions(draft)).containsExactly("delete deleted", "snapshotQuantities draft.waiting_auto_approval");
        assertThat(draft.number()).isEqualTo("DRAFT-" + draft.id());
    }

    @Test
    void snapshotCollectsTheUsageNowAndOnce() {
        InvoiceView draft = draftOfJanuary();
        use("2026-01-31T23:59:59Z", "7");
        var snapshot = new SnapshotQuantitiesInvoice(access);

        InvoiceView collected = snapshot.apply(new SnapshotQuantitiesInvoice.Input(draft.id()));

        assertThat(collected.totals().total()).isEqualTo("103.70");
        assertThat(collected.quantitySnapshotedAt()).isEqualTo(FEBRUARY);
        assertThat(code(() -> snapshot.apply(new SnapshotQuantitiesInvoice.Input(draft.id()))))
                .isEqualTo("invoice_action_not_available");
    }

    @Test
    void advanceDoesWhatTheSchedulesWouldDo() {
        InvoiceView draft = draftOfJanuary();
        var advance = new AdvanceInvoice(access);
        var input = new AdvanceInvoice.Input(draft.id());

        assertThat(code(() -> advance.apply(input))).isEqualTo("invoice_cannot_advance");
        now = FEBRUARY.plus(Duration.ofHours(1));
        assertThat(actions(found(draft.id()))).contains("advance draft.ready_to_issue");
        InvoiceView issued = advance.apply(input);

        assertThat(issued.status()).isEqualTo("issued");
        assertThat(issued.number()).isEqualTo("INV-1");
        assertThat(code(() -> advance.apply(input))).isEqualTo("invoice_cannot_advance");
    }

    @Test
    void advanceDoesNotApprove() {
        approvedByHand();
        InvoiceView draft = draftOfJanuary();
        now = FEBRUARY.plus(Duration.ofHours(1));

        InvoiceView advanced = new AdvanceInvoice(access).apply(new AdvanceInvoice.Input(draft.id()));

        assertThat(advanced.statusDetails().extendedStatus()).isEqualTo("draft.manual_approval_needed");
        assertThat(actions(advanced)).containsExactly("approve issued", "delete deleted");
        assertThat(issued(advanced).status()).isEqualTo("issued");
    }

    @Test
    void onlyCollectedDraftsAreApproved() {
        InvoiceView draft = draftOfJanuary();

        assertThat(code(() -> issued(draft))).isEqualTo("invoice_action_not_available");
    }

    @Test
    void retryIsNeverAvailable() {
        InvoiceView draft = draft();

        assertThat(code(() -> new RetryInvoice(access).apply(new RetryInvoice.Input(draft.id()))))
                .isEqualTo("invoice_action_not_available");
    }

    @Test
    void aDeletedDraftIsNotBilledAgain() {
        InvoiceView draft = draft();
        var delete = new DeleteInvoice(access);

        delete.accept(new DeleteInvoice.Input(draft.id()));

        assertThat(found(draft.id()).status()).isEqualTo("deleted");
        assertThat(code(() -> invoiced(false))).isEqualTo("invoice_create_no_lines");
        assertThat(code(() -> delete.accept(new DeleteInvoice.Input(draft.id()))))
                .isEqualTo("invoice_action_not_available");
    }

    @Test
    void whatAVoidedInvoiceBilledIsBilledAgainIfRequested() {
        InvoiceView issued = issued(draft());
        var voids = new VoidInvoice(access);

        InvoiceView voided = voids.apply(voided(issued.id(), "pending"));

        assertThat(voided.status()).isEqualTo("voided");
        assertThat(voided.number()).isEqualTo("INV-1");
        assertThat(actions(voided)).isEmpty();
        assertThat(draft().totals().total()).isEqualTo("100.00");
        assertThat(code(() -> voids.apply(voided(issued.id(), "pending")))).isEqualTo("invoice_action_not_available");
    }

    @Test
    void whatAVoidedInvoiceBilledIsDiscardedIfRequested() {
        InvoiceView issued = issued(draft());

        new VoidInvoice(access).apply(voided(issued.id(), "discard"));

        assertThat(code(() -> invoiced(false))).isEqualTo("invoice_create_no_lines");
    }

    @Test
    void anInvoiceIsVoidedAsAWhole() {
        String id = issued(draft()).id();
        var half = new VoidInvoice.Action(new BigDecimal("50"), new VoidInvoice.LineAction("discard"));
        var whole = new VoidInvoice.Action(new BigDecimal("100"), new VoidInvoice.LineAction("discard"));
        var voids = new VoidInvoice(access);

        assertThat(refusal(() -> voids.apply(new VoidInvoice.Input(id, half, "reason", null)))
                        .detail())
                .isEqualTo("action.percentage must be 100: 50");
        assertThat(refusal(() -> voids.apply(new VoidInvoice.Input(id, whole, null, null)))
                        .detail())
                .isEqualTo("reason is required");
        assertThat(refusal(() -> voids.apply(new VoidInvoice.Input(id, whole, "reason", List.of(Map.of()))))
                        .detail())
                .startsWith("overrides must be empty");
        assertThat(refusal(() -> voids.apply(voided(id, "forget"))).detail())
                .isEqualTo("action.action.type must be one of discard, pending: forget");
    }

    @ParameterizedTest
    @CsvSource({
        "paid, paid",
        "payment_failed, payment_processing.failed",
        "payment_uncollectible, uncollectible",
        "payment_overdue, overdue",
        "action_required, payment_processing.action_required",
        "void, voided"
    })
    void reportsOfPaymentsSetTheStatus(String trigger, String status) {
        String id = issued(draft()).id();
        var report = new UpdateInvoicePaymentStatus(access);

        report.accept(new UpdateInvoicePaymentStatus.Input(id, trigger));
        report.accept(new UpdateInvoicePaymentStatus.Input(id, trigger));

        assertThat(found(id).statusDetails().extendedStatus()).isEqualTo(status);
    }

    @Test
    void onlyIssuedInvoicesArePaid() {
        String id = draft().id();
        var report = new UpdateInvoicePaymentStatus(access);

        assertThat(code(() -> report.accept(new UpdateInvoicePaymentStatus.Input(id, "paid"))))
                .isEqualTo("invoice_action_not_available");
        assertThat(refusal(() -> report.accept(new UpdateInvoicePaymentStatus.Input(id, "lost")))
                        .detail())
                .startsWith("trigger must be one of action_required, paid,");
    }

    @Test
    void anUnpaidInvoiceBecomesOverdue() {
        InvoiceView issued = issued(draft());

        now = JANUARY.plus(Duration.ofDays(30)).plusSeconds(1);

        assertThat(issued.dueAt()).isEqualTo(JANUARY.plus(Duration.ofDays(30)));
        assertThat(found(issued.id()).status()).isEqualTo("overdue");
    }

    @Test
    void aDraftGetsTheTaxThatItsCustomerHasNow() {
        InvoiceView draft = draft();
        var tax = new TaxRate(TaxRate.Category.STANDARD, new BigDecimal("19.5"), null);
        ports.profiles.override(
                new CustomerOverride(SubscriptionExamples.ACME.id(), BillingProfile.INITIAL_ID, tax, now, now));
        var recalculate = new RecalculateInvoiceTax(access, profiles);
        var input = new RecalculateInvoiceTax.Input(draft.id());

        InvoiceView taxed = recalculate.apply(input);

        assertThat(draft.totals().taxesTotal()).isEqualTo("0.00");
        assertThat(taxed.totals().taxesExclusiveTotal()).isEqualTo("19.50");
        assertThat(taxed.totals().total()).isEqualTo("119.50");
        issued(taxed);
        assertThat(code(() -> recalculate.apply(input))).isEqualTo("invoice_cannot_be_edited");
    }

    @Test
    void pendingLinesAllowNoActionOfAnInvoice() {
        String id = created(pending(null, flat("1"), FEBRUARY)).invoice().id();

        assertThat(code(() -> issued(found(id)))).isEqualTo("invoice_action_not_available");
        assertThat(code(() -> new DeleteInvoice(access).accept(new DeleteInvoice.Input(id))))
                .isEqualTo("invoice_cannot_delete_gathering");
        assertThat(code(() -> update.apply(input(found(id), List.of())))).isEqualTo("invoice_cannot_be_edited");
    }

    @ParameterizedTest
    @CsvSource({"01ARZ3NDEKTSV4RRFFQ69G5FAV", "none", "'\0'"})
    void anUnknownInvoiceIsNotFound(String id) {
        assertThat(refusal(() -> found(id)).kind()).isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refusal(() -> new AdvanceInvoice(access).apply(new AdvanceInvoice.Input(id)))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
    }
}
