package dev.odometer.postgres.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.NOW;
import static dev.odometer.metering.subscription.SubscriptionExamples.TOKENS;
import static dev.odometer.metering.subscription.SubscriptionExamples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.SubscriptionStores;
import dev.odometer.metering.subscription.SubscriptionsContract;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PostgresSubscriptionsIT extends SubscriptionsContract {

    private static final PlanTerms FEE =
            PlanExamples.monthly(PlanExamples.phase("one", null, SubscriptionExamples.fee()));

    @Override
    protected SubscriptionStores empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        return new SubscriptionStores(TestDatabase.house(store), store.subscriptions());
    }

    private static SubscriptionStores withCustomer() {
        SubscriptionStores stores = new PostgresSubscriptionsIT().empty();
        stores.house().meters().add(Examples.meter(Aggregation.SUM));
        stores.house().customers().add(ACME);
        stores.house().features().add(TOKENS);
        return stores;
    }

    @Test
    void keepsTermsOfEveryKind() {
        SubscriptionStores stores = withCustomer();
        Subscription everything = subscription("s", PlanExamples.everything(), NOW);

        stores.subscriptions().add(everything);

        assertThat(stores.subscriptions().find("s")).contains(everything);
    }

    @Test
    void theDatabaseRefusesASecondOneWithoutAnEnd() {
        SubscriptionStores stores = withCustomer();
        stores.subscriptions().add(subscription("s", FEE, NOW));

        assertThatThrownBy(() -> TestDatabase.run("""
                        insert into subscription select 't', customer_id, name, description, metadata, plan_id, plan_key,
                            plan_version, currency, billing_cadence, prorates_prices, settlement_mode, terms,
                            billing_anchor, active_from, active_to, phases, cost_basis_mode, previous_id, next_id,
                            created_at, updated_at, deleted_at from subscription
                        """)).hasMessageContaining("subscription_of_customer_is_open_once");
    }

    @Test
    void aCustomerWithASubscriptionIsNotDeleted() {
        SubscriptionStores stores = withCustomer();
        stores.subscriptions().add(subscription("s", FEE, NOW));
        Instant later = NOW.plusSeconds(9);

        assertThatThrownBy(() -> stores.house().customers().replace(ACME.deleted(later)))
                .hasMessageContaining("customer has a subscription that has not ended; cancel or delete it first: s");

        assertThat(stores.house().customers().find("acme")).isPresent();
        stores.subscriptions().change("s", stored -> stored.canceled(new Timing.Immediate(), later));
        stores.house().customers().replace(ACME.deleted(later));
    }

    @Test
    void aMeterIsNeededUntilTheSubscriptionEnds() {
        SubscriptionStores stores = withCustomer();
        Meter sum = Examples.meter(Aggregation.SUM);
        var terms = PlanExamples.monthly(PlanExamples.phase("one", null, SubscriptionExamples.tokens("1", null)));
        stores.subscriptions().add(subscription("s", terms, NOW));
        stores.house().features().archive(TOKENS.id(), NOW);

        assertThatThrownBy(() -> stores.house().meters().replace(sum.deleted(NOW)))
                .hasMessageContaining("in use by the feature tokens");
        stores.subscriptions().change("s", stored -> stored.canceled(new Timing.Immediate(), NOW.plusSeconds(1)));
        stores.house().meters().replace(sum.deleted(NOW));
    }
}
