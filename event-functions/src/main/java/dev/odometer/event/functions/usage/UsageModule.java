package dev.odometer.event.functions.usage;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Ingestion of usage events that arrive as messages. */
@AutoConfiguration
public class UsageModule {

    /** Ordered by key, so that of two events with the same identity the one sent first is counted. */
    @Bean
    Bindings usageBindings() {
        return new Bindings(
                List.of(Binding.events("usage", "recordUsage").batch().byKey()));
    }

    @Bean
    RecordUsage recordUsage(UsageLog log, Clock clock) {
        return new RecordUsage(log, clock);
    }
}
