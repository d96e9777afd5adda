package dev.odometer.stripe;

import static dev.odometer.stripe.InvoiceExamples.each;
import static dev.odometer.stripe.InvoiceExamples.sent;
import static dev.odometer.stripe.InvoiceExamples.taxed;
import static dev.odometer.stripe.InvoiceExamples.withLines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.handoff.InvoiceCourier.Outcome;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import dev.odometer.metering.invoice.Invoice;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Stripe gets. */
class HandOverTest {

    private final HandOffFixture fixture = new HandOffFixture();
    private final Invoice invoice = fixture.issued.issued("10.00");

    @AfterEach
    void close() {
        fixture.close();
    }

    private void handOver(Invoice one) {
        assertThat(fixture.handOver(one)).returns(Result.DONE, Outcome::result).returns(null, Outcome::reason);
    }

    @Test
    void makesADraftThatStripeNeitherFillsNorFinalizes() {
        handOver(invoice);

        assertThat(fixture.posted("/v1/invoices"))
                .containsExactly(Map.ofEntries(
                        Map.entry("customer", "cus_acme"),
                        Map.entry("currency", "usd"),
                        Map.entry("auto_advance", "false"),
                        Map.entry("pending_invoice_items_behavior", "exclude"),
                        Map.entry("automatic_tax[enabled]", "false"),
                        Map.entry("discounts", ""),
                        Map.entry("description", "Invoice INV-1"),
                        Map.entry("custom_fields[0][name]", "Invoice number"),
                        Map.entry("custom_fields[0][value]", "INV-1"),
                        Map.entry("metadata[odometer_invoice]", invoice.id()),
                        Map.entry("metadata[odometer_number]", "INV-1"),
                        Map.entry("collection_method", "charge_automatically")));
        assertThat(fixture.posted("/v1/invoices/in_1/finalize")).containsExactly(Map.of("auto_advance", "true"));
    }

    @Test
    void makesAnItemOfEachCharge() {
        handOver(invoice);

        String item = invoice.lines().get(0).details().get(0).id();
        assertThat(fixture.posted("/v1/invoiceitems"))
                .containsExactly(Map.ofEntries(
                        Map.entry("customer", "cus_acme"),
                        Map.entry("invoice", "in_1"),
                        Map.entry("currency", "usd"),
                        Map.entry("amount", "1000"),
                        Map.entry("description", "Fee 1"),
                        Map.entry("discountable", "false"),
                        Map.entry("period[start]", "1767225600"),
                        Map.entry("period[end]", "1769904000"),
                        Map.entry("metadata[odometer_invoice]", invoice.id()),
                        Map.entry("metadata[odometer_item]", item),
                        Map.entry("metadata[odometer_line]", "fee-1@0")));
    }

    @Test
    void sendsAmountsNetOfDiscounts() {
        handOver(withLines(invoice, List.of(List.of("10.00-1.00", "5.00-0.50"), List.of("0.30"))));

        assertThat(fixture.amounts(fixture.invoice())).containsExactly(900L, 450L, 30L);
    }

    /** The mistake in flexprice issue 1240: the payment provider applies discounts of its own. */
    @Test
    void doesNotInheritADiscountOfTheCustomerInStripe() {
        fixture.stripe.account.coupons.put("cus_acme", 10);

        handOver(invoice);

        assertThat(fixture.stripe.account.total(fixture.invoice())).isEqualTo(1000);
    }

    @Test
    void leavesItemsThatWaitInStripeOut() {
        fixture.stripe.account.addItem("", Map.of("customer", "cus_acme", "amount", "777"));

        handOver(invoice);

        assertThat(fixture.stripe.account.total(fixture.invoice())).isEqualTo(1000);
    }

    @Test
    void sendsTaxAsTheLastItem() {
        handOver(taxed(withLines(invoice, each("10.00", "0.33")), "19"));

        assertThat(fixture.amounts(fixture.invoice())).containsExactly(1000L, 33L, 196L);
        assertThat(fixture.posted("/v1/invoiceitems").get(2))
                .containsEntry("description", "Tax 19 %")
                .containsEntry("metadata[odometer_item]", "tax");
    }

    @Test
    void creditsTheCustomerForACreditNote() {
        handOver(taxed(withLines(invoice, each("-10.00", "2.50")), "20"));

        assertThat(fixture.amounts(fixture.invoice())).containsExactly(-1000L, 250L, -150L);
        assertThat(fixture.invoice().status).isEqualTo("paid");
        assertThat(fixture.stripe.account.credit).containsEntry("cus_acme", 900L);
    }

    @Test
    void givesTheTermOfPaymentInDays() {
        handOver(sent(invoice));

        assertThat(fixture.posted("/v1/invoices").get(0))
                .containsEntry("collection_method", "send_invoice")
                .containsEntry("days_until_due", "30");
    }

    @Test
    void sendsNothingWhenNothingIsCharged() {
        handOver(withLines(invoice, each("0.00", "5.00-5.00")));

        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void sendsChargesThatAddUpToZero() {
        handOver(withLines(invoice, each("1.00", "-1.00")));

        assertThat(fixture.invoice().status).isEqualTo("paid");
    }

    @Test
    void summarizesByLineAboveTheLimitOfItems() {
        List<List<String>> lines = Collections.nCopies(126, List.of("0.01", "0.02"));

        handOver(withLines(invoice, lines));

        assertThat(fixture.amounts(fixture.invoice())).hasSize(126).containsOnly(3L);
    }

    @Test
    void summarizesTheLinesBeyondTheLimit() {
        List<List<String>> lines = Collections.nCopies(260, List.of("1.00"));

        handOver(taxed(withLines(invoice, lines), "10"));

        List<Long> amounts = fixture.amounts(fixture.invoice());
        assertThat(amounts).hasSize(250);
        assertThat(amounts.subList(0, 248)).containsOnly(100L);
        assertThat(amounts.subList(248, 250)).containsExactly(1200L, 2600L);
        assertThat(fixture.posted("/v1/invoiceitems").get(248)).containsEntry("description", "12 more lines of INV-1");
    }

    @Test
    void sendsAsManyItemsAsStripeAccepts() {
        handOver(withLines(invoice, Collections.nCopies(125, List.of("1.00", "2.00"))));

        assertThat(fixture.amounts(fixture.invoice())).hasSize(250);
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 12.34, 1234",
        "JPY, 500, 500",
        "KWD, 5.120, 5120",
        "ISK, 5, 500",
        "UGX, 7, 700",
        "MGA, 5.00, 5",
        "HUF, 10.45, 1045",
        "CLP, 3, 3"
    })
    void usesTheUnitsOfStripe(String currency, String amount, long units) {
        handOver(withLines(invoice, Currency.getInstance(currency), each(amount)));

        assertThat(fixture.amounts(fixture.invoice())).containsExactly(units);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "MGA; 5.20; Stripe accepts no decimals for MGA: 5.20",
                "KWD; 5.124; Stripe accepts KWD only with 0 as the third decimal: 5.124",
                "IQD; 5.120; Stripe does not support the currency IQD"
            })
    void refusesAmountsThatStripeCannotTake(String currency, String amount, String reason) {
        Outcome outcome = fixture.handOver(withLines(invoice, Currency.getInstance(currency), each(amount)));

        assertThat(outcome).returns(Result.GIVE_UP, Outcome::result).returns(reason, Outcome::reason);
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void authenticatesAndSendsKeysWithWhatChangesSomething() {
        handOver(invoice);

        assertThat(fixture.stripe.received)
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEqualTo("Bearer sk_test_fake"));
        assertThat(fixture.stripe.received)
                .allSatisfy(
                        request -> assertThat(request.header("Stripe-version")).isEqualTo("2025-03-31.basil"));
        assertThat(fixture.stripe.received)
                .filteredOn(request -> request.method().equals("POST"))
                .extracting(request -> request.header("Idempotency-key"))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).matches("odometer-[0-9a-f]{64}"));
        assertThat(fixture.stripe.received)
                .filteredOn(request -> request.method().equals("GET"))
                .allSatisfy(
                        request -> assertThat(request.header("Idempotency-key")).isNull());
    }
}
