package dev.odometer.api.functions.invoices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOffs.Due;
import dev.odometer.metering.handoff.HandOffs.Next;
import dev.odometer.views.InvoiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an invoice shows of its way to the payment provider. */
class RetryInvoiceTest extends InvoicesFixture {

    private static final HandOff.ExternalIds IDS = new HandOff.ExternalIds("in_1", Map.of("a", "ii_1"));

    private InvoiceView issued() {
        subscribed();
        return issued(draft());
    }

    private Due attempted(HandOff.State state, @Nullable Instant at, @Nullable String reason) {
        handOffs.register(Instant.EPOCH, now);
        Due due = handOffs.take(now, Duration.ofMinutes(5), 1).get(0);
        handOffs.settle(due, new Next(state, at, reason, true, false, IDS));
        return due;
    }

    private InvoiceView retry(InvoiceView invoice) {
        return new RetryInvoice(access).apply(new RetryInvoice.Input(invoice.id()));
    }

    @Test
    void showsNothingWithoutAHandOff() {
        InvoiceView invoice = issued();

        assertThat(found(invoice.id()))
                .returns(null, InvoiceView::validationIssues)
                .returns(null, InvoiceView::externalIds);
        assertThatThrownBy(() -> retry(invoice))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("action retry is not available in status issued");
    }

    @Test
    void showsTheIdAtTheProvider() {
        InvoiceView invoice = issued();
        attempted(HandOff.State.DONE, null, null);

        assertThat(found(invoice.id()))
                .returns(null, InvoiceView::validationIssues)
                .returns(new InvoiceView.ExternalIds("in_1"), InvoiceView::externalIds);
        assertThatThrownBy(() -> retry(invoice)).isInstanceOf(Refusal.class);
    }

    @Test
    void showsWhyItWaits() {
        InvoiceView invoice = issued();
        attempted(HandOff.State.WAITING, now, "the customer has no metadata stripeCustomerId");

        var issue = new InvoiceView.ValidationIssue(
                "warning", "hand_off_waiting", "hand_off", "the customer has no metadata stripeCustomerId");
        assertThat(found(invoice.id()).validationIssues()).containsExactly(issue);
        assertThat(list.apply(listed()).items().get(0).validationIssues()).containsExactly(issue);
        assertThat(found(invoice.id()).statusDetails().failed()).isFalse();
    }

    private static ListInvoices.Input listed() {
        return new ListInvoices.Input(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Test
    void repeatsAHandOffThatFailed() {
        InvoiceView invoice = issued();
        attempted(HandOff.State.FAILED, null, "given up after 10 attempts: no answer");

        InvoiceView failed = found(invoice.id());
        assertThat(failed.statusDetails().failed()).isTrue();
        assertThat(failed.statusDetails().availableActions()).containsEntry("retry", new InvoiceView.Action("issued"));
        assertThat(failed.validationIssues())
                .containsExactly(new InvoiceView.ValidationIssue(
                        "critical", "hand_off_failed", "hand_off", "given up after 10 attempts: no answer"));
        InvoiceView retried = retry(invoice);

        assertThat(retried).returns(null, InvoiceView::validationIssues);
        assertThat(retried.statusDetails().availableActions()).doesNotContainKey("retry");
        assertThat(handOffs.take(now, Duration.ofMinutes(5), 1))
                .extracting(due -> due.handOff().invoiceId())
                .isEqualTo(List.of(invoice.id()));
    }
}
