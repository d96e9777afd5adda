package dev.odometer.postgres.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.postgres.customer.BillingDue;
import dev.odometer.postgres.jdbc.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;

/**
 * Stores changes of users, in transactions of the caller, which has locked the rows of the customer and the invoice.
 */
record InvoiceChanges(Database database, ManualItems manual, InvoiceListener listener) {

    /** @throws Refusal CONFLICT when the id of a line that was added is used already */
    void put(Customer customer, Invoice stored, Invoice changed) {
        if (changed.equals(stored)) {
            return;
        }
        if (changed.lines().equals(stored.lines())) {
            InvoiceWrites.putWithoutLines(database, List.of(changed));
        } else {
            addItems(customer, stored, changed);
            putLines(changed);
        }
        if (changed.times().deletedAt() != null || !changed.lines().equals(stored.lines())) {
            // Settlements left out what the draft bills, since it would have read the usage again. What a deleted line
            // billed is settled anew.
            BillingDue.atOnce(database, List.of(customer.id()));
        }
        listener.stored(List.of(), List.of(changed));
    }

    private void putLines(Invoice changed) {
        try {
            InvoiceWrites.put(database, List.of(changed));
        } catch (DuplicateKeyException used) {
            throw Refusal.conflict("the id of a line is used already: " + changed.id());
        }
    }

    /** The items of lines that were added to the draft, so that they are billed again if it is voided. */
    private void addItems(Customer customer, Invoice stored, Invoice changed) {
        List<String> before = stored.lines().stream().map(InvoiceLine::id).toList();
        List<InvoiceLine> added = changed.lines().stream()
                .filter(line -> !before.contains(line.id()))
                .toList();
        if (!added.isEmpty()) {
            Map<String, String> features = featureIds(added);
            manual.add(
                    customer.id(),
                    added.stream()
                            .map(line -> BillableItem.of(
                                    line, features.get(line.item().featureKey())))
                            .toList(),
                    true);
        }
    }

    private Map<String, String> featureIds(List<InvoiceLine> lines) {
        var features = new HashMap<String, String>();
        String[] keys = lines.stream()
                .map(line -> line.item().featureKey())
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        database.sql()
                .sql("select key, id from feature where key = any (:keys) and archived_at is null")
                .param("keys", keys)
                .query(row -> {
                    features.put(row.getString("key"), row.getString("id"));
                });
        return features;
    }
}
