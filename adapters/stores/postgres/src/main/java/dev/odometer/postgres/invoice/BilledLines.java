package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.Account;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of customers. The lines of items that can be corrected are read completely; of all other lines, only the
 * keys.
 *
 * @param billed by id of customer, in the order of their revisions
 * @param earlier by id of customer and key
 */
record BilledLines(Map<String, List<Account.Billed>> billed, Map<String, Map<String, Account.Earlier>> earlier) {

    // Offset 0 prevents the planner from merging the subqueries, so that each is an index scan. While many invoices are
    // written, the statistics lag behind, and it would choose nested loops over whole tables.
    private static final String KEYS = """
            select l.*, i.is_released
            from unnest(:ids) as c (id)
                cross join lateral (
                    select id, invoice_id, customer_id, line_key, revision, service_to from invoice_line
                    where customer_id = c.id offset 0) l
                cross join lateral (select is_released from invoice where id = l.invoice_id offset 0) i
            """;
    private static final String LINES = """
            select l.*, i.number, i.is_collected, i.annulled_at, i.currency
            from unnest(:ids) as k (id)
                cross join lateral (select * from invoice_line where id = k.id offset 0) l
                cross join lateral (
                    select number, coalesce(collected_at, deleted_at) is not null as is_collected,
                        coalesce(deleted_at, voided_at) as annulled_at, currency
                    from invoice where id = l.invoice_id offset 0) i
            order by l.revision
            """;

    /** An item of a customer. */
    private record Key(String customerId, String key) {}

    /** A line without its content. */
    private record Line(String id, int revision, long serviceTo, boolean isReleased) {

        static Line of(ResultSet row) throws SQLException {
            return new Line(
                    row.getString("id"),
                    row.getInt("revision"),
                    row.getLong("service_to"),
                    row.getBoolean("is_released"));
        }
    }

    /** @param horizon items are not corrected if the service periods of all their lines ended earlier */
    static BilledLines read(Database database, Collection<String> customerIds, long horizon) {
        var keys = new HashMap<Key, List<Line>>();
        database.sql()
                .sql(KEYS)
                .param("ids", customerIds.toArray(String[]::new))
                .query(row -> {
                    keys.computeIfAbsent(
                                    new Key(row.getString("customer_id"), row.getString("line_key")),
                                    key -> new ArrayList<>(1))
                            .add(Line.of(row));
                });
        var open = new ArrayList<String>();
        var earlier = new HashMap<String, Map<String, Account.Earlier>>();
        keys.forEach((key, lines) -> {
            boolean isOpen = lines.stream().anyMatch(line -> line.serviceTo >= horizon);
            boolean isBilled = lines.stream().anyMatch(line -> !line.isReleased);
            if (isOpen) {
                lines.stream().filter(line -> !line.isReleased).map(Line::id).forEach(open::add);
            }
            if (!isOpen || lines.stream().anyMatch(Line::isReleased)) {
                int revisions =
                        1 + lines.stream().mapToInt(Line::revision).max().orElseThrow();
                earlier.computeIfAbsent(key.customerId, id -> new HashMap<>())
                        .put(key.key, new Account.Earlier(revisions, isBilled && !isOpen));
            }
        });
        return new BilledLines(billed(database, open), earlier);
    }

    private static Map<String, List<Account.Billed>> billed(Database database, List<String> lineIds) {
        var billed = new HashMap<String, List<Account.Billed>>();
        database.sql().sql(LINES).param("ids", lineIds.toArray(String[]::new)).query(row -> {
            long number = row.getLong("number");
            InvoiceLine stored = StoredInvoice.line(row);
            Instant annulledAt = Micros.toInstant(row, "annulled_at");
            var line = new Account.Billed(
                    row.getString("invoice_id"),
                    number == 0 ? null : Invoice.number(number),
                    row.getBoolean("is_collected"),
                    annulledAt == null ? stored : stored.deleted(annulledAt));
            billed.computeIfAbsent(row.getString("customer_id"), id -> new ArrayList<>())
                    .add(line);
        });
        return billed;
    }
}
