package dev.odometer.postgres.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Account;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.postgres.customer.BillingDue;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settles customers and collects drafts, in transactions of the caller, which has locked the rows of the customers. The
 * number of statements does not depend on the number of customers.
 */
record Settlements(Database database, Supplier<String> ids, InvoiceListener listener) {

    private static final String DUE = """
            insert into billing_due (customer_id, due_at)
            select * from unnest(:ids, :times) as d (customer_id, due_at) order by customer_id
            on conflict (customer_id) do update set due_at = excluded.due_at
            """;

    /** The drafts that are due, not stored. */
    List<Invoice> drafts(List<Customer> customers, Settlement.Request request) {
        return due(customers, request).drafts();
    }

    /** Accounts and their drafts. */
    private record Due(List<Account> accounts, List<Invoice> drafts) {}

    private Due due(List<Customer> customers, Settlement.Request request) {
        var accounts = new Accounts(database, request);
        List<Account> read = accounts.of(customers);
        List<Settlement> settlements =
                read.stream().map(account -> Settlement.of(account, request)).toList();
        List<List<BigDecimal>> totals = SettlementUsage.of(database, accounts, settlements);
        var drafts = new ArrayList<Invoice>();
        for (int i = 0; i < settlements.size(); i++) {
            drafts.addAll(settlements.get(i).invoices(totals.get(i), ids));
        }
        return new Due(read, drafts);
    }

    /** Stores the drafts that are due, and when the customers are settled next. */
    List<Invoice> settle(List<Customer> customers, Settlement.Request request) {
        Due due = due(customers, request);
        InvoiceWrites.put(database, due.drafts);
        markBilled(due.drafts);
        putDue(due.accounts, request);
        if (!due.drafts.isEmpty()) {
            listener.stored(due.drafts, List.of());
        }
        return due.drafts;
    }

    private void markBilled(List<Invoice> drafts) {
        List<String> keys = drafts.stream().flatMap(Settlements::manualKeys).toList();
        if (!keys.isEmpty()) {
            new ManualItems(database).mark(keys, true);
        }
    }

    /** The keys of the items of an invoice that were added by hand. */
    static Stream<String> manualKeys(Invoice invoice) {
        return invoice.lines().stream()
                .map(InvoiceLine::stored)
                .filter(origin -> origin.source() == null)
                .map(InvoiceLine.Origin::key);
    }

    private void putDue(List<Account> accounts, Settlement.Request request) {
        var customers = new ArrayList<String>();
        var times = new ArrayList<Long>();
        var settled = new ArrayList<String>();
        for (Account account : accounts) {
            String id = account.customer().id();
            if (request.keys().isEmpty()) {
                Settlement.nextDue(account, request)
                        .ifPresentOrElse(
                                at -> {
                                    customers.add(id);
                                    times.add(Micros.of(at));
                                },
                                () -> settled.add(id));
            } else {
                // Other items may be due, too.
                customers.add(id);
                times.add(BillingDue.AT_ONCE);
            }
        }
        if (!customers.isEmpty()) {
            database.sql()
                    .sql(DUE)
                    .param("ids", customers.toArray(String[]::new))
                    .param("times", times.toArray(Long[]::new))
                    .update();
        }
        if (!settled.isEmpty()) {
            database.sql()
                    .sql("delete from billing_due where customer_id = any (:ids)")
                    .param("ids", settled.toArray(String[]::new))
                    .update();
        }
    }

    /** Stores drafts of the customers with the usage until now. */
    List<Invoice> collect(List<Customer> customers, List<Invoice> drafts, Settlement.Request request) {
        var accounts = new Accounts(database, request);
        Map<String, Account> byCustomer = accounts.of(customers).stream()
                .collect(Collectors.toMap(account -> account.customer().id(), Function.identity()));
        List<Settlement> settlements = drafts.stream()
                .map(draft ->
                        Settlement.ofDraft(Objects.requireNonNull(byCustomer.get(customerId(draft))), draft, request))
                .toList();
        List<List<BigDecimal>> totals = SettlementUsage.of(database, accounts, settlements);
        var collected = new ArrayList<Invoice>();
        for (int i = 0; i < drafts.size(); i++) {
            collected.add(settlements.get(i).collected(drafts.get(i), totals.get(i), ids));
        }
        InvoiceWrites.put(database, collected);
        List<String> partly = collected.stream()
                .filter(Settlements::isPart)
                .map(Settlements::customerId)
                .distinct()
                .toList();
        if (!partly.isEmpty()) {
            // A settlement at the end of the period did not bill the rest while this part was not collected.
            BillingDue.atOnce(database, partly);
        }
        listener.stored(List.of(), collected);
        return collected;
    }

    private static String customerId(Invoice invoice) {
        return invoice.parties().customer().id();
    }

    private static boolean isPart(Invoice invoice) {
        return invoice.lines().stream()
                .anyMatch(line -> !line.stored().owed().metered().last());
    }
}
