package dev.odometer.postgres.handoff;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Hand-offs in PostgreSQL. Concurrent takers skip each other's locked rows. The token of a lease proves that it has not
 * expired and been taken by another process.
 */
public final class PostgresHandOffs implements HandOffs {

    /** An invoice that is voided in the meantime is found by {@link #WITHDRAW} later. */
    private static final String REGISTER = """
            insert into invoice_hand_off (invoice_id, task, state, since, due_at, ready_at)
            select i.id, 'HAND_OVER', 'PENDING', :now, :now, :now
            from invoice i
            where i.issued_at >= :from and i.voided_at is null
                and not exists (select from invoice_hand_off h where h.invoice_id = i.id)
            on conflict (invoice_id) do nothing
            """;
    /** A worker that holds the lease keeps it until it ends, but its result is discarded. */
    private static final String WITHDRAW = """
            update invoice_hand_off h
            set task = 'WITHDRAW', state = 'PENDING', reason = null, attempts = 0, lease = null, due_at = :now,
                ready_at = case when h.lease is null then :now else h.ready_at end
            from invoice i
            where i.id = h.invoice_id and i.voided_at is not null and h.task = 'HAND_OVER'
            """;

    private static final String TAKE = """
            with due as (
                select invoice_id, ready_at from invoice_hand_off where ready_at <= :now
                order by ready_at, invoice_id limit :limit for update skip locked
            ), taken as (
                update invoice_hand_off h set ready_at = :until, lease = :lease, takes = takes + 1
                from due where h.invoice_id = due.invoice_id
                returning h.*, due.ready_at as was_ready_at
            )
            select * from taken order by was_ready_at, invoice_id
            """;
    private static final String CREATED = """
            update invoice_hand_off set external_id = :external, item_ids = '{}', external_item_ids = '{}'
            where invoice_id = :invoice and lease = :lease
            """;
    private static final String SETTLE = """
            update invoice_hand_off
            set state = :state, reason = :reason, due_at = :due, ready_at = :due, lease = null,
                attempts = attempts + :failures, keys = keys + :newKeys
            where invoice_id = :invoice and lease = :lease
            """;
    private static final String SET_IDS = """
            update invoice_hand_off
            set external_id = :external, item_ids = :items, external_item_ids = :externalItems
            where invoice_id = :invoice
            """;
    private static final String RESTART = """
            update invoice_hand_off
            set state = 'PENDING', reason = null, attempts = 0, keys = keys + 1, due_at = :now, ready_at = :now
            where invoice_id = :invoice and state in ('FAILED', 'WAITING') and lease is null
            """;
    private static final String FIND = "select * from invoice_hand_off where invoice_id = any (:ids)";
    private static final String RESET =
            "update invoice_hand_off set ready_at = :now, due_at = :now where ready_at > :latest";
    private static final String NEXT = "select min(ready_at) from invoice_hand_off where ready_at is not null";

    private final Database database;

    public PostgresHandOffs(Database database) {
        this.database = database;
    }

    @Override
    public int register(Instant issuedFrom, Instant now) {
        return database.writeLong(() -> database.sql()
                        .sql(REGISTER)
                        .param("from", Micros.of(issuedFrom))
                        .param("now", Micros.of(now))
                        .update()
                + database.sql().sql(WITHDRAW).param("now", Micros.of(now)).update());
    }

    @Override
    public List<Due> take(Instant now, Duration lease, int limit) {
        String token = UUID.randomUUID().toString();
        return database.write(() -> database.sql()
                .sql(TAKE)
                .param("now", Micros.of(now))
                .param("until", Micros.of(now.plus(lease)))
                .param("lease", token)
                .param("limit", limit)
                .query((row, n) -> new Due(
                        handOff(row),
                        row.getInt("takes"),
                        row.getInt("keys"),
                        Micros.toInstant(row.getLong("since")),
                        token))
                .list());
    }

    private static HandOff handOff(ResultSet row) throws SQLException {
        return new HandOff(
                row.getString("invoice_id"),
                HandOff.Task.valueOf(row.getString("task")),
                HandOff.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                Micros.toInstant(row, "due_at"),
                new ExternalIds(row.getString("external_id"), items(row)));
    }

    private static Map<String, String> items(ResultSet row) throws SQLException {
        String[] ids = (String[]) row.getArray("item_ids").getArray();
        String[] externalIds = (String[]) row.getArray("external_item_ids").getArray();
        var items = new HashMap<String, String>();
        for (int i = 0; i < ids.length; i++) {
            items.put(ids[i], externalIds[i]);
        }
        return items;
    }

    @Override
    public void created(Due due, String externalInvoiceId) {
        database.write(() -> database.sql()
                .sql(CREATED)
                .param("invoice", due.handOff().invoiceId())
                .param("lease", due.lease())
                .param("external", externalInvoiceId)
                .update());
    }

    @Override
    public void settle(Due due, Next next) {
        database.write(() -> {
            boolean isOwner = database.sql()
                            .sql(SETTLE)
                            .param("invoice", due.handOff().invoiceId())
                            .param("lease", due.lease())
                            .param("state", next.state().name())
                            .param("reason", next.reason() == null ? null : Texts.storable(next.reason()))
                            .param("due", Micros.ofNullable(next.at()))
                            .param("failures", next.isFailure() ? 1 : 0)
                            .param("newKeys", next.needsNewKeys() ? 1 : 0)
                            .update()
                    == 1;
            ExternalIds ids = next.externalIds();
            return isOwner && ids != null && store(due.handOff().invoiceId(), ids);
        });
    }

    private boolean store(String invoiceId, ExternalIds ids) {
        List<Map.Entry<String, String>> items = List.copyOf(ids.items().entrySet());
        return database.sql()
                        .sql(SET_IDS)
                        .param("invoice", invoiceId)
                        .param("external", ids.invoiceId())
                        .param("items", items.stream().map(Map.Entry::getKey).toArray(String[]::new))
                        .param(
                                "externalItems",
                                items.stream().map(Map.Entry::getValue).toArray(String[]::new))
                        .update()
                == 1;
    }

    @Override
    public HandOff restart(String invoiceId, Instant now) {
        return database.write(() -> {
            database.sql()
                    .sql(RESTART)
                    .param("invoice", Texts.key(invoiceId))
                    .param("now", Micros.of(now))
                    .update();
            return find(List.of(invoiceId)).values().stream()
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound(
                            "the invoice is not registered for a hand-off: " + Refusal.quote(invoiceId)));
        });
    }

    @Override
    public Map<String, HandOff> find(Collection<String> invoiceIds) {
        var found = new HashMap<String, HandOff>();
        database.read(() -> database.sql()
                        .sql(FIND)
                        .param("ids", Texts.keys(invoiceIds))
                        .query((row, n) -> handOff(row))
                        .list())
                .forEach(handOff -> found.put(handOff.invoiceId(), handOff));
        return found;
    }

    @Override
    public int resetDueAfter(Instant latest, Instant now) {
        return database.write(() -> database.sql()
                .sql(RESET)
                .param("latest", Micros.of(latest))
                .param("now", Micros.of(now))
                .update());
    }

    @Override
    public Instant now() {
        return database.now();
    }

    @Override
    public Optional<Instant> nextDue() {
        return database.read(
                () -> database.sql().sql(NEXT).query(Long.class).optional().map(Micros::toInstant));
    }
}
