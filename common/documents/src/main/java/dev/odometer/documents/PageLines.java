package dev.odometer.documents;

import dev.odometer.documents.Markup.Attribute;
import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Charge;
import dev.odometer.metering.pricing.Charge.Kind;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.Tier;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of lines on a page. A line with one charge is one row. One with several, or with discounts or free units,
 * has a row for each, whose amounts add up to that of the line. Quantities and unit prices have all their digits.
 */
final class PageLines {

    /** The number of charges of a line that are kept on one page of paper. */
    private static final int MAX_TOGETHER = 12;

    private final InvoiceDocument document;
    private final Markup html;
    private final Window whole;

    PageLines(InvoiceDocument document, Markup html) {
        this.document = document;
        this.html = html;
        this.whole = document.period();
    }

    void write() {
        html.in("table", Attribute.style("lines"), () -> {
            html.in(
                    "thead",
                    () -> html.in("tr", () -> {
                        html.leaf("th", "Description");
                        heading("Quantity");
                        heading("Unit price");
                        heading("Charge");
                        heading("Amount (" + document.invoice().currency().getCurrencyCode() + ")");
                    }));
            document.invoice()
                    .charged()
                    .forEach(line -> html.in(
                            "tbody",
                            Attribute.style(line.details().size() > MAX_TOGETHER ? "long" : "short"),
                            () -> write(line)));
        });
    }

    private void heading(String text) {
        html.leaf("th", Attribute.style("figure"), text);
    }

    private void write(InvoiceLine line) {
        List<DetailedLine> details = line.details();
        String free = Position.freeUnits(line);
        boolean isSimple = free == null
                && details.size() <= 1
                && details.stream().allMatch(one -> one.discounts().isEmpty());
        DetailedLine only = isSimple && !details.isEmpty() ? details.get(0) : null;
        html.in("tr", Attribute.style(isSimple ? "line" : "line group"), () -> {
            html.in("td", () -> describe(line));
            figure(only != null ? quantity(only) : details.isEmpty() ? metered(line) : "");
            figure(only == null ? "" : unitPrice(only));
            figure("");
            figure(amount(line.rated().total()));
        });
        if (free != null) {
            part(free, "", "", "");
        }
        if (!isSimple) {
            details.forEach(detail -> write(line, detail));
        }
    }

    private static String metered(InvoiceLine line) {
        return Numbers.grouped(line.rated().metered().quantity());
    }

    private void describe(InvoiceLine line) {
        html.in(
                "div",
                Attribute.style("name"),
                () -> html.leaf("bdi", line.wording().name()));
        String description = line.wording().description();
        if (description != null && !description.isBlank()) {
            html.in("div", Attribute.style("small"), () -> html.leaf("bdi", description));
        }
        Window period = line.item().period();
        if (!period.equals(whole)) {
            html.leaf("div", Attribute.style("small"), Numbers.words(document.days(period)));
        }
    }

    private void write(InvoiceLine line, DetailedLine detail) {
        part(
                name(line, detail),
                quantity(detail),
                unitPrice(detail),
                amount(detail.charge().amount()));
        detail.discounts()
                .forEach(discount -> part(
                        Position.nameOf(line, discount),
                        "",
                        "",
                        amount(discount.amount().negated())));
    }

    private void part(String name, String quantity, String unitPrice, String charge) {
        html.in("tr", Attribute.style("part"), () -> {
            html.in("td", () -> html.leaf("bdi", name));
            figure(quantity);
            figure(unitPrice);
            figure(charge);
            figure("");
        });
    }

    /** The name of the charge without the name of the line, and with the bounds of a tier. */
    private static String name(InvoiceLine line, DetailedLine detail) {
        String name = line.nameOf(detail);
        String prefix = line.wording().name() + ": ";
        String part = name.startsWith(prefix) ? name.substring(prefix.length()) : "fee";
        String bounds = bounds(line.item().pricing(), detail.charge().charge());
        return Character.toUpperCase(part.charAt(0)) + part.substring(1) + (bounds == null ? "" : " (" + bounds + ")");
    }

    private static @Nullable String bounds(@Nullable Pricing pricing, Charge charge) {
        Price price = pricing == null ? null : pricing.price();
        List<Tier> tiers = price instanceof Price.Graduated graduated
                ? graduated.tiers()
                : price instanceof Price.Volume volume ? volume.tiers() : List.of();
        if (charge.tier() < 1 || charge.tier() > tiers.size()) {
            return null;
        }
        BigDecimal above =
                charge.tier() == 1 ? null : tiers.get(charge.tier() - 2).upTo();
        BigDecimal upTo = tiers.get(charge.tier() - 1).upTo();
        if (above == null) {
            return upTo == null ? null : "up to " + Numbers.grouped(upTo);
        }
        return "above " + Numbers.grouped(above) + (upTo == null ? "" : " up to " + Numbers.grouped(upTo));
    }

    /** The metered value of a dynamic price is an amount of money, so the quantity of the charge is 1. */
    private static boolean isDynamic(DetailedLine detail) {
        return detail.charge().charge().kind() == Kind.DYNAMIC;
    }

    private String quantity(DetailedLine detail) {
        Charge charge = detail.charge().charge();
        BigDecimal quantity = isDynamic(detail) ? BigDecimal.ONE : charge.quantity();
        return Numbers.grouped(document.isCredit() && !isDynamic(detail) ? quantity.negate() : quantity);
    }

    private String unitPrice(DetailedLine detail) {
        return isDynamic(detail)
                ? amount(detail.charge().amount())
                : Numbers.price(
                        detail.charge().charge().unitPrice(), document.invoice().currency());
    }

    private String amount(Money money) {
        return Numbers.grouped(document.shown(money));
    }

    private void figure(String text) {
        html.leaf("td", Attribute.style("figure"), text);
    }
}
