package dev.odometer.views;

import static dev.odometer.metering.notification.AlertExamples.NOW;
import static dev.odometer.views.PayloadViewsTest.ACME;
import static dev.odometer.views.PayloadViewsTest.assertHas;
import static dev.odometer.views.PayloadViewsTest.at;
import static dev.odometer.views.PayloadViewsTest.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.odometer.door.event.EventDocuments;
import dev.odometer.door.json.Json;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceExamples;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.RuleCondition.OfInvoices.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvoicePayloadsTest {

    /** The required fields of Invoice and InvoiceStatusDetails, see {@link PayloadViewsTest}. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "",
            List.of("id", "type", "timestamp", "data"),
            "data",
            List.of(
                    "id",
                    "type",
                    "supplier",
                    "customer",
                    "number",
                    "currency",
                    "status",
                    "statusDetails",
                    "createdAt",
                    "updatedAt",
                    "totals",
                    "workflow",
                    "lines"),
            "data.statusDetails",
            List.of("immutable", "failed", "extendedStatus", "availableActions"));

    private static Alert invoice(Change change, Invoice invoice) {
        var condition = new RuleCondition.OfInvoices(change);
        return new Alert.OfInvoice(Examples.rule(2, condition, Examples.id(1)), condition, invoice);
    }

    private static Alert created(Invoice invoice) {
        return invoice(Change.CREATED, invoice);
    }

    private static Alert updated(Invoice invoice) {
        return invoice(Change.UPDATED, invoice);
    }

    private static Invoice draft(int lines) {
        return InvoiceExamples.draft(Examples.id(8), ACME, lines);
    }

    private static @Nullable Object lines(Invoice invoice) {
        return at(payload(updated(invoice)), "data.lines");
    }

    @Test
    void haveTheRequiredFieldsOfAnInvoice() {
        Map<String, @Nullable Object> created = payload(created(draft(1)));
        Map<String, @Nullable Object> issued = payload(updated(draft(1).issued(7, NOW)));

        assertThat(created).containsEntry("type", "invoice.created");
        assertHas(created, REQUIRED);
        assertThat(at(created, "data.statusDetails.extendedStatus")).isEqualTo("draft.waiting_for_collection");
        assertThat(issued).containsEntry("type", "invoice.updated");
        assertHas(issued, REQUIRED);
        assertThat(at(issued, "data.number")).isEqualTo("INV-7");
    }

    @Test
    void areAnInvoiceAsTheApiShowsIt() {
        Invoice issued = draft(3).issued(7, NOW);

        assertThat(at(payload(updated(issued)), "data"))
                .isEqualTo(new EventDocuments(new Json())
                        .tree(InvoiceView.of(issued, new InvoiceView.Shown(NOW, true, false, true))));
    }

    @Test
    void haveAllLinesOfAnInvoiceOrNone() {
        assertThat(lines(draft(100))).asInstanceOf(LIST).hasSize(100);
        assertThat(lines(draft(500))).isNull();
        assertThat(lines(draft(1000))).isNull();
        assertThat(lines(InvoiceExamples.described(draft(100), "é".repeat(100))))
                .asInstanceOf(LIST)
                .hasSize(100);
        assertThat(lines(InvoiceExamples.described(draft(100), "\u20ac".repeat(1024))))
                .isNull();
    }

    /** So the lines of a larger invoice need not be written to know their size. */
    @Test
    void areTooLargeWithAThousandLinesAndCharges() {
        PayloadView view = PayloadView.of("", NOW, updated(draft(500)), true);

        assertThat(new EventDocuments(new Json()).write(view).length).isGreaterThan(PayloadViews.MAX_BYTES_WITH_LINES);
    }

    @Test
    void markTestNotifications() {
        assertThat(at(payload(new Alert.Sample(created(draft(1)))), "data.test"))
                .isEqualTo(true);
    }
}
