package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A function that does what {@code recordUsage} does after whatever a test has it do before. */
@Configuration(proxyBeanMethods = false)
class TestFunctions {

    static final int GOES = 3;

    static final Map<String, Integer> LONG_WORK = new ConcurrentHashMap<>();

    static volatile Consumer<List<UsageEvent>> before = events -> {};

    @Bean
    Function<List<UsageEvent>, List<Receipt>> gated(UsageLog log) {
        return events -> {
            before.accept(events);
            return log.append(events);
        };
    }

    /** Never done with a file in less time than a minute, but in several goes. */
    @Bean
    Consumer<Timed<FileArrival>> longWork() {
        return timed -> {
            if (timed.deadline().leaves(Duration.ofMinutes(1))) {
                throw new IllegalStateException("nobody waits that long");
            }
            LONG_WORK.merge(timed.item().key(), 1, Integer::sum);
            if (LONG_WORK.getOrDefault(timed.item().key(), 0) < GOES) {
                throw Refusal.unavailable("there is more to do", new IllegalStateException());
            }
        };
    }

    @Bean
    Bindings gatedBindings() {
        return new Bindings(
                List.of(Binding.events("gated", "gated").batch().byKey(), Binding.files("work", "longWork")));
    }
}
