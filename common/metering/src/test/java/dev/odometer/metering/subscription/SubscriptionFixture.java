package dev.odometer.metering.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.SSO;
import static dev.odometer.metering.subscription.SubscriptionExamples.TOKENS;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Aggregation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** A store with the customer acme and its features; one subclass per store. */
abstract class SubscriptionFixture {

    SubscriptionStores stores = empty();

    protected abstract SubscriptionStores empty();

    @BeforeEach
    void startEmpty() {
        stores = empty();
        stores.house().meters().add(Examples.meter(Aggregation.SUM));
        stores.house().customers().add(ACME);
        stores.house().features().add(TOKENS);
        stores.house().features().add(SSO);
    }

    Subscriptions subscriptions() {
        return stores.subscriptions();
    }

    static Refusal refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }

    static RefusalKind refused(ThrowingCallable call) {
        return refusal(call).kind();
    }
}
