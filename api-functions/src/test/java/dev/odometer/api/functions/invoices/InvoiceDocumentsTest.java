package dev.odometer.api.functions.invoices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.Refusal.Violation;
import dev.odometer.functions.route.Represented;
import dev.odometer.functions.route.Tabular;
import dev.odometer.views.InvoiceView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvoiceDocumentsTest extends InvoicesFixture {

    @BeforeEach
    void subscribe() {
        subscribed();
    }

    private Represented<InvoiceView> invoice(String id) {
        return get.apply(new GetInvoice.Input(id, null, null));
    }

    private String page(String id) {
        return new String(invoice(id).document("text/html").content(), StandardCharsets.UTF_8);
    }

    private List<List<String>> rows(String id) {
        return ((Tabular) invoice(id)).cells();
    }

    private Refusal withoutUbl(String id) {
        Represented<InvoiceView> invoice = invoice(id);
        return Objects.requireNonNull(catchThrowableOfType(Refusal.class, () -> invoice.document("application/xml")));
    }

    @Test
    void aDraftIsMarked() {
        InvoiceView draft = draft();

        assertThat(page(draft.id())).contains("DRAFT-" + draft.id(), "This is a draft.", "100.00");
        assertThat(rows(draft.id()))
                .hasSize(1)
                .first()
                .asInstanceOf(LIST)
                .contains("DRAFT-" + draft.id(), "100.00", "USD");
        assertThat(withoutUbl(draft.id()).violations())
                .extracting(Violation::field)
                .contains("$.status");
    }

    @Test
    void anEInvoiceNeedsTheAddressesOfBothParties() {
        InvoiceView issued = issued(draft());

        assertThat(page(issued.id())).contains("INV-1").doesNotContain("This is a draft.");
        assertThat(withoutUbl(issued.id()).violations())
                .extracting(Violation::field)
                .containsExactly(
                        "$.supplier.addresses[0].country", "$.customer.addresses[0].country", "$.supplier.key");
    }

    @Test
    void aCorrectionNamesTheInvoiceThatItCorrects() {
        use("2026-01-05T00:00:00Z", "30");
        now = FEBRUARY.plus(Duration.ofHours(2));
        InvoiceView first = issued(draft());
        use("2026-01-06T00:00:00Z", "-10");
        now = now.plus(Duration.ofDays(2));
        InvoiceView second = issued(draft());

        assertThat(first.number()).isEqualTo("INV-1");
        assertThat(page(second.id()))
                .contains("Credit note", "Corrects", "INV-1 of 1 February 2026", "correction of INV-1", "USD 1.00");
        assertThat(rows(second.id()))
                .hasSize(1)
                .first()
                .asInstanceOf(LIST)
                .contains("credit_note", "-10", "0.1", "-1.00");
    }

    @Test
    void whatWaitsForAnInvoiceIsShownLikeADraft() {
        var created = created(pending(null, flat("7"), FEBRUARY));

        assertThat(page(created.invoice().id()))
                .contains("GATHER-" + created.invoice().id(), "This is a draft.", "7.00");
    }
}
