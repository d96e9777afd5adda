package dev.odometer.metering.invoice;

import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What remains to be charged for an item of which an operator discarded lines: removed a line, deleted a draft, or
 * voided an invoice for good.
 *
 * <p>Each line moves the settled amount of its item from one amount to another. A discarded charge waives the amounts in
 * between, so the customer owes nothing for them and keeps no credit for them. A discarded credit keeps them charged.
 * The next line charges or credits the difference to what is charged, so the sum does not depend on when a line was
 * discarded, before or after its corrections.
 *
 * @param lines that count as billed, in the order of their revisions, at least one
 */
record Discards(List<InvoiceLine> lines) {

    /** Amounts of an item, from the first unit on. */
    private record Span(Money from, Money to) {

        boolean contains(Money start, Money end) {
            return from.compareTo(start) <= 0 && to.compareTo(end) >= 0;
        }
    }

    /** Whether a line was discarded. The first line must not be discounted by a user: see {@link Credit}. */
    static boolean applyTo(List<InvoiceLine> lines) {
        return lines.stream().anyMatch(InvoiceLine::isDeleted)
                && (lines.get(0).isDeleted() || !lines.get(0).isChargedOtherwise());
    }

    /** @param owed for the item from the start of its period, without regard to discarded lines */
    RatedLine remaining(RatedLine owed) {
        List<RatedLine> charged = lines.stream()
                .filter(line -> !line.isDeleted())
                .map(InvoiceLine::rated)
                .toList();
        return Rating.remaining(due(owed, due(owed.total())), charged);
    }

    private RatedLine due(RatedLine owed, Money total) {
        if (total.isZero()) {
            return owed.uncharged();
        }
        List<RatedLine> discarded = lines.stream()
                .filter(InvoiceLine::isDeleted)
                .map(line -> line.stored().owed())
                .toList();
        RatedLine rest = Rating.remaining(owed, discarded);
        if (rest.total().equals(total)) {
            return rest;
        }
        if (owed.total().compareTo(total) >= 0) {
            return Rating.limited(owed, total);
        }
        List<RatedLine> credits =
                discarded.stream().filter(line -> line.total().signum() < 0).toList();
        return Rating.limited(Rating.remaining(owed, credits), total);
    }

    /** The amount that the charged lines should add up to; not negative. */
    private Money due(Money owed) {
        Money zero = Money.zero(owed.currency());
        var waived = new ArrayList<Span>();
        var charged = new ArrayList<Span>(List.of(new Span(zero, owed)));
        Money settled = zero;
        for (int i = 0; i < lines.size(); i++) {
            InvoiceLine line = lines.get(i);
            Money before = settled;
            Money change = line.stored().owed().total();
            settled = settled.plus(change);
            if (!line.isDeleted()) {
                continue;
            }
            if (change.signum() < 0) {
                charged.add(new Span(settled, before));
            } else {
                // A later line charges less than it settles where amounts were waived before; a first one is
                // discounted.
                Money part = i == 0 ? change : change.min(line.rated().total().max(zero));
                waived.add(new Span(settled.minus(part), settled));
            }
        }
        return size(charged, waived, zero);
    }

    /** The size of the first spans without the others, above zero. */
    private static Money size(List<Span> spans, List<Span> without, Money zero) {
        var bounds = new TreeSet<Money>(List.of(zero));
        List.of(spans, without)
                .forEach(some -> some.forEach(span -> {
                    bounds.add(span.from.max(zero));
                    bounds.add(span.to.max(zero));
                }));
        Money size = zero;
        Money start = zero;
        for (Money end : bounds) {
            Money from = start;
            boolean isIn = spans.stream().anyMatch(span -> span.contains(from, end));
            if (isIn && without.stream().noneMatch(span -> span.contains(from, end))) {
                size = size.plus(end.minus(from));
            }
            start = end;
        }
        return size;
    }
}
