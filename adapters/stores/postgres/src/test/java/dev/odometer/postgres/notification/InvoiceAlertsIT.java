package dev.odometer.postgres.notification;

import static dev.odometer.metering.notification.AlertExamples.CHANNEL;
import static dev.odometer.metering.notification.AlertExamples.CLOCK;
import static dev.odometer.metering.notification.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceExamples;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.ExamplePayloads;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.PayloadWriter;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition.OfInvoices;
import dev.odometer.metering.notification.RuleCondition.OfInvoices.Change;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.postgres.CountingSource;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL adds to the contract of rules on invoices: transactions and statement counts. */
class InvoiceAlertsIT {

    private static final Customer ACME = dev.odometer.metering.entitlement.Examples.customer("acme", "bot");
    private static final Rule ON_CREATION = Examples.rule(2, new OfInvoices(Change.CREATED), CHANNEL);

    private final List<String> signals = new ArrayList<>();
    private final CountingSource source = new CountingSource(TestDatabase.source());
    private final Database database = new Database(source, CLOCK);
    private PostgresStore store = TestDatabase.emptyStore(CLOCK);

    @BeforeEach
    void startWithAChannel() {
        store = TestDatabase.emptyStore(CLOCK);
        store.notifications().put(AlertExamples.channel());
    }

    private PostgresAlerts alerts(PayloadWriter payloads) {
        var raised = new RaisedNotifications(database, new Ulid(CLOCK), () -> payloads);
        return new PostgresAlerts(database, raised, CLOCK, () -> signals.add("due"));
    }

    /** The number of statements in a transaction that stores new invoices. */
    private int created(PayloadWriter payloads, int first, int count) {
        List<Invoice> invoices = IntStream.range(first, first + count)
                .mapToObj(n -> InvoiceExamples.draft(Examples.id(n), ACME, 1))
                .toList();
        return database.write(() -> {
            int before = source.statements();
            alerts(payloads).stored(invoices, List.of());
            return source.statements() - before;
        });
    }

    private List<Notification> raised() {
        return AlertExamples.raised(store.notifications());
    }

    @Test
    void readsRulesOnceAndWritesNothingWithoutOneOnInvoices() {
        store.notifications().put(rule(3, "10"));
        store.notifications().put(Examples.rule(4, new OfInvoices(Change.UPDATED), CHANNEL));

        assertThat(created(new ExamplePayloads(), 100, 300)).isEqualTo(1);
        assertThat(raised()).isEmpty();
        assertThat(signals).isEmpty();
    }

    @Test
    void raisesForManyInvoicesInAsManyStatementsAsForOne() {
        store.notifications().put(ON_CREATION);
        store.notifications().put(Examples.rule(3, new OfInvoices(Change.CREATED), CHANNEL));

        assertThat(created(new ExamplePayloads(), 100, 1)).isEqualTo(2);
        assertThat(created(new ExamplePayloads(), 200, 300)).isEqualTo(2);
        assertThat(raised()).hasSize(602);
        assertThat(signals).hasSize(2);
    }

    @Test
    void splitsStatementsWithLargePayloads() {
        store.notifications().put(ON_CREATION);
        PayloadWriter large = (id, at, alert) -> Map.of("id", id, "text", "x".repeat(1_500_000));

        assertThat(created(large, 100, 7)).isEqualTo(4);

        assertThat(raised()).hasSize(7);
        assertThat(store.outbox().nextDue()).contains(AlertExamples.NOW);
        assertThat(signals).hasSize(1);
    }

    @Test
    void raisesNothingWhenTheTransactionIsRolledBack() {
        store.notifications().put(ON_CREATION);

        assertThatThrownBy(() -> database.write(() -> {
                    created(new ExamplePayloads(), 100, 1);
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(raised()).isEmpty();
        assertThat(signals).isEmpty();

        created(new ExamplePayloads(), 100, 1);
        created(new ExamplePayloads(), 100, 1);
        assertThat(raised()).hasSize(1);
        assertThat(signals).hasSize(1);
    }
}
