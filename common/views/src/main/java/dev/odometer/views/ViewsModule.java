package dev.odometer.views;

import dev.odometer.functions.binding.Documents;
import dev.odometer.metering.notification.PayloadWriter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Provides the {@link PayloadWriter} as a bean, for stores that raise alerts and for tests of rules. */
@AutoConfiguration
public class ViewsModule {

    @Bean
    PayloadWriter payloadWriter(ObjectProvider<Documents> documents) {
        return new PayloadViews(documents::getObject);
    }
}
