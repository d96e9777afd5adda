package dev.odometer.kafka.worker;

import dev.odometer.door.schedule.ScheduleRunnerConfiguration;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.stream.config.BinderFactoryAutoConfiguration;
import org.springframework.cloud.stream.function.FunctionConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Consumes the topics of all bindings until it is stopped. With {@code topics} or {@code replay} as the first argument,
 * it runs that command and exits. The automatic binding of functions by Spring Cloud Stream is switched off, because
 * the table of bindings defines which functions consume which channels.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = FunctionConfiguration.class)
@Import({BinderFactoryAutoConfiguration.class, WorkerConfiguration.class, ScheduleRunnerConfiguration.class})
public class Worker {

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        String[] options = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (command) {
            case "topics" -> Commands.run(options, TopicsCommand::run);
            case "replay" -> Commands.run(options, ReplayCommand::run);
            default -> application().run(args);
        }
    }

    /** The worker with more configurations, such as a service's own {@code @SpringBootApplication}. */
    public static SpringApplication application(Class<?>... more) {
        var application = new SpringApplication(Worker.class);
        for (Class<?> source : more) {
            application.getSources().add(source.getName());
        }
        return application;
    }
}
