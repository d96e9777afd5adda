package dev.odometer.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.documents.SampleInvoice;
import dev.odometer.documents.SampleLine;
import dev.odometer.documents.SamplePrices;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.money.Currencies;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EInvoiceTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final InvoiceLine CALLS = SampleLine.of("Calls", SamplePrices.graduated(), EUR, "1500");

    @ParameterizedTest
    @EnumSource(TaxRate.Category.class)
    void isValidInEveryTaxCategory(TaxRate.Category category) throws Exception {
        boolean isTaxed = category == TaxRate.Category.STANDARD;
        boolean hasReason = !isTaxed && category != TaxRate.Category.ZERO_RATED;
        var rate = new TaxRate(category, isTaxed ? BigDecimal.TEN : BigDecimal.ZERO, hasReason ? "By law" : null);
        byte[] ubl = SampleInvoice.of(CALLS).taxed(rate).document().ubl();

        assertThat(Validator.violations(ubl)).isEmpty();
        assertThat(ReadInvoice.of(ubl).text("cac:TaxTotal", "cac:TaxSubtotal", "cac:TaxCategory", "cbc:ID"))
                .isEqualTo(category.code());
    }

    @Test
    void aCreditNoteCreditsPositiveAmountsAndNamesTheInvoice() throws Exception {
        byte[] ubl = SampleInvoice.of(SampleLine.correction(CALLS, "700", "invoice-1"))
                .document()
                .ubl();
        ReadInvoice read = ReadInvoice.of(ubl);

        assertThat(Validator.violations(ubl)).isEmpty();
        assertThat(read.isCredit()).isTrue();
        assertThat(read.text("cbc:CreditNoteTypeCode")).isEqualTo("381");
        assertThat(read.text("cac:BillingReference", "cac:InvoiceDocumentReference", "cbc:ID"))
                .isEqualTo("INV-1");
        assertThat(read.amount("cac:LegalMonetaryTotal", "cbc:PayableAmount")).isEqualByComparingTo("23.80");
        assertThat(read.lines()).extracting(ReadInvoice.Line::net).allMatch(net -> net.signum() > 0);
    }

    @Test
    void anInvoiceMayHaveLinesThatCredit() throws Exception {
        byte[] ubl = SampleInvoice.of(CALLS, SampleLine.correction(CALLS, "700", "invoice-1"))
                .document()
                .ubl();
        ReadInvoice read = ReadInvoice.of(ubl);

        assertThat(Validator.violations(ubl)).isEmpty();
        assertThat(read.isCredit()).isFalse();
        assertThat(read.lines())
                .filteredOn(line -> line.net().signum() < 0)
                .isNotEmpty()
                .allMatch(line -> line.quantity().signum() < 0 && line.price().signum() > 0);
    }

    /** Otherwise the other tests could not fail. */
    @ParameterizedTest
    @CsvSource({
        "PayableAmount currencyID=\"EUR\">,PayableAmount currencyID=\"EUR\">1,BR-CO-16",
        "LineExtensionAmount currencyID=\"EUR\">5.00,LineExtensionAmount currencyID=\"EUR\">6.00,BR-CO-10",
        "<cbc:Percent>19,<cbc:Percent>50,BR-CO-17",
        "<cbc:IssueDate>,<cbc:IssueDay>,schema",
        "IdentificationCode>DE,IdentificationCode>XX,BR-CL-14"
    })
    void theRulesFindErrors(String from, String to, String rule) throws Exception {
        String valid = new String(SampleInvoice.of(CALLS).document().ubl(), StandardCharsets.UTF_8);
        String invalid = valid.replace(from, to)
                .replace("</cbc:IssueDate>", "</cbc:" + (rule.equals("schema") ? "IssueDay>" : "IssueDate>"));

        assertThat(invalid).isNotEqualTo(valid);
        assertThat(Validator.violations(invalid.getBytes(StandardCharsets.UTF_8)))
                .anyMatch(violation -> violation.startsWith(rule));
    }

    @Test
    void everyCountryIsInTheCodeList() {
        assertThat(Validator.codes("BR-CL-14")).contains("DE", "XI").containsAll(List.of(Locale.getISOCountries()));
    }

    @Test
    void currenciesThatAreNotInTheCodeListAreRefused() {
        var known = Validator.codes("BR-CL-04");
        var unknown = new TreeSet<String>();
        for (Currency currency : Currencies.all()) {
            var document = SampleInvoice.of(SampleLine.of("Fee", SamplePrices.fee("10"), currency, "1"))
                    .in(currency)
                    .document();
            Refusal refusal = catchThrowableOfType(Refusal.class, document::ubl);
            if (known.contains(currency.getCurrencyCode())) {
                assertThat(refusal).as(currency.getCurrencyCode()).isNull();
            } else {
                unknown.add(currency.getCurrencyCode());
                assertThat(refusal).hasMessageContaining("code list of EN 16931: " + currency);
            }
        }
        assertThat(unknown).hasSizeLessThan(10);
    }
}
