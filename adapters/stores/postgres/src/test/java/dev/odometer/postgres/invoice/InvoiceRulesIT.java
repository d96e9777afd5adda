package dev.odometer.postgres.invoice;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.invoice.Annulment;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceExamples;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.postgres.CountingSource;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.Database;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database keeps beyond the contract of {@link Invoices}. */
class InvoiceRulesIT {

    private static final Instant NOW = InvoiceExamples.START;

    private PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());

    @BeforeEach
    void startEmpty() {
        store = TestDatabase.emptyStore(Clock.systemUTC());
        store.customers().add(ACME);
    }

    private Invoice issued(String key) {
        Invoice draft = draft(key);
        store.invoices().issueDue(NOW, 10);
        return store.invoices().find(draft.id()).orElseThrow();
    }

    private Invoice draft(String key) {
        store.invoices().add(ACME.id(), List.of(InvoiceExamples.item(key, "5", NOW)), NOW);
        return store.invoices()
                .settle(List.of(ACME.id()), InvoiceExamples.request(NOW))
                .get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update invoice set total = 0",
                "update invoice set document = ''",
                "update invoice set number = 2",
                "update invoice set number = null, issued_at = null",
                "update invoice set deleted_at = 1",
                "update invoice set due_at = 0",
                "delete from invoice_line; delete from invoice",
                "delete from invoice",
                "update invoice_line set line = ''",
                "update invoice_line set total = 0 where revision = 0",
                "delete from invoice_line",
                """
                insert into invoice_line
                select id || 'x', invoice_id, customer_id, 1, line_key || 'x', 0, service_to, total, line from invoice_line
                """,
                "update invoice_line set invoice_id = (select id from invoice where issued_at is not null)"
            })
    void theDatabaseRefusesToChangeAnIssuedInvoice(String change) {
        Invoice invoice = issued("i1");
        draft("i2");

        assertThatThrownBy(() -> TestDatabase.run(change))
                .satisfiesAnyOf(
                        failure -> assertThat(failure).hasMessageContaining("of an issued invoice do not change"),
                        failure -> assertThat(failure).hasMessageContaining("an issued invoice does not change"));
        assertThat(store.invoices().find(invoice.id())).contains(invoice);
    }

    @Test
    void theDatabaseRefusesToBillAnItemTwice() {
        draft("i1");

        assertThatThrownBy(() -> TestDatabase.run("""
                        insert into invoice_line
                        select 'x', invoice_id, customer_id, 1, line_key, revision, service_to, total, line from invoice_line
                        """)).hasMessageContaining("invoice_line_bills_once");
    }

    @Test
    void theDatabaseRefusesToReverseAVoid() {
        Invoice invoice = issued("i1");
        store.invoices().annul(invoice.id(), new Annulment("a test", false), NOW);

        assertThatThrownBy(() -> TestDatabase.run("update invoice set voided_at = null"))
                .hasMessageContaining("an issued invoice does not change");
        assertThatThrownBy(() -> TestDatabase.run("update invoice set is_released = true"))
                .hasMessageContaining("an issued invoice does not change");
    }

    @Test
    void aFailureReturnsTheNumbers() {
        Invoice draft = draft("i1");
        var failing = new PostgresInvoices(
                new Database(TestDatabase.source(), Clock.systemUTC()),
                new Ulid(Clock.systemUTC()),
                (created, updated) -> {
                    throw new IllegalStateException("issued: " + updated.get(0).number());
                });

        assertThatThrownBy(() -> failing.issueDue(NOW, 10)).hasMessage("issued: INV-1");

        assertThat(store.invoices().issueDue(NOW, 10)).isEqualTo(1);
        assertThat(store.invoices().find(draft.id()).orElseThrow().number()).isEqualTo("INV-1");
    }

    @Test
    void aListenerIsCalledForEachChange() {
        var heard = new ArrayList<String>();
        InvoiceListener listener = (created, updated) -> {
            created.forEach(one -> heard.add("created " + one.status(NOW)));
            updated.forEach(one -> heard.add("updated " + one.status(NOW)));
        };
        var invoices = new PostgresInvoices(
                new Database(TestDatabase.source(), Clock.systemUTC()), new Ulid(Clock.systemUTC()), listener);

        invoices.add(ACME.id(), List.of(InvoiceExamples.item("i1", "5", NOW)), NOW);
        String id = invoices.settle(List.of(ACME.id()), InvoiceExamples.request(NOW))
                .get(0)
                .id();
        invoices.issueDue(NOW, 10);
        invoices.change(id, one -> one.reported(new Invoice.Payment(Invoice.Payment.Report.PAID, NOW)));
        invoices.annul(id, new Annulment("a test", false), NOW);
        invoices.settle(List.of(ACME.id()), InvoiceExamples.request(NOW));

        assertThat(heard)
                .containsExactly("created draft.ready_to_issue", "updated issued", "updated paid", "updated voided");
    }

    @Test
    void everyChangeOfWhatIsDueMarksTheCustomer() {
        var subscription = SubscriptionExamples.subscription(
                "s", PlanExamples.monthly(PlanExamples.phase("main", null, SubscriptionExamples.fee())), NOW);
        Invoice invoice = issued("i1");

        assertMarks(() -> store.subscriptions().add(subscription));
        assertMarks(() -> store.subscriptions().change("s", one -> one.canceled(new Timing.NextBillingCycle(), NOW)));
        assertMarks(() -> store.invoices().add(ACME.id(), List.of(InvoiceExamples.item("i2", "5", NOW)), NOW));
        assertMarks(() -> store.invoices().annul(invoice.id(), new Annulment("a test", true), NOW));
        assertMarks(() -> store.billingProfiles().change(BillingProfile.INITIAL_ID, InvoiceRulesIT::withOtherWorkflow));
        assertMarks(() -> store.billingProfiles().add(InvoiceExamples.profile("p", true, Workflow.DEFAULT)));
        assertMarks(() -> store.billingProfiles()
                .override(new CustomerOverride(ACME.id(), BillingProfile.INITIAL_ID, null, NOW, NOW)));
        assertMarks(() -> store.billingProfiles()
                .change(
                        BillingProfile.INITIAL_ID,
                        one -> one.replacedBy(InvoiceExamples.profile("q", false, Workflow.DEFAULT), NOW)));
        assertMarks(() -> store.billingProfiles().deleteOverride(ACME.id()));
    }

    private static BillingProfile withOtherWorkflow(BillingProfile profile) {
        return profile.replacedBy(InvoiceExamples.profile("x", true, InvoiceExamples.manual()), NOW);
    }

    private void assertMarks(Runnable change) {
        store.invoices().settle(List.of(ACME.id()), InvoiceExamples.request(NOW));
        List<Long> before = dueTimes();

        change.run();

        assertThat(before).doesNotContain(0L);
        assertThat(dueTimes()).containsExactly(0L);
    }

    private static List<Long> dueTimes() {
        return JdbcClient.create(TestDatabase.source())
                .sql("select due_at from billing_due")
                .query(Long.class)
                .list();
    }

    /** Two processes settle other customers while a third one holds the row of the first customer. */
    @Test
    void aLockedCustomerDoesNotBlockTheOthers() throws Exception {
        List<Customer> others = List.of(Examples.customer("beta", "s2"), Examples.customer("gamma", "s3"));
        others.forEach(store.customers()::add);
        for (Customer customer : List.of(ACME, others.get(0), others.get(1))) {
            store.invoices().add(customer.id(), List.of(InvoiceExamples.item("i-" + customer.id(), "5", NOW)), NOW);
        }
        ExecutorService processes = Executors.newFixedThreadPool(2);
        try (Connection locking = TestDatabase.source().getConnection();
                Statement lock = locking.createStatement()) {
            locking.setAutoCommit(false);
            lock.execute("select 1 from customer where id = '" + ACME.id() + "' for no key update");

            Future<?> due = processes.submit(() -> process().settleDue(InvoiceExamples.request(NOW), 10));
            Future<?> next = processes.submit(
                    () -> process().settle(List.of(others.get(1).id()), InvoiceExamples.request(NOW)));
            due.get(20, TimeUnit.SECONDS);
            next.get(20, TimeUnit.SECONDS);

            assertThat(invoiced()).containsExactlyInAnyOrder("beta", "gamma");
            locking.rollback();
        } finally {
            processes.shutdownNow();
        }

        assertThat(store.invoices().settleDue(InvoiceExamples.request(NOW), 10)).isEqualTo(1);
        assertThat(invoiced()).containsExactlyInAnyOrder("acme", "beta", "gamma");
    }

    private static Invoices process() {
        return new PostgresStore(TestDatabase.source(), Clock.systemUTC()).invoices();
    }

    private static List<String> invoiced() {
        return JdbcClient.create(TestDatabase.source())
                .sql("select c.key from invoice i join customer c on c.id = i.customer_id")
                .query(String.class)
                .list();
    }

    @Test
    void settlesAnyNumberOfCustomersInAFewStatements() {
        List<Customer> customers = IntStream.range(0, 40)
                .mapToObj(i -> Examples.customer("k" + i, "subject" + i))
                .toList();
        customers.forEach(store.customers()::add);
        for (Customer customer : customers) {
            store.invoices().add(customer.id(), List.of(InvoiceExamples.item("i-" + customer.id(), "5", NOW)), NOW);
        }
        var counting = new CountingSource(TestDatabase.source());
        var invoices = new PostgresStore(counting, Clock.systemUTC()).invoices();

        assertThat(invoices.settleDue(InvoiceExamples.request(NOW), 100)).isEqualTo(40);
        assertThat(counting.statements()).isLessThan(20);
        int before = counting.statements();
        assertThat(invoices.issueDue(NOW, 100)).isEqualTo(40);
        assertThat(counting.statements() - before).isLessThan(8);
    }
}
