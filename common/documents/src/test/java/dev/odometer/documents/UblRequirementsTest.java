package dev.odometer.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.Refusal.Violation;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.TaxRate.Category;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UblRequirementsTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final SampleInvoice INVOICE =
            SampleInvoice.of(SampleLine.of("Fee", SamplePrices.fee("49"), EUR, "1"));

    private static Refusal refusal(SampleInvoice invoice) {
        InvoiceDocument document = invoice.document();
        return Objects.requireNonNull(catchThrowableOfType(Refusal.class, document::ubl));
    }

    private static Supplier supplier(@Nullable String key, @Nullable String taxId, @Nullable String country) {
        return new Supplier(
                key,
                "Seller",
                taxId,
                country == null ? null : new Address(country, null, null, null, null, null, null));
    }

    private static Address in(String country) {
        return new Address(country, null, null, null, null, null, null);
    }

    private static TaxRate rate(Category category) {
        return new TaxRate(category, BigDecimal.ZERO, category == Category.ZERO_RATED ? null : "Reason");
    }

    static Stream<Arguments> incomplete() {
        return Stream.of(
                Arguments.of(INVOICE.from(supplier("k", null, "DE")), "$.supplier.taxId.code"),
                Arguments.of(INVOICE.from(supplier("k", "123456789", "DE")), "$.supplier.taxId.code"),
                Arguments.of(INVOICE.from(supplier("k", " ", "DE")), "$.supplier.taxId.code"),
                Arguments.of(INVOICE.from(supplier("k", "DE1", null)), "$.supplier.addresses[0].country"),
                Arguments.of(INVOICE.from(supplier("k", "DE1", "XX")), "$.supplier.addresses[0].country"),
                Arguments.of(
                        INVOICE.from(supplier(null, null, "DE")).taxed(rate(Category.NOT_SUBJECT)), "$.supplier.key"),
                Arguments.of(INVOICE.to(SampleInvoice.customer("Acme", null, null)), "$.customer.addresses[0].country"),
                Arguments.of(INVOICE.to(SampleInvoice.customer(" \t", null, in("FR"))), "$.customer.name"),
                Arguments.of(INVOICE.to(SampleInvoice.customer("Acme", "x", in("FR"))), "$.customer.taxId.code"),
                Arguments.of(
                        INVOICE.to(SampleInvoice.customer("Acme", null, in("FR")))
                                .taxed(rate(Category.REVERSE_CHARGE)),
                        "$.customer.taxId.code"),
                Arguments.of(
                        INVOICE.to(SampleInvoice.customer("Acme", null, in("FR")))
                                .taxed(rate(Category.INTRA_COMMUNITY)),
                        "$.customer.taxId.code"),
                Arguments.of(INVOICE.draft(), "$.status"),
                Arguments.of(INVOICE.voided(), "$.status"),
                Arguments.of(
                        INVOICE.taxed(new TaxRate(Category.STANDARD, new BigDecimal("0.4999"), null)),
                        "$.tax.percent"));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void namesTheFieldThatIsMissingOrInvalid(SampleInvoice invoice, String field) {
        Refusal refusal = refusal(invoice);

        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT);
        assertThat(refusal.violations()).extracting(Violation::field).containsExactly(field);
    }

    @Test
    void namesAllFieldsAtOnce() {
        Refusal refusal = refusal(
                INVOICE.draft().from(supplier(null, null, null)).to(SampleInvoice.customer("Acme", null, null)));

        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactly(
                        "$.status",
                        "$.supplier.addresses[0].country",
                        "$.customer.addresses[0].country",
                        "$.supplier.taxId.code");
        assertThat(refusal).hasMessageContaining("needs a VAT id, but $.supplier.taxId.code is absent");
    }

    @Test
    void refusesAmountsWithMoreThanTwoDecimals() {
        Currency dinar = Currency.getInstance("KWD");
        SampleInvoice odd = SampleInvoice.of(SampleLine.of("Fee", SamplePrices.fee("1.234"), dinar, "1"))
                .in(dinar)
                .taxed(rate(Category.ZERO_RATED));
        SampleInvoice even = SampleInvoice.of(SampleLine.of("Fee", SamplePrices.fee("1.230"), dinar, "1"))
                .in(dinar)
                .taxed(rate(Category.ZERO_RATED));

        assertThat(refusal(odd)).hasMessageContaining("at most two decimals: 1.234 KWD");
        assertThat(new String(even.document().ubl(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("<cbc:PayableAmount currencyID=\"KWD\">1.23</cbc:PayableAmount>");
    }

    @Test
    void acceptsVatIdsOfGreeceAndNorthernIreland() {
        for (String id : List.of("EL123456789", "XI123456789", "FR40303265045")) {
            SampleInvoice invoice = INVOICE.to(SampleInvoice.customer("Acme", id, in("GR")));

            assertThat(invoice.document().ubl()).isNotEmpty();
        }
    }
}
