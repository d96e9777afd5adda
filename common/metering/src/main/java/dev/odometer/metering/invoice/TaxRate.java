package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.resource.Text;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tax on all lines of an invoice. The operator sets it; Odometer does not determine rates.
 *
 * @param category as in EN 16931, BT-151
 * @param percent above 0 and at most 100 for the category standard, 0 for all others; at most 4 decimals. 20 means 20 %
 * @param exemptionReason printed on the invoice, 1 to 256 characters; absent for standard and zero-rated, required for
 *     all others
 */
public record TaxRate(
        Category category, BigDecimal percent, @Nullable String exemptionReason) {

    private static final BigDecimal MAX_PERCENT = BigDecimal.valueOf(100);
    private static final int MAX_DIGITS = 4;
    private static final int MAX_REASON_LENGTH = 256;

    /** No tax is charged, because the supplier is not subject to it. */
    public static final TaxRate NONE = new TaxRate(Category.NOT_SUBJECT, BigDecimal.ZERO, "Not subject to VAT");

    /** The tax categories of EN 16931 with their codes in UNTDID 5305. */
    public enum Category {
        STANDARD("S"),
        ZERO_RATED("Z"),
        EXEMPT("E"),
        REVERSE_CHARGE("AE"),
        INTRA_COMMUNITY("K"),
        EXPORT("G"),
        NOT_SUBJECT("O");

        /** By name in the API. */
        public static final Map<String, Category> BY_NAME =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(Category::wireName, one -> one));

        private final String code;

        Category(String code) {
            this.code = code;
        }

        /** The code in UNTDID 5305. */
        public String code() {
            return code;
        }

        /** The name in the API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws Refusal when the fields do not fit together */
    public TaxRate {
        boolean isStandard = category == Category.STANDARD;
        if (percent.signum() < 0 || percent.compareTo(MAX_PERCENT) > 0 || percent.scale() > MAX_DIGITS) {
            throw Refusal.invalid("tax.percent must be from 0 to 100, with at most " + MAX_DIGITS + " decimals: "
                    + Refusal.quote(percent.toString()));
        }
        if (isStandard != (percent.signum() > 0)) {
            throw Refusal.invalid("tax.percent must be above 0 for the category standard, and 0 for the others: "
                    + category.wireName() + ", " + percent);
        }
        boolean needsReason = !isStandard && category != Category.ZERO_RATED;
        if (needsReason && exemptionReason == null) {
            throw Refusal.invalid("tax.exemptionReason is required for the category " + category.wireName());
        }
        if (!needsReason && exemptionReason != null) {
            throw Refusal.invalid("tax.exemptionReason must be absent for the category " + category.wireName());
        }
        if (exemptionReason != null) {
            Text.checked("tax.exemptionReason", exemptionReason, MAX_REASON_LENGTH);
        }
    }

    /** The tax on a net amount, rounded once. */
    Money on(Money net) {
        return net.percent(percent);
    }
}
