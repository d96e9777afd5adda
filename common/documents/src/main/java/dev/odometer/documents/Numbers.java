package dev.odometer.documents;

import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;

/** Numbers and dates as texts. */
final class Numbers {

    private static final int GROUP = 3;

    private Numbers() {}

    /** All digits, without trailing zeros. */
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** All digits, with commas between thousands. */
    static String grouped(BigDecimal number) {
        return grouped(plain(number));
    }

    static String grouped(Money money) {
        return grouped(money.amount().toPlainString());
    }

    /** All digits, at least as many decimals as the currency has. */
    static String price(BigDecimal unitPrice, Currency currency) {
        BigDecimal shortest = unitPrice.signum() == 0 ? BigDecimal.ZERO : unitPrice.stripTrailingZeros();
        int digits = Math.max(shortest.scale(), currency.getDefaultFractionDigits());
        return grouped(shortest.setScale(digits).toPlainString());
    }

    private static String grouped(String digits) {
        int start = digits.startsWith("-") ? 1 : 0;
        int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        var text = new StringBuilder(digits);
        for (int i = point - GROUP; i > start; i -= GROUP) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    /** The first and the last day of a period. */
    record Days(LocalDate first, LocalDate last) {}

    /** Such as 1 November 2026. The name of the month is not looked up, as loading the tables of a locale takes long. */
    static String words(LocalDate date) {
        String month = date.getMonth().name();
        return date.getDayOfMonth() + " " + month.charAt(0) + month.substring(1).toLowerCase(Locale.ROOT) + " "
                + date.getYear();
    }

    /** From the first to the last day of a period. */
    static String words(Days period) {
        LocalDate first = period.first();
        LocalDate last = period.last();
        if (first.equals(last)) {
            return words(first);
        }
        String end = words(last);
        if (first.getYear() != last.getYear()) {
            return words(first) + " – " + end;
        }
        String start = words(first);
        String withoutYear = start.substring(0, start.lastIndexOf(' '));
        return first.getMonth() == last.getMonth() ? first.getDayOfMonth() + "–" + end : withoutYear + " – " + end;
    }
}
