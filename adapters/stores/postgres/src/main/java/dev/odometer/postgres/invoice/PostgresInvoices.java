package dev.odometer.postgres.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Annulment;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceEdit;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.customer.BillingDue;
import dev.odometer.postgres.customer.StoredCustomer;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Invoices in PostgreSQL. Transactions take locks in this order: rows of customers, invoices, profiles and meters, then
 * the rows that they write. The locks of customers are {@code for no key update}, so that they do not block inserts
 * that refer to a customer.
 */
public final class PostgresInvoices implements Invoices {

    /** Bounds the memory and the duration of a transaction. */
    private static final int MAX_CUSTOMERS = 1000;

    private static final String LOCK = "select * from customer where id = any (:ids) order by id for no key update";
    /** Other processes skip these customers and settle others. */
    private static final String LOCK_DUE = """
            select c.* from billing_due d join customer c on c.id = d.customer_id
            where d.due_at <= :at order by d.due_at limit :limit for no key update of c skip locked
            """;

    private static final String TO_COLLECT =
            "issued_at is null and deleted_at is null and collected_at is null and collection_at <= :at";
    private static final String LOCK_TO_COLLECT = """
            select c.* from customer c where c.id in (select customer_id from invoice where %s)
            limit :limit for no key update of c skip locked
            """.formatted(TO_COLLECT);
    private static final String LOCK_DRAFTS = """
            select * from invoice where customer_id = any (:ids) and %s order by id limit :limit for update
            """.formatted(TO_COLLECT);
    private static final String VOID = """
            update invoice set voided_at = :at, updated_at = :at, void_reason = :reason, is_released = :released
            where id = :id
            """;

    private final Database database;
    private final Settlements settlements;
    private final InvoiceIssue issue;
    private final InvoiceChanges changes;
    private final ManualItems manual;
    private final InvoiceListener listener;
    private final Supplier<String> ids;

    public PostgresInvoices(Database database, Supplier<String> ids, InvoiceListener listener) {
        this.database = database;
        this.ids = ids;
        this.listener = listener;
        this.settlements = new Settlements(database, ids, listener);
        this.issue = new InvoiceIssue(database, listener);
        this.manual = new ManualItems(database);
        this.changes = new InvoiceChanges(database, manual, listener);
    }

    @Override
    public List<Invoice> settle(Collection<String> customerIds, Settlement.Request request) {
        List<String> all = customerIds.stream().distinct().sorted().toList();
        var drafts = new ArrayList<Invoice>();
        for (int from = 0; from < all.size(); from += MAX_CUSTOMERS) {
            List<String> some = all.subList(from, Math.min(all.size(), from + MAX_CUSTOMERS));
            drafts.addAll(database.writeLong(() -> settlements.settle(locked(some), request)));
        }
        return drafts;
    }

    private List<Customer> locked(List<String> customerIds) {
        List<Customer> found = database.sql()
                .sql(LOCK)
                .param("ids", Texts.keys(customerIds))
                .query((row, n) -> StoredCustomer.of(row))
                .list();
        if (found.size() < customerIds.size()) {
            var missing = new ArrayList<>(customerIds);
            found.forEach(customer -> missing.remove(customer.id()));
            throw notFound("customer", missing.get(0));
        }
        return found;
    }

    private static Refusal notFound(String what, String id) {
        return Refusal.notFound(what + " not found: " + Refusal.quote(id));
    }

    @Override
    public List<Invoice> preview(String customerId, Settlement.Request request) {
        // Not read-only: the rows of profiles and meters are locked until their usage is read.
        return database.write(() -> {
            Customer customer =
                    StoredCustomer.byId(database, List.of(customerId)).get(customerId);
            if (customer == null) {
                throw notFound("customer", customerId);
            }
            return settlements.drafts(List.of(customer), request);
        });
    }

    @Override
    public int settleDue(Settlement.Request request, int limit) {
        return database.writeLong(() -> {
            List<Customer> customers = lockedDue(LOCK_DUE, request.asOf(), limit);
            if (!customers.isEmpty()) {
                settlements.settle(customers, request);
            }
            return customers.size();
        });
    }

    private List<Customer> lockedDue(String sql, Instant at, int limit) {
        return database.sql()
                .sql(sql)
                .param("at", Micros.of(at))
                .param("limit", Math.min(limit, MAX_CUSTOMERS))
                .query((row, n) -> StoredCustomer.of(row))
                .list();
    }

    @Override
    public int collectDue(Settlement.Request request, int limit) {
        return database.writeLong(() -> {
            List<Customer> customers = lockedDue(LOCK_TO_COLLECT, request.now(), limit);
            List<StoredInvoice> drafts = database.sql()
                    .sql(LOCK_DRAFTS)
                    .param("ids", customers.stream().map(Customer::id).toArray(String[]::new))
                    .param("at", Micros.of(request.now()))
                    .param("limit", limit)
                    .query((row, n) -> StoredInvoice.of(row))
                    .list();
            if (drafts.isEmpty()) {
                // Another process collected their drafts in the meantime; there may be others.
                return customers.size();
            }
            return settlements
                    .collect(customers, StoredInvoice.complete(database, drafts), request)
                    .size();
        });
    }

    @Override
    public int issueDue(Instant now, int limit) {
        return database.write(() -> issue.due(now, limit).size());
    }

    @Override
    public Invoice collect(String id, Settlement.Request request) {
        return database.write(() -> {
            Customer customer = lockedCustomerOf(id);
            Invoice draft = lockedInvoice(id);
            draft.requireCollectable(request.now());
            return settlements
                    .collect(List.of(customer), List.of(draft), request)
                    .get(0);
        });
    }

    private Customer lockedCustomerOf(String invoiceId) {
        return database.sql()
                .sql("select * from customer where id = (select customer_id from invoice where id = :id)"
                        + " for no key update")
                .param("id", Texts.key(invoiceId))
                .query((row, n) -> StoredCustomer.of(row))
                .optional()
                .orElseThrow(() -> notFound("invoice", invoiceId));
    }

    private Invoice lockedInvoice(String id) {
        return byId(id, " for update").orElseThrow(() -> notFound("invoice", id));
    }

    private Optional<Invoice> byId(String id, String lock) {
        List<StoredInvoice> found = database.sql()
                .sql("select * from invoice where id = :id" + lock)
                .param("id", Texts.key(id))
                .query((row, n) -> StoredInvoice.of(row))
                .list();
        return StoredInvoice.complete(database, found).stream().findFirst();
    }

    @Override
    public Invoice approve(String id, Instant now) {
        return database.write(
                () -> issue.all(List.of(lockedInvoice(id).approved(now)), now).get(0));
    }

    @Override
    public Invoice change(String id, UnaryOperator<Invoice> change) {
        return database.write(() -> {
            Customer customer = lockedCustomerOf(id);
            Invoice stored = lockedInvoice(id);
            Invoice changed = change.apply(stored);
            InvoiceEdit.check(stored, changed);
            changes.put(customer, stored, changed);
            return changed;
        });
    }

    @Override
    public Invoice annul(String id, Annulment how, Instant now) {
        return database.write(() -> {
            Customer customer = lockedCustomerOf(id);
            Invoice voided = lockedInvoice(id).voided(how.reason(), now);
            database.sql()
                    .sql(VOID)
                    .param("at", Micros.of(now))
                    .param("reason", how.reason())
                    .param("released", how.isBilledAgain())
                    .param("id", id)
                    .update();
            if (how.isBilledAgain()) {
                manual.mark(Settlements.manualKeys(voided).toList(), false);
            }
            // Also with discard: a credit for the voided lines is charged again.
            BillingDue.atOnce(database, List.of(customer.id()));
            listener.stored(List.of(), List.of(voided));
            return voided;
        });
    }

    @Override
    public Page<Invoice> list(InvoiceSearch search) {
        return InvoiceListing.of(database, search);
    }

    @Override
    public Optional<Invoice> find(String id) {
        return database.read(() -> byId(id, ""));
    }

    @Override
    public Gathering add(String customerId, List<BillableItem> items, Instant now) {
        return database.write(() -> {
            Customer customer = locked(List.of(customerId)).get(0);
            if (customer.isDeleted()) {
                throw Refusal.preconditionFailed("customer is deleted: " + customerId);
            }
            var currency = items.get(0).currency();
            boolean isNew = manual.gathering(customerId).stream()
                    .noneMatch(one -> one.currency().equals(currency));
            manual.add(customerId, items, false);
            manual.open(customerId, currency, now, ids);
            BillingDue.atOnce(database, List.of(customerId));
            return manual.gathering(customerId).stream()
                    .filter(one -> one.currency().equals(currency))
                    .findFirst()
                    .orElseThrow()
                    .as(isNew);
        });
    }

    @Override
    public List<Gathering> gathering(String customerId) {
        return database.read(() -> manual.gathering(customerId));
    }

    @Override
    public Optional<Gathering> findGathering(String id) {
        return database.read(() -> manual.find(id));
    }
}
