package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.item;
import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.Invoice.Payment;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.RuleCondition.OfInvoices.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alerts that rules on invoices raise. One subclass per store. */
public abstract class InvoiceAlertsContract extends InvoiceFixture {

    private static final Instant COLLECTED_IN_MARCH = MARCH.plus(Duration.ofHours(1));

    /** What the store calls when deliveries are due. */
    protected final List<String> signals = Collections.synchronizedList(new ArrayList<>());

    /** The notifications of the store that {@link #empty} created last. */
    protected abstract Notifications notifications();

    @BeforeEach
    void startWithAChannel() {
        notifications().put(AlertExamples.channel());
    }

    private static Rule rule(int n, Change change) {
        return Examples.rule(n, new RuleCondition.OfInvoices(change), AlertExamples.CHANNEL);
    }

    private void watch() {
        notifications().put(rule(2, Change.CREATED));
        notifications().put(rule(3, Change.UPDATED));
    }

    /** The type and status of each notification, oldest first. */
    private List<String> raised() {
        return AlertExamples.raised(notifications()).stream()
                .map(one -> one.type() + " " + AlertExamples.at(one, "status"))
                .toList();
    }

    @Test
    void raisesEachChangeOnce() {
        watch();
        subscribed();
        Invoice draft = settle(FEBRUARY).get(0);
        settle(FEBRUARY);
        invoices().collectDue(request(COLLECTED), 10);
        invoices().collectDue(request(COLLECTED), 10);
        invoices().issueDue(COLLECTED, 10);
        invoices().issueDue(COLLECTED, 10);
        invoices().change(draft.id(), one -> one.reported(new Payment(Payment.Report.PAID, MARCH)));
        invoices().annul(draft.id(), new Annulment("a test", false), MARCH);

        assertThat(raised())
                .containsExactly(
                        "invoice.created draft.collecting",
                        "invoice.updated draft.ready_to_issue",
                        "invoice.updated issued",
                        "invoice.updated paid",
                        "invoice.updated voided");
        assertThat(signals).hasSize(5);
    }

    @Test
    void approvalAndIssueAreOneChange() {
        watch();
        subscribed();
        Invoice draft = settle(FEBRUARY).get(0);
        invoices().collect(draft.id(), request(FEBRUARY));
        invoices().approve(draft.id(), COLLECTED);

        assertThat(raised()).hasSize(3).last().isEqualTo("invoice.updated issued");
    }

    @Test
    void raisesForEachRuleAndInvoiceOfABatch() {
        watch();
        notifications().put(rule(4, Change.CREATED));
        subscribed();
        settle(START);
        settle(MARCH);
        invoices().collectDue(request(COLLECTED_IN_MARCH), 10);
        signals.clear();

        assertThat(invoices().issueDue(COLLECTED_IN_MARCH, 10)).isEqualTo(2);

        assertThat(raised())
                .containsExactlyInAnyOrder(
                        "invoice.created draft.ready_to_issue",
                        "invoice.created draft.ready_to_issue",
                        "invoice.created draft.collecting",
                        "invoice.created draft.collecting",
                        "invoice.updated draft.ready_to_issue",
                        "invoice.updated issued",
                        "invoice.updated overdue");
        assertThat(signals).isNotEmpty();
    }

    @Test
    void raisesADeletedDraft() {
        watch();
        subscribed();
        Invoice draft = settle(START).get(0);

        invoices().change(draft.id(), one -> one.deleted(START));

        assertThat(raised()).last().isEqualTo("invoice.updated deleted");
    }

    @Test
    void raisesNothingWithoutAChange() {
        watch();
        subscribed();
        invoices().preview(ACME.id(), request(START));
        invoices().add(ACME.id(), List.of(item("i1", "5", MARCH)), START);
        assertThat(raised()).isEmpty();

        Invoice draft = settle(START).get(0);
        invoices().change(draft.id(), one -> one);
        Throwable refused = catchThrowable(() -> invoices().change(draft.id(), one -> {
            throw Refusal.invalid("no");
        }));

        assertThat(refused).isInstanceOf(Refusal.class);
        assertThat(raised()).hasSize(1);
        assertThat(signals).hasSize(1);
    }

    @Test
    void ignoresDisabledAndDeletedRules() {
        Rule rule = rule(2, Change.CREATED);
        notifications()
                .put(new Rule(
                        rule.id(), "off", true, rule.condition(), rule.channels(), rule.metadata(), rule.lifecycle()));
        notifications().put(rule(3, Change.CREATED));
        notifications().deleteRule(Examples.id(3), Examples.NOW);
        subscribed();

        settle(START);

        assertThat(raised()).isEmpty();
        assertThat(signals).isEmpty();
    }

    @Test
    void keepsRulesAndTopics() {
        watch();
        subscribed();
        settle(START);

        Notification one = AlertExamples.raised(notifications()).get(0);

        assertThat(one.rule()).isEqualTo(rule(2, Change.CREATED));
        assertThat(notifications().rule(Examples.id(3))).contains(rule(3, Change.UPDATED));
        assertThat(AlertExamples.subject(one))
                .isEqualTo(ACME.subjects().iterator().next());
        assertThat(notifications().find(one.id()).orElseThrow().deliveries()).hasSize(1);
    }

    @Test
    void raisesOnceWhenCalledConcurrently() throws Exception {
        watch();
        subscribed();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> bill = () -> settle(FEBRUARY).size()
                    + invoices().collectDue(request(COLLECTED), 10)
                    + invoices().issueDue(COLLECTED, 10);
            pool.invokeAll(Collections.nCopies(16, bill))
                    .forEach(done -> assertThat(done).succeedsWithin(Duration.ofMinutes(1)));
        } finally {
            pool.shutdownNow();
        }

        assertThat(raised())
                .containsExactlyInAnyOrder(
                        "invoice.created draft.collecting",
                        "invoice.updated draft.ready_to_issue",
                        "invoice.updated issued");
    }
}
