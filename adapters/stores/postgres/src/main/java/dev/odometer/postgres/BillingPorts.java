package dev.odometer.postgres;

import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.subscription.Subscriptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The ports of billing as beans. */
@Configuration(proxyBeanMethods = false)
class BillingPorts {

    @Bean
    @Lazy
    Subscriptions subscriptions(PostgresStore store) {
        return store.subscriptions();
    }

    @Bean
    @Lazy
    BillingProfiles billingProfiles(PostgresStore store) {
        return store.billingProfiles();
    }

    @Bean
    @Lazy
    Invoices invoices(PostgresStore store) {
        return store.invoices();
    }

    @Bean
    @Lazy
    HandOffs handOffs(PostgresStore store) {
        return store.handOffs();
    }

    @Bean
    @Lazy
    Plans plans(PostgresStore store) {
        return store.plans();
    }
}
