package dev.odometer.metering.invoice;

import dev.odometer.metering.invoice.Account.Billed;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Origin;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line before it has an id.
 *
 * @param rated what is charged
 * @param settled what is settled by it, which differs in a {@link Credit}
 * @param last the last line that billed the item; absent for the first one
 */
record NewLine(
        BillableItem item,
        RatedLine rated,
        RatedLine settled,
        @Nullable Evidence evidence,
        @Nullable Billed last,
        Settlement.Request request) {

    private static final int MAX_NAME_LENGTH = 256;

    /** @param quantity since the start of the period; absent if the item is no longer owed */
    static NewLine of(
            BillableItem item,
            List<Billed> billed,
            @Nullable BigDecimal quantity,
            @Nullable Evidence evidence,
            Settlement.Request request) {
        boolean hasEnded = !item.item().period().end().isAfter(request.asOf());
        Billed last = billed.isEmpty() ? null : billed.get(billed.size() - 1);
        List<InvoiceLine> lines = billed.stream().map(Billed::line).toList();
        RatedLine owed = quantity == null ? nothing(item) : item.owed(quantity, hasEnded);
        RatedLine settled = Rating.remaining(
                owed, lines.stream().map(line -> line.stored().owed()).toList());
        if (Discards.applyTo(lines)) {
            RatedLine rated = new Discards(lines).remaining(owed);
            return new NewLine(item, rated, settled, evidence, last, request);
        }
        if (quantity == null) {
            RatedLine reversal = Credit.reversal(owed, lines);
            return new NewLine(item, reversal, reversal, evidence, last, request);
        }
        if (Credit.applies(settled, lines)) {
            var credit = Credit.of(item, lines);
            return new NewLine(credit.item(), credit.amount(quantity, hasEnded), settled, evidence, last, request);
        }
        return new NewLine(item, settled, settled, evidence, last, request);
    }

    private static RatedLine nothing(BillableItem item) {
        var usage = UsageSplit.whole(BigDecimal.ZERO);
        return new RatedLine(usage, usage, item.currency(), List.of());
    }

    /**
     * The first line of a whole period is kept even without usage. All other lines are omitted when they charge
     * nothing.
     */
    boolean isCharged() {
        boolean isWhole = last == null && item.isByUsage() && rated.metered().last();
        return isWhole || !rated.total().isZero();
    }

    InvoiceLine stored(int revision, Supplier<String> ids) {
        return line(ids.get(), revision, ids);
    }

    /** The line with the usage until now. It replaces a line of the same draft and keeps the changes of a user. */
    InvoiceLine replacing(InvoiceLine before, Supplier<String> ids) {
        InvoiceLine line = line(before.id(), before.stored().revision(), ids).worded(before.wording());
        boolean isDiscounted = rated.metered().first()
                && !Objects.equals(before.item().pricing(), line.item().pricing());
        InvoiceLine priced = isDiscounted ? line.discounted(before.item().discounts(), ids) : line;
        Instant deletedAt = before.stored().deletedAt();
        return deletedAt == null ? priced : priced.deleted(deletedAt);
    }

    private InvoiceLine line(String id, int revision, Supplier<String> ids) {
        return new InvoiceLine(
                id,
                wording(),
                new Item(
                        period(),
                        item.item().invoiceAt(),
                        item.item().pricing(),
                        item.item().discounts(),
                        item.item().featureKey(),
                        item.item().taxConfig()),
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, ids))
                        .toList(),
                rated.isUsageDiscounted() ? ids.get() : null,
                new Origin(
                        item.key(),
                        revision,
                        item.source(),
                        item.item().period(),
                        settled,
                        evidence,
                        isCorrection() && last != null ? last.invoiceId() : null,
                        null));
    }

    /**
     * Whether an earlier line billed the same time. A later part of a period that is billed in parts is no correction.
     */
    private boolean isCorrection() {
        return last != null && (!item.isByUsage() || (!period().start().isAfter(lastEnd()) && isComplete(last)));
    }

    private static boolean isComplete(Billed billed) {
        return billed.line().stored().owed().metered().last();
    }

    private Instant lastEnd() {
        return last == null
                ? item.item().period().start()
                : last.line().item().period().end();
    }

    /** The service period; of usage that is billed in parts, the part that was not billed before. */
    private Window period() {
        Window whole = item.item().period();
        if (!item.isByUsage()) {
            return whole;
        }
        boolean isPart = last != null && !isComplete(last);
        Instant end = whole.end().isAfter(request.asOf()) ? BillableItem.minute(request.asOf()) : whole.end();
        Instant start = isPart ? lastEnd() : whole.start();
        return start.isBefore(end) ? new Window(start, end) : new Window(whole.start(), end);
    }

    private Wording wording() {
        Wording plain = item.wording();
        if (last == null || !isCorrection()) {
            return plain;
        }
        String note = ": correction of " + (last.number() == null ? "an earlier invoice" : last.number());
        String name = plain.name();
        String shortened = name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH - note.length()));
        return name.contains(note) ? plain : new Wording(shortened + note, plain.description(), plain.metadata());
    }
}
