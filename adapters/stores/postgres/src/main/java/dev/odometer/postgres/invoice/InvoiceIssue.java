package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gives drafts their numbers, in transactions of the caller. A series is locked after everything else is read, so the
 * lock is held while the invoices are written and no longer.
 */
record InvoiceIssue(Database database, InvoiceListener listener) {

    private static final String LOCK_DUE = "select * from invoice where " + InvoiceListing.readyToIssue(":at")
            + " order by id limit :limit for update skip locked";
    private static final String NUMBERS = """
            insert into invoice_series as s (profile_id, next) values (:profile, 1 + :count)
            on conflict (profile_id) do update set next = s.next + :count returning next
            """;

    List<Invoice> due(Instant now, int limit) {
        List<StoredInvoice> ready = database.sql()
                .sql(LOCK_DUE)
                .param("at", Micros.of(now))
                .param("limit", limit)
                .query((row, n) -> StoredInvoice.of(row))
                .list();
        return all(StoredInvoice.complete(database, ready), now);
    }

    /** Issues drafts whose rows are locked. */
    List<Invoice> all(List<Invoice> drafts, Instant now) {
        // In the order of the profiles' ids, so that two transactions do not deadlock.
        Map<String, List<Invoice>> byProfile = drafts.stream()
                .collect(Collectors.groupingBy(draft -> draft.terms().profileId(), TreeMap::new, Collectors.toList()));
        var issued = new ArrayList<Invoice>();
        byProfile.forEach((profile, some) -> {
            some.sort(Comparator.comparing(Invoice::id));
            long next = first(profile, some.size());
            for (Invoice draft : some) {
                issued.add(draft.issued(next++, now));
            }
        });
        if (!issued.isEmpty()) {
            InvoiceWrites.putWithoutLines(database, issued);
            listener.stored(List.of(), issued);
        }
        return issued;
    }

    private long first(String profileId, int count) {
        long next = database.sql()
                .sql(NUMBERS)
                .param("profile", profileId)
                .param("count", count)
                .query(Long.class)
                .single();
        return next - count;
    }
}
