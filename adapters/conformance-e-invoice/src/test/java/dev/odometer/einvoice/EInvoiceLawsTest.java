package dev.odometer.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.documents.InvoiceDocument;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every invoice with the required data is a valid e-invoice, whose lines and sums add up. */
class EInvoiceLawsTest {

    @Property(tries = 250)
    void everyInvoiceIsValid(@ForAll long seed) throws Exception {
        InvoiceDocument document = new RandomInvoices(seed).next().document();
        if (hasThirdDecimals(document.invoice())) {
            Refusal refused = catchThrowableOfType(Refusal.class, document::ubl);
            assertThat(refused).hasMessageContaining("at most two decimals");
            return;
        }
        byte[] ubl = document.ubl();

        assertThat(Validator.violations(ubl)).isEmpty();
        assertAddsUp(ReadInvoice.of(ubl), document.invoice());
    }

    private static boolean hasThirdDecimals(Invoice invoice) {
        return Stream.concat(
                        Stream.of(invoice.tax(), invoice.total()),
                        invoice.charged().stream()
                                .flatMap(line -> line.details().stream())
                                .flatMap(detail -> Stream.of(
                                        detail.charge().total(),
                                        detail.charge().percentageDiscount(),
                                        detail.charge().maximumDiscount())))
                .map(Money::amount)
                .anyMatch(amount -> amount.remainder(new BigDecimal("0.01")).signum() != 0);
    }

    private static void assertAddsUp(ReadInvoice read, Invoice invoice) {
        Currency currency = invoice.currency();
        int digits = currency.getDefaultFractionDigits();
        BigDecimal sign = BigDecimal.valueOf(read.isCredit() ? -1 : 1);
        BigDecimal sum = BigDecimal.ZERO;
        for (ReadInvoice.Line line : read.lines()) {
            BigDecimal product = line.quantity().multiply(line.price()).setScale(digits, RoundingMode.HALF_UP);
            assertThat(line.net()).isEqualByComparingTo(product.subtract(line.reduced()));
            assertThat(line.price()).isNotNegative();
            assertThat(line.parts()).allMatch(part -> part.signum() >= 0);
            sum = sum.add(line.net());
        }
        BigDecimal net = invoice.net().total().amount().multiply(sign);
        BigDecimal tax = invoice.tax().amount().multiply(sign);
        assertThat(sum).isEqualByComparingTo(net).isNotNegative();
        assertThat(read.amount("cac:LegalMonetaryTotal", "cbc:LineExtensionAmount"))
                .isEqualByComparingTo(net);
        assertThat(read.amount("cac:TaxTotal", "cbc:TaxAmount")).isEqualByComparingTo(tax);
        assertThat(read.amount("cac:TaxTotal", "cac:TaxSubtotal", "cbc:TaxableAmount"))
                .isEqualByComparingTo(net);
        assertThat(read.amount("cac:LegalMonetaryTotal", "cbc:PayableAmount")).isEqualByComparingTo(net.add(tax));
        assertThat(read.emptyElements()).isEmpty();
        assertThat(read.has("cac:BillingReference")).isEqualTo(read.isCredit() || isCorrecting(invoice));
    }

    private static boolean isCorrecting(Invoice invoice) {
        return invoice.lines().stream().anyMatch(line -> line.stored().corrects() != null);
    }
}
