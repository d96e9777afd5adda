package dev.odometer.kafka;

import dev.odometer.binding.Binding;
import dev.odometer.binding.Binding.Mode;
import dev.odometer.binding.Binding.Ordering;
import dev.odometer.binding.Binding.Payload;
import dev.odometer.binding.Bindings;
import dev.odometer.usage.Receipt;
import dev.odometer.usage.UsageEvent;
import dev.odometer.usage.UsageLog;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A function that does what {@code recordUsage} does after whatever a test has it do before. */
@Configuration(proxyBeanMethods = false)
class TestFunctions {

    static volatile Consumer<List<UsageEvent>> before = events -> {};

    @Bean
    Function<List<UsageEvent>, List<Receipt>> gated(UsageLog log) {
        return events -> {
            before.accept(events);
            return log.append(events);
        };
    }

    @Bean
    Bindings gatedBindings() {
        return new Bindings(List.of(
                new Binding("gated", "gated", Payload.EVENTS, Mode.BATCH, Ordering.BY_KEY, 5, "gated.parked", true)));
    }
}
