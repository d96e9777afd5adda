package dev.odometer.metering.entitlement;

import static dev.odometer.metering.entitlement.Examples.customer;
import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.feature;
import static dev.odometer.metering.entitlement.Examples.meter;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.meter.Aggregation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A store with the customer acme, a feature that a meter measures and one that none measures; one subclass per store. */
abstract class EntitlementFixture {

    static final Customer ACME = customer("acme", "s1", "s2");
    static final Feature TOKENS = feature("tokens", meter(Aggregation.SUM), Map.of());
    static final Feature SSO = feature("sso");
    static final Entitlement METERED = entitlement("e1", ACME, TOKENS, monthly("100"));
    static final Entitlement SWITCH = entitlement("e2", ACME, SSO, new Terms.BooleanAccess(null));

    EntitlementStores stores = empty();

    protected abstract EntitlementStores empty();

    @BeforeEach
    void startEmpty() {
        stores = empty();
        stores.meters().add(meter(Aggregation.SUM));
        stores.customers().add(ACME);
        stores.features().add(TOKENS);
        stores.features().add(SSO);
    }

    static Instant at(String time) {
        return Instant.parse(time);
    }

    EntitlementStatus status(String time) {
        return stores.entitlements()
                .statuses("acme", "tokens", at(time))
                .orElseThrow()
                .get(0);
    }

    static Balance balance(String left, String usage, String overage, String granted) {
        return new Balance(
                new BigDecimal(left), new BigDecimal(usage), new BigDecimal(overage), new BigDecimal(granted));
    }

    static RefusalKind refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).kind();
    }
}
