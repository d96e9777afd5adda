package dev.odometer.events;

import dev.odometer.binding.Binding;
import dev.odometer.binding.Binding.Mode;
import dev.odometer.binding.Binding.Ordering;
import dev.odometer.binding.Binding.Payload;
import dev.odometer.binding.Bindings;
import dev.odometer.resource.MicrosecondClock;
import dev.odometer.usage.UsageLog;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The functions of this module, by the names that bindings call them; the ports they need come from an adapter. */
@AutoConfiguration
public class EventFunctions {

    @Bean
    @ConditionalOnMissingBean
    public Clock clock() {
        return MicrosecondClock.utc();
    }

    @Bean
    public RecordUsage recordUsage(UsageLog log, Clock clock) {
        return new RecordUsage(log, clock);
    }

    /** By key, so that of two events with one identity the first sent is the one that counts. */
    @Bean
    public Bindings eventBindings() {
        return new Bindings(List.of(new Binding(
                "usage", "recordUsage", Payload.EVENTS, Mode.BATCH, Ordering.BY_KEY, 5, "usage.parked", true)));
    }
}
