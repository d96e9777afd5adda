package dev.odometer.postgres.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.Invoices.Gathering;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Items that were added by hand, in transactions of the caller, which has locked the row of the customer. */
record ManualItems(Database database) {

    private static final String INSERT = """
            insert into manual_item (key, customer_id, currency, feature_id, item, is_billed)
            select * from unnest(:keys, :customers, :currencies, :features, :items, :billed)
            """;
    private static final String WAITING = """
            select * from manual_item where customer_id = :customer and not is_billed order by number
            """;
    private static final String GATHERING = """
            insert into gathering (customer_id, currency, id, created_at) values (:customer, :currency, :id, :at)
            on conflict do nothing
            """;

    /** A row of the table of items. */
    record Row(String customerId, BillableItem item, boolean isBilled) {

        static Row of(ResultSet row) throws SQLException {
            StoredItem stored = DataJson.value(row.getString("item"), StoredItem.class);
            return new Row(
                    row.getString("customer_id"),
                    new BillableItem(
                            row.getString("key"),
                            Currency.getInstance(row.getString("currency")),
                            stored.toWording(),
                            stored.toItem(),
                            row.getString("feature_id"),
                            null),
                    row.getBoolean("is_billed"));
        }
    }

    /** @throws Refusal CONFLICT when a key is used already */
    void add(String customerId, List<BillableItem> items, boolean areBilled) {
        String[] keys = texts(items, BillableItem::key);
        try {
            database.sql()
                    .sql(INSERT)
                    .param("keys", keys)
                    .param("customers", texts(items, item -> customerId))
                    .param("currencies", texts(items, item -> item.currency().getCurrencyCode()))
                    .param("features", texts(items, BillableItem::featureId))
                    .param("items", texts(items, item -> DataJson.write(StoredItem.of(item.wording(), item.item()))))
                    .param("billed", items.stream().map(item -> areBilled).toArray(Boolean[]::new))
                    .update();
        } catch (DuplicateKeyException used) {
            throw Refusal.conflict("the id of a line is used already: " + String.join(", ", keys));
        }
    }

    private static String[] texts(List<BillableItem> items, Function<BillableItem, @Nullable String> column) {
        return items.stream().map(column).toArray(String[]::new);
    }

    /** Marks items as billed, or as pending again. Keys of other items are ignored. */
    void mark(Collection<String> keys, boolean areBilled) {
        database.sql()
                .sql("update manual_item set is_billed = :billed where key = any (:keys) and is_billed <> :billed")
                .param("billed", areBilled)
                .param("keys", keys.toArray(String[]::new))
                .update();
    }

    /** Gives the customer an id for items of the currency, unless it has one. */
    void open(String customerId, Currency currency, Instant at, Supplier<String> ids) {
        database.sql()
                .sql(GATHERING)
                .param("customer", customerId)
                .param("currency", currency.getCurrencyCode())
                .param("id", ids.get())
                .param("at", Micros.of(at))
                .update();
    }

    /** The pending items, by currency. */
    List<Gathering> gathering(String customerId) {
        Map<Currency, List<BillableItem>> items = database
                .sql()
                .sql(WAITING)
                .param("customer", Texts.key(customerId))
                .query((row, n) -> Row.of(row).item())
                .list()
                .stream()
                .collect(Collectors.groupingBy(BillableItem::currency));
        return database
                .sql()
                .sql("select * from gathering where customer_id = :customer order by currency")
                .param("customer", Texts.key(customerId))
                .query((row, n) -> {
                    Currency currency = Currency.getInstance(row.getString("currency"));
                    return new Gathering(
                            row.getString("id"),
                            customerId,
                            currency,
                            items.getOrDefault(currency, List.of()),
                            Micros.toInstant(row.getLong("created_at")),
                            false);
                })
                .list()
                .stream()
                .filter(one -> !one.items().isEmpty())
                .toList();
    }

    /** The pending items of the gathering invoice with the id. */
    Optional<Gathering> find(String id) {
        return database.sql()
                .sql("select customer_id from gathering where id = :id")
                .param("id", Texts.key(id))
                .query(String.class)
                .optional()
                .flatMap(customer -> gathering(customer).stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst());
    }
}
