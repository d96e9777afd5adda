package dev.odometer.metering.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.NOW;
import static dev.odometer.metering.subscription.SubscriptionExamples.add;
import static dev.odometer.metering.subscription.SubscriptionExamples.edited;
import static dev.odometer.metering.subscription.SubscriptionExamples.subscription;
import static dev.odometer.metering.subscription.SubscriptionExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Subscription.Status;
import dev.odometer.metering.subscription.SubscriptionSearch.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of {@link Subscriptions}; one subclass per store. */
public abstract class SubscriptionsContract extends SubscriptionFixture {

    private static final Instant LATER = NOW.plus(Duration.ofDays(3));
    private static final Timing IMMEDIATE = new Timing.Immediate();

    @Test
    void readsWhatWasAddedAndChanged() {
        Subscription first = SubscriptionExamples.in(ZoneId.of("America/New_York"), subscription("s1", NOW));

        subscriptions().add(first);

        assertThat(subscriptions().find("s1")).contains(first);
        assertThat(subscriptions().find("s2")).isEmpty();
        assertThat(subscriptions().find("\0")).isEmpty();
        Subscription changed = subscriptions()
                .change(
                        "s1",
                        stored -> edited(
                                stored,
                                LATER,
                                new Customization.RemoveItem("trial", "tokens"),
                                add("trial", "n", tokens("7", "PT1H"))));
        assertThat(subscriptions().find("s1")).contains(changed);
        assertThat(changed.phases().get(0).items()).hasSize(2);
        assertThat(refused(() -> subscriptions().change("s2", stored -> stored)))
                .isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void refusesASecondSubscriptionAtOneTime() {
        subscriptions().add(subscription("s1", NOW));

        Refusal refusal = refusal(() -> subscriptions().add(subscription("s2", LATER)));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.CONFLICT);
        assertThat(refusal.violations())
                .extracting(Refusal.Violation::code)
                .containsExactly("only_single_subscription_allowed_per_customer_at_a_time");
        assertThat(subscriptions().find("s2")).isEmpty();
    }

    @Test
    void admitsOneAfterTheOther() {
        subscriptions().add(subscription("s1", NOW));
        subscriptions().change("s1", stored -> stored.canceled(new Timing.NextBillingCycle(), NOW));
        Instant end = Instant.parse("2026-02-28T10:00:00.123Z");

        assertThat(refused(() -> subscriptions().add(subscription("s2", end.minusMillis(1)))))
                .isEqualTo(RefusalKind.CONFLICT);
        subscriptions().add(subscription("s3", end));
        assertThat(refused(() -> subscriptions().change("s1", stored -> stored.uncanceled(NOW))))
                .isEqualTo(RefusalKind.CONFLICT);
        subscriptions().change("s3", stored -> stored.deleted(NOW));
        assertThat(refused(() -> subscriptions().change("s3", stored -> stored)))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(subscriptions()
                        .change("s1", stored -> stored.uncanceled(NOW))
                        .activeTo())
                .isNull();
    }

    @Test
    void replacesOneByAnother() {
        subscriptions().add(subscription("s1", NOW));

        Succession succession = subscriptions()
                .succeed(
                        "s1",
                        stored -> new Succession(
                                stored.canceled(IMMEDIATE, LATER).replacedBy("s2", LATER), subscription("s2", LATER)));

        assertThat(subscriptions().find("s1")).contains(succession.current());
        assertThat(subscriptions().find("s2")).contains(succession.next());
        assertThat(succession.current().next()).isEqualTo("s2");
        assertThat(subscriptions().open(List.of("c-acme", "c-none"), LATER))
                .extracting(Subscription::id)
                .containsExactly("s2");
    }

    @Test
    void aRefusedReplacementChangesNothing() {
        Subscription first = subscription("s1", NOW);
        subscriptions().add(first);

        assertThatThrownBy(() -> subscriptions()
                        .succeed(
                                "s1",
                                stored -> new Succession(
                                        stored.canceled(IMMEDIATE, LATER), subscription("s2", NOW.plusSeconds(1)))))
                .isInstanceOf(Refusal.class);

        assertThat(subscriptions().find("s1")).contains(first);
        assertThat(subscriptions().find("s2")).isEmpty();
    }

    @Test
    void setsTheCurrencyOfTheCustomer() {
        subscriptions().add(subscription("s1", NOW));

        assertThat(stores.house().customers().find("acme").map(Customer::currency))
                .contains("USD");
    }

    @Test
    void refusesCustomersThatCannotSubscribe() {
        Customer euro = Examples.customer("euro").billedIn("EUR", NOW);
        Customer gone = Examples.customer("gone");
        stores.house().customers().add(euro);
        stores.house().customers().add(gone);
        stores.house().customers().replace(gone.deleted(NOW));
        Subscription any = subscription("s1", NOW);

        assertThat(refused(() -> subscriptions().add(SubscriptionExamples.of(euro, any))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> subscriptions().add(SubscriptionExamples.of(gone, any))))
                .isEqualTo(RefusalKind.PRECONDITION_FAILED);
        assertThat(refused(() -> subscriptions().add(SubscriptionExamples.of(Examples.customer("none"), any))))
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(subscriptions().find("s1")).isEmpty();
    }

    @Test
    void listsPagesInOrder() {
        subscriptions().add(subscription("s1", NOW));
        subscriptions().change("s1", stored -> stored.canceled(IMMEDIATE, NOW.plusSeconds(9)));
        subscriptions().add(subscription("s2", NOW.plusSeconds(9)));
        subscriptions().change("s2", stored -> stored.canceled(new Timing.NextBillingCycle(), NOW.plusSeconds(9)));
        subscriptions().add(subscription("s3", NOW.plus(Duration.ofDays(90))));

        assertThat(listed(Set.of(), Order.ACTIVE_FROM, false)).containsExactly("s1", "s2", "s3");
        assertThat(listed(Set.of(), Order.ACTIVE_TO, false)).containsExactly("s1", "s2", "s3");
        assertThat(listed(Set.of(), Order.ACTIVE_TO, true)).containsExactly("s3", "s2", "s1");
        assertThat(listed(Set.of(Status.INACTIVE), Order.ACTIVE_FROM, false)).containsExactly("s1");
        assertThat(listed(Set.of(Status.CANCELED), Order.ACTIVE_FROM, false)).containsExactly("s2");
        assertThat(listed(Set.of(Status.SCHEDULED, Status.ACTIVE), Order.ACTIVE_FROM, false))
                .containsExactly("s3");
    }

    private List<String> listed(Set<Status> statuses, Order order, boolean descending) {
        var search = new SubscriptionSearch(
                ACME.id(), statuses, NOW.plusSeconds(10), order, descending, new PageRequest(1, 5));
        return subscriptions().list(search).items().stream()
                .map(Subscription::id)
                .toList();
    }

    @Test
    void addsOneOfManyAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 5; i++) {
                Subscription one = subscription("s" + i, NOW.plusSeconds(i));
                calls.add(() -> isAdded(one));
            }
            int added = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                added += call.get() ? 1 : 0;
            }
            assertThat(added).isEqualTo(1);
            assertThat(subscriptions().open(List.of(ACME.id()), NOW)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isAdded(Subscription subscription) {
        try {
            subscriptions().add(subscription);
            return true;
        } catch (Refusal second) {
            assertThat(second.kind()).isEqualTo(RefusalKind.CONFLICT);
            return false;
        }
    }
}
