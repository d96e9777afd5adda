package dev.odometer.azure.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.azure.functions.Injector.StartFailure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

class InjectorTest {

    private static final int THREADS = 32;

    private final AtomicInteger starts = new AtomicInteger();

    /** A sample bean. */
    static final class Trigger {}

    @AfterEach
    void forget() {
        Injector.forget();
    }

    private ConfigurableApplicationContext start() {
        starts.incrementAndGet();
        var context = new GenericApplicationContext();
        context.registerBean(Trigger.class, Trigger::new);
        context.refresh();
        return context;
    }

    /** Each thread has its own injector, because the worker may create several. */
    private Set<Trigger> instancesOfAllThreads() throws Exception {
        var together = new CyclicBarrier(THREADS);
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<Trigger> getInstance = () -> {
                together.await();
                return new Injector(this::start).getInstance(Trigger.class);
            };
            Set<Trigger> instances = Collections.newSetFromMap(new IdentityHashMap<>());
            for (var instance : threads.invokeAll(Collections.nCopies(THREADS, getInstance))) {
                instances.add(instance.get());
            }
            return instances;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void startsOnceForAllThreads() throws Exception {
        Set<Trigger> instances = instancesOfAllThreads();

        assertThat(instances).hasSize(1);
        assertThat(starts).hasValue(1);
    }

    static List<Supplier<ConfigurableApplicationContext>> failures() {
        return List.of(
                () -> {
                    throw new IllegalStateException("no");
                },
                () -> {
                    throw new NoClassDefFoundError("Missing");
                },
                () -> {
                    throw new ExceptionInInitializerError("broken");
                },
                () -> {
                    throw new StackOverflowError();
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void wrapsAnyFailureOfTheStartInAnException(Supplier<ConfigurableApplicationContext> failure) {
        var injector = new Injector(failure);

        assertThatThrownBy(() -> injector.getInstance(Trigger.class))
                .isInstanceOf(Exception.class)
                .isExactlyInstanceOf(StartFailure.class)
                .hasMessageStartingWith("Odometer did not start: ");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void retriesAFailedStart(Supplier<ConfigurableApplicationContext> failure) throws Exception {
        assertThatThrownBy(() -> new Injector(failure).getInstance(Trigger.class))
                .isInstanceOf(StartFailure.class);

        assertThat(new Injector(this::start).getInstance(Trigger.class)).isNotNull();
        assertThat(starts).hasValue(1);
    }

    @Test
    void closesAContextThatFailedToStart() {
        var half = new GenericApplicationContext();
        half.registerBean(Trigger.class, () -> {
            throw new IllegalStateException("half way");
        });

        assertThatThrownBy(() -> new Injector(() -> {
                            half.refresh();
                            return half;
                        })
                        .getInstance(Trigger.class))
                .isInstanceOf(StartFailure.class);

        assertThat(half.isActive()).isFalse();
    }

    @Test
    void failsForAnUnknownBean() {
        var injector = new Injector(this::start);

        assertThatThrownBy(() -> injector.getInstance(String.class)).isInstanceOf(StartFailure.class);
    }

    @Test
    void providesAllTriggers() {
        List<Class<?>> declared = Stream.of(AzureApplication.class.getDeclaredMethods())
                .<Class<?>>map(java.lang.reflect.Method::getReturnType)
                .toList();

        assertThat(declared).contains(HttpTriggers.class, EventTriggers.class, FileTriggers.class, TimerTriggers.class);
    }
}
