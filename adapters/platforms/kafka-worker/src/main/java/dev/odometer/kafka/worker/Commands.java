package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.cloud.stream.config.BindingServiceConfiguration;
import org.springframework.cloud.stream.function.FunctionConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The application context of the commands: the settings and the table of bindings. It creates no functions, so commands
 * need no database.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {FunctionConfiguration.class, BindingServiceConfiguration.class})
class Commands {

    /** A command; it prints its result to standard output. */
    interface Command {
        void run(Environment options, List<Binding> bindings);
    }

    static void run(String[] options, Command command) {
        var application = new SpringApplicationBuilder(Commands.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                // While a broker is unreachable, the clients log each attempt; the command reports it once.
                .properties("logging.level.org.apache.kafka.clients=ERROR")
                .listeners((ApplicationStartedEvent started) ->
                        command.run(started.getApplicationContext().getEnvironment(), bindings(started)));
        try (ConfigurableApplicationContext context = application.run(options)) {
            // The command ran in the listener, within the start: its refusals are reported like those of a start.
            context.stop();
        }
    }

    private static List<Binding> bindings(ApplicationStartedEvent started) {
        return started.getApplicationContext().getBeansOfType(Bindings.class).values().stream()
                .flatMap(table -> table.rows().stream())
                .toList();
    }
}
