package dev.odometer.conformance.simulation;

import dev.odometer.api.functions.InMemoryPorts;
import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.function.Functions;
import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.postgres.PostgresConfiguration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The function catalog of all simulated processes, started once. Its functions act for the current process. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = PostgresConfiguration.class)
class SimulatedApp extends InMemoryPorts {

    static final String DELIVER = "deliver";
    static final String EXPORT = "export";

    private static final Schedules SCHEDULES = new Schedules(List.of(
            new Schedule(DELIVER, "* * * * *", ZoneOffset.UTC, "simulatedDelivery"),
            new Schedule(EXPORT, "*/15 * * * *", ZoneOffset.UTC, "simulatedExport")));

    private static final ConfigurableApplicationContext CONTEXT = new SpringApplicationBuilder(SimulatedApp.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off", "spring.config.name=none", "odometer.files.store=memory")
            .run();

    static final BatchDoor BATCHES = CONTEXT.getBean(BatchDoor.class);
    static final Documents DOCUMENTS = CONTEXT.getBean(Documents.class);
    static final ScheduleDoor TICKS = new ScheduleDoor(
            CONTEXT.getBean(Functions.class),
            List.of(SCHEDULES),
            Optional.of(current(TickLog.class, () -> Node.current().ticks())),
            Clock.systemUTC(),
            InvocationMeter.OFF);

    /** A port of the current process. */
    @SuppressWarnings("unchecked")
    private static <T> T current(Class<T> port, Supplier<T> target) {
        return (T) Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
            try {
                return method.invoke(target.get(), arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
    }

    /** The functions of the simulation call no other method. */
    @Bean
    @Override
    @SuppressWarnings("unchecked")
    public UsageLog usageLog() {
        return (UsageLog) Proxy.newProxyInstance(
                UsageLog.class.getClassLoader(),
                new Class<?>[] {UsageLog.class},
                (proxy, method, arguments) -> Node.current().append((List<UsageEvent>) arguments[0]));
    }

    @Bean
    Consumer<Timed<Tick>> simulatedDelivery() {
        return tick -> Node.current().deliver(tick);
    }

    @Bean
    Consumer<Tick> simulatedExport() {
        return tick -> Node.current().export(tick);
    }
}
