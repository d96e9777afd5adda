package dev.odometer.postgres.customer;

import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Texts;
import java.util.Collection;

/**
 * When customers are settled next. A transaction that changes what is due for a customer marks it, while it holds the
 * lock of the customer's row, so that no settlement overwrites the mark with what it read before.
 */
public final class BillingDue {

    /** The time of what is due at once: processes whose clocks differ agree on it. */
    public static final long AT_ONCE = 0;

    private BillingDue() {}

    /** Marks customers, whose rows the caller has locked, as due at once. */
    public static void atOnce(Database database, Collection<String> customerIds) {
        database.sql()
                .sql("""
                        insert into billing_due (customer_id, due_at) select id, :at from unnest(:ids) as c (id) order by id
                        on conflict (customer_id) do update set due_at = excluded.due_at
                        """)
                .param("at", AT_ONCE)
                .param("ids", Texts.keys(customerIds))
                .update();
    }
}
