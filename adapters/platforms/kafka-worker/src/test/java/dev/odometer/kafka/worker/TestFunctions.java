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

/** Functions for tests: one that runs a hook and then records usage, and one that needs several calls per file. */
@Configuration(proxyBeanMethods = false)
class TestFunctions {

    static final int CALLS_PER_FILE = 3;

    static final Map<String, Integer> LONG_WORK = new ConcurrentHashMap<>();

    static volatile Consumer<List<UsageEvent>> before = events -> {};

    @Bean
    Function<List<UsageEvent>, List<Receipt>> gated(UsageLog log) {
        return events -> {
            before.accept(events);
            return log.append(events);
        };
    }

    /** Completes a file in several calls, each of which must have a time budget of less than a minute. */
    @Bean
    Consumer<Timed<FileArrival>> longWork() {
        return timed -> {
            if (timed.deadline().hasAtLeast(Duration.ofMinutes(1))) {
                throw new IllegalStateException("the time budget is too long");
            }
            LONG_WORK.merge(timed.item().key(), 1, Integer::sum);
            if (LONG_WORK.getOrDefault(timed.item().key(), 0) < CALLS_PER_FILE) {
                throw Refusal.unavailable("the file is not complete", new IllegalStateException());
            }
        };
    }

    @Bean
    Bindings gatedBindings() {
        return new Bindings(
                List.of(Binding.events("gated", "gated").batch().byKey(), Binding.files("work", "longWork")));
    }
}
