package dev.odometer.azure.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives the worker its instances, from an application that is started once for the process. The worker asks for one with
 * every invocation, from many threads.
 */
public final class Injector implements FunctionInstanceInjector {

    private static final Object START = new Object();
    private static volatile @Nullable ConfigurableApplicationContext running;

    private final Supplier<ConfigurableApplicationContext> application;

    /** For the worker, which finds it as a service. */
    public Injector() {
        this(AzureApplication::start);
    }

    Injector(Supplier<ConfigurableApplicationContext> application) {
        this.application = application;
    }

    /**
     * The bean of the class.
     *
     * @throws StartFailure when the application does not start; the next invocation tries again
     */
    @Override
    public <T> T getInstance(Class<T> type) throws StartFailure {
        try {
            return context().getBean(type);
        } catch (Throwable failure) {
            // An Error from here would leave the host without an answer until its timeout.
            throw new StartFailure(failure);
        }
    }

    private ConfigurableApplicationContext context() {
        var context = running;
        if (context != null) {
            return context;
        }
        synchronized (START) {
            context = running;
            if (context == null) {
                // Assigned only when it has started: what failed half way is closed by Spring and forgotten here.
                context = application.get();
                running = context;
            }
            return context;
        }
    }

    /** For tests: ends the application that runs. */
    static void forget() {
        synchronized (START) {
            if (running != null) {
                running.close();
            }
            running = null;
        }
    }

    /** Why there is no application; an exception whatever the cause was. */
    static final class StartFailure extends Exception {

        StartFailure(Throwable cause) {
            super("Odometer did not start: " + cause, cause);
        }
    }
}
