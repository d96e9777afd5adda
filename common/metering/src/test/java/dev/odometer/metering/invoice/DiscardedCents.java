package dev.odometer.metering.invoice;

import dev.odometer.metering.invoice.Account.Billed;
import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An oracle of {@link Discards}: follows every cent of an item. */
final class DiscardedCents {

    private DiscardedCents() {}

    /** What is owed for each item, less what its discarded lines waive. */
    static Map<String, Money> owed(Map<String, Money> items, List<Billed> billed) {
        var owed = new HashMap<>(items);
        Map<String, List<InvoiceLine>> lines = billed.stream()
                .map(Billed::line)
                .collect(Collectors.groupingBy(line -> line.stored().key()));
        lines.forEach((key, some) -> {
            if (some.stream().anyMatch(InvoiceLine::isDeleted)) {
                Money zero = Money.zero(some.get(0).rated().currency());
                long cents = of(some, cents(owed.getOrDefault(key, zero)));
                owed.put(key, new Money(BigDecimal.valueOf(cents, 2), zero.currency()));
            }
        });
        owed.values().removeIf(Money::isZero);
        return owed;
    }

    private static int cents(Money amount) {
        return amount.amount().movePointRight(2).intValueExact();
    }

    /** How many cents are owed after some lines were discarded. */
    private static long of(List<InvoiceLine> lines, int owed) {
        var waived = new BitSet();
        var charged = new BitSet();
        charged.set(0, Math.max(owed, 0));
        int settled = 0;
        for (InvoiceLine line : lines) {
            int before = settled;
            settled += cents(line.stored().owed().total());
            int rated = cents(line.rated().total());
            for (int cent = Math.max(before, 0); line.isDeleted() && cent < settled; cent++) {
                if (line.id().equals(lines.get(0).id()) || cent >= settled - rated) {
                    waived.set(cent);
                }
            }
            for (int cent = Math.max(settled, 0); line.isDeleted() && cent < before; cent++) {
                charged.set(cent);
            }
        }
        charged.andNot(waived);
        return charged.cardinality();
    }
}
