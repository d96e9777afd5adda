package dev.odometer.documents;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.Refusal.Violation;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The requirements of EN 16931 that exceed those of other invoices. */
final class UblRequirements {

    /** Amounts have at most two decimals (BR-DEC-*). */
    private static final int MAX_DECIMALS = 2;

    /** The published rules treat a lower rate as 0, and reject its tax (BR-CO-17). */
    private static final BigDecimal MIN_PERCENT = new BigDecimal("0.5");

    private static final String INVALID = "e_invoice_field_invalid";
    private static final String COUNTRY = "is a country that the code list of EN 16931 does not contain: ";

    /** Prefixes of VAT ids that are not country codes: Greece and Northern Ireland (BR-CO-09). */
    private static final Set<String> VAT_PREFIXES = Set.of("EL", "XI");

    /** Currencies of the JDK that are not in the code list of the standard (BR-CL-04). */
    private static final Set<String> UNKNOWN_CURRENCIES = Set.of("STN", "ZWL", "SLL", "ANG", "BGN", "HRK", "CUC");

    private final Invoice invoice;
    private final List<Violation> violations = new ArrayList<>();

    private UblRequirements(Invoice invoice) {
        this.invoice = invoice;
    }

    /** @throws Refusal CONFLICT that lists all missing and invalid fields */
    static void check(InvoiceDocument document) {
        var requirements = new UblRequirements(document.invoice());
        requirements.checkStatus();
        requirements.checkParties();
        requirements.checkRate();
        requirements.checkAmounts(document);
        List<Violation> violations = requirements.violations;
        if (!violations.isEmpty()) {
            throw Refusal.conflict(
                    violations.stream().map(Violation::message).collect(Collectors.joining("; ")), violations);
        }
    }

    private void checkStatus() {
        boolean isFinal = invoice.times().isIssued() && invoice.times().voidedAt() == null && invoice.number() != null;
        if (!isFinal) {
            add(
                    "$.status",
                    "invoice_has_no_e_invoice",
                    "only an issued invoice that is not voided has an e-invoice: " + invoice.id());
        }
        if (invoice.charged().isEmpty()) {
            missing("$.lines", "at least one line");
        }
    }

    private void checkParties() {
        Supplier supplier = invoice.parties().supplier();
        Customer customer = invoice.parties().customer();
        TaxRate.Category category = invoice.terms().tax().category();
        checkName("$.supplier.name", supplier.name());
        checkCountry("$.supplier.addresses[0].country", supplier.address());
        checkName("$.customer.name", customer.name());
        checkCountry("$.customer.addresses[0].country", customer.billingAddress());
        if (category == TaxRate.Category.NOT_SUBJECT) {
            // The standard forbids VAT ids here, and requires another identifier of the seller (BR-O-02, BR-CO-26).
            if (isBlank(supplier.key()) && isBlank(supplier.taxId())) {
                missing("$.supplier.key", "a key or a tax id of the supplier");
            }
            return;
        }
        checkVatId("$.supplier.taxId.code", supplier.taxId(), true);
        boolean isBuyerTaxed =
                category == TaxRate.Category.REVERSE_CHARGE || category == TaxRate.Category.INTRA_COMMUNITY;
        checkVatId("$.customer.taxId.code", customer.taxId(), isBuyerTaxed);
    }

    private void checkName(String field, String name) {
        if (isBlank(name)) {
            missing(field, "a name");
        }
    }

    private void checkCountry(String field, @Nullable Address address) {
        String country = address == null ? null : address.country();
        if (country == null) {
            missing(field, "a country");
        } else if (!isCountry(country)) {
            add(field, INVALID, field + " " + COUNTRY + country);
        }
    }

    private void checkVatId(String field, @Nullable String id, boolean isRequired) {
        if (id == null || isBlank(id)) {
            if (isRequired) {
                missing(field, "a VAT id");
            }
            return;
        }
        String prefix = id.substring(0, Math.min(2, id.length()));
        if (!isCountry(prefix) && !VAT_PREFIXES.contains(prefix)) {
            add(
                    field,
                    INVALID,
                    field + " must begin with the code of the country that issued it: " + Refusal.quote(id));
        }
    }

    private void checkRate() {
        BigDecimal percent = invoice.terms().tax().percent();
        if (percent.signum() > 0 && percent.compareTo(MIN_PERCENT) < 0) {
            add(
                    "$.tax.percent",
                    INVALID,
                    "$.tax.percent must be at least 0.5 for an e-invoice: " + percent.toPlainString());
        }
    }

    private void checkAmounts(InvoiceDocument document) {
        String currency = invoice.currency().getCurrencyCode();
        if (UNKNOWN_CURRENCIES.contains(currency)) {
            add("$.currency", INVALID, "$.currency is not in the code list of EN 16931: " + currency);
        }
        Stream.concat(
                        Stream.of(invoice.tax(), invoice.total()),
                        document.positions().stream()
                                .flatMap(one -> Stream.concat(
                                        Stream.of(one.net()),
                                        one.discounts().stream().map(part -> part.amount()))))
                .filter(amount -> !hasTwoDecimals(amount))
                .findFirst()
                .ifPresent(amount -> add(
                        "$.totals",
                        INVALID,
                        "amounts in an e-invoice have at most two decimals: "
                                + amount.amount().toPlainString() + " " + currency));
    }

    private static boolean hasTwoDecimals(Money money) {
        return money.isZero() || money.amount().stripTrailingZeros().scale() <= MAX_DECIMALS;
    }

    /** The codes of the JDK are those of ISO 3166-1. */
    private static boolean isCountry(String code) {
        return Countries.CODES.contains(code);
    }

    /** Loaded when the first e-invoice is written. */
    private static final class Countries {
        static final Set<String> CODES = Set.of(Locale.getISOCountries());
    }

    /** Blank as XPath defines it. */
    static boolean isBlank(@Nullable String text) {
        return text == null || text.chars().allMatch(c -> c == ' ' || c == '\t' || c == '\n' || c == '\r');
    }

    private void missing(String field, String what) {
        add(field, "e_invoice_field_missing", "an e-invoice needs " + what + ", but " + field + " is absent");
    }

    private void add(String field, String code, String message) {
        violations.add(new Violation(field, code, message));
    }
}
