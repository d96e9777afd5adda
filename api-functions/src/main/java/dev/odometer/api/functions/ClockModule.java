package dev.odometer.api.functions;

import dev.odometer.metering.resource.MicrosecondClock;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The clock of all functions of this module, unless the application provides one. */
@AutoConfiguration
public class ClockModule {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return MicrosecondClock.utc();
    }
}
